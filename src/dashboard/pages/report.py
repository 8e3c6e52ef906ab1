"""Report: which figures a report has, in which order, for whom and as what; and its files."""

from functools import partial

from dashboard.components.writer import write
from dashboard.pages.arrange import register
from dashboard.pages.page import Page

PAGE = Page(
    path="/report",
    name="report",
    icon="note",
    key="w",
    heading="shown",
    body=partial(write, "report_room"),
)
register(__name__, PAGE, order=7)
