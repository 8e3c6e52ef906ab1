"""One quantity has one number wherever it stands, and no number stands under another's filters.

Over the committed sample: every value of every filter alone, and random filters together.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from dashboard import exhibits, queries
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.headlines import headline
from dashboard.exhibits.parts.offers import unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition, definitions, question_of, render
from dashboard.filters import Filters
from dashboard.model.facts import PEOPLE, REQUESTS, fact
from dashboard.model.filters import FILTERS
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words.catalogue import say
from etl.settings import Settings
from tests.support.readings import reading
from tests.support.sample import sample_folder

exhibits.load()
COUNTING = tuple(entry.id for entry in definitions() if not entry.id.startswith("quality."))
#: Exhibits that leave checkpoints out of what they count.
BY_PLACE = ("overview.map", "hotspots.map", "hotspots.ranking")
AREAS = ("BD20", "BD2022", "BD20220094", "BD60", "BD6091", "BD30")
VALUES = [(entry.name, code) for entry in FILTERS for code in entry.codes or AREAS]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Release]:
    folder = sample_folder(tmp_path_factory)
    settings = Settings(folder / "store", folder / "secrets")
    current = (settings.releases / "current").read_text(encoding="ascii").strip()
    opened = Release(settings.releases / f"{current}.duckdb")
    yield opened
    opened.close()


def periods(release: Release, draw: random.Random) -> list[Span]:
    """Any month, any quarter and any year of a release."""
    months = list(release.span)
    return [
        Span(month := draw.choice(months), month),
        Span(start := Month.of(draw.choice(months[:-2]).quarter_start.first_day), start.plus(2)),
        Span(start := draw.choice(months[:-11]), start.plus(11)),
    ]


@pytest.mark.parametrize("number", range(len(VALUES)), ids=lambda n: "=".join(VALUES[n]))
def test_a_card_is_empty_only_where_nothing_was_counted(number: int, sample: Release) -> None:
    name, code = VALUES[number]
    draw = random.Random(number)
    for period in periods(sample, draw):
        filters = Filters(period=period.clipped(sample.span), **{name: (code,)})
        for exhibit_id in draw.sample(COUNTING, 5):
            found = render(exhibit_id, reading(filters), sample)
            if found.offer is not None:
                assert held(exhibit_id, filters, sample) == 0, (exhibit_id, filters.to_query())


def held(exhibit_id: str, filters: Filters, release: Release) -> int:
    """What an exhibit may count of what is kept by some filters."""
    asked = Question(release, filters, filters.period or release.default_period, {})
    counted = queries.shown_roles(filters) if exhibit_id in BY_PLACE else filters
    leading = {"referrals.pathway": ("requests",)}.get(exhibit_id, definition(exhibit_id).facts)
    return sum(
        queries.total(release, fact(name), counted, asked.period)
        for name in leading
        if not unkept(asked, fact(name))
    )


def random_filters(release: Release, draw: random.Random) -> Filters:
    """A random period, and up to two filters."""
    chosen = dict(draw.sample(VALUES, draw.choice((0, 1, 1, 2))))
    period = draw.choice(periods(release, draw)).clipped(release.span)
    codes: Mapping[str, Any] = {name: (code,) for name, code in chosen.items()}
    return Filters(period=period, **codes)


@pytest.mark.parametrize("seed", range(25))
def test_a_quantity_has_one_number(seed: int, sample: Release) -> None:
    filters = random_filters(sample, random.Random(seed))
    found = {name: render(name, reading(filters), sample) for name in COUNTING}
    tiles = {item["id"]: item for item in (found["overview.indicators"].figure or {})["items"]}
    people = tiles["people"]["value"]
    assert sum_of(found["sheet.people"], PEOPLE.unit) == people
    assert sum_of(found["sheet.recruitment-place"], "total", PEOPLE.unit) == people
    assert sum_of(found["sheet.transport-destination"], "total", PEOPLE.unit) == people
    assert sum_of(found["sheet.age-sex"], "total", PEOPLE.unit) == people
    types = found["sheet.types"]
    if types.offer is None:
        counted = types.table.columns[2].code
        assert sum_of(types, counted) == tiles[counted]["value"]
    places = {sum_of(found[name], "incidents", "people") for name in BY_PLACE}
    assert len(places) == 1
    corridors = found["routes.corridors"]
    if found["routes.map"].offer is None and not unkept(question_of(filters, sample), fact("legs")):
        assert sum_of(corridors, "people") == sum_of(found["routes.map"], "people")
    asked = question_of(filters, sample)
    if not unkept(asked, REQUESTS):
        total = queries.total(sample, REQUESTS, filters, asked.period)
        matrix = found["referrals.matrix"]
        values = [column for column in matrix.table.columns if column.is_value]
        assert sum(sum_of(matrix, column.code) for column in values) == total


def sum_of(found: Exhibit, *columns: str) -> int:
    """Sum of the first of some columns that a table has; 0 where there is nothing."""
    codes = {column.code for column in found.table.columns}
    name = next((name for name in columns if name in codes), None)
    if name is None or not found.table.rows:
        return 0
    return sum(int(cell or 0) for cell in found.table.column(name))


@pytest.mark.parametrize("seed", range(60))
def test_headline_tile_and_arrow_agree_and_obey_the_filters(seed: int, sample: Release) -> None:
    filters = random_filters(sample, random.Random(1000 + seed))
    asked = question_of(filters, sample)
    found = render("overview.indicators", reading(filters), sample)
    tiles = {item["id"]: item for item in (found.figure or {})["items"]}
    title = headline("overview", asked).title
    assert title == found.title
    about_people = say("overview.what_people", "en") in title or "identified" in title
    lead = tiles["people" if about_people else "incidents"]
    assert lead["value"] is not None
    assert str(lead["value"]) in title.replace(",", "") or lead["text"].lower() in title.lower()
    assert ("rose" in title) == (lead["direction"] == "rose")
    assert ("fell" in title) == (lead["direction"] == "fell")
    assert {"rose": "up", "fell": "down"}.get(lead["direction"] or "") == lead["arrow"]
    for name, tile in tiles.items():
        counted = {"first_referrals": "requests", "services": "endings"}.get(name, name)
        assert (tile["value"] is None) == bool(unkept(asked, fact(counted)))
