"""A damaged release is refused, or every number in it is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance import stores
from tests.endurance.damage import DamageFigures, measure_damage


@pytest.fixture(scope="module")
def measured(
    made: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[DamageFigures], DamageFigures]:
    folder = tmp_path_factory.mktemp("trials")
    return measure_damage(
        folder, *stores.two_releases(made), flips=12, truncations=2, control=60, seed=5
    )


@pytest.fixture(scope="module")
def figures(measured: tuple[list[DamageFigures], DamageFigures]) -> list[DamageFigures]:
    return measured[0]


def test_no_wrong_number_is_shown(figures: list[DamageFigures]) -> None:
    assert {entry.kind: entry.wrong for entry in figures if entry.wrong} == {}


def test_what_differs_from_its_digest_is_refused(figures: list[DamageFigures]) -> None:
    published = [entry for entry in figures if "no digest" not in entry.kind]
    assert [entry.refused for entry in published] == [entry.trials for entry in published]


def test_the_trials_would_see_a_wrong_number(
    measured: tuple[list[DamageFigures], DamageFigures],
) -> None:
    assert measured[1].wrong
