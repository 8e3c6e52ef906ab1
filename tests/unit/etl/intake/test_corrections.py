"""Stories of records that their source sends again: corrected, unchanged, or not its own."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.register.replay import rebuild
from tests.support.examples import examples
from tests.unit.etl.stores import HEADER, REFERRAL_HEADER, ROWS, Intake, listed, said, workbook

DECISIONS = "Case no,Person no,Number,Class,Date"


def corrected(intake: Intake, *rows: str, name: str = "later.csv") -> list[tuple[int, int, int]]:
    report = intake.load("line-list", intake.line_list(*rows, name=name))
    assert said(report.findings) == []
    return [(entry.new, entry.corrected, entry.unchanged) for entry in report.files]


def test_a_corrected_row_replaces_its_record_as_a_whole(loaded: Intake) -> None:
    later = ROWS[1].replace("Male,৩০", "Female,40").replace("Cox's Bazar,Malaysia,sea", ",,land")
    new = "3,1,31/03/2025,no,Male,8,undetermined,,,,BD3026,,,,,Babul"

    assert corrected(loaded, ROWS[0], later, ROWS[2], new) == [(1, 1, 2)]

    assert loaded.ask("SELECT sex, age_band FROM person ORDER BY ALL") == [
        ("female", "15_18"),
        ("female", "25_49"),
        ("male", "under_15"),
        ("unknown", "unknown"),
    ]
    assert loaded.ask("SELECT from_place, to_place, mode FROM movement ORDER BY ALL") == [
        ("BD2022", "MY", "sea"),
        (None, None, "land"),
    ]


def test_arrival_is_that_of_the_correction_and_of_no_unchanged_row(loaded: Intake) -> None:
    corrected(loaded, ROWS[2], ROWS[0], ROWS[1].replace("Male,", "Female,"))
    assert loaded.ask(
        "SELECT table_name, load_no, row_no FROM arrival WHERE table_name <> 'classification' "
        "ORDER BY ALL"
    ) == [
        ("incident", 1, 2),
        ("incident", 1, 4),
        ("person", 1, 2),
        ("person", 1, 4),
        ("person", 2, 4),
    ]


def test_an_incident_is_corrected_with_all_its_places(loaded: Intake) -> None:
    rows = [row.replace(",no,", ",yes,").replace("Cox's Bazar,Ukhia", ",") for row in ROWS[:2]]
    assert corrected(loaded, *(row.replace("Teknaf", "") for row in rows)) == [(0, 2, 0)]
    assert loaded.ask("SELECT ransom FROM incident ORDER BY ALL") == [(True,), (None,)]
    assert loaded.ask("SELECT place FROM incident_place ORDER BY ALL") == [("BD2022",), ("BD3026",)]


def test_a_file_that_says_only_what_is_held_changes_nothing(loaded: Intake) -> None:
    before = loaded.digest()
    report = loaded.load("line-list", loaded.line_list(ROWS[2], name="part.csv"))
    assert [(entry.outcome, entry.unchanged) for entry in report.files] == [("known", 1)]
    assert loaded.digest() == before


def test_the_first_content_again_stays_known_after_its_correction(loaded: Intake) -> None:
    corrected(loaded, ROWS[0], ROWS[1].replace("Male,", "Female,"), ROWS[2])
    before = loaded.digest()
    again = loaded.line_list(*reversed(ROWS), name="again.csv")
    assert [entry.outcome for entry in loaded.load("line-list", again).files] == ["known"]
    assert loaded.digest() == before


def test_a_dry_run_tells_new_corrected_and_unchanged_rows(loaded: Intake) -> None:
    path = loaded.line_list(ROWS[0], ROWS[1].replace("Male,", "Female,"), name="later.csv")
    (entry,) = loaded.check("line-list", path).files
    assert (entry.outcome, entry.new, entry.corrected, entry.unchanged) == ("loads", 0, 1, 1)


def test_a_correction_that_moves_the_month_is_listed(loaded: Intake) -> None:
    path = loaded.line_list(ROWS[2].replace("31/03/2025", "30/04/2025"), name="later.csv")
    report = loaded.load("line-list", path)
    assert listed(report.findings) == [("moved_month", 2)]
    assert loaded.ask("SELECT max(incident_month) FROM incident") == [(date(2025, 4, 1),)]


def test_an_incident_told_again_without_some_of_its_people_is_listed(loaded: Intake) -> None:
    path = loaded.line_list(ROWS[0].replace(",no,", ",yes,"), name="later.csv")
    report = loaded.load("line-list", path)
    assert listed(report.findings) == [("people_not_repeated", 2)]
    assert loaded.ask("SELECT count(*) FROM person") == [(3,)]


def test_a_person_of_an_unchanged_incident_is_added_without_a_word(intake: Intake) -> None:
    intake.load("line-list", intake.line_list(ROWS[2]))
    added = ROWS[2].replace("2,1,", "2,2,")
    report = intake.load("line-list", intake.line_list(added, name="later.csv"))
    assert report.findings == []
    assert intake.ask("SELECT count(*) FROM person JOIN incident USING (incident_id)") == [(2,)]


def test_a_referral_and_a_decision_are_corrected(loaded: Intake) -> None:
    for number, status in enumerate(("in_progress", "done")):
        row = f"1;1;1;2025-03-20;health;first;{status};15;given"
        path = loaded.write(f"referrals{number}.csv", REFERRAL_HEADER, row)
        assert said(loaded.load("referrals", path).findings) == []
        decision = f"2,1,2,{('smuggling', 'undetermined')[number]},2025-06-01"
        path = loaded.write(f"decisions{number}.csv", DECISIONS, decision)
        assert said(loaded.load("decisions", path).findings) == []
    assert loaded.ask("SELECT status FROM referral") == [("done",)]
    assert loaded.ask("SELECT class FROM classification WHERE seq = 2") == [("undetermined",)]
    assert loaded.ask("SELECT count(*) FROM person WHERE class = 'undetermined'") == [(1,)]


def test_a_correction_of_a_person_keeps_the_class_of_a_later_decision(loaded: Intake) -> None:
    path = loaded.write("decisions.csv", DECISIONS, "2,1,2,smuggling,2025-06-01")
    loaded.load("decisions", path)
    again = loaded.load("line-list", loaded.line_list(ROWS[2], name="same.csv"))
    assert [entry.outcome for entry in again.files] == ["known"]
    corrected(loaded, ROWS[2].replace("NA,", "Male,"))
    assert loaded.ask("SELECT sex, class FROM person WHERE incident_id = "
                      "(SELECT incident_id FROM person WHERE sex = 'male' AND age_band = 'unknown')"
                      ) == [("male", "smuggling")]  # fmt: skip


def test_a_correction_obeys_the_rules_together_with_later_decisions(loaded: Intake) -> None:
    path = loaded.write("decisions.csv", DECISIONS, "2,1,2,smuggling,2025-06-01")
    loaded.load("decisions", path)
    exploited = ROWS[2].replace("undetermined,,,", "undetermined,,,servitude")
    report = loaded.load("line-list", loaded.line_list(exploited, name="later.csv"))
    assert said(report.findings) == [("exploited_smuggling", 2, "Class")]


def test_what_a_person_was_held_to_have_suffered_no_longer_counts(loaded: Intake) -> None:
    """A rule sees the corrected person, not the one that it replaces."""
    bare = ROWS[0].replace("forced_labour", "")
    report = loaded.load("line-list", loaded.line_list(bare, name="later.csv"))
    assert said(report.findings) == [("no_purpose", 2, "Exploitation")]


def test_a_record_of_another_source_is_not_replaced(loaded: Intake) -> None:
    before = loaded.digest()
    rows: list[list[object]] = [list(ROWS[1].replace("Male", "Female").split(","))]
    other = workbook(loaded.folder / "other.xlsx", HEADER.split(","), rows)
    report = loaded.load("workbook", other)
    assert {rule for rule, _, _ in said(report.findings)} == {
        "incident_in_register",
        "person_in_register",
        "classification_in_register",
    }
    assert loaded.digest() == before


def test_a_correction_stays_in_the_older_extract(loaded: Intake) -> None:
    corrected(loaded, ROWS[1].replace("Male,", "Female,"), ROWS[0])
    assert len(list(loaded.settings.extracts.iterdir())) == 2


SEXES = ("Female", "Male", "NA")
ROW = st.tuples(
    st.integers(1, 3), st.integers(1, 2), st.sampled_from(SEXES), st.sampled_from(("3", "4"))
)


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    sent=st.lists(
        st.lists(ROW, min_size=1, max_size=4, unique_by=lambda row: row[:2]), min_size=1, max_size=4
    ),
    seed=st.integers(0, 9),
)
def test_any_sequence_of_loads_and_corrections_is_rebuilt_the_same(
    intake: Intake,
    monkeypatch: pytest.MonkeyPatch,
    sent: list[list[tuple[int, int, str, str]]],
    seed: int,
) -> None:
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        shutil.copytree(intake.settings.store, store)
        own = replace(intake, settings=replace(intake.settings, store=store), folder=Path(folder))
        latest: dict[tuple[int, int], str] = {}
        for number, rows in enumerate(sent):
            month = {case: month for case, _, _, month in rows}
            lines = [
                f"{case},{person},05/0{month[case]}/2025,no,{sex},30,undetermined,,,,BD2022,,,,,x"
                for case, person, sex, _ in rows
            ]
            path = own.line_list(*lines, name=f"{number}.csv")
            report = own.load("line-list", path)
            assert said(report.findings) == []
            if report.files[0].outcome == "loaded":
                latest |= {(case, person): sex for case, person, sex, _ in rows}
        before = own.rows()
        assert len(before[2]) == len(latest)
        glob = Path.glob

        def shuffled(self: Path, pattern: str) -> list[Path]:
            found = list(glob(self, pattern))
            random.Random(seed).shuffle(found)
            return found

        with monkeypatch.context() as patch:
            patch.setattr(Path, "glob", shuffled)
            rebuild(own.settings)
        assert own.rows() == before
        sexes = own.ask("SELECT sex, count(*) FROM person GROUP BY ALL")
        words = [{"Female": "female", "Male": "male", "NA": "unknown"}[s] for s in latest.values()]
        assert dict(sexes) == {word: words.count(word) for word in set(words)}
