"""Banners: what a reader must know about the edition on the page, above everything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.writer import write
from dashboard.filters import Reading
from dashboard.release.folder import Trouble
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import translate


def banners(
    reading: Reading,
    release: Release,
    current: Release,
    trouble: Trouble | None,
    loaded: str | None,
    address: str,
    *,
    answered: bool,
) -> Markup:
    """Banners about an earlier edition, a newest one that is not shown, and one loaded before.

    Args:
        reading: The view; its address may name an edition.
        release: The release that answers it.
        current: The release that is shown to a page loaded now.
        trouble: Why the newest edition is not shown, or None.
        loaded: Id of the release that this page was loaded with.
        address: Path and query string of this page, to load it again.
        answered: Whether the release that the page was loaded with still answers.
    """
    lang, other = reading.filters.lang, None
    if loaded is not None and loaded != current.id:
        other = "newer" if answered and current.id > loaded else "taken_back"
    return write(
        "banner",
        lang,
        then=_then(reading, release, current),
        # What is held back is nobody's to report.
        trouble=trouble if trouble and trouble.kind != "held" else None,
        month=dates.month(current.edition.last_month, lang),
        other=other,
        loaded=loaded,
        here=address,
    )


def _then(reading: Reading, release: Release, current: Release) -> dict[str, Any] | None:
    """The sentence on an edition that is not the current one, with the link to that; else None."""
    if reading.filters.edition is None or release.id == current.id:
        return None
    lang, edition = reading.filters.lang, release.edition
    sentence = translate(
        "shell.banner.known_then",
        lang,
        closed=dates.day(edition.as_of, lang),
        month=dates.month(edition.last_month, lang),
    )
    now = replace(reading.filters, edition=None, period=None)
    return {"sentence": sentence, "href": links.href(now, reading.options)}
