"""Corridors are one list on every page: the same names, order and numbers for the same question."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from dashboard import exhibits
from dashboard.exhibits.brief.choice import WINDOWS
from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.exhibits.parts.empty_state import unkept
from dashboard.exhibits.registry import question_of, render
from dashboard.filters import Filters
from dashboard.model.codes import CORRIDOR
from dashboard.model.facts import JOURNEYS, LEGS, UNITS
from dashboard.model.languages import Language
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import translate
from dashboard.words.numbers import at_mark
from tests.contract.views import random_filters
from tests.support.readings import reading

exhibits.load()
#: Codes that are no corridor of their own, as they end a list.
LAST = ["other", "unknown"]


def listed(found: Exhibit, unit: str = JOURNEYS.unit) -> dict[str, int]:
    """Numbers of the list by corridor, in its order."""
    columns = (found.table.column(name) for name in ("code", unit))
    return {str(code): int(size or 0) for code, size in zip(*columns, strict=True)}


def asked(release: Release, seed: int) -> Filters:
    """Random filters over whole quarters, without a corridor."""
    draw = random.Random(seed)
    filters = random_filters(release, draw).with_codes("corridor", ())
    whole = (filters.period or release.default_period).snapped("quarter")
    held = whole if whole.within(release.span) else Span.parse("2026-04..2026-09")
    return Filters(period=held, chosen=filters.chosen)


@pytest.mark.parametrize("seed", range(12))
def test_a_list_names_every_corridor_the_largest_first(seed: int, sample: Release) -> None:
    for fact in (JOURNEYS, LEGS):
        found = render("routes.corridors", reading(asked(sample, seed), measure=fact.id), sample)
        if found.offer is not None:
            continue
        sizes = listed(found, {LEGS.id: LEGS.unit}.get(found.options["measure"], JOURNEYS.unit))
        named = [code for code in sizes if code not in LAST]
        assert named == sorted(named, key=lambda code: (-sizes[code], code))
        assert [*sizes][len(named) :] == [code for code in LAST if code in sizes]
        names = dict(zip(sizes, found.table.column("name"), strict=True))
        assert names == {code: CORRIDOR.label_of(code, "en") for code in sizes}


@pytest.mark.parametrize("seed", range(12))
def test_a_corridor_has_the_number_of_the_list_wherever_it_stands(
    seed: int, sample: Release
) -> None:
    filters = asked(sample, seed)
    found = render("routes.corridors", reading(filters), sample)
    sizes = {} if found.offer else listed(found)
    for code in [*sizes][:3]:
        if code == "unknown":
            continue  # some of it was never recorded, which no filter chooses
        one = filters.with_codes("corridor", (code,))
        card = render("routes.corridor", reading(one), sample).figure or {}
        assert card["code"] == code
        assert {stop for stop in stops(card)} <= {sizes[code]}
        if not unkept(question_of(filters, sample), JOURNEYS):
            for name in ("routes.chains", "routes.map"):
                flows = render(name, reading(one), sample)
                assert sum(int(n or 0) for n in flows.table.column(JOURNEYS.unit)) == sizes[code]
            assert quarters(one, sample) == sizes[code]


@pytest.mark.parametrize("lang", ["en", "bn"])
@pytest.mark.parametrize("seed", range(4))
def test_legs_are_never_called_people(seed: int, lang: Language, sample: Release) -> None:
    filters = replace(asked(sample, seed), lang=lang)
    people = UNITS.label_of("people", lang)
    for name in ("routes.corridors", "routes.map", "routes.matrix"):
        found = render(name, reading(filters, measure=LEGS.id), sample)
        if found.offer is not None or found.unit == people:
            continue  # legs are not kept, so people are counted
        assert found.unit == UNITS.label_of(LEGS.unit, lang)
        columns = [(column.label, column.unit) for column in found.table.columns]
        said = [found.title, found.description, columns, found.figure]
        assert not re.search(rf"\b{people}\b", json.dumps(said, ensure_ascii=False, default=str))


def stops(card: dict[str, object]) -> Iterator[int]:
    """What each stop of a corridor sums to."""
    for stop in card["strip"] or ():  # pyright: ignore[reportGeneralTypeIssues]
        yield sum(row["value"] for row in stop["rows"])


def quarters(filters: Filters, release: Release) -> int:
    """What the seasons of a corridor hold in the quarters of a period."""
    found = render("routes.seasons", reading(filters, steps="quarter"), release)
    steps = zip(found.table.column("quarter"), found.table.column(JOURNEYS.unit), strict=True)
    period = filters.period or release.default_period
    return sum(int(size or 0) for step, size in steps if Span.named(str(step)).within(period))


@pytest.mark.parametrize("area", ["BD2022", "BD20220094", "BD20220090", "BD4041", "BD6091"])
def test_an_area_lists_the_corridors_that_its_routes_list(area: str, sample: Release) -> None:
    filters = Filters(period=sample.span, area=(area,))
    groups = (render("hotspots.area", reading(filters), sample).figure or {})["groups"]
    corridors = next(group for group in groups if group["id"] == "corridors")
    found = render("routes.corridors", reading(filters), sample)
    sizes = listed(found)
    # A larger number may have a wider range, which begins at 0: a card does not name it.
    sure = [c for c, low in zip(sizes, found.table.column("low"), strict=True) if low]
    shown = {row["code"]: row["value"] for row in corridors["rows"] if row["code"]}
    assert shown == {code: sizes[code] for code in sure[: len(shown)]}
    assert sum(row["value"] for row in corridors["rows"]) == sum(sizes.values())


#: Quarters' last months, and what a reader chose; an area holds other people than its journeys.
ENDS = ["2026-09", "2026-06", "2026-03", "2025-12"]
CHOSEN: list[dict[str, tuple[str, ...]]] = [
    {}, {"class": ("smuggling",)}, {"sex": ("female",)}, {"mode": ("air",)}, {"area": ("BD40",)},
]  # fmt: skip


def test_what_is_told_of_a_corridor_has_the_number_of_the_list(sample: Release) -> None:
    """The brief, what changed and the list it opens say one number, with one range, in whole
    quarters. Where that does not bear the word, and under an area, where the list has other people,
    they say the judged number, and the list has it beside its own."""
    told = set[str]()
    for end in ENDS:
        for chosen in CHOSEN:
            spans = [Span.last(months, until=Month.parse(end)) for months in (*WINDOWS, 12)]
            brief = render("brief.sentences", reading(Filters(**chosen), month=end), sample)
            for span in spans:
                filters = Filters(period=span, **chosen)
                changes = render("overview.changes", reading(filters), sample)
                listed = render("routes.corridors", reading(filters), sample)
                for name, found, ends in (
                    ("brief", brief, ("now", "now_low", "now_high")),
                    ("changes", changes, ("now", "low", "high")),
                ):
                    for code, numbers in corridors_of(found, span, ends).items():
                        of_list = shown(listed, code)
                        assert numbers[: len(of_list)] == of_list, (name, code)
                        # The judged number has no range in the list.
                        kind = " area" if "area" in chosen else " apart" * (len(of_list) == 1)
                        told.add(f"{name} {code}{kind}")
    assert {"brief air_gulf", "changes air_gulf"} <= told
    assert {"area", "apart"} <= {name.split()[-1] for name in told}, told


def corridors_of(found: Exhibit, span: Span, ends: tuple[str, ...]) -> dict[str, list[Cell]]:
    """The number and range of each corridor that is told of some months."""
    if found.offer is not None:
        return {}
    codes = [column.code for column in found.table.columns]
    rows = [dict(zip(codes, row, strict=True)) for row in found.table.rows]
    kind, window = translate("overview.changes.one_corridor", "en"), dates.period(span, "en")
    return {
        str(row["code"]): [row[end] for end in ends]
        for row in rows
        if (row["kind"], row["window"]) == (kind, window)
    }


def shown(listed: Exhibit, code: str) -> list[Cell]:
    """The number and range of a corridor in the list; where another was judged, that alone.

    What the list leaves out is nought.
    """
    codes = listed.table.column("code")
    if code not in codes:
        return [0]
    at = codes.index(code)
    (row,) = (row for row in (listed.figure or {})["rows"] if row["code"] == code)
    if ", now" not in row["usual_number"]:
        return [listed.table.column(name)[at] for name in (JOURNEYS.unit, "low", "high")]
    judged = listed.table.column("judged")[at]
    said = at_mark(int(str(judged)), JOURNEYS.base, "en")
    assert row["usual_number"].endswith(f", now\N{NO-BREAK SPACE}{said}")
    return [judged]
