"""Protection in words: what was done to the numbers and what they can and cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.facts import FACTS
from dashboard.model.protection import EXACT_PARTNERS, SHARE_BASES, is_protected, noise
from dashboard.release.open_release import Release
from dashboard.words import numbers
from dashboard.words.catalogue import say

_PROTECTED = ("units", "exact", "small", "shares", "changes", "earlier", "limits")
_UNPROTECTED = ("records", "limits_of_records")


@dataclass(frozen=True)
class Paragraph:
    """One thing to know: a short heading, its text, and the number that it turns on, or ''."""

    heading: str
    text: str
    number: str = ""


def paragraphs(release: Release, lang: str) -> tuple[Paragraph, ...]:
    """How people are protected in a release, for the page on data and quality."""
    bases = sorted({release.base(fact.id) for fact in FACTS})
    unprotected = not any(map(is_protected, bases))
    values = {
        "base": release.base("people"),
        "double": noise(release.base("people")),
        "largest_base": bases[-1],
        "kind": say(f"shared.note.kind_{release.edition.kind}", lang),
    }
    turns_on = {
        "units": release.base("people"),
        "exact": EXACT_PARTNERS,
        "small": 0,
        "shares": SHARE_BASES * release.base("people"),
    }
    return tuple(
        Paragraph(
            say(f"protection.{name}.heading", lang, **values),
            say(f"protection.{name}.text", lang, **values),
            numbers.number(turns_on[name], lang) if name in turns_on else "",
        )
        for name in (_UNPROTECTED if unprotected else _PROTECTED)
    )
