"""Glossary: every term in words. Linked from every "?" and the footer, not navigated to."""

import dash

from dashboard.components.glossary import terms_and_sources
from dashboard.pages.arrange import registration
from dashboard.pages.page import Page

PAGE = Page(
    path="/glossary",
    name="glossary",
    icon="quality",
    heading="shown",
    body=terms_and_sources,
    listed=False,
)
dash.register_page(__name__, order=10, **registration(PAGE))
