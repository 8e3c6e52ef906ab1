"""What each exhibit becomes: a chart where it may be one, and a table only where it is a list."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from dashboard import door
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import definitions
from dashboard.figures import theme
from dashboard.figures.drawing import draw
from dashboard.figures.plot import Number, Plot, Series
from dashboard.release.folder import Releases
from dashboard.report import forms, slides
from dashboard.report.forms import Form
from dashboard.report.grid import Grid, beside_map, matrix
from tests.support.referrals import ending
from tests.unit.dashboard.exhibits.referrals.test_targets import shown, target

#: All that is neither chart, map, sentence nor large number, with or without colours.
TABLES = {"quality.coverage", "quality.editions"}
GRIDS = {"referrals.matrix", "referrals.reclassified", "referrals.coverage", "routes.seasons",
         "routes.matrix", "explore.answer"}  # fmt: skip


def form_of(exhibit: Exhibit, *, for_public: bool = False) -> Form:
    return forms.form_of(exhibit, "en", for_public=for_public)


def test_at_most_eight_exhibits_are_tables(members: Releases) -> None:
    by_kind: defaultdict[str, set[str]] = defaultdict(set)
    for entry in definitions():
        exhibit = door.answer_exhibit(entry.id, "lang=en", members).exhibit
        by_kind["none" if exhibit.offer else form_of(exhibit).kind].add(entry.id)
    # What this release happens not to hold is shown elsewhere: targets below, the others as bars.
    assert by_kind["none"] == {"quality.lateness", "referrals.targets", "routes.sea"}
    assert (by_kind["table"], by_kind["grid"]) == (TABLES, GRIDS)
    assert len(TABLES | GRIDS) <= 8
    assert len(by_kind["charts"]) > 20


def test_targets_are_bars_of_a_hundred_and_a_table_for_the_public(tmp_path: Path) -> None:
    endings = [ending("done", "legal_aid")] * 7
    targets = [target("services.legal_aid", 140)]
    exhibit = shown(tmp_path, targets, {"endings": endings})
    ((_, plot),) = form_of(exhibit).charts
    result, low, high = (exhibit.table.column(name)[0] for name in ("result", "low", "high"))
    (number,) = plot.series[0].numbers
    assert number
    assert isinstance(result, int)
    assert number.value == round(100 * result / 140) == 50
    assert (number.low, number.high) == tuple(
        round(100 * end / 140) for end in (low, high) if isinstance(end, int)
    )
    assert number.text == "70 of 140 · Not reached"
    assert form_of(exhibit, for_public=True).kind == "table"


def test_a_list_is_bars_with_its_numbers_and_ranges(members: Releases) -> None:
    found = door.answer_exhibit("hotspots.ranking", "lang=en", members).exhibit
    ((_, plot),) = form_of(found).charts
    rows = [row for row in (found.figure or {})["rows"] if row["known"]][:12]
    assert [(n.value, n.low, n.high, n.text) for n in plot.series[0].numbers if n] == [
        (row["value"], row["low"], row["high"], row["value_text"]) for row in rows
    ]


def test_beside_a_map_stand_names_numbers_and_ranges(members: Releases) -> None:
    found = door.answer_exhibit("hotspots.map", "lang=en&level=district", members).exhibit
    told = beside_map(found, form_of(found).grid, "en").rows
    held = {(row[1], f"{row[3]}"): "{}–{}".format(*row[4:6]) for row in found.table.rows}
    assert [ends for *row, ends in told[:5]] == [held[*row] for *row, _ in told[:5]]


@pytest.mark.parametrize("exhibit_id", ["referrals.bottlenecks", "referrals.coverage"])
def test_shares_of_few_are_no_chart_for_the_public(exhibit_id: str, members: Releases) -> None:
    exhibit = door.answer_exhibit(exhibit_id, "lang=en", members).exhibit
    assert form_of(exhibit).kind != "table"
    assert form_of(exhibit, for_public=True).kind == "table"


def test_a_grid_tells_what_its_page_tells(members: Releases) -> None:
    exhibit = door.answer_exhibit("referrals.coverage", "lang=en", members).exhibit
    grid = form_of(exhibit).grid
    cells = [cell for row in (exhibit.figure or {})["rows"] for cell in row["cells"]]
    texts = [text for row in grid.rows for text in row[1:]]
    looks = [fill for row in grid.fills for fill in row[1:]]
    assert len(cells) == len(texts) == len(looks) > 12
    assert any(cell["word"] for cell in cells)
    for cell, text, look in zip(cells, texts, looks, strict=True):
        assert all(cell[part] in text for part in ("text", "range", "word"))
        assert bool(look) is bool(cell["word"])


def test_sums_of_a_matrix_have_no_colour_and_signs_have_their_own() -> None:
    def plot(values: tuple[tuple[int, ...], ...], **meta: bool) -> Plot:
        rows = (tuple(Number(n, n, n, str(n), "") for n in row) for row in values)
        series = tuple(Series(f"Row {at}", row) for at, row in enumerate(rows))
        return Plot("matrix", ("a", "b", "All")[: len(values[0])], series, meta=meta)

    summed = plot(((10, 20, 30), (0, 40, 40), (10, 60, 70)), sums=True)
    fills = [row[1:] for row in matrix(summed).fills]
    dark = theme.SEQUENTIAL["total"][-1]
    assert fills[1] == ("", dark, "")  # of the parts the largest is darkest
    assert fills[2] == ("", "", "")
    cells, texts = draw(summed)["data"]
    assert (cells["z"], cells["zmax"]) == ([[10, 20], [0, 40]], 40)
    assert {*texts["text"]} == {"0", "10", "20", "30", "40", "60", "70"}
    assert [colour for end, colour in cells["colorscale"] if end * 40 < 1] == [
        theme.SUNKEN, theme.SUNKEN, theme.SEQUENTIAL["total"][0],
    ]  # fmt: skip
    for largest in (1, 2, 3, 40):  # plotly takes only scales whose ends rise
        (cells, _) = draw(plot(((0, largest),)))["data"]
        ends = [end for end, _ in cells["colorscale"]]
        assert ends == sorted(ends)
    wide = Plot("matrix", tuple("abcdefgh"), (Series("", (*summed.series[1].numbers, None) * 2),))
    assert matrix(wide).rows[0][1:] == ("", "40", "40", "–") * 2  # nought is told by its ground
    assert draw(wide)["data"][0]["z"] == [[0, 40, 40, None] * 2]
    signs = plot(((1, -1), (0, -1)), signs=True)
    assert [row[1:] for row in matrix(signs).fills] == [
        (theme.MORE_SOFT, theme.FEWER_SOFT), ("", theme.FEWER_SOFT),
    ]  # fmt: skip
    (cells, _) = draw(signs)["data"]
    assert (cells["z"], cells["zmin"], cells["zmax"]) == ([[1, -1], [0, -1]], -1, 1)


def test_of_too_many_bars_the_first_and_the_last_stay() -> None:
    names = tuple(f"Bar {at}" for at in range(40))
    numbers = tuple(Number(100 - at, 90, 110, str(100 - at), "") for at in range(40))
    plot = Plot("bars", names, (Series("", numbers, ("#111111",) * 39 + ("#222222",)),))
    cut, left_out = forms._cut(plot)  # noqa: SLF001 -- no exhibit of the invented release is so long
    assert len(cut.categories) == 40 - left_out == 17
    assert (cut.categories[0], cut.categories[-1]) == ("Bar 0", "Bar 39")
    assert cut.series[0].numbers[-1] == numbers[-1]
    assert cut.series[0].colour[-1] == "#222222"


def test_columns_beside_a_map_are_as_wide_as_the_rows_that_fit_need() -> None:
    named = [("Kanaighat", "52", "0–7"), ("Bhuanpur", "31", "0–7"), ("Pekua", "9", "0–7")]
    hidden = [("Amtali", "none or very few", "0–3")] * 9
    grid = Grid(("Upazila", "Incidents", "Range"), (*named, *hidden), (False, True, True))
    shown, shares, _ = slides._as_fits(grid, slides._Box(0, 0, 60, 34))
    assert 0 < len(shown.rows) <= len(named)
    assert shares == shown.shares(60, 11, 4.0) != grid.shares(60, 11, 4.0)
