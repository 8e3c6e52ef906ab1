"""The frame of these pages: what every template is given, and the ways from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, current_app, g, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from dashboard.access.accounts import Accounts
from dashboard.access.browser import BROWSER, ECHO, ON_THE_WAY, SESSION, Browser
from dashboard.access.roles import may_request
from dashboard.access.sessions import Session
from dashboard.filters import read_language
from dashboard.model.country import PACK
from dashboard.model.languages import Language, digits, direction, words_of
from dashboard.release.folder import Releases
from dashboard.release.withheld import Withheld
from dashboard.words import dates
from dashboard.words.catalogue import translate

if TYPE_CHECKING:
    from dashboard.access.provider import Provider

#: Beginnings of the addresses at which somebody proves who they are, which may take a moment.
PROVING = ("/sign-in", "/set-password/", "/account")
#: Characters of an address that is kept through sign-in.
_LONGEST = 6_000


@dataclass(frozen=True)
class Context:
    """What the views of these pages are given; each has it as its first argument.

    Attributes:
        accounts: The accounts of this server.
        browser: Cookies and tokens of this server.
        style: Address of the style sheet.
        dark: Address of the style sheet that is added where the system is dark.
        releases: Folder of the members' releases, where the open round lies.
        editions: The opened folder.
        withheld: Its editions that this server shows to nobody.
        passkeys: Address of the script that speaks with what holds passkeys.
        provider: By whom people sign in besides by password, or None.
    """

    accounts: Accounts
    browser: Browser
    style: str
    dark: str
    releases: Path
    editions: Releases
    withheld: Withheld
    passkeys: str
    provider: Provider | None = None


def routes(blueprint: Blueprint, argument: object) -> Callable[..., None]:
    """A function that adds a route; its view is called with ``argument`` first."""

    def add(path: str, name: str, view: Callable[..., Answer], *methods: str) -> None:
        blueprint.add_url_rule(path, name, partial(view, argument), methods=methods)

    return add


def lang() -> Language:
    """The language that the address asks for."""
    return read_language(request.query_string.decode("utf-8", "replace"))


def way(endpoint: str, **values: Any) -> str:
    """Address of one of these pages, or of another plain form, in the reader's language.

    Args:
        endpoint: Endpoint of the page; without "access." for one of these.
        **values: What stands in its address.
    """
    language: dict[str, Any] = {"lang": lang()} if lang() != "en" else {}
    return url_for(endpoint if "." in endpoint else f"access.{endpoint}", **values, **language)


def link_to(context: Context, endpoint: str, **values: Any) -> str:
    """The whole address of one of these pages with its host, to be handed on, in no language."""
    return context.browser.link(request, url_for(f"access.{endpoint}", **values))


def first() -> str:
    """Address of the first page of figures in the reader's language."""
    return "/" if lang() == "en" else f"/?lang={lang()}"


def phrases(room: str) -> Callable[..., str]:
    """A function that gives the phrases of a file of words by key, in the reader's language."""
    language = lang()

    def phrase(key: str, **values: object) -> str:
        return translate(f"{room}.{key}", language, **values)

    return phrase


def page(template: str, status: int = 200, /, **values: Any) -> Response:
    """A page by the name of its template."""
    return Response(render_template(f"access/{template}.html", **values), status)


def on_to(address: str) -> Answer:
    """A redirect to another page after a form was handled."""
    return redirect(address, 303)


def own_path(address: str) -> str:
    """An address where it is a path of this server, else "/": forms bring where to go on to.

    >>> paths = "/routes?mode=land", "//evil.example", "https://evil.example"
    >>> [own_path(path) for path in paths]
    ['/routes?mode=land', '/', '/']
    """
    plain = address.isprintable() and "\\" not in address and len(address) <= _LONGEST
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    inside = not parts.scheme and not parts.netloc and address[:1] == "/" and address[:2] != "//"
    return address if plain and inside else "/"


def let_in(context: Context, session: Session, answer: Answer) -> Answer:
    """Set an answer's cookies for a session; that of callbacks only where it is whole."""
    browser, whole = context.browser, session.stage == "whole"
    browser.set_cookie(answer, SESSION, session.token)
    browser.set_cookie(answer, BROWSER, "")
    browser.set_cookie(answer, ON_THE_WAY, "")
    browser.set_cookie(answer, ECHO, browser.echo(session.token) if whole else "")
    if whole:
        browser.remember(answer, session.account, context.accounts.now())
    return answer


def let_out(context: Context, answer: Answer) -> Answer:
    """Have an answer delete all cookies and stored data of a session."""
    for name in (SESSION, BROWSER, ECHO, ON_THE_WAY):
        context.browser.set_cookie(answer, name, "")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def template_values(context: Context) -> dict[str, Any]:
    """The values that every template has."""
    language = lang()
    session = g.get("session")
    return {
        "t": phrases("access"),
        "lang": words_of(language),
        "dir": direction(language),
        "way": way,
        "first": first(),
        "style": context.style,
        "dark": context.dark,
        "provider": context.provider.name if context.provider else "",
        "product": translate("shell.product", language),
        "group": translate("shell.group", language),
        "hidden": partial(_hidden, context),
        "account": session.account if session and session.stage == "whole" else None,
        "may": _may,
        "languages": _languages(),
        "when": partial(_when, language),
    }


def _may(name: str) -> bool:
    """Whether the reader's role may ask for one of these pages, by its endpoint."""
    return g.reader is not None and may_request(g.reader.role, f"access.{name}")


def _hidden(context: Context) -> Markup:
    """The hidden field of a form that holds its token."""
    token = context.browser.form_token(g.get("holder") or "")
    field = current_app.jinja_env.get_template("access/hidden.html").render(token=token)
    return Markup(field)  # noqa: S704 # nosec B704


def _when(language: str, seconds: int | None) -> str:
    """Seconds since 1970 in words, to the minute, UTC; "never" for None."""
    if seconds is None:
        return translate("access.never", language)
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{dates.day(moment.date(), language)} {digits(f'{moment:%H:%M}', language)}"


def _languages() -> list[tuple[str, str, str]]:
    """Code, name and address of this page in each language; none for the answer to a form."""
    if request.method != "GET":
        return []
    others = {name: value for name, value in request.args.items() if name != "lang"}
    names = {"en": "English", **{code: entry.name for code, entry in PACK.languages.items()}}
    return [
        (code, name, f"{request.path}?{urlencode({**others, 'lang': code})}")
        for code, name in names.items()
    ]
