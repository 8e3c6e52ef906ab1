"""How much of a layout a draft understands: what each column is used for, against what is right."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.declaration.source import Source, is_technical
from etl.draft.layout import draft
from etl.draft.table import open_table
from etl.draft.vocabulary import load_vocabulary
from etl.draft.work import Drafted, SourceDetails
from etl.draft.written import fit_to_file
from etl.findings import Finding
from etl.harmonise.areas import Areas
from etl.settings import Settings

Uses = frozenset[str]
_DAYS_AND_PLACES = ("month", "place", "birth")


@dataclass(frozen=True)
class Measured:
    """A draft beside what is right.

    Attributes:
        right: Columns with data whose use is right.
        columns: Columns with data.
        places_right, places: The same of those that are places or dates.
        questions: How many are asked.
        refused: What the gate still refuses.
        wrong: Header to what was drafted and what is right.
    """

    right: int
    columns: int
    places_right: int
    places: int
    questions: int
    refused: list[Finding]
    wrong: dict[str, tuple[Uses, Uses]]
    drafted: Drafted


def uses_of(source: Source) -> dict[str, Uses]:
    """What each declared column is used for."""
    made: dict[str, set[str]] = {}
    for column in source.columns:
        told = column.use if column.target is None else column.target.name
        if column.how == "part":
            told = "part"
        made.setdefault(column.header, set()).add(told)
    return {header: frozenset(told) for header, told in made.items()}


def drafted_uses(drafted: Drafted) -> dict[str, Uses]:
    """What a draft uses each column for."""
    made: dict[str, set[str]] = {}
    for header, uses in drafted.columns.items():
        for use in uses:
            told = str(use.get("field", use["use"]))
            if use.get("how") in ("age_band", "birth_date"):
                told = "person.age_band"
            elif use.get("how") == "part":
                told = "part"
            part = use.get("role", use.get("leg"))
            made.setdefault(header, set()).add(told if part is None else f"{told}[{part}]")
    return {header: frozenset(told) for header, told in made.items()}


def measure(
    file: Path,
    right: Mapping[str, Uses],
    settings: Settings,
    areas: Areas,
    folder: Path,
    *,
    details: SourceDetails,
    but: tuple[str, ...] = (),
    answers: Mapping[str, str] | None = None,
    today: date = date(2026, 11, 30),
    sheet: str | None = None,
    form: Path | None = None,
) -> Measured:
    table = open_table(file, sheet)
    with TemporaryDirectory() as known:
        for declared in settings.sources.glob("*.toml"):
            if declared.stem not in but:
                shutil.copy(declared, known)
        vocabulary = load_vocabulary(replace(settings, sources=Path(known)), form)
    drafted = draft(table, vocabulary, areas.gazetteer, details, today, answers or {})
    asked = len(drafted.questions)
    refused = fit_to_file(drafted, folder / f"{details.name}.toml", file, areas, today)
    found = drafted_uses(drafted)
    wrong: dict[str, tuple[Uses, Uses]] = {}
    counted = places = 0
    places_wrong = 0
    for name, cells in zip(table.headers, table.columns, strict=True):
        if not name or is_technical(name) or not any(cell != "" for cell in cells):
            continue
        counted += 1
        told, expected = found.get(name, frozenset({"drop"})), right.get(name, frozenset({"drop"}))
        is_place = any(word in use for use in expected for word in _DAYS_AND_PLACES) or any(
            use.endswith(("sea_area", "bound_for", "departure", "citizenship")) for use in expected
        )
        places += is_place
        if told != expected:
            wrong[name] = (told, expected)
            places_wrong += is_place
    return Measured(
        counted - len(wrong), counted, places - places_wrong, places, asked, refused, wrong, drafted
    )
