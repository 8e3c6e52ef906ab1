"""Hotspots: the map, the ranked list that does all that the map does, and the camps as tiles."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/hotspots",
    name="hotspots",
    icon="hotspots",
    key="h",
    heading="hidden",
    sections=(
        Section(
            (
                Slot("hotspots.map", "map", 8),
                Slot("hotspots.ranking", "list", 4),
                Slot("hotspots.camps", "map", 6),
                Slot("hotspots.area", "facts", 6),
            )
        ),
    ),
)
