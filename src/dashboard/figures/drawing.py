"""Drawing a neutral figure with plotly: which module draws which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.figures import bars
from dashboard.figures.heatmap import heatmap
from dashboard.figures.lines import lines
from dashboard.figures.plot import Form, Plot
from dashboard.figures.strips import strips
from dashboard.figures.theme import Figure

_BY_FORM: Mapping[Form, Callable[[Plot], Figure]] = {
    "bars": bars.bars,
    "shares": bars.shares,
    "grouped": bars.grouped,
    "stacked": bars.stacked,
    "mirrored": bars.mirrored,
    "lines": lines,
    "matrix": heatmap,
    "strips": strips,
}


def draw(plot: Plot) -> Figure:
    """A neutral figure as a plotly figure."""
    return _BY_FORM[plot.form](plot)
