"""A file of the operator's half that another hand changed is named, and no figure comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.endurance import stores
from tests.endurance.damage import DamageFigures
from tests.endurance.tampering import measure_tampering
from tests.support.echoes import at_most


@pytest.fixture(scope="module")
def measured(
    made: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[DamageFigures], DamageFigures]:
    with at_most(1):
        return measure_tampering(made, tmp_path_factory.mktemp("trials"), each=1, seed=3)


def test_every_harmed_file_is_named_and_nothing_is_published(
    measured: tuple[list[DamageFigures], DamageFigures],
) -> None:
    figures, _ = measured
    assert {entry.kind: entry.wrong for entry in figures if entry.wrong} == {}
    assert [entry.refused for entry in figures] == [entry.trials for entry in figures]


def test_the_trials_would_see_a_wrong_figure(
    measured: tuple[list[DamageFigures], DamageFigures],
) -> None:
    assert measured[1].wrong


def test_a_harmed_register_is_built_again_as_the_refusal_says(made: Path, tmp_path: Path) -> None:
    settings = stores.copied(made / "loaded", tmp_path / "trial")
    before = stores.tables(settings.register)
    settings.register.write_bytes(settings.register.read_bytes()[:-4096])
    assert "`load --rebuild`" in stores.run(settings, "status").text
    stores.must(settings, "load", "--rebuild")
    assert stores.tables(settings.register) == before
    stores.must(settings, "status")
