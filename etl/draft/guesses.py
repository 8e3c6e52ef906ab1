"""Guesses: everything that one column may be, by its header and by every value in it.

Each guess says which field, how it would be declared, and how sure it is. Which guesses hold
together is decided in ``layout``; which code list values are of, in ``coded``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dashboard.model.codes import AGE_BAND
from dashboard.model.country import FIRST, SECOND, SITE, THIRD
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold
from dashboard.model.screen import is_personal_header
from etl.declaration.source import Column, is_technical
from etl.draft.coded import code_guesses, flag_guesses, learned_guesses, may_be_codes
from etl.draft.column import (
    FREE_TEXT,
    HALF,
    LIKELY,
    MOST,
    SURE,
    Guess,
    Profile,
    cue,
    numbers_something,
)
from etl.draft.dates import dates_of
from etl.draft.vocabulary import FIELDS, Vocabulary
from etl.draft.words import WORDS
from etl.harmonise.days import BANDS, whole_years
from etl.harmonise.points import point
from etl.harmonise.values import bare_number
from etl.places.gazetteer import UNKNOWN, Gazetteer, normalise_name

_BETWEEN = "|".join(map(re.escape, WORDS.texts["between"]))
_INTERVAL = re.compile(rf"(\d{{1,3}})\s?(?:-{{1,2}}|–|—|{_BETWEEN})\s?(\d{{1,3}})")
_UNDER = re.compile(r"(?:<|<=|under|below|less than|upto|up to|0\s?-{1,2})\s?(\d{1,3})")
_OVER = re.compile(
    r"(?:>|>=|over|above|more than)\s?(\d{1,3})"
    r"|(\d{1,3})\s?(?:\+|and (?:over|above|older)|or (?:over|more|older))"
)
_MARK = re.compile(r"\W*\d{0,2}\W*")
_ADDRESS = re.compile("|".join(map(re.escape, WORDS.texts["address"])), re.IGNORECASE)
#: Spellings of places that one column may hold.
_MOST_PLACES = 2_000
#: Levels that one column may mix, from fine to coarse.
_FINENESS = (SITE, THIRD, SECOND, FIRST, "country")
_MIXED = (
    *((level,) for level in _FINENESS),
    ("sea_area",),
    (SITE, THIRD),
    (THIRD, SECOND),
    (SECOND, "country"),
    ("anchor", "country"),
    (SECOND, "anchor", "country"),
    (SITE, THIRD, SECOND, "anchor", "country"),
)


def guesses(
    column: Profile, vocabulary: Vocabulary, gazetteer: Gazetteer, today: date
) -> list[Guess]:
    """Everything that a column may be, the likeliest first."""
    if not column.counts or is_technical(column.header):
        return []
    candidates: list[Guess] = [*_days(column, today), *_ages(column), *_points(column)]
    if not candidates or candidates[0].name not in ("day", "birth"):
        candidates += code_guesses(column, vocabulary)
        candidates += flag_guesses(column, vocabulary)
        candidates += _numbers(column)
        candidates += _places(column, gazetteer)
    candidates += learned_guesses(column, vocabulary)
    if is_personal_header(column.header):
        # Of an address a header such as Address: district names no more than a level.
        levels = _FINENESS if _is_level_of_address(column) else ("country",)
        candidates = [
            guess
            for guess in candidates
            if guess.name in ("birth", "lat", "lon", "point") or guess.level in levels
        ]
    return sorted(candidates, key=lambda guess: -guess.score)


def _days(column: Profile, today: date) -> Iterator[Guess]:
    """What a column of days, years or names of months may be."""
    texts = list(column.counts)
    dates = dates_of(texts, today)
    hint = cue(WORDS.days["any"], column)
    birth_hint = cue(WORDS.headers["person.birth"], column)
    if dates is None:
        if hint and _is_month_names(texts):
            yield Guess("month_name", 1.0 + hint)
        return
    if dates.formats == ("%Y",):
        if birth_hint:
            yield Guess("birth", 1.0 + birth_hint, dates=dates)
        elif hint or cue(WORDS.days["incident"], column) or cue(WORDS.days["report"], column):
            yield Guess("year", 1.0 + max(hint, LIKELY), dates=dates)
        return
    if set(dates.formats) <= {"%Y%m", "%Y%m%d"} and not hint:
        return  # numbers of cases may look so
    if birth_hint:
        yield Guess("birth", 1.2 + birth_hint, dates=dates)
    else:
        yield Guess("day", 1.2 + max(hint, LIKELY), dates=dates)


def _is_month_names(texts: Sequence[str]) -> bool:
    """Whether texts are names or numbers of months."""
    if all(text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 12 for text in texts):
        return len(texts) > 1
    dates = dates_of([f"{text} 2020" for text in texts], date(2021, 1, 1))
    return dates is not None and set(dates.formats) <= {"%B %Y", "%b %Y"}


def _ages(column: Profile) -> Iterator[Guess]:
    """What a column of ages may be: in years, in months or in bands."""
    hint = cue(WORDS.headers["person.age"], column)
    if not hint:
        return
    around = [w for w in WORDS.around["years"] if any(w in casefold(t) for t in column.counts)]
    values: dict[str, str] = {}
    unmatched: dict[str, int] = {}
    numbers = 0
    for text, rows in column.counts.items():
        folded = casefold(text)
        if whole_years(bare_number(folded, tuple(around))) is not None:
            numbers += rows
        elif (months := _in_months(folded)) is not None:
            values[text] = str(months // 12)
            numbers += rows
        else:
            unmatched[text] = rows
    if numbers >= HALF * column.answered_count:
        keys: dict[str, Any] = {"how": "age_band"}
        if around:
            keys["around"] = around
        if values:
            keys["values"] = values
        yield Guess("person.age_band", 1.0 + hint, keys, unmatched)
        return
    yield from _age_bands(column, hint)


def _in_months(text: str) -> int | None:
    """The number of months that a text says; None where it says none."""
    for word in WORDS.around["months"]:
        number = text.removesuffix(word).strip()
        if text.endswith(word) and number.isdecimal() and len(number) <= 4:
            return int(number)
    return None


def _age_bands(column: Profile, hint: float) -> Iterator[Guess]:
    """Bands of ages: the working group's where one holds them; child or adult where they say so."""
    bands: dict[str, str] = {}
    children: dict[str, str] = {}
    unmatched: dict[str, int] = {}
    for text, rows in column.counts.items():
        span = _span(casefold(text))
        if span is None:
            unmatched[text] = rows
            continue
        low, high = span
        band = next((name for first, last, name in BANDS if first <= low and high <= last), None)
        bands[text] = band or "unknown"
        children[text] = "yes" if high < 18 else "no" if low >= 18 else "unknown"
    if sum(column.counts[t] for t in bands) < HALF * column.answered_count:
        if not bands and may_be_codes(column.counts, AGE_BAND):
            yield Guess("person.age_band", 0.9, {"values": {}}, dict(column.counts))
        return
    if set(bands.values()) != {"unknown"}:
        yield Guess("person.age_band", 1.0 + hint, {"values": bands}, unmatched)
    yield Guess("person.is_child", 0.9 + hint, {"values": children}, unmatched)


def _span(text: str) -> tuple[int, int] | None:
    """First and last whole year of a band; None for a text that is none."""
    text = bare_number(text, tuple(w for w in WORDS.around["years"] if w.isalpha()))
    code = next((c for c in AGE_BAND if text in (c.code, casefold(c.en), casefold(c.local))), None)
    if code is not None and code.code != "unknown":
        return next((low, high) for low, high, name in BANDS if name == code.code)
    if match := _INTERVAL.fullmatch(text):
        return int(match[1]), int(match[2])
    if match := _UNDER.fullmatch(text):
        return 0, int(match[1]) - (0 if "=" in text or "up" in text else 1)
    if match := _OVER.fullmatch(text):
        return int(match[1] or match[2]) + (1 if match[1] and "=" not in text else 0), 200
    return None


def _points(column: Profile) -> Iterator[Guess]:
    """What a column of coordinates may be: points, latitudes or longitudes."""
    texts = list(column.counts)[:200]
    for form in ("wkt", "lat_lon"):
        target = Column("", "derive", "point", formats=(form,))
        if sum(point(target, (t,)).value is not None for t in texts) >= MOST * len(texts):
            yield Guess("point", 2.0, {"how": "point", "format": form})
            return
    for name, limit, words in (
        ("lat", 90, r"\blat(itude|g)?\b"),
        ("lon", 180, r"\b(lon|lng|long|longitude)\b"),
    ):
        if re.search(words, column.leaf):
            numbers = [t for t in texts if re.fullmatch(r"[-+]?\d{1,3}\.\d+", t)]
            if len(numbers) >= MOST * len(texts) and all(abs(float(t)) <= limit for t in numbers):
                yield Guess(name, 2.0)


def no_numbers(column: Profile) -> dict[str, int]:
    """Values of a column that are no whole numbers, with their rows."""
    around = _around_counts(column)
    return {
        text: rows
        for text, rows in column.counts.items()
        if not re.fullmatch(r"\d{1,7}(\.0+)?", bare_number(casefold(text), around))
    }


def _around_counts(column: Profile) -> tuple[str, ...]:
    """Words beside the numbers of a column of counts."""
    words = WORDS.around["count"]
    return tuple(w for w in words if any(w in casefold(t) for t in column.counts))


def _numbers(column: Profile) -> Iterator[Guess]:
    """Fields of counts, days or grades that a column of numbers may be."""
    around = _around_counts(column)
    unmatched = no_numbers(column)
    whole = [bare_number(casefold(t), around) for t in column.counts if t not in unmatched]
    # Marks such as <5 or * may stand in a column of counts; words are something else.
    marks = all(_MARK.fullmatch(text) for text in unmatched)
    numbering = WORDS.keys["numbering"].search(column.leaf) is not None
    if len(whole) < HALF * len(column.counts) or not marks or numbering:
        return
    for name, cues in WORDS.headers.items():
        field = FIELDS.get(name)
        if field is None or field.kind not in (Kind.COUNT, Kind.DAYS, Kind.GRADE):
            continue
        if field.kind is Kind.GRADE and not all(1 <= float(t) <= 5 for t in whole):
            continue
        if unmatched and name != "person.n":
            continue
        if hint := cue(cues, column):
            bonus = 0.2 if "total" in column.leaf.split() else 0.0
            keys: dict[str, Any] = {"around": list(around)} if around else {}
            yield Guess(name, 0.6 + hint + bonus, keys, unmatched)


def _places(column: Profile, gazetteer: Gazetteer) -> Iterator[Guess]:
    """Places of the gazetteer, of the levels that explain most; countries also by their people."""
    texts = [text for text in column.counts if len(text) <= FREE_TEXT]
    if len(texts) < HALF * len(column.counts) or len(texts) > _MOST_PLACES:
        return
    nations = {t: WORDS.people[n] for t in texts if (n := normalise_name(t)) in WORDS.people}
    names = [text for text in texts if text not in nations]
    header_level = _level_of_header(column)
    if not header_level and cue(WORDS.headers["person.citizenship"], column) == SURE:
        header_level = "country"
    level, levels = _best_levels(names, header_level, gazetteer, nations=bool(nations))
    unmatched = {
        text: column.counts[text]
        for text in names
        if gazetteer.resolve(text, levels=levels).problem == UNKNOWN
    }
    by_value = 1 - len(unmatched) / len(texts)
    by_row = 1 - sum(unmatched.values()) / column.answered_count
    # Numbers are camps, and pairs of letters countries, only where the header says so.
    only_numbers = header_level != SITE and sum(map(str.isdigit, texts)) * 2 > len(texts)
    says_place = bool(header_level) or _is_place(column)
    only_short = not says_place and all(len(text) <= 3 for text in texts)
    # C-5 may be a case as well as a camp, and no is a code of Norway.
    numbering = not says_place and numbers_something(column)
    answers = {casefold(text) for text in texts} <= WORDS.yes | WORDS.no
    names_route = any(cues.search(column.leaf) for cues in WORDS.headers["incident.route"])
    if numbering or answers or names_route:
        return
    unlike = max(by_value, by_row) < HALF if says_place else min(by_value, by_row) < 0.7
    if only_numbers or only_short or unlike:
        return
    keys: dict[str, Any] = {"values": nations} if nations else {}
    keys["levels"] = list(levels)
    score = 0.6 + (by_value + by_row) / 2 + (0.4 if says_place else 0.0)
    yield Guess("place", score, keys, unmatched, level)


def _best_levels(
    texts: Sequence[str], header_level: str, gazetteer: Gazetteer, *, nations: bool
) -> tuple[str, tuple[str, ...]]:
    """The finest level and all levels at which most texts are a place; the header's if it fits."""

    def resolved(levels: tuple[str, ...]) -> int:
        """How many texts are a place of these levels."""
        return sum(gazetteer.resolve(text, levels=levels).problem != UNKNOWN for text in texts)

    if nations and (not texts or resolved(("country",)) * 2 >= len(texts)):
        return "country", ("country",)
    if header_level and resolved((header_level,)) * 10 >= 7 * len(texts):
        return header_level, (header_level,)
    best = max(_MIXED, key=lambda levels: (resolved(levels), -len(levels)))
    return best[0], best


def _is_level_of_address(column: Profile) -> bool:
    """Whether a header names a level of places and, but for the word address, no more."""
    rest = _ADDRESS.sub(" ", column.header)
    return _level_of_header(column) != "" and not is_personal_header(rest)


def _is_place(column: Profile) -> bool:
    """Whether a header speaks of a place."""
    return WORDS.place.search(column.leaf) is not None


def _level_of_header(column: Profile) -> str:
    """The level of which a header speaks; "" for none."""
    for text in (column.leaf, column.words):
        for level, pattern in WORDS.levels.items():
            if pattern.search(text):
                return level
    return ""
