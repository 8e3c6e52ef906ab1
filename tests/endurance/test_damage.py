"""A damaged release is refused, or every number in it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.periods import Month
from tests.endurance.damage import DamageFigures, measure_control, measure_damage
from tests.unit.etl.release import registers


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A release and the one after it, as they were published."""
    settings, first = registers.published(tmp_path_factory.mktemp("damage"), people=40, months=3)
    return first.path, registers.publish_to(settings, Month(2023, 4)).path


@pytest.fixture(scope="module")
def figures(
    two_releases: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> list[DamageFigures]:
    folder = tmp_path_factory.mktemp("trials")
    return measure_damage(folder, *two_releases, flips=25, truncations=2, seed=5)


def test_no_wrong_number_is_shown(figures: list[DamageFigures]) -> None:
    assert {entry.kind: entry.wrong for entry in figures if entry.wrong} == {}


def test_what_differs_from_its_digest_is_refused(figures: list[DamageFigures]) -> None:
    published = [entry for entry in figures if "no digest" not in entry.kind]
    assert [entry.refused for entry in published] == [entry.trials for entry in published]


def test_the_trials_would_see_a_wrong_number(
    two_releases: tuple[Path, Path], tmp_path: Path
) -> None:
    assert measure_control(tmp_path, *two_releases, trials=12, seed=5).wrong
