"""Keys: by which columns a draft tells records apart."""

from __future__ import annotations

from itertools import combinations

from dashboard.model.screen import is_personal_header
from etl.declaration.source import KEYS_OF, ROW_NUMBER, is_technical
from etl.draft.column import Profile, numbers_something
from etl.draft.questions import Question
from etl.draft.vocabulary import FIELDS
from etl.draft.words import WORDS
from etl.draft.work import Work

#: Columns that a collection tool numbers its rows by, the surest first.
_TOOL_COLUMNS = ("_uuid", "meta/instanceID", "_id")
#: A key stands in nearly every row; columns beyond that number are not combined.
_FILLED, _COMBINED = 0.97, 6
#: People of one case, on average, above which a column numbers something else.
_MOST_OF_A_CASE = 10
#: From here on a guess says that values are codes of a field and no keys.
_SURELY_CODED = 1.2


def choose(work: Work) -> None:
    """Declare the columns of every key that a row needs; ask where none tells rows apart."""
    candidates = [c for c in work.profiles if _is_key(work, c)]
    candidates.sort(key=lambda column: -_fitness(column))
    chosen = _case_and_row_key(candidates) or _by_tool(work) or _combined(work, candidates)
    chosen = chosen or _ask_or_number(work)
    if chosen is None:
        return
    case_key, row_key = chosen
    kinds = KEYS_OF[work.row]
    # A row that is an incident has its own key as that of the case.
    headers_of = {**dict.fromkeys(kinds, row_key), "incident": case_key, work.row: row_key}
    if work.row == "referral":
        headers_of["person"] = _person_key(work, case_key, row_key)
    work.keys.update({kind: headers_of[kind] for kind in kinds})
    for header in dict.fromkeys(h for kind in kinds for h in headers_of[kind]):
        if header != ROW_NUMBER:
            work.uses.setdefault(header, []).insert(0, {"use": "key"})


def _is_key(work: Work, column: Profile) -> bool:
    """Whether a column may be part of a key.

    Its header speaks of a number, code or id (``numbers_something``), nearly every row has a value,
    and nothing else says what it is: neither its values nor a word that no key has, such as
    "date". A personal header is a key only where it is of a case.
    """
    free = column.header not in work.uses and not is_technical(column.header)
    other = work.best(column, "day", "place", "birth", "lat", "lon", "point", "year")
    coded = any(g.name in FIELDS and g.score >= _SURELY_CODED for g in work.guesses[column.header])
    return (
        free
        and other is None
        and not (coded and not column.unique)
        and column.filled >= _FILLED
        and numbers_something(column)
        and not WORDS.keys["none"].search(column.leaf)
        and (
            not is_personal_header(column.header)
            or WORDS.keys["case"].search(column.words) is not None
        )
    )


def _fitness(column: Profile) -> float:
    """How well a column serves as a key: one of a case before a running number."""
    score = 2.0 * column.unique
    score += WORDS.keys["case"].search(column.words) is not None
    score += WORDS.keys["person"].search(column.words) is not None
    score -= 1.5 * (WORDS.keys["serial"].search(column.words) is not None)
    score -= 3.0 * is_personal_header(column.header)
    return score


def _differ(*columns: Profile) -> bool:
    """Whether no two rows are the same in all of the columns."""
    rows = list(zip(*(column.cells for column in columns), strict=True))
    return len(set(rows)) == len(rows)


def _case_and_row_key(candidates: list[Profile]) -> tuple[list[str], list[str]] | None:
    """Headers of the key of the case, and of that of the row; None where none tell rows apart."""
    cases = [
        column
        for column in candidates
        if _is_case(column)
        and not column.unique
        and len(column.counts) * _MOST_OF_A_CASE >= len(column.cells)
    ]
    people = [c for c in candidates if c not in cases]
    for case in cases:
        for column in people:
            if _differ(case, column):
                return [case.header], [case.header, column.header]
        for one, other in combinations(people[:_COMBINED], 2):
            if _differ(case, one, other):
                return [case.header], [case.header, one.header, other.header]
    unique = next((c for c in candidates if c.unique and not _is_serial(c)), None)
    if unique is None:
        return None
    case = next((c for c in cases if c is not unique), unique)
    row_key = [unique.header] if case is unique else [case.header, unique.header]
    return [case.header], row_key


def _is_case(column: Profile) -> bool:
    """Whether a header numbers cases, by its group too unless its leaf says people or referrals."""
    of_people = WORDS.keys["person"].search(column.leaf) is not None
    words = column.leaf if of_people or WORDS.keys["referral"].search(column.leaf) else column.words
    return WORDS.keys["case"].search(words) is not None


def is_row_number(work: Work) -> bool:
    """Whether rows are told apart by where they stand alone: no column names a case."""
    headers = {header for key in work.keys.values() for header in key}
    serial = any(_is_serial(c) for c in work.profiles if c.header in headers)
    return serial or ROW_NUMBER in headers


def _is_serial(column: Profile) -> bool:
    """Whether a header speaks of a running number and not of a case."""
    return (
        WORDS.keys["serial"].search(column.words) is not None
        and WORDS.keys["case"].search(column.words) is None
    )


def _by_tool(work: Work) -> tuple[list[str], list[str]] | None:
    """The number that a collection tool gave each row, as key of both case and row."""
    by_name = {column.header.casefold(): column for column in work.profiles}
    for name in _TOOL_COLUMNS:
        column = by_name.get(name.casefold())
        if column is not None and column.unique:
            return [column.header], [column.header]
    return None


def _combined(work: Work, candidates: list[Profile]) -> tuple[list[str], list[str]] | None:
    """A running number with the day of its row, since such numbers begin anew in each file."""
    serial = next((c for c in candidates if c.unique), None)
    if serial is not None and work.day is not None:
        work.notes.append(
            f"{serial.header} is a running number; with {work.day} it makes the key. Ask the "
            "partner for a case number that never changes."
        )
        return [work.day, serial.header], [work.day, serial.header]
    for size in (2, 3):
        for columns in combinations(candidates[:_COMBINED], size):
            if _differ(*columns):
                headers = [column.header for column in columns]
                return headers, headers
    return None


def _ask_or_number(work: Work) -> tuple[list[str], list[str]] | None:
    """The row's number as key of published data; of others the column that the operator names."""
    if work.details.kind != "real":
        year = next((c.header for c in work.profiles if work.best(c, "year")), work.day)
        row_key = [*([year] if year is not None else []), ROW_NUMBER]
        work.notes.append("No column tells rows apart: the number of the row is the key.")
        return row_key, row_key
    filled = [c for c in work.profiles if c.filled >= _FILLED]
    options = [[c.header] for c in filled if c.unique][: _COMBINED + 2]
    if not options:
        # Headers in a language of which no word is known.
        free = [c for c in filled if not (work.uses.get(c.header) or is_technical(c.header))]
        free = [c for c in free if not is_personal_header(c.header)][:_COMBINED]
        options = [[c.header for c in pair] for pair in combinations(free, 2) if _differ(*pair)]
    if not options:
        work.notes.append(
            "No column tells rows apart, and none together with another: ask the partner for a "
            "case number. Until then nothing of the file can be loaded."
        )
        return None
    question = Question(
        "key", 0, "Which column is the key of a row, the same whenever it is sent again?",
        tuple(" + ".join(headers) for headers in options), 0,
    )  # fmt: skip
    headers = options[work.choose(question)]
    return headers[:1], headers


def _person_key(work: Work, case_key: list[str], row_key: list[str]) -> list[str]:
    """Columns by which a referral finds its person, as the list of people has them."""
    not_of_referral = [
        header
        for header in row_key
        if WORDS.keys["referral"].search(_words(work, header)) is None or header in case_key
    ]
    of_person = [h for h in row_key if WORDS.keys["person"].search(_words(work, h)) is not None]
    headers = dict.fromkeys([*(h for h in row_key if h in case_key), *of_person])
    return list(headers) or not_of_referral or row_key


def _words(work: Work, header: str) -> str:
    """The words of a header; '' for one that no column has."""
    return next((c.words for c in work.profiles if c.header == header), "")
