"""The frame of these pages: what their templates are given beside what access gives, and fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, g, render_template, request

from dashboard.access.account_table import Account
from dashboard.access.accounts import Accounts, day_of
from dashboard.access.pages.frame import phrases
from dashboard.model.edition import Edition
from dashboard.model.periods import Month
from dashboard.model.written_text import faults_of
from dashboard.release.folder import Releases
from dashboard.words import dates
from dashboard.words.catalogue import translate


@dataclass(frozen=True)
class Context:
    """What the views of these pages are given; each has it as its first argument.

    Attributes:
        accounts: The accounts; what people write is kept in their file.
        releases: The whole folder of releases; a reader is given what the role may open.
        public: Releases for the public made beside them, which are nobody's to read here.
    """

    accounts: Accounts
    releases: Releases
    public: Releases


def render_page(template: str, status: int = 200, /, **values: object) -> Response:
    """A page by the name of its template."""
    text = render_template(f"meeting/{template}.html", m=phrases("meeting"), **values)
    return Response(text, status)


def account() -> Account:
    """The account of the reader; the gate lets nobody without one come to these pages."""
    return g.session.account


def faults_in(text: str, longest: int) -> Iterator[str]:
    """Keys of the phrases that say what is wrong with a text, the plainest fault first."""
    if not text:
        yield "empty"
    yield from faults_of(text, longest)


def page_range(entries: int, most: int) -> tuple[int, int, int]:
    """The page that the address asks for, how many there are, and how many entries come before."""
    pages = max(1, -(-entries // most))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    return page, pages, (page - 1) * most


def month_of(seconds: int) -> Month:
    """The month of a moment, UTC."""
    return Month.of(day_of(seconds))


def month_at(seconds: int, lang: str) -> str:
    """The month of a moment in words."""
    return dates.month(month_of(seconds), lang)


def kind_of(edition: Edition, lang: str) -> str:
    """What kind of data an edition holds, in words; '' for real data."""
    return "" if edition.kind == "real" else translate(f"shell.kind_{edition.kind}", lang)
