"""The shell: what surrounds every page, from the skip link to the footer.

The filter bar has a module of its own; what stands on a page is decided in ``pages``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc

from dashboard.components import downloads, links
from dashboard.components.elements import html
from dashboard.components.hints import hint
from dashboard.components.icon import icon
from dashboard.components.language_switch import language_switch
from dashboard.components.present import present_bar, present_button
from dashboard.components.shortcuts import keys, keys_button
from dashboard.components.term_mark import definition
from dashboard.components.theme_switch import theme_switch
from dashboard.model.edition import Edition
from dashboard.release.open_release import Release
from dashboard.words.catalogue import needs_review, say

#: Pages that a phone's navigation has room for.
_BOTTOM = 6
#: Pages of an account, by phrase. Which view is to be saved tells the address one comes from.
_OF_ACCOUNT = (
    ("save_view", "/views/new"),
    ("views", "/views"),
    ("decisions", "/decisions"),
    ("account.title", "/account"),
)


@dataclass(frozen=True)
class Destination:
    """A page in the navigation: its path, label (and a short one), icon, and letter after "g"."""

    path: str
    label: str
    short: str
    icon: str
    key: str


@dataclass(frozen=True)
class SignedIn:
    """Who reads.

    Attributes:
        name: Name of the account.
        files: Endings of the files that they may save.
        token: What the form for signing out sends along.
    """

    name: str
    files: tuple[str, ...]
    token: str


def shell(
    destinations: Sequence[Destination],
    release: Release,
    bar: Any,
    settings: dict[str, Any],
    first: dict[str, Any],
    lang: str,
    account: SignedIn | None = None,
) -> html.Div:
    """The frame of every page, with room for the content of one.

    Args:
        destinations: Pages of the navigation, in order.
        release: The open release; its kind is said in the header.
        bar: The filter bar.
        settings: What scripts must know: fingerprints, titles and colours.
        first: The answer for the page that the browser shows, so that it need not ask for it.
        lang: Language of the words.
        account: Who reads, where there are accounts.
    """
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="settings", data=settings),
            dcc.Store(id="release", data=release.id),
            dcc.Store(id="usual-period", data=str(release.default_period)),
            dcc.Store(id="asked"),
            dcc.Store(id="answer", data=first),
            html.A(say("shell.skip", lang), href="#main", className="skip-link"),
            _header(destinations, release.edition, lang, account),
            html.Div(id="banner"),
            bar,
            html.Main(id="main", className="main", tabIndex="-1", children=html.Div(id="page")),
            _footer(release.edition, lang),
            _bottom_navigation(destinations, lang),
            html.Div(id="live", className="sr-only", role="status", **{"aria-live": "polite"}),
            html.Div(id="said", className="sr-only", role="status", **{"aria-live": "polite"}),
            html.Div(id="toast", className="toast", hidden=True, **downloads.messages(lang)),
            hint(lang),
            _picked(lang),
            present_bar(lang),
            definition(lang),
            keys({entry.key: (entry.path, entry.label) for entry in destinations}, lang),
        ],
        className="app",
        **({"data-files": " ".join(account.files)} if account else {}),
    )


def brand(lang: str) -> html.A:
    """The product's mark and name, a link to the first page."""
    return html.A(
        [
            html.Span(className="brand-mark", **{"aria-hidden": "true"}),
            html.Span(
                [
                    html.Span(say("shell.product", lang), className="brand-name"),
                    html.Span(say("shell.group", lang), className="brand-group"),
                ],
                className="brand-text",
            ),
        ],
        href=links.page("/", lang),
        className="brand",
        **{"data-nav": "/"},
    )


def kind_tag(edition: Edition, lang: str) -> html.Span | None:
    """What kind of data the release holds unless it is real, and that it is for the public."""
    kind = "" if edition.kind == "real" else say(f"shell.kind_{edition.kind}", lang)
    audience = say("shared.label.public", lang) if edition.is_public else ""
    label = " · ".join(filter(None, (kind, audience)))
    return html.Span(label, className="tag tag--kind") if label else None


def _header(
    destinations: Sequence[Destination], edition: Edition, lang: str, account: SignedIn | None
) -> html.Header:
    return html.Header(
        html.Div(
            [
                brand(lang),
                html.Nav(
                    [
                        html.A(
                            entry.label,
                            href=links.page(entry.path, lang),
                            className="nav-link",
                            **{"data-nav": entry.path},
                        )
                        for entry in destinations
                    ],
                    className="nav",
                    **{"aria-label": say("shell.navigation", lang)},
                ),
                html.Div(
                    [
                        *([_account(account, lang)] if account else []),
                        theme_switch(lang),
                        language_switch(lang),
                        kind_tag(edition, lang),
                    ],
                    className="header-side",
                ),
            ],
            className=f"header-row{' header-row--account' if account else ''}",
        ),
        className="header",
    )


def _account(account: SignedIn, lang: str) -> html.Div:
    """The menu of an account, and the form that signs out, which works without any script."""
    return html.Div(
        [
            html.Details(
                [
                    html.Summary(
                        [icon("account"), html.Span(account.name, className="account-name")],
                        className="header-button",
                        **{"aria-label": f"{say('access.account.title', lang)}: {account.name}"},
                    ),
                    html.Ul(
                        [
                            html.Li(
                                html.A(
                                    say(f"access.{phrase}", lang),
                                    href=links.page(path, lang),
                                    className="menu-item",
                                )
                            )
                            for phrase, path in _OF_ACCOUNT
                        ],
                        className="menu",
                    ),
                ],
                className="disclosure account-menu",
                **{"data-disclosure": ""},
            ),
            html.Form(
                html.Button(
                    say("access.sign_out", lang),
                    type="submit",
                    name="token",
                    value=account.token,
                    className="header-button",
                ),
                action=links.page("/sign-out", lang),
                method="POST",
            ),
        ],
        className="header-account",
    )


def _picked(lang: str) -> html.Div:
    """Where what is picked together stands until it is asked for."""
    return html.Div(
        [
            html.P(
                role="status",
                **{
                    "data-none": say("shell.picks.none", lang),
                    "data-one": say("shell.picks.count", lang, n=1),
                    "data-many": say("shell.picks.count", lang, n="#"),
                },
            ),
            html.Button(
                say("shell.picks.show", lang),
                type="button",
                className="button button--primary",
                **{"data-picked-show": ""},
            ),
            html.Button(
                say("shell.picks.cancel", lang),
                type="button",
                className="button button--quiet",
                **{"data-picked-cancel": ""},
            ),
        ],
        id="picked",
        className="picked",
        hidden=True,
        role="region",
        **{"aria-label": say("shell.picks.label", lang)},
    )


def _footer(edition: Edition, lang: str) -> html.Footer:
    return html.Footer(
        [
            html.Div(id="page-foot"),
            html.P(
                [
                    html.A(
                        say("shell.methods_link", lang),
                        href=links.page("/methods", lang),
                        **{"data-nav": "/methods"},
                    ),
                    html.A(
                        say("glossary.page_link", lang),
                        href=links.page("/glossary", lang),
                        **{"data-nav": "/glossary"},
                    ),
                    html.A(
                        say("shell.page.explore.title", lang),
                        href=links.page("/explore", lang),
                        **{"data-nav": "/explore"},
                    ),
                    html.A(
                        say("report.page.open", lang),
                        href=links.page("/report", lang),
                        **{"data-nav": "/report"},
                    ),
                    keys_button(lang),
                    present_button(lang),
                    html.Span(
                        say(
                            "shell.handling_public" if edition.is_public else "shell.handling", lang
                        )
                    ),
                    _draft(lang),
                ],
                className="footer-handling",
            ),
        ],
        className="footer",
    )


def _draft(lang: str) -> html.Span | None:
    """That the words of this language are a draft, while any of them waits for its review."""
    if not needs_review(lang):
        return None
    return html.Span(say("shell.draft", lang), className="footer-draft")


def _bottom_navigation(destinations: Sequence[Destination], lang: str) -> html.Nav:
    return html.Nav(
        [
            html.A(
                [icon(entry.icon), html.Span(entry.short)],
                href=links.page(entry.path, lang),
                className="bottom-link",
                **{"data-nav": entry.path},
            )
            for entry in destinations[:_BOTTOM]
        ],
        className="bottom-nav",
        **{"aria-label": say("shell.navigation", lang)},
    )
