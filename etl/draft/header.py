"""Header: whether the row that was taken for a header is one, before any of it is shown or written.

A file without a header has its first person there. What is looked for is what rows of data hold and
headers do not; how a header row is found stands in ``table``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dashboard.model.codes import POPULATION_GROUP, SEX
from dashboard.model.normalise import casefold
from dashboard.model.screen import screen
from etl.draft.dates import dates_of
from etl.draft.table import Table
from etl.draft.vocabulary import Vocabulary
from etl.draft.words import WORDS, has_known_word, words_of
from etl.places.gazetteer import AMBIGUOUS, Gazetteer
from etl.read import Cell
from etl.settings import OperatorError


def require_header(table: Table, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
    """Refuse a table whose header holds what rows of data do; the sentence holds no value.

    Raises:
        OperatorError: If a cell of its header is a day, breaks a screen, is a sex, a group or a
            place as cells below it are, or is numbered as they are; or if none says a word that
            any header has, as where each is a name.
    """
    for header, cells in zip(table.headers, table.columns, strict=True):
        for part in header.split(" / "):
            noun = _value_in_header(part, cells, vocabulary, gazetteer)
            if noun is not None:
                raise _no_header(table, f"holds {noun}, as rows of data do")
    if not any(words_of(h) in vocabulary.headers or has_known_word(h) for h in table.headers):
        raise _no_header(table, "says no word that columns are named by")


def _no_header(table: Table, why: str) -> OperatorError:
    """The error that a table has no header, with why in words."""
    return OperatorError(
        f"{table.place.where}: No header was found: row {table.form.header_row}, which stands "
        f"where one should, {why}. Put a row above it that names the columns."
    )


def _value_in_header(
    text: str, cells: Sequence[Cell], vocabulary: Vocabulary, gazetteer: Gazetteer
) -> str | None:
    """What a cell of a header holds that only data do, in words; None for nothing."""
    if screen(text, written=True) is not None:
        return "what identifies a person"
    dates = dates_of([text], date.max) if text else None
    if dates is not None and dates.has_day:
        return "a date"
    texts_below = {cell for cell in cells if isinstance(cell, str)} - {""}
    for codes, noun in ((SEX, "a sex"), (POPULATION_GROUP, "a group of people")):
        values = vocabulary.texts[codes.id].keys()
        if casefold(text) in values and any(casefold(cell) in values for cell in texts_below):
            return noun
    if _is_place(text, gazetteer) and any(_is_place(cell, gazetteer) for cell in texts_below):
        return "a place"
    # C-01 above C-02; a number alone may be a year over counts.
    numbered = re.search(r"\d", text) and re.search(r"[^\W\d_]", text)
    return "a number of a record" if numbered and _shape(text) in map(_shape, texts_below) else None


def _is_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a text is the name or code of a place, and no word that names a column."""
    # The word to is a code of Tonga as well.
    names_column = text.isdigit() or WORDS.place.search(casefold(text)) is not None
    return not names_column and gazetteer.resolve(text).problem in (None, AMBIGUOUS)


def _shape(text: str) -> str:
    """A text with every number in it as 0, so that numbered texts are the same."""
    return re.sub(r"\d+", "0", casefold(text))
