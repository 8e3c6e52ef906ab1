"""Numbers in words, and the rules of protection about how exactly they may be read.

A part of a protected total reads "about 27", less than two bases "a few", 0 "none or very few";
shares are coarse where numbers are small. Base 1 means that nothing is protected: then all are
exact.
"""

from __future__ import annotations

from math import ceil

from dashboard.model.languages import digits
from dashboard.model.protection import (
    COARSE_STEP,
    FEWEST_FOR_WHOLE_PERCENT,
    has_percent,
    is_few,
    is_protected,
    noise,
)
from dashboard.words.catalogue import translate

#: What sums of floats may be above a whole number by rounding alone.
_TINY = 1e-9
_ALL = 100
#: What may be a smaller part of the whole is not "nearly all" of it.
_NEARLY = 0.9


def number(value: int, lang: str) -> str:
    """A number with thousands separated: "1,285".

    Grouped by thousands in every language: the working group writes its figures so, and a number
    must read the same beside the English sheet. Lakh grouping (1,28,500) is not used.
    """
    return digits(f"{value:,}", lang)


def about(value: int, base: int, lang: str) -> str:
    """A part of a total in words: "about 27", "a few", "none or very few"; exact at base 1."""
    if not is_protected(base):
        return number(value, lang)
    if value == 0:
        return translate("numbers.none_or_very_few", lang)
    if is_few(value, base):
        return translate("numbers.a_few", lang)
    return translate("numbers.about", lang, number=number(value, lang))


def at_mark(value: int, base: int, lang: str) -> str:
    """A number at its bar, line or cell: "27", "a few", "none or very few"."""
    return about(value, base, lang) if value < noise(base) else number(value, lang)


def words_of_few(value: float | None, base: int, lang: str) -> str:
    """The words in place of a small protected number: "a few"; '' of any other."""
    if value is None or not is_protected(base) or value >= noise(base):
        return ""
    return translate("numbers.a_few" if value else "numbers.none_or_very_few", lang)


def words_of_all(percent: int, base: int, lang: str) -> str:
    """The words in place of a protected share of 100 percent: "nearly all"; '' of any other."""
    return in_percent(percent, lang) if percent == _ALL and is_protected(base) else ""


def span(low: int, high: int, lang: str) -> str:
    """A range of numbers where there is little room: "5–13"."""
    if low == high:
        return number(low, lang)
    return translate("numbers.span", lang, low=number(low, lang), high=number(high, lang))


def few_between(low: int, high: int, lang: str) -> str:
    """A few, with what that may be: "a few, 0–11"."""
    return translate("numbers.a_few_between", lang, range=span(low, high, lang))


def up(value: float) -> int:
    """An expected error in whole events, rounded up so that it is never too small."""
    return ceil(value - _TINY)


def give_or_take(error: float) -> dict[str, int]:
    """An expected error as a phrase takes it: in most numbers, and the ``double`` in nearly all."""
    return {"error": up(error), "double": up(2 * error)}


def percent(part: int, whole: int, base: int) -> int | None:
    """A share in percent, as exactly as it may be shown, or None where it may not.

    Of protected numbers none where the whole is few, coarse steps where it is more, whole percent
    where it is many.
    """
    if not has_percent(whole, base):
        return None
    step = _step(whole, base)
    # The nearest multiple of the step, in whole numbers; a half goes up.
    return step * ((200 * part + step * whole) // (2 * step * whole))


def _step(whole: int, base: int) -> int:
    """Percent that shares of a whole are rounded to."""
    return COARSE_STEP if is_protected(base) and whole < FEWEST_FOR_WHOLE_PERCENT else 1


def share(part: int, whole: int, base: int, lang: str, *, beside: bool = False) -> str:
    """A share in words where it stands alone: "45 %", "under 1 %", "nearly all", "15 of 18".

    It is a count where there is no percent of the whole, or where percent would round few to all;
    of a few, whose own number is not shown, it is the part alone.

    Args:
        part: Events of the part.
        whole: All events that it is a part of.
        base: Smallest size of a unit of their fact; 1 means that both are as reported.
        lang: Language of words and digits.
        beside: Whether the number of the part stands beside, so that a count is "of 18" and that of
            a few ''.
    """
    value, is_coarse = percent(part, whole, base), _step(whole, base) > 1
    if value is None or (value == _ALL and is_coarse):
        form, text = "out_of" if beside else "of", at_mark(part, base, lang)
        if is_few(whole, base):
            return "" if beside else text
        return translate(f"numbers.{form}", lang, part=text, whole=number(whole, lang))
    return _in_percent(value, part, whole, base, lang, "percent")


def share_of(
    part: int, whole: int, base: int, lang: str, between: tuple[int, int] | None = None
) -> str:
    """A share in words before the word for what is counted: "45 % of", "about 15 (9–18) of 18".

    Args:
        part: Events of the part.
        whole: All events that it is a part of.
        base: Smallest size of a unit of their fact.
        lang: Language of words and digits.
        between: What the part stands for at least and at most, told beside a count. Where "at
            least" is not nearly all of the whole, a part of 100 percent is told as a count too.
    """
    value = percent(part, whole, base)
    low, most = between or (part, part)
    high = min(most, whole) if between else part
    is_open = value == _ALL and low < _NEARLY * whole
    if value is not None and not is_open:
        return _in_percent(value, part, whole, base, lang, "percent_of")
    text = about(part, base, lang)
    if part and low < high:
        text = translate("numbers.between", lang, number=text, range=span(low, high, lang))
    if is_few(whole, base):
        return text
    return translate("numbers.of", lang, part=text, whole=number(whole, lang))


def _in_percent(value: int, part: int, whole: int, base: int, lang: str, form: str) -> str:
    """A share of ``value`` percent in words, by the phrase ``numbers.<form>``.

    In place of 100 it is "all" or "nearly all", and in place of 0 "under 1 %" of what holds
    something.
    """
    if value == _ALL:
        is_exact = part == whole and not is_protected(base)
        return translate("numbers.all" if is_exact else "numbers.nearly_all", lang)
    if value or not part:
        return translate(f"numbers.{form}", lang, number=value)
    least = translate(f"numbers.{form}", lang, number=_step(whole, base))
    return translate("numbers.under", lang, number=least)


def in_percent(value: int, lang: str) -> str:
    """A share that was estimated, 0 to 100, in words: "45 %", never all and never none."""
    if 0 < value < _ALL:
        return translate("numbers.percent", lang, number=value)
    return translate("numbers.nearly_all" if value else "numbers.hardly_any", lang)
