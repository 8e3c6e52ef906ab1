"""Data Packages: a plain table, and beside it what the other files say around theirs."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from dashboard.exports.data_package import as_data_package
from dashboard.release.open_release import Release
from tests.support.sources import source
from tests.unit.dashboard.exports.planted import PLANTED, exhibit


def opened(content: bytes) -> tuple[dict[str, Any], str, list[list[str]]]:
    """What describes it, the name of its one table, and the rows of that, the header first."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        described, name = archive.namelist()
        assert described == "datapackage.json"
        rows = csv.reader(io.StringIO(archive.read(name).decode("utf-8"), newline=""))
        return json.loads(archive.read(described)), name, [*rows]


def fields(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}


@pytest.mark.parametrize("lang", ["en", "bn-beng"])
def test_nothing_stands_around_the_table_and_all_that_must_be_known_travels(
    protected: Release, lang: str
) -> None:
    of = source("hotspots.ranking", protected, f"level=district&lang={lang}")
    described, name, (header, *rows) = opened(as_data_package(of))
    table, stamp = of.exhibit.table, of.exhibit.release
    assert name == described["resources"][0]["path"] == "hotspots.ranking.csv"
    assert header == [column.code for column in table.columns]
    assert rows == [["" if cell is None else str(cell) for cell in row] for row in table.rows]
    assert [field["title"] for field in fields(described).values()] == [
        column.label for column in table.columns
    ]
    assert (described["handling"], described["version"]) == (stamp.label, stamp.release_id)
    assert described["title"] == of.exhibit.title
    texts = described["about"]
    assert {*texts["note"], *texts["protection"]} == set(of.exhibit.notes)
    assert texts["handling"] == [stamp.label]
    assert described["sources"] == [{"title": texts["source"][0]}]


def test_types_units_months_and_bases_are_told_of_each_column(protected: Release) -> None:
    described, _, (_, first, *_) = opened(as_data_package(source("overview.trend", protected)))
    field_of = fields(described)
    assert (field_of["month"]["type"], first[0][:2]) == ("yearmonth", "20")
    assert (field_of["all"]["type"], field_of["all"]["unit"]) == ("integer", "incidents")
    assert "protectionBase" not in field_of["all"]  # the totals of all periods are exact
    described, _, _ = opened(as_data_package(source("hotspots.ranking", protected)))
    field_of = fields(described)
    assert field_of["code"]["hxl"].startswith("#adm")
    assert field_of["incidents"]["protectionBase"] == protected.base("incidents") > 1
    assert described["period"] == {"start": "2025-10", "end": "2026-09"}


@pytest.mark.parametrize("text", PLANTED)
def test_no_text_becomes_a_formula(protected: Release, text: str) -> None:
    of = replace(source("overview.trend", protected), exhibit=exhibit((text, 5)))
    _, _, (_, (cell, _)) = opened(as_data_package(of))
    assert cell in (text, f"'{text}")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_where_there_is_no_table_it_says_why(unprotected: Release) -> None:
    of = source("overview.trend", unprotected)
    bare = replace(of.exhibit, table=replace(of.exhibit.table, columns=(), rows=()))
    described, _, rows = opened(as_data_package(replace(of, exhibit=bare)))
    assert rows == [["reason"], [bare.title]]
    assert fields(described)["reason"]["type"] == "string"


def test_the_same_exhibit_gives_the_same_bytes(protected: Release) -> None:
    first, second = (as_data_package(source("hotspots.ranking", protected)) for _ in range(2))
    assert first == second
