"""Handed tables alone make an edition, and each edition tells what its readers may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.capacity import Capacity
from dashboard.model.periods import Month, Span
from dashboard.model.target import Target
from dashboard.release.open_release import Release
from etl.operator_tables.kinds import CAPACITIES, OUTLINES, RELEASED, TARGETS
from etl.operator_tables.stored import store_rows
from etl.release.contents.context import Context
from etl.release.contents.geography import read_geography
from etl.release.publication import Published
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

MARCH = Month(2023, 3)
SPAN = Span.parse("2023-01..2023-12")
CORNERS = "[[[[92.1,21.2],[92.2,21.2],[92.2,21.3],[92.1,21.2]]]]"
TRIANGLE = f'{{"type":"MultiPolygon","coordinates":{CORNERS}}}'
HOME, UPAZILA = invented.HOME, invented.UPAZILAS[0]
TARGET: Mapping[str, Any] = {
    "indicator": "people", "area": "", "group": "all", "period": SPAN, "target": 90,
    "source": "Plan", "invented": False,
}  # fmt: skip
PLACES: Mapping[str, Any] = {
    "area": HOME, "service": "legal_aid", "group": "all", "places": 9, "as_of": date(2023, 1, 1),
}  # fmt: skip


@pytest.fixture
def first(tmp_path: Path) -> Iterator[tuple[Settings, Published]]:
    """A store that has published for the public as well, with nothing beside its numbers."""
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=4), referrals=0))
    yield settings, registers.publish_to(settings, MARCH, public=True)


def told(path: Path | None, what: str) -> set[Any]:
    assert path is not None
    release = Release(path)
    release.scan()
    held = set(getattr(release, what))
    release.close()
    return held


def said(settings: Settings) -> list[str]:
    """What a preview says was added beside the numbers."""
    return [beside.sentence for beside in registers.preview_to(settings, MARCH).faces[0]
            .differences.beside]  # fmt: skip


def test_outlines_make_an_edition_and_the_public_gets_none(
    first: tuple[Settings, Published],
) -> None:
    settings, published = first
    assert told(published.path, "outlines") == set()
    store_rows(settings, OUTLINES, [{"place": invented.CAMPS[0], "geometry": TRIANGLE}])
    assert said(settings) == ["Outlines added: of 1 camp"]
    second = registers.publish_to(settings, MARCH)
    assert told(second.path, "outlines") == {invented.CAMPS[0]}
    assert told(second.public, "outlines") == set()
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, MARCH)
    store_rows(settings, OUTLINES, (), replace=True)
    assert told(registers.publish_to(settings, MARCH).path, "outlines") == set()


def test_capacities_make_an_edition_with_the_areas_that_its_readers_see(
    first: tuple[Settings, Published],
) -> None:
    settings, _ = first
    store_rows(settings, CAPACITIES, [PLACES, {**PLACES, "area": UPAZILA}])
    assert said(settings) == ["Places of services added: 2 numbers"]
    second = registers.publish_to(settings, MARCH)
    places = {area: Capacity(area, "legal_aid", "all", 9, date(2023, 1, 1))
              for area in (HOME, UPAZILA)}  # fmt: skip
    assert told(second.path, "capacities") == set(places.values())
    assert told(second.public, "capacities") == {places[HOME]}
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, MARCH)


def test_targets_make_an_edition_and_one_of_an_unknown_place_makes_none(
    first: tuple[Settings, Published],
) -> None:
    settings, _ = first
    release = Release(first[1].path)
    name = release.place_name(UPAZILA, "en")
    release.close()
    store_rows(settings, TARGETS, [TARGET, {**TARGET, "area": UPAZILA}])
    months = f"{SPAN.start} to {SPAN.end}"
    assert said(settings) == [
        f"Target added: people in {name}, {months}: 90 (Plan)",
        f"Target added: people, {months}: 90 (Plan)",
    ]
    second = registers.publish_to(settings, MARCH)
    wanted = {area: Target("people", area, "all", SPAN, 90, "Plan") for area in ("", UPAZILA)}
    assert told(second.path, "targets") == set(wanted.values())
    assert told(second.public, "targets") == {wanted[""]}
    store_rows(settings, TARGETS, [{**TARGET, "area": "nowhere"}])
    with pytest.raises(OperatorError, match=r"^targets\.csv, row 4, column area: .*_place\]"):
        registers.publish_to(settings, MARCH)


@pytest.mark.parametrize(
    ("kind", "invented_one", "months", "is_told"),
    [
        ("invented", True, "2023-01..2023-12", True),
        ("real", True, "2023-01..2023-12", False),
        ("published", True, "2023-01..2023-12", False),
        ("real", False, "2023-01..2023-12", True),
        ("real", False, "2023-04..2023-12", False),
    ],
)
def test_an_example_is_told_of_invented_data_alone(
    kind: str, invented_one: bool, months: str, is_told: bool
) -> None:
    row = {**TARGET, "period": Span.parse(months), "invented": invented_one}
    geography = read_geography(Settings.from_environment({}))
    quarter = Span(Month(2023, 1), MARCH)
    beside = Context({"targets": [row]}).of("member", quarter, geography, kind)
    assert bool(beside.tables["target"]) == is_told


def test_each_kind_that_a_release_tells_has_a_table_of_its_own() -> None:
    assert len({kind.table for kind in RELEASED.values()}) == len(RELEASED)
