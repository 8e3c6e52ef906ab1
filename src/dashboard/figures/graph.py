"""How charts behave in the browser: every setting that keeps them at home stands here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: No link to another site, no upload of chart data, no logo; the page has its own buttons.
CONFIG: Mapping[str, object] = MappingProxyType(
    {
        "displaylogo": False,
        "displayModeBar": False,
        "doubleClick": "reset",
        "plotlyServerURL": "",
        "responsive": False,  # a card's room is watched, not only the window
        "scrollZoom": False,
        "sendData": False,
        "showEditInChartStudio": False,
        "showLink": False,
        "showSendToCloud": False,
        "showTips": False,
    }
)
