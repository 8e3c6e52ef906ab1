"""What operators get: what each command prints and writes, from an empty store to the next edition.

The commands stand in ``operators.txt``, one a line: what is typed follows ``<<``, and ``screen``
before one is a terminal. The files are invented, or are rows of the sample with spoiled cells.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from dashboard.model.shipped import DATA
from dashboard.model.signoff import Answer, write_answers
from etl.commands.next_step import next_step
from etl.release.signoff.rounds import open_round
from etl.release.signoff.rule import key_of
from tests.contract.approved import story
from tests.contract.approved.desk import Desk, standing
from tests.support.rounds import answers_of
from tests.unit.etl.commands.test_month import DUE, MISSING, QUIET
from tests.unit.etl.draft.layouts import SEEN, UNSEEN
from tests.unit.etl.malformed.test_refusals import CASES
from tests.unit.etl.stores import HEADER, ROWS, SOURCES, settings_of, workbook

#: What states of a store ask for.
_ASKS: tuple[dict[str, Any], ...] = (
    {}, DUE, {**DUE, **MISSING}, {"missing": 5 * MISSING["missing"], **DUE},
    {**DUE, "proposed_duplicates": 2}, {**DUE, "left_out": [1], "unclear_duplicates": 1},
    {"waiting": [{"due_periods": 1, "grain": "month"}]}, {"closed_unpublished": 4},
    {"waiting": [{"due_periods": 1, "grain": "quarter"}, {"due_periods": 0, "grain": "month"}]},
    {"previewed_as_of": "2026-06-01", "drafts": ["new"]}, {"loads": 0, "drafts": ["new"]},
    {"unfinished": "The erasure was begun."}, {"not_as_written": ["x", "y"]},
    {"open_to_others": True}, {"release_is_damaged": True}, {"beside_trouble": "a note is bad."},
    {**DUE, "drafts": ["new"], "unusable": ["x", "y"]},
)  # fmt: skip
_BEGIN, _LATER = datetime(2026, 6, 15, 9, 30), datetime(2026, 6, 17, 8)


def answers() -> Iterator[tuple[str, str]]:
    """Each command by its words, and all that it told."""
    empty, bad, first, later, answered = story("operators")
    with tempfile.TemporaryDirectory() as made, standing(_BEGIN) as time:
        desk = _desk(Path(made) / "place")
        yield from _told(desk, empty)
        yield from _told(desk, _malformed(desk.folder))
        _write_files(desk.folder)
        yield from _told(desk, bad)
        yield from _told(desk, first)
        yield from _told(desk, later)
        time.now = _LATER
        _answer_sheet(desk.folder / "asked.xlsx")
        _answer_round(desk)
        yield from _told(desk, answered)
        copy = Path(shutil.copytree(desk.settings.secrets, desk.folder.parent / "copy"))
        (copy / "protection.key").write_text("ab" * 32, encoding="ascii")
        yield from _told(replace(desk, settings=replace(desk.settings, secrets=copy)), ["status"])
    for asks in _ASKS:
        yield "what is next", next_step({**QUIET, **asks}, _LATER.date())


def _told(desk: Desk, commands: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Commands, in which ``%1`` and ``%2`` are the first pairs that ``duplicates`` lists."""
    pairs: list[str] = []
    for line in commands:
        words, _, typed = line.partition(" << ")
        screen = words.startswith("screen ")
        for number, pair in enumerate(pairs[:2], 1):
            words = words.replace(f"%{number}", pair)
        told = desk.told(words.removeprefix("screen "), *typed.split("|"), screen=screen)
        pairs = pairs or re.findall(r"^(\S+)  \d{4}-\d\d  ", told, re.MULTILINE)
        yield line, told


def _desk(place: Path) -> Desk:
    """A desk without a store, with the declarations of the tests and of the sample."""
    sources, folder = place / "sources", place / "files"
    folder.mkdir(parents=True)
    shutil.copytree(SOURCES, sources)
    text = (SOURCES / "line-list.toml").read_text(encoding="utf-8")
    other = text.replace("partner-t", "partner-u").replace('"line-list"', '"other-list"')
    (sources / "other-list.toml").write_text(f'files = "whole_list"\n{other}', encoding="utf-8")
    for name in ("sample-b-people", "sample-c-referrals"):
        shutil.copy(DATA / "sources" / f"{name}.toml", sources)
    return Desk(replace(settings_of(place), sources=sources), folder)


def _malformed(folder: Path) -> Iterator[str]:
    """Files that are none, and what looks at those of each source."""
    for kind in ("line-list", "workbook"):
        named = {name: spoil for source, name, spoil, _ in CASES if source == kind}
        for name, spoil in named.items():
            spoil(folder / name)
        yield f"check {' '.join(named)} --source {kind}"


def _write_files(folder: Path) -> None:
    """Files of partners and of an operator: those that are kept beside this, and some workbooks."""
    shutil.copytree(Path(__file__).with_name("files"), folder, dirs_exist_ok=True)
    rows = [row.split(",") for row in ROWS]
    book = openpyxl.load_workbook(workbook(folder / "sheets.xlsx", HEADER.split(","), rows))
    sheet = book["Line list"]
    sheet.row_dimensions[3].hidden = sheet.column_dimensions["D"].hidden = True
    book.create_sheet("<b>")
    book.create_sheet("More").sheet_state = "hidden"
    book.save(folder / "sheets.xlsx")
    for layout in (*SEEN, *UNSEEN):
        if layout.name in ("bangla-sheet", "counted-table"):
            layout.written(folder)


def _answer_sheet(path: Path) -> None:
    """Say of each pair that a partner is asked about, in turn, that it is one event or two."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 11).value = "no" if row % 2 else "yes"
    book.save(path)


def _answer_round(desk: Desk) -> None:
    """All partners sign the open round, and one asks for a change."""
    asked = open_round(desk.settings)
    assert asked is not None
    at = f"{_LATER:%Y-%m-%dT%H:%M:%SZ}"
    signed = [Answer(partner, "signed", at) for partner in asked.partners]
    wish = Answer(signed[-1].partner, "change", at, "The total looks too high.")
    answers = answers_of(asked, at, *signed, wish)
    path = desk.folder / "answers.json"
    path.write_bytes(write_answers(answers, key_of(desk.settings)))
