"""Referrals by need: what is open, how long a service takes, who is not referred, results."""

import dash

from dashboard.pages.arrange import registration
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
dash.register_page(__name__, order=4, **registration(PAGE))
for alone in PAGE.alone:
    dash.register_page(f"{__name__}:{alone.path}", **registration(alone))
