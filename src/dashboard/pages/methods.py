"""Methods: how the numbers are protected. Linked from notes and the footer, not navigated to."""

from dashboard.components.methods import methods
from dashboard.pages.arrange import register
from dashboard.pages.page import Page

PAGE = Page(
    path="/methods",
    name="methods",
    icon="quality",
    heading="shown",
    body=methods,
    listed=False,
)
register(__name__, PAGE, order=9)
