"""Address: where a saved view leads, which is a page of this product and nothing else.

What is kept is written anew from what the product reads of an address, so nothing of a text that
somebody sent stands in it: no scheme, no host, no parameter that no page knows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from dashboard import door
from dashboard.access.pages.frame import own_path
from dashboard.components import links
from dashboard.exhibits.registry import (
    available_options,
    definition,
    own_options,
    read_view_query,
)
from dashboard.model.languages import ENGLISH, Language
from dashboard.pages import OVERVIEW, Page, draft, find, is_view
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import begin, translate


@dataclass(frozen=True)
class Address:
    """A view of a page.

    Attributes:
        path: Path of the page.
        query: Canonical query string, without language.
    """

    path: str
    query: str

    def __str__(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    def in_language(self, lang: str) -> str:
        """The address as text, with the parameter of a language."""
        language = "" if lang == ENGLISH else f"lang={lang}"
        query = "&".join(filter(None, (self.query, language)))
        return f"{self.path}?{query}" if query else self.path


def read(text: str, releases: Releases) -> Address | None:
    """Read an address of this product as a view, written anew; None for any other address.

    Raises:
        NoRelease: If there is no release to read it against.
    """
    if own_path(text) != text:
        return None
    parts = urlsplit(text)
    page = _page_at(parts.path, parts.query)
    if page is None:
        return None
    if page.name == "report":
        return Address(page.path, replace(draft.read(parts.query), at=0).query(ENGLISH))
    reading, release = door.read(parts.query, releases)
    filters = replace(reading.filters, lang=ENGLISH)
    entries = (definition(slot.exhibit) for slot in page.slots)
    known = [option for entry in entries for option in available_options(entry, release)]
    return Address(page.path, links.query(filters, own_options(reading, known)))


def in_words(address: Address, release: Release, lang: Language) -> str:
    """What a view shows, for a list of views: its page, its filters and its months."""
    page = _page_at(address.path, address.query)
    if page and page.name == "report":
        report = draft.read(address.query)
        text = translate("report.page.kept", lang, name=report.template, n=len(report.figures))
        return translate("shell.page.report.name", lang) + f" · {text}"
    filters = read_view_query(address.query, release, is_edition=lambda _: True).filters
    filters = replace(filters, lang=lang)
    parts = [translate(f"shell.page.{page.name}.name", lang)] if page else []
    if page and page.facts:
        parts.append(filter_words.in_words(release, filters))
    if filters.period:
        parts.append(dates.period(filters.period, lang))
    return " · ".join(map(begin, parts))


def within(referrer: str | None, host: str) -> str:
    """The address of a page of this host that a browser came from, else ''.

    >>> within("http://localhost/routes?mode=land", "localhost")
    '/routes?mode=land'
    >>> within("http://elsewhere.example/routes", "localhost"), within(None, "localhost")
    ('', '')
    """
    try:
        parts = urlsplit(referrer or "")
    except ValueError:
        return ""
    if parts.netloc != host:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _page_at(path: str, query: str) -> Page | None:
    """The page to which an address leads, after the redirect of old views; None for none."""
    return find(OVERVIEW if is_view(path, query) else path)
