"""The asked exhibit: one answer of a release, as frame, geoframe, figure and text.

Their contents stand in ``exports``; types of pandas and plotly in ``frames`` and ``figure``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pandas as pd

from dashboard.analyst.asking import Answer
from dashboard.analyst.frames import frame_of, geo_frame_of, wide_of

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from geopandas import GeoDataFrame
    from jinja2 import Environment
    from markupsafe import Markup

#: Rows of its table that a notebook shows for the exhibit itself.
_SHOWN = 10


class AskedExhibit:
    """The answer of one exhibit of one release; it stays when the release is closed."""

    def __init__(self, answer: Answer, maps: Sequence[str]) -> None:
        """Take the answer, and ids of all exhibits that are maps, which a message lists."""
        self._answer = answer
        self._content = answer.content
        self._maps = maps

    @property
    def id(self) -> str:
        """Its public id, such as ``hotspots.map``."""
        return self._content["id"]

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        return self._content["title"]

    @property
    def subtitle(self) -> str:
        """What is counted, the period and the filters, in words."""
        return self._content["subtitle"]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, the filters that do not apply among them."""
        return tuple(self._content["notes"])

    @property
    def parameters(self) -> dict[str, str]:
        """Its parameters as in an address; those that were left out are not here."""
        values = dict(parse_qsl(urlsplit(self.address).query))
        return {name: value for name, value in values.items() if name != "edition"}

    @property
    def address(self) -> str:
        """Path and query string of the same answer, pinned to this release, without the host."""
        return self._content["address"]

    @property
    def why_empty(self) -> str:
        """Why there is nothing to draw, or '' where there is."""
        return self._content["why_empty"]

    def frame(self) -> pd.DataFrame:
        """The numbers, one value a row, with types; ``attrs`` say release, unit, title, notes.

        The rectangle is that of the tidy CSV; the types are those of ``frames.frame_of``.
        """
        return frame_of(self._content["table"])

    def table(self) -> pd.DataFrame:
        """The table under the figure with types: a row of it a row, each number a column.

        Columns are named by code, as ``measure`` of ``frame()``, which also has units and words.
        """
        return wide_of(self._content["table"], self._content["measures"])

    def geoframe(self) -> GeoDataFrame:
        """The areas, points or flows of a map by P-code, with names and numbers, in EPSG:4326.

        Raises:
            ValueError: If the exhibit is no map.
            ImportError: If geopandas is not installed.
        """
        if self._content["properties"] is None:
            raise ValueError(
                f"{self.id} is no map, so its rows have no shapes: frame() holds them. "
                f"Maps are {', '.join(self._maps)}."
            )
        try:
            return geo_frame_of(self._content, self._answer.layer())
        except ModuleNotFoundError as error:
            if error.name != "geopandas":
                raise
            raise ImportError("geoframe() needs geopandas: pip install geopandas.") from error

    def figure(self) -> go.Figure:
        """The figure in the product's look; drawing it asks no other host for anything.

        Raises:
            ImportError: If plotly is not installed.
        """
        try:
            from dashboard.analyst.figure import Figure
        except ModuleNotFoundError as error:
            if not (error.name or "").startswith("plotly"):
                raise
            raise ImportError(
                'figure() needs plotly: pip install "plotly>=7.1,<8"; figure_json() does not.'
            ) from error
        return Figure(self.figure_json())

    def figure_json(self) -> dict[str, Any]:
        """The figure of the exhibit as plain data: ``data`` and ``layout`` of plotly."""
        return dict(self._answer.figure())

    def text(self) -> str:
        """Title, filters, description, definitions, notes and source, as plain text to paste."""
        return self._content["text"]

    def __repr__(self) -> str:
        parameters = "".join(f", {name}={value!r}" for name, value in self.parameters.items())
        release = self._content["table"]["about"]["release"]
        return f"<exhibit {self.id!r}{parameters} of {release}: {self.title}>"

    def _repr_html_(self) -> str:
        """For notebooks: title, filters, the first rows of the table, notes and source."""
        notes = (self.why_empty, *self.notes, self._content["source"])
        template = _writer().get_template("exhibit.html")
        return template.render(exhibit=self, rows=self._rows(), notes=notes)

    def _rows(self) -> Markup:
        """The first rows as HTML, which pandas escapes."""
        page = self._content["on_page"]
        rows = pd.DataFrame(page["rows"], columns=pd.Index(page["header"]), dtype=object)
        from markupsafe import Markup  # noqa: PLC0415 -- as below

        table = rows.to_html(max_rows=_SHOWN, index=False, na_rep="–", escape=True)
        return Markup(table)  # noqa: S704 # nosec B704


@cache
def _writer() -> Environment:
    """The writer of what a notebook shows, made when one first asks."""
    # Only a notebook asks for HTML; where pandas alone is installed all else answers.
    from dashboard.model.html import templates  # noqa: PLC0415

    return templates(Path(__file__).with_name("templates"))
