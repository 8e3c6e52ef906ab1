"""``signals``: the flags of the current edition as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.settings import Settings
from tests.support.releases import build_release, point_to
from tests.support.usual import UKHIA, units


def store(folder: Path, *, rises: bool) -> Settings:
    settings = Settings(folder / "store", folder / "secrets")
    settings.releases.mkdir(parents=True)
    build_release(
        settings.releases / "2026-09-a.duckdb",
        months=36,
        units={
            "incidents": [
                *units("BD3026", 60),
                *units(UKHIA, 10, until=33),
                *units(UKHIA, 40 if rises else 10, since=33),
            ]
        },
    )
    point_to(settings.releases, "2026-09-a")
    return settings


def test_flags_are_printed_with_what_was_seen_and_usual(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = store(tmp_path, rises=True)
    assert main(["signals"], settings) == 0
    lines = capsys.readouterr().out.splitlines()
    (flag,) = [line for line in lines if line.startswith("- Ukhia")]
    assert "more than usual, 120 / 30" in flag
    assert main(["signals", "--json", "--lang", "bn"], settings) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["flags"][0]["code"] == UKHIA
    assert data["flags"][0]["now"] > data["flags"][0]["expected"]


def test_nothing_to_flag_says_what_would_be_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["signals"], store(tmp_path, rises=False)) == 0
    told = capsys.readouterr().out
    assert told.startswith("Nothing to flag")
    assert "In Ukhia: usual 30, noticed from" in told


def test_without_an_edition_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals"], Settings(tmp_path / "store", tmp_path / "secrets")) == 1
    assert capsys.readouterr().err
