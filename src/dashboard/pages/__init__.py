"""Pages: which exhibits stand where, and nothing else."""

from urllib.parse import parse_qsl

from dashboard.pages import (
    brief,
    explore,
    glossary,
    hotspots,
    methods,
    overview,
    quality,
    referrals,
    report,
    routes,
    sheet,
)
from dashboard.pages.page import Page, Section, Slot

PAGES: tuple[Page, ...] = (
    brief.PAGE,
    overview.PAGE,
    hotspots.PAGE,
    routes.PAGE,
    referrals.PAGE,
    quality.PAGE,
    explore.PAGE,
    report.PAGE,
    sheet.PAGE,
    methods.PAGE,
    glossary.PAGE,
)
#: Where views of the first page lead, which has none.
OVERVIEW = overview.PAGE.path
#: What an address of the first page may hold. With anything else it is a view, which links of
#: before the brief have there: one of the overview.
OF_FIRST = ("edition", "lang", "month")


def path_alone(exhibit_id: str) -> str:
    """Path of the page that an exhibit has to itself.

    >>> path_alone("routes.chains")
    '/routes/chains'
    """
    return f"/{exhibit_id.replace('.', '/')}"


#: What opens from the links of a page, each on a page of its own.
ALONE: tuple[Page, ...] = tuple(
    Page(
        path=path_alone(slot.exhibit),
        name=page.name,
        icon=page.icon,
        heading="hidden",
        sections=(Section((slot,)),),
        links=(page.name,),
        listed=False,
    )
    for page in PAGES
    for slot in page.more
)

__all__ = [
    "ALONE",
    "OF_FIRST",
    "OVERVIEW",
    "PAGES",
    "Page",
    "Section",
    "Slot",
    "figure_number",
    "find",
    "is_view",
    "named",
    "path_alone",
    "path_of",
]


def find(path: str) -> Page | None:
    """The page at a path, with or without a slash at its end, or None."""
    wanted = path.rstrip("/") or "/"
    return next((page for page in (*PAGES, *ALONE) if page.path == wanted), None)


def named(name: str) -> Page:
    """A page by its name; StopIteration for no such page."""
    return next(page for page in PAGES if page.name == name)


def is_view(path: str, query: str) -> bool:
    """Whether an address of the first page chooses a view, which it shows none of.

    Args:
        path: Path of the address.
        query: Its query string without "?".

    >>> is_view("/", "sex=female"), is_view("/", "lang=bn"), is_view("/routes", "sex=female")
    (True, False, False)
    """
    return path == brief.PAGE.path and any(name not in OF_FIRST for name, _ in parse_qsl(query))


def path_of(exhibit_id: str) -> str | None:
    """Path of the page that shows an exhibit, its own where several do, or None where none does.

    One that has a page to itself stands there whatever is chosen; on others it may wait for that.
    """
    own = exhibit_id.partition(".")[0]
    shown = [
        page for page in (*PAGES, *ALONE) if exhibit_id in {slot.exhibit for slot in page.slots}
    ]
    shown.sort(key=lambda page: (page.name != own, page not in ALONE))
    return shown[0].path if shown else None


def figure_number(exhibit_id: str) -> int | None:
    """Number of an exhibit among the figures of all pages, or None for what is no figure.

    Panels under a heading of their own, tiles, text and tables are not numbered.
    """
    figures = dict.fromkeys(
        slot.exhibit
        for page in PAGES
        for section in page.sections
        for slot in section.slots
        if not section.name and slot.shape in ("chart", "map", "brush", "list")
    )
    return list(figures).index(exhibit_id) + 1 if exhibit_id in figures else None
