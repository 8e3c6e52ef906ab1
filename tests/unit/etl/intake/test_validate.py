"""The rules over whole records, each broken by one planted row of an otherwise good line list."""

from __future__ import annotations

import duckdb
import pytest

from etl.intake.validate import REQUIRED
from etl.register.records import create_unreplaced
from etl.register.split import create_staged
from etl.rules import RULES
from tests.unit.etl.events.register import in_memory
from tests.unit.etl.stores import REFERRAL_HEADER, ROWS, Intake, listed, said

GOOD = "9,1,25/03/2025,no,Female,30,{cls},{act},{means},{form},BD2022,,BD2022,{to},land,Rina"


def row(
    cls: str = "undetermined", act: str = "", means: str = "", form: str = "", to: str = "BD2022"
) -> str:
    return GOOD.format(cls=cls, act=act, means=means, form=form, to=to)


@pytest.mark.parametrize(
    ("planted", "expected"),
    [
        (row(), []),
        (row("trafficking_confirmed", "recruitment", "threats", "servitude"), []),
        (row("trafficking_confirmed", "", "threats", "servitude"), [("no_act", 4, "Act")]),
        (row("trafficking_confirmed", "unknown", "threats", "servitude"), [("no_act", 4, "Act")]),
        (
            row("trafficking_confirmed", "recruitment", "threats"),
            [("no_purpose", 4, "Exploitation")],
        ),
        (row("trafficking_confirmed", "recruitment", "", "servitude"), [("no_means", 4, "Means")]),
        (row("trafficking_confirmed", "recruitment", "", "servitude").replace(",30,", ",17,"), []),
        (row("trafficking_suspected"), []),
        (row("smuggling"), [("internal_smuggling", 4, "Class")]),
        (row("smuggling", to="MY"), []),
        (row("smuggling", to=""), []),
        (row("smuggling", form="servitude", to="MY"), [("exploited_smuggling", 4, "Class")]),
        (row("smuggling_then_trafficking", form="servitude", to="MY"), []),
        (row("slavery"), [("unknown_code", 4, "Class")]),
        (row("").replace("25/03", "31/02"), [("bad_month", 4, "Date of incident")]),
        (row().replace("9,1,25/03/2025", "9,,25/03/2025"), [("missing_key", 4, "Person no")]),
        (
            row().replace("9,1,25", "1,1,25"),
            [("duplicate_person", 4, None), ("duplicate_classification", 4, None)],
        ),
        (row().replace("9,1,25/03", "1,3,25/04"), [("conflicting_values", 4, "Date of incident")]),
        (row().replace(",no,Female", ",perhaps,Female"), [("bad_flag", 4, "Ransom")]),
        (
            row().replace("BD2022,,BD2022", "Camp 1 Block B,,BD2022"),
            [("block_code", 4, "District")],
        ),
        (row().replace(",Female,", ",01712-345678,"), [("phone_number", 4, "Sex")]),
    ],
)
def test_a_planted_fault_is_found_with_its_row_and_column(
    intake: Intake, planted: str, expected: list[tuple[str, int, str]]
) -> None:
    report = intake.check("line-list", intake.line_list(*ROWS[:2], planted))
    found = said(report.findings)
    assert [entry for entry in found if entry[0] != "required_field"] == sorted(
        expected, key=lambda e: (e[2] or "", e[0])
    )


def test_all_findings_come_at_once_and_none_holds_a_value(intake: Intake) -> None:
    path = intake.line_list(
        ROWS[0].replace("Female", "someone@example.org"),
        ROWS[1].replace("Teknaf", "Atlantis"),
        ROWS[2].replace("31/03/2025", "31/03/2125"),
    )
    report = intake.check("line-list", path)
    assert said(report.findings) == [
        ("email", 2, "Sex"),
        ("unknown_place", 3, "Upazila"),
        ("future_month", 4, "Date of incident"),
    ]
    told = " ".join(f.message + f.where for f in report.findings)
    assert not any(value in told for value in ("example", "Atlantis", "2125"))


def test_a_missing_required_value_is_found(intake: Intake) -> None:
    path = intake.line_list(ROWS[0], ROWS[2].replace("undetermined", ""))
    assert ("required_field", 3, "Class") in said(intake.check("line-list", path).findings)


def test_ransom_on_smuggling_is_reviewed_and_never_decides(intake: Intake) -> None:
    rows = [text.replace(",no,", ",yes,") for text in ROWS[:2]]
    report = intake.load("line-list", intake.line_list(*rows))
    assert ("ransom_on_smuggling", 3) in listed(report.findings)
    assert intake.ask("SELECT count(*) FROM person WHERE class = 'smuggling'") == [(1,)]


@pytest.mark.parametrize(
    ("planted", "rules"),
    [
        ("health;first;done;15;given", []),
        ("health;first;done;;given", ["done_without_days", "ended_without_month"]),
        ("health;first;rejected;;given", ["ended_without_month"]),
        ("health;fourth;done;3;given", ["unknown_code"]),
        ("health;first;done;-3;given", ["bad_number"]),
        (";first;done;3;given", ["required_field"]),
    ],
)
def test_rules_of_referrals(loaded: Intake, planted: str, rules: list[str]) -> None:
    path = loaded.write("referrals.csv", REFERRAL_HEADER, f"1;1;1;2025-03-20;{planted}")
    assert [f.rule for f in loaded.check("referrals", path).findings] == rules


@pytest.mark.parametrize("rule", (*RULES, *REQUIRED), ids=lambda rule: rule.id)
def test_every_rule_runs_and_finds_nothing_in_an_empty_set(rule: object) -> None:
    with in_memory() as connection:
        create_staged(connection)
        create_unreplaced(connection)
        connection.execute("CREATE TABLE staged.place_country (code VARCHAR, country VARCHAR)")
        assert connection.execute(rule.sql).fetchall() == []  # type: ignore[attr-defined]


#: Records that break one rule each: staged rows as SQL, and how often the rule is broken.
PLANTED = {
    "no_people": "INSERT INTO staged.person (person_id, n) VALUES ('p', 0)",
    "report_before_incident": "INSERT INTO staged.incident (report_month, incident_month, "
    "date_precision) VALUES ('2025-01-01', '2025-02-01', 'month')",
    "child_contradicts_age": "INSERT INTO staged.person (age_band, is_child) "
    "VALUES ('under_15', 'no')",
    "elements_not_recorded": "INSERT INTO staged.person (class, file_no) "
    "VALUES ('trafficking_confirmed', 0)",
    "unexploited_after_smuggling": "INSERT INTO staged.person (class) "
    "VALUES ('smuggling_then_trafficking')",
    "deadly_smuggling": "INSERT INTO staged.incident (incident_id, dead_or_missing) "
    "VALUES ('i', 3); INSERT INTO staged.person (incident_id, class) VALUES ('i', 'smuggling')",
    "exploited_without_form": "INSERT INTO staged.person (exploitation_stage) VALUES ('exploited')",
    "fewer_than_dead": "INSERT INTO staged.incident (persons_count, dead_or_missing) VALUES (2, 3)",
    "internal_leg_abroad": "INSERT INTO staged.movement (from_place, to_place, scope) "
    "VALUES ('A', 'B', 'internal')",
    "border_not_crossed": "INSERT INTO staged.movement (from_place, to_place, scope) "
    "VALUES ('A', 'A', 'cross_border')",
    "ended_without_month": "INSERT INTO staged.referral (status) VALUES ('revoked')",
    "ended_but_open": "INSERT INTO staged.referral (status, ended_month) "
    "VALUES ('accepted', '2025-01-01')",
    "ended_before_request": "INSERT INTO staged.referral (requested_month, ended_month) "
    "VALUES ('2025-02-01', '2025-01-01')",
    "done_with_reason": "INSERT INTO staged.referral (status, no_service_reason) "
    "VALUES ('done', 'lost_contact')",
}


@pytest.mark.parametrize("rule_id", PLANTED)
def test_each_further_rule_finds_its_record(rule_id: str) -> None:
    rule = next(rule for rule in RULES if rule.id == rule_id)
    with duckdb.connect(":memory:") as connection:
        create_staged(connection)
        connection.execute(
            "CREATE TABLE staged.place_country AS "
            "SELECT * FROM (VALUES ('A', 'BD'), ('B', 'MY')) t(code, country)"
        )
        for statement in PLANTED[rule_id].split(";"):
            connection.execute(statement)
        assert len(connection.execute(rule.sql).fetchall()) == 1


def test_rules_have_their_own_ids() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))
