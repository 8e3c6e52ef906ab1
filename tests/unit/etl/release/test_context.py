"""What an operator notes and loads stands in the next edition, and what is bad changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dashboard.model.event_note import EventNote
from dashboard.model.facts import FACTS
from dashboard.model.periods import Month
from dashboard.model.population import Population
from dashboard.release.open_release import Release
from etl.__main__ import main
from etl.operator_tables import stored
from etl.operator_tables.kinds import NOTES
from etl.release.preview.comparison import compare
from etl.release.publication import Published
from etl.settings import OperatorError, Settings
from tests.support.sealing import seal_all
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

FEBRUARY, MARCH = Month(2023, 2), Month(2023, 3)
HOME, UPAZILA, CAMP = invented.HOME, invented.UPAZILAS[0], invented.CAMPS[0]
HEADER = "area_code,population,year,boundaries,population_group"
ROWS = (
    f"{HOME},2800000,2022,adm_v03,host",
    f"{HOME},950000,2023,adm_v03,refugees",
    f"{HOME},3750000,2023,adm_v03,all",
    f"{CAMP},40000,2023,camps_2023,refugees",
)
EVERYWHERE = EventNote(FEBRUARY, MARCH, "policy", "", "A new rule", "নতুন নিয়ম")
IN_DISTRICT = EventNote(FEBRUARY, FEBRUARY, "flood", HOME, "A flood", "")
IN_UPAZILA = EventNote(FEBRUARY, FEBRUARY, "operation", UPAZILA, "A raid", "")
INSIDE = EventNote(FEBRUARY, FEBRUARY, "reporting_starts", "", "A partner begins", "")
LATER = EventNote(Month(2023, 4), Month(2023, 4), "flood", "", "A later flood", "")


@pytest.fixture(scope="module", autouse=True)
def _invented_places() -> Iterator[None]:
    """The commands look places up in the geography of the invented registers."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stored, "read_geography", lambda _: registers.geography())
        yield


def add(settings: Settings, event: EventNote, *more: str) -> int:
    told = {"month": event.month, "until": event.last_month, "kind": event.kind,
            "area": event.area, "text": event.text_en, "text_bn": event.text_local}  # fmt: skip
    words = [f"{name}={cell}" for name, cell in told.items()]
    return main(["tables", "notes", "--row", *words, *more], settings)


def load(settings: Settings, *rows: str) -> int:
    path = settings.store.parent / "people.csv"
    path.write_text("".join(f"{row}\n" for row in (HEADER, *rows)), encoding="utf-8")
    return main(["tables", "populations", str(path)], settings)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Published]:
    settings = registers.make(tmp_path_factory.mktemp("context"))
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=4), referrals=0))
    for event in (EVERYWHERE, IN_DISTRICT, IN_UPAZILA, LATER):
        assert add(settings, event) == 0
    assert add(settings, INSIDE, "public=no") == 0
    assert load(settings, *ROWS) == 0
    return settings, registers.publish_to(settings, MARCH, public=True)


@pytest.fixture
def store(made: tuple[Settings, Published], tmp_path: Path) -> Settings:
    settings, _ = registers.copied(*made[:1], [made[1]], tmp_path)
    return settings


@contextmanager
def opened(path: Path | None) -> Iterator[Release]:
    assert path is not None
    release = Release(path)
    try:
        release.scan()
        yield release
    finally:
        release.close()


def units(path: Path) -> list[list[tuple]]:
    return [registers.ask(path, f"FROM {fact.id} ORDER BY ALL") for fact in FACTS]  # noqa: S608


def test_members_read_the_notes_of_the_months_that_an_edition_holds(made) -> None:
    with opened(made[1].path) as release:
        assert set(release.event_notes) == {EVERYWHERE, IN_DISTRICT, IN_UPAZILA, INSIDE}
        assert [note.month for note in release.event_notes] == [FEBRUARY] * 4


def test_the_public_reads_no_note_of_a_finer_area_or_for_members_alone(made) -> None:
    with opened(made[1].public) as release:
        assert set(release.event_notes) == {EVERYWHERE, IN_DISTRICT}
        assert release.population(CAMP) == ()
        assert release.population(HOME)


def test_each_population_tells_its_group_year_and_boundaries(made) -> None:
    with opened(made[1].path) as release:
        assert release.population(HOME) == (
            Population(HOME, "all", 2023, "adm_v03", 3_750_000),
            Population(HOME, "refugees", 2023, "adm_v03", 950_000),
            Population(HOME, "host", 2022, "adm_v03", 2_800_000),
        )
        assert release.population(CAMP)[0].members == ("rohingya_refugee",)
    summary = "SELECT population, population_year, population_group FROM place WHERE code = ?"
    assert registers.read(made[1], summary, HOME) == [(3_750_000, 2023, "all")]
    assert registers.read(made[1], summary, UPAZILA) == [(None, None, None)]


def test_without_a_change_nothing_is_due(store: Settings) -> None:
    before = registers.content(store)
    with pytest.raises(OperatorError, match="outline or declared area has changed"):
        registers.publish_to(store, MARCH)
    assert registers.content(store) == before


def test_a_note_alone_makes_an_edition_of_the_same_numbers(
    store: Settings, made: tuple[Settings, Published], capsys: pytest.CaptureFixture[str]
) -> None:
    new = replace(EVERYWHERE, text_en="Another rule")
    assert add(store, new) == 0
    looked_at = registers.preview_to(store, MARCH)
    (beside,) = looked_at.faces[0].differences.beside
    assert beside.sentence == (
        "Note added: 2023-02 to 2023-03, Change of law or policy: Another rule / নতুন নিয়ম"
    )
    assert looked_at.faces[0].differences.totals == ()
    second = registers.publish_to(store, MARCH)
    assert second.release_id > made[1].release_id
    (beside,) = compare(second.path, made[1].path, "bn").beside
    assert (beside.parts["kind"], beside.parts["text"]) == ("আইন বা নীতির পরিবর্তন", "Another rule")
    assert units(second.path) == units(made[1].path)
    with opened(second.path) as members, opened(second.public) as public:
        assert new in members.event_notes
        assert new in public.event_notes
    capsys.readouterr()
    assert main(["tables", "notes", "--json"], store) == 0
    held = json.loads(capsys.readouterr().out)["notes"]
    (gone,) = [entry["id"] for entry in held if entry["text"] == "Another rule"]
    assert main(["tables", "notes", "--remove", gone], store) == 0
    third = registers.publish_to(store, MARCH)
    with opened(third.path) as release:
        assert new not in release.event_notes


def test_a_population_alone_makes_an_edition(store: Settings) -> None:
    assert load(store, f"{CAMP},41000,2023,camps_2023,refugees") == 0
    with opened(registers.publish_to(store, MARCH).path) as release:
        assert release.population(CAMP)[0].people == 41_000


def test_a_note_of_a_month_to_come_makes_none(store: Settings) -> None:
    assert add(store, replace(LATER, text_en="Yet another flood")) == 0
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(store, MARCH)


def test_a_note_kept_from_the_public_from_now_on_leaves_its_release(store: Settings) -> None:
    assert add(store, IN_DISTRICT, "public=no") == 0
    published = registers.publish_to(store, MARCH)
    with opened(published.path) as members, opened(published.public) as public:
        assert IN_DISTRICT in members.event_notes
        assert IN_DISTRICT not in public.event_notes


def test_what_is_bad_leaves_everything_as_it_was(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    before = registers.content(store)
    assert add(store, replace(EVERYWHERE, text_en="Call 01711234567")) == 1
    assert "[phone_number]" in capsys.readouterr().out
    assert load(store, ROWS[0], "nowhere,1,2023,adm_v03,host") == 1
    assert "people.csv, row 3, column area_code" in capsys.readouterr().out
    assert registers.content(store) == before


@pytest.mark.parametrize("text", ["Call 01711234567", "The work of Partner A begins"])
def test_a_note_that_is_bad_by_now_stops_the_publication(store: Settings, text: str) -> None:
    late = [one for one in invented.people(30, 4, seed=9) if one["month"] == date(2023, 4, 1)]
    registers.fill(store, registers.register_rows(late, name="late", referrals=0))
    path = store.operator / NOTES.file_name
    written = path.read_text(encoding="utf-8").replace("A raid", text)
    path.write_text(written, encoding="utf-8")
    seal_all(store)
    before = registers.content(store)
    with pytest.raises(OperatorError, match=r"notes\.csv, row \d, column text: .*\["):
        registers.publish_to(store, Month(2023, 4))
    assert registers.content(store) == before
