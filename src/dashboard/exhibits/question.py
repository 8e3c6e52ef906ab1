"""The question that an exhibit is asked: which release, which filters, which period and options.

It also words what all exhibits word alike: phrases in the reader's language, and numbers as exactly
as their fact allows. What only one page says belongs with its exhibits.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import queries
from dashboard.filters import Filters
from dashboard.model.codes import CodeList
from dashboard.model.counted_by import By
from dashboard.model.facts import Fact
from dashboard.model.languages import Language
from dashboard.model.periods import Grain, Month, Span
from dashboard.model.protection import is_few
from dashboard.queries import Key, Row
from dashboard.release.open_release import Release
from dashboard.words import dates, numbers
from dashboard.words.catalogue import translate


class InWords(ABC):
    """A base for what words phrases, numbers and months in the reader's language."""

    @property
    @abstractmethod
    def lang(self) -> Language:
        """Language of words and digits."""

    def translate(self, key: str, **values: object) -> str:
        """The phrase of a key, with values put in."""
        return translate(key, self.lang, **values)

    def number(self, value: int) -> str:
        """A number with thousands separated: "1,285"."""
        return numbers.number(value, self.lang)

    def reach(self, low: int, high: int) -> str:
        """A range of numbers where there is little room: "5–13"."""
        return numbers.span(low, high, self.lang)

    def from_to(self, low: int, high: int) -> str:
        """A range of numbers in a sentence: "5 to 13"."""
        return self.translate("judge.range", low=self.number(low), high=self.number(high))

    def first_of(self, names: Sequence[str], most: int) -> str:
        """The first few of some names, and how many others there are: "Northport and 3 others"."""
        first, others = ", ".join(names[:most]), len(names[most:])
        return self.translate("shared.and_others", names=first, n=others) if others else first

    def dated(self, span: Span) -> str:
        """A period: "Oct 2025", "Jul – Sep 2025"."""
        return dates.period(span, self.lang)

    def month(self, value: Month | date) -> str:
        """A month: "Oct 2025"."""
        return dates.month(value, self.lang)

    def quarter(self, value: Month | date) -> str:
        """The quarter of a month: "Q4 2025"."""
        return dates.quarter(value, self.lang)


@dataclass(frozen=True)
class Question(InWords):
    """What an exhibit function is given.

    Attributes:
        release: The open release that all numbers come from.
        filters: What the reader chose.
        period: The span to count: the chosen one, else the release's default.
        options: Every option of the exhibit with a value that it allows.
    """

    release: Release
    filters: Filters
    period: Span
    options: Mapping[str, str]

    @property
    def lang(self) -> Language:
        """Language of words and digits."""
        return self.filters.lang

    def label(self, of: CodeList, code: str | None) -> str:
        """The label of a code of a list; None reads "Not recorded"."""
        return self.release.label(of.id, code, self.lang)

    def percent(self, share: int) -> str:
        """An estimated share, of 0 to 100, in words."""
        return numbers.in_percent(share, self.lang)

    @property
    def period_in_words(self) -> str:
        """The period in words: "Apr – Jun 2026"."""
        return self.dated(self.counted_span())

    def counted_span(self, grain: Grain = "month") -> Span:
        """The months that numbers of a grain are about: the period, in whole quarters, with data.

        What is kept by quarter has none of a quarter that is not over. A period that reaches
        further outside the release stays as it was asked for.
        """
        asked, known = self.period.snapped(grain), self.release.span
        if not asked.within(known.snapped("quarter")):
            return asked
        end = known.end if grain == "month" else known.end.plus(1).quarter_start.plus(-1)
        last = min(asked.end, end)
        return Span(max(asked.start, known.start), last) if known.start <= last else self.period

    def total(self, fact: Fact, filters: Filters | None = None, period: Span | None = None) -> int:
        """Events of a fact in the view, or with other filters or in other months."""
        return queries.total(self.release, fact, filters or self.filters, period or self.period)

    def counts(
        self, fact: Fact, *by: By, filters: Filters | None = None, period: Span | None = None
    ) -> list[Row]:
        """Events of a fact by columns: rows of their codes and a number (``queries.counts``)."""
        view = (filters or self.filters, period or self.period)
        return queries.counts(self.release, fact, *view, by)

    def sums(self, fact: Fact, *by: By, key: Callable[..., Key]) -> Counter[Key]:
        """Events of a fact in the view by the key that ``key`` makes of the codes of a row."""
        return queries.summed(self.counts(fact, *by), key)

    def by_month(
        self, fact: Fact, filters: Filters | None = None, period: Span | None = None
    ) -> dict[Month, int]:
        """Events by month, or by first month of a quarter, in order of time; 0 for none.

        Without filters or a period of its own it counts those of the view.
        """
        rows = queries.series(self.release, fact, filters or self.filters, period or self.period)
        return {Month.of(start): int(size) for start, size in rows}

    def base(self, fact: Fact) -> int:
        """Protection base of a fact; 1 means that its numbers are as reported."""
        return self.release.base(fact.id)

    def is_few(self, size: int, fact: Fact) -> bool:
        """Whether a number of a fact is read as a few."""
        return is_few(size, self.base(fact))

    def about(self, number: int, fact: Fact) -> str:
        """A part of a fact's total in words: "about 27", "a few"; exact at base 1."""
        return numbers.about(number, self.base(fact), self.lang)

    def counted_of(self, part: int, whole: int, fact: Fact) -> str:
        """A number of a fact with its unit and share: "about 105 people, 20 % of all".

        A part of few, or what is nearly all, is said beside the whole: "about 15 of 18 people",
        unless the whole is a few itself.
        """
        lang, base, unit = self.lang, self.base(fact), fact.unit_in(self.lang)
        number = self.about(part, fact)
        is_part = part < whole and not is_few(whole, base)
        if is_part and numbers.percent(part, whole, base) in (None, 100):
            number = self.translate("numbers.of", part=number, whole=numbers.number(whole, lang))
        elif is_part:
            share = numbers.share(part, whole, base, lang)
            return self.translate("numbers.counted_share", number=number, unit=unit, share=share)
        return self.translate("shared.counted", number=number, unit=unit)

    def named(self, sizes: Iterable[tuple[str, int]], fact: Fact) -> str:
        """Names with their numbers, for descriptions: "Northport (about 27), Eastport (a few)"."""
        return ", ".join(
            self.translate("shared.named", name=name, number=self.about(size, fact))
            for name, size in sizes
        )

    def place_name(self, code: str) -> str:
        """Name of a place."""
        return self.release.place_name(code, self.lang)

    @property
    def is_compared(self) -> bool:
        """Whether numbers are compared with what is usual: unless a reader chose not to compare."""
        return self.filters.compare != "none"

    @property
    def compared_span(self) -> Span | None:
        """The period that a reader asked to compare with; None without one, or without its data."""
        before = self.compared_period
        return before if before and before.within(self.release.span) else None

    @property
    def compared_period(self) -> Span | None:
        """The span that the reader asked to compare with, whether there are data for it or not.

        None where that is no period, and for a period that reaches outside the release: a part of a
        period is never compared with a whole one.
        """
        if self.filters.compare in ("none", "usual") or not self.period.within(self.release.span):
            return None
        previous = self.filters.compare == "previous"
        return self.period.previous() if previous else self.period.last_year()
