"""What tiles of camps show beside numbers: as the list says it and as the map of areas colours."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from dashboard import exhibits
from dashboard.exhibits.exhibit import Exhibit
from dashboard.figures import theme
from dashboard.model.periods import Span
from dashboard.model.population import Population
from dashboard.release.open_release import Release
from tests.support.usual import CAMP, LAST_MONTH, OTHER_CAMP, STEADY, TEKNAF, opened, units
from tests.unit.dashboard.exhibits.hotspots.test_camps import look, tiles
from tests.unit.dashboard.exhibits.hotspots.test_unusual import asked

exhibits.load()
THIRD, NOBODY = "CXB-037", "CXB-219"
WINDOW = Span.last(3, until=LAST_MONTH)

USUAL, NONE = "No clear change", "None or very few"


def risen(folder: Path, **more: object) -> AbstractContextManager[Release]:
    """One camp rises in the last quarter, one stays, and one begins in that quarter."""
    return opened(
        folder,
        units("BD3026", 60),
        units(CAMP, 5, until=33),
        units(CAMP, 25, since=33),
        units(OTHER_CAMP, 15),
        units(THIRD, 10, since=33),
        **more,
    )


def said(found: Exhibit) -> dict[str, str]:
    """What the legend calls the class of each tile."""
    (legend,) = found.figure["legend"]
    layer = found.figure["layers"][0]
    labels = {}
    for index, class_ in enumerate(layer["classes"]):
        labels[index] = next(
            entry["label"]
            for entry in legend["entries"]
            if entry["fillcolor"] == class_["fillcolor"] and entry["dash"] == class_["dash"]
        )
    return {code: labels[tile["class"]] for code, tile in tiles(found).items()}


def listed(release: Release) -> dict[str, dict[str, object]]:
    found = asked(release, "hotspots.ranking", level="camp")
    return {row["code"]: row for row in (found.figure or {})["rows"]}


def test_tiles_and_list_call_the_same_camps_more_than_usual(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        found = asked(release, "hotspots.camps", show="usual")
        assert (
            found.title == "More than usual, Apr – Sep 2026: Camp 25 and Camp 27"
        )  # the new one is clearer
        assert asked(release, "hotspots.camps").title == found.title  # shown unasked
        assert [said(found)[code] for code in (CAMP, OTHER_CAMP, THIRD, NOBODY)] == [
            "More than usual", USUAL, "More than usual", NONE,
        ]  # fmt: skip
        assert look(found, CAMP)["fillcolor"] == theme.MORE
        assert tiles(found)[CAMP]["number"] == "75"
        rows = listed(release)
        verdict = dict(zip(found.table.column("code"), found.table.column("verdict"), strict=True))
        words = {CAMP: "more than usual", OTHER_CAMP: "no clear change", THIRD: "new"}
        for code, word in words.items():
            assert verdict[code] == rows[code]["change"] == word
            usual = str(rows[code]["usual"]).split("; ", 1)[1]  # both say it of half a year
            assert usual in tiles(found)[code]["lines"][-1]
        assert verdict[NOBODY] == ""
        assert [rows[code]["direction"] for code in words] == ["up", "none", "up"]
        month = asked(release, "hotspots.camps", show="usual", period="2026-09")
        assert month.title == found.title  # a month is judged by the quarter that it ends
        assert tiles(month)[CAMP]["number"] == "25"  # of what is looked at


def test_tiles_name_no_upazila_that_is_off_usual(tmp_path: Path) -> None:
    rows = units(CAMP, 5), units(TEKNAF, 5, until=33), units(TEKNAF, 40, since=33), STEADY
    with opened(tmp_path, *rows) as release:
        of_areas, of_camps = (
            asked(release, f"hotspots.{name}", show="usual").title for name in ("map", "camps")
        )
        assert of_areas.startswith("More than usual")
        assert of_camps == "No camp has clearly more or fewer than usual"


def test_shares_on_tiles_are_those_of_the_list(tmp_path: Path) -> None:
    with risen(tmp_path) as release:
        found = asked(release, "hotspots.camps", show="share")
        rows = listed(release)
        for code in (CAMP, OTHER_CAMP, THIRD):
            assert tiles(found)[code]["number"] == rows[code]["share"]
        numbered = asked(release, "hotspots.camps", show="number")
        assert look(found, CAMP) == look(numbered, CAMP)
        assert tiles(numbered)[CAMP]["number"] == "75"


def test_where_no_rate_can_be_said_the_card_says_why(tmp_path: Path) -> None:
    elsewhere = [Population("BD3026", "all", 2025, "adm_v03", 1_000_000)]
    with risen(tmp_path, populations=elsewhere) as release:
        found = asked(release, "hotspots.camps", show="rate")
        assert found.options["show"] == "number"
        assert found.note.startswith("No camp has a population of these people")
        assert tiles(found)[CAMP]["number"] == "75"


def people(boundaries: str) -> list[Population]:
    return [
        Population(code, "all", 2025, boundaries, number)
        for code, number in ((CAMP, 30_000), (OTHER_CAMP, 60_000))
    ]


def test_a_rate_of_camps_needs_people_counted_within_their_own_outlines(tmp_path: Path) -> None:
    with risen(tmp_path, populations=people("camps_2023")) as release:
        found = asked(release, "hotspots.camps", show="rate")
        assert found.options["show"] == "rate"
        rates = dict(zip(found.table.column("code"), found.table.column("rate"), strict=True))
        assert 150 < float(str(rates[CAMP])) <= 250
        assert said(found)[THIRD] == "No population known for this"
        assert tiles(found)[CAMP]["number"] == f"{float(str(rates[CAMP])):.0f}"
    with risen(tmp_path / "others", populations=people("adm_v03")) as release:
        assert asked(release, "hotspots.camps", show="rate").options["show"] == "number"


@pytest.mark.parametrize("show", ["number", "share", "rate"])
def test_while_time_is_played_colours_mean_the_same_in_every_frame(
    tmp_path: Path, show: str
) -> None:
    with risen(tmp_path, populations=people("camps_2023")) as release:
        legends = []
        for period in ("2026-04..2026-06", "2026-07..2026-09"):
            played = asked(release, "hotspots.camps", show=show, play="quarter", period=period)
            assert played.options["show"] == show
            legends.append((played.figure or {})["legend"][0]["entries"])
        assert legends[0] == legends[1]
