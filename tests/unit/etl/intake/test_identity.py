"""Who is who: cases that a load once took without a word, and those that it must not ask about."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from etl.harmonise.areas import Areas
from etl.intake.identity import Identity
from etl.intake.report import Report
from etl.settings import OperatorError
from tests.unit.etl.stores import HEADER, REFERRAL_HEADER, SOURCES, Ask, Intake, copied, new_store

COLUMNS = HEADER.split(",")
Row = dict[str, str]
UPAZILAS = ("Ukhia", "Teknaf", "Ramu", "Chakaria", "Pekua")
SLOW = settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def people(count: int, month: int, seed: int, first: int = 1) -> list[Row]:
    """So many people of one month, each of an incident of its own."""
    draw = np.random.default_rng([seed, month])

    def one(values: Sequence[str]) -> str:
        return str(draw.choice(values))

    rows: list[Row] = []
    for number in range(first, first + count):
        boat = bool(draw.random() < 0.5)
        cells = (
            f"{number:04}", "1", f"{draw.integers(1, 29):02}/{month:02}/2025",
            one(("yes", "no")), one(("Female", "Male")), str(draw.integers(5, 65)),
            "smuggling" if boat else "undetermined", "", "", "", "Cox's Bazar", one(UPAZILAS),
            "Cox's Bazar" if boat else "", one(("Malaysia", "Thailand")) if boat else "",
            "sea" if boat else "", "Rina",
        )  # fmt: skip
        rows.append(dict(zip(COLUMNS, cells, strict=True)))
    return rows


def file(intake: Intake, rows: Sequence[Row], name: str = "new.csv") -> Path:
    columns = list(rows[0])
    return intake.write(name, ",".join(columns), *(",".join(row.values()) for row in rows))


def found(intake: Intake, rows: Sequence[Row], source: str = "line-list") -> Identity:
    identity = checked(intake, rows, source).identity
    assert identity is not None
    return identity


def checked(intake: Intake, rows: Sequence[Row], source: str = "line-list") -> Report:
    report = intake.check(source, file(intake, rows))
    assert report.accepted, report.findings
    return report


def odd(intake: Intake, rows: Sequence[Row], source: str = "line-list") -> tuple[str, ...]:
    report = checked(intake, rows, source)
    whose = report.identity.odd if report.identity else ()
    return (*whose, *(sentence for told in report.understood for sentence in told.odd))


def with_(rows: Sequence[Row], **cells: str) -> list[Row]:
    return [{**row, **cells} for row in rows]


def rekeyed(rows: Sequence[Row], spell: str) -> list[Row]:
    """Rows under another spelling of their keys, such as ``CXB-{:03}``."""
    return [{**row, "Case no": spell.format(int(row["Case no"]))} for row in rows]


SEPTEMBER = people(40, 9, 1)


@pytest.fixture(scope="module")
def held_once(areas: Areas, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """A store with forty people of September, and a second source that sends whole lists."""
    folder = tmp_path_factory.mktemp("held")
    made = new_store(folder, areas)
    sources = folder / "sources"
    shutil.copytree(SOURCES, sources)
    text = (SOURCES / "line-list.toml").read_text(encoding="utf-8")
    text = text.replace('"line-list"', '"whole"').replace('"partner-t"', '"partner-w"')
    (sources / "whole.toml").write_text(f'files = "whole_list"\n{text}', encoding="utf-8")
    made = replace(made, settings=replace(made.settings, sources=sources))
    made.load("line-list", file(made, SEPTEMBER, "september.csv"))
    return made


def own(made: Intake, folder: Path) -> Intake:
    """A copy of a store with its sources."""
    copy = copied(made, folder)
    return replace(copy, settings=replace(copy.settings, sources=folder / "sources"))


@pytest.fixture(scope="module")
def listed_once(held_once: Intake, tmp_path_factory: pytest.TempPathFactory) -> Intake:
    """The same store with a whole list loaded."""
    made = own(held_once, tmp_path_factory.mktemp("listed"))
    made.load("whole", file(made, SEPTEMBER, "list.csv"), shared_caseload=True)
    return made


@pytest.fixture
def held(held_once: Intake, tmp_path: Path) -> Intake:
    return own(held_once, tmp_path)


def test_a_month_under_the_keys_of_the_month_before_asks(held: Intake) -> None:
    october = people(40, 10, 2)
    told = found(held, october)
    assert told.others == 40
    assert told.new + told.same + told.corrected + told.moved == 0
    assert any("40 keys stood for other people" in sentence for sentence in told.odd)


def test_a_month_under_keys_of_its_own_does_not_ask(held: Intake) -> None:
    told = found(held, people(40, 10, 2, first=101))
    assert (told.new, told.others, told.respelled, told.odd) == (40, 0, 0, ())


@pytest.mark.parametrize("spell", ["{}", "CXB-{:04}", "cxb {}", "{:07}", "{}.0"])
def test_the_same_people_under_another_spelling_of_the_key_ask(held: Intake, spell: str) -> None:
    told = found(held, rekeyed(SEPTEMBER, spell))
    assert (told.respelled, told.new, told.repeated) == (40, 0, 0)
    assert any("40 people are held under another spelling" in sentence for sentence in told.odd)


def test_the_same_people_under_other_keys_ask(held: Intake) -> None:
    told = found(held, rekeyed([{**r, "Case no": str(900 + n)} for n, r in enumerate(SEPTEMBER)],
                               "{}"))  # fmt: skip
    assert (told.repeated, told.respelled, told.new) == (40, 0, 0)
    assert any("40 people are alike with held ones" in sentence for sentence in told.odd)


def test_a_prefix_that_tells_a_partners_cases_apart_is_no_spelling(held: Intake) -> None:
    camps = [*rekeyed(people(20, 7, 5), "KTP-{:03}"), *rekeyed(people(20, 7, 6), "NYP-{:03}")]
    held.load("whole", file(held, camps, "camps.csv"))
    more = rekeyed(people(20, 8, 7), "UKH-{:03}")
    told = found(held, [*camps, *more], "whole")
    assert (told.same, told.new, told.respelled, told.odd) == (40, 20, 0, ())


def test_a_whole_list_proposes_what_it_no_longer_holds_and_withdraws_nothing(held: Intake) -> None:
    held.load("whole", file(held, SEPTEMBER, "list.csv"), shared_caseload=True)
    kept = [row for n, row in enumerate(SEPTEMBER) if n % 7 != 3]
    ages = sorted(row["Age"] for row in kept)
    list_ = [{**row, "Age": age} for row, age in zip(kept, ages, strict=True)]
    told = found(held, list_, "whole")
    assert [entry.rows for entry in told.unlisted] == [(5, 12, 19, 26, 33, 40)]
    (changed,) = [entry for entry in told.fields if entry.field == "Age"]
    assert changed.changed > 17
    assert [sentence.split(".")[0] for sentence in told.odd] == [
        "6 people are no longer listed",
        f"{told.corrected} people are corrected, more than a fifth of 40",
        f"Age changes in {changed.changed} of 34 people that came before",
    ]
    held.load("whole", file(held, list_), shared_caseload=True)
    assert held.ask(
        "SELECT count(*) FROM person JOIN arrival ON key = person_id JOIN load USING (load_no) "
        "WHERE source = 'whole'"
    ) == [(40,)]


def test_who_stands_in_a_row_that_is_left_out_is_still_listed(held: Intake) -> None:
    held.load("whole", file(held, SEPTEMBER, "list.csv"), shared_caseload=True)
    bad = [{**row, "Sex": "Herr"} if n % 3 == 0 else row for n, row in enumerate(SEPTEMBER)]
    told = held.check("whole", file(held, bad), accept_valid=True)
    assert told.files[0].left_out == 14
    assert told.identity is not None
    assert (told.identity.unlisted, told.identity.odd) == ((), ())


#: What a list of nothing but case, day, sex and district says of everybody.
THIN = {
    "Ransom": "", "Age": "", "Class": "undetermined", "Upazila": "", "From": "", "To": "",
    "Transport": "",
}  # fmt: skip


@pytest.mark.parametrize("late", [0, 6])
def test_who_is_no_longer_listed_is_told_though_others_look_alike(held: Intake, late: int) -> None:
    twins = with_(people(100, 8, 4, first=1001), **THIN)
    held.load("whole", file(held, twins, "list.csv"), shared_caseload=True)
    kept = [row for n, row in enumerate(twins) if n % 10 != 3]
    told = found(held, [*kept, *with_(people(late, 8, 6, first=2001), **THIN)], "whole")
    (gone,) = told.unlisted
    assert gone.rows == tuple(range(5, 102, 10))
    assert any("10 people are no longer listed" in sentence for sentence in told.odd)


def test_a_day_in_the_key_tells_people_apart_as_well(held: Intake) -> None:
    text = (held.settings.sources / "line-list.toml").read_text(encoding="utf-8")
    day = '[columns."Date of incident"]'
    text = (
        text.replace('"line-list"', '"by-day"')
        .replace('"partner-t"', '"partner-d"')
        .replace('["Case no"]', '["Case no", "Date of incident"]')
        .replace('["Case no", "Person no"]', '["Case no", "Date of incident", "Person no"]')
        .replace(day, f'[{day}]\nuse = "key"\n\n[{day}]')
    )
    (held.settings.sources / "by-day.toml").write_text(text, encoding="utf-8")
    rows = with_(people(20, 8, 4), **THIN)
    held.load("by-day", file(held, rows, "august.csv"), shared_caseload=True)
    again = [{**row, "Case no": f"{n:04}"} for n, row in enumerate(rows[1:], 1)]
    told = found(held, again, "by-day")
    assert any("are alike with held ones in all but the key" in sentence for sentence in told.odd)


def test_who_is_listed_under_another_key_is_still_listed(listed_once: Intake) -> None:
    again = [{**row, "Case no": f"{5000 + n}"} for n, row in enumerate(SEPTEMBER[:20])]
    told = found(listed_once, [*again, *SEPTEMBER[20:37]], "whole")
    assert (told.repeated, [entry.rows for entry in told.unlisted]) == (20, [(39, 40, 41)])


def test_what_is_told_to_be_typed_erases_the_first_that_is_no_longer_listed(
    listed_once: Intake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = own(listed_once, tmp_path)
    (sentence,) = found(made, [*SEPTEMBER[:3], *SEPTEMBER[5:]], "whole").odd
    command = sentence.split("`")[1]
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    assert main(command.split(), made.settings) == 0
    assert found(made, [*SEPTEMBER[:3], *SEPTEMBER[5:]], "whole").unlisted[0].rows == (6,)


def test_a_month_sent_again_names_who_is_no_longer_in_it_and_does_not_ask(held: Intake) -> None:
    told = found(held, SEPTEMBER[6:])
    assert (told.same, told.missing, told.odd) == (34, 6, ())
    assert found(held, [*SEPTEMBER[:3], *people(40, 10, 3, first=101)]).missing == 0


def test_a_first_monthly_file_after_history_does_not_ask(intake: Intake) -> None:
    history = [row for m in range(1, 9) for row in people(40, m, 4, first=100 * m)]
    intake.load("line-list", file(intake, history, "history.csv"))
    assert odd(intake, people(40, 9, 4, first=901)) == ()


def test_a_correction_of_one_row_and_a_late_row_do_not_ask(held: Intake) -> None:
    assert odd(held, with_(SEPTEMBER[:1], Age="66")) == ()
    assert odd(held, people(1, 9, 8, first=500)) == ()
    assert found(held, with_(SEPTEMBER[:1], Age="66")).corrected == 1


def test_corrections_are_told_by_field_and_a_move_by_itself(held: Intake) -> None:
    moved = SEPTEMBER[0]["Date of incident"].replace("/09/", "/08/")
    rows = [{**SEPTEMBER[0], "Date of incident": moved}, {**SEPTEMBER[1], "Age": "66"},
            {**SEPTEMBER[2], "Sex": "NA"}, *SEPTEMBER[3:]]  # fmt: skip
    told = found(held, rows)
    assert (told.moved, told.corrected, told.same) == (1, 2, 37)
    by = {entry.field: (entry.changed, entry.lost, entry.told) for entry in told.fields}
    assert by["Sex"] == (0, 1, 0)
    assert by["Age"] == (1, 0, 0)
    assert told.odd == ()


def test_another_day_of_the_month_is_a_correction_and_of_few_does_not_ask(held: Intake) -> None:
    days = [f"{1 + int(row['Date of incident'][:2]) % 28:02}/09/2025" for row in SEPTEMBER]
    rows = [{**row, "Date of incident": day} for row, day in zip(SEPTEMBER, days, strict=True)]
    few = found(held, [*rows[:4], *SEPTEMBER[4:]])
    assert [(entry.field, entry.changed) for entry in few.fields] == [("Day", 4)]
    assert (few.corrected, few.moved, few.same, few.odd) == (4, 0, 36, ())
    assert "Day changes in 40 of 40 people that came before." in found(held, rows).odd


def test_a_fifth_of_the_rows_may_be_corrected_and_more_asks(held: Intake) -> None:
    for count, asks in ((8, False), (9, True)):
        rows = [*with_(SEPTEMBER[:count], Age="66"), *SEPTEMBER[count:]]
        told = found(held, rows)
        assert told.corrected == count
        assert any("more than a fifth" in sentence for sentence in told.odd) == asks


@pytest.mark.parametrize(("rows", "asks"), [(14, False), (121, True), (3, True)])
def test_a_month_with_far_more_or_fewer_records_asks(held: Intake, rows: int, asks: bool) -> None:
    told = found(held, people(rows, 10, 9, first=1001))
    assert any("2025-10 would hold" in sentence for sentence in told.odd) == asks


def test_referrals_that_take_their_course_do_not_ask(held: Intake) -> None:
    def rows(status: str, days: str) -> list[str]:
        return [f"{r['Case no']};1;1;2025-09-{5 + n % 20:02};health;first;{status};{days};given"
                for n, r in enumerate(SEPTEMBER)]  # fmt: skip

    opened = held.write("opened.csv", REFERRAL_HEADER, *rows("in_progress", ""))
    assert held.load("referrals", opened).accepted
    report = held.check("referrals", held.write("done.csv", REFERRAL_HEADER, *rows("done", "9")))
    assert report.accepted, report.findings
    assert report.identity is not None
    assert (report.identity.corrected, report.identity.odd) == (40, ())


def test_without_a_terminal_what_is_odd_is_refused_and_yes_loads_it(
    held: Intake, monkeypatch: pytest.MonkeyPatch, ask: Ask
) -> None:
    path = file(held, people(40, 10, 2))
    before = held.digest()
    words = ["load", str(path), "--source", "line-list"]
    code, told = ask(*words, of=held.settings)
    assert (code, "stood for other people" in str(told["error"])) == (1, True)
    assert held.digest() == before
    code, told = ask(*words, "--yes", of=held.settings)
    assert (code, told["identity"]["others"]) == (0, 40)


def test_a_register_that_changes_while_somebody_is_asked_is_not_loaded_into(held: Intake) -> None:
    def meanwhile(_: Report) -> None:
        held.load("line-list", file(held, people(3, 9, 8, first=700), "other.csv"))

    with pytest.raises(OperatorError, match="in the meantime"):
        held.load("line-list", file(held, people(40, 10, 2, first=101)), agree=meanwhile)


@SLOW
@given(st.permutations(COLUMNS), st.randoms(use_true_random=False))
def test_the_same_rows_in_any_order_are_the_same(
    held_once: Intake, columns: list[str], random: Random
) -> None:
    rows = [{name: row[name] for name in columns} for row in SEPTEMBER]
    random.shuffle(rows)
    report = held_once.check("line-list", file(held_once, rows))
    (entry,) = report.files
    assert entry.outcome == "known"
    assert report.identity is None or (report.identity.same, report.identity.odd) == (40, ())


@SLOW
@given(st.sets(st.integers(0, 39), min_size=1, max_size=15))
def test_a_whole_list_names_just_those_that_it_no_longer_holds(
    listed_once: Intake, gone: set[int]
) -> None:
    kept = [row for number, row in enumerate(SEPTEMBER) if number not in gone]
    told = found(listed_once, kept, "whole")
    assert [entry.rows for entry in told.unlisted] == [tuple(sorted(n + 2 for n in gone))]
    assert [s.split(".")[0] for s in told.odd] == [f"{len(gone)} people are no longer listed"]


@SLOW
@given(st.sampled_from(("Age", "Upazila", "Date of incident")), st.booleans())
def test_a_column_sorted_by_itself_always_asks(
    held_once: Intake, column: str, backwards: bool
) -> None:
    cells = sorted((row[column] for row in SEPTEMBER), reverse=backwards)
    rows = [{**row, column: cell} for row, cell in zip(SEPTEMBER, cells, strict=True)]
    told = found(held_once, rows)
    name = "Day" if column == "Date of incident" else column
    (changed,) = [entry.changed for entry in told.fields if name in entry.field]
    assert any(f"changes in {changed} of 40 people" in sentence for sentence in told.odd)
    assert (told.new, told.others) == (0, 0)


@SLOW
@given(st.integers(0, 999), st.integers(1, 7), st.integers(0, 9))
def test_few_corrections_and_late_rows_never_ask(
    held_once: Intake, seed: int, corrections: int, late: int
) -> None:
    order = np.random.default_rng(seed).permutation(40)[:corrections]
    few = [
        *({**SEPTEMBER[n], "Age": "66", "Ransom": ""} for n in order),
        *people(late, 9, seed, first=4001),
    ]
    told = found(held_once, few)
    assert (told.corrected, told.new, told.odd) == (corrections, late, ())
