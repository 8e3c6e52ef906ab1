"""Methods: how the numbers are protected. Linked from notes and the footer, not navigated to."""

import dash

from dashboard.components.methods import methods
from dashboard.pages.arrange import registration
from dashboard.pages.page import Page

PAGE = Page(
    path="/methods",
    name="methods",
    icon="quality",
    heading="shown",
    body=methods,
    listed=False,
)
dash.register_page(__name__, order=9, **registration(PAGE))
