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
)
