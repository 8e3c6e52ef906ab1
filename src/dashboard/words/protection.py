"""Protection in words: what was done to the numbers and what they can and cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.facts import FACTS
from dashboard.releases import Release
from dashboard.words.catalogue import say

_PROTECTED = ("units", "exact", "small", "shares", "changes", "earlier", "limits")
_UNPROTECTED = ("records", "limits_of_records")


@dataclass(frozen=True)
class Paragraph:
    """One thing to know: a short heading and its text."""

    heading: str
    text: str


def paragraphs(release: Release, lang: str) -> tuple[Paragraph, ...]:
    """How people are protected in a release, for the page on data and quality."""
    bases = sorted({release.base(fact.id) for fact in FACTS})
    unprotected = bases[-1] == 1
    values = {
        "base": release.base("people"),
        "double": 2 * release.base("people"),
        "largest_base": bases[-1],
        "kind": say(f"shared.note.kind_{release.edition.kind}", lang),
    }
    return tuple(
        Paragraph(
            say(f"protection.{name}.heading", lang, **values),
            say(f"protection.{name}.text", lang, **values),
        )
        for name in (_UNPROTECTED if unprotected else _PROTECTED)
    )
