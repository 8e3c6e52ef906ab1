"""The one door: one value on the page, in JSON and in the file, cacheable and never half."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import compress
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import exhibits
from dashboard.components.table_twin import shown
from dashboard.exhibits.exhibit import Cell
from dashboard.exhibits.parts.ranges import IN_WORDS
from dashboard.exhibits.registry import definitions
from dashboard.model.languages import LANGUAGES
from dashboard.model.protection import is_protected
from dashboard.words.definitions import address as definitions_address
from dashboard.words.numbers import words_of_few
from tests.support.application import RELEASE, application, card_of, client_of
from tests.support.fragments import elements, parsed, said

exhibits.load()
IDS = [entry.id for entry in definitions()]
SEARCHES = ["", "period=2026-01..2026-09&sex=female", "area=BD20&class=trafficking"]


def file_rows(text: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    return rows[rows.index([]) + 1 :]


def table_cells(card: dict[str, Any]) -> list[list[str]]:
    """The cells of a card's table, row by row."""
    table = parsed(card["parts"]["table"])
    return [[said([cell]) for cell in row.children] for row in elements(table) if row.tag == "tr"]


def in_words(cell: Cell, column: dict[str, Any]) -> str:
    """What a number of few, or a share of all, is read as on the page, by its column in JSON."""
    if not isinstance(cell, int):
        return ""
    if column["unit"] == "%":
        return "nearly all" if cell == 100 and is_protected(column["base"]) else ""
    return words_of_few(cell, column["base"], "en")


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("exhibit_id", IDS)
def test_page_json_and_file_hold_the_same_table(
    app: Dash, client: FlaskClient, exhibit_id: str, search: str
) -> None:
    value = client.get(f"/exhibit/{exhibit_id}.json?{search}").json
    assert value is not None
    page = table_cells(card_of(app, exhibit_id, f"?{search}"))
    rows = [tuple(row) for row in value["table"]["rows"]]
    columns = value["table"]["columns"]
    on_page = [not column["in_files"] for column in columns]
    pairs = [zip(row, columns, strict=True) for row in rows]
    read = [[in_words(*pair) or shown(pair[0], "en") for pair in row] for row in pairs]
    assert page[1:] == [list(compress(row, on_page)) for row in read]
    file = file_rows(client.get(f"/exhibit/{exhibit_id}.csv?{search}").text)
    plain = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert [[cell.removeprefix("'") for cell in row] for row in file[1:]] == plain


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("exhibit_id", IDS)
def test_numbers_stay_numbers_in_files_and_what_few_are_read_as_stands_beside(
    client: FlaskClient, exhibit_id: str, search: str
) -> None:
    table = client.get(f"/exhibit/{exhibit_id}.json?{search}").json["table"]
    columns = table["columns"]
    codes = [column["code"] for column in columns]
    for row in table["rows"]:
        said = [words for pair in zip(row, columns, strict=True) if (words := in_words(*pair))]
        beside = row[codes.index(IN_WORDS)] if said else ""
        assert all(words in beside for words in said)
        protected = [cell for cell, each in zip(row, columns, strict=True)
                     if is_protected(each["base"])]  # fmt: skip
        assert all(cell is None or isinstance(cell, int) for cell in protected)


@pytest.mark.parametrize("exhibit_id", IDS)
def test_every_file_says_release_filters_unit_and_handling(
    client: FlaskClient, exhibit_id: str
) -> None:
    text = client.get(f"/exhibit/{exhibit_id}.csv?area=BD20").text
    rows = [row for row in csv.reader(io.StringIO(text[1:])) if row]
    about = dict(row for row in rows if row[0][:1] == "#")
    header = next((row for row in rows if row[0][:1] != "#"), [])
    assert about["# Release"].startswith(RELEASE)
    assert about["# Handling"] == "INVENTED DATA"
    assert about.get("# Unit") or "Unit" in header, header
    assert about["# Shows"]
    assert about["# Protection"]
    assert about["# Description"]
    assert f"?area=BD20&edition={RELEASE}" in about["# View"]
    assert exhibit_id in about["# View"]


def test_a_view_in_a_file_leads_back_to_the_same_numbers(client: FlaskClient) -> None:
    """The address keeps to its edition, so the figures there are those of the file."""
    text = client.get("/exhibit/overview.trend.csv?sex=female").text
    view = next(line for line in text.splitlines() if line.startswith("# View"))
    query = view.partition("?")[2].partition("#")[0]
    assert client.get(f"/exhibit/overview.trend.csv?{query}").text == text


@pytest.mark.parametrize("form", ["json", "csv", "geojson"])
def test_a_file_counts_what_was_asked_or_says_what_can_be(
    app: Dash, client: FlaskClient, form: str
) -> None:
    """Incidents have no sex; a page shows people and says so, and its files ask for people."""
    asked = "sex=female&measure=incidents"
    refused = client.get(f"/exhibit/hotspots.map.{form}?{asked}")
    assert refused.status_code == 400
    (told,) = json.loads(refused.data)["errors"]
    assert told == {
        "parameter": "measure", "value": "incidents",
        "reason": "not in this view", "allowed": ["people"], "hint": "",
    }  # fmt: skip
    assert client.get(f"/exhibit/hotspots.map.{form}?sex=female").status_code == 200
    menu = card_of(app, "hotspots.map", f"?{asked}")["parts"]["actions"]
    links = re.findall(r'href="(/exhibit/hotspots\.map\.[^"]+)"', menu)
    assert links
    assert {client.get(link.replace("&amp;", "&")).status_code for link in links} == {200}
    assert all("measure=people" in link for link in links)


def test_an_answer_is_revalidated_by_release_and_filters(client: FlaskClient) -> None:
    first = client.get("/exhibit/overview.trend.json?sex=female&area=BD20")
    # asked about each time, since the edition may have been taken back in between
    assert first.headers["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/exhibit/overview.trend.json?area=BD20&sex=female", headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/exhibit/overview.trend.json?sex=male&area=BD20", headers=tag)
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path", ["none.json", "overview.trend.xml", "overview.trend", "overview.trend.json.csv"]
)
def test_an_unknown_exhibit_or_form_is_a_404(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/exhibit/{path}")
    assert answer.status_code == 404
    problem = json.loads(answer.data)
    assert "/exhibits lists all" in problem["detail"] or "comes as json, csv" in problem["detail"]


def test_the_list_names_facts_filters_and_options(client: FlaskClient) -> None:
    value = client.get("/exhibits").json
    assert value is not None
    listed = {entry["id"]: entry for entry in value["exhibits"]}
    assert set(listed) == set(IDS)
    assert "sex" in listed["sheet.age-sex"]["facts"]["people"]
    assert "sex" not in listed["hotspots.map"]["facts"]["incidents"]
    assert listed["hotspots.map"]["options"]["measure"] == ["incidents", "people"]


def test_basemap_files_are_kept_for_a_year_only_by_their_fingerprint(client: FlaskClient) -> None:
    settings = json.loads(client.get("/_dash-layout").text)["props"]["children"][1]["props"]["data"]
    address = settings["geography"]
    types = {"adm1.geojson": "application/geo+json", "adm1.arcs.json": "application/json"}
    for name, content_type in types.items():
        kept = client.get(address.replace("{file}", name))
        assert "immutable" in kept.headers["Cache-Control"]
        assert kept.headers["Content-Type"] == content_type
    assert "immutable" not in client.get("/geography/adm1.geojson?v=0").headers["Cache-Control"]


def test_lines_of_another_version_are_not_answered(client: FlaskClient) -> None:
    """A page that knows coarser lines of a version would join others to them."""
    assert client.get("/geography/adm2.arcs.json?v=0").status_code == 404
    assert client.get("/geography/adm2.arcs.json").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["NOTICE.txt", "../reference/gazetteer.csv", "adm9.geojson", "adm9.arcs.json",
     "lakes.arcs.json"],
)  # fmt: skip
def test_only_files_of_the_basemap_can_be_had(client: FlaskClient, name: str) -> None:
    assert client.get(f"/geography/{name}").status_code == 404


def test_a_workbook_is_saved_under_the_names_of_exhibit_period_and_release(
    client: FlaskClient,
) -> None:
    response = client.get("/exhibit/overview.trend.xlsx")
    assert response.status_code == 200
    assert response.mimetype.endswith("spreadsheetml.sheet")
    assert response.data.startswith(b"PK")
    name = response.headers["Content-Disposition"]
    assert f'filename="overview-trend_2025-10-to-2026-09_release-{RELEASE}.xlsx"' in name


def test_an_answer_that_was_kept_is_asked_again_once_the_folder_changed(tmp_path: Path) -> None:
    client = client_of(application(tmp_path))
    path = "/exhibit/quality.editions.json"
    first = client.get(path)
    kept = {"If-None-Match": first.headers["ETag"]}
    assert client.get(path, headers=kept).status_code == 304
    (tmp_path / "releases" / "2026-07-x.duckdb").write_bytes(b"half of a file")
    again = client.get(path, headers=kept)
    assert again.status_code == 200
    assert "2026-07-x" in again.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_definitions_may_be_kept_for_as_long_as_they_say_the_same(
    client: FlaskClient, lang: str
) -> None:
    answer = client.get(definitions_address(lang))
    assert answer.status_code == 200
    assert answer.json["terms"]["unit"]["definition"]
    assert "immutable" in answer.headers["Cache-Control"]
    other = client.get(f"/definitions/{lang}.json?v=other")
    assert other.json == answer.json
    assert "immutable" not in other.headers["Cache-Control"]
    assert client.get("/definitions/xx.json").status_code == 404
