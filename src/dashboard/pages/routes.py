"""Routes: corridors as a list and on a map, one opened, seasons, ends, chains, boats at sea."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/routes",
    name="routes",
    icon="routes",
    key="r",
    heading="finding",
    sections=(
        Section(
            (
                Slot("routes.corridors", "list", 6),
                Slot("routes.map", "map", 6),
                Slot("routes.corridor", "facts"),
                Slot("routes.seasons", "chart", 7),
                Slot("routes.chains", "list", 5),
                Slot("routes.matrix", "chart"),
            )
        ),
        Section((Slot("routes.sea", "chart", 12),), "sea"),
    ),
)
