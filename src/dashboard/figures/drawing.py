"""Drawing a neutral figure with plotly: which module draws which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.figures import bars
from dashboard.figures.heatmap import heatmap
from dashboard.figures.lines import lines
from dashboard.figures.panels import panels
from dashboard.figures.plot import Form, Plot
from dashboard.figures.strips import strips
from dashboard.figures.theme import Figure

_BY_FORM: Mapping[Form, Callable[..., Figure]] = {
    "bars": bars.bars,
    "shares": bars.shares,
    "grouped": bars.grouped,
    "stacked": bars.stacked,
    "mirrored": bars.mirrored,
    "lines": lines,
    "panels": panels,
    "matrix": heatmap,
    "strips": strips,
}


def draw(plot: Plot, **look: Any) -> Figure:
    """A neutral figure as a plotly figure; a matrix takes more of its look (``heatmap``)."""
    figure = _BY_FORM[plot.form](plot, **look)
    figure["layout"]["meta"] |= plot.meta
    return figure
