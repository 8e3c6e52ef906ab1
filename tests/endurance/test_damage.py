"""A damaged release is refused, or every number in it is right."""

from __future__ import annotations

import pytest

from dashboard.model.periods import Month
from tests.endurance.damage import DamageFigures, measure_damage
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers


@pytest.fixture(scope="module")
def measured(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[DamageFigures], DamageFigures]:
    """Damage of the second of two releases; `make endurance` damages those of larger stores.

    With this seed all three files of exchanged words can be read, so that the digest alone tells.
    """
    settings = registers.make(tmp_path_factory.mktemp("published"))
    registers.fill(settings, registers.register_rows(invented.people(40, 4, seed=7)))
    two = [registers.publish_to(settings, Month(2023, month)).path for month in (3, 4)]
    folder = tmp_path_factory.mktemp("trials")
    return measure_damage(folder, *two, flips=12, truncations=2, control=60, seed=7)


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
