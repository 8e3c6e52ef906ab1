"""Unlike: how a file differs from the last files of its source, and what of that is odd.

A difference is a sentence for the operator's own screen. It is odd when a mistake explains it
better than a month of work does; then ``load`` asks. Limits stand here, each with its reason. How
many records a month has, and who is who, is compared in ``identity``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from dashboard.model.fields import Kind
from dashboard.model.periods import Month
from etl.intake.shape import Shape, field_of, label_of

#: Values in fewer rows than this are never named by themselves.
FEW = 5
#: Months that a file may reach beyond those of the files before it: what comes late, comes by then.
_FAR = 3
#: Rows from which shares are compared: of the new file, and of the earlier ones together.
_ROWS, _ROWS_BEFORE = 10, 20
#: A share is unlike when it differs by more than chance (three standard deviations) and by this.
_DEVIATIONS, _SHARE = 3, 0.2
_SHARED_KINDS = (Kind.CODE, Kind.CODES, Kind.FLAG)


@dataclass(frozen=True)
class Difference:
    """One difference in words, and whether somebody should look before it is loaded."""

    sentence: str
    odd: bool


def differences(
    new: Shape, before: Sequence[Shape], month: str, names: dict[str, str]
) -> tuple[Difference, ...]:
    """How a file differs from earlier ones of its source; nothing where there are none.

    Args:
        new: The file.
        before: The last files of its source.
        month: Wide column of the month by which its rows are counted.
        names: Name of every place by its code.
    """
    if not any(shape.rows for shape in before):
        return ()
    pooled = _pooled(before)
    return (
        *_months(new, pooled, month),
        *_places(new, pooled, names),
        *_emptied(new, pooled),
        *_shares(new, pooled),
    )


def _pooled(shapes: Iterable[Shape]) -> Shape:
    values: dict[str, Counter[str | None]] = {}
    rows = 0
    for shape in shapes:
        rows += shape.rows
        for name, counts in shape.values.items():
            values.setdefault(name, Counter()).update(counts)
    return Shape(rows, values)


def _months(new: Shape, pooled: Shape, column: str) -> Iterator[Difference]:
    known = sorted(m for m in pooled.values.get(column, ()) if m is not None)
    if not known:
        return
    first, last = _month(known[0]).plus(-_FAR), _month(known[-1]).plus(_FAR)
    far = {
        _month(value): rows
        for value, rows in new.values.get(column, Counter[str | None]()).items()
        if value is not None and not first <= _month(value) <= last
    }
    if far:
        named = ", ".join(str(month) for month in sorted(far))
        yield Difference(
            f"{sum(far.values())} rows are of months far outside those of the last files "
            f"({_month(known[0])} to {_month(known[-1])}): {named}.",
            odd=True,
        )


def _month(day: str) -> Month:
    return Month.parse(day[:7])


def _places(new: Shape, pooled: Shape, names: dict[str, str]) -> Iterator[Difference]:
    for column, counts in new.values.items():
        if field_of(column).kind is not Kind.PLACE or column not in pooled.values:
            continue
        known = Counter({code: rows for code, rows in counts.items() if code is not None})
        fresh = Counter({c: n for c, n in known.items() if c not in pooled.values[column]})
        if not fresh:
            continue
        rows, located = fresh.total(), known.total()
        odd = rows >= FEW and rows * 5 >= located
        yield Difference(
            f"{label_of(column)}: {rows} of {located} rows name places that the last files never "
            f"named{_named(fresh, names)}.",
            odd,
        )


def _named(counts: Counter[str], names: dict[str, str]) -> str:
    """Names of the places with enough rows, in brackets."""
    named = [names.get(code, code) for code, rows in counts.most_common() if rows >= FEW]
    return f" ({', '.join(named)})" if named else ""


def _emptied(new: Shape, pooled: Shape) -> Iterator[Difference]:
    for column, counts in pooled.values.items():
        told = pooled.rows - _untold(counts)
        now = new.values.get(column)
        if new.rows >= FEW and told * 2 > pooled.rows and now and _untold(now) == new.rows:
            yield Difference(
                f"{label_of(column)}: nothing is told in any row; the last files told it.", odd=True
            )


def _untold(counts: Counter[str | None]) -> int:
    return counts[None] + counts["unknown"]


def _shares(new: Shape, pooled: Shape) -> Iterator[Difference]:
    """For each field the code whose share is most unlike, if it is more than chance."""
    if new.rows < _ROWS or pooled.rows < _ROWS_BEFORE:
        return
    for column, counts in new.values.items():
        before = pooled.values.get(column)
        if field_of(column).kind not in _SHARED_KINDS or before is None:
            continue
        if _untold(counts) == new.rows or _untold(before) == pooled.rows:
            continue
        apart = {code: _apart(counts[code], new.rows, before[code], pooled.rows)
                 for code in {*counts, *before} if code is not None}  # fmt: skip
        code = max(apart, key=lambda one: (apart[one], one), default=None)
        if code is not None and apart[code] > 0:
            yield Difference(
                f"{label_of(column)}: {_words(column, code)} in {_part(counts[code], new.rows)}; "
                f"in the last files in {_part(before[code], pooled.rows)}.",
                odd=True,
            )


def _apart(part: int, whole: int, part_before: int, whole_before: int) -> float:
    """By how much two shares differ beyond what is allowed; 0 or less where they do not."""
    common = (part + part_before) / (whole + whole_before)
    chance = sqrt(max(common * (1 - common), 0) * (1 / whole + 1 / whole_before))
    apart = abs(part / whole - part_before / whole_before)
    return apart - max(_DEVIATIONS * chance, _SHARE)


def _part(rows: int, whole: int) -> str:
    """A share in words; few rows are not told by their number."""
    return f"{rows / whole:.0%} of rows" if rows >= FEW else f"fewer than {FEW} rows"


def _words(column: str, code: str) -> str:
    codes = field_of(column).codes
    return codes.label_of(code) if codes is not None and code in codes else code
