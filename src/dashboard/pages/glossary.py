"""Glossary: every term in words. Linked from every "?" and the footer, not navigated to."""

from dashboard.components.glossary import terms_and_sources
from dashboard.pages.arrange import register
from dashboard.pages.page import Page

PAGE = Page(
    path="/glossary",
    name="glossary",
    icon="quality",
    heading="shown",
    body=terms_and_sources,
    listed=False,
)
register(__name__, PAGE, order=10)
