"""Fields: which columns fill which codes, numbers and flags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.model.codes import UNDER_REVIEW
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold
from etl.declaration.source import AS_MISSING, ROW_NUMBER, TABLES_OF, is_technical
from etl.draft import keys, places
from etl.draft.column import LEAST, Guess, Profile, cue
from etl.draft.guesses import no_numbers
from etl.draft.questions import Question, about_values
from etl.draft.vocabulary import FIELDS
from etl.draft.words import WORDS
from etl.draft.work import Work

#: From here on a header surely says that its numbers are people.
_SURELY_PEOPLE = 1.6


def count_header(work: Work) -> str | None:
    """The column by which a row is several people, where no case tells rows apart."""
    if work.row != "person" or not keys.is_row_number(work):
        return None
    candidates = [
        (guess.score, column.header)
        for column in work.profiles
        if work.free(column) and work.best(column, "person.n")
        and any(text.isdecimal() and int(text) > 1 for text in column.counts)
        and (guess := work.best(column, "person.n", "incident.persons_count"))
        and guess.score >= _SURELY_PEOPLE
    ]  # fmt: skip
    if not candidates:
        return None
    _, header = max(candidates, key=lambda pair: pair[0])
    of_one = any(
        guess.name == "birth" or guess.keys.get("how") == "age_band"
        for column in work.profiles
        for guess in work.guesses[column.header]
    )
    question = Question(
        "counted",
        1,
        f"Column {header}: how many people is one row?",
        ("one: the column says how many its case has", "as many as the column says"),
        0 if of_one else 1,
    )
    return header if work.choose(question) == 1 else None


def fill(work: Work) -> None:
    """Declare columns of codes, numbers and flags: the surest guess first, each field once."""
    tables = TABLES_OF[work.row]
    pairs = [
        (column, guess)
        for column in work.profiles
        if work.free(column)
        for guess in work.guesses[column.header]
        if guess.name in FIELDS and guess.name.partition(".")[0] in tables
        and guess.score >= LEAST
    ]  # fmt: skip
    joined = {c.header for c, g in pairs if g.keys.get("split") or len(c.counts) > 2}
    chosen: list[tuple[Profile, Guess]] = []
    for column, guess in sorted(pairs, key=lambda pair: -pair[1].score):
        if _may_fill(work, column, guess, joined):
            chosen.append((column, guess))
            # Its field is taken from here on; the whole use follows once answers are known.
            work.use(column.header, field=guess.name, **_leg_key(work, column, guess))
    for column, _ in chosen:
        work.uses.pop(column.header, None)
    answered = _given_codes(work, chosen)
    for column, guess in chosen:
        _use_column(work, column, guess, answered.get(guess.name, {}))
    if work.row == "incident" and "incident.persons_count" not in work.filled:
        _sum_people(work)


def warn_of_counts(work: Work) -> None:
    """Note each dropped column whose header says a count and some of whose cells hold words."""
    counts = [n for n in WORDS.headers if n in FIELDS and FIELDS[n].kind is Kind.COUNT]
    for column in work.profiles:
        says_count = any(cue(WORDS.headers[name], column) for name in counts)
        others = no_numbers(column)
        dropped = work.free(column) and not is_technical(column.header)
        if says_count and dropped and 0 < len(others) * 2 <= len(column.counts):
            work.notes.append(
                f"{column.header} is dropped: its header says a count, and {sum(others.values())} "
                f"of {column.answered_count} rows hold something else."
            )


def _leg_key(work: Work, column: Profile, guess: Guess) -> dict[str, int]:
    """The key ``leg`` for a field of movements; nothing for others."""
    return {"leg": places.leg_of(work, column)} if guess.name.startswith("movement.") else {}


def _may_fill(work: Work, column: Profile, guess: Guess, joined: set[str]) -> bool:
    """Whether a column may fill the field of a guess; ``joined`` are headers with all answers."""
    used = work.uses.get(column.header, [])
    if used:
        # Bands of ages give child or adult as well: the one second use that a code has.
        is_band = used[0].get("field") == "person.age_band"
        is_band = is_band and not any(g.keys.get("how") for g in work.guesses[column.header])
        return is_band and guess.name == "person.is_child" and guess.name not in work.filled
    if column.header == work.count_header and guess.name != "person.n":
        return False
    if guess.name == "person.n" and not _is_aggregate(work):
        return False
    if guess.name == "person.age_band" and guess.name in work.filled:
        return False
    name = _filled_name(work, column, guess.name)
    if FIELDS[guess.name].kind is Kind.CODES:
        # One column of all answers is enough where there is one beside those of single answers.
        whole = any(
            other in joined and column.header.startswith(f"{other}/") for other in work.uses
        )
        return not whole and not (name in work.filled and len(column.counts) > 2)
    return name not in work.filled


def _filled_name(work: Work, column: Profile, name: str) -> str:
    """A field as ``Work.filled`` names it: of movements with the leg in brackets."""
    return f"{name}[{places.leg_of(work, column)}]" if name.startswith("movement.") else name


def _is_aggregate(work: Work) -> bool:
    """Whether rows may be counts: one says so, or no column of published data tells them apart."""
    return work.count_header is not None or any(ROW_NUMBER in key for key in work.keys.values())


def _use_column(work: Work, column: Profile, guess: Guess, answered: Mapping[str, str]) -> None:
    """Declare the use of a column that a guess says, with the codes that answers gave."""
    name, codes = guess.name, FIELDS[guess.name].codes
    keys: dict[str, Any] = {key: value for key, value in guess.keys.items() if value}
    values: dict[str, str] = {**keys.pop("values", {})}
    missing: list[str] = [*keys.pop("missing", ()), *column.missing]
    unmatched = dict(guess.unmatched)
    if keys.get("how") == "age_band":
        keys = {"use": "derive", **keys}
        work.filled.add(name)
    else:
        keys = {"use": "take", "field": name, **keys}
        if codes is not None:
            values |= {text: answered[text] for text in unmatched if text in answered}
            unmatched = {text: n for text, n in unmatched.items() if text not in answered}
    keys |= _leg_key(work, column, guess)
    if _is_aggregate(work):
        unmatched = _without_totals(work, column, guess, unmatched)
    if name == "person.class":
        # A class is needed in every row; whoever has none stands under review.
        values |= dict.fromkeys(("", *missing), UNDER_REVIEW.code)
        missing = []
    missing = [text for text in dict.fromkeys(missing) if text not in values]
    others = UNDER_REVIEW.code if name == "person.class" else AS_MISSING
    work.use(
        column.header, **keys, values=dict(sorted(values.items())), missing=missing,
        others=others if unmatched else None,
    )  # fmt: skip


def _without_totals(
    work: Work, column: Profile, guess: Guess, unmatched: dict[str, int]
) -> dict[str, int]:
    """Leave out rows of totals, which count others again, and those without a count."""
    is_count = guess.name == "person.n"
    out = [t for t in unmatched if is_count or WORDS.rows["every_group"].fullmatch(casefold(t))]
    out += [""] if is_count and column.filled < 1 else []
    if out:
        texts = work.table.leave_out.get(column.header, ())
        work.left_out[column.header] = tuple(
            sorted({*texts, *out, *(column.missing if is_count else ())})
        )
        work.notes.append(
            f"Rows in which {column.header} "
            + ("tells no number" if is_count else "says a total")
            + " are left out."
        )
    return {text: rows for text, rows in unmatched.items() if text not in out}


def _given_codes(work: Work, chosen: Sequence[tuple[Profile, Guess]]) -> dict[str, dict[str, str]]:
    """Codes that the operator gave to values of which nothing was known, by field.

    Columns of one field, such as those of several legs, are asked for together.
    """
    headers: dict[str, list[str]] = {}
    unmatched_of: dict[str, Counter[str]] = {}
    for column, guess in chosen:
        if FIELDS[guess.name].codes and guess.keys.get("how") != "age_band":
            unmatched = {
                text: rows
                for text, rows in guess.unmatched.items()
                if not (_is_aggregate(work) and WORDS.rows["every_group"].fullmatch(casefold(text)))
            }
            if unmatched:
                headers.setdefault(guess.name, []).append(column.header)
                unmatched_of.setdefault(guess.name, Counter()).update(unmatched)
    return {
        name: work.codes(about_values(name, headers[name], unmatched, codes, work.vocabulary))
        for name, unmatched in unmatched_of.items()
        if (codes := FIELDS[name].codes) is not None
    }


def _sum_people(work: Work) -> None:
    """Add up people from columns that each count one group, such as women, men and children."""
    columns = [
        c
        for c in work.profiles
        if work.free(c)
        and WORDS.rows["one_group"].search(c.leaf)
        and c.counts
        and all(map(str.isdigit, c.counts))
    ]
    if len(columns) < 2:
        return
    for column in columns:
        work.use(column.header, use="take", field="incident.persons_count", how="sum")
