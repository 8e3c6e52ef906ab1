"""Routes: the corridors as a list and on a map, one of them opened, seasons, ends and chains."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/routes",
    name="routes",
    icon="routes",
    key="r",
    heading="hidden",
    sections=(
        Section(
            (
                Slot("routes.corridors", "list", 7),
                Slot("routes.map", "map", 5),
                Slot("routes.corridor", "facts"),
                Slot("routes.seasons", "chart", 7),
                Slot("routes.chains", "list", 5),
                Slot("routes.matrix", "chart"),
            )
        ),
    ),
)
