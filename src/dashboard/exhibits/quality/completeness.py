"""Completeness: how often each field of people is filled in.

Id: quality.completeness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import queries
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import Column, Table
from dashboard.exhibits.parts import breakdowns, ranges
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import PEOPLE, Fact
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence

#: Fields of people whose completeness is shown, without those that a unit always has.
_FIELDS: tuple[str, ...] = (
    "place", "sex", "age_band", "is_child", "population_group", "exploitation",
    "means_of_control", "mode", "corridor", "destination", "recruitment_place", "promise",
    "recruiter_relation", "rescuing_authority", "identified_by",
)  # fmt: skip
_UNKNOWN, _ANSWERED = "unknown", "answered"
#: Parts in which shares of few people are drawn.
_QUARTERS = 4
#: Percent of everybody, and under which a field is weak.
_WHOLE, _WEAK = 100, 75


@dataclass(frozen=True, kw_only=True)
class _AnswerCounts(Counted):
    """People with an answer by field, the fullest first; lists follow the order of ``fields``."""

    fields: Mapping[str, int]

    @property
    def labels(self) -> list[str]:
        """The fields in words."""
        return [PEOPLE[name].label_in(self.lang) for name in self.fields]

    @property
    def shares(self) -> list[int | None]:
        """Shares of people with an answer in percent; None where people are few."""
        base = self.question.base(PEOPLE)
        return [numbers.percent(size, self.total, base) for size in self.fields.values()]

    @property
    def lengths(self) -> list[int]:
        """Lengths of the bars in percent; where people are few, and have no shares, in quarters."""
        return [
            round(_QUARTERS * size / self.total) * (_WHOLE // _QUARTERS) if share is None else share
            for size, share in zip(self.fields.values(), self.shares, strict=True)
        ]

    @property
    def texts(self) -> list[str]:
        """The shares in words; where people are few, counts."""
        base = self.question.base(PEOPLE)
        return [numbers.share(size, self.total, base, self.lang) for size in self.fields.values()]


def _count(question: Question, fact: Fact, _: DetailLevel) -> _AnswerCounts:
    """People with an answer in each field, with the error of the field that is furthest off."""
    total = question.total(fact)
    view = (question.release, fact, question.filters, question.period)
    sizes = zip(_FIELDS, queries.known_sizes(*view, _FIELDS), strict=True)
    breakdown = breakdowns.breakdown_of(question, fact, (), (total,))
    breakdown = breakdowns.with_error(breakdown, lambda: _widest_error(question))
    fields = dict(sorted(sizes, key=lambda entry: -entry[1]))
    return _AnswerCounts(question, fact, total, breakdown, fields=fields)


def _widest_error(question: Question) -> ExpectedError:
    """What protection did to the people with an answer in the field that is furthest off."""
    view = (question.release, PEOPLE, question.filters, question.period)
    errors = (
        error_of(*view, (Gathered(name, {_UNKNOWN: _UNKNOWN}, rest=_ANSWERED, missing=_UNKNOWN),))
        for name in _FIELDS
    )
    return max(errors, key=lambda error: error.typical)


def _plot(counts: _AnswerCounts) -> Plot:
    """A bar for each field; weak ones in another colour."""
    bars = zip(counts.lengths, counts.texts, strict=True)
    points = tuple(Number(length, length, length, text, text) for length, text in bars)
    colours = tuple(theme.AMBER if length < _WEAK else theme.BLUE for length in counts.lengths)
    return Plot("shares", tuple(counts.labels), (Series("", points, colours),))


def _title(counts: _AnswerCounts) -> str:
    """Which field is filled in least, unless another is as empty."""
    *_, second, last = counts.labels
    *_, second_size, last_size = counts.fields.values()
    if not counts.breakdown.leads([second_size, last_size]):
        names = {"field": in_sentence(last), "second": in_sentence(second)}
        return counts.translate("quality.completeness.close", **names)
    share = counts.share_of(last_size)
    return counts.translate("quality.completeness.title", field=in_sentence(last), share=share)


def _table(counts: _AnswerCounts) -> Table:
    """Each field with how many people have an answer, the range of that, and its share."""
    columns = (
        Column("field", counts.translate("quality.completeness.code")),
        Column("label", counts.translate("quality.completeness.field")),
        Column("known", counts.translate("quality.completeness.known"), counts.unit),
        Column(
            "share", counts.translate("quality.completeness.share"), "%", base=counts.breakdown.base
        ),
    )
    rows = zip(counts.fields, counts.labels, counts.fields.values(), counts.shares, strict=True)
    table = Table(columns, tuple(rows))
    return ranges.with_ends(table, "known", counts.breakdown.error, counts.lang)


Chart(
    "quality.completeness",
    (PEOPLE,),
    Ladder.of("", all=()),
    _plot,
    _title,
    _count,
    _table,
    lambda counts: "; ".join(map(" ".join, zip(counts.labels, counts.texts, strict=True))),
    what=lambda question, _: question.translate("quality.completeness.what"),
).declare()
