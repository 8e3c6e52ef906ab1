"""Differences: how a file differs from the last files of its source, and what of that is odd.

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
#: Part of the rows from which new places are many.
_NEW_PLACES = 0.2
#: Months that a file may reach beyond those of the files before it: what comes late, comes by then.
_FAR = 3
#: Incidents from which shares are compared: of the new file, and of the earlier ones together.
_ROWS, _ROWS_BEFORE = 10, 20
#: A share is unlike when it differs by more than chance and by this. Hundreds of shares are
#: compared, so that four standard deviations are chance for one file in a hundred.
_DEVIATIONS, _SHARE = 4, 0.2
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
    pooled = _pool(before)
    return (
        *_months(new, pooled, month),
        *_places(new, before, names),
        *_emptied_fields(new, pooled),
        *_shares(new, pooled),
    )


def _pool(shapes: Iterable[Shape]) -> Shape:
    """The shape of several files together."""
    values: dict[str, Counter[str | None]] = {}
    rows = incidents = 0
    for shape in shapes:
        rows += shape.rows
        incidents += shape.independent
        for name, counts in shape.values.items():
            values.setdefault(name, Counter()).update(counts)
    return Shape(rows, values, incidents)


def _months(new: Shape, pooled: Shape, column: str) -> Iterator[Difference]:
    """An odd difference where rows are of months far outside those of the earlier files."""
    earlier_months = sorted(day for day in pooled.values.get(column, ()) if day is not None)
    if not earlier_months:
        return
    first, last = _month(earlier_months[0]).plus(-_FAR), _month(earlier_months[-1]).plus(_FAR)
    far = {
        _month(value): rows
        for value, rows in new.values.get(column, Counter[str | None]()).items()
        if value is not None and not first <= _month(value) <= last
    }
    if far:
        listed = ", ".join(str(month) for month in sorted(far))
        yield Difference(
            f"{sum(far.values())} rows are of months far outside those of the last files "
            f"({_month(earlier_months[0])} to {_month(earlier_months[-1])}): {listed}.",
            odd=True,
        )


def _month(day: str) -> Month:
    """The month of a day, YYYY-MM-DD."""
    return Month.parse(day[:7])


def _places(new: Shape, before: Sequence[Shape], names: dict[str, str]) -> Iterator[Difference]:
    """New places; odd where they are many and no file before brought about as many."""
    for column, counts in new.values.items():
        earlier = [shape.values[column] for shape in before if column in shape.values]
        if field_of(column).kind is not Kind.PLACE or not earlier:
            continue
        located = Counter({code: rows for code, rows in counts.items() if code is not None})
        new_places = _only_in(located, earlier)
        if not new_places:
            continue
        rows, located_rows = new_places.total(), located.total()
        # How many places are new in each earlier file, compared with the other earlier ones.
        others = [(file, [*earlier[:at], *earlier[at + 1 :]]) for at, file in enumerate(earlier)]
        usual = max((_new_part(file, rest) for file, rest in others if rest), default=0)
        odd = rows >= FEW and rows / located_rows >= max(_NEW_PLACES, usual + _SHARE)
        yield Difference(
            f"{label_of(column)}: {rows} of {located_rows} rows name places that the last files "
            f"never named{_in_brackets(new_places, names)}.",
            odd,
        )


def _only_in(counts: Counter[str], others: Sequence[Counter[str | None]]) -> Counter[str]:
    """The places that no other file names, with their rows."""
    return Counter({c: n for c, n in counts.items() if not any(other[c] for other in others)})


def _new_part(counts: Counter[str | None], others: Sequence[Counter[str | None]]) -> float:
    """Part of the rows of a file with a place that no other file names."""
    located = Counter({code: rows for code, rows in counts.items() if code is not None})
    return _only_in(located, others).total() / max(located.total(), 1)


def _in_brackets(counts: Counter[str], names: dict[str, str]) -> str:
    """Names of the places with enough rows, in brackets after a blank; "" where none has."""
    labels = [names.get(code, code) for code, rows in counts.most_common() if rows >= FEW]
    return f" ({', '.join(labels)})" if labels else ""


def _emptied_fields(new: Shape, pooled: Shape) -> Iterator[Difference]:
    """An odd difference for each field that most rows used to fill and none does now."""
    for column, counts in pooled.values.items():
        now = new.values.get(column)
        was_filled = _blank_rows(counts) * 2 < pooled.rows
        if was_filled and new.rows >= FEW and now and _blank_rows(now) == new.rows:
            yield Difference(
                f"{label_of(column)}: nothing is told in any row; the last files told it.", odd=True
            )


def _blank_rows(counts: Counter[str | None]) -> int:
    """Rows in which a field is empty or unknown."""
    return counts[None] + counts["unknown"]


def _shares(new: Shape, pooled: Shape) -> Iterator[Difference]:
    """For each field the code whose share is most unlike, if it is more than chance."""
    if new.independent < _ROWS or pooled.independent < _ROWS_BEFORE:
        return
    for column, counts in new.values.items():
        before = pooled.values.get(column)
        if field_of(column).kind not in _SHARED_KINDS or before is None:
            continue
        if _blank_rows(counts) == new.rows or _blank_rows(before) == pooled.rows:
            continue
        apart = {
            code: _apart(counts[code] / new.rows, new, before[code] / pooled.rows, pooled)
            for code in {*counts, *before}
            if code is not None
        }
        code = max(apart, key=lambda code: (apart[code], code), default=None)
        if code is not None and apart[code] > 0:
            yield Difference(
                f"{label_of(column)}: {_label(column, code)} in {_share(counts[code], new.rows)}; "
                f"in the last files in {_share(before[code], pooled.rows)}.",
                odd=True,
            )


def _apart(share: float, new: Shape, share_before: float, pooled: Shape) -> float:
    """By how much two shares differ beyond chance and ``_SHARE``; 0 or less where they do not."""
    few, many = new.independent, pooled.independent
    common = (share * few + share_before * many) / (few + many)
    chance = sqrt(max(common * (1 - common), 0) * (1 / few + 1 / many))
    return abs(share - share_before) - max(_DEVIATIONS * chance, _SHARE)


def _share(rows: int, whole: int) -> str:
    """A share of the rows in percent, but for few rows."""
    return f"{rows / whole:.0%} of rows" if rows >= FEW else f"fewer than {FEW} rows"


def _label(column: str, code: str) -> str:
    """Label of a code of a field; the code itself where its list has none."""
    codes = field_of(column).codes
    return codes.label_of(code) if codes is not None and code in codes else code
