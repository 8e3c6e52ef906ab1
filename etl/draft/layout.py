"""Layout: what the columns of a file are together, as a declaration, and what is left open.

A draft is a pure function of the file, of what is known and of the answers given so far: an answer
never changes a draft in place, the draft is made again with it. What may be asked stands in
``questions``, how a declaration is written in ``written``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.model.codes import UNDER_REVIEW
from dashboard.model.fields import Kind
from dashboard.model.normalise import casefold
from etl.declaration.date_order import order_in_words
from etl.declaration.source import (
    AS_MISSING,
    ROW_NUMBER,
    TABLES_OF,
    FileFormat,
    RowIs,
    is_technical,
)
from etl.draft import keys, places
from etl.draft.column import LEAST, Guess, Profile, cue, guesses, no_numbers, profile
from etl.draft.header import require_header
from etl.draft.known import FIELDS, Known
from etl.draft.questions import about_values, choice
from etl.draft.table import Table
from etl.draft.words import WORDS
from etl.draft.work import Drafted, Header, Work
from etl.places.gazetteer import Gazetteer

#: Columns of a referral's own that make a list one of referrals.
_OF_REFERRALS, _BY_VALUES = 3, 1.2
#: From here on a header surely says that its numbers are people.
_COUNTS = 1.6
_ROWS: tuple[RowIs, ...] = ("person", "incident", "referral", "voyage")
_ROW_WORDS = ("one person", "one incident", "one referral", "boats that are counted together")
_TOTALS = re.compile(r"total|both( sexes)?|all( ages| sexes)?|মোট|সব")
_GENDERS = re.compile(r"\b(women|men|boys|girls|males?|females?|children|adults)\b|নারী|পুরুষ|শিশু")


def draft(
    table: Table,
    known: Known,
    gazetteer: Gazetteer,
    header: Header,
    today: date,
    answers: Mapping[str, str],
) -> Drafted:
    """A declaration of a file.

    Args:
        table: The file.
        known: What headers and values are known to mean.
        gazetteer: The places.
        header: What the operator says of the source.
        today: The day after which dates lie in the future.
        answers: Answers by the id of their question.

    Raises:
        OperatorError: If the file has no header.
    """
    require_header(table, known, gazetteer)
    columns = [
        profile(name, cells, tag)
        for name, cells, tag in zip(table.headers, table.columns, table.tags, strict=True)
        if name
    ]
    found = {column.header: guesses(column, known, gazetteer, today) for column in columns}
    work = Work(table, known, gazetteer, header, answers, columns, found)
    work.row = _row(work)
    _days(work)
    places.place(work)
    keys.choose(work)
    work.counted = _counted(work)
    _coded(work)
    _birth(work)
    _complete(work)
    _tell_counts(work)
    return _drafted(work)


def _row(work: Work) -> RowIs:
    """What one row is: as the operator says, else by what the columns tell of."""
    if work.header.row is not None:
        return work.header.row
    told = {column.header: work.guesses[column.header] for column in work.profiles}
    best = {h: g[0].name for h, g in told.items() if g and g[0].score >= LEAST}
    of_referrals = sum(name.startswith("referral.") for name in best.values())
    by_values = sum(
        bool(held) and held[0].name.startswith("referral.") and held[0].score >= _BY_VALUES
        for held in told.values()
    )
    at_all = sum(name.startswith(("person.", "classification.")) for name in best.values())
    of_boats = {n for n in best.values() if n.startswith("voyage.")}
    of_people = any(
        g.name in ("person.sex", "person.age_band", "birth") and g.score >= LEAST
        for held in told.values()
        for g in held
    )
    if (by_values if of_people else of_referrals) >= max(_OF_REFERRALS, at_all):
        return "referral"
    if of_people:
        return "person"
    if len(of_boats) >= _OF_REFERRALS and work.header.kind != "real":
        return "voyage"
    usual = 0 if at_all > _OF_REFERRALS else 1
    return _ROWS[work.ask(choice("row", 0, "What is one row of the file?", _ROW_WORDS, usual))]


def _days(work: Work) -> None:
    """Which column tells of which month, and in which order day and month stand."""
    days = [c for c in work.profiles if work.best(c, "day")]
    # Days of a program count only where there are no others.
    days = [c for c in days if not _said(c, "system")] or days
    orders = {
        order_in_words(form)
        for column in days
        for guess in [work.best(column, "day")]
        if guess is not None and guess.dates is not None and not guess.dates.unseen
        for form in guess.dates.formats
    } - {None}
    unseen = [c for c in days if (g := work.best(c, "day")) and g.dates and g.dates.unseen]
    turn = orders == {"month before day"}
    if unseen and not orders:
        example = next(iter(unseen[0].counts))
        turn = bool(
            work.ask(
                choice(
                    "order",
                    2,
                    f"Column {unseen[0].header}: no day is above 12. Which comes first?",
                    ("the day", "the month"),
                    0,
                    shown=f"such as {example}",
                )
            )
        )
    formats = {c.header: _formats(work, c, turn=turn) for c in days}
    work.formats = formats
    if work.row == "referral":
        _days_of_referral(work, days, formats)
    else:
        _days_of_event(work, days, formats)


def _formats(work: Work, column: Profile, *, turn: bool) -> list[str]:
    guess = work.best(column, "day", "birth")
    dates = guess.dates if guess is not None else None
    if dates is None:
        return []
    chosen = dates.other if dates.unseen and turn else dates.formats
    # Of two orders in one column the one of the file is meant.
    wrong = "day before month" if turn else "month before day"
    kept = [form for form in chosen if order_in_words(form) != wrong]
    return kept or list(chosen)


def _said(column: Profile, what: str) -> float:
    return cue(WORDS.days[what], column)


def _first(columns: Sequence[Profile], what: str, but: Profile | None = None) -> Profile | None:
    """The column that most surely tells of a sort of day."""
    told = [c for c in columns if _said(c, what) and c is not but]
    return max(told, key=lambda c: (_said(c, what), c.filled), default=None)


def _month(work: Work, column: Profile, name: str, formats: Mapping[str, list[str]]) -> None:
    missing = list(column.missing)
    work.use(
        column.header,
        use="derive",
        how="month",
        format=formats[column.header],
        field=name,
        **({"missing": missing} if missing else {}),
    )


def _days_of_event(work: Work, days: list[Profile], formats: dict[str, list[str]]) -> None:
    name = "voyage.month" if work.row == "voyage" else "incident.incident_month"
    if work.row == "classification":
        name = "classification.decided_month"
    decided = _first(days, "decided")
    others = [c for c in days if c is not decided or len(days) == 1]
    happened = _first(others, "incident")
    reported = _first(others, "report", happened)
    main = happened
    if main is None:
        plain = [c for c in others if not _said(c, "report") and not _said(c, "ended")]
        main = max(plain, key=lambda c: c.filled, default=None) or reported
    if main is None and not _year_and_month(work, name):
        work.notes.append("No column of dates was found: the month of a row is not known.")
        return
    if main is not None:
        _month(work, main, name, formats)
        work.day = main.header
    if name != "incident.incident_month":
        return
    if reported is not None and reported is not main:
        _month(work, reported, "incident.report_month", formats)
    elif work.day is not None:
        work.months["incident.report_month"] = {"from": [work.day]}


def _year_and_month(work: Work, name: str) -> bool:
    """A month whose year stands in a column of its own, or a year alone."""
    year = next((c for c in work.profiles if work.best(c, "year")), None)
    month = next((c for c in work.profiles if work.best(c, "month_name")), None)
    if year is None:
        return False
    if month is None:
        work.use(year.header, use="derive", how="month", format=["%Y"], field=name)
        work.day = year.header
        return True
    texts = [text for text in month.counts if not text.isdigit()]
    short = all(len(text) <= 3 for text in texts)
    form = "%m %Y" if not texts else "%b %Y" if short else "%B %Y"
    work.use(year.header, use="derive", how="part")
    work.use(
        month.header, use="derive", how="month", format=[form], field=name, **{"with": year.header}
    )
    work.day = month.header
    return True


def _days_of_referral(work: Work, days: list[Profile], formats: dict[str, list[str]]) -> None:
    ended = _first(days, "ended")
    asked = _first(days, "requested", ended)
    if asked is None:
        asked = next((c for c in days if c is not ended), ended)
    if asked is None:
        if not _year_and_month(work, "referral.requested_month"):
            work.notes.append("No column says when a referral was requested.")
        return
    _month(work, asked, "referral.requested_month", formats)
    work.day = asked.header
    if ended is not None and ended is not asked:
        _month(work, ended, "referral.ended_month", formats)
    for what in ("response", "service"):
        told = _first([c for c in days if work.free(c)], what)
        if told is not None:
            work.use(
                told.header,
                use="derive",
                how="days_between",
                field=f"referral.days_to_{what}",
                since=asked.header,
                format=formats[told.header],
            )


def _counted(work: Work) -> str | None:
    """The column by which a row is several people, where no case tells rows apart."""
    if work.row != "person" or not keys.is_row_number(work):
        return None
    told = [
        (guess.score, -at, column.header)
        for at, column in enumerate(work.profiles)
        if work.free(column) and work.best(column, "person.n")
        and any(text.isdigit() and int(text) > 1 for text in column.counts)
        and (guess := work.best(column, "person.n", "incident.persons_count"))
        and guess.score >= _COUNTS
    ]  # fmt: skip
    if not told:
        return None
    header = max(told)[2]
    of_one = any(
        guess.name == "birth" or guess.keys.get("how") == "age_band"
        for column in work.profiles
        for guess in work.guesses[column.header]
    )
    asked = choice(
        "counted",
        1,
        f"Column {header}: how many people is one row?",
        ("one: the column says how many its case has", "as many as the column says"),
        0 if of_one else 1,
    )
    return header if work.ask(asked) == 1 else None


def _tell_counts(work: Work) -> None:
    """Say of a column that is dropped that its header says a count and some cells a word."""
    counts = [name for name, field in FIELDS.items() if field.kind is Kind.COUNT]
    for column in work.profiles:
        said = any(cue(WORDS.headers[name], column) for name in counts if name in WORDS.headers)
        others = no_numbers(column)
        dropped = work.free(column) and not is_technical(column.header)
        if said and dropped and 0 < len(others) * 2 <= len(column.counts):
            work.notes.append(
                f"{column.header} is dropped: its header says a count, and {sum(others.values())} "
                f"of {column.told} rows hold something else."
            )


def _coded(work: Work) -> None:
    """Codes, numbers and flags: the surest first, each field once."""
    tables = TABLES_OF[work.row]
    pairs = [
        (guess.score, -at, column, guess)
        for at, column in enumerate(work.profiles)
        if work.free(column)
        for guess in work.guesses[column.header]
        if guess.name in FIELDS and guess.name.partition(".")[0] in tables
        and guess.score >= LEAST
    ]  # fmt: skip
    joined = {c.header for _, _, c, g in pairs if "split" in g.keys or len(c.counts) > 2}
    chosen: list[tuple[Profile, Guess]] = []
    for _, _, column, guess in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        if _may_fill(work, column, guess, joined):
            chosen.append((column, guess))
            # What it fills is taken from here on; how is written once answers are known.
            work.use(column.header, field=guess.name, **_leg(work, column, guess))
    for column, _ in chosen:
        work.uses.pop(column.header, None)
    answered = _answered(work, chosen)
    for column, guess in chosen:
        _fill(work, column, guess, answered.get(guess.name, {}))
    if work.row == "incident" and "incident.persons_count" not in work.filled:
        _sum_people(work)


def _leg(work: Work, column: Profile, guess: Guess) -> dict[str, int]:
    return {"leg": places.leg_of(work, column)} if guess.name.startswith("movement.") else {}


def _may_fill(work: Work, column: Profile, guess: Guess, joined: set[str]) -> bool:
    used = work.uses.get(column.header, [])
    if used:
        # Bands of ages tell child or adult as well: the one second use that a code has.
        first = used[0].get("field") == "person.age_band"
        first = first and not any(g.keys.get("how") for g in work.guesses[column.header])
        return first and guess.name == "person.is_child" and guess.name not in work.filled
    if column.header == work.counted and guess.name != "person.n":
        return False
    if guess.name == "person.n" and not _is_aggregate(work):
        return False
    if guess.name == "person.age_band" and guess.name in work.filled:
        return False
    name = _part(work, column, guess.name)
    if FIELDS[guess.name].kind is Kind.CODES:
        # One column of all answers is enough where there is one beside those of single answers.
        whole = any(
            other in joined and column.header.startswith(f"{other}/") for other in work.uses
        )
        return not whole and not (name in work.filled and len(column.counts) > 2)
    return name not in work.filled


def _part(work: Work, column: Profile, name: str) -> str:
    return f"{name}[{places.leg_of(work, column)}]" if name.startswith("movement.") else name


def _is_aggregate(work: Work) -> bool:
    """Whether rows may be counts: one says so, or no column of published data tells them apart."""
    return work.counted is not None or any(ROW_NUMBER in headers for headers in work.keys.values())


def _fill(work: Work, column: Profile, guess: Guess, answered: Mapping[str, str]) -> None:
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
    keys |= _leg(work, column, guess)
    if _is_aggregate(work):
        unmatched = _without_totals(work, column, guess, unmatched)
    if name == "person.class":
        # A class is needed in every row; whoever has none stands under review.
        values |= dict.fromkeys(("", *missing), UNDER_REVIEW.code)
        missing = []
    missing = [text for text in dict.fromkeys(missing) if text not in values]
    keys |= {"values": dict(sorted(values.items()))} if values else {}
    keys |= {"missing": missing} if missing else {}
    if unmatched:
        keys["others"] = UNDER_REVIEW.code if name == "person.class" else AS_MISSING
    work.use(column.header, **keys)


def _without_totals(
    work: Work, column: Profile, guess: Guess, unmatched: dict[str, int]
) -> dict[str, int]:
    """Leave out rows of totals, which count others again, and those whose count is not told."""
    counted = guess.name == "person.n"
    out = [t for t in unmatched if counted or _TOTALS.fullmatch(casefold(t))]
    out += [""] if counted and column.filled < 1 else []
    if out:
        held = work.table.leave_out.get(column.header, ())
        work.left_out[column.header] = tuple(
            sorted({*held, *out, *(column.missing if counted else ())})
        )
        work.notes.append(
            f"Rows in which {column.header} "
            + ("tells no number" if counted else "says a total")
            + " are left out."
        )
    return {text: rows for text, rows in unmatched.items() if text not in out}


def _answered(work: Work, chosen: Sequence[tuple[Profile, Guess]]) -> dict[str, dict[str, str]]:
    """Codes that the operator gave to values of which nothing was known, by field.

    Columns of one field, such as those of several legs, are asked for together.
    """
    headers: dict[str, list[str]] = {}
    open_: dict[str, Counter[str]] = {}
    for column, guess in chosen:
        if FIELDS[guess.name].codes and guess.keys.get("how") != "age_band":
            unmatched = {
                text: rows
                for text, rows in guess.unmatched.items()
                if not (_is_aggregate(work) and _TOTALS.fullmatch(casefold(text)))
            }
            if not unmatched:
                continue
            headers.setdefault(guess.name, []).append(column.header)
            open_.setdefault(guess.name, Counter()).update(unmatched)
    answered: dict[str, dict[str, str]] = {}
    for name, unmatched in open_.items():
        codes = FIELDS[name].codes
        question = (
            about_values(name, headers[name], unmatched, codes, work.known) if codes else None
        )
        if question is None:
            continue
        told = question.codes(work.answers)
        if told is None:
            work.questions.append(question)
        answered[name] = told or {}
    return answered


def _sum_people(work: Work) -> None:
    """Women, men and children in columns of their own are added up."""
    columns = [
        c
        for c in work.profiles
        if work.free(c) and _GENDERS.search(c.leaf) and all(t.isdigit() for t in c.counts)
        and c.counts
    ]  # fmt: skip
    if len(columns) < 2:
        return
    for column in columns:
        work.use(column.header, use="take", field="incident.persons_count", how="sum")


def _birth(work: Work) -> None:
    """A birth date tells the age on the day of the row, where no column of ages does better."""
    born = next((c for c in work.profiles if work.best(c, "birth")), None)
    if born is None or work.row != "person" or work.day is None:
        return
    turned = any(
        order_in_words(form) == "month before day"
        for held in work.uses.values()
        for keys in held
        for form in keys.get("format", ())
    )
    missing = list(born.missing)
    work.use(
        born.header,
        use="derive",
        how="birth_date",
        format=_formats(work, born, turn=turned),
        on=work.day,
        **({"missing": missing} if missing else {}),
        **({"rank": 2} if "person.age_band" in work.filled else {}),
    )
    work.filled.add("person.age_band")


def _complete(work: Work) -> None:
    """What every row needs and no column tells."""
    constants = work.constants
    if work.row == "person":
        if "person.n" not in work.filled:
            constants["person.n"] = 1
        if "person.class" not in work.filled:
            constants["person.class"] = UNDER_REVIEW.code
            work.notes.append("No column tells the class: every person stands under review.")
        if any(name.startswith("classification.") for name in work.filled):
            _decided(work)
    if work.row == "referral":
        _complete_referral(work)


def _decided(work: Work) -> None:
    """The month in which a class was decided: a day of its own, else that of the row."""
    name = "classification.decided_month"
    days = [c for c in work.profiles if c.header in work.formats]
    own = _first(days, "decided")
    if own is not None and work.free(own):
        _month(work, own, name, work.formats)
    elif own is not None or work.day is not None:
        work.months[name] = {"from": [own.header if own is not None else work.day]}


def _complete_referral(work: Work) -> None:
    usual = {
        "referral.step": ("first", "step: every referral is taken for a first one"),
        "referral.status": ("in_progress", "status: every referral is taken to be in progress"),
        "referral.service": ("other", "service: every one stands under other"),
    }
    for name, (code, words) in usual.items():
        if name not in work.filled:
            work.constants[name] = code
            work.notes.append(f"No column tells the {words}.")
    if "referral.consent" not in work.filled:
        asked = choice(
            "consent",
            1,
            "No column says whether people consented to the referral. Did all of them?",
            ("not known: the rows are held and not loaded", "yes, all consented"),
            0,
        )
        work.constants["referral.consent"] = ("unknown", "given")[work.ask(asked)]


def _drafted(work: Work) -> Drafted:
    header, form = work.header, work.table.form
    dropped = [
        column.header
        for column in work.profiles
        if column.header not in work.uses and not is_technical(column.header)
    ]
    headers = work.table.headers
    plain = all(headers) and len(set(headers)) == len(headers) and len(dropped) <= 30
    top: dict[str, Any] = {
        "name": header.name,
        "title": header.title,
        "partner": header.partner,
        "kind": header.kind,
        "row": work.row,
        **({} if plain else {"other_columns": "drop"}),
        "file": _file(form),
        "keys": work.keys,
        "leave_out": {
            name: list(texts) for name, texts in (work.table.leave_out | work.left_out).items()
        },
        "constants": work.constants,
        "months": work.months,
    }
    used = {c.header: work.uses[c.header] for c in work.profiles if c.header in work.uses}
    questions = sorted(work.questions, key=lambda question: (question.urgency, -question.rows))
    return Drafted(top, used, dropped if plain else [], questions, work.notes)


def _file(form: FileFormat) -> dict[str, Any]:
    made: dict[str, Any] = {"format": form.format}
    if form.format == "xlsx":
        made["sheet"] = form.sheet
    elif form.delimiter != ",":
        made["delimiter"] = form.delimiter
    if form.encoding != "utf-8":
        made["encoding"] = form.encoding
    for key, usual in (("header_row", 1), ("header_rows", 1), ("first_row", None)):
        if getattr(form, key) != usual:
            made[key] = getattr(form, key)
    return made
