"""Routes: the corridors on a map and as a list."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/routes",
    name="routes",
    icon="routes",
    key="r",
    heading="hidden",
    sections=(Section((Slot("routes.map", "map", 7), Slot("routes.corridors", "list", 5))),),
)
