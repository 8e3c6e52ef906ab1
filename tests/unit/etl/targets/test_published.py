"""Targets stand in the next edition; examples of the product in none of real data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model.periods import Month, Span
from dashboard.model.target import Target
from dashboard.release.open_release import Release
from etl.release.contents.context import Context
from etl.release.contents.geography import read_geography
from etl.settings import OperatorError, Settings
from etl.targets.target_file import Entry
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

MARCH = Month(2023, 3)
SPAN = Span.parse("2023-01..2023-12")


def wanted(folder: Path, *areas: str, months: str = str(SPAN)) -> Path:
    """A file with a target of some areas each."""
    path = folder / "targets.toml"
    tables = [
        f'[[target]]\nindicator = "people"\narea = "{area}"\nperiod = "{months}"\n'
        'target = 90\nsource = "Plan"\n'
        for area in areas
    ]
    path.write_text("\n".join(tables), encoding="utf-8")
    return path


def told(path: Path) -> list[Target]:
    release = Release(path)
    release.scan()
    held = list(release.targets)
    release.close()
    return held


def test_targets_alone_make_an_edition_and_the_public_gets_those_of_its_areas(
    tmp_path: Path,
) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=4), referrals=0))
    settings = replace(settings, targets=wanted(tmp_path, ""))
    first = registers.publish_to(settings, MARCH, public=True)
    everywhere = Target("people", "", "all", SPAN, 90, "Plan")
    assert told(first.path) == [everywhere]
    upazila = invented.UPAZILAS[0]
    wanted(tmp_path, "", upazila)
    looked_at = registers.preview_to(settings, MARCH)
    release = Release(first.path)
    name = release.place_name(upazila, "en")
    release.close()
    (beside,) = looked_at.faces[0].differences.beside
    months = f"{SPAN.start} to {SPAN.end}"
    assert beside.sentence == f"Target added: people in {name}, {months}: 90 (Plan)"
    second = registers.publish_to(settings, MARCH)
    assert set(told(second.path)) == {everywhere, replace(everywhere, area=upazila)}
    assert second.public is not None
    assert told(second.public) == [everywhere]
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, MARCH)
    wanted(tmp_path, "nowhere")
    with pytest.raises(OperatorError, match=r"target 1\.area: .*\[unknown_place\]"):
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
    target = Target("people", "", "all", Span.parse(months), 90, "Plan")
    context = Context((), (), False, "", targets=(Entry(target, invented_one),))
    geography = read_geography(Settings.from_environment({}))
    quarter = Span(Month(2023, 1), MARCH)
    assert bool(context.of("member", quarter, geography, kind).targets) == is_told
