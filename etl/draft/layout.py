"""Layout: what the columns of a file are together, as a declaration, and what is left open.

A draft is a pure function of the file, of what is known and of the answers given so far: an answer
never changes a draft in place, the draft is made again with it. What may be asked stands in
``questions``, how a declaration is written in ``written``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard.model.codes import UNDER_REVIEW
from etl.declaration.source import FileFormat, RowIs, is_technical
from etl.draft import fields, keys, months, places
from etl.draft.column import LEAST, profile
from etl.draft.guesses import guesses
from etl.draft.header import require_header
from etl.draft.questions import Question
from etl.draft.table import Table
from etl.draft.vocabulary import Vocabulary
from etl.draft.work import Drafted, SourceDetails, Work
from etl.places.gazetteer import Gazetteer

#: Columns that make a list one of referrals, and the score of a guess that values show.
_LEAST_COLUMNS, _BY_VALUES = 3, 1.2
_ROWS: tuple[RowIs, ...] = ("person", "incident", "referral", "voyage")
_ROW_WORDS = ("one person", "one incident", "one referral", "boats that are counted together")


def draft(
    table: Table,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    details: SourceDetails,
    today: date,
    answers: Mapping[str, str],
) -> Drafted:
    """Draft a declaration of a file.

    Args:
        table: The file.
        vocabulary: What headers and values are known to mean.
        gazetteer: The places.
        details: What the operator says of the source.
        today: The day after which dates lie in the future.
        answers: Answers by the id of their question.

    Raises:
        OperatorError: If the file has no header.
    """
    require_header(table, vocabulary, gazetteer)
    columns = [
        profile(name, cells, tag)
        for name, cells, tag in zip(table.headers, table.columns, table.tags, strict=True)
        if name
    ]
    # Beside the answers to a question a Kobo export has a column for each of its choices.
    guesses_of = {
        c.header: []
        if c.header.rpartition("/")[0] in table.headers
        else guesses(c, vocabulary, gazetteer, today)
        for c in columns
    }
    work = Work(table, vocabulary, gazetteer, details, answers, columns, guesses_of)
    work.row = _row(work)
    months.choose(work)
    places.declare_places(work)
    keys.choose(work)
    work.count_header = fields.count_header(work)
    fields.fill(work)
    months.of_birth(work)
    _complete(work)
    fields.warn_of_counts(work)
    return _drafted(work)


def _row(work: Work) -> RowIs:
    """What one row is: as the operator says, else by what the columns may be."""
    if work.details.row is not None:
        return work.details.row
    guesses_of = work.guesses
    firsts = [options[0] for options in guesses_of.values() if options]
    names = [guess.name for guess in firsts if guess.score >= LEAST]
    referral_columns = sum(name.startswith("referral.") for name in names)
    by_values = sum(g.name.startswith("referral.") and g.score >= _BY_VALUES for g in firsts)
    person_columns = sum(name.startswith(("person.", "classification.")) for name in names)
    voyage_fields = {name for name in names if name.startswith("voyage.")}
    has_people = any(
        g.name in ("person.sex", "person.age_band", "birth") and g.score >= LEAST
        for options in guesses_of.values()
        for g in options
    )
    if (by_values if has_people else referral_columns) >= max(_LEAST_COLUMNS, person_columns):
        return "referral"
    if has_people:
        return "person"
    if len(voyage_fields) >= _LEAST_COLUMNS and work.details.kind != "real":
        return "voyage"
    usual = 0 if person_columns > _LEAST_COLUMNS else 1
    return _ROWS[work.choose(Question("row", 0, "What is one row of the file?", _ROW_WORDS, usual))]


def _complete(work: Work) -> None:
    """Add what every row needs and no column holds."""
    constants = work.constants
    if work.row == "person":
        if "person.n" not in work.filled:
            constants["person.n"] = 1
        if "person.class" not in work.filled:
            constants["person.class"] = UNDER_REVIEW.code
            work.notes.append("No column tells the class: every person stands under review.")
        if any(name.startswith("classification.") for name in work.filled):
            months.of_decision(work)
    if work.row == "referral":
        _complete_referral(work)


def _complete_referral(work: Work) -> None:
    """Add what every referral needs and no column holds; consent is asked for."""
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
        question = Question(
            "consent",
            1,
            "No column says whether people consented to the referral. Did all of them?",
            ("not known: the rows are held and not loaded", "yes, all consented"),
            0,
        )
        work.constants["referral.consent"] = ("unknown", "given")[work.choose(question)]


def _drafted(work: Work) -> Drafted:
    """The declaration as it was worked out so far."""
    details, form = work.details, work.table.form
    dropped = [
        column.header
        for column in work.profiles
        if column.header not in work.uses and not is_technical(column.header)
    ]
    headers = work.table.headers
    plain = all(headers) and len(set(headers)) == len(headers) and len(dropped) <= 30
    top: dict[str, Any] = {
        "name": details.name,
        "title": details.title,
        "partner": details.partner,
        "kind": details.kind,
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
    """Table of how the file is laid out, without what is usual."""
    table: dict[str, Any] = {"format": form.format}
    if form.format == "xlsx":
        table["sheet"] = form.sheet
    elif form.delimiter != ",":
        table["delimiter"] = form.delimiter
    if form.encoding != "utf-8":
        table["encoding"] = form.encoding
    for key, usual in (
        ("header_row", 1),
        ("header_rows", 1),
        ("first_row", None),
        ("parent", None),
    ):
        if getattr(form, key) != usual:
            table[key] = getattr(form, key)
    return table
