"""Referrals: how people get from identification to a service."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/referrals",
    name="referrals",
    icon="referrals",
    key="f",
    heading="shown",
    sections=(
        Section(
            (
                Slot("referrals.indicators", "tiles"),
                Slot("referrals.waiting", "chart", 6),
                Slot("referrals.bottlenecks", "chart", 6),
                Slot("referrals.steps", "chart", 5),
                Slot("referrals.coverage", "chart", 7),
                Slot("referrals.pathway", "chart"),
                Slot("referrals.outcomes", "chart"),
                Slot("referrals.matrix", "chart"),
            )
        ),
    ),
)
