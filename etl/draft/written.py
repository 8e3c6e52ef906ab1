"""Written: a draft as the text of a declaration, made fit for the rows of its own file.

The text is read back as any declaration is, and the file is harmonised with it in memory; what that
would refuse is taken as not known, or its column is dropped, and a note says so. Nothing is stored
but the text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from dashboard.model.codes import UNDER_REVIEW
from etl.declaration import SourceError, read_source
from etl.declaration.source import AS_MISSING, Source
from etl.draft.work import Drafted
from etl.findings import SCREENS, Finding
from etl.harmonise import harmonise
from etl.harmonise.areas import Areas
from etl.read import read_sheet
from etl.visible import visible

#: Rules whose broken values a declaration can take as not known; and those that drop a column.
_UNKNOWN = ("unknown_code", "unknown_place", "ambiguous_place", "bad_age", "block_code")
_DROPS_COLUMN = ("bad_flag", "bad_number", "bad_grade", "bad_point", "negative_days")


def fit_to_file(
    drafted: Drafted, path: Path, file: Path | None, areas: Areas, today: date
) -> list[Finding]:
    """Write a draft, and change it until no value is refused that can be taken as not known.

    Args:
        drafted: The draft; changed in place.
        path: Where its text is written.
        file: The file that it was made of, or None where there are no rows.
        areas: The gazetteer, by which places are found.
        today: The day after which a date lies in the future.

    Returns:
        What harmonising still refuses of the file; nothing where the draft is no whole declaration,
        as where nothing tells rows apart: ``drafted.lacking`` says so then.
    """
    findings: list[Finding] = []
    for _ in range(3):
        path.write_text(as_toml(drafted), encoding="utf-8", newline="\n")
        try:
            source = read_source(path)
        except SourceError as fault:
            drafted.lacking += str(fault).splitlines()
            return []
        if file is None:
            return []
        findings = _refusals(file, source, areas, today)
        if not _adapt(drafted, findings):
            break
    return findings


def _refusals(file: Path, source: Source, areas: Areas, today: date) -> list[Finding]:
    """What harmonising refuses of a file that is read by a declaration."""
    sheet, findings = read_sheet(file, source)
    if sheet is not None:
        # Keys are hashed with no secret: nothing of this is kept.
        findings = [*findings, *harmonise(sheet, source, areas, b"", today).findings]
    return [finding for finding in findings if finding.severity == "error"]


def _adapt(drafted: Drafted, findings: Sequence[Finding]) -> bool:
    """Change the columns that hold what harmonising refuses; whether one was changed."""
    rules = Counter((f.column, f.rule) for f in findings if f.column is not None)
    changed = False
    for (column, rule), rows in rules.items():
        screened = rule in SCREENS and rule != "block_code"
        if screened or rule in _DROPS_COLUMN:
            what = "what may not be kept" if screened else "something else"
            drafted.notes.append(f"{column} is dropped: {rows} rows hold {what}.")
            changed = _drop(drafted, column) or changed
        elif rule in _UNKNOWN:
            for use in drafted.columns.get(column, []):
                if use["use"] != "key" and "others" not in use and use.get("how") != "month":
                    of_class = use.get("field") == "person.class"
                    use["others"] = UNDER_REVIEW.code if of_class else AS_MISSING
                    changed = True
    return changed


def _drop(drafted: Drafted, header: str) -> bool:
    """Drop a column and what refers to it, unless it is of a key; whether it was dropped."""
    uses = drafted.columns.get(header)
    if not uses or any(use["use"] == "key" for use in uses):
        return False
    del drafted.columns[header]
    for others in drafted.columns.values():
        for use in others:
            for key in ("within", "with"):
                if use.get(key) == header:
                    del use[key]
    if "other_columns" not in drafted.top:
        drafted.dropped.append(header)
    return True


_ABOUT = "Drafted by `draft`; nothing was loaded. What is open stands at the end."


def as_toml(drafted: Drafted, about: str = _ABOUT) -> str:
    """The text of the declaration, which begins with what it is about."""
    lines = [f"# {about}"]
    nested: list[tuple[str, Mapping[str, Any]]] = []
    for key, value in drafted.top.items():
        if isinstance(value, dict):
            nested.append((key, cast("Mapping[str, Any]", value)))
        else:
            lines.append(f"{key} = {_value(value)}")
    for name, table in nested:
        if table:
            lines += ["", f"[{name}]", *(f"{_key(k)} = {_value(v)}" for k, v in table.items())]
    for header, uses in drafted.columns.items():
        for use in uses:
            path = f"columns.{_key(header)}"
            lines += ["", f"[[{path}]]" if len(uses) > 1 else f"[{path}]", *_use_lines(use)]
    if drafted.dropped:
        lines += ["", "[columns]"]
        lines += [f'{_key(header)} = {{ use = "drop" }}' for header in drafted.dropped]
    lines += ["", *(f"# {visible(note)}" for note in drafted.notes)] if drafted.notes else []
    lines += [f"# Open: {visible(question.text)}" for question in drafted.questions]
    return "\n".join(lines) + "\n"


def _use_lines(use: Mapping[str, Any]) -> list[str]:
    """The lines of one use of a column."""
    return [f"{_key(key)} = {_value(value)}" for key, value in use.items()]


def _key(text: str) -> str:
    """A key as TOML writes it: bare where it may be, else in quotes."""
    plain = text.isascii() and text.replace("_", "a").replace("-", "a").isalnum()
    return text if plain else _text(text)


def _text(text: str) -> str:
    """A text in quotes, as TOML writes it."""
    # JSON leaves one control character as it is, which TOML does not allow.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        table = cast("dict[str, object]", value)
        return "{ " + ", ".join(f"{_text(k)} = {_value(v)}" for k, v in table.items()) + " }"
    if isinstance(value, list | tuple):
        listed = cast("Sequence[object]", value)
        return "[" + ", ".join(_value(entry) for entry in listed) + "]"
    return _text(str(value))
