"""Stories of the invented sample: what it may look like, and what it may never hold."""

import csv
import json
import tomllib
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from dashboard.model import codes
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month, Span
from dashboard.model.screen import is_personal_header, screen
from etl.__main__ import main
from etl.commands.demo import PUBLISHED
from etl.manifest import Entry, read_manifest, table_file, write_manifest
from etl.operator_tables.kind import Reference
from etl.operator_tables.kinds import NOTES
from etl.operator_tables.reader import read_file
from etl.release.contents.geography import read_geography
from etl.settings import Settings
from tests.support.examples import examples
from tests.support.served import ROOT
from tools.sample import files
from tools.sample.__main__ import main as sample
from tools.sample.exploitation import CLASS, STAGE, TRAFFICKING
from tools.sample.files import write_files
from tools.sample.incidents import LATE, SEA_SEASON, Incidents
from tools.sample.invention import Invention, invent
from tools.sample.journeys import Journeys
from tools.sample.people import People
from tools.sample.streams import PARTNERS, SILENT_MONTHS, STREAMS
from tools.sample.tables import FILES, write_tables
from tools.sample.world import Plan

DATA = ROOT / "data"
COUNTRY = DATA / "countries" / "bgd"
SOURCES = DATA / "sources"
SAMPLE = DATA / "sample"
#: What lies beside the files that the manifest names.
BESIDE = (*FILES, PUBLISHED)
UNTIL = Month(2026, 9)
#: The plan of the committed files, as their README has it.
COMMITTED = Plan(2948, 36, 10, UNTIL)


@pytest.fixture(scope="module")
def large() -> Invention:
    return invent(Plan(33_000, 36, 3, UNTIL), COUNTRY)


@pytest.fixture(scope="module")
def shared_out(large: Invention) -> Invention:
    """Those of the large invention who are shared out as published figures say."""
    among = large.incidents.stream < 0
    who = among[large.people.incident]
    people = {field.name: getattr(large.people, field.name)[who] for field in fields(People)}
    people["incident"] = (np.cumsum(among) - 1)[people["incident"]]
    return replace(
        large,
        incidents=Incidents(*(getattr(large.incidents, f.name)[among] for f in fields(Incidents))),
        journeys=Journeys(*(getattr(large.journeys, f.name)[among] for f in fields(Journeys))),
        people=People(**people),
    )


def written(folder: Path, people: int = 400, seed: int = 1) -> tuple[Entry, ...]:
    return write_files(invent(Plan(people, 12, seed, UNTIL), COUNTRY), folder, SOURCES)


def rows_of(path: Path) -> dict[str, list[list[object]]]:
    """Cells of every sheet of a sample file; a CSV has one sheet without a name."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    marks = {b"\xef\xbb\xbf": (";", "utf-8-sig"), b"\xff\xfe": ("\t", "utf-16")}
    start = path.read_bytes()
    delimiter, encoding = next(
        (said for mark, said in marks.items() if start.startswith(mark)), (",", "utf-8")
    )
    with path.open(encoding=encoding, newline="") as file:
        return {"": [list(row) for row in csv.reader(file, delimiter=delimiter)]}


def share(values: np.ndarray, code_list: codes.CodeList, code: str) -> float:
    """Share of a code among the known values."""
    known = values[(values >= 0) & (values != _unknown(code_list))]
    return float((known == code_list.values.index(code)).mean())


def _unknown(code_list: codes.CodeList) -> int:
    return code_list.values.index("unknown") if "unknown" in code_list else -9


# --- the same and another seed ---------------------------------------------------------------


def test_another_seed_gives_other_people_in_other_places(tmp_path: Path):
    one, other = (invent(Plan(400, 12, seed, UNTIL), COUNTRY) for seed in (1, 2))
    assert not np.array_equal(one.world.camp_weights, other.world.camp_weights)
    assert sorted(one.world.camp_weights) == pytest.approx(sorted(other.world.camp_weights))
    assert one.people.sex.tolist() != other.people.sex.tolist()


@settings(max_examples=examples(25), deadline=None)
@given(
    people=st.integers(1, 300), months=st.integers(1, 40), seed=st.integers(0, 2**32),
    until=st.builds(Month, st.integers(2005, 2040), st.integers(1, 12)),
)  # fmt: skip
def test_any_plan_is_filled_exactly(people: int, months: int, seed: int, until: Month):
    made = invent(Plan(people, months, seed, until), COUNTRY)
    incidents = made.incidents
    assert len(made.people) == people == int(incidents.size.sum())
    assert incidents.size.min() >= 1
    assert incidents.month.min() >= 0
    assert incidents.report_month.max() < months
    assert (incidents.report_month >= incidents.month).all()
    last = (until.plus(1).first_day - made.first_day).days
    assert (made.referrals.requested < last).all()
    assert (made.referrals.ended < last).all()


@pytest.mark.parametrize("wrong", [{"people": 0}, {"months": 0}, {"seed": -1}])
def test_a_plan_without_people_or_months_is_refused(wrong: dict[str, int]):
    with pytest.raises(ValueError, match="at least one"):
        replace(Plan(10, 10, 1, UNTIL), **wrong)


def test_journeys_may_be_shared_out_over_a_thousand_pairs_of_districts():
    made = invent(Plan(60_000, 12, 5, UNTIL, flows=1000), COUNTRY)
    districts = {i for i, spot in enumerate(made.world.spots) if spot.level == "district"}
    pairs = Counter(
        (start, end)
        for start, end, gate in zip(
            made.incidents.recruitment.tolist(), made.journeys.destination.tolist(),
            made.journeys.gate.tolist(), strict=True,
        )
        if {start, end} <= districts and gate < 0
    )  # fmt: skip
    assert len(pairs) == 1000
    assert all(start != end for start, end in pairs)
    assert max(pairs.values()) < 12 * min(pairs.values())


@pytest.mark.parametrize("flows", [-1, 64 * 63 + 1])
def test_more_flows_than_pairs_are_refused(flows: int):
    with pytest.raises(ValueError, match="at most 4,032 flows"):
        Plan(10, 10, 1, UNTIL, flows=flows)


# --- published shares ------------------------------------------------------------------------


def test_people_travel_as_published(shared_out: Invention):
    incident = shared_out.people.incident
    mode = shared_out.journeys.mode[incident]
    assert share(mode, codes.MODE, "land") == pytest.approx(0.82, abs=0.03)
    assert share(mode, codes.MODE, "sea") == pytest.approx(0.14, abs=0.01)
    assert share(mode, codes.MODE, "air") == pytest.approx(0.04, abs=0.01)
    assert (~shared_out.incidents.abroad[incident]).mean() == pytest.approx(0.65, abs=0.01)


def test_women_and_children_are_shared_out_as_published(shared_out: Invention):
    sea = shared_out.incidents.at_sea[shared_out.people.incident]
    sex, child = shared_out.people.sex, shared_out.people.is_child
    assert share(sex[~sea], codes.SEX, "female") == pytest.approx(0.55, abs=0.015)
    assert share(sex[sea], codes.SEX, "female") == pytest.approx(0.33, abs=0.03)
    assert share(child, codes.IS_CHILD, "yes") == pytest.approx(0.20, abs=0.015)
    assert share(child[sea], codes.IS_CHILD, "yes") == pytest.approx(0.35, abs=0.03)


def test_groups_are_shared_out_as_published(shared_out: Invention):
    population = shared_out.people.population
    for group, expected in (
        ("rohingya_refugee", 0.55), ("host_community", 0.35),
        ("other_bangladeshi", 0.08), ("other_foreign", 0.02),
    ):  # fmt: skip
        found = share(population, codes.POPULATION_GROUP, group)
        assert found == pytest.approx(expected, abs=0.03), group


def test_exploitation_follows_published_shares(shared_out: Invention):
    among = np.isin(shared_out.people.class_, TRAFFICKING)
    first = shared_out.people.exploitation[among, 0]
    second = shared_out.people.exploitation[among, 1]

    def part(*forms: str) -> float:
        return float(np.isin(first, [codes.EXPLOITATION.values.index(f) for f in forms]).mean())

    assert part("forced_labour") == pytest.approx(0.78, abs=0.03)
    assert part("sexual_exploitation") == pytest.approx(0.10, abs=0.015)
    assert part("forced_marriage") == pytest.approx(0.04, abs=0.01)
    assert part("forced_begging", "child_labour") == pytest.approx(0.03, abs=0.01)
    none_yet = shared_out.people.stage[among] == STAGE["none_yet"]
    assert none_yet.mean() == pytest.approx(0.05, abs=0.01)
    assert (second >= 0).mean() == pytest.approx(0.08, abs=0.015)


def test_recruitment_follows_published_shares(shared_out: Invention):
    assert share(shared_out.people.recruited_at, codes.RECRUITMENT_PLACE, "home") == pytest.approx(
        0.80, abs=0.015
    )
    first = shared_out.people.promise[:, 0]
    for promise, expected in (("job", 0.60), ("marriage", 0.15), ("travel_abroad", 0.10),
                              ("loan", 0.08)):  # fmt: skip
        assert share(first, codes.PROMISE, promise) == pytest.approx(expected, abs=0.015), promise


def test_boats_leave_in_their_season_and_land_is_flat(shared_out: Invention):
    month = (shared_out.incidents.month + shared_out.plan.span.start.month - 1) % 12
    sea = shared_out.incidents.at_sea
    boats = np.bincount(month[sea], minlength=12) / sea.sum()
    assert np.abs(boats - SEA_SEASON).max() < 0.05
    assert boats[[10, 11, 0]].sum() > 0.4 > 0.05 > boats[[5, 6, 7]].sum()
    land = np.bincount(month[~sea], minlength=12) / (~sea).sum()
    assert np.abs(land - 1 / 12).max() < 0.01


def test_boats_hold_up_to_forty_people(large: Invention):
    sizes = large.incidents.size
    assert sizes[large.incidents.at_sea].max() == 40
    assert sizes[~large.incidents.at_sea].max() <= 25
    assert (sizes[~large.incidents.at_sea] == 1).mean() > 0.6


def test_one_row_in_ten_is_reported_late(large: Invention):
    late = large.incidents.report_month > large.incidents.month
    assert late.mean() == pytest.approx(LATE, abs=0.01)


def test_fields_are_as_incomplete_as_real_ones(large: Invention):
    gaps = {
        "recruitment": (large.incidents.recruitment < 0).mean(),
        "mode": (large.journeys.mode == codes.MODE.values.index("unknown")).mean(),
        "corridor": (large.journeys.corridor == codes.CORRIDOR.values.index("unknown")).mean(),
        "authority": (large.journeys.authority < 0).mean(),
        "age": (large.people.age < 0).mean(),
        "promise": (large.people.promise[:, 0] < 0).mean(),
        "recruited_at": (
            large.people.recruited_at == codes.RECRUITMENT_PLACE.values.index("unknown")
        ).mean(),
    }
    assert {name for name, gap in gaps.items() if not 0.04 <= gap <= 0.25} == set()


# --- the streams -----------------------------------------------------------------------------


def test_the_national_list_holds_thirty_people_a_month_from_all_divisions(large: Invention):
    committed = invent(COMMITTED, COUNTRY)
    incidents, spots = committed.incidents, committed.world.spots
    assert incidents.size[incidents.national].sum() / 36 == pytest.approx(30, abs=2)
    homes = [spots[i] for i in incidents.home[incidents.national]]
    assert {spot.code[:4] for spot in homes} == {
        f"BD{division}" for division in (10, 20, 30, 40, 45, 50, 55, 60)
    }
    assert len({spot.district for spot in homes}) > 20
    assert "Cox's Bazar" not in {spot.district for spot in homes}
    host = large.people.population[large.incidents.national[large.people.incident]]
    assert share(host, codes.POPULATION_GROUP, "other_bangladeshi") > 0.85
    assert share(host, codes.POPULATION_GROUP, "rohingya_refugee") == 0


@pytest.mark.parametrize("number", range(len(STREAMS)))
def test_a_stream_has_each_quarter_the_people_that_it_is_given(number: int):
    incidents = invent(COMMITTED, COUNTRY).incidents
    among = incidents.stream == number
    held = np.bincount((35 - incidents.month[among]) // 3, incidents.size[among], 12)
    assert held.tolist() == [STREAMS[number].in_month(3 * quarter) for quarter in range(12)]


def test_a_partner_stops_and_five_still_report():
    incidents = invent(COMMITTED, COUNTRY).incidents
    report = [set(incidents.partner[incidents.month == m].tolist()) for m in range(36)]
    everyone = set(range(len(PARTNERS)))
    stopped = everyone - {PARTNERS.index("partner-f")}
    assert report == [everyone] * (36 - SILENT_MONTHS) + [stopped] * SILENT_MONTHS


# --- rules -----------------------------------------------------------------------------------


def test_smuggling_crosses_a_border_and_nobody_was_exploited(large: Invention):
    people = large.people
    smuggled = np.isin(people.class_, (CLASS["smuggling"], CLASS["smuggling_aggravated"]))
    assert smuggled.sum() > 500
    assert large.incidents.abroad[people.incident][smuggled].all()
    assert (large.journeys.crosses[people.incident][smuggled] == 1).all()
    assert (people.stage[smuggled] != STAGE["exploited"]).all()
    assert (people.exploitation[smuggled] < 0).all()


def test_confirmed_trafficking_has_act_means_and_purpose(large: Invention):
    people = large.people
    confirmed = people.class_ == CLASS["trafficking_confirmed"]
    for found in (people.act, people.means[:, 0], people.exploitation[:, 0]):
        assert (found[confirmed] >= 0).all()


def test_corridors_agree_with_destination_and_transport(large: Invention):
    journeys, spots = large.journeys, large.world.spots
    by_corridor: dict[str, set[str]] = {}
    for corridor, destination in zip(journeys.corridor, journeys.destination, strict=True):
        if destination >= 0:
            spot = spots[destination]
            area = {"anchor": spot.code[:2], "country": spot.code}.get(spot.level, "BD")
            by_corridor.setdefault(codes.CORRIDOR.values[corridor], set()).add(area)
    assert by_corridor["camp_internal"] == by_corridor["bd_internal"] == {"BD"}
    assert by_corridor["bay_of_bengal_andaman"] == {"MY", "ID", "TH"}
    assert by_corridor["bd_india_southwest"] == by_corridor["bd_india_northeast"] == {"IN"}
    assert by_corridor["naf_river"] == by_corridor["hill_tracts_myanmar"] == {"MM"}
    assert by_corridor["air_gulf"] <= {"SA", "AE", "OM"}
    bay = journeys.corridor == codes.CORRIDOR.values.index("bay_of_bengal_andaman")
    known = journeys.mode != codes.MODE.values.index("unknown")
    assert (journeys.mode[bay & known] == codes.MODE.values.index("sea")).all()


def test_there_are_about_three_referrals_a_person_and_some_are_held(large: Invention):
    referrals = large.referrals
    partner = large.incidents.partner[large.people.incident]
    keeps = np.isin(partner, [PARTNERS.index(f"partner-{letter}") for letter in "abc"])
    assert len(referrals) / keeps.sum() == pytest.approx(3.0, abs=0.15)
    assert keeps[referrals.person].all()
    assert referrals.number.min() == 1
    unknown = referrals.consent == codes.CONSENT.values.index("unknown")
    assert unknown.mean() == pytest.approx(0.02, abs=0.005)
    ended = referrals.ended >= 0
    closed = np.isin(
        referrals.status,
        [codes.REFERRAL_STATUS.values.index(status) for status in codes.ENDED_STATUSES],
    )
    assert (ended == closed).all()
    assert (referrals.ended[ended] >= referrals.requested[ended]).all()


# --- files -----------------------------------------------------------------------------------


def test_a_large_partner_sends_parts_that_split_no_incident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "PEOPLE_PER_FILE", 60)
    entries = written(tmp_path, 650)
    parts = [e.file for e in entries if e.source == "sample-c-people"]
    assert len(parts) > 1
    seen: set[object] = set()
    for part in parts:
        header, *rows = rows_of(part)[""]
        cases = {row[header.index("case/case_ref")] for row in rows}
        assert len(rows) <= 60
        assert not cases & seen
        seen |= cases


# --- the manifest ----------------------------------------------------------------------------


def test_the_manifest_gives_back_what_was_written(tmp_path: Path):
    entries = written(tmp_path)
    assert read_manifest(tmp_path) == entries == read_manifest(tmp_path / "manifest.toml")


def test_a_manifest_entry_without_a_source_is_refused(tmp_path: Path):
    write_manifest(tmp_path, ())
    (tmp_path / "manifest.toml").write_text('[[load]]\nfile = "a.csv"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="lacks 'source'"):
        read_manifest(tmp_path)


# --- the committed sample --------------------------------------------------------------------


@pytest.mark.parametrize("folder", [SAMPLE, SAMPLE / PUBLISHED])
def test_the_committed_manifest_names_every_committed_file(folder: Path) -> None:
    listed = {entry.file for entry in read_manifest(folder)}
    there = {p.name for p in folder.iterdir()} - {"README.md", "manifest.toml", *BESIDE}
    assert {file.name for file in listed} == there
    assert sum(file.stat().st_size for file in listed) < 1_500_000


def test_the_committed_files_are_what_the_readme_says(tmp_path: Path):
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    command = next(line.split() for line in readme.splitlines() if "tools.sample" in line)
    words = command[command.index("tools.sample") + 1 : command.index("--out")]
    assert sample([*words, "--out", str(tmp_path)]) == 0
    assert (tmp_path / "manifest.toml").read_bytes() == (SAMPLE / "manifest.toml").read_bytes()
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes()
        assert f"`{name}`" in readme
    for entry in read_manifest(SAMPLE):
        assert rows_of(tmp_path / entry.file.name) == rows_of(entry.file)
        assert f"`{entry.file.name}`" in readme
        assert f"`{entry.source}`" in readme


def test_no_cell_of_the_committed_sample_looks_like_a_person():
    for entry in read_manifest(SAMPLE):
        for rows in rows_of(entry.file).values():
            assert not [header for header in rows[0] if is_personal_header(str(header))]
            # The tool's clock times have decimals, as coordinates do; the gate drops them unread.
            read = [i for i, header in enumerate(rows[0]) if header not in ("start", "end")]
            cells = {row[i] for row in rows[1:] for i in read if isinstance(row[i], str)}
            assert {screen(str(cell)) for cell in cells} <= {None}, entry.file.name


def test_the_committed_sample_loads_without_a_finding_that_refuses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    places = Settings(store=tmp_path / "store", secrets=tmp_path / "secrets")
    assert main(["init", "--json"], places) == 0
    held = 0
    for entry in read_manifest(SAMPLE):
        capsys.readouterr()
        code = main(["load", str(entry.file), "--source", entry.source, "--json"], places)
        report = json.loads(capsys.readouterr().out)
        assert code == 0, [f for f in report["findings"] if f["severity"] == "error"][:5]
        assert [file["outcome"] for file in report["files"]] == ["loaded"]
        held += sum(file["held"] for file in report["files"])
    with duckdb.connect(str(places.register), read_only=True) as register:
        people, incidents, partners = register.execute(
            """SELECT (SELECT sum(n) FROM person), count(*), count(DISTINCT partner)
               FROM incident"""
        ).fetchall()[0]
        (referrals,) = register.execute("SELECT count(*) FROM referral").fetchall()[0]
        months = register.execute(
            "SELECT min(incident_month)::VARCHAR, max(incident_month)::VARCHAR FROM incident"
        ).fetchall()[0]
    assert (people, partners, months) == (2948, 6, ("2023-10-01", "2026-09-01"))
    assert 1200 < incidents < 1800
    assert held > 20
    assert referrals + held == sum(
        len(rows_of(entry.file)[sheet]) - 1
        for entry, sheet in zip(
            [e for e in read_manifest(SAMPLE) if e.source.endswith("referrals")],
            ("Referrals", "", ""),
            strict=True,
        )
    )


@pytest.mark.parametrize("name", sorted(p.stem for p in SOURCES.glob("sample-*.toml")))
def test_a_declaration_of_the_sample_is_invented_and_says_so(name: str):
    data = tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))
    assert data["kind"] == "invented"
    assert "invented" in data["title"]


# --- the command -----------------------------------------------------------------------------


def test_the_command_tells_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / "new" / "folder"
    words = ["--people", "60", "--months", "3", "--seed", "5", "--out", str(folder)]
    assert sample(words) == 0
    told = capsys.readouterr().out
    assert told.startswith("60 people, ")
    assert str(folder) in told
    assert f"; {len({entry.file for entry in read_manifest(folder)})} files" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--people", "0", "--months", "3", "--out", "{folder}"], "at least one person"),
        (["--people", "9", "--months", "1", "--out", "{folder}", "--until", "May"], "not a month"),
        (["--people", "9", "--months", "1", "--out", "{folder}/file/folder"], "file"),
    ],
)
def test_the_command_refuses_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit) as ended:
        sample([word.format(folder=tmp_path) for word in words])
    assert ended.value.code == 2
    assert told in capsys.readouterr().err.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# --- notes -----------------------------------------------------------------------------------


def noted(folder: Path) -> list[EventNote]:
    """The notes of a sample, which keep the rules of notes."""
    known = Reference.of(read_geography(Settings.from_environment({})).places, PARTNERS)
    read = read_file(folder / table_file(NOTES), NOTES, known)
    assert read.findings == []
    return [EventNote.of_row(NOTES.to_release(row).row) for row in read.rows]


def test_the_notes_of_the_sample_keep_the_rules_of_notes_and_tell_its_story():
    notes = noted(SAMPLE)
    assert [str(note.month) for note in notes] == ["2025-11", "2026-04", "2026-07"]
    kinds = {note.kind: note for note in notes}
    first_silent = Month(2026, 9).plus(1 - SILENT_MONTHS)
    assert kinds["reporting_stops"].span == Span(first_silent, first_silent)
    assert all(note.text_local for note in notes)


@pytest.mark.parametrize(
    ("until", "season"),
    [
        ("2026-09", "2025-11"),
        ("2026-03", "2025-11"),
        ("2026-02", "2024-11"),
        ("2026-12", "2025-11"),
    ],
)
def test_the_season_that_is_noted_is_over(tmp_path: Path, until: str, season: str):
    write_tables(tmp_path, Month.parse(until), PARTNERS)
    (first, *_) = noted(tmp_path)
    assert str(first.month) == season
    assert first.last_month <= Month.parse(until)
