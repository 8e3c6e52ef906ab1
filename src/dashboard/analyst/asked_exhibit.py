"""The asked exhibit: one answer of a release, as frame, geoframe, figure and text.

What each of them holds stands in ``frames``, ``figures`` and ``texts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.analyst.figures import figure_of
from dashboard.analyst.frames import frame_of, geo_frame_of
from dashboard.analyst.texts import text_of
from dashboard.exports.about import header
from dashboard.exports.source import Source

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

#: Rows of its table that a notebook shows for the exhibit itself.
_SHOWN = 10


class AskedExhibit:
    """One exhibit of one release with what it was asked; it stays when the release is closed."""

    def __init__(self, source: Source, parameters: Mapping[str, str]) -> None:
        self._source = source
        self._parameters = dict(parameters)

    @property
    def id(self) -> str:
        """Its public id, such as ``hotspots.map``."""
        return self._source.exhibit.id

    @property
    def title(self) -> str:
        """The finding, as a sentence."""
        return self._source.exhibit.title

    @property
    def subtitle(self) -> str:
        """What is counted, the period and the filters, in words."""
        return self._source.exhibit.subtitle

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, the filters that do not apply among them."""
        return self._source.exhibit.notes

    @property
    def parameters(self) -> dict[str, str]:
        """What it was asked, by parameter, as an address says it; what was left out is not here."""
        return dict(self._parameters)

    @property
    def address(self) -> str:
        """Path and query string of the same answer, pinned to this release, without the host."""
        return self._source.address

    @property
    def why_empty(self) -> str:
        """Why there is nothing to draw, or '' where there is."""
        offer = self._source.exhibit.offer
        return offer.reason if offer else ""

    def frame(self) -> pd.DataFrame:
        """The numbers, one value a row, with types; ``attrs`` say release, unit, title, notes.

        The rectangle is that of the tidy CSV; the types are those of ``frames.frame_of``.
        """
        return frame_of(self._source)

    def geoframe(self) -> GeoDataFrame:
        """The areas, points or flows of a map by P-code, with names and numbers, in EPSG:4326.

        Raises:
            ValueError: If the exhibit is no map.
        """
        return geo_frame_of(self._source)

    def figure(self) -> go.Figure:
        """The figure in the product's look; drawing it asks no other host for anything."""
        return figure_of(self._source)

    def text(self) -> str:
        """Title, filters, description, definitions, notes and source, as plain text to paste."""
        return text_of(self._source)

    def __repr__(self) -> str:
        asked = "".join(f", {name}={value!r}" for name, value in self._parameters.items())
        return f"<exhibit {self.id!r}{asked} of {self._source.release.id}: {self.title}>"

    def _repr_html_(self) -> str:
        """For notebooks: title, filters, the first rows of the table, notes and source."""
        exhibit = self._source.exhibit
        told: list[Any] = [
            f"<p><strong>{escape(exhibit.title)}</strong><br>{escape(exhibit.subtitle)}</p>",
            self._table(),
            *(f"<p><small>{escape(note)}</small></p>" for note in (self.why_empty, *self.notes)),
            f"<p><small>{escape(exhibit.source)} · {escape(exhibit.release.release_id)} · "
            f"{escape(exhibit.release.label)}</small></p>",
        ]
        return "".join(told)

    def _table(self) -> str:
        table = self._source.exhibit.table.on_page
        heads = [header(column.label, column.unit) for column in table.columns]
        rows = pd.DataFrame(list(table.rows), columns=pd.Index(heads), dtype=object)
        return rows.to_html(max_rows=_SHOWN, index=False, na_rep="–", escape=True)
