"""Referrals by need: what is open, how long a service takes, who is not referred, results."""

from dashboard.pages.arrange import register
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/referrals",
    name="referrals",
    icon="referrals",
    key="f",
    heading="finding",
    sections=(
        Section(
            (
                Slot("referrals.waiting", "facts", 7),
                Slot("referrals.bottlenecks", "facts", 5),
                Slot("referrals.coverage", "facts"),
                Slot("referrals.pathway", "chart", 6),
                Slot("referrals.targets", "facts", 6),
            )
        ),
    ),
    more=(
        Slot("referrals.indicators", "tiles"),
        Slot("referrals.steps", "chart"),
        Slot("referrals.matrix", "chart"),
        Slot("referrals.outcomes", "chart"),
        Slot("referrals.reclassified", "chart"),
    ),
)
register(__name__, PAGE, order=4)
