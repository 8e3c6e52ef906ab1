"""Judgement: what can be said of then and now, and what cannot.

A number is called higher or lower by ``analysis.compare``, with the larger of the two errors: what
is usual is not known of most figures, nor was it then. Everything else is "cannot say".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.analysis.compare import compared
from dashboard.analysis.expected_error import assumed
from dashboard.meeting.stored_answer import Number, StoredAnswer, is_rest_column
from dashboard.model.periods import Span
from dashboard.model.protection import is_protected

#: Why nothing can be said of a figure as a whole. "gone": the edition of then; "same": there is no
#: newer one; "unanswered": now; "empty": one of the two has nothing; "detail": one is coarser;
#: "about": it is of another area, corridor or measure; "length": they do not count as many whole
#: months; "none": no number stands in both.
Why = Literal["gone", "same", "unanswered", "empty", "detail", "about", "length", "none"]
Direction = Literal["higher", "lower", "cannot", "alone"]
#: How many months an answer counts: a number for each of its ``counted_months``, None for none.
Lengths = tuple[int | None, ...]
#: Codes of columns that are headed by their months alone, which differ then and now.
_PLAIN = ("value", "now")
#: What is said of a number by how it differs from that of then.
_SAID: Mapping[str, Direction] = {"rose": "higher", "fell": "lower"}


def lengths_of(spans: tuple[Span | None, ...]) -> Lengths:
    """How many months each span has, None of none."""
    return tuple(span and span.months for span in spans)


@dataclass(frozen=True)
class Pair:
    """One number then and now; None where it stands in one of the two alone.

    Attributes:
        then: The number then.
        now: The number now.
        direction: What can be said: "alone" where it stands in one of the two only.
    """

    then: Number | None
    now: Number | None
    direction: Direction

    @property
    def number(self) -> Number:
        """Either of the two, for what they are about."""
        number = self.then or self.now
        assert number is not None  # noqa: S101 -- a pair has one of them
        return number


@dataclass(frozen=True)
class Comparison:
    """What can be said of a figure's numbers, then and now.

    Attributes:
        why: Why nothing can be said of it, or None.
        pairs: Its numbers, those first of which something can be said, then the largest.
    """

    why: Why | None
    pairs: tuple[Pair, ...] = ()

    @property
    def clear(self) -> int:
        """How many numbers are clearly higher or lower."""
        return sum(pair.direction in ("higher", "lower") for pair in self.pairs)

    @property
    def open(self) -> int:
        """How many numbers nothing can be said of."""
        return len(self.pairs) - self.clear


def compare_answers(
    then: StoredAnswer, now: StoredAnswer, *, months: tuple[Lengths, Lengths], base: int
) -> Comparison:
    """Compare two answers to one question.

    Args:
        then: The answer of then.
        now: The answer of now, in the same language.
        months: The lengths of then, and those of now.
        base: Smallest size of a unit of what is counted, for counts without a range.
    """
    if then.is_empty or now.is_empty:
        return Comparison("empty")
    if then.detail != now.detail:
        return Comparison("detail")
    if then.about != now.about:
        return Comparison("about")
    months_then, months_now = months
    if months_then != months_now or None in months_then:
        return Comparison("length")
    pairs = _pairs(then.numbers(), now.numbers(), base)
    if all(pair.direction == "alone" for pair in pairs):
        return Comparison("none")
    return Comparison(None, tuple(sorted(pairs, key=_order)))


def _pairs(
    then: Mapping[tuple[str, ...], Number], now: Mapping[tuple[str, ...], Number], base: int
) -> Sequence[Pair]:
    """Numbers of one key as pairs, with their directions; a key ends with the code of a column."""
    same_rows = {key[:-1] for key in then} == {key[:-1] for key in now}
    same_columns = {key[-1] for key in then} == {key[-1] for key in now}
    pairs: list[Pair] = []
    for key in dict.fromkeys((*then, *now)):
        before, after, column = then.get(key), now.get(key), key[-1]
        if before is None or after is None:
            direction: Direction = "alone"
        elif (
            (before.column != after.column and column not in _PLAIN)
            or ((before.is_rest or after.is_rest) and not same_rows)
            or (is_rest_column(column) and not same_columns)
        ):
            direction = "cannot"  # they are called alike and count something else
        else:
            direction = _direction(before, after, base)
        pairs.append(Pair(before, after, direction))
    return pairs


def _direction(then: Number, now: Number, base: int) -> Direction:
    """What can be said of a number and the same one of then, both counts or both shares."""
    if then.is_share != now.is_share:
        return "cannot"
    if then.is_share:
        return _direction_of_shares(then, now)
    error = assumed(base, max(_spread(then, base), _spread(now, base)))
    return _SAID.get(compared(now.value, then.value, error).direction, "cannot")


def _direction_of_shares(then: Number, now: Number) -> Direction:
    """What can be said of two shares: they differ if their ranges do not meet and both have one."""
    if then.low is None or then.high is None or now.low is None or now.high is None:
        return "cannot"
    return "higher" if now.low > then.high else "lower" if now.high < then.low else "cannot"


def _spread(number: Number, base: int) -> float:
    """Expected error of a count: half of how far its range reaches, or the base without a range."""
    if number.low is None or number.high is None:
        return float(base) if is_protected(base) else 0.0
    return max(number.high - number.value, number.value - number.low) / 2


def _order(pair: Pair) -> tuple[bool, bool, int]:
    """Sort key: pairs that something is said of, those that nothing is, numbers alone; by size."""
    largest = max(number.value for number in (pair.then, pair.now) if number)
    return pair.direction not in ("higher", "lower"), pair.direction == "alone", -largest
