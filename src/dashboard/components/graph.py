"""The one way to make a graph: every setting that keeps charts at home stands here."""

from __future__ import annotations

from dash import dcc

from dashboard.figures.theme import TRANSPARENT

#: No link to another site, no upload of chart data, no logo; the page has its own buttons.
CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "doubleClick": "reset",
    "plotlyServerURL": "",
    "responsive": True,
    "scrollZoom": False,
    "sendData": False,
    "showEditInChartStudio": False,
    "showLink": False,
    "showSendToCloud": False,
    "showTips": False,
}

#: The layout of a graph that waits: nothing, on the ground of its card.
EMPTY: dict[str, object] = {
    "xaxis": {"visible": False},
    "yaxis": {"visible": False},
    "paper_bgcolor": TRANSPARENT,
    "plot_bgcolor": TRANSPARENT,
}


def graph(exhibit_id: str) -> dcc.Graph:
    """An empty graph of an exhibit; the browser puts each new figure into it."""
    return dcc.Graph(
        id={"type": "exhibit-graph", "id": exhibit_id},
        className="graph",
        config=dict(CONFIG),  # pyright: ignore[reportArgumentType]
        responsive=True,
        figure={"data": [], "layout": EMPTY},
    )
