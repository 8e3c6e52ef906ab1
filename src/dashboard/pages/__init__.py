"""Pages: which exhibits stand where, and nothing else."""

from dashboard.pages import glossary, hotspots, methods, overview, quality, referrals, routes
from dashboard.pages.page import Page, Section, Slot

PAGES: tuple[Page, ...] = (
    overview.PAGE,
    hotspots.PAGE,
    routes.PAGE,
    referrals.PAGE,
    quality.PAGE,
    methods.PAGE,
    glossary.PAGE,
)

__all__ = ["PAGES", "Page", "Section", "Slot", "find", "figure_number", "path_of"]


def find(path: str) -> Page | None:
    """The page at a path, with or without a slash at its end, or None."""
    wanted = path.rstrip("/") or "/"
    return next((page for page in PAGES if page.path == wanted), None)


def path_of(exhibit_id: str) -> str | None:
    """Path of the first page that shows an exhibit, or None where none does."""
    return next(
        (page.path for page in PAGES if exhibit_id in {slot.exhibit for slot in page.slots}), None
    )


def figure_number(exhibit_id: str) -> int | None:
    """Number of an exhibit among the figures of all pages, or None for what is no figure.

    Panels under a heading of their own, tiles, text and tables are not numbered.
    """
    figures = [
        slot.exhibit
        for page in PAGES
        for section in page.sections
        for slot in section.slots
        if not section.name and slot.shape in ("chart", "map", "brush", "list")
    ]
    return figures.index(exhibit_id) + 1 if exhibit_id in figures else None
