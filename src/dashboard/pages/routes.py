"""Routes: the corridors on a map and as a list, and boats at sea as published sources count."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/routes",
    name="routes",
    icon="routes",
    key="r",
    heading="hidden",
    sections=(
        Section((Slot("routes.map", "map", 7), Slot("routes.corridors", "list", 5))),
        Section((Slot("routes.sea", "chart", 12),), "sea"),
    ),
)
