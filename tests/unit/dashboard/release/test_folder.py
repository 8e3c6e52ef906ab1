"""Releases: what is opened, what is refused, and what readers notice of a publication."""

from __future__ import annotations

import random
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import duckdb
import pytest

from dashboard.model.event_note import EventNote
from dashboard.model.languages import LOCAL
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.release import CONTRACT_VERSION, TAKEN_BACK_SUFFIX
from dashboard.release import folder as releases_module
from dashboard.release import open_release as release_module
from dashboard.release.description import DamagedRelease
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import QueryTimeout, Release
from tests.support.releases import build_release, point_to


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_release(tmp_path_factory.mktemp("original") / "2026-09-a.duckdb", months=12)


@pytest.fixture
def folder(tmp_path: Path, original: Path) -> Path:
    shutil.copy(original, tmp_path / original.name)
    point_to(tmp_path, original.stem)
    return tmp_path


def changed(original: Path, tmp_path: Path, *statements: str) -> Path:
    """A copy of a release after some statements."""
    path = tmp_path / original.name
    shutil.copy(original, path)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("CHECKPOINT")
    return path


def break_newest(folder: Path) -> None:
    """Publish an edition whose file is cut off."""
    whole = (folder / "2026-09-a.duckdb").read_bytes()
    (folder / "2026-09-b.duckdb").write_bytes(whole[:20_000])
    point_to(folder, "2026-09-b")


def contents(release: Release) -> list[object]:
    tables = [row[0] for row in release.query("SELECT table_name FROM duckdb_tables()")]
    return [
        release.query(f"SELECT count(*), bit_xor(hash(t)) FROM {table} t")  # noqa: S608
        for table in sorted(tables)
    ]


def test_a_release_describes_itself(protected: Release) -> None:
    assert protected.span == Span(Month(2023, 10), Month(2026, 9))
    assert protected.default_period == Span(Month(2025, 10), Month(2026, 9))
    assert protected.base("people") == 5
    assert protected.base("requests") == 10
    assert protected.edition.kind == "invented"


def test_places_have_names_parents_and_children(protected: Release) -> None:
    assert protected.is_place("BD2022")
    assert not protected.is_place("nowhere")
    assert protected.place_name("BD2022") == "Cox's Bazar"
    assert protected.place_name("BD2022", "bn") == "কক্সবাজার"
    assert protected.place_name("nowhere") == "nowhere"
    assert protected.parent("BD20220094", "division") == "BD20"
    assert protected.parent("BD20", "district") is None
    assert "BD20220094" in protected.children("BD2022")
    assert "BD2022" in protected.children("BD20")
    assert protected.children("nowhere") == ()


def test_codes_have_labels_and_what_is_missing_says_so(protected: Release) -> None:
    assert protected.label("sex", "female") == "Female"
    assert protected.label("sex", "female", "bn") == "নারী"
    assert protected.label("sex", None) == "Not recorded"
    assert protected.label("sex", "robot") == "robot"


def test_a_code_that_was_renamed_is_called_anew_and_one_that_was_dropped_as_the_edition_does(
    original: Path, tmp_path: Path
) -> None:
    renamed = "UPDATE code SET label_en = 'Lady', label_bn = 'Lady' WHERE code = 'female'"
    dropped = "INSERT INTO code VALUES ('sex', 'robot', 'Robot', 'রোবট', '', '', 9)"
    with closing(Release(changed(original, tmp_path, renamed, dropped))) as release:
        release.scan()
        assert [release.label("sex", "female", lang) for lang in ("en", "bn")] == ["Female", "নারী"]
        assert [release.label("sex", "robot", lang) for lang in ("en", "bn")] == ["Robot", "রোবট"]


@pytest.mark.parametrize(
    "statement",
    ["ATTACH '/tmp/other.duckdb'", "COPY people TO '/tmp/people.csv'",
     "COPY (SELECT 1) TO '/tmp/one.csv'", "EXPORT DATABASE '/tmp/all'", "INSTALL httpfs",
     "LOAD httpfs", "SET enable_external_access = true", "SET memory_limit = '100GB'",
     "RESET lock_configuration", "SELECT * FROM read_csv('/etc/passwd')",
     "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'",
     "SELECT * FROM glob('/*')", "SELECT * FROM read_csv('https://example.org/a.csv')",
     "CREATE TABLE copied AS SELECT * FROM people", "DELETE FROM people",
     "UPDATE edition SET title = 'mine'", "DROP TABLE people"],
)  # fmt: skip
def test_no_statement_reaches_outside_a_release_or_changes_it(
    protected: Release, statement: str
) -> None:
    before = contents(protected)
    with pytest.raises(duckdb.Error):
        protected.query(statement)
    assert contents(protected) == before


def test_a_runaway_query_is_stopped_and_the_next_one_answers(
    original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_module, "QUERY_SECONDS", 0.2)
    slow = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(1000000) b"
    with closing(Release(original)) as release:
        with pytest.raises(QueryTimeout):
            release.query(slow)
        assert release.query("SELECT 1") == [(1,)]


@pytest.mark.parametrize("share", [0.02, 0.25, 0.5, 0.75, 0.97])
def test_a_truncated_file_is_refused(original: Path, tmp_path: Path, share: float) -> None:
    path = tmp_path / original.name
    whole = original.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedRelease):
        Release(path).scan()


def test_a_flipped_bit_is_refused_or_lies_where_nothing_is_stored(
    original: Path, tmp_path: Path
) -> None:
    whole = original.read_bytes()
    with closing(Release(original)) as release:
        before = contents(release)
    rng = random.Random(5)
    refused = 0
    for index in range(40):
        path = tmp_path / f"{index}" / original.name
        path.parent.mkdir()
        flipped = bytearray(whole)
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
        path.write_bytes(flipped)
        try:
            damaged = Release(path)
            damaged.scan()
        except DamagedRelease:
            refused += 1
        else:
            assert contents(damaged) == before
            damaged.close()
    assert refused >= 10


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE endings", "ALTER TABLE people ADD COLUMN name VARCHAR", "DELETE FROM edition"],
)
def test_a_file_of_another_shape_is_not_opened(
    original: Path, tmp_path: Path, statement: str
) -> None:
    with pytest.raises(DamagedRelease):
        Release(changed(original, tmp_path, statement))


def test_a_file_of_another_country_says_so(original: Path, tmp_path: Path) -> None:
    other = changed(original, tmp_path, f"ALTER TABLE place RENAME COLUMN name_{LOCAL} TO name_qaa")
    with pytest.raises(DamagedRelease, match=r"have name_en, name_qaa, .*ATLAS_COUNTRY"):
        Release(other)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE build_check SET passed = false", "DELETE FROM build_check",
     "UPDATE people SET size = 4 WHERE rowid = 3",
     "UPDATE requests SET size = NULL WHERE rowid = 3",
     "UPDATE people SET month = NULL WHERE rowid = 3",
     "UPDATE people SET month = month + INTERVAL 1 DAY WHERE rowid = 3",
     "UPDATE legs SET quarter = quarter + INTERVAL 1 MONTH WHERE rowid = 3"],
)  # fmt: skip
def test_a_release_that_breaks_its_own_promises_is_not_ready(
    original: Path, tmp_path: Path, statement: str
) -> None:
    broken = changed(original, tmp_path, statement)
    with closing(Release(broken)) as release, pytest.raises(DamagedRelease):
        release.scan()


def test_before_the_first_publication_there_is_a_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="No release has been published yet"):
        Releases(tmp_path).current()


def test_a_damaged_first_release_says_what_is_wrong(folder: Path, original: Path) -> None:
    (folder / original.name).write_bytes(original.read_bytes()[:20_000])
    with pytest.raises(NoRelease, match="cannot be shown"):
        Releases(folder).current()


def test_a_damaged_new_release_leaves_the_old_one_in_place(folder: Path, original: Path) -> None:
    releases = Releases(folder)
    assert releases.current().id == "2026-09-a"
    break_newest(folder)
    assert releases.current().id == "2026-09-a"
    assert "2026-09-b" in (releases.problem or "")
    build_release(folder / "2026-09-c.duckdb", months=2)
    point_to(folder, "2026-09-c")
    assert releases.current().id == "2026-09-c"
    assert releases.problem is None


def test_a_pointer_that_runs_ahead_of_its_file_is_followed_once_the_file_is_there(
    folder: Path,
) -> None:
    releases = Releases(folder)
    point_to(folder, "2026-09-b")
    assert releases.current().id == "2026-09-a"
    assert "is missing" in (releases.problem or "")
    build_release(folder / "2026-09-b.duckdb", months=2)
    assert releases.current().id == "2026-09-b"


def test_two_processes_show_the_same_where_the_newest_cannot_be_shown(
    folder: Path, original: Path
) -> None:
    """One of them had shown the edition before, the other none."""
    one, other = Releases(folder), Releases(folder)
    assert one.current().id == "2026-09-a"
    break_newest(folder)
    for _ in range(2):
        assert [own.current().id for own in (one, other)] == ["2026-09-a"] * 2
        assert one.problem is not None
        assert other.problem is not None


def test_two_processes_show_the_same_where_the_one_before_was_taken_back_too(
    folder: Path, original: Path
) -> None:
    build_release(folder / "2026-08-a.duckdb", months=2)
    one, other = Releases(folder), Releases(folder)
    assert one.current().id == "2026-09-a"
    (folder / f"2026-09-a.duckdb{TAKEN_BACK_SUFFIX}").touch()
    break_newest(folder)
    for _ in range(2):
        assert [own.current().id for own in (one, other)] == ["2026-08-a"] * 2


def test_what_is_remembered_is_made_once_within_bounds_and_what_is_held_once_for_all(
    original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_module, "REMEMBERED", 3)
    release = Release(original)
    keys = (1, 1, 2, 3, 1, 4, 1)
    remembered: list[int] = []
    calls: list[int] = []
    for key in keys:  # what is made is None, which is kept like any other value
        release.remember(key, lambda key=key: remembered.append(key))
        release.once_forever(key, lambda key=key: calls.append(key))
    assert (remembered, calls) == ([1, 2, 3, 4, 1], [1, 2, 3, 4])
    release.close()


def test_statements_are_read_once_within_bounds_and_asked_by_many_at_once(
    original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_module, "STATEMENTS", 5)
    release = Release(original)

    def asked(number: int) -> bool:
        sql = f"SELECT ? + {number % 9}, count(*) > 0 FROM people"  # noqa: S608 -- a number
        return release.query(sql, [number]) == [(number + number % 9, True)]

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(asked, range(2000)))
    assert len(release._statements) <= 5 + 8
    with pytest.raises(duckdb.ParserException):
        release.query("SELEKT 1")
    release.close()
    assert release._statements == {}
    with pytest.raises(duckdb.ConnectionException):
        release.query("SELECT ? + 1, count(*) > 0 FROM people", [1])


def test_a_pointer_is_followed_at_once_by_every_process(folder: Path) -> None:
    one, other = Releases(folder), Releases(folder)
    one.current()
    build_release(folder / "2026-08-a.duckdb", months=2)
    for newest in ("2026-08-a", "2026-09-a"):
        point_to(folder, newest)
        assert [one.current().id, other.current().id] == [newest, newest]


def opened_slowly(patched: pytest.MonkeyPatch) -> tuple[threading.Event, threading.Event]:
    """Events of the first release that is being opened, and of when that may end."""
    opening, opened = threading.Event(), threading.Event()

    def slowly(path: Path, **how: Any) -> Release:
        opening.set()
        assert opened.wait(20)
        return Release(path, **how)

    patched.setattr(releases_module, "Release", slowly)
    return opening, opened


def test_a_new_release_is_waited_for_while_another_opens_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process may have answered from it already."""
    releases = Releases(folder)
    assert releases.current().id == "2026-09-a"
    build_release(folder / "2026-08-a.duckdb", months=2)
    opening, opened = opened_slowly(monkeypatch)
    point_to(folder, "2026-08-a")
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(releases.current)
        assert opening.wait(20)
        second = threads.submit(releases.current)
        with pytest.raises(TimeoutError):
            second.result(0.05)
        opened.set()
        assert first.result(20).id == second.result(20).id == "2026-08-a"


@pytest.mark.parametrize("newest", ["damaged", "held back", "no file"])
def test_where_the_newest_cannot_be_shown_nobody_waits_for_what_others_open(
    folder: Path, newest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_release(folder / "2026-08-a.duckdb", months=2)
    releases = Releases(folder, holds=lambda each: newest == "held back" and each == "2026-09-b")
    assert releases.current().id == "2026-09-a"
    break_newest(folder)
    if newest == "no file":
        (folder / "2026-09-b.duckdb").unlink()
    assert releases.current().id == "2026-09-a"
    assert releases.is_edition("2026-08-a")
    opening, opened = opened_slowly(monkeypatch)
    with ThreadPoolExecutor(2) as threads:
        archived = threads.submit(releases.open, "2026-08-a")
        assert opening.wait(20)
        assert threads.submit(releases.current).result(10).id == "2026-09-a"
        opened.set()
        assert archived.result(20).id == "2026-08-a"


def test_a_page_keeps_the_release_that_it_was_loaded_with(folder: Path) -> None:
    releases = Releases(folder)
    build_release(folder / "2026-08-a.duckdb", months=2)
    point_to(folder, "2026-08-a")
    assert releases.current().id == "2026-08-a"
    assert releases.steady("2026-09-a").id == "2026-09-a"
    assert releases.steady("2026-09-a") is releases.steady("2026-09-a")
    for gone in (None, "2026-07-x", "../secret"):
        assert releases.steady(gone).id == "2026-08-a"


def test_a_page_whose_release_was_taken_back_turns_to_the_current_one(folder: Path) -> None:
    releases = Releases(folder)
    build_release(folder / "2026-08-a.duckdb", months=2)
    assert releases.steady("2026-09-a").id == "2026-09-a"
    before = releases.fingerprint()
    (folder / f"2026-09-a.duckdb{TAKEN_BACK_SUFFIX}").touch()
    assert releases.steady("2026-09-a").id == "2026-09-a", "until the pointer moves"
    point_to(folder, "2026-08-a")
    assert releases.steady("2026-09-a").id == "2026-08-a"
    assert [edition.release_id for edition in releases.editions()] == ["2026-08-a"]
    assert releases.fingerprint() != before


def test_what_was_taken_back_is_not_shown_though_nothing_else_can_be(folder: Path) -> None:
    releases = Releases(folder)
    assert releases.current().id == "2026-09-a"
    (folder / "2026-08-a.duckdb").write_bytes(b"half of a file")
    (folder / f"2026-09-a.duckdb{TAKEN_BACK_SUFFIX}").touch()
    point_to(folder, "2026-08-a")
    for _ in range(2):
        with pytest.raises(NoRelease, match="2026-08-a"):
            releases.current()
        assert releases.problem is not None


def test_a_file_that_could_not_be_opened_for_a_moment_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_release(folder / "2026-08-a.duckdb", months=2)
    releases = Releases(folder)
    with monkeypatch.context() as busy:
        busy.setattr(releases_module, "Release", Mock(side_effect=DamagedRelease("too many files")))
        assert not releases.is_edition("2026-08-a")
    assert not releases.is_edition("2026-08-a")
    monkeypatch.setattr(releases_module, "RETRY_SECONDS", 0)
    assert releases.is_edition("2026-08-a")


def test_a_file_that_was_mended_is_tried_again(folder: Path, original: Path) -> None:
    releases = Releases(folder)
    releases.current()
    whole = build_release(folder / "made" / "2026-09-b.duckdb", months=2).read_bytes()
    damaged = folder / "2026-09-b.duckdb"
    damaged.write_bytes(whole[:20_000])
    point_to(folder, "2026-09-b")
    releases.current()
    trouble = releases.trouble
    assert trouble is not None
    assert (trouble.release_id, trouble.kind, len(trouble.reference)) == ("2026-09-b", "damaged", 8)
    assert releases.damaged() == ["2026-09-b"]
    damaged.write_bytes(whole)
    assert releases.current().id == "2026-09-b"
    assert releases.trouble is None
    assert releases.damaged() == []


def test_trouble_ends_when_the_pointer_comes_back(folder: Path) -> None:
    releases = Releases(folder)
    releases.current()
    point_to(folder, "2026-09-b")
    releases.current()
    assert releases.trouble is not None
    assert releases.trouble.kind == "missing"
    point_to(folder, "2026-09-a")
    assert releases.current().id == "2026-09-a"
    assert releases.trouble is None


def test_a_release_tells_its_notes_in_order_of_time(tmp_path: Path) -> None:
    september, august = Month(2026, 9), Month(2026, 8)
    flood = EventNote(august, september, "flood", "BD2022", "A flood", "বন্যা ২০২৬")
    policy = EventNote(september, september, "policy", "", "A new rule", "")
    path = build_release(tmp_path / "2025-01-a.duckdb", months=3, notes=(policy, flood))
    release = Release(path)
    release.scan()
    assert release.event_notes == (flood, policy)
    assert [note.text("bn-beng") for note in release.event_notes] == ["বন্যা ২০২৬", "A new rule"]
    assert release.event_notes[0].span == Span(august, september)
    release.close()


def test_a_place_tells_its_populations_the_newest_first(tmp_path: Path) -> None:
    counts = [Population("BD2022", "host", 2011, "adm_v03", 2_290_000),
              Population("BD2022", "refugees", 2026, "adm_v03", 1_100_000),
              Population("BD2022", "all", 2026, "adm_v03", 3_900_000),
              Population("CXB-201", "refugees", 2026, "camps_2023", 40_000)]  # fmt: skip
    release = Release(build_release(tmp_path / "a.duckdb", months=3, populations=counts))
    assert release.population("BD2022") == (counts[2], counts[1], counts[0])
    assert release.population("CXB-201")[0].members == ("rohingya_refugee",)
    assert release.population("BD20") == ()
    release.close()


@pytest.mark.parametrize("version", [0, CONTRACT_VERSION - 1, CONTRACT_VERSION + 1, -1])
def test_another_contract_is_not_read(original: Path, tmp_path: Path, version: int) -> None:
    statement = f"UPDATE edition SET contract_version = {version}"  # noqa: S608
    with pytest.raises(DamagedRelease, match=rf"\(contract {version}, here .* made anew$"):
        Release(changed(original, tmp_path, statement))


def test_places_finer_than_districts_are_unknown_to_the_public(tmp_path: Path) -> None:
    release = Release(
        build_release(tmp_path / "public.duckdb", months=2, base=10, audience="public")
    )
    codes = {code: release.is_place(code) for code in ("BD20", "BD2022", "BD20220094", "CXB-201")}
    assert codes == {"BD20": True, "BD2022": True, "BD20220094": False, "CXB-201": False}
    release.close()


def test_a_reader_in_flight_keeps_a_release_that_was_let_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases_module, "KEPT_OPEN", 1)
    releases = Releases(folder)
    release = releases.current()
    build_release(folder / "2026-09-b.duckdb", months=2)
    releases.open("2026-09-b")
    assert release.query("SELECT count(*) FROM people")[0][0] > 0


@pytest.mark.parametrize("wrong", ["", "nothing", "../2026-09-a", "current", "2026-09-a.duckdb"])
def test_only_a_file_of_the_folder_is_an_edition(folder: Path, wrong: str) -> None:
    releases = Releases(folder / "")
    assert not releases.is_edition(wrong)
    with pytest.raises(NoRelease):
        releases.open(wrong)


def test_a_copy_under_another_name_is_no_edition(folder: Path, original: Path) -> None:
    """Else what was taken back would stay in the list by a copy of it."""
    taken_back = build_release(folder / "2026-09-b.duckdb", months=2)
    taken_back.with_name(f"{taken_back.name}{TAKEN_BACK_SUFFIX}").touch()
    for path in (original, taken_back):
        shutil.copy(path, folder / f"copy-of-{path.name}")
    releases = Releases(folder)
    assert [e.release_id for e in releases.editions()] == ["2026-09-a"]
    assert not releases.is_edition("copy-of-2026-09-a")
    assert releases.damaged() == []


def test_editions_are_listed_newest_first_without_damaged_ones(
    folder: Path, original: Path
) -> None:
    build_release(folder / "2026-08-a.duckdb", months=2)
    (folder / "2026-07-a.duckdb").write_bytes(original.read_bytes()[:20_000])
    releases = Releases(folder)
    assert [e.release_id for e in releases.editions()] == ["2026-09-a", "2026-08-a"]
    assert releases.current().editions() == releases.editions()
