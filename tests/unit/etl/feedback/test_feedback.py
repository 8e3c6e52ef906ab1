"""A partner is told of its own records, and of nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.model.periods import Month
from etl.__main__ import main
from etl.feedback.own import STEP, Feedback, feedback_of
from etl.feedback.render import feedback_lines, feedback_page
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import written_register

OTHER = "partner-other"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """60 people of three months: every third is of partner-own, who sent March a month late."""
    settings = registers.make(tmp_path_factory.mktemp("feedback"))
    registers.fill(settings, registers.register_rows(invented.people(20, 3, seed=1)))
    registers.publish_to(settings, Month(2023, 3))
    with written_register(settings) as connection:
        connection.execute("DELETE FROM load")
        for number, partner, at in (
            (1, "partner-own", datetime(2023, 2, 5)),
            (2, "partner-own", datetime(2023, 5, 1)),
            (3, OTHER, datetime(2023, 2, 5)),
        ):
            registers.note_load(connection, number, partner, loaded_at=at)
        connection.execute(
            """INSERT INTO arrival (table_name, key, load_no)
            SELECT 'person', person_id, CASE
                WHEN row_number() OVER (ORDER BY person_id) % 3 > 0 THEN 3
                WHEN incident_month = DATE '2023-03-01' THEN 2 ELSE 1 END
            FROM person JOIN incident USING (incident_id)"""
        )
        connection.execute(
            """UPDATE person SET sex = 'unknown', promise = [] WHERE person_id IN (
                SELECT key FROM arrival WHERE load_no = 2)"""
        )
    yield settings


@pytest.fixture(scope="module")
def told(store: Settings) -> Feedback:
    return feedback_of(store, "partner-own")


def owned(store: Settings, what: str) -> int:
    ((found,),) = registers.ask(
        store.register,
        f"""SELECT {what} FROM person JOIN incident USING (incident_id)
        JOIN arrival ON key = person_id AND load_no < 3""",  # noqa: S608
    )
    return int(found)


def test_its_people_are_counted_by_month(store: Settings, told: Feedback) -> None:
    assert list(told.people) == ["2023-01", "2023-02", "2023-03"]
    assert sum(told.people.values()) == owned(store, "sum(n)")
    assert told.records == owned(store, "count(*)") > 10


def test_its_share_is_that_of_the_protected_total_and_coarse(
    store: Settings, told: Feedback
) -> None:
    (path,) = store.releases.glob("*.duckdb")
    ((total,),) = registers.ask(path, "SELECT sum(size)::BIGINT FROM people")
    assert told.share is not None
    assert told.share % STEP == 0
    assert abs(told.share - 100 * sum(told.people.values()) / total) <= STEP / 2


def test_what_came_late_is_counted(store: Settings, told: Feedback) -> None:
    march = owned(store, "count(*) FILTER (incident_month = DATE '2023-03-01')")
    assert 0 < told.late == march < told.records
    assert told.days >= 0


def test_an_unknown_code_and_an_empty_list_are_blank(store: Settings, told: Feedback) -> None:
    blanks = {blank.field: blank.records for blank in told.blanks}
    assert blanks["sex"] == owned(store, "count(*) FILTER (coalesce(sex, 'unknown') = 'unknown')")
    assert blanks["sex"] >= told.late
    assert blanks["promise"] >= told.late
    assert {"person_id", "incident_id", "n"}.isdisjoint(blanks)
    assert [b.records for b in told.blanks] == sorted(blanks.values(), reverse=True)


def test_events_of_another_kind_are_no_part_of_it(
    store: Settings, told: Feedback, tmp_path: Path
) -> None:
    """Who was met after a fire in a camp is in none of the four: neither late nor blank either."""
    there, _ = registers.copied(store, [], tmp_path)
    with written_register(there) as connection:
        connection.execute(
            """UPDATE incident SET event = 'other' WHERE incident_id IN (
                SELECT incident_id FROM person JOIN arrival ON key = person_id AND load_no = 2)"""
        )
    fewer = feedback_of(there, "partner-own")
    assert fewer.people == {**told.people, "2023-03": 0}
    assert (fewer.records, fewer.late) == (told.records - told.late, 0)
    blanks, before = ({b.field: b.records for b in of.blanks} for of in (fewer, told))
    assert blanks["sex"] == before["sex"] - told.late
    assert fewer.share is not None
    assert told.share is not None
    assert fewer.share < told.share


def test_a_change_in_anothers_records_changes_nothing_but_the_coarse_share(
    store: Settings, told: Feedback
) -> None:
    with written_register(store) as connection:
        connection.execute(
            "UPDATE person SET age_band = NULL, is_child = NULL WHERE person_id IN "
            "(SELECT key FROM arrival WHERE load_no = 3)"
        )
    assert feedback_of(store, "partner-own") == told


def test_the_page_is_for_its_reader_alone_and_names_no_other(
    store: Settings, told: Feedback, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "partner-own.html"
    assert main(["feedback", "partner-own", "--html", str(path)], store) == 0
    assert "It is for partner-own alone." in capsys.readouterr().out
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o777 == 0o600
    assert OTHER not in text
    assert f"about {told.share} %" in text
    assert main(["feedback", "partner-own", "--json"], store) == 0
    assert json.loads(capsys.readouterr().out)["records"] == told.records


def test_a_small_share_and_none_at_all_are_said_in_words(told: Feedback) -> None:
    assert "less than 5 %" in feedback_lines(replace(told, share=0))[1]
    assert "too few for a share" in feedback_lines(replace(told, share=None))[1]
    assert "  none" in feedback_lines(replace(told, blanks=()))
    assert "&lt;b&gt;" in feedback_page(replace(told, partner="<b>"))


def test_who_sent_nothing_and_an_unpublished_store_are_told_so(
    store: Settings, tmp_path: Path
) -> None:
    with pytest.raises(OperatorError, match="has sent no record"):
        feedback_of(store, "nobody")
    with pytest.raises(OperatorError, match="Nothing was published yet"):
        feedback_of(registers.make(tmp_path), "partner-own")
