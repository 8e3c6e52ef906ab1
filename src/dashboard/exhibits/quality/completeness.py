"""Completeness: how often each field of people is filled in.

Id: quality.completeness.
"""

from __future__ import annotations

from dashboard import queries
from dashboard.analysis.expected_error import ExpectedError
from dashboard.exhibits.counts.expected_error import error_of
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.offers import nothing, offered
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures import theme
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import PEOPLE
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence, say

#: Fields of people whose completeness is shown, without those that a unit always has.
_FIELDS: tuple[str, ...] = (
    "place", "sex", "age_band", "is_child", "population_group", "exploitation",
    "means_of_control", "mode", "corridor", "destination", "recruitment_place", "promise",
    "recruiter_relation", "rescuing_authority", "identified_by",
)  # fmt: skip
_UNKNOWN, _ANSWERED = "unknown", "answered"
#: Parts in which the shares of few people are said.
_QUARTERS = 4


@exhibit("quality.completeness", facts=("people",))
def completeness(question: Question) -> Exhibit:
    """Share of people with an answer in each field, the fullest first."""
    lang, base = question.lang, question.base(PEOPLE)
    total, ranked = fields_by_completeness(question)
    labels = [_field_label(name, lang) for name, _ in ranked]
    shares = [_share(size, total, base) for _, size in ranked]
    drawn = display_rule.read_with(
        display_rule.drawn(question, PEOPLE, (), (total,)), lambda: _widest_error(question)
    )
    around = frame(question, PEOPLE, drawn=(drawn,), what=say("quality.completeness.what", lang))
    ends = ranges.columns(question, PEOPLE, drawn)
    table = Table(
        (
            Column("field", say("quality.completeness.code", lang)),
            Column("label", say("quality.completeness.field", lang)),
            Column("known", say("quality.completeness.known", lang), PEOPLE.unit_in(lang)),
            *ends,
            Column("share", say("quality.completeness.share", lang), "%"),
        ),
        tuple(
            (name, label, size, *(drawn.error.interval(size) if ends else ()), share)
            for (name, size), label, share in zip(ranked, labels, shares, strict=True)
        ),
    )
    if not total:
        return offered("quality.completeness", around, nothing(question, PEOPLE), table)

    texts = [say("numbers.percent", lang, number=share) for share in shares]
    return made(
        "quality.completeness",
        around,
        title=_least_filled(question, drawn, labels, [size for _, size in ranked], texts[-1]),
        plot=Plot(
            "shares",
            tuple(labels),
            (
                Series(
                    "",
                    tuple(
                        Number(n, n, n, text, text) for n, text in zip(shares, texts, strict=True)
                    ),
                    theme.BLUE,
                ),
            ),
        ),
        table=table,
        description="; ".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True)),
    )


def fields_by_completeness(question: Question) -> tuple[int, list[tuple[str, int]]]:
    """People of the view, and those with an answer by field, the fullest first."""
    asked = (question.release, PEOPLE, question.filters, question.period)
    sizes = queries.known_sizes(*asked, _FIELDS)
    ranked = sorted(zip(_FIELDS, sizes, strict=True), key=lambda entry: -entry[1])
    return queries.total(*asked), ranked


def _widest_error(question: Question) -> ExpectedError:
    """What protection did to the people with an answer in the field that is furthest off."""
    errors = (
        error_of(
            question.release,
            PEOPLE,
            question.filters,
            question.period,
            (Gathered(name, {_UNKNOWN: _UNKNOWN}, rest=_ANSWERED, missing=_UNKNOWN),),
        )
        for name in _FIELDS
    )
    return max(errors, key=lambda told: told.error)


def _least_filled(
    question: Question, drawn: Drawn, labels: list[str], sizes: list[int], share: str
) -> str:
    lang = question.lang
    if not drawn.leads(sizes[-2:]):
        second = in_sentence(labels[-2])
        return say("quality.completeness.close", lang, field=labels[-1], second=second)
    return say("quality.completeness.title", lang, field=labels[-1], share=share)


def _share(size: int, total: int, base: int) -> int:
    """A share in percent; of few people in quarters, since no finer one can be told."""
    share = numbers.percent(size, total, base)
    return round(_QUARTERS * size / max(total, 1)) * (100 // _QUARTERS) if share is None else share


def _field_label(name: str, lang: str) -> str:
    return PEOPLE[name].label_in(lang)
