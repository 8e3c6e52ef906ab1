"""Dates: the formats in which a column writes its days, found from all of its values.

How a declared format is read stands in ``etl.harmonise.days``; here it is only found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from etl.declaration.date_order import order_in_words
from etl.harmonise.days import in_english

#: Days alone, the clearest first.
_DAYS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d.%m.%Y", "%m.%d.%Y", "%d-%b-%Y", "%d-%B-%Y", "%d %b %Y", "%d %B %Y", "%d %b, %Y",
    "%d %B, %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%d/%b/%Y", "%d/%m/%y",
    "%m/%d/%y", "%d-%m-%y", "%m-%d-%y", "%d.%m.%y", "%d-%b-%y", "%d %b %y", "%Y%m%d",
)  # fmt: skip
_MONTHS = (
    "%Y-%m", "%Y/%m", "%m/%Y", "%m-%Y", "%m.%Y", "%b %Y", "%B %Y", "%b-%Y", "%B-%Y", "%b-%y",
    "%B, %Y", "%b, %Y", "%Y %B", "%Y %b", "%b %y", "%Y%m", "%Y-%b",
)  # fmt: skip
_TIMES = (
    "%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%H:%M:%S.%f", "%H:%M:%SZ", "%H:%M:%S%z",
    "%H:%M:%S.%fZ", "%H:%M:%S.%f%z", "%H:%M%z",
)  # fmt: skip
_WEEKDAYS = ("%A, ", "%a, ", "%A ", "%a ")
#: Of the values of a column, how many must be dates.
ENOUGH = 0.9
_OLDEST = 1900
#: Values of which formats are tried before they are read in all of them.
_SAMPLE = 24


@dataclass(frozen=True)
class Dates:
    """How a column writes its days.

    Attributes:
        formats: Declared formats, that of most rows first.
        share: Share of its values that have one of them.
        is_ambiguous: Whether no day shows which of day and month comes first.
        swapped: The same formats in the other order, where that is ambiguous.
        has_day: Whether it has days, and not months or years alone.
    """

    formats: tuple[str, ...]
    share: float
    is_ambiguous: bool = False
    swapped: tuple[str, ...] = ()
    has_day: bool = True


def dates_of(texts: Sequence[str], today: date) -> Dates | None:
    """The formats of texts, or None where they are no dates.

    Args:
        texts: Distinct values without the empty ones.
        today: The day after which dates lie in the future.
    """
    english = [in_english(text) for text in texts]
    if not any(character.isdigit() for text in english for character in text):
        return None
    positions_of = {form: _positions_read(form, english, today) for form in _candidates(english)}
    chosen: list[str] = []
    remaining = set(range(len(english)))
    while remaining:
        best = max(positions_of, key=lambda form: len(positions_of[form] & remaining), default=None)
        if best is None or not positions_of[best] & remaining or len(chosen) > 3:
            break
        if chosen and len(positions_of[best] & remaining) < max(2, 0.01 * len(english)):
            break
        chosen.append(best)
        remaining -= positions_of.pop(best)
        positions_of = {
            form: positions
            for form, positions in positions_of.items()
            if not _contradicts(form, chosen)
        }
    share = 1 - len(remaining) / len(english)
    if share < ENOUGH:
        return None
    swapped = tuple(map(_swapped, chosen))
    ordered = any(order_in_words(form) for form in chosen)
    readable = set[int]().union(*(_positions_read(form, english, today) for form in swapped))
    is_ambiguous = ordered and len(readable) >= len(english) - len(remaining)
    has_day = any("%d" in form for form in chosen)
    return Dates(tuple(chosen), share, is_ambiguous, swapped if is_ambiguous else (), has_day)


def _candidates(texts: Sequence[str]) -> list[str]:
    """Formats worth trying: with weekdays and times only where a value has them."""
    times = [""]
    sample = texts[:: max(1, len(texts) // _SAMPLE)]
    if any(":" in text for text in texts):
        fitting = [time for time in _TIMES if any(_may_end(text, time) for text in sample)]
        gaps = [gap for gap in ("T", " ", ", ") if any(gap in text for text in sample)]
        times += [f"{gap}{time}" for gap in gaps for time in fitting]
    days = list(_DAYS)
    if any(text[:3].lower() in _ABBREVIATED for text in sample):
        days += [f"{weekday}{day}" for weekday in _WEEKDAYS for day in _DAYS]
    forms = [f"{day}{time}" for day in days for time in times]
    forms += list(_MONTHS)
    if any(len(text) == 4 and text.isdigit() for text in texts):
        forms.append("%Y")
    return [form for form in forms if any(_day(form, text) for text in sample)]


def _may_end(text: str, time: str) -> bool:
    """Whether a text has the marks of a time, so that only such times are tried."""
    marks = ((text[-1:].upper() == "M", "%p"), (text.endswith("Z"), "Z"),
             (text[-6:-5] in "+-" or text[-5:-4] in "+-", "%z"))  # fmt: skip
    same = all(has_mark == (mark in time) for has_mark, mark in marks)
    seconds = time.count(":") == text.partition("+")[0].count(":")
    return same and seconds and ("." in text[10:]) == ("%f" in time)


_ABBREVIATED = frozenset(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


def _day(form: str, text: str) -> date | None:
    """The day that a text is in a format; None where it is none."""
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day of the calendar
    except ValueError:
        return None


def _positions_read(form: str, texts: Sequence[str], today: date) -> set[int]:
    """Which of the texts are days of a format, neither long past nor to come."""
    days = ((i, _day(form, text)) for i, text in enumerate(texts))
    return {i for i, day in days if day is not None and day.year >= _OLDEST and day <= today}


def _swapped(form: str) -> str:
    """A format with day and month exchanged."""
    if order_in_words(form) is None:
        return form
    return form.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")


def _contradicts(form: str, chosen: Sequence[str]) -> bool:
    """Whether a format puts day and month in another order than those that were chosen."""
    order = order_in_words(form)
    orders = {order_in_words(other) for other in chosen} - {None, order}
    return order is not None and bool(orders)
