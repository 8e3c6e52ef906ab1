"""Counting: a cross-table of a choice of one's own, with between what each number lies.

The questions that no exhibit asks. Numbers are sums of the units of the release, as everywhere, and
their ranges those that its echoes tell of this very cut. What is asked for and cannot be is refused
with what can be (``asking``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import pandas as pd

from dashboard import queries
from dashboard.analyst.asking import check, query_of
from dashboard.exhibits.parameters import Refusal, filters_at, refusals
from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import read_view_query
from dashboard.filters import Filters, clause
from dashboard.model.counted_by import STEPS, by_dimension, dimensions
from dashboard.model.facts import FACTS, Fact
from dashboard.model.filters import PERIOD
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import numbers
from dashboard.words.catalogue import say

Step = Literal["month", "quarter", "year"]
#: Lengths of a period in the words of pandas.
_FREQUENCIES: Mapping[Step, str] = {"month": "M", "quarter": "Q", "year": "Y"}
#: What stands where a unit says nothing: a missing category would leave sums of pandas in silence.
_UNTOLD = "not_recorded"
#: Columns beside those that were asked for.
_RANGE = ("at_least", "at_most")


def count(
    release: Release,
    of: str,
    by: Sequence[str],
    steps: Step | None,
    parameters: Mapping[str, object],
) -> pd.DataFrame:
    """Events of a release by columns of its units, and by time.

    Args:
        release: The open release.
        of: Id of what is counted.
        by: Columns, as ``dimensions`` names them.
        steps: Length of the steps of time; None for the period as one.
        parameters: Filters, as the address of a page has them.

    Returns:
        One row a combination that occurs, the largest first, or in order of time: a category for
        each column ("not_recorded" where units say nothing), ``period`` with steps, then ``value``,
        ``at_least``, ``at_most`` (Int64; nineteen times in twenty) and ``words``, as pages read the
        number. ``attrs`` say the release, unit, period and filters, the columns in which an event
        counts under each of several codes, and whether the numbers are a direction only.

    Raises:
        ValueError: If anything cannot be asked; the message says what can.
    """
    fact = _fact(release, of)
    _check_columns(fact, by)
    filters, period = _asked(release, fact, parameters)
    if steps is not None:
        _check_steps(fact, steps, period, release.span)
    columns = tuple(map(by_dimension, by))
    rows = queries.series(release, fact, filters, period, columns)
    sizes = Counter[tuple[object, ...]]()
    for start, *values, size in rows:
        when = () if steps is None else (Month.of(start).step_start(STEPS[steps]),)
        sizes[*values, *when] += size
    one = period if steps is None else Span.last(STEPS[steps], until=period.end)
    question = Question(release, filters, period, {})
    drawn = display_rule.drawn(question, fact, columns, [*sizes.values()], months=one.months)
    held = [(values, size) for values, size in sizes.items() if size or steps]
    if steps is None:
        held.sort(key=lambda entry: -entry[1])
    ranges = [drawn.error.interval(size) for _, size in held]
    frame = pd.DataFrame(
        {
            **{
                name: pd.Series([values[at] or _UNTOLD for values, _ in held], dtype="category")
                for at, name in enumerate(by)
            },
            **({} if steps is None else {"period": _periods([v[-1] for v, _ in held], steps)}),
            "value": pd.Series([size for _, size in held], dtype="Int64"),
            **{
                name: pd.Series([ends[at] for ends in ranges], dtype="Int64")
                for at, name in enumerate(_RANGE)
            },
            "words": [numbers.about(size, drawn.base, filters.lang) for _, size in held],
        }
    )
    frame.attrs.update(
        release=release.id,
        unit=fact.unit,
        period=str(period),
        filters=filters.to_query(),
        each_counts=[name for name in by if fact.is_set(name)],
        direction_only=drawn.error.is_direction,
        note=say("shared.note.direction", filters.lang) if drawn.error.is_direction else "",
    )
    return frame


def _fact(release: Release, of: str) -> Fact:
    known = {fact.id: fact for fact in FACTS if release.holds(fact)}
    if of not in known:
        raise ValueError(f"There is no {of!r} to count. Allowed: {', '.join(known)}.")
    return known[of]


def _check_columns(fact: Fact, by: Sequence[str]) -> None:
    known = dimensions(fact)
    refused = [Refusal("by", name, "unknown value", known) for name in by if name not in known]
    twice = {name for name in by if by.count(name) > 1}
    refused += [Refusal("by", name, "given twice", known) for name in sorted(twice)]
    check(f"A count of {fact.id}", refused)


def _asked(release: Release, fact: Fact, parameters: Mapping[str, object]) -> tuple[Filters, Span]:
    query = query_of(parameters)
    check(f"A count of {fact.id}", refusals(query, filters_at(release, [release.id])))
    filters = read_view_query(query, release, lambda edition: edition == release.id).filters
    period = (filters.period or release.default_period).snapped(fact.grain)
    served = tuple(fact.filters)
    refused = [
        Refusal(name, ",".join(filters.codes_of(name)), "not in this view", served)
        for name in clause(fact, filters, period).inapplicable
    ]
    if not period.within(release.span.snapped(fact.grain)):
        refused.append(Refusal(PERIOD, str(period), "not in this view", (str(release.span),)))
    check(f"A count of {fact.id}", refused)
    return filters, period


def _check_steps(fact: Fact, steps: Step, period: Span, held: Span) -> None:
    """Refuse steps that a fact is not kept by, and a period that is not made of whole ones."""
    name = f"A count of {fact.id}"
    fitting = tuple(s for s in get_args(Step) if s != "month" or fact.grain == "month")
    if steps not in fitting:
        check(name, [Refusal("steps", steps, "unknown value", fitting)])
    nearest = period.in_steps(STEPS[steps], held)
    if period != nearest:
        allowed = (str(nearest),) if nearest else ()
        check(name, [Refusal(PERIOD, str(period), "not in this view", allowed)])


def _periods(starts: Sequence[object], steps: Step) -> pd.Series:
    months = pd.PeriodIndex([str(start) for start in starts], freq="M")
    return pd.Series(months.asfreq(_FREQUENCIES[steps]))
