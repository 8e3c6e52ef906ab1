"""Note: one entry of the operator's notes, and the rules that it keeps.

A note is read by everybody who reads a release, so it names no person and no partner, and nothing
by which one could be found. The screens know patterns and no name: that none is written remains
the operator's duty. Where notes are kept stands in ``notes_file``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.model.codes import EVENT_NOTE
from dashboard.model.event_note import EventNote
from dashboard.model.normalise import casefold
from dashboard.model.periods import Month
from dashboard.model.written_text import faults_of, spaced
from etl.declaration.toml_table import TomlTable
from etl.findings import SENTENCES
from etl.settings import OperatorError

#: Longest text: it stands beside a chart and in a sentence.
LONGEST = 160
#: Sentence of each rule about notes, beside those of ``findings`` that hold for their texts too.
RULES: Mapping[str, str] = {
    "bad_month": "Write the month as YYYY-MM.",
    "ends_before_start": "The last month lies before the first.",
    "unknown_kind": f"The kind must be one of {', '.join(EVENT_NOTE.values)}.",
    "unknown_place": "The gazetteer does not know the area; give its code.",
    "empty_text": "The text is empty.",
    "long_text": f"A text has at most {LONGEST} characters.",
    "hidden_character": "The text holds a character that nobody sees.",
    "long_number": "The text holds a number of six digits or more, as a phone has.",
    "partner_named": "The text names a partner; say “a partner”.",
}
_SPOKEN = re.compile(r"[^\w]+|_+")


@dataclass(frozen=True)
class Known:
    """What the texts and areas of notes are held against.

    Attributes:
        places: Codes of the gazetteer.
        partners: Names of the partners that have sent files.
    """

    places: frozenset[str]
    partners: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Note:
    """An entry.

    Attributes:
        event: What a release shows of it.
        public: Whether releases for the public may show it as well.
    """

    event: EventNote
    public: bool = True

    @property
    def id(self) -> str:
        """A short name that follows from what it says."""
        told = [*map(str, (self.event.month, self.event.last_month)), self.event.kind,
                self.event.area, self.event.text_en, self.event.text_bn]  # fmt: skip
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]

    @property
    def as_json(self) -> dict[str, object]:
        """The note with plain values."""
        event = self.event
        return {
            "id": self.id,
            "month": str(event.month),
            "until": str(event.last_month),
            "kind": event.kind,
            "area": event.area,
            "text": event.text_en,
            "text_bn": event.text_bn,
            "public": self.public,
        }


def read_note(held: TomlTable, known: Known) -> Note:
    """The note of one table.

    Raises:
        OperatorError: With file, entry and rule, if the table is no note or breaks a rule.
    """
    month = _month(held, "month")
    last_month = _month(held, "until") if "until" in held.held else month
    kind, area = held.text("kind"), held.text("area", "")
    texts = {key: held.text(key, default) for key, default in (("text", None), ("text_bn", ""))}
    public = held.flag("public", default=True)
    held.finish()
    event = EventNote(month, last_month, kind, area, *(spaced(t) for t in texts.values()))
    faults = (
        ("until", "ends_before_start", last_month < month),
        ("kind", "unknown_kind", kind not in EVENT_NOTE),
        ("area", "unknown_place", bool(area) and area not in known.places),
        ("text", "empty_text", not event.text_en),
    )
    for key, rule, broken in faults:
        if broken:
            raise _broken(held, key, rule)
    for key, text in texts.items():
        for rule in _text_faults(text, known):
            raise _broken(held, key, rule)
    return Note(event, public)


def _month(held: TomlTable, key: str) -> Month:
    try:
        return Month.parse(held.text(key))
    except ValueError:
        raise _broken(held, key, "bad_month") from None


def _text_faults(text: str, known: Known) -> Iterator[str]:
    """Rules that a text breaks, the plainest first; what it says is told to nobody."""
    yield from faults_of(text, LONGEST)
    spoken = _spoken(text)
    if any(_spoken(partner) in spoken for partner in known.partners):
        yield "partner_named"


def _spoken(text: str) -> str:
    """A text as whole words between single spaces, whatever stands between them."""
    return f" {_SPOKEN.sub(' ', casefold(text)).strip()} "


def _broken(held: TomlTable, key: str, rule: str) -> OperatorError:
    sentence = RULES.get(rule) or SENTENCES[rule]
    return held.error(key, f"{sentence} [{rule}]")
