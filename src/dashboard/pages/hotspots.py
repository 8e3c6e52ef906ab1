"""Hotspots: the map, the list that does all that it does, months, camps, who is off usual, an area.

What is told of one area stands there once one is chosen (``assets/css/watch.css``).
"""

from dashboard.pages.arrange import register
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/hotspots",
    name="hotspots",
    icon="hotspots",
    key="h",
    heading="finding",
    sections=(
        Section(
            (
                Slot("hotspots.map", "map", 5),
                Slot("hotspots.ranking", "list", 7),
                Slot("hotspots.time", "brush"),
                Slot("hotspots.camps", "map", 7),
                Slot("hotspots.signals", "list", 5),
                Slot("hotspots.area", "facts", 6),
                Slot("hotspots.area-line", "chart", 6),
            )
        ),
    ),
    more=(
        Slot("hotspots.area", "facts"),
        Slot("hotspots.area-line", "chart"),
        Slot("hotspots.quarters", "chart"),
    ),
)
register(__name__, PAGE, order=2)
