"""One quantity has one number wherever it stands, and no number stands under another's filters.

Over the committed sample: every value of every filter alone, and random filters together.
"""

from __future__ import annotations

import random

import pytest

from dashboard import exhibits, queries
from dashboard.exhibits.counts.area_counts import areas_shown, chosen_areas
from dashboard.exhibits.counts.referral_counts import FIRST
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts.empty_state import unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition, definitions, question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import INCIDENTS, JOURNEYS, LEGS, PEOPLE, REQUESTS, fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.contract.views import VALUES, periods, random_filters
from tests.support.readings import reading

exhibits.load()
#: Flags and targets are no count: there may be none of them, whatever was counted.
UNCOUNTED = ("hotspots.signals", "referrals.targets")
COUNTING = tuple(
    entry.id
    for entry in definitions()
    if not entry.id.startswith("quality.") and entry.id not in UNCOUNTED
)
#: Exhibits of all events of a period by place.
BY_PLACE = ("overview.map", "hotspots.map", "hotspots.ranking", "hotspots.camps")
#: Those that leave checkpoints out of what they count.
UNCHECKED = ("overview.map", *(name for name in COUNTING if name.startswith("hotspots.")))
#: Cards that say nothing of a few, with the referrals that are a few at most: ten units; of gaps
#: and of the pathway no cell and no service may be more than that.
OF_MANY = {"referrals.bottlenecks": 99, "referrals.pathway": 200, "referrals.coverage": 300}


@pytest.mark.parametrize("number", range(len(VALUES)), ids=lambda n: "=".join(VALUES[n]))
def test_a_card_is_empty_only_where_nothing_was_counted(number: int, sample: Release) -> None:
    name, code = VALUES[number]
    draw = random.Random(number)
    for period in periods(sample, draw):
        filters = Filters(period=period.clipped(sample.span), **{name: (code,)})
        for exhibit_id in draw.sample(COUNTING, 5):
            found = render(exhibit_id, reading(filters), sample)
            if found.offer is not None:
                is_little = found.title.startswith("Too little is known of referrals in ")
                most = OF_MANY.get(exhibit_id, 0) if is_little else 0
                assert held(exhibit_id, filters, sample) <= most, (exhibit_id, filters.to_query())


def held(exhibit_id: str, filters: Filters, release: Release) -> int:
    """What an exhibit may count of what is kept by some filters."""
    if exhibit_id == "hotspots.camps" and not holds_camps(filters, release):
        return 0  # what lies elsewhere is no camp's
    question = Question(release, filters, filters.period or release.default_period, {})
    counted = queries.shown_roles(filters) if exhibit_id in UNCHECKED else filters
    leads = {
        "referrals.pathway": ("requests",), "referrals.bottlenecks": ("requests",),
        "referrals.outcomes": ("endings",), "hotspots.area": ("incidents", "people"),
        "explore.answer": ("people",),
    }  # fmt: skip
    leading = leads.get(exhibit_id, definition(exhibit_id).facts)
    kept = [fact(name) for name in leading if not unkept(question, fact(name))]
    if exhibit_id == "referrals.steps":  # of referrals it counts the first ones alone
        firsts = [own for own in kept if "step" in own]
        return sum(
            size
            for own in firsts
            for step, size in queries.counts(release, own, counted, question.period, ("step",))
            if step == FIRST
        ) + sum(queries.total(release, own, counted, question.period) for own in kept
                if own not in firsts)  # fmt: skip
    return sum(queries.total(release, own, counted, question.period) for own in kept)


def holds_camps(filters: Filters, release: Release) -> bool:
    """Whether a camp lies in what a reader chose."""
    return bool(areas_shown(release, "camp", chosen_areas(release, filters)))


@pytest.mark.parametrize("seed", range(40))
def test_a_quantity_has_one_number(seed: int, sample: Release) -> None:
    filters = random_filters(sample, random.Random(seed))
    found = {name: render(name, reading(filters), sample) for name in COUNTING}
    tiles = {item["id"]: item for item in (found["overview.indicators"].figure or {})["items"]}
    people = tiles["people"]["value"]
    assert sum_of(found["sheet.people"], PEOPLE.unit) == people
    assert sum_of(found["sheet.recruitment-place"], "total", PEOPLE.unit) == people
    assert sum_of(found["sheet.transport-destination"], "total", PEOPLE.unit) == people
    assert sum_of(found["sheet.age-sex"], "total", PEOPLE.unit) == people
    assert sum_of(found["explore.answer"], "total", PEOPLE.unit) == people
    types = found["sheet.types"]
    if types.offer is None:
        counted = types.table.columns[2].code
        assert sum_of(types, counted) == tiles[counted]["value"]
    by_place = [n for n in BY_PLACE if n != "hotspots.camps" or holds_camps(filters, sample)]
    assert len({sum_of(found[name], "incidents", "people") for name in by_place}) == 1
    for flows in ("routes.map", "routes.chains"):
        counted = LEGS if found[flows].options.get("measure") == LEGS.id else JOURNEYS
        if found[flows].offer is None and not unkept(question_of(filters, sample), counted):
            corridors = render("routes.corridors", reading(filters, measure=counted.id), sample)
            # The list stands with all corridors, whichever are chosen.
            chosen = filters.codes_of("corridor")
            columns = (corridors.table.column(name) for name in ("code", counted.unit))
            listed = zip(*columns, strict=True)
            shown = sum(int(size or 0) for code, size in listed if not chosen or code in chosen)
            assert shown == sum_of(found[flows], counted.unit)
    question = question_of(filters, sample)
    if not unkept(question, REQUESTS):
        total = queries.total(sample, REQUESTS, filters, question.period)
        matrix = found["referrals.matrix"]
        values = [column for column in matrix.table.on_page.columns if column.is_value]
        assert sum(sum_of(matrix, column.code) for column in values) == total


def test_a_brief_tells_the_range_that_the_list_of_an_area_has(sample: Release) -> None:
    district, upazila = "BD2022", "BD20220090"
    quarter = Span.last(3, until=sample.span.end)
    filters = Filters(area=(district,), period=quarter)
    told = {
        cells_of(render(name, reading(filters, **options), sample), upazila, *columns)
        for name, options, columns in (
            ("brief.sentences", {}, ("now", "now_low", "now_high")),
            ("overview.changes", {}, ("now", "low", "high")),
            ("hotspots.ranking", {"level": "upazila"}, ("incidents", "low", "high")),
        )
    }
    ((size, low, high),) = told
    assert low < size < high


def cells_of(found: Exhibit, code: str, *columns: str) -> tuple[int, ...]:
    """Some cells of the row of a code."""
    at = found.table.column("code").index(code)
    return tuple(int(found.table.column(name)[at] or 0) for name in columns)


def sum_of(found: Exhibit, *columns: str) -> int:
    """Sum of the first of some columns that a table has; 0 where there is nothing."""
    codes = {column.code for column in found.table.columns}
    name = next((name for name in columns if name in codes), None)
    if name is None or not found.table.rows:
        return 0
    return sum(int(cell or 0) for cell in found.table.column(name))


#: Exhibits whose bars can be clicked, with the ways to ask for each of their levels.
CLICKED = [
    ("sheet.people", {}, "people"), ("sheet.types", {"classes": "groups"}, "incidents"),
    ("sheet.types", {"classes": "crimes"}, "incidents"),
    ("sheet.age-sex", {"ages": "bands"}, "total"), ("sheet.age-sex", {"ages": "groups"}, "total"),
    ("sheet.age-sex", {"ages": "child"}, "total"),
    ("sheet.transport-destination", {"transport": "mode_country"}, "total"),
    ("sheet.transport-destination", {"transport": "mode_scope"}, "total"),
]  # fmt: skip


@pytest.mark.parametrize(("exhibit_id", "options", "counted"), CLICKED)
def test_what_a_click_chooses_is_what_its_bar_counts(
    exhibit_id: str, options: dict[str, str], counted: str, sample: Release
) -> None:
    year = Filters(period=sample.default_period)
    found = render(exhibit_id, reading(year, **options), sample)
    assert found.figure is not None
    meta = found.figure["layout"]["meta"]
    sizes = dict(zip(found.table.column("code"), found.table.column(counted), strict=True))
    (counts,) = {entry.id for entry in (INCIDENTS, PEOPLE) if entry.unit == found.unit}
    assert meta["choices"]
    for code in meta["choices"]:
        chosen = year.with_codes(meta["click"], (code,))
        assert queries.total(sample, fact(counts), chosen, sample.default_period) == sizes[code]
