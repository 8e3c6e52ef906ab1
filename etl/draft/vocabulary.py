"""Vocabulary: what texts mean, by code list.

Labels in both languages, words of the field, and whatever the other declarations of a store map.

A short code such as ``1`` or ``A3`` means something in its own column alone, so those are learned
by column: a column of the file takes them over only from one that had the same values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from dashboard.model.codes import CodeList
from dashboard.model.fields import Field
from dashboard.model.normalise import casefold
from dashboard.model.screen import screen
from dashboard.model.tables import REGISTER
from etl.declaration import SourceError, read_source
from etl.declaration.reader import usable_sources
from etl.declaration.source import Source
from etl.draft.form import choices_of
from etl.draft.words import WORDS, words_of
from etl.places.gazetteer import normalise_name
from etl.settings import Settings

#: Codes that every list may have: they do not show which list a column is of.
GENERIC = frozenset(("yes", "no", "true", "false", "other", "others", "unknown", "none", "0", "1"))
_LONGEST_CODE = 3
#: How alike a slip is to the word that was meant.
_LEAST_LIKENESS = 0.87
_NEGATIONS = frozenset(WORDS.texts["negation"])

#: Every field that a column may fill, by ``table.field``.
FIELDS: Mapping[str, Field] = {
    f"{entry.name}.{field.name}": field for entry in REGISTER for field in entry.fields
}

_LISTS = {field.codes.id: field.codes for field in FIELDS.values() if field.codes is not None}
#: Words of each label of the codes of a list.
_LABELS = {
    name: [
        (entry.code, set(normalise_name(label).split()))
        for entry in codes
        for label in (entry.en, entry.local)
    ]
    for name, codes in _LISTS.items()
}


@dataclass(frozen=True)
class LearnedColumn:
    """A column of another declaration that translates its values.

    Attributes:
        header: Its header, as words.
        name: The field that it fills.
        values: Casefolded text to code.
    """

    header: str
    name: str
    values: Mapping[str, str]


@dataclass
class Vocabulary:
    """What is known of headers and values.

    Attributes:
        texts: Code list id to texts and their codes.
        columns: Columns of other declarations that translate values.
        headers: Header of other declarations, as words, to the fields that it filled.
        labels: Header of the form beside the file to its choices and their labels.
    """

    texts: dict[str, dict[str, str]]
    columns: list[LearnedColumn] = field(default_factory=list[LearnedColumn])
    headers: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    labels: dict[str, dict[str, tuple[str, ...]]] = field(
        default_factory=dict[str, dict[str, tuple[str, ...]]]
    )

    _codes: dict[tuple[str, str], str | None] = field(
        default_factory=dict[tuple[str, str], str | None], init=False, repr=False
    )

    def code_of(self, codes: CodeList, text: str) -> str | None:
        """The code that a text means for sure; None for none, for several and what is screened."""
        key = (codes.id, text)
        if key not in self._codes:
            self._codes[key] = self._find(codes, text)
        return self._codes[key]

    def _find(self, codes: CodeList, text: str) -> str | None:
        """The code that a text means for sure, if any: a known text, part of a label, or a slip."""
        texts = self.texts[codes.id]
        forms = _spellings(text)
        if not forms:
            return None
        code = next((texts[form] for form in forms if form in texts), None)
        return code or self._within_a_label(codes, forms[0]) or self._misspelled(codes, forms[0])

    def near(self, codes: CodeList, text: str) -> str | None:
        """The code that a text most likely means, for a question."""
        words = set(normalise_name(text).split())
        shared = {code.code: words & set(normalise_name(code.en).split()) for code in codes}
        best = max(shared, key=lambda code: len(shared[code]), default="")
        return best if any(len(word) > 3 for word in shared.get(best, ())) else None

    def _within_a_label(self, codes: CodeList, text: str) -> str | None:
        """The one code whose label has all words of the text, such as Rohingya for refugees."""
        words = set(text.split())
        if not any(len(word) > 3 for word in words) or words & _NEGATIONS:
            return None
        # One word of many, such as Asia, is no name of what the others say.
        matches = {
            code
            for code, label in _LABELS[codes.id]
            if words <= label and len(words) * 2 >= len(label)
        }
        return matches.pop() if len(matches) == 1 else None

    def _misspelled(self, codes: CodeList, form: str) -> str | None:
        """The code of the known text that this one, of six letters or more, misspells."""
        # Another number is no slip.
        numbered = any(map(str.isdigit, form))
        if len(form) < 6 or numbered or set(form.split()) & _NEGATIONS:
            return None
        near = get_close_matches(form, self.texts[codes.id], n=1, cutoff=_LEAST_LIKENESS)
        # A word more or less is no slip: suspected and confirmed differ by one alone.
        if not near or len(near[0].split()) != len(form.split()):
            return None
        return self.texts[codes.id][near[0]]


@lru_cache(maxsize=4096)
def _spellings(text: str) -> tuple[str, ...]:
    """Spellings by which a text may be known; none where it is screened."""
    if screen(text) is not None:
        return ()
    return normalise_name(text), casefold(text), normalise_name(words_of(text))


def load_vocabulary(
    settings: Settings, form: Path | None = None, before: Path | None = None
) -> Vocabulary:
    """What the product and the declarations of a store know.

    Args:
        settings: Paths of the store.
        form: An XLSForm by which the file was collected, or None.
        before: A draft of the same file whose answers hold, where there is one.
    """
    vocabulary = Vocabulary({name: _product_texts(codes) for name, codes in _LISTS.items()})
    _learn(vocabulary, usable_sources(settings))
    if form is not None:
        vocabulary.labels.update(choices_of(form))
    if before is not None and before.is_file():
        _add_answers(vocabulary, before)
    return vocabulary


def _add_answers(vocabulary: Vocabulary, before: Path) -> None:
    """Take over what an earlier draft translates, column by column."""
    try:
        source = read_source(before)
    except SourceError:
        return  # it is drafted anew
    for column in source.columns:
        if column.values is not None and column.target is not None:
            labels = vocabulary.labels.setdefault(words_of(column.header), {})
            labels.update({text: (code,) for text, code in column.values.items()})


def _product_texts(codes: CodeList) -> dict[str, str]:
    """Texts that the product knows for the codes of a list: codes, labels and other words."""
    labels = [
        (text, entry.code)
        for entry in codes
        for text in (entry.code, entry.code.replace("_", " "), entry.en, entry.local)
        if text
    ]
    texts: dict[str, str] = {}
    for text, code in (*labels, *WORDS.values.get(codes.id, {}).items()):
        if code in codes.values:  # and not of another country
            texts.setdefault(casefold(text), code)
            texts.setdefault(normalise_name(text), code)
    return texts


def _learn(vocabulary: Vocabulary, sources: Sequence[Source]) -> None:
    """Add headers and values that declarations map; of texts those that mean one code alone."""
    meanings: dict[tuple[str, str], set[str]] = {}
    for source in sources:
        for column in source.columns:
            if column.target is None:
                continue
            name = f"{column.target.table}.{column.target.field.name}"
            header = words_of(column.header)
            vocabulary.headers.setdefault(header, set()).add(name)
            codes = column.target.field.codes
            if column.values is None or codes is None:
                continue
            vocabulary.columns.append(LearnedColumn(header, name, column.values))
            for text, code in column.values.items():
                if not is_short(text) and code in codes:
                    meanings.setdefault((codes.id, text), set()).add(code)
    for (codes_id, text), meant_codes in meanings.items():
        if len(meant_codes) == 1:
            vocabulary.texts[codes_id].setdefault(text, next(iter(meant_codes)))


def is_short(text: str) -> bool:
    """Whether a text is a code rather than a word, so that it means nothing by itself."""
    return len(text) <= _LONGEST_CODE or any(map(str.isdigit, text))
