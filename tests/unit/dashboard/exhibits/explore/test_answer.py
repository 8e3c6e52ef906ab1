"""Questions of a reader's own: what is counted is what SQL counts, and is said as it may be."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.exhibits.exhibit import AUTO, Exhibit
from dashboard.exhibits.explore import reader_question as asking
from dashboard.exhibits.explore.crosstab import crosstab_of
from dashboard.exhibits.explore.forms import share_between
from dashboard.exhibits.explore.reader_question import NONE, OPTIONS, USUAL
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import available_options, definitions, read_view_query, render
from dashboard.exports.json import as_json
from dashboard.figures.plot import Plot
from dashboard.filters import Filters, Reading
from dashboard.model.counted_by import STEPS
from dashboard.model.facts import MEMBER_FACTS, fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.contract.views import random_filters
from tests.support.questions import QUESTIONS, Asked, shown, told
from tests.support.releases import built, day

ID = "explore.answer"


def answer(release: Release, query: str) -> Exhibit:
    return render(ID, read_view_query(query, release, lambda _: False), release)


def value(release: Release, query: str) -> dict[str, Any]:
    """The answer as the door gives it."""
    return json.loads(as_json(answer(release, query), Filters()))


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.query)
def test_a_question_is_answered_as_sql_answers_it(protected: Release, asked: Asked) -> None:
    expected = told(protected.query, asked)
    exhibit = answer(protected, asked.query)
    if exhibit.options["value"] != "number":
        # Shares stand in place of the numbers; what they are shares of stands beside.
        plain = asked.query.replace("value=", "was=")
        assert answer(protected, plain).title == exhibit.title
        exhibit = answer(protected, plain)
    total = expected.pop(("", ""))
    if exhibit.options["as"] == "map":
        expected.pop(("unknown", ""), None)  # in the table it stands by where it is
        assert sum(int(size or 0) for size in exhibit.table.column(exhibit.unit)) == total
    cells = shown(json.loads(as_json(exhibit, Filters())))
    cells.pop(("", ""), None)
    assert cells == expected
    names = (asked.count, asked.rows, asked.columns or NONE)
    assert tuple(exhibit.options[name] for name in ("count", "rows", "columns")) == names


def test_scales_go_from_low_to_high_whatever_is_most(protected: Release) -> None:
    query = "count=requests&rows=priority&sex=male"
    sizes = {code: size for code, _, size, *_ in answer(protected, query).table.rows}
    codes = ("emergency_24h", "urgent_72h", "normal_2w")
    assert [code for code in sizes if code in codes] == [*codes]
    assert sizes["normal_2w"] > sizes["urgent_72h"]


@pytest.mark.parametrize("of", ["row", "column"])
def test_shares_are_of_their_row_or_column(protected: Release, of: str) -> None:
    query = "count=requests&rows=service&columns=priority"
    numbers = value(protected, query)
    shares = value(protected, f"{query}&value={of}")
    codes = [column["code"] for column in shares["table"]["columns"]]
    sizes = shown(numbers)
    shares_told = 0
    for row in shares["table"]["rows"]:
        cells = dict(zip(codes, row, strict=True))
        for code in ("emergency_24h", "urgent_72h", "normal_2w"):
            share, at = cells[code], 0 if of == "row" else 1
            own = (cells["code"], code)
            whole = sum(n for cell, n in sizes.items() if cell[at] == own[at])
            if share is not None:
                shares_told += 1
                assert abs(share - 100 * sizes.get((cells["code"], code), 0) / whole) <= 2.5
                assert cells[f"{code}_low"] - 3 <= share <= cells[f"{code}_high"] + 3
    assert shares_told > 10


def test_the_range_of_a_share_has_the_error_of_part_and_whole(protected: Release) -> None:
    options = defaults(count="requests", rows="service", columns="priority", value="row")
    crosstab = crosstab_of(Question(protected, Filters(), protected.default_period, options))
    wider = 0
    for row in crosstab.rows:
        whole = crosstab.row_sums[row]
        around = crosstab.rows_breakdown.error.at(whole).spread
        for column in crosstab.columns:
            size = crosstab.size(row, column)
            own = crosstab.breakdown.error.at(size).spread
            off = 200 * math.sqrt(own**2 + (size / whole * around) ** 2) / whole
            share = 100 * size / whole
            low, high = share_between(crosstab, row, column)
            assert low == max(math.floor(share - off), 0)
            assert high == min(math.ceil(share + off), 100)
            wider += high > min(math.ceil(share + 200 * own / whole), 100)
    assert wider


def test_a_sign_is_told_from_two_units_and_three_errors_of_units_on(
    protected: Release,
) -> None:
    options = defaults(rows="rescuing_authority", columns="promise")
    span = Span.parse("2024-02..2026-04")
    crosstab = crosstab_of(Question(protected, Filters(), span, options))
    unit, untold = protected.base("people"), 0
    for row in crosstab.rows:
        for column in crosstab.columns:
            if "unknown" in (row, column):
                continue
            of_row, of_column = (
                crosstab.row_sums[row] / crosstab.total,
                crosstab.column_sums[column] / crosstab.total,
            )
            expected = of_row * of_column * crosstab.total
            off = crosstab.size(row, column) - expected
            error = math.sqrt(unit * expected * (1 - of_row) * (1 - of_column))
            is_told = abs(off) >= 2 * unit and abs(off) >= 3 * error
            assert ((row, column) in crosstab.beyond) == is_told
            untold += not is_told and abs(off) >= 2 * unit
    assert untold


def title(folder: Path, query: str, *sizes: tuple[int, dict[str, str]]) -> str:
    """The title of a question about people without echoes: numbers are off by about a unit."""
    people = [{"month": day("2026-05"), "size": size, **codes} for size, codes in sizes]
    release = built(folder, months=24, units={"people": people})
    return answer(release, query).title


@pytest.mark.parametrize(
    ("females", "males", "said"),
    [
        (60, 20, "Female: 75 % of people"),
        (40, 25, "Female or male: not sure which leads"),  # twice the error of a unit apart
        (15, 0, "Only Female is shown, too few to rank"),  # nothing shown may be something
        (5, 5, "A few in each row, too few to rank"),
    ],
)
def test_a_title_calls_the_largest_what_is_so_with_twice_the_error(
    tmp_path: Path, females: int, males: int, said: str
) -> None:
    sizes = ((n, {"sex": sex}) for n, sex in ((females, "female"), (males, "male")) if n)
    assert title(tmp_path, "rows=sex&columns=none", *sizes) == said


@pytest.mark.parametrize(
    ("columns", "said"),
    [("class_group", "Ukhia, Teknaf: mostly smuggling of migrants"), ("mode", "of people")],
)
def test_what_rows_mostly_are_is_said_of_pairs_that_are_fitted_at_just_their_level(
    tmp_path: Path, columns: str, said: str
) -> None:
    own = {"class_group": "smuggling", "class": "smuggling_confirmed", "mode": "sea"}
    sizes = [(n, {"place": place, **own}) for n, place in ((200, "BD20220094"), (90, "BD20220090"))]
    assert title(tmp_path, f"rows=upazila&columns={columns}", *sizes).endswith(said)


def test_signs_and_ranks_are_not_told_of_a_part_that_nobody_fits(
    protected: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.analysis.expected_error.DIRECTION", -1.0)
    span = "period=2024-02..2026-04"
    with closing(Release(protected.path)) as own:
        pair = answer(own, f"rows=rescuing_authority&columns=promise&{span}&sex=female")
        assert pair.title == "No pair is surely more or less than its share"
        assert {cell for row in pair.table.rows for cell in row[2:-1]} == {"cannot be told"}
        alone = answer(own, f"rows=rescuing_authority&columns=none&{span}&sex=female")
        assert alone.title == "Under these filters, which leads cannot be told"


def random_question(release: Release, draw: random.Random) -> Reading:
    """Any question: sensible ones, and ones that a view cannot answer as they are asked."""
    filters = random_filters(release, draw)
    options = {option.name: draw.choice(option.narrowed(release).values) for option in OPTIONS}
    if draw.random() < 0.8:  # of dimensions that what is counted has
        names = (*asking.dimensions_of(release, fact(options["count"])), *STEPS)
        options |= {"rows": draw.choice(names), "columns": draw.choice((*names, NONE))}
    return Reading(filters if draw.random() < 0.5 else Filters(period=filters.period), options, ())


@pytest.mark.parametrize("seed", range(10))
def test_what_it_comes_to_is_answered_as_it_is_asked(protected: Release, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(6):
        view = random_question(protected, draw)
        exhibit = render(ID, view, protected)
        if exhibit.offer is not None:
            continue
        again = render(ID, Reading(view.filters, exhibit.options, ()), protected)
        if view.options["value"] == USUAL != exhibit.options["value"]:  # which it says, and why
            assert exhibit.subtitle.startswith("Numbers, not against usual: ")
            exhibit = replace(exhibit, subtitle=again.subtitle, notes=again.notes)
        assert again == exhibit
        offered = {option.name: option.values for option in available_options(ENTRY, protected)}
        assert all(value in offered[name] for name, value in exhibit.options.items())


ENTRY = next(entry for entry in definitions() if entry.id == ID)


def test_everything_in_the_registry_may_be_asked(protected: Release) -> None:
    for fact_ in MEMBER_FACTS:
        for name in asking.dimensions_of(protected, fact_):
            if protected.has(fact_):
                exhibit = answer(protected, f"count={fact_.id}&rows={name}&columns=none")
                assert exhibit.options["rows"] == name, fact_.id


@pytest.mark.parametrize(
    ("query", "came"),
    [
        # A single month falls to rows; steps lie across; a set crosses no set, a place no parent.
        ("rows=sex&columns=month&period=2026-05", {"rows": "sex", "columns": NONE}),
        ("rows=month&columns=sex", {"rows": "sex", "columns": "month", "as": "lines"}),
        ("rows=promise&columns=exploitation", {"rows": "promise", "columns": NONE}),
        ("rows=upazila&columns=district", {"rows": "upazila", "columns": NONE}),
        ("rows=sex&columns=sex", {"columns": NONE}),
        ("rows=upazila&columns=rescuing_authority", {"columns": NONE}),
        ("rows=rescuing_authority&columns=month", {"columns": "quarter"}),
        ("rows=rescuing_authority&columns=quarter", {"columns": "quarter"}),
        ("count=legs&rows=corridor&columns=month", {"columns": "quarter"}),
        ("count=legs&rows=month", {"rows": "quarter", "columns": NONE}),
        ("count=legs&columns=month&period=2026-04..2026-06", {"columns": NONE}),
        ("count=people&rows=service", {"rows": "upazila", "columns": NONE}),
        ("rows=sex&columns=none&as=map", {"as": "bars"}),
        ("rows=sex&columns=age_band&as=lines", {"as": "matrix"}),
        ("rows=sex&columns=none&value=row", {"value": "number"}),
    ],
)
def test_what_cannot_be_had_comes_to_the_nearest(
    protected: Release, query: str, came: dict[str, str]
) -> None:
    options = answer(protected, query).options
    assert {name: options[name] for name in came} == came


def test_at_most_fifteen_by_twelve_are_drawn_and_the_table_has_all(protected: Release) -> None:
    exhibit = answer(protected, "count=journeys&rows=origin_district&columns=corridor")
    assert isinstance(exhibit.plot, Plot)
    *rows, sums = (series.numbers for series in exhibit.plot.series)
    assert len(rows) == 15
    assert len(exhibit.plot.categories) <= 12 + 1
    assert len({row[0] for row in exhibit.table.rows}) > 15
    size = sum(n.value for row in rows for n in row[:-1] if n)
    for at, of_column in enumerate(sums):
        assert of_column
        assert of_column.value == sum(n.value for row in rows if (n := row[at]))
    total = next(iter(told(protected.query, Asked("journeys", "corridor")).values()))
    # What is not drawn alone stands together.
    assert sums[-1]
    assert size == total == sums[-1].value
    for query, drawn in (
        ("count=journeys&rows=origin_district&columns=corridor", "15 rows and 12 columns"),
        ("count=journeys&rows=origin_district&columns=corridor&as=bars", "15 rows and 5 columns"),
        ("rows=district&columns=month", "5 rows and 12 columns"),
        ("rows=district&columns=month&period=2025-01..2026-09", "5 rows and 21 columns"),
        ("rows=district&columns=none", "15 rows"),
    ):
        assert f"Drawn are at most {drawn}; the table has all." in answer(protected, query).notes


def test_whole_steps_are_counted_and_files_say_of_which_months(protected: Release) -> None:
    exhibit = answer(protected, "rows=sex&columns=quarter&period=2025-11..2026-05")
    across = [column for column in exhibit.table.columns if column.period and column.is_value]
    assert {column.period for column in across if column.code == "2025-Q4"} == {"2025-10..2025-12"}
    assert {column.period for column in across if column.code == "total"} == {"2025-10..2026-06"}
    assert "Oct 2025 – Jun 2026" in exhibit.subtitle


def test_a_step_of_time_that_holds_nothing_is_told_as_none(tmp_path: Path) -> None:
    people = [{"month": day(f"2026-0{month}"), "size": 5, "sex": "male"} for month in (5, 9)]
    gaps = built(tmp_path, months=24, units={"people": people})
    exhibit = answer(gaps, "rows=month&columns=none&period=2026-05..2026-09")
    assert exhibit.table.column("people") == (5, 0, 0, 0, 5)
    for of in ("number", "row", "column"):
        crossed = answer(gaps, f"rows=sex&columns=month&period=2026-05..2026-09&value={of}")
        assert len(crossed.table.rows) == 1


def test_areas_of_one_name_are_told_apart(protected: Release, tmp_path: Path) -> None:
    upazilas = {code: protected.place_name(code, "en") for code, place in protected.places.items()
                if place.level == "upazila"}  # fmt: skip
    name = next(name for name, n in Counter(upazilas.values()).items() if n > 1)
    codes = [code for code, own in upazilas.items() if own == name]
    people = [{"month": day("2026-05"), "size": 20, "place": code, "sex": "male"} for code in codes]
    alike = built(tmp_path, months=24, units={"people": people})
    exhibit = answer(alike, "rows=upazila&columns=sex&as=matrix")
    names = set(exhibit.table.column("label"))
    assert len(names) == len(codes)
    assert all(str(own).startswith(f"{name} (") for own in names)


@pytest.fixture
def direction(protected: Release, monkeypatch: pytest.MonkeyPatch) -> Iterator[Exhibit]:
    """A question about a pair that is a direction only."""
    monkeypatch.setattr("dashboard.analysis.expected_error.DIRECTION", -1.0)
    # Errors are kept with their open release, so one that other tests read would know another.
    with closing(Release(protected.path)) as own:
        yield answer(own, "rows=rescuing_authority&columns=promise&period=2024-02..2026-04")


def test_a_pair_that_nobody_fits_has_no_numbers(direction: Exhibit) -> None:
    assert direction.options["as"] == "matrix"
    assert direction.note.startswith("Order and direction only")
    assert isinstance(direction.plot, Plot)
    signs = [n for series in direction.plot.series for n in series.numbers]
    assert {n.value for n in signs if n} <= {-1, 0, 1}
    values = {column.code for column in direction.table.columns if column.is_value}
    assert values == {"total"}  # sums of rows are fitted
    words = {cell for row in direction.table.rows for cell in row[2:-1]}
    assert words <= {"▲ more", "▼ less", "cannot be told"}


def test_pairs_are_told_as_protection_fits_them(protected: Release) -> None:
    question = Question(protected, Filters(), protected.default_period, defaults(rows="upazila"))
    columns = asking.columns_by_precision(question, asking.read_question(question))
    assert {"population_group", "class_group", "sex", "month", "quarter"} <= {*columns["fitted"]}
    assert columns["coarse"] == ["rescuing_authority"]  # by district and quarter at the finest
    by_district = replace(question, options=defaults(rows="district"))
    coarser = asking.columns_by_precision(by_district, asking.read_question(by_district))
    assert "rescuing_authority" in {*coarser["wider"], *coarser["direction"]}
    small = replace(by_district, filters=Filters().with_codes("area", ("BD20220090",)))
    finer = asking.columns_by_precision(small, asking.read_question(small))
    assert finer["coarse"] == ["rescuing_authority"]
    coarse = replace(small, options=defaults(rows="rescuing_authority"))
    assert "rescuing_authority" not in asking.read_question(coarse).names
    listed = sum(columns.values(), [])
    assert len(listed) == len(set(listed))
    assert "district" not in listed  # what an area lies in is no second dimension


def defaults(**options: str) -> dict[str, str]:
    return {option.name: option.values[0] for option in OPTIONS} | options


def test_a_question_begins_with_what_the_registry_fits_first(protected: Release) -> None:
    assert answer(protected, "").options["rows"] == "upazila"
    for fact_ in MEMBER_FACTS:
        question = Question(
            protected, Filters(), protected.default_period, defaults(count=fact_.id)
        )
        first = asking.read_question(question)
        assert (first.rows, first.columns) == asking.usual_pair(protected, fact_)


COUNTED = [entry.id for entry in definitions() if entry.facts and not entry.published]


@pytest.mark.parametrize("exhibit_id", COUNTED)
def test_ask_on_opens_the_same_numbers(protected: Release, exhibit_id: str) -> None:
    """Every figure leads to a question about its first fact; of a cut to that cut."""
    period = "period=2025-10..2026-09"
    exhibit = render(exhibit_id, read_view_query(period, protected, lambda _: False), protected)
    if exhibit_id == ID or exhibit.offer is not None:
        return
    assert exhibit.ask, "no question"
    reading = read_view_query(exhibit.ask, protected, lambda _: False)
    assert reading.ignored == ()
    again = render(ID, reading, protected)
    options = {name: reading.options[name] for name in reading.options}
    assert again.offer is None
    assert {name: again.options[name] for name in options} == options


def test_the_map_of_hotspots_and_its_question_have_the_same_numbers(protected: Release) -> None:
    reading = read_view_query("level=district&show=number", protected, lambda _: False)
    on_map = render("hotspots.map", reading, protected)
    exhibit = answer(protected, on_map.ask)
    sizes = dict(zip(exhibit.table.column("code"), exhibit.table.column("incidents"), strict=True))
    rows = zip(on_map.table.column("code"), on_map.table.column("incidents"), strict=True)
    assert all(sizes.get(code, 0) == (size or 0) for code, size in rows if code)


def test_the_public_asks_by_no_place_finer_than_districts(tmp_path: Path) -> None:
    public = built(tmp_path, seed=3, months=12, per_month=40, base=10, audience="public")
    names = next(option.narrowed(public).values for option in OPTIONS if option.name == "rows")
    assert {"place", "upazila", "camp_region", "transit"}.isdisjoint(names)
    assert {"district", "destination_country", "sex"} <= {*names}
    assert answer(public, "rows=upazila").options["rows"] == "district"


def test_the_usual_view_is_over_the_period_of_the_page(protected: Release) -> None:
    question = Question(protected, Filters(), Span.parse("2026-01..2026-03"), defaults())
    crosstab = crosstab_of(question)
    assert str(crosstab.question.period) == "2026-01..2026-03"
    assert crosstab.reader_question.options["as"] != AUTO
