"""Banners: what a reader must know about the edition on the page, above everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.components.icon import icon
from dashboard.filters import Reading
from dashboard.release.folder import Trouble
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import say


def banners(
    trouble: Trouble | None,
    current: Release,
    loaded: str | None,
    address: str,
    lang: str,
    *,
    answered: bool,
) -> list[Any]:
    """A banner where the newest edition cannot be shown, and where the page has another one.

    Args:
        trouble: Why the newest edition is not shown, or None.
        current: The release that is shown to a page loaded now.
        loaded: Id of the release that this page was loaded with.
        address: Path and query string of this page, to load it again.
        lang: Language of the words.
        answered: Whether what this page asks for still comes from that release.
    """
    banners: list[Any] = []
    if trouble and trouble.kind != "held":  # what is held back is nobody's to report
        sentence = say(
            "shell.banner.instead",
            lang,
            month=dates.month(current.edition.last_month, lang),
            reference=trouble.reference,
        )
        banners.append(_banner("problem", say(f"shell.banner.{trouble.kind}", lang), sentence))
    if loaded is not None and loaded != current.id:
        kind = "newer" if answered and current.id > loaded else "taken_back"
        reload = html.A(say("shell.banner.reload", lang), href=address)
        banners.append(_banner("news", say(f"shell.banner.{kind}", lang, id=loaded), reload))
    return banners


def earlier_edition(reading: Reading, shown: Release, current: Release) -> list[Any]:
    """A banner where the address names an edition that is not the current one: the way back."""
    if reading.filters.edition is None or shown.id == current.id:
        return []
    lang, edition = reading.filters.lang, shown.edition
    sentence = say(
        "shell.banner.known_then",
        lang,
        closed=dates.day(edition.as_of, lang),
        month=dates.month(edition.last_month, lang),
    )
    now = replace(reading.filters, edition=None, period=None)
    back = html.A(
        say("shell.banner.back_to_now", lang),
        href=links.href(now, reading.options),
        className="button",
        **{"data-view": ""},
    )
    lead = say("shell.banner.as_known_then", lang)
    return [_banner("news", lead, html.Span([f"{sentence} ", back]))]


def _banner(kind: str, lead: str, rest: Any) -> html.Div:
    """News waits until a screen reader has finished; a problem does not."""
    parts = [
        icon("problem" if kind == "problem" else "reset"),
        html.P([html.Strong(lead), " ", rest]),
    ]
    if kind == "problem":
        return html.Div(parts, className="alert alert-warning banner", role="alert")
    return html.Div(parts, className="alert alert-info banner", role="status")
