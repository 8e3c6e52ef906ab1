"""A release tells what editions showed and who stopped or began, fixed when a month closes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from dashboard.model.facts import MONTHLY_FACTS
from dashboard.model.periods import Month
from dashboard.model.release import CONTRACT_VERSION
from etl.release import assembly
from etl.release.contents.build import build_release
from etl.release.files import release_ids
from etl.release.publication import Published
from etl.settings import Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

FIRST = Month(2023, 1)
FACTS = [fact.id for fact in MONTHLY_FACTS]
SIZES = "SELECT edition, month, size FROM edition_series WHERE fact = 'people' ORDER BY ALL"
SHARES = "SELECT fact, month, silent, new FROM partner_share ORDER BY ALL"


def late_rows(months: int, *, name: str = "a", stops: int = 99) -> dict[str, list[dict]]:
    """Rows of a register: of five incidents two are reported a month late, one two months.

    Args:
        months: How many months.
        name: Beginning of the keys.
        stops: Months after which the first partner tells nothing more.
    """
    rows = registers.register_rows(invented.people(30, months, seed=5), name=name, referrals=0.5)
    for number, incident in enumerate(rows["incident"]):
        own = Month.of(incident["incident_month"])
        incident["report_month"] = own.plus((0, 0, 1, 1, 2)[number % 5]).first_day
        quiet = own.minus(FIRST) >= stops
        incident["partner"] = f"partner-{('bcbc' if quiet else 'abac')[number % 4]}"
    return rows


def sizes(release: Published) -> dict[tuple[date, date], int]:
    return {(e, m): size for e, m, size in registers.read(release, SIZES)}


def shown(path: Path) -> dict[date, int]:
    return dict(registers.ask(path, "SELECT month, sum(size)::BIGINT FROM people GROUP BY month"))


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Published]:
    """A store of eighteen months, sixteen of them published; one of three partners stops then."""
    settings = registers.make(tmp_path_factory.mktemp("changes"))
    registers.fill(settings, late_rows(18, stops=16))
    return settings, registers.publish_to(settings, FIRST.plus(15), public=True)


@pytest.fixture
def store(made_once: tuple[Settings, Published], tmp_path: Path) -> tuple[Settings, Published]:
    settings, (first,) = registers.copied(made_once[0], [made_once[1]], tmp_path)
    return settings, first


def test_before_the_first_edition_stands_how_late_records_were_reported(
    store: tuple[Settings, Published],
) -> None:
    _, first = store
    told, now = sizes(first), shown(first.path)
    last = FIRST.plus(15)
    ages: dict[int, list[float]] = {}
    for (edition, month), size in told.items():
        age = Month.of(edition).minus(Month.of(month))
        if Month.of(edition) < last:
            ages.setdefault(age, []).append(size / now[month])
    complete = [sum(ages[age]) / len(ages[age]) for age in range(4)]
    assert complete[0] == pytest.approx(0.6, abs=0.1)
    assert complete[1] == pytest.approx(0.9, abs=0.06)
    assert complete[0] < complete[1] < complete[2] == complete[3] == 1
    assert {e for e, _ in told} == {FIRST.plus(step).first_day for step in range(16)}


def test_its_own_rows_are_the_sums_of_its_units(store: tuple[Settings, Published]) -> None:
    _, first = store
    last = FIRST.plus(15).first_day
    own = {month: size for (edition, month), size in sizes(first).items() if edition == last}
    assert own == {m: n for m, n in shown(first.path).items() if m > FIRST.first_day}
    facts = registers.read(first, "SELECT DISTINCT fact FROM edition_series ORDER BY fact")
    assert facts == sorted((fact,) for fact in FACTS)
    # A referral does not say when it was reported.
    pseudo = "SELECT DISTINCT fact FROM edition_series WHERE edition < ? ORDER BY fact"
    assert registers.read(first, pseudo, last) == [("incidents",), ("people",)]


def test_a_later_edition_carries_over_what_was_told_whatever_arrives(
    store: tuple[Settings, Published],
) -> None:
    settings, first = store
    late = [e for e in invented.people(60, 16, seed=9) if e["month"].month % 2]
    registers.fill(settings, registers.register_rows(late, name="late", referrals=0))
    second = registers.publish_to(settings, FIRST.plus(17))
    before, after = sizes(first), sizes(second)
    assert {key: after[key] for key in before} == before
    newest = FIRST.plus(17).first_day
    added = {key: size for key, size in after.items() if key not in before}
    assert added == {
        (newest, month): size
        for month, size in shown(second.path).items()
        if month > FIRST.plus(2).first_day
    }
    assert sum(shown(second.path).values()) > sum(shown(first.path).values())


def test_who_stopped_is_told_from_then_on_and_what_was_told_stays(
    store: tuple[Settings, Published],
) -> None:
    settings, first = store
    told = registers.read(first, SHARES)
    assert {(silent, new) for *_, silent, new in told} == {("none", "none")}
    assert len(told) == 16 * len(FACTS)
    second = registers.publish_to(settings, FIRST.plus(16))
    now = registers.read(second, SHARES)
    stopped = FIRST.plus(16).first_day
    assert [row for row in now if row[1] < stopped] == told
    assert ("people", stopped, "more", "none") in now
    assert ("incidents", stopped, "more", "none") in now
    back = registers.register_rows(invented.people(90, 18, seed=3), name="back", referrals=0)
    of_a = [i for i in back["incident"] if i["incident_month"] == stopped]
    keys = {incident["incident_id"] for incident in of_a}
    for incident in of_a:
        incident["partner"] = "partner-a"
    registers.fill(
        settings,
        {name: [r for r in rows if r.get("incident_id") in keys] for name, rows in back.items()},
    )
    third = registers.publish_to(settings, FIRST.plus(17))
    assert [row for row in registers.read(third, SHARES) if row[1] <= stopped] == now


def test_the_public_has_the_shares_and_the_bands_of_the_members(
    store: tuple[Settings, Published],
) -> None:
    settings, first = store
    assert first.public
    second = registers.publish_to(settings, FIRST.plus(17))
    assert second.public
    for members, public in ((first, first.public), (second, second.public)):
        months = {m for (m,) in registers.ask(public, "SELECT DISTINCT month FROM partner_share")}
        bands = [row for row in registers.read(members, SHARES) if row[1] in months]
        assert registers.ask(public, SHARES) == bands
        assert bands
    of_public = {(e, m): n for e, m, n in registers.ask(second.public, SIZES)}
    earlier = {(e, m): n for e, m, n in registers.ask(first.public, SIZES)}
    assert {key: of_public[key] for key in earlier} == earlier
    own, whole = shown(first.public), shown(first.path)
    for (edition, month), size in sizes(first).items():
        if edition < FIRST.plus(15).first_day:
            part = round(20 * size / whole[month]) / 20
            assert abs(earlier[edition, month] - part * own[month]) <= 0.5


def test_a_second_edition_of_the_same_month_takes_the_place_of_the_first(
    store: tuple[Settings, Published],
) -> None:
    settings, first = store
    second = registers.publish_to(settings, FIRST.plus(16))
    told, bands = sizes(second), registers.read(second, SHARES)
    second.path.chmod(0o644)
    second.path.write_bytes(b"damaged")
    again = registers.publish_to(settings, FIRST.plus(16))
    assert release_ids(settings.releases) == [e.release_id for e in (first, second, again)]
    assert (sizes(again), registers.read(again, SHARES)) == (told, bands)


def test_an_edition_of_another_version_is_made_anew_and_nothing_of_it_carried(
    store: tuple[Settings, Published],
) -> None:
    settings, first = store
    told = sizes(first)
    for path in (first.path, first.public):
        assert path
        path.chmod(0o644)
        with duckdb.connect(str(path)) as connection:
            connection.execute("UPDATE edition SET contract_version = ?", [CONTRACT_VERSION - 1])
            connection.execute("DROP TABLE edition_series")
            connection.execute("DROP TABLE partner_share")
            connection.execute("DROP TABLE capacity")
        path.with_name(f"{path.name}.sha256").unlink()
    assert all(face.outdated for face in registers.preview_to(settings, FIRST.plus(15)).faces)
    again = registers.publish_to(settings, FIRST.plus(15))
    assert sizes(again) == told


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        ("UPDATE release.partner_share SET silent = '0.31'", "unknown facts or bands"),
        ("UPDATE release.partner_share SET fact = 'legs'", "unknown facts or bands"),
        ("UPDATE release.partner_share SET new = NULL", "unknown facts or bands"),
        (
            "DELETE FROM release.partner_share WHERE month = DATE '2023-02-01'",
            "does not tell each month of the edition once",
        ),
        (
            "UPDATE release.partner_share SET month = month + INTERVAL 9 YEAR",
            "does not tell each month of the edition once",
        ),
        ("UPDATE release.edition_series SET fact = 'boats'", "tells of no fact, edition or month"),
        (
            "UPDATE release.edition_series SET month = month + INTERVAL 1 DAY",
            "tells of no fact, edition or month",
        ),
        (
            "UPDATE release.edition_series SET edition = DATE '2030-01-01'",
            "tells of no fact, edition or month",
        ),
        (
            "INSERT INTO release.edition_series FROM release.edition_series",
            "tells a month of an edition twice",
        ),
        (
            "UPDATE release.edition_series SET size = size + 1 WHERE edition = DATE '2024-05-01'",
            "edition_series shows people unlike its units",
        ),
    ],
)
def test_what_is_no_band_month_or_sum_stops_the_release(
    made_once: tuple[Settings, Published],
    monkeypatch: pytest.MonkeyPatch,
    tampering: str,
    finding: str,
) -> None:
    settings, _ = made_once

    def spoiled(connection: duckdb.DuckDBPyConnection, *rest) -> None:
        build_release(connection, *rest)
        connection.execute(tampering)

    monkeypatch.setattr(assembly, "build_release", spoiled)
    with pytest.raises(RuntimeError, match=finding):
        registers.publish_to(settings, FIRST.plus(16))
