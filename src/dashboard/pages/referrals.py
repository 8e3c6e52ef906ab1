"""Referrals: where people wait, what is missing, and how they get to a service."""

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
                Slot("referrals.pathway", "chart", 7),
                Slot("referrals.outcomes", "chart", 5),
                Slot("referrals.matrix", "chart"),
                Slot("referrals.reclassified", "chart"),
                Slot("referrals.targets", "table"),
            )
        ),
    ),
)
