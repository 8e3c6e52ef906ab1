"""What a draft makes of the layouts: how many columns are right, and that nothing is refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dashboard.model.shipped import COUNTRY
from etl.declaration import read_source
from etl.draft.work import SourceDetails
from etl.harmonise.areas import Areas
from etl.places.gazetteer import Gazetteer
from etl.settings import Settings
from tests.support.served import ROOT
from tests.unit.etl.draft.layouts import BLIND, PUBLIC, SEEN, UNSEEN
from tests.unit.etl.draft.measure import Measured, measure, uses_of
from tests.unit.etl.stores import TODAY

INVENTED = (*SEEN, *UNSEEN, *BLIND, *PUBLIC)
#: Declarations whose layouts are those of the sample; each is drafted as if it were not there.
SAMPLES = {
    "sample-a-people": "partner-a-line-list-INVENTED.xlsx",
    "sample-a-referrals": "partner-a-line-list-INVENTED.xlsx",
    "sample-b-people": "partner-b-people-INVENTED.csv",
    "sample-b-referrals": "partner-b-referrals-INVENTED.csv",
    "sample-c-people": "partner-c-people-INVENTED.csv",
    "sample-c-referrals": "partner-c-referrals-INVENTED.csv",
    "sample-d-people": "partner-d-national-list-INVENTED.csv",
    "sample-e-people": "partner-e-people-INVENTED.csv",
}
#: Declarations of a layout that another declaration shares.
ALIKE = {"sample-e-people": ("sample-f-people",)}
OWN = ("missing-migrants", "missing-migrants-sea")
NAMES = [*(layout.name for layout in INVENTED), *SAMPLES]


@cache
def areas() -> Areas:
    return Areas(Gazetteer.load(COUNTRY), TODAY)


@cache
def measured(name: str) -> Measured:
    settings = Settings(Path("none"), Path("none"), ROOT / "data" / "sources")
    with TemporaryDirectory() as held:
        folder = Path(held)
        details = SourceDetails("drafted", "A draft", "a-partner", "invented")
        if name in SAMPLES:
            source = read_source(settings.sources / f"{name}.toml")
            return measure(
                ROOT / "data" / "sample" / SAMPLES[name], uses_of(source), settings, areas(),
                folder, details=details, but=(name, *ALIKE.get(name, ())), sheet=source.file.sheet,
            )  # fmt: skip
        layout = next(layout for layout in INVENTED if layout.name == name)
        return measure(
            layout.written(folder), layout.uses, settings, areas(), folder,
            details=replace(details, kind=layout.kind), but=OWN, answers=layout.answers,
        )  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_most_columns_of_a_layout_are_right_and_its_file_passes_the_gate(name: str) -> None:
    found = measured(name)
    assert found.refused == []
    assert found.drafted.lacking == []
    assert found.right / found.columns >= 0.85, found.wrong
    assert found.places == found.places_right, found.wrong


@pytest.mark.parametrize(
    "names",
    [[layout.name for layout in group] for group in (BLIND, PUBLIC)] + [list(SAMPLES), NAMES],
    ids=["blind", "public", "samples", "all"],
)
def test_over_several_layouts_nearly_all_columns_are_right(names: list[str]) -> None:
    """At least 85 of 100 columns and 95 of 100 places and dates are asked for."""
    found = [measured(name) for name in names]
    assert sum(f.right for f in found) / sum(f.columns for f in found) >= 0.95
    assert len(NAMES) >= 16
