"""Banners: what a reader must know about the edition on the page, above everything else."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.icon import icon
from dashboard.releases import Release, Trouble
from dashboard.words import dates
from dashboard.words.catalogue import say


def banners(
    trouble: Trouble | None, current: Release, loaded: str | None, address: str, lang: str
) -> list[Any]:
    """A banner where the newest edition cannot be shown, and where the page has another one.

    Args:
        trouble: Why the newest edition is not shown, or None.
        current: The release that is shown to a page loaded now.
        loaded: Id of the release that this page was loaded with.
        address: Path and query string of this page, to load it again.
        lang: Language of the words.
    """
    found: list[Any] = []
    if trouble:
        said = say(
            "shell.banner.instead",
            lang,
            month=dates.month(current.edition.last_month, lang),
            reference=trouble.reference,
        )
        found.append(_banner("problem", say(f"shell.banner.{trouble.kind}", lang), said))
    if loaded is not None and loaded != current.id:
        kind = "newer" if current.id > loaded else "taken_back"
        reload = html.A(say("shell.banner.reload", lang), href=address)
        found.append(_banner("news", say(f"shell.banner.{kind}", lang, id=loaded), reload))
    return found


def _banner(kind: str, lead: str, rest: Any) -> html.Div:
    role = "alert" if kind == "problem" else "status"
    return html.Div(
        [icon("problem" if kind == "problem" else "reset"), html.P([html.Strong(lead), " ", rest])],
        className=f"banner banner--{kind}",
        role=role,
    )
