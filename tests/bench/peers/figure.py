"""The map that plain Dash and Streamlit draw, as most dashboards make it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.express as px
from plotly.graph_objects import Figure

from tests.bench.peers.question import Row


def district_map(rows: Sequence[Row], boundaries: dict[str, Any]) -> Figure:
    """People by district on a blank ground, which asks no other host for a map."""
    figure = px.choropleth_map(
        pd.DataFrame(rows, columns=["district", "people"]), geojson=boundaries,
        locations="district", color="people", map_style="white-bg",
        center={"lat": 23.7, "lon": 90.4}, zoom=5.5,
    )  # fmt: skip
    return figure.update_layout(height=560, margin={"l": 0, "r": 0, "t": 0, "b": 0})
