"""Hotspots: the map over its months, the list that does all that the map does, camps, an area."""

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
                Slot("hotspots.map", "map", 8),
                Slot("hotspots.ranking", "list", 4, rows=2),
                Slot("hotspots.time", "brush", 8),
                Slot("hotspots.camps", "map", 6),
                Slot("hotspots.area", "facts", 6),
                Slot("hotspots.area-line", "chart", 6),
                Slot("hotspots.quarters", "chart", 6),
                Slot("hotspots.signals", "table"),
            )
        ),
    ),
)
