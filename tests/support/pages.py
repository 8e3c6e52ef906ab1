"""Pages, for tests that have no application."""

from dashboard import exhibits, pages

exhibits.load()
PAGES = pages.whole()
ALONE = tuple(page for page in pages.every() if page.is_alone)
