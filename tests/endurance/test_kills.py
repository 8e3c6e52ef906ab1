"""A command that is killed leaves nothing half done, and finishes when it is given again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance.kills import DEEDS, KillFigures, measure_kills

NAMES = [deed.name for deed in DEEDS if not deed.full]


@pytest.fixture(scope="module")
def figures(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, KillFigures]:
    folder = tmp_path_factory.mktemp("kills")
    found = measure_kills(made, folder, moments=len(NAMES), every=False, seed=1, processes=1)
    return {entry.deed: entry for entry in found}


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
