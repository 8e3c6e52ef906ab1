"""A command that is killed leaves nothing half done, and finishes when it is given again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance import stores
from tests.endurance.kills import DEEDS, KillFigures, measure_kills
from tests.unit.etl.release.registers import settings_of

NAMES = [deed.name for deed in DEEDS if not deed.full]


@pytest.fixture(scope="module")
def figures(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, KillFigures]:
    folder = tmp_path_factory.mktemp("kills")
    found = measure_kills(made, folder, moments=len(NAMES), every=False, seed=1, processes=1)
    return {entry.deed: entry for entry in found}


def test_what_an_operator_handed_over_is_among_what_is_compared(made: Path) -> None:
    held = stores.content(settings_of(made / "complete"))
    assert {"operator/notes.csv", "operator/populations.csv"} <= held.keys()


@pytest.mark.parametrize("deed", NAMES)
def test_nothing_is_unreadable_lost_doubled_or_partial(
    figures: dict[str, KillFigures], deed: str
) -> None:
    assert figures[deed].wrong == []


@pytest.mark.parametrize("deed", NAMES)
def test_it_was_killed_at_its_points_and_at_random_moments(
    figures: dict[str, KillFigures], deed: str
) -> None:
    found = figures[deed]
    assert 0 < found.at_points <= found.points
    assert found.at_moments == 1
