"""Referrals: how people get from identification to a service."""

from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/referrals",
    name="referrals",
    icon="referrals",
    key="f",
    heading="shown",
    sections=(Section((Slot("referrals.pathway", "chart"), Slot("referrals.matrix", "chart"))),),
)
