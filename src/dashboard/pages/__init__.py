"""Pages: which exhibits stand where, and nothing else.

A module that calls ``arrange.register`` is one page; what lists or finds pages asks
``dash.page_registry``, here. Dash takes pages once there is an app, so ``load`` imports them then.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any
from urllib.parse import parse_qsl

import dash
from dash.exceptions import AppNotFoundError

from dashboard.pages.page import Page

#: The first page, and where views of it lead, which has none.
FIRST, OVERVIEW = "/", "/overview"
#: Parameters that an address of the first page may have. One with another is a view of the
#: overview, as older links have them.
OF_FIRST = ("edition", "lang", "month")


def load() -> None:
    """Import every page, for an app that is there, or for a bare one where a command makes none."""
    try:
        dash.get_app()
    except AppNotFoundError:
        dash.Dash("dashboard", pages_folder="")
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)


def entries() -> tuple[Mapping[str, Any], ...]:
    """Entries of Dash's registry, one a page: in their order, those of a single exhibit last."""
    if not dash.page_registry:
        load()
    return tuple(dash.page_registry.values())


def every() -> tuple[Page, ...]:
    """All pages, those of a single exhibit last."""
    return tuple(entry["page"] for entry in entries())


def whole() -> tuple[Page, ...]:
    """Pages in their order, without those of a single exhibit."""
    return tuple(page for page in every() if not page.is_alone)


def entry_at(path: str) -> Mapping[str, Any] | None:
    """The registry's entry of the page at a path, with or without a slash at its end, or None."""
    plain = path.rstrip("/") or "/"
    return next((entry for entry in entries() if entry["path"] == plain), None)


def find(path: str) -> Page | None:
    """The page at a path, with or without a slash at its end."""
    entry = entry_at(path)
    return entry["page"] if entry else None


def by_name(name: str) -> Page:
    """A page by its name; StopIteration for no such page."""
    return next(page for page in whole() if page.name == name)


def is_view(path: str, query: str) -> bool:
    """Whether an address of the first page has a parameter that the page does not have.

    Args:
        path: Path of the address.
        query: Its query string without "?".

    >>> is_view("/", "sex=female"), is_view("/", "lang=bn"), is_view("/routes", "sex=female")
    (True, False, False)
    """
    return path == FIRST and any(name not in OF_FIRST for name, _ in parse_qsl(query))


def path_of(exhibit_id: str) -> str | None:
    """Path of the page that shows an exhibit, or None where none does.

    Of several it is one that the id begins with, and among those the page of this exhibit alone,
    since others may show it only after a choice.
    """
    page_name = exhibit_id.partition(".")[0]
    pages = [page for page in every() if exhibit_id in {slot.exhibit for slot in page.slots}]
    pages.sort(key=lambda page: (page.name != page_name, not page.is_alone))
    return pages[0].path if pages else None


def figure_number(exhibit_id: str) -> int | None:
    """Number of an exhibit among the figures of all pages, or None for what is no figure.

    Panels under a heading of their own, tiles, text and tables are not numbered.
    """
    figures = dict.fromkeys(
        slot.exhibit
        for page in whole()
        for section in page.sections
        for slot in section.slots
        if not section.name and slot.shape in ("chart", "map", "brush", "list")
    )
    return list(figures).index(exhibit_id) + 1 if exhibit_id in figures else None
