"""Every rule of every kind: a row that breaks one is named, nothing of it is loaded or repeated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from etl.operator_tables.kinds import KINDS, LONGEST_NOTE, LONGEST_SOURCE
from tests.support.sealing import seal_all
from tests.unit.etl.operator_tables.asking import GOOD, Rows, row
from tests.unit.etl.stores import Ask, Intake

TOMORROW = str(date.today() + timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "changes", "column", "rule"),
    [
        ("notes", {"text": "Call 01711 234567 for more"}, "text", "phone_number"),
        ("notes", {"text": "Call ০১৭১১-২৩৪৫৬৭"}, "text", "phone_number"),
        ("notes", {"text_bn": "যোগাযোগ: a.b@example.org"}, "text_bn", "email"),
        ("notes", {"text": "Case 4821937 was found"}, "text", "long_number"),
        ("notes", {"text": "Ask 02 987 65 43"}, "text", "long_number"),
        ("notes", {"text": "ID 1990 1234 5678 90123"}, "text", "national_id"),
        ("notes", {"text": "Fire in block C of the camp"}, "text", "block_code"),
        ("notes", {"text": "Raid on the house no 12"}, "text", "address"),
        ("notes", {"text": "Boats seen at 21.4512, 92.0"}, "text", "coordinates"),
        ("notes", {"text": "   "}, "text", "empty_text"),
        ("notes", {"text": "a" * (LONGEST_NOTE + 1)}, "text", "long_text"),
        ("notes", {"text": "Flood\u202e on the river"}, "text", "hidden_character"),
        ("notes", {"text": "A flood\nand a fire"}, "text", "hidden_character"),
        ("notes", {"month": "July"}, "month", "bad_month"),
        ("notes", {"until": "2026-06"}, "until", "ends_before_start"),
        ("notes", {"kind": "war"}, "kind", "unknown_code"),
        ("notes", {"area": "BD9999"}, "area", "unknown_place"),
        ("notes", {"public": "perhaps"}, "public", "bad_flag"),
        ("populations", {"area_code": "BD9999"}, "area_code", "unknown_place"),
        ("populations", {"area_code": "MY"}, "area_code", "unknown_place"),
        ("populations", {"area_code": ""}, "area_code", "unknown_place"),
        ("populations", {"population": "ten"}, "population", "bad_count"),
        ("populations", {"population": "0"}, "population", "bad_count"),
        ("populations", {"population": "-5"}, "population", "bad_count"),
        ("populations", {"population": "7.0"}, "population", "bad_count"),
        ("populations", {"population": "9" * 5000}, "population", "bad_count"),
        ("populations", {"year": "2999"}, "year", "bad_year"),
        ("populations", {"year": "26"}, "year", "bad_year"),
        ("populations", {"boundaries": "adm_v02"}, "boundaries", "unknown_code"),
        ("populations", {"boundaries": "camps_2023"}, "boundaries", "other_boundaries"),
        ("populations", {"area_code": "CXB-202"}, "boundaries", "other_boundaries"),
        ("populations", {"population_group": "rohingya"}, "population_group", "unknown_code"),
        ("capacities", {"area": "CXB-201"}, "area", "unknown_place"),
        ("capacities", {"area": "MY"}, "area", "unknown_place"),
        ("capacities", {"service": "lodging"}, "service", "unknown_code"),
        ("capacities", {"group": "girl"}, "group", "unknown_code"),
        ("capacities", {"places": "-1"}, "places", "bad_count"),
        ("capacities", {"places": "1000001"}, "places", "bad_count"),
        ("capacities", {"as_of": "01/07/2026"}, "as_of", "bad_day"),
        ("capacities", {"as_of": TOMORROW}, "as_of", "future_day"),
        ("targets", {"indicator": "declined"}, "indicator", "unknown_code"),
        ("targets", {"indicator": "people.legal_aid"}, "indicator", "no_service"),
        ("targets", {"indicator": "services.legal"}, "indicator", "unknown_code"),
        ("targets", {"indicator": "incidents"}, "group", "no_group"),
        ("targets", {"group": "girl"}, "group", "unknown_code"),
        ("targets", {"area": "BD9999"}, "area", "unknown_place"),
        ("targets", {"period": "the year"}, "period", "bad_period"),
        ("targets", {"period": "2026-12..2026-01"}, "period", "bad_period"),
        ("targets", {"indicator": "in_time", "period": "2026-02..2026-12"}, "period",
         "whole_quarters"),
        ("targets", {"indicator": "in_time", "target": "101"}, "target", "bad_share"),
        ("targets", {"target": "0"}, "target", "bad_count"),
        ("targets", {"source": " "}, "source", "empty_text"),
        ("targets", {"source": "x" * (LONGEST_SOURCE + 1)}, "source", "long_text"),
        ("targets", {"source": "Call 01711234567"}, "source", "phone_number"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_a_rule_is_named_and_not_repeated(
    intake: Intake, ask: Ask, kind: str, changes: dict[str, str], column: str, rule: str
) -> None:
    before = intake.digest()
    code, told = ask(*row(kind, **changes))
    assert (code, told["loaded"]) == (1, 0)
    found = [(f["file"], f["row"], f["column"], f["rule"]) for f in told["findings"]]
    assert found == [("--row", None, column, rule)]
    message = told["findings"][0]["message"]
    assert not any(len(cell.strip()) > 5 and cell in message for cell in changes.values())
    assert intake.digest() == before


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("notes", {"text": "Roads are blocked by the flood"}),
        ("notes", {"text": "From 2026-03 on boats leave again, 1,200,000 taka"}),
        ("populations", {"area_code": "cxb-201", "boundaries": "camps_2023"}),
        ("capacities", {"places": "০"}),
        ("targets", {"indicator": "open", "period": "2026-02..2026-03", "target": "101"}),
        ("targets", {"indicator": "in_time", "group": "all", "target": "100"}),
    ],
)
def test_a_row_at_the_edge_of_a_rule_is_taken(
    intake: Intake, ask: Ask, rows: Rows, kind: str, changes: dict[str, str]
) -> None:
    assert ask(*row(kind, **changes))[0] == 0
    assert len(rows(kind)) == 1


def test_no_note_names_a_partner_that_sends_files_a_source_may(loaded: Intake, ask: Ask) -> None:
    ((partner,),) = loaded.ask("SELECT DISTINCT partner FROM load")
    spoken = f"{str(partner).replace('-', ' ').title()} starts to send lists"
    _, told = ask(*row("notes", text=spoken))
    assert [finding["rule"] for finding in told["findings"]] == ["partner_named"]
    assert ask(*row("notes", text="A partner starts"))[0] == 0
    assert ask(*row("targets", source=spoken))[0] == 0


def test_a_row_that_breaks_a_rule_by_now_is_named_and_can_be_taken_out(
    intake: Intake, ask: Ask, rows: Rows
) -> None:
    assert ask(*row("notes"))[0] == 0
    path = intake.settings.operator / "notes.csv"
    text = path.read_text(encoding="utf-8").replace("Flood along", "Call 01711234567 along")
    path.write_text(text, encoding="utf-8")
    seal_all(intake.settings)
    _, told = ask("notes")
    (finding,), (held,) = told["findings"], told["notes"]
    assert (finding["file"], finding["row"], finding["rule"]) == ("notes.csv", 2, "phone_number")
    assert ask("notes", "--remove", held["id"])[0] == 0
    assert rows("notes") == []


@pytest.mark.parametrize("kind", GOOD)
def test_each_column_that_may_be_left_out_has_what_it_stands_for(
    intake: Intake, ask: Ask, rows: Rows, kind: str
) -> None:
    left_out = {column.name: column.absent for column in KINDS[kind].columns}
    needed = {name: GOOD[kind][name] for name, absent in left_out.items() if absent is None}
    words = [f"{name}={cell}" for name, cell in needed.items()]
    assert ask(kind, "--row", *words)[0] == 0
    (held,) = rows(kind)
    assert held == {**left_out, **needed}
