"""Admission: which release may be shown, where, and beside which.

A release whose units are the records themselves (base 1) is published already, or invented. An
invented one is for this machine alone; a published one is for this machine, or stands beside the
members' release as a source of its own, wherever that is shown. Real reports of partners to members
are for people with an account, on this machine too. How a release is opened stands in
``open_release``; which one is shown in ``folder``.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboard.model.facts import FACTS
from dashboard.model.protection import is_protected
from dashboard.release.open_release import Release

#: Says why a release may not be shown, None where it may.
Admits = Callable[[Release], str | None]


def admits_any(release: Release) -> str | None:
    """Admit every release: whoever has the file may open it, as in a notebook."""
    return None


def members(release: Release, *, local: bool, accounts: bool) -> str | None:
    """Why a release may not be shown to members by itself, None where it may.

    Args:
        release: The opened release.
        local: Whether nobody beyond this machine is answered.
        accounts: Whether only people who signed in are answered.
    """
    if release.edition.kind == "real" and not release.edition.is_public and not accounts:
        return "is for members, who sign in: set ATLAS_SECRET_FILE (docs/deploy.md)"
    if all(is_protected(release.base(fact.id)) for fact in FACTS):
        return None
    if release.edition.kind == "real":
        return "shows records of partners without protection"
    if local:
        return None
    return "shows records themselves, which only this machine may be shown"


def beside(release: Release, *, local: bool) -> str | None:
    """Why a release may not stand beside the members' as a published source, None where it may.

    Args:
        release: The opened release.
        local: Whether nobody beyond this machine is answered.
    """
    if not release.is_published_source:
        return "is no release of published sources"
    if release.edition.kind == "published" or local:
        return None
    return "is invented, which only this machine may be shown"
