"""The one way to make a graph: every setting that keeps charts at home stands here."""

from __future__ import annotations

from dash import dcc

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


def graph(exhibit_id: str) -> dcc.Graph:
    """An empty graph of an exhibit; the browser puts each new figure into it."""
    return dcc.Graph(
        id={"type": "exhibit-graph", "id": exhibit_id},
        className="graph",
        config=dict(CONFIG),  # pyright: ignore[reportArgumentType]
        responsive=True,
        figure={"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}},
    )
