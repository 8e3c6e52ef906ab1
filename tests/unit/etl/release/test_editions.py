"""An operator lists the editions, and shows readers an earlier one again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest.mock import Mock

import pytest

from dashboard.model.periods import Month
from dashboard.release.folder import NoRelease, Releases
from etl.__main__ import main
from etl.protect.ledger import FILE_NAME
from etl.register import journal, seal
from etl.register.access import locked
from etl.release.editions import go_back, list_editions
from etl.release.files import folders, new_release_id, pointed_to, public_folder, release_ids
from etl.release.publication import Published
from etl.secret_files import secret_paths
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

Store = tuple[Settings, list[Published]]
PEOPLE = "SELECT * FROM people ORDER BY ALL"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Three editions, of which the last two are also public."""
    settings = registers.make(tmp_path_factory.mktemp("editions"))
    registers.fill(settings, registers.register_rows(invented.people(20, 4, seed=1), referrals=0))
    first = registers.publish_to(settings, Month(2023, 1), title="First", approved_by="A name")
    more = [registers.publish_to(settings, Month(2023, m), public=True) for m in (2, 3)]
    return settings, [first, *more]


@pytest.fixture
def store(made_once: Store, tmp_path: Path) -> Store:
    """A copy of the three editions, for a test to change."""
    return registers.copied(*made_once, tmp_path)


def test_every_edition_is_listed_the_newest_first(store: Store) -> None:
    settings, made = store
    listed = list_editions(settings)
    assert [entry.release_id for entry in listed] == [each.release_id for each in reversed(made)]
    assert [entry.current for entry in listed] == [True, False, False]
    assert [entry.public for entry in listed] == ["current", "kept", "none"]
    assert (listed[-1].title, listed[-1].approved_by) == ("First", "A name")
    assert (listed[0].first_month, listed[0].last_month) == ("2023-01", "2023-03")


@pytest.mark.parametrize("flipped", [True, False])
def test_a_damaged_edition_is_listed_as_such(store: Store, flipped: bool) -> None:
    """One flipped bit is damage, though the file still says what it is."""
    settings, made = store
    content = bytearray(made[1].path.read_bytes())
    content[-1000] ^= 1
    made[1].path.chmod(0o644)
    made[1].path.write_bytes(content if flipped else b"no database")
    assert [entry.damaged for entry in list_editions(settings)] == [False, True, False]
    with pytest.raises(OperatorError, match="cannot be read; choose another"):
        go_back(settings, made[1].release_id)
    assert pointed_to(settings.releases) == made[2].release_id
    assert go_back(settings).release_id == made[0].release_id, "a damaged one is not offered"


def test_going_back_shows_the_one_before_to_members_and_public(store: Store) -> None:
    settings, made = store
    units = (settings.units / FILE_NAME).read_bytes()
    returned = go_back(settings)
    assert (returned.release_id, returned.before) == (made[1].release_id, made[2].release_id)
    assert pointed_to(settings.releases) == pointed_to(public_folder(settings)) == returned.public
    assert release_ids(settings.releases) == sorted(each.release_id for each in made)
    assert (settings.units / FILE_NAME).read_bytes() == units


def test_going_back_reopens_nothing_and_the_next_publication_goes_on(store: Store) -> None:
    settings, made = store
    go_back(settings, made[0].release_id)
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, Month(2023, 3))
    assert pointed_to(settings.releases) == made[0].release_id
    fourth = registers.publish_to(settings, Month(2023, 4))
    question = "SELECT * FROM people WHERE month <= DATE '2023-03-01' ORDER BY ALL"
    assert registers.read(fourth, question) == registers.read(made[2], question)
    assert pointed_to(settings.releases) == fourth.release_id
    assert pointed_to(public_folder(settings)) == fourth.release_id


def test_a_later_edition_can_be_named_again(store: Store) -> None:
    settings, made = store
    go_back(settings, made[1].release_id)
    assert go_back(settings, made[2].release_id).public == made[2].release_id
    assert not any(entry.taken_back for entry in list_editions(settings))


def test_no_reader_opens_what_was_taken_back(store: Store) -> None:
    settings, made = store
    ids = [each.release_id for each in made]
    before = [Releases(folder) for folder in folders(settings)]
    for readers in before:
        assert readers.steady(ids[2]).id == ids[2]
    assert go_back(settings, ids[1]).taken_back == (ids[2],)
    for readers in (*before, *map(Releases, folders(settings))):
        assert not readers.is_edition(ids[2])
        assert ids[2] not in [edition.release_id for edition in readers.editions()]
        assert readers.steady(ids[2]).id in ids[1:]
        with pytest.raises(NoRelease):
            readers.open(ids[2])


def test_what_was_taken_back_stays_so_until_it_is_named(store: Store) -> None:
    settings, made = store
    ids = [each.release_id for each in made]
    go_back(settings, ids[1])
    fourth = registers.publish_to(settings, Month(2023, 4))
    assert pointed_to(settings.releases) == fourth.release_id
    assert [entry.taken_back for entry in list_editions(settings)] == [False, True, False, False]
    returned = go_back(settings)
    assert (returned.release_id, returned.taken_back) == (ids[1], (fourth.release_id,))
    assert go_back(settings, fourth.release_id).taken_back == ()
    assert [entry.taken_back for entry in list_editions(settings)] == [False, True, False, False]
    assert go_back(settings, ids[2]).public == ids[2]
    assert [entry.taken_back for entry in list_editions(settings)] == [True, False, False, False]


@pytest.mark.parametrize("again", ["rollback", "rollback --to", "publish"])
@pytest.mark.parametrize("done", [0, 1])
def test_a_rollback_that_was_killed_is_finished_by_the_next_command(
    store: Store, monkeypatch: pytest.MonkeyPatch, done: int, again: str
) -> None:
    settings, made = store
    ids = [each.release_id for each in made]
    touched = Mock(side_effect=[*([None] * done), KeyboardInterrupt])
    with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr("etl.release.files._mark", touched)
        go_back(settings, ids[0])
    assert pointed_to(settings.releases) == ids[0]
    if again != "publish":
        returned = go_back(settings, ids[0] if again.endswith("--to") else None)
        assert (returned.release_id, returned.taken_back) == (ids[0], tuple(ids[1:]))
    fourth = registers.publish_to(settings, Month(2023, 4))
    assert [entry.taken_back for entry in list_editions(settings)] == [False, True, True, False]
    readers = Releases(settings.releases)
    shown = [edition.release_id for edition in readers.editions()]
    assert shown == [fourth.release_id, ids[0]]


def stopped_before_it_was_shown(settings: Settings, month: Month) -> str:
    """Id of a release whose publication ended right before readers saw it."""
    with pytest.MonkeyPatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr("etl.release.publication.point_to", Mock(side_effect=KeyboardInterrupt))
        registers.publish_to(settings, month)
    return release_ids(settings.releases)[-1]


@pytest.mark.parametrize("secrets", [True, False])
def test_going_back_never_shows_what_readers_did_not_see_yet(
    store: Store, tmp_path: Path, secrets: bool
) -> None:
    settings, made = store
    stopped = stopped_before_it_was_shown(settings, Month(2023, 4))
    there = settings if secrets else replace(settings, secrets=tmp_path / "nowhere")
    returned = go_back(there)
    assert (returned.release_id, returned.taken_back) == (made[2].release_id, (stopped,))
    assert pointed_to(settings.releases) == made[2].release_id
    if not secrets:
        go_back(settings, made[2].release_id)  # which writes it down
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, Month(2023, 4))
    assert pointed_to(settings.releases) == made[2].release_id
    assert [entry.taken_back for entry in list_editions(settings)] == [True, False, False, False]
    assert go_back(settings, stopped).release_id == stopped


@pytest.mark.parametrize("to", [0, 1])
def test_without_secrets_a_release_is_taken_back_that_was_not_written_down(
    store: Store, tmp_path: Path, to: int
) -> None:
    settings, made = store
    with pytest.MonkeyPatch.context() as killed, pytest.raises(KeyboardInterrupt):
        killed.setattr(
            "etl.release.publication.record_release", Mock(side_effect=KeyboardInterrupt)
        )
        registers.publish_to(settings, Month(2023, 4))
    ids = release_ids(settings.releases)
    assert pointed_to(settings.releases) == ids[-1]
    bare = replace(settings, secrets=tmp_path / "nowhere")
    assert go_back(bare, ids[to]).taken_back == tuple(ids[to + 1 :])
    with pytest.raises(OperatorError, match="was changed, but by no command"):
        registers.publish_to(settings, Month(2023, 4))
    go_back(settings, ids[to])
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, Month(2023, 4))
    written_down = registers.ask(settings.units / FILE_NAME, "SELECT release_id FROM edition")
    assert (ids[-1],) in written_down
    readers = Releases(settings.releases)
    assert readers.current().id == ids[to]
    assert [edition.release_id for edition in readers.editions()] == ids[to::-1]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("manifest.json", "The manifest of the store"),
        ("store.json", "store.json in"),
        ("register.duckdb", "The register cannot be read"),
    ],
)
def test_what_stops_a_rollback_does_not_where_no_secrets_are(
    store: Store, tmp_path: Path, name: str, told: str
) -> None:
    settings, made = store
    if name == "register.duckdb":
        journal.note_extracts(settings, ["an extract"])
    (settings.operator / name).write_bytes(b"torn")
    with pytest.raises(OperatorError, match=told):
        go_back(settings)
    assert pointed_to(settings.releases) == made[2].release_id
    bare = replace(settings, secrets=tmp_path / "nowhere")
    assert go_back(bare).release_id == made[1].release_id


def test_the_public_stays_where_it_has_nothing_as_old(store: Store) -> None:
    settings, made = store
    returned = go_back(settings, made[0].release_id)
    assert returned.public_stays
    assert returned.public == made[2].release_id


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("2019-01-20190101T000000-00000000", "There is no release 2019"),
        ("../current", "There is no release"),
    ],
)
def test_a_release_that_is_not_there_is_refused(store: Store, to: str, told: str) -> None:
    with pytest.raises(OperatorError, match=told):
        go_back(store[0], to)


def test_there_is_nothing_before_the_first(store: Store) -> None:
    settings, made = store
    go_back(settings, made[0].release_id)
    with pytest.raises(OperatorError, match="There is no release before"):
        go_back(settings)
    with pytest.raises(OperatorError, match="is the current release already"):
        go_back(settings, made[0].release_id)


def test_the_commands_say_what_readers_see(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, made = store
    for path in secret_paths(settings):
        path.unlink()  # Taking an edition back must not wait for a secret.
    assert main(["rollback", "--to", made[0].release_id], settings) == 0
    told = capsys.readouterr().out
    assert f"Readers see {made[0].release_id} again" in told
    assert f"No member can open any more: {made[1].release_id}, {made[2].release_id}." in told
    assert "stop the public dashboard" in told
    assert main(["editions"], settings) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:2] for line in lines] == ["  ", "  ", "* "]
    assert [line.endswith(", taken back") for line in lines] == [True, True, False]
    assert "cleared by A name" in lines[-1]
    assert main(["editions", "--json"], settings) == 0
    document = json.loads(capsys.readouterr().out)
    assert [entry["current"] for entry in document["editions"]] == [False, False, True]


def test_a_store_without_editions_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = registers.make(tmp_path)
    assert main(["editions"], settings) == 0
    assert capsys.readouterr().out == "Nothing was published yet.\n"
    assert main(["rollback"], settings) == 1
    assert capsys.readouterr().err == "Nothing was published yet.\n"
    assert main(["editions"], registers.settings_of(tmp_path / "nowhere")) == 1
    assert "run `init` first" in capsys.readouterr().err


def test_ids_sort_by_publication_when_the_clock_runs_behind() -> None:
    newest = "2023-03-20260102T030405-ffffffff"
    for clock in (datetime(2026, 1, 2, 3, 4, 5), datetime(2025, 1, 1)):
        made = new_release_id(Month(2023, 3), clock, newest)
        assert made.startswith("2023-03-20260102T030406-")
    assert new_release_id(Month(2023, 4), datetime(2025, 1, 1), newest) > newest


def test_a_damaged_edition_is_published_anew(store: Store) -> None:
    settings, made = store
    shown = registers.read(made[2], PEOPLE)
    for audience in ("path", "public"):
        path = getattr(made[2], audience)
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[:-10])
        again = registers.publish_to(settings, Month(2023, 3))
        assert again.public
        assert again.release_id > made[2].release_id
        assert registers.read(again, PEOPLE) == shown
        assert [pointed_to(folder) for folder in folders(settings)] == [again.release_id] * 2
        with pytest.raises(OperatorError, match="No month is due"):
            registers.publish_to(settings, Month(2023, 3))
        made[2] = again


def faults(settings: Settings) -> tuple[str, ...]:
    with locked(settings):
        return seal.read_releases(settings).faults


def test_an_edition_is_removed_for_good_and_its_months_stay_closed(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, made = store
    for release_id in (made[-1].release_id, "none", "../operator/store", "2023-09-x"):
        assert main(["editions", "--remove", release_id], settings) == 1
    second = made[1]
    second.path.unlink()
    assert f"The release {second.release_id} is missing" in " ".join(faults(settings))
    assert main(["editions", "--remove", second.release_id], settings) == 0
    assert second.release_id not in capsys.readouterr().out.splitlines()[-1]
    assert not list(settings.releases.rglob(f"{second.release_id}*"))
    assert faults(settings) == ()
    assert main(["status"], settings) == 0
    assert main(["editions", "--remove", second.release_id], settings) == 1
    later = registers.publish_to(settings, Month(2023, 4))
    assert (later.first_month, later.last_month) == ("2023-01", "2023-04")


def test_a_pointer_that_another_hand_moved_waits_for_a_name_and_takes_nothing_back(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, made = store
    (settings.releases / "current").write_text(f"{made[0].release_id}\n")
    for again in (registers.publish_to, registers.close_to):
        with pytest.raises(OperatorError, match="was changed, but by no command"):
            again(settings, Month(2023, 4))
    assert main(["status"], settings) == 1
    said = capsys.readouterr().out
    assert "The pointer to the release that members see (current) is not as it was written" in said
    assert "every file is as it was written" not in said
    go_back(settings, made[2].release_id)
    assert faults(settings) == ()
    assert not list(settings.releases.glob("*.taken-back"))


def test_what_a_rollback_without_secrets_did_is_told_until_it_is_given_with_them(
    store: Store, tmp_path: Path
) -> None:
    settings, made = store
    go_back(replace(settings, secrets=tmp_path / "none"), made[1].release_id)
    assert "`rollback --to ID`" in " ".join(faults(settings))
    returned = go_back(settings, made[1].release_id)
    assert returned.release_id == made[1].release_id
    assert faults(settings) == ()
    with pytest.raises(OperatorError, match="is the current release already"):
        go_back(settings, made[1].release_id)


def test_a_generation_that_is_lost_is_written_again_by_naming_a_release(store: Store) -> None:
    settings, made = store
    seal.generation_file(settings).unlink()
    (told,) = faults(settings)
    assert told.startswith("The file generation beside the releases is missing")
    go_back(settings, made[2].release_id)
    assert faults(settings) == ()


def test_an_older_half_is_refused_by_every_command_but_a_rollback(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, made = store
    shutil.copytree(settings.operator, tmp_path / "older")
    registers.publish_to(settings, Month(2023, 4))
    shutil.rmtree(settings.operator)
    shutil.copytree(tmp_path / "older", settings.operator)
    for again in (registers.publish_to, registers.close_to, registers.preview_to):
        with pytest.raises(OperatorError, match="is older than the releases beside it"):
            again(settings, Month(2023, 4))
    for words in (["status"], ["backup", str(tmp_path / "atlas.tar")], ["retain", "--years", "3"]):
        assert main(words, settings) == 1
        assert "is older than the releases beside it" in capsys.readouterr().err
    assert go_back(settings, made[1].release_id).release_id == made[1].release_id
    with pytest.raises(OperatorError, match="is older than the releases beside it"):
        registers.publish_to(settings, Month(2023, 4))
