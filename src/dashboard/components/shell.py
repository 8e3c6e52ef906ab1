"""The shell: what surrounds every page, from the skip link to the footer.

Dash asks each component of a layout at each of some fifty steps of a change. Only what callbacks
hear of, and what leads there, is a component; what its elements hold is written in
``templates/shell.html`` and put in place by ``assets/js/written.js`` before the first paint. The
filter bar has a module of its own; what stands on a page is decided in ``pages``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from markupsafe import Markup

from dashboard.components import downloads
from dashboard.components.term_mark import DEFINITION
from dashboard.components.writer import parts, write
from dashboard.model.country import PACK
from dashboard.model.edition import Edition
from dashboard.model.languages import words_of
from dashboard.release.open_release import Release
from dashboard.words.catalogue import needs_review, translate
from dashboard.words.definitions import address

#: The attribute that holds the HTML of an element until a script puts it inside.
WRITTEN = "data-written"


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
    bar: html.Section,
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
    written = parts(
        "shell",
        lang,
        destinations=destinations,
        is_public=release.edition.is_public,
        is_draft=bool(needs_review(lang)),
    )
    return html.Div(
        [
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="settings", data=settings),
            dcc.Store(id="release", data=release.id),
            dcc.Store(id="usual-period", data=str(release.default_period)),
            dcc.Store(id="asked"),
            dcc.Store(id="answer", data=first),
            html.A(translate("shell.skip", lang), href="#main", className="skip-link"),
            html.Header(
                className="header",
                **holding(_header(destinations, release.edition, lang, account)),
            ),
            html.Div(id="banner"),
            bar,
            html.Main(id="main", className="main", tabIndex="-1", **holding(written.main())),
            html.Footer(className="footer", **holding(written.footer())),
            html.Nav(
                className="bottom-nav",
                **holding(written.bottom()),
                **{"aria-label": translate("shell.navigation", lang)},
            ),
            html.Div(id="live", className="sr-only", role="status", **{"aria-live": "polite"}),
            html.Div(id="said", className="sr-only", role="status", **{"aria-live": "polite"}),
            html.Div(id="toast", className="toast", hidden=True, **downloads.messages(lang)),
            # Hidden until the browser knows that its reader is here for the first time.
            html.P(
                translate("shell.hint", lang),
                id="hint",
                className="hint-line",
                role="status",
                hidden=True,
            ),
            html.Div(
                id="picked",
                className="picked",
                hidden=True,
                role="region",
                **holding(written.picked()),
                **{"aria-label": translate("shell.picks.label", lang)},
            ),
            html.Div(
                id="present-bar",
                className="present-bar",
                role="group",
                hidden=True,
                **holding(written.present()),
                **{"aria-label": translate("shell.present.label", lang)},
            ),
            html.Div(
                id=DEFINITION,
                className="definition",
                role="dialog",
                tabIndex="-1",
                hidden=True,
                **holding(written.definition()),
                **{
                    "aria-labelledby": "definition-title",
                    "data-address": address(lang),
                    "data-heading": translate("glossary.mark.heading", lang),
                    "data-failed": translate("glossary.mark.failed", lang),
                    "data-more": translate("glossary.mark.more", lang),
                },
            ),
            html.Dialog(
                id="keys",
                className="keys",
                **holding(written.keys()),
                **{"aria-labelledby": "keys-title"},
            ),
        ],
        className="app",
        **({"data-files": " ".join(account.files)} if account else {}),
    )


def alone(page: Markup, lang: str) -> html.Div:
    """A page alone, with the product's name and without navigation."""
    head = parts("parts", lang).brand()
    return html.Div(
        [
            html.Header(html.Div(className="header-row", **holding(head)), className="header"),
            html.Main(className="main", **holding(page)),
        ],
        className="app",
    )


def holding(written: Markup) -> dict[str, str]:
    """The attribute by which an element of Dash gets HTML as its content."""
    return {WRITTEN: str(written)}


def _header(
    destinations: Sequence[Destination], edition: Edition, lang: str, account: SignedIn | None
) -> Markup:
    """The header of every page: navigation, account, languages and the kind of the release."""
    # What kind of data the release holds unless it is real, and that it is for the public.
    kind = "" if edition.kind == "real" else translate(f"shell.kind_{edition.kind}", lang)
    audience = translate("shared.label.public", lang) if edition.is_public else ""
    return write(
        "header",
        lang,
        destinations=destinations,
        account=account,
        words=words_of(lang),
        languages=PACK.languages,
        kind=" · ".join(filter(None, (kind, audience))),
    )
