"""Event note: something that happened and that a reader should know beside the numbers.

The operator writes it, a release carries it as a row of ``event_note``, figures draw it. What may
stand in it is decided when it is written (``etl.operator_tables``); it never names a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.model.languages import in_words_of
from dashboard.model.periods import Month, Span


@dataclass(frozen=True, slots=True)
class EventNote:
    """A dated note.

    Attributes:
        month: First month that it is about.
        last_month: Last month, included; the same as the first for a note of one month.
        kind: Code of the list ``event_note``.
        area: Code of the place that it is about, '' where it is about all of them.
        text_en: What happened, in English.
        text_local: The same in the country's language, '' where nobody wrote it.
    """

    month: Month
    last_month: Month
    kind: str
    area: str
    text_en: str
    text_local: str

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> EventNote:
        """The note of a row in the contract's order."""
        month, last_month, kind, area, text_en, text_local = row
        return cls(
            Month.of(month), Month.of(last_month), kind, area or "", text_en, text_local or ""
        )

    @property
    def row(self) -> tuple[object, ...]:
        """Its row, in the contract's order."""
        first, last = self.month.first_day, self.last_month.first_day
        return first, last, self.kind, self.area or None, self.text_en, self.text_local

    @property
    def span(self) -> Span:
        """The months that it is about."""
        return Span(self.month, self.last_month)

    def meets(self, span: Span) -> bool:
        """Whether it is about any of some months."""
        return self.span.meets(span)

    def text(self, lang: str = "en") -> str:
        """What happened, in the words of a language; English where there is no other."""
        return in_words_of(lang, self.text_en, self.text_local)
