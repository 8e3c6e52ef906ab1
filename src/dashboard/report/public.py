"""What the public may read of an answer: no number from 1 to 9, no range that begins or ends there.

A public edition has the public's own units, but a range, a mean of earlier years or a difference
can still lie under ten. Words stand for such a number, and no cell, chart, picture or sentence
holds it. What counts neither people nor cases (partners, days, percent) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from dashboard.exhibits.exhibit import Cell, Column, Exhibit
from dashboard.figures.plot import Number, Plot, Series
from dashboard.model.country import PACK
from dashboard.words import numbers
from dashboard.words.catalogue import translate

#: Numbers under this and above nought are not published.
LEAST = 10
#: Nought in every choice of digits.
_NOUGHTS = "0" + "".join(own.digits[0] for own in PACK.languages.values())
#: Notes that say how far protection puts numbers off.
_PROTECTION = ("protected", "expected", "expected_filtered")


def is_small(value: float | None) -> bool:
    """Whether a number may not be published."""
    return value is not None and 0 < value < LEAST


def shown_plot(plot: Plot, lang: str) -> Plot:
    """A figure without the numbers, and without the ends of ranges, that may not be published."""

    def shown(number: Number | None) -> Number | None:
        if number is None or is_small(number.value):
            return None
        return replace(
            number, low=number.value, high=number.value,
            text=in_text(number.text, lang), hover=in_text(number.hover, lang),
        )  # fmt: skip

    def band(usual: Sequence[Number | None]) -> tuple[Number | None, ...]:
        """The usual range stays a band where both of its ends may be published."""
        return tuple(n if n and not (is_small(n.low) or is_small(n.high)) else None for n in usual)

    def shown_series(old: Series) -> Series:
        return replace(
            old, numbers=tuple(map(shown, old.numbers)), expected=tuple(map(shown, old.expected)),
            usual=band(old.usual),
            subtitle=in_text(old.subtitle, lang),
        )  # fmt: skip

    is_line = plot.form in ("lines", "panels")
    # Totals of stacks stand in words behind their names.
    amounts = plot.totals or (plot.series[0].numbers if plot.series else ())
    old_texts = plot.texts or tuple(total.text for total in plot.totals)
    texts = tuple(
        translate("report.under", lang, number=LEAST) if number and is_small(number.value) else text
        for text, number in zip(old_texts, amounts, strict=False)
    )
    return replace(
        plot,
        series=tuple(map(shown_series, plot.series)),
        totals=(),
        texts=tuple(in_text(text, lang) for text in texts),
        usual=band(plot.usual) if is_line else tuple(map(shown, plot.usual)),
    )


def shown_exhibit(exhibit: Exhibit, lang: str) -> Exhibit:
    """An exhibit whose sentences the public may read; its figure and table stay as they are."""
    notes = [_without_small_errors(note, lang) for note in exhibit.notes]
    if not is_count(exhibit.unit, lang):
        return replace(exhibit, notes=tuple(notes))
    return replace(
        exhibit,
        title=in_text(exhibit.title, lang),
        subtitle=in_text(exhibit.subtitle, lang),
        description=in_text(exhibit.description, lang),
        notes=tuple(in_text(note, lang) for note in notes),
        note=in_text(exhibit.note, lang),
    )


@cache
def protection_starts(lang: str) -> tuple[str, ...]:
    """The beginnings of notes that say how far protection puts numbers off."""
    notes = (translate(f"shared.note.{name}", lang, errors="\0") for name in _PROTECTION)
    return tuple(filter(None, (note.partition("\0")[0] for note in notes)))


def _without_small_errors(note: str, lang: str) -> str:
    """A note about how far numbers are off, in words where that is under ten.

    >>> _without_small_errors("Parts are protected: right to about 3 people, sometimes 5.", "en")
    'Parts are protected: right to under 10 people.'
    """
    if not note.startswith(protection_starts(lang)):
        return note
    under = translate("report.under", lang, number=numbers.number(LEAST, lang))
    about = re.escape(translate("numbers.about", lang, number=""))
    off = translate("shared.note.off", lang, error="\0", unit="\0", double=under)
    # The clause that begins with "sometimes" says nothing more where both errors are under ten.
    sometimes = off.rpartition("\0")[2]
    small = rf"(?:{about})?(?<![\d.,])[^\D{_NOUGHTS}](?!\d|[.,]\d)"
    return re.sub(small, under, note).replace(sometimes, "")


def shown_cell(cell: Cell, column: Column, unit: str, lang: str) -> Cell:
    """A cell of a table as the public may read it.

    Args:
        cell: The cell.
        column: Its column.
        unit: Unit of its row, where the column has none.
        lang: Language of its words.
    """
    if not (column.is_value and is_count(column.unit or unit, lang)):
        return cell
    if isinstance(cell, int | float) and is_small(cell):
        return translate("report.under", lang, number=LEAST)
    return in_text(cell, lang) if isinstance(cell, str) else cell


def is_count(unit: str, lang: str) -> bool:
    """Whether a unit counts people or cases; an unknown one is taken to.

    >>> [is_count(unit, "en") for unit in ("people", "partners", "days", "%", "")]
    [True, False, False, False, True]
    """
    return unit not in _other_units(lang)


@cache
def _other_units(lang: str) -> tuple[str, ...]:
    """Units that count neither people nor cases; percent, since shares of many reveal nobody."""
    return tuple(translate("report.no_counts", lang).split(", "))


@cache
def _small_range(lang: str) -> re.Pattern[str]:
    """Matches a range of counts that begins under ten, with the word before it ("from").

    Its groups are unit (where one that counts nobody stands before the range), lead, low and high.
    """
    units = "|".join(map(re.escape, _other_units(lang)))
    leads, joins = (translate(f"report.range_{part}", lang) for part in ("leads", "joins"))
    number = r"(?>\d+(?:,\d+)*)"
    return re.compile(
        rf"(?P<unit>(?:{units})\s\()?(?P<lead>\b{leads}\s)?(?<![\w.,–-])(?P<low>\d)"
        rf"(?:\s?–\s?|\s{joins}\s)(?P<high>{number})(?!\s?(?:{units}))",
        re.IGNORECASE,
    )


def in_text(text: str, lang: str) -> str:
    """A text without ends of ranges of counts under ten: "3–16" becomes "up to 16".

    >>> in_text("3–16 · 12 %", "en"), in_text("114–143", "en"), in_text("3–8", "en")
    ('up to 16 · 12 %', '114–143', 'under 10')
    >>> in_text("From 3 to 22 people", "en"), in_text("11 days (7 to 13)", "en")
    ('Up to 22 people', '11 days (7 to 13)')
    >>> in_text("3–5 partners, 6 to 12 months ago", "en")
    '3–5 partners, 6 to 12 months ago'
    """

    def replacement(match: re.Match[str]) -> str:
        low, high = int(match["low"]), int(match["high"].replace(",", ""))
        if match["unit"] or not (is_small(low) or is_small(high)):
            return match[0]
        number = LEAST if is_small(high) else high
        key = "under" if is_small(high) else "up_to"
        words = translate(f"report.{key}", lang, number=numbers.number(number, lang))
        return words[0].upper() + words[1:] if (match["lead"] or "")[:1].isupper() else words

    return _small_range(lang).sub(replacement, text)


def shown_map(figure: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """The description of a map whose texts may be published."""

    def shown(value: Any) -> Any:
        if isinstance(value, str):
            return in_text(value, lang)
        if isinstance(value, Mapping):
            return {key: shown(part) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [shown(part) for part in value]
        return value

    return shown(figure)
