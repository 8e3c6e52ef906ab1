"""Column: what one column of a file may be, by its header and by every value in it.

Each guess says which field, how it would be declared, and how sure it is. Which guesses hold
together is decided in ``layout``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.model.codes import AGE_BAND, CodeList
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold
from dashboard.model.screen import is_personal_header, screen
from etl.declaration.source import Column, is_technical
from etl.draft.dates import Dates, dates_of
from etl.draft.known import FIELDS, GENERIC, Known, is_short
from etl.draft.words import WORDS, Cue, spoken
from etl.harmonise.days import BANDS, whole_years
from etl.harmonise.points import point
from etl.harmonise.values import bare_number
from etl.places.gazetteer import UNKNOWN, Gazetteer, normalise_name
from etl.read import Cell

#: What separates several codes of one cell, in the order in which it is tried.
_SPLITS = (";", "|", ",", "+", "/", "\n", " ")
_INTERVAL = re.compile(r"(\d{1,3})\s?(?:-{1,2}|–|—|to|থেকে)\s?(\d{1,3})")
_UNDER = re.compile(r"(?:<|<=|under|below|less than|upto|up to|0\s?-{1,2})\s?(\d{1,3})")
_OVER = re.compile(
    r"(?:>|>=|over|above|more than)\s?(\d{1,3})"
    r"|(\d{1,3})\s?(?:\+|and (?:over|above|older)|or (?:over|more|older))"
)
#: Of the values of a column, how many a guess must explain.
_MOST, _HALF = 0.9, 0.5
_SURE, _LIKELY = 1.0, 0.5
#: A guess that is less sure is none.
LEAST = 0.9
#: What several values that name one list are worth where the header says nothing.
_BY_VALUES = 0.3
_MARK = re.compile(r"\W*\d{0,2}\W*")
_FREE_TEXT, _MOST_CODES, _MOST_VALUES = 40, 25, 60
#: Combinations of answers, and spellings of places, that one column may hold.
_MOST_ANSWERS, _MOST_PLACES = 600, 2_000


@dataclass(frozen=True)
class Profile:
    """A column as it was found.

    Attributes:
        header: Its header, normalised.
        words: Its header as words, with that of its group and its hashtag.
        leaf: The last part of its header as words.
        cells: Its cells.
        counts: Rows of each distinct value that says something, most rows first.
        missing: Distinct values that mean that nothing is known, as they are written.
    """

    header: str
    words: str
    leaf: str
    cells: tuple[Cell, ...]
    counts: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def told(self) -> int:
        """Rows that say something."""
        return sum(self.counts.values())

    @property
    def filled(self) -> float:
        """Share of rows that say something."""
        return self.told / len(self.cells) if self.cells else 0.0

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return self.told == len(self.cells) == len(self.counts)


@dataclass(frozen=True)
class Guess:
    """One thing that a column may be.

    Attributes:
        name: ``table.field``, or ``place``, ``day``, ``birth``, ``point``, ``lon``, ``lat``,
            ``year`` or ``month_name``.
        score: How sure it is, from 0 to 2.
        keys: Keys of its table in the declaration beside ``use`` and ``field``.
        unmatched: Values of which nothing is known, with their rows.
        level: Level of its places.
        dates: How its days are written.
    """

    name: str
    score: float
    keys: Mapping[str, Any] = field(default_factory=dict[str, Any])
    unmatched: Mapping[str, int] = field(default_factory=dict[str, int])
    level: str = ""
    dates: Dates | None = None


def profile(header: str, cells: Sequence[Cell], tag: str = "") -> Profile:
    """What a column holds."""
    counts: Counter[str] = Counter()
    missing: dict[str, None] = {}
    for cell in cells:
        text = cell if isinstance(cell, str) else cell.isoformat()
        if casefold(text) in WORDS.missing:
            missing[text] = None
        elif text:
            counts[text] += 1
    leaf = spoken(re.split(r"/", header)[-1]) or spoken(header)
    ordered = dict(counts.most_common())
    words = spoken(f"{header} {tag}")
    return Profile(header, words, leaf, tuple(cells), ordered, tuple(missing))


def cue(cues: Cue, column: Profile) -> float:
    """How surely a header speaks of something; what stands in its own part counts most."""
    sure, likely = cues
    if sure.search(column.leaf):
        return _SURE
    if sure.search(column.words):
        return 0.8 * _SURE
    return _LIKELY if likely.search(column.leaf) else 0.0


def guesses(column: Profile, known: Known, gazetteer: Gazetteer, today: date) -> list[Guess]:
    """Everything that a column may be, the likeliest first."""
    if not column.counts or is_technical(column.header):
        return []
    found: list[Guess] = [*_days(column, today), *_ages(column), *_points(column)]
    if not found or found[0].name not in ("day", "birth"):
        found += _coded(column, known)
        found += _flags_of_codes(column, known)
        found += _numbers(column)
        found += _places(column, gazetteer)
    found += _learned_columns(column, known)
    if is_personal_header(column.header):
        found = [
            guess
            for guess in found
            if guess.name in ("birth", "lat", "lon", "point") or guess.level == "country"
        ]
    return sorted(found, key=lambda guess: -guess.score)


def _texts(column: Profile) -> list[str]:
    return list(column.counts)


def _days(column: Profile, today: date) -> Iterator[Guess]:
    texts = _texts(column)
    found = dates_of(texts, today)
    said = cue(WORDS.days["any"], column)
    birth = cue(WORDS.headers["person.birth"], column)
    if found is None:
        if said and _is_month_names(texts):
            yield Guess("month_name", 1.0 + said)
        return
    if found.formats == ("%Y",):
        if birth:
            yield Guess("birth", 1.0 + birth, dates=found)
        elif said or cue(WORDS.days["incident"], column) or cue(WORDS.days["report"], column):
            yield Guess("year", 1.0 + max(said, _LIKELY), dates=found)
        return
    if set(found.formats) <= {"%Y%m", "%Y%m%d"} and not said:
        return  # numbers of cases may look so
    if birth:
        yield Guess("birth", 1.2 + birth, dates=found)
    else:
        yield Guess("day", 1.2 + max(said, _LIKELY), dates=found)


def _is_month_names(texts: Sequence[str]) -> bool:
    if all(text.isdigit() and 1 <= int(text) <= 12 for text in texts):
        return len(texts) > 1
    found = dates_of([f"{text} 2020" for text in texts], date(2021, 1, 1))
    return found is not None and set(found.formats) <= {"%B %Y", "%b %Y"}


def _ages(column: Profile) -> Iterator[Guess]:
    said = cue(WORDS.headers["person.age"], column)
    if not said:
        return
    around = [w for w in WORDS.around["years"] if any(w in casefold(t) for t in column.counts)]
    values: dict[str, str] = {}
    unmatched: dict[str, int] = {}
    numbers = 0
    for text, rows in column.counts.items():
        spoken_text = casefold(text)
        if whole_years(bare_number(spoken_text, tuple(around))) is not None:
            numbers += rows
        elif (months := _in_months(spoken_text)) is not None:
            values[text] = str(months // 12)
            numbers += rows
        else:
            unmatched[text] = rows
    if numbers >= _HALF * column.told:
        keys: dict[str, Any] = {"how": "age_band"}
        if around:
            keys["around"] = around
        if values:
            keys["values"] = values
        yield Guess("person.age_band", 1.0 + said, keys, unmatched)
        return
    yield from _age_bands(column, said)


def _in_months(text: str) -> int | None:
    for word in WORDS.around["months"]:
        if text.endswith(word) and text.removesuffix(word).strip().isdigit():
            return int(text.removesuffix(word).strip())
    return None


def _age_bands(column: Profile, said: float) -> Iterator[Guess]:
    """Bands of ages: the working group's where one holds them; child or adult where it is told."""
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
    if sum(column.counts[t] for t in bands) < _HALF * column.told:
        if not bands and _may_be_codes(column.counts, AGE_BAND):
            yield Guess("person.age_band", 0.9, {"values": {}}, dict(column.counts))
        return
    if set(bands.values()) != {"unknown"}:
        yield Guess("person.age_band", 1.0 + said, {"values": bands}, unmatched)
    yield Guess("person.is_child", 0.9 + said, {"values": children}, unmatched)


def _span(text: str) -> tuple[int, int] | None:
    """First and last whole year of a band; None for a text that is none."""
    text = bare_number(text, tuple(w for w in WORDS.around["years"] if w.isalpha()))
    code = next((c for c in AGE_BAND if text in (c.code, casefold(c.en), casefold(c.bn))), None)
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
    texts = _texts(column)[:200]
    for form in ("wkt", "lat_lon"):
        asked = Column("", "derive", "point", formats=(form,))
        if sum(point(asked, (t,)).value is not None for t in texts) >= _MOST * len(texts):
            yield Guess("point", 2.0, {"how": "point", "format": form})
            return
    for name, limit in (("lat", 90), ("lon", 180)):
        if re.search(
            rf"\b{name}(itude|g)?\b" if name == "lat" else r"\b(lon|lng|long|longitude)\b",
            column.leaf,
        ):
            numbers = [t for t in texts if re.fullmatch(r"[-+]?\d{1,3}\.\d+", t)]
            if len(numbers) >= _MOST * len(texts) and all(abs(float(t)) <= limit for t in numbers):
                yield Guess(name, 2.0)


def _coded(column: Profile, known: Known) -> Iterator[Guess]:
    """Fields with a code list whose labels the values are."""
    several = len(column.counts)
    if several > _MOST_ANSWERS or (several > _MOST_VALUES and several * 2 > column.told):
        return  # names of cases and free text
    # What a header says is sure where its values tell of nothing else; they are a question then.
    sure: list[Guess] = []
    elsewhere = False
    for name, cues in WORDS.headers.items():
        codes = FIELDS[name].codes if name in FIELDS else None
        if codes is None:
            continue
        said = max(cue(cues, column), _learned_header(column, known, name))
        split = _split_of(column, codes, known) if FIELDS[name].kind is Kind.CODES else None
        values, unmatched = _matched(column, codes, known, split)
        share, told = _shares(column, values, unmatched, split)
        # One value alone tells of a list only where the header does as well.
        telling = told > 1 or (told == 1 and said > 0)
        if telling and share >= _HALF or said >= 0.8 and share >= 0.3:
            elsewhere = elsewhere or (telling and share >= _MOST)
            score = share + (said or _BY_VALUES)
            if score >= LEAST:
                yield Guess(name, score, _with_split({"values": values}, split), unmatched)
        elif said == _SURE:
            sure += _asked_for(column, known, name, codes, split)
    if not elsewhere:
        yield from sure


def _asked_for(
    column: Profile, known: Known, name: str, codes: CodeList, split: str | None
) -> list[Guess]:
    """A field of which the header speaks and the values do not, where a question can ask for them.

    Yes, no and numbers of one code are not asked for: they are one column of several.
    """
    many = FIELDS[name].kind is Kind.CODES
    answers = {casefold(text) for text in column.counts} <= WORDS.yes | WORDS.no
    if answers and many or _counts_one(column, codes):
        return []
    split = split or (_joined_by(column) if many else None)
    values, unmatched = _matched(column, codes, known, split)
    numbered = all(text.isdigit() and len(text) > 2 for text in column.counts)
    if numbered or not _may_be_codes(_parts(column, split), codes):
        return []
    score = 0.9 + 0.1 * _shares(column, values, unmatched, split)[0]
    return [Guess(name, score, _with_split({"values": values}, split), unmatched)]


def _with_split(keys: dict[str, Any], split: str | None) -> dict[str, Any]:
    return keys if split is None else {**keys, "split": split}


def _may_be_codes(parts: Mapping[str, int], codes: CodeList) -> bool:
    """Whether the values are few and short, so that a question can ask for them."""
    few = len(parts) <= min(_MOST_CODES, 3 * len(codes.codes))
    return few and all(len(text) <= _FREE_TEXT for text in parts)


def _counts_one(column: Profile, codes: CodeList) -> bool:
    """Whether a column counts one code, as Gender male does: it holds numbers and names it."""
    if not all(map(str.isdigit, column.counts)):
        return False
    words = set(column.leaf.split())
    return any(set(normalise_name(entry.en).split()) <= words for entry in codes)


def _joined_by(column: Profile) -> str | None:
    """What joins short codes of which nothing is known, where it leaves far fewer of them."""
    for split in _SPLITS[:-1]:
        parts = _parts(column, split)
        if any(split in text for text in column.counts) and len(parts) * 3 < len(column.counts) * 2:
            return split
    return None


def _shares(
    column: Profile, values: Mapping[str, str], unmatched: Mapping[str, int], split: str | None
) -> tuple[float, int]:
    """Share of values that are known, by rows and by value; how many tell which list it is."""
    parts = _parts(column, split)
    total, known_rows = sum(parts.values()), sum(n for p, n in parts.items() if p not in unmatched)
    share = (known_rows / total + (1 - len(unmatched) / len(parts))) / 2 if total else 0.0
    telling = [text for text in values if casefold(text) not in GENERIC and not is_short(text)]
    return share, len(telling)


def _parts(column: Profile, split: str | None) -> Counter[str]:
    parts: Counter[str] = Counter()
    for text, rows in column.counts.items():
        for part in text.split(split) if split is not None else (text,):
            told = " ".join(part.split())
            if told and casefold(told) not in WORDS.missing:
                parts[told] += rows
    return parts


def _matched(
    column: Profile, codes: CodeList, known: Known, split: str | None
) -> tuple[dict[str, str], dict[str, int]]:
    """Codes of the values of a column, and the values without one."""
    labels = known.labels.get(column.words) or known.labels.get(column.leaf) or {}
    values: dict[str, str] = {}
    unmatched: dict[str, int] = {}
    for text, rows in _parts(column, split).items():
        told = [text, *labels.get(casefold(text), ())]
        found = (known.code_of(codes, t) for t in reversed(told) if screen(t) is None)
        code = next((code for code in found if code is not None), None)
        if code is None:
            unmatched[text] = rows
        else:
            values[text] = code
    return values, unmatched


def _split_of(column: Profile, codes: CodeList, known: Known) -> str | None:
    """What separates several codes in a cell, where more is understood with it than without."""
    best, most = None, len(_matched(column, codes, known, None)[1])
    joined = [text for text in column.counts if any(mark in text for mark in _SPLITS)]
    if not joined or not most:
        return None
    for split in _SPLITS:
        left = len(_matched(column, codes, known, split)[1])
        if left < most:
            best, most = split, left
    return best


def _flags_of_codes(column: Profile, known: Known) -> Iterator[Guess]:
    """A column of yes and no for each code, as forms with several answers export them."""
    yes = {t for t in column.counts if casefold(t) in WORDS.yes}
    no = {t for t in column.counts if casefold(t) in WORDS.no}
    if not yes | no or len(yes | no) < len(column.counts):
        return
    for name in ("incident.ransom", "referral.share_consent"):
        if said := max(cue(WORDS.headers[name], column), _learned_header(column, known, name)):
            values = {**dict.fromkeys(yes, "true"), **dict.fromkeys(no, "false")}
            yield Guess(name, 1.0 + said, {"values": values})
    words = set(column.words.split())
    for name, cues in WORDS.headers.items():
        held = FIELDS.get(name)
        if held is None or held.codes is None or held.kind is not Kind.CODES:
            continue
        said = cue(cues, column)
        named = {
            (len(label.split()), code)
            for label, code in known.texts[held.codes.id].items()
            if label.isascii() and (said or label not in GENERIC) and set(label.split()) <= words
        }
        if not named:
            continue
        size, code = max(named)
        if said or size > 1:
            keys = {"values": dict.fromkeys(sorted(yes), code), "missing": sorted(no)}
            yield Guess(name, 0.8 + said + 0.1 * size, keys)


def no_numbers(column: Profile) -> dict[str, int]:
    """Values of a column that are no whole numbers, with their rows."""
    around = _around_counts(column)
    return {
        text: rows
        for text, rows in column.counts.items()
        if not re.fullmatch(r"\d{1,7}(\.0+)?", bare_number(casefold(text), around))
    }


def _around_counts(column: Profile) -> tuple[str, ...]:
    words = WORDS.around["count"]
    return tuple(w for w in words if any(w in casefold(t) for t in column.counts))


def _numbers(column: Profile) -> Iterator[Guess]:
    around = list(_around_counts(column))
    unmatched = no_numbers(column)
    whole = [bare_number(casefold(t), tuple(around)) for t in column.counts if t not in unmatched]
    # Marks such as <5 or * may stand in a column of counts; words are something else.
    marks = all(_MARK.fullmatch(text) for text in unmatched)
    if len(whole) < _HALF * len(column.counts) or not marks:
        return
    for name, cues in WORDS.headers.items():
        held = FIELDS.get(name)
        if held is None or held.kind not in (Kind.COUNT, Kind.DAYS, Kind.GRADE):
            continue
        if held.kind is Kind.GRADE and not all(1 <= float(t) <= 5 for t in whole):
            continue
        if unmatched and name != "person.n":
            continue
        if said := cue(cues, column):
            total = 0.2 if "total" in column.leaf.split() else 0.0
            keys: dict[str, Any] = {"around": around} if around else {}
            yield Guess(name, 0.6 + said + total, keys, unmatched)


def _places(column: Profile, gazetteer: Gazetteer) -> Iterator[Guess]:
    """Places of the gazetteer, of the levels that explain most; countries also by their people."""
    texts = [text for text in column.counts if len(text) <= _FREE_TEXT]
    if len(texts) < _HALF * len(column.counts) or len(texts) > _MOST_PLACES:
        return
    nations = {t: WORDS.people[n] for t in texts if (n := normalise_name(t)) in WORDS.people}
    asked = [text for text in texts if text not in nations]
    said = _level_said(column)
    if not said and cue(WORDS.headers["person.citizenship"], column) == _SURE:
        said = "country"
    level, levels = _best_levels(asked, said, gazetteer, nations=bool(nations))
    unmatched = {
        text: column.counts[text]
        for text in asked
        if gazetteer.resolve(text, levels=levels).problem == UNKNOWN
    }
    share = 1 - len(unmatched) / len(texts)
    ratio = 1 - sum(unmatched.values()) / column.told
    # Numbers are camps, and pairs of letters countries, where the header says so alone.
    bare = said != "camp" and sum(map(str.isdigit, texts)) * 2 > len(texts)
    short = not said and not _is_place(column) and all(len(text) <= 3 for text in texts)
    told = bool(said) or _is_place(column)
    if cue(WORDS.headers["incident.route"], column):
        return
    if bare or short or (max(share, ratio) < _HALF if told else min(share, ratio) < 0.7):
        return
    keys: dict[str, Any] = {"values": nations} if nations else {}
    keys["levels"] = list(levels)
    score = 0.6 + (share + ratio) / 2 + (0.4 if said or _is_place(column) else 0.0)
    yield Guess("place", score, keys, unmatched, level)


#: Levels that one column may mix, from fine to coarse.
_FINENESS = ("camp", "upazila", "district", "division", "country")
_MIXED = (
    *((level,) for level in _FINENESS),
    ("sea_area",),
    ("camp", "upazila"),
    ("upazila", "district"),
    ("district", "country"),
    ("anchor", "country"),
    ("district", "anchor", "country"),
    ("camp", "upazila", "district", "anchor", "country"),
)


def _best_levels(
    texts: Sequence[str], said: str, gazetteer: Gazetteer, *, nations: bool
) -> tuple[str, tuple[str, ...]]:
    """The levels at which most texts are one place each; that of the header where it does."""

    def known(levels: tuple[str, ...]) -> int:
        return sum(gazetteer.resolve(text, levels=levels).problem != UNKNOWN for text in texts)

    if nations and (not texts or known(("country",)) * 2 >= len(texts)):
        return "country", ("country",)
    if said and known((said,)) * 10 >= 7 * len(texts):
        return said, (said,)
    best = max(_MIXED, key=lambda levels: (known(levels), -len(levels)))
    return best[0], best


def _is_place(column: Profile) -> bool:
    return re.search(_PLACE, column.leaf) is not None


_LEVELS = {
    "camp": r"\bcamps?\b|ক্যাম্প",
    "upazila": r"\b(upazill?a|upz|thana|sub ?district|adm3)\b|উপজেলা|থানা",
    "district": r"\b(districts?|zilla|zila|adm2)\b|জেলা",
    "division": r"\b(division|adm1)\b|বিভাগ",
    "country": r"\b(country|countries|nationality|citizenship)\b|দেশ|জাতীয়তা|নাগরিকত্ব",
}
_PLACE = (
    r"\b(place|location|area|where|destination|origin|pcode|from|to|at|in)\b|স্থান|এলাকা|গন্তব্য|কোথায়"
)


def _level_said(column: Profile) -> str:
    """The level of which a header speaks; "" for none."""
    for text in (column.leaf, column.words):
        for level, pattern in _LEVELS.items():
            if re.search(pattern, text):
                return level
    return ""


def _learned_header(column: Profile, known: Known, name: str) -> float:
    """How surely another declaration had such a header for a field, and for no other."""
    names = known.headers.get(column.words) or known.headers.get(column.leaf) or set[str]()
    return _SURE if names == {name} else 0.6 if name in names else 0.0


def _learned_columns(column: Profile, known: Known) -> Iterator[Guess]:
    """Fields of columns of other declarations whose values are those of this one.

    The values must be more than one, and must not all be those that stand in every list.
    """
    texts = {casefold(text) for text in column.counts}
    for learned in known.columns:
        shared = texts & learned.values.keys()
        if len(shared) < max(2, _MOST * len(texts)):
            continue
        own = learned.header in (column.words, column.leaf)
        said = cue(WORDS.headers[learned.name], column) if learned.name in WORDS.headers else 0.0
        if not own and not said:
            continue
        values = {t: learned.values[casefold(t)] for t in column.counts if casefold(t) in shared}
        unmatched = {t: n for t, n in column.counts.items() if casefold(t) not in shared}
        yield Guess(learned.name, 1.3 + (0.5 if own else 0.3 * said), {"values": values}, unmatched)
