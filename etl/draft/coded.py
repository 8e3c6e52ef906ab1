"""Coded: which code lists the values of a column may be of, by their labels and by its header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from dashboard.model.codes import CodeList
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold
from etl.draft.column import FREE_TEXT, HALF, LEAST, MOST, SURE, Guess, Profile, cue
from etl.draft.vocabulary import FIELDS, GENERIC, Vocabulary, is_short
from etl.draft.words import WORDS
from etl.places.gazetteer import normalise_name

#: What separates several codes of one cell, in the order in which it is tried.
_SPLITS = (";", "|", ",", "+", "/", "\n", " ")
#: What several values that name one list are worth where the header says nothing.
_BY_VALUES = 0.3
_MOST_CODES, _MOST_VALUES = 25, 60
#: Combinations of answers that one column may hold.
_MOST_ANSWERS = 600
#: Rows of each answer of a column, by what separates several in a cell.
Parts = Callable[[str | None], Counter[str]]


def code_guesses(column: Profile, vocabulary: Vocabulary) -> Iterator[Guess]:
    """Guesses of fields with a code list, by the labels that the values of a column are."""
    answers = len(column.counts)
    if answers > _MOST_ANSWERS or (answers > _MOST_VALUES and answers * 2 > column.answered_count):
        return  # names of cases and free text
    parts = cache(partial(_parts, column))
    # A field that the header names for sure and the values do not fit becomes a question, unless
    # the values are of another list.
    asked: list[Guess] = []
    of_another_list = False
    hints = {
        name: max(cue(cues, column), _learned_header(column, vocabulary, name))
        for name, cues in WORDS.headers.items()
        if name in FIELDS
    }
    named = {FIELDS[name].codes for name, hint in hints.items() if hint == SURE}
    for name, hint in hints.items():
        codes = FIELDS[name].codes
        # Values alone do not name a field where the header names another one of the same list.
        if codes is None or (not hint and codes in named):
            continue
        splits = FIELDS[name].kind is Kind.CODES
        split = _split_by(column, parts, codes, vocabulary) if splits else None
        values, unmatched = _match_codes(column, parts(split), codes, vocabulary)
        share, distinctive = _shares(parts(split), values, unmatched)
        # A single distinctive value names a list only where the header does as well.
        telling = distinctive > 1 or (distinctive == 1 and hint > 0)
        if telling and share >= HALF or hint >= 0.8 and share >= 0.3:
            of_another_list = of_another_list or (telling and share >= MOST)
            score = share + (hint or _BY_VALUES)
            if score >= LEAST:
                yield Guess(name, score, {"values": values, "split": split}, unmatched)
        elif hint == SURE:
            asked += _question_fields(column, parts, vocabulary, name, split)
    if not of_another_list:
        yield from asked


def flag_guesses(column: Profile, vocabulary: Vocabulary) -> Iterator[Guess]:
    """Guesses for a column of yes and no: a flag, or the code that its header names."""
    yes = {t for t in column.counts if casefold(t) in WORDS.yes}
    no = {t for t in column.counts if casefold(t) in WORDS.no}
    if not yes | no or len(yes | no) < len(column.counts):
        return
    for name in ("incident.ransom", "referral.share_consent"):
        if hint := max(cue(WORDS.headers[name], column), _learned_header(column, vocabulary, name)):
            values = {**dict.fromkeys(yes, "true"), **dict.fromkeys(no, "false")}
            yield Guess(name, 1.0 + hint, {"values": values})
    words = set(column.words.split())
    for name, cues in WORDS.headers.items():
        field = FIELDS.get(name)
        if field is None or field.codes is None or field.kind is not Kind.CODES:
            continue
        hint = cue(cues, column)
        labels = {
            (len(label.split()), code)
            for label, code in vocabulary.texts[field.codes.id].items()
            if label.isascii() and (hint or label not in GENERIC) and set(label.split()) <= words
        }
        if not labels:
            continue
        size, code = max(labels)
        if hint or size > 1:
            keys = {"values": dict.fromkeys(sorted(yes), code), "missing": sorted(no)}
            yield Guess(name, 0.8 + hint + 0.1 * size, keys)


def learned_guesses(column: Profile, vocabulary: Vocabulary) -> Iterator[Guess]:
    """Guesses of fields of columns in other declarations whose values are those of this one.

    The values must be more than one, and must not all be those that stand in every list.
    """
    texts = {casefold(text) for text in column.counts}
    for learned in vocabulary.columns:
        shared = texts & learned.values.keys()
        if len(shared) < max(2, MOST * len(texts)):
            continue
        is_same = learned.header in (column.words, column.leaf)
        hint = cue(WORDS.headers[learned.name], column) if learned.name in WORDS.headers else 0.0
        if not is_same and not hint:
            continue
        values = {t: learned.values[casefold(t)] for t in column.counts if casefold(t) in shared}
        unmatched = {t: n for t, n in column.counts.items() if casefold(t) not in shared}
        score = 1.3 + (0.5 if is_same else 0.3 * hint)
        yield Guess(learned.name, score, {"values": values}, unmatched)


def may_be_codes(parts: Mapping[str, int], codes: CodeList) -> bool:
    """Whether the values are few and short, so that a question can ask for them."""
    few = len(parts) <= min(_MOST_CODES, 3 * len(codes.codes))
    return few and all(len(text) <= FREE_TEXT for text in parts)


def _question_fields(
    column: Profile, parts: Parts, vocabulary: Vocabulary, name: str, split: str | None
) -> list[Guess]:
    """A guess of a field that the header names and the values do not, if a question can help.

    Yes, no and numbers of one code are not asked for: they are one column of several.
    """
    splits, codes = FIELDS[name].kind is Kind.CODES, FIELDS[name].codes
    is_yes_no = {casefold(text) for text in column.counts} <= WORDS.yes | WORDS.no
    if codes is None or is_yes_no and splits or _counts_one_code(column, codes):
        return []
    split = split or (_separator_of_unknown(column, parts) if splits else None)
    values, unmatched = _match_codes(column, parts(split), codes, vocabulary)
    numbered = all(text.isdigit() and len(text) > 2 for text in column.counts)
    if numbered or not may_be_codes(parts(split), codes):
        return []
    share, _ = _shares(parts(split), values, unmatched)
    return [Guess(name, 0.9 + 0.1 * share, {"values": values, "split": split}, unmatched)]


def _counts_one_code(column: Profile, codes: CodeList) -> bool:
    """Whether a column counts one code, as Gender male does: it holds numbers and names it."""
    if not all(map(str.isdigit, column.counts)):
        return False
    words = set(column.leaf.split())
    return any(set(normalise_name(entry.en).split()) <= words for entry in codes)


def _separator_of_unknown(column: Profile, parts: Parts) -> str | None:
    """What separates short codes that match nothing, where splitting leaves far fewer of them."""
    for split in _SPLITS[:-1]:
        joined = any(split in text for text in column.counts)
        if joined and len(parts(split)) * 3 < len(column.counts) * 2:
            return split
    return None


def _shares(
    parts: Mapping[str, int], values: Mapping[str, str], unmatched: Mapping[str, int]
) -> tuple[float, int]:
    """Share of values that are known, the mean by rows and by values; codes only one list has."""
    total, known_rows = sum(parts.values()), sum(n for p, n in parts.items() if p not in unmatched)
    share = (known_rows / total + (1 - len(unmatched) / len(parts))) / 2 if total else 0.0
    distinctive = {values[t] for t in values if casefold(t) not in GENERIC and not is_short(t)}
    return share, len(distinctive)


def _parts(column: Profile, split: str | None) -> Counter[str]:
    """Rows of each answer of a column, its cells split by a separator if there is one."""
    parts: Counter[str] = Counter()
    for text, rows in column.counts.items():
        for part in text.split(split) if split is not None else (text,):
            value = " ".join(part.split())
            if value and casefold(value) not in WORDS.missing:
                parts[value] += rows
    return parts


def _match_codes(
    column: Profile, parts: Mapping[str, int], codes: CodeList, vocabulary: Vocabulary
) -> tuple[dict[str, str], dict[str, int]]:
    """Codes of the values of a column, and the values without one."""
    labels = vocabulary.labels.get(column.words) or vocabulary.labels.get(column.leaf) or {}
    values: dict[str, str] = {}
    unmatched: dict[str, int] = {}
    for text, rows in parts.items():
        synonyms = [text, *(labels.get(casefold(text), ()) if labels else ())]
        candidates = (vocabulary.code_of(codes, t) for t in reversed(synonyms))
        code = next((code for code in candidates if code is not None), None)
        if code is None:
            unmatched[text] = rows
        else:
            values[text] = code
    return values, unmatched


def _split_by(column: Profile, parts: Parts, codes: CodeList, vocabulary: Vocabulary) -> str | None:
    """What separates several codes in a cell; None where splitting matches no more of them."""

    def unmatched_count(split: str | None) -> int:
        _, unmatched = _match_codes(column, parts(split), codes, vocabulary)
        return len(unmatched)

    best, fewest = None, unmatched_count(None)
    for split in _SPLITS:
        if fewest and any(split in text for text in column.counts):
            count = unmatched_count(split)
            if count < fewest:
                best, fewest = split, count
    return best


def _learned_header(column: Profile, vocabulary: Vocabulary, name: str) -> float:
    """How surely a header is of a field, 0 to 1: whether other declarations have it so."""
    names = vocabulary.headers.get(column.words) or vocabulary.headers.get(column.leaf) or ()
    if names == {name}:
        return SURE
    return 0.6 if name in names else 0.0
