"""Targets of plans, with what was reached. Id: referrals.targets.

Each target has its own months, area and group, so filters change no number here; the period chooses
which targets are listed. Targets are the operator's (``etl.operator_tables``).

The figure is drawn as HTML (``components.bullets``): ``rows`` with ``label``, ``period``,
``value``, ``low``, ``high`` and ``target`` (shares of the width; None where nothing is known),
``text``, ``range``, ``word`` and ``state``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.exhibits.counts.open_referrals import count_open_in_all
from dashboard.exhibits.counts.referral_counts import FIRST
from dashboard.exhibits.exhibit import ROW_MONTHS, Cell, Column, EmptyState, Exhibit, Table
from dashboard.exhibits.parts import breakdowns
from dashboard.exhibits.parts.empty_state import empty_exhibit
from dashboard.exhibits.parts.frame import frame, make_exhibit
from dashboard.exhibits.parts.goals import filters_of
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.referrals.bottlenecks import share_in_time
from dashboard.exhibits.registry import exhibit
from dashboard.filters import Filters
from dashboard.model.codes import SEX_AGE_GROUP, SEX_AND_CHILD_OF
from dashboard.model.facts import ENDINGS, FACTS
from dashboard.model.target import Target
from dashboard.words import numbers
from dashboard.words.catalogue import in_sentence

_ID = "referrals.targets"
#: Code by column of what an indicator counts, where that is not all of its fact.
_KINDS = {"services": {"status": "done"}, "first_referrals": {"step": FIRST}}
#: Targets that a description names.
_DESCRIBED = 5
#: States of a result that meets its target.
_MET = ("reached", "within")


@dataclass(frozen=True)
class Result:
    """What was reached of a target.

    Attributes:
        target: The target.
        value: The number reached in the target's months, as far as there are data; None where too
            little is known.
        low, high: The range of that number, for protection and chance; None where not known.
        state: reached, not_yet, missed, partial (missed where its months begin before the data),
            within, above, close, or unknown; reached, within and above also with ``_so_far``, where
            that can change in the months to come.
    """

    target: Target
    value: int | None
    low: int | None
    high: int | None
    state: str


@exhibit(_ID, facts=("requests", "endings"))
def referrals_targets(question: Question) -> Exhibit:
    """The result of each target that the period meets, in the order of the release."""
    targets = [target for target in question.release.targets if target.meets(question.period)]
    results = [result_of(question, target) for target in targets]
    measured_facts = {target.measured.fact for target in targets}
    facts = [fact for fact in FACTS if fact in measured_facts] or [ENDINGS]
    around = frame(
        replace(question, filters=_everyone(question)),
        *facts,
        what=question.translate(f"{_ID}.what"),
        note=question.translate(f"{_ID}.note"),
        notes=(question.translate(f"{_ID}.note_referrals"),),
    )
    if not results:
        return empty_exhibit(around, EmptyState(question.translate(f"{_ID}.none")))
    return make_exhibit(
        around,
        title=_title(question, results),
        figure={"form": "bullets", "rows": [_bullet(question, result) for result in results]},
        table=Table.of(_cells(question, result) for result in results),
        description=_description(question, results),
    )


def _everyone(question: Question) -> Filters:
    """The reader's filters without period and choices, since a target has its own."""
    return replace(question.filters, period=None, chosen=(), compare="none")


def result_of(question: Question, target: Target) -> Result:
    """What was reached of a target in its own months, area and group."""
    release_span = question.release.span
    period = target.span.clipped(release_span)
    if period is None:
        has_begun = target.span.start <= release_span.end
        return Result(target, None, None, None, "unknown" if has_begun else "not_yet")
    filters = replace(_everyone(question), chosen=filters_of(target).chosen)
    value, low, high = _measure(replace(question, filters=filters, period=period), target)
    return Result(target, value, low, high, _state(question, target, low, high))


#: A number with both ends of its range.
_Number = tuple[int | None, int | None, int | None]
_UNKNOWN: _Number = (None, None, None)


def _measure(question: Question, target: Target) -> _Number:
    """The number of a target's indicator in a view, and both ends of its range."""
    if not question.release.has(target.measured.fact):
        return _UNKNOWN
    if target.name == "in_time":
        return share_in_time(question) or _UNKNOWN
    if target.name == "open":
        open_now, breakdown = count_open_in_all(question)
        return (open_now.total, *breakdown.error.interval(open_now.total))
    # All others are sums of units.
    fact = target.measured.fact
    code_of = {"service": target.service} if target.service else {}
    code_of |= _KINDS.get(target.name, {})
    sums = question.sums(fact, *code_of, key=lambda *codes: codes)
    size = sums[tuple(code_of.values())]
    breakdown = breakdowns.breakdown_of(question, fact, tuple(code_of), (size,))
    return (size, *breakdown.error.interval(size))


def _state(question: Question, target: Target, low: int | None, high: int | None) -> str:
    """The state of a result, one of those of ``Result``, by both ends of its range."""
    number, is_over = target.number, target.span.end <= question.release.span.end
    # A sum cannot fall any more; a difference and a share can.
    can_fall = target.measured.is_share or target.measured.at_most
    until_now = "_so_far" if can_fall and not is_over else ""
    if low is None or high is None:
        return "unknown"
    if target.measured.at_most:
        state = "within" if high <= number else "above"
        return "close" if low <= number < high else f"{state}{until_now}"
    if low >= number:
        return f"reached{until_now}"
    if high >= number:
        return "close"
    if not is_over:
        return "not_yet"
    return "partial" if target.span.start < question.release.span.start else "missed"


def target_in_words(question: Question, target: Target) -> str:
    """What a target is of, in words: its indicator, its service, its group and its area."""
    parts = [question.translate(f"{_ID}.of_{target.name}")]
    parts += [names.service(question, target.service)] if target.service else []
    if target.group in SEX_AND_CHILD_OF:
        parts.append(SEX_AGE_GROUP.label_of(target.group, question.lang))
    parts += [question.place_name(target.area)] if target.area else []
    return ", ".join(parts)


def _title(question: Question, results: Sequence[Result]) -> str:
    """How many of the targets are met; those that are met so far do not count yet."""
    met = sum(result.state in _MET for result in results)
    number, every = (question.number(size) for size in (met, len(results)))
    key = f"{_ID}.title{'' if met else '_none'}"
    return question.translate(key, n=met, number=number, all=every)


def _cells(question: Question, result: Result) -> Iterator[tuple[Column, Cell]]:
    """The columns of the table with the cells of a result."""
    # What a phone shows without scrolling comes first: what, and whether it is met.
    target = result.target
    cells = {
        "code": target.indicator,
        "area_code": target.area,
        "group_code": target.group,
        "what": target_in_words(question, target),
        "state": question.translate(f"{_ID}.state_{result.state}"),
        "target": target.number,
        "result": result.value,
        "in_words": _in_words(question, result),
        "low": result.low,
        "high": result.high,
        "unit": "%" if target.measured.is_share else target.measured.fact.unit_in(question.lang),
        "period": question.dated(target.span),
        ROW_MONTHS: str(target.span),
        "source": target.source,
    }
    for name, cell in cells.items():
        number = name in ("target", "result", "low", "high")
        in_files = name.endswith("code") or name in ("result", ROW_MONTHS)
        words = "judge" if name == ROW_MONTHS else _ID
        label = question.translate(f"{words}.column_{name}")
        yield Column(name, label, number=number, in_files=in_files), cell


#: How much of the width the largest of a row's numbers takes.
_FULL = 0.95


def _bullet(question: Question, result: Result) -> Mapping[str, Any]:
    """A row of the figure: a result and its target on a scale of their own."""
    target = result.target
    width = max(target.number, result.high or 0, result.value or 0) / _FULL
    value, low, high = (
        None if number is None else number / width
        for number in (result.value, result.low, result.high)
    )
    is_exact = result.low == result.high
    return {
        "label": target_in_words(question, target),
        "period": question.dated(target.span),
        "value": value,
        "low": low,
        "high": high,
        "target": target.number / width,
        "text": question.translate(
            f"{_ID}.of",
            result=_in_words(question, result, is_short=True),
            target=_target_number(question, target),
        ),
        "range": "" if is_exact else question.from_to(result.low or 0, result.high or 0),
        "word": question.translate(f"{_ID}.state_{result.state}"),
        "state": result.state.removesuffix("_so_far"),
    }


def _target_number(question: Question, target: Target) -> str:
    """The number of a target, in the form of its result."""
    if target.measured.is_share:
        return question.percent(target.number)
    return question.number(target.number)


def _description(question: Question, results: Sequence[Result]) -> str:
    """The first targets, each with its result and state in a sentence."""
    sentences = (
        question.translate(
            f"{_ID}.described",
            what=target_in_words(question, result.target),
            result=_in_words(question, result),
            target=_target_number(question, result.target),
            state=in_sentence(question.translate(f"{_ID}.state_{result.state}")),
        )
        for result in results[:_DESCRIBED]
    )
    return " ".join(sentences)


def _in_words(question: Question, result: Result, *, is_short: bool = False) -> str:
    """The number of a result, as exactly as protection allows; short where there is little room.

    Without a number it is that its months come later, or that too few are known.
    """
    measured = result.target.measured
    if result.value is None:
        is_later = result.state == "not_yet"
        return question.translate(f"{_ID}.later" if is_later else "referrals.indicators.too_few")
    if measured.is_share:
        return question.percent(result.value)
    if is_short:
        return numbers.at_mark(result.value, question.base(measured.fact), question.lang)
    return question.about(result.value, measured.fact)
