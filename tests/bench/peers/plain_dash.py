"""Peer: a Dash app of one callback, with a figure of Plotly Express."""

from __future__ import annotations

import os

from dash import Dash, Input, Output, dcc, html
from plotly.graph_objects import Figure
from waitress import serve

from tests.bench.peers.figure import district_map
from tests.bench.peers.question import MENUS, PORT, boundaries, opened, people_by_district

release, districts = opened(), boundaries()
app = Dash(__name__)
app.layout = html.Div(
    [
        *(dcc.Checklist(list(codes), [], id=menu) for menu, (codes, _) in MENUS.items()),
        dcc.Graph(id="map"),
    ]
)


@app.callback(Output("map", "figure"), [Input(menu, "value") for menu in MENUS])
def draw(*chosen: list[str]) -> Figure:
    """The map of what is chosen, a list of codes a menu."""
    rows = people_by_district(release, dict(zip(MENUS, chosen, strict=True)))
    return district_map(rows, districts)


if __name__ == "__main__":
    serve(app.server, host="127.0.0.1", port=int(os.environ[PORT]), threads=8)
