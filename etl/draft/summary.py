"""Summary: a draft in words, for the terminal. No value of the file is among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard.model.codes import PLACE_ROLE
from etl.declaration.source import AS_MISSING
from etl.draft.questions import MOST
from etl.draft.vocabulary import FIELDS
from etl.draft.work import Drafted
from etl.findings import Finding

_HOWS = {"age_band": "age", "birth_date": "age, told from the birth date", "part": "with another"}


def summary_lines(drafted: Drafted, refused: list[Finding]) -> list[str]:
    """What was understood of each column, what was decided, and what the file itself must mend."""
    lines = [f"One row is one {drafted.top['row']}."]
    lines += [
        f"  {header}: {', '.join(map(_in_words, uses))}" for header, uses in drafted.columns.items()
    ]
    if drafted.dropped:
        lines.append(f"  dropped: {', '.join(drafted.dropped)}")
    elif "other_columns" in drafted.top:
        lines.append("  every other column is dropped")
    for header, texts in drafted.top["leave_out"].items():
        words = ", ".join(text or "nothing" for text in texts)
        lines.append(f"  no data: rows in which {header} says {words}")
    lines += [f"Note: {note}" for note in drafted.notes]
    lines += [f"Lacking, so it cannot be used yet: {fault}" for fault in drafted.lacking]
    if refused:
        rules = dict.fromkeys(f"{f.column or 'a row'}: {f.message}" for f in refused)
        lines.append(f"The file itself holds {len(refused)} cells that are refused:")
        lines += [f"  {rule}" for rule in rules]
    return lines


def _in_words(use: Mapping[str, Any]) -> str:
    """One use of a column in words."""
    if use["use"] == "key":
        return "key"
    how = use.get("how")
    if how in _HOWS:
        return _HOWS[how]
    name = str(use["field"])
    words = FIELDS[name].label.lower()
    if "role" in use:
        words = f"{words} ({PLACE_ROLE.label_of(use['role']).lower()})"
    if "leg" in use:
        words = f"{words}, leg {use['leg']}"
    others = use.get("others")
    if others is None:
        return words
    codes = FIELDS[name].codes
    label = "not known" if others == AS_MISSING or not codes else codes.label_of(others).lower()
    return f"{words}; other values: {label}"


def uses(drafted: Drafted) -> dict[str, list[dict[str, Any]]]:
    """What each column is used for, without a value of the file."""
    left_out = ("values", "missing", "around")
    return {
        header: [{k: v for k, v in use.items() if k not in left_out} for use in column_uses]
        for header, column_uses in drafted.columns.items()
    }


def screen_lines(drafted: Drafted) -> list[str]:
    """Values of which nothing is known, for the operator's own screen and nothing else."""
    return [
        f"  {question.text.partition(':')[0]}: {', '.join(question.values)}"
        for question in drafted.questions
        if question.values
    ]


def open_lines(drafted: Drafted) -> list[str]:
    """The questions that are open, without values."""
    questions = drafted.questions
    lines = [f"Open: {question.text}" for question in questions[:MOST]]
    more = len(questions) - MOST
    return [*lines, *([f"Open: {more} more, of fewer rows."] if more > 0 else [])]
