"""A figure of plotly that says what it needs to become a picture.

The only module that imports plotly; it is loaded when a figure is asked for.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

#: Pixels across: as wide as the lines of the title are broken for.
WIDTH = 1000
_NEEDED = (
    "A picture of a figure needs a package of its own: pip install 'situation-atlas[image]', "
    "or kaleido alone."
)
_BROWSER = (
    "A picture of a figure is drawn by a Chrome or Chromium, and none was found: install one, or "
    "say in the environment's BROWSER_PATH where it lies."
)


class Figure(go.Figure):
    """A figure of the product: pictures of it are drawn on this machine, without any other host."""

    def to_image(self, format: str = "png", **options: Any) -> bytes:  # noqa: A002 -- plotly's name
        """The figure as a picture.

        Args:
            format: ``png``, ``svg``, ``pdf``, ``jpeg`` or ``webp``.
            **options: ``width`` and ``height`` in pixels, and ``scale``, as plotly has them; a
                picture is 1000 wide, as high as the figure, and twice as sharp when left out.

        Raises:
            ImportError: If kaleido is not installed; the message says which extra has it.
            RuntimeError: If no Chrome or Chromium is found.
        """
        if find_spec("kaleido") is None:
            raise ImportError(_NEEDED)
        import kaleido
        from choreographer.errors import ChromeNotFoundError

        height = getattr(self.layout, "height", None)
        settings = {"format": format, "width": WIDTH, "height": height, "scale": 2, **options}
        try:
            # MathJax would come from another host.
            return kaleido.calc_fig_sync(self.to_dict(), opts=settings, kopts={"mathjax": False})
        except ChromeNotFoundError as error:
            raise RuntimeError(_BROWSER) from error

    def write_image(self, file: Any, format: str | None = None, **options: Any) -> None:  # noqa: A002 -- plotly's name
        """Write the figure as a picture into a file, whose ending says the format."""
        kind = format or Path(getattr(file, "name", file)).suffix.lstrip(".") or "png"
        picture = self.to_image(kind, **options)
        if hasattr(file, "write"):
            file.write(picture)
        else:
            Path(file).write_bytes(picture)
