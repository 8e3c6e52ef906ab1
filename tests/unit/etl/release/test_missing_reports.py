"""A month closes without an awaited partner only when somebody says so."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.register.access import locked
from etl.release.missing_reports import Missing, missing_reports, require_reports
from etl.settings import OperatorError
from tests.unit.etl.release.registers import as_of
from tests.unit.etl.stores import ROWS, SOURCES, Ask, Intake

MARCH, APRIL, MAY = (Month(2025, month) for month in (3, 4, 5))


@pytest.fixture
def awaiting(intake: Intake, tmp_path: Path) -> Intake:
    """A store that awaits the line list each month, and that of another partner at no time."""
    folder = tmp_path / "sources"
    shutil.copytree(SOURCES, folder)
    path = folder / "line-list.toml"
    text = path.read_text(encoding="utf-8")
    other = text.replace('"line-list"', '"other-list"').replace('"partner-t"', '"partner-o"')
    (folder / "other-list.toml").write_text(other)
    path.write_text(text.replace('row = "person"', 'row = "person"\nexpects = "monthly"'))
    return replace(intake, settings=replace(intake.settings, sources=folder))


def load(store: Intake, month: Month, source: str = "line-list") -> None:
    rows = [row.replace("/03/2025", f"/{month.month:02}/2025").replace("31/04", "30/04")
            for row in ROWS]  # fmt: skip
    keyed = [row.replace(row[0], f"{month.month}{row[0]}", 1) for row in rows]
    store.load(source, store.line_list(*keyed, name=f"{month}.csv"))


def missing(store: Intake, last: Month) -> list[tuple[str, ...]]:
    with locked(store.settings):
        return [entry.months for entry in missing_reports(store.settings, last)]


def publish(store: Intake, last: Month, *words: str) -> int:
    day = as_of(last).isoformat()
    return main(["publish", "--as-of", day, "--base", "1", *words], store.settings)


def test_who_is_missing_is_named_by_month(awaiting: Intake) -> None:
    load(awaiting, MARCH)
    assert missing(awaiting, MARCH) == []
    assert missing(awaiting, APRIL) == [("2025-04",)]
    assert publish(awaiting, MARCH) == 0
    assert missing(awaiting, MAY) == [("2025-04", "2025-05")]
    load(awaiting, MAY)
    assert missing(awaiting, MAY) == [("2025-04",)]


def test_publishing_needs_the_name_of_who_is_missing(
    awaiting: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    load(awaiting, MARCH)
    assert publish(awaiting, APRIL) == 1
    told = capsys.readouterr().err
    assert "partner-t (line-list) has sent nothing for 2025-04." in told
    assert "go on with --without partner-t." in told
    assert publish(awaiting, APRIL, "--without", "partner-x") == 1
    assert "partner-x is not missing" in capsys.readouterr().err
    assert publish(awaiting, APRIL, "--without", "partner-t") == 0


def test_closing_needs_the_name_as_well(
    awaiting: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else a month that was closed by itself would be published without anybody naming it."""
    load(awaiting, MARCH)
    load(awaiting, APRIL, "other-list")
    words = ["close", "--month", "2025-04", "--as-of", as_of(MAY).isoformat()]
    before = awaiting.digest()
    assert main(words, awaiting.settings) == 1
    told = capsys.readouterr().err
    assert "partner-t (line-list) has sent nothing for 2025-04." in told
    assert "go on with --without partner-t." in told
    assert main([*words, "--without", "partner-x"], awaiting.settings) == 1
    assert "partner-x is not missing" in capsys.readouterr().err
    assert awaiting.digest() == before
    assert main([*words, "--without", "line-list"], awaiting.settings) == 0
    assert missing(awaiting, APRIL) == []


def test_closing_asks_for_the_months_that_it_closes_alone(awaiting: Intake) -> None:
    load(awaiting, MARCH)
    words = ["close", "--month", "2025-03", "--as-of", as_of(MAY).isoformat()]
    assert main(words, awaiting.settings) == 0
    assert missing(awaiting, MAY) == [("2025-04", "2025-05")]


def test_preview_and_status_name_who_is_missing(
    awaiting: Intake, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    load(awaiting, MARCH)
    assert publish(awaiting, APRIL, "--preview") == 0
    assert "Missing: partner-t (line-list) has sent nothing for 2025-04." in capsys.readouterr().out
    code, document = ask("status", of=awaiting.settings)
    assert (code, document["missing"][0]["partner"]) == (0, "partner-t")


def test_what_no_declaration_awaits_is_not_missing(intake: Intake) -> None:
    load(intake, MARCH)
    assert missing(intake, APRIL) == []


def test_a_source_or_its_partner_may_be_named() -> None:
    entry = Missing("list", "partner-t", ("2025-04",))
    for name in ("list", "partner-t"):
        require_reports([entry], [name])
    with pytest.raises(OperatorError, match="list is not missing"):
        require_reports([], ["list"])


def test_an_unfinished_declaration_blocks_no_month_until_its_source_sent_something(
    awaiting: Intake,
) -> None:
    sources = awaiting.settings.sources
    load(awaiting, MARCH)
    (sources / "new-partner.toml").write_text('name = "new-partner"\nrow = "person"\n')
    assert publish(awaiting, MARCH) == 0
    path = sources / "line-list.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Case no"', '"Case number"', 1))
    with pytest.raises(OperatorError, match="line-list.toml: keys.incident"):
        missing(awaiting, APRIL)
