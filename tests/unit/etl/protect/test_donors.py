"""Units take values that two incidents hold, and of others the next coarser ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model import codes
from dashboard.model.facts import JOURNEYS, LEGS, PEOPLE, Fact
from dashboard.model.fields import Kind
from dashboard.model.periods import Month
from dashboard.model.protection import HOLDERS
from etl.protect import donors, task
from etl.protect.coding import SET_SLOTS, Coding, Parents, Rows
from etl.protect.donors import costs_of_few, shared
from etl.protect.history import read_history
from etl.protect.layout import Layout
from etl.protect.margins import FLOW, MARGINS, Margin
from tests.support.examples import examples
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.store import Store, closed, public_of

MONTH = date(2023, 6, 1)
PARENTS = Parents(
    [
        ("CAMP", "camp_region", "REGION", None, None),
        ("CAMP-B", "camp_region", "REGION", None, None),
        *((camp, "upazila", "OLD", None, MONTH) for camp in ("CAMP", "CAMP-B", "REGION")),
        *((camp, "upazila", "NEW", MONTH, None) for camp in ("CAMP", "CAMP-B", "REGION")),
        *(
            (place, level, area, None, None)
            for place in ("CAMP", "CAMP-B", "REGION", "OLD", "NEW", "HOME")
            for level, area in (("district", "HOME"), ("division", "DIV"), ("country", "BD"))
        ),
        ("DIV", "division", "DIV", None, None),
        ("DIV", "country", "BD", None, None),
        ("REGION", "camp_region", "REGION", None, None),
        ("OLD", "upazila", "OLD", None, None),
        ("NEW", "upazila", "NEW", None, None),
        ("PORT", "country", "IN", None, None),
    ]
)
ABOVE = {"REGION", "OLD", "NEW", "HOME", "DIV", "BD", "IN"}


def stand(
    told: Sequence[dict], holders: Iterable[int], fact: Fact = PEOPLE, month: date = MONTH
) -> list[dict]:
    """Records as donors show them, of which each tells the dimensions that it names."""
    values = {
        field.name: {
            place
            for record in told
            for place in np.atleast_1d(record.get(field.name) or [])
            if place is not None
        }
        | ABOVE
        for field in fact.dimensions
        if field.codes is None
    }
    coding = Coding(fact, values, PARENTS, [date(2023, 5, 1), MONTH])
    columns = {f.name: [record.get(f.name) for record in told] for f in fact.dimensions}
    rows = coding.encode(columns, len(told))
    found = coding.decode(shared(coding, PARENTS, rows, np.array([*holders]), month, HOLDERS))
    return [{name: of[number] for name, of in found.items()} for number in range(len(told))]


def test_what_two_incidents_hold_is_taken_and_what_one_holds_is_not() -> None:
    told = [{"rescuing_authority": code} for code in ("police", "police", "coast_guard")]
    assert [row["rescuing_authority"] for row in stand(told, [1, 2, 3])] == ["police"] * 2 + [None]
    assert [row["rescuing_authority"] for row in stand(told, [1, 1, 1])] == [None] * 3


def test_a_family_or_a_boat_of_one_report_is_one_holder_however_many_it_counts() -> None:
    told = [{"corridor": "naf_river", "mode": "river"}] * 30 + [{"corridor": "bd_internal"}] * 2
    seen = stand(told, [1] * 30 + [2, 3])
    assert {row["corridor"] for row in seen} == {"bd_internal", None}
    assert {row["mode"] for row in seen} == {None}


@pytest.mark.parametrize(
    ("places", "stand_under"),
    [
        (["CAMP", "CAMP"], ["CAMP", "CAMP"]),
        (["CAMP", "CAMP-B"], ["REGION", "REGION"]),
        (["CAMP", "NEW"], ["NEW", "NEW"]),
        (["CAMP", "HOME"], ["HOME", "HOME"]),
        (["OLD", "NEW"], ["HOME", "HOME"]),
        (["CAMP", "DIV"], ["DIV", "DIV"]),
        (["CAMP", "PORT"], [None, None]),
        (["PORT", "IN"], ["IN", "IN"]),
        (["CAMP", "CAMP", "CAMP-B"], ["CAMP", "CAMP", None]),
        (["CAMP", "CAMP", "CAMP-B", "OLD"], ["CAMP", "CAMP", "HOME", "HOME"]),
    ],
)
def test_a_place_goes_up_level_by_level(places: list[str], stand_under: list[str | None]) -> None:
    seen = stand([{"place": place} for place in places], range(len(places)))
    assert [row["place"] for row in seen] == stand_under


def test_a_place_goes_up_to_the_area_of_its_own_month() -> None:
    told = [{"place": "CAMP"}, {"place": "OLD"}]
    assert [row["place"] for row in stand(told, [1, 2], month=date(2023, 5, 1))] == ["OLD", "OLD"]
    assert [row["place"] for row in stand(told, [1, 2])] == ["HOME", "HOME"]


def test_a_bundle_is_asked_for_as_a_whole() -> None:
    told = [
        {"place": "HOME", "population_group": group}
        for group in ("rohingya_refugee", "host_community")
    ]
    assert [(r["place"], r["population_group"]) for r in stand(told, [1, 2])] == [("BD", None)] * 2
    told = [{"place": "HOME", "sex": sex} for sex in ("female", "male", "male")]
    seen = stand(told, [1, 2, 3])
    assert [row["place"] for row in seen] == ["HOME"] * 3
    assert [row["sex"] for row in seen] == [None, "male", "male"]


def test_ends_of_a_leg_go_up_together() -> None:
    told = [
        {"from_place": "CAMP", "to_place": "PORT"},
        {"from_place": "CAMP-B", "to_place": "PORT"},
    ]
    seen = stand(told, [1, 2], LEGS)
    assert [(row["from_place"], row["to_place"]) for row in seen] == [("REGION", "IN")] * 2


def test_a_way_that_nobody_shares_keeps_its_origin_stops_and_destination() -> None:
    told = [
        {"origin": origin, "transit": [stop], "destination": destination, "corridor": "air_gulf"}
        for origin, stop, destination in (
            ("CAMP", "OLD", "PORT"), ("CAMP", "HOME", "IN"),
            ("NEW", "OLD", "IN"), ("NEW", "HOME", "PORT"),
        )
    ]  # fmt: skip
    seen = stand(told, range(4), JOURNEYS)
    assert [{name: row[name] for name in told[0]} for row in seen] == told


def test_stops_on_the_way_go_up_and_are_named_once_and_then_left_out() -> None:
    both = ["CAMP", "CAMP-B"]
    told = [{"origin": "HOME", "transit": both}, {"origin": "HOME", "transit": ["REGION"]}]
    seen = stand(told, [1, 2], JOURNEYS)
    assert [row["transit"] for row in seen] == [["REGION"]] * 2
    told = [{"origin": "BD", "transit": ["IN"]}, {"origin": "BD", "transit": None}]
    seen = stand(told, [1, 2], JOURNEYS)
    assert [(row["origin"], row["transit"]) for row in seen] == [("BD", None)] * 2


def test_a_set_loses_its_last_code_first_and_its_class_goes_after_it() -> None:
    one, two, three = codes.EXPLOITATION.values[:3]
    told = [
        {"class_group": "trafficking_labour", "exploitation": forms}
        for forms in ([one, two], [one, three])
    ]
    assert [row["exploitation"] for row in stand(told, [1, 2])] == [[one]] * 2
    told = [
        {"class_group": "trafficking_labour", "exploitation": [form]}
        for form in codes.EXPLOITATION.values[:2]
    ]
    seen = stand(told, [1, 2])
    assert [(row["class_group"], row["exploitation"]) for row in seen] == [
        ("trafficking_labour", None)
    ] * 2


@settings(max_examples=examples(60), deadline=None)
@given(data=st.data(), count=st.integers(1, 40), fact=st.sampled_from([PEOPLE, LEGS, JOURNEYS]))
def test_whatever_is_told_no_value_is_of_one_holder(
    data: st.DataObject, count: int, fact: Fact
) -> None:
    random = np.random.default_rng(data.draw(st.integers(0, 10_000)))
    places = ["CAMP", "CAMP-B", "NEW", "OLD", "HOME", "PORT", "SEA", None]
    told = [_record(random, fact, places) for _ in range(count)]
    holders = random.integers(0, max(1, count // 2), count)
    seen = stand(told, holders, fact)
    for bundle in fact.bundles:
        held: dict[str, set[int]] = defaultdict(set)
        for row, holder in zip(seen, holders.tolist(), strict=True):
            held[str([row[name] for name in bundle])].add(holder)
        nothing = str([None for _ in bundle])
        assert all(len(own) >= HOLDERS for value, own in held.items() if value != nothing)
        for before, row in zip(told, seen, strict=True):
            if _held_by(told, holders, bundle, before) >= HOLDERS:
                assert [row[n] for n in bundle] == [before.get(n) for n in bundle]
            for name in bundle:
                for place in np.atleast_1d(row[name] or []).tolist():
                    own = np.atleast_1d(before.get(name) or []).tolist()
                    assert place in own or any(place in PARENTS.above(p, MONTH) for p in own)


def _record(random: np.random.Generator, fact: Fact, places: list[str | None]) -> dict:
    record: dict[str, object] = {}
    for field in fact.dimensions:
        if field.kind is Kind.PLACE:
            record[field.name] = places[random.integers(len(places))]
        elif field.kind.many:
            of = list(field.codes.values)[:3] if field.codes else places[:-1]
            chosen = random.permutation(len(of))[: random.integers(0, SET_SLOTS)]
            record[field.name] = [of[number] for number in chosen] or None
        else:
            record[field.name] = field.codes.values[random.integers(2)]
    return record


def _held_by(
    told: Sequence[dict], holders: Iterable[int], bundle: Sequence[str], value: dict
) -> int:
    own = [value.get(name) for name in bundle]
    return len({h for r, h in zip(told, holders, strict=True) if [r.get(n) for n in bundle] == own})


def one_boat(store: Store, people: int = 30) -> None:
    """People of many incidents, and a boat that one report tells, unlike all of them."""
    events = invented.people(50, 6, seed=4)
    for event in events:
        event["rescuing_authority"] = "police"
        event["promise"] = ["job"]
    boat = dict(events[0]) | {
        "holder": "boat",
        "month": date(2023, 4, 1),
        "place": invented.DISTRICTS[0],
        "rescuing_authority": "coast_guard",
        "promise": ["loan"],
        "corridor": "naf_river",
        "destination": "NP",
    }
    store.arrive([*events, *[dict(boat) for _ in range(people)]])


def of_the_boat(store: Store) -> set[str]:
    """Which of its values units show."""
    own = {
        "authority": lambda unit: unit["rescuing_authority"] == "coast_guard",
        "promise": lambda unit: "loan" in (unit["promise"] or ()),
        "way": lambda unit: (unit["corridor"], unit["destination"]) == ("naf_river", "NP"),
    }
    return {name for name, shows in own.items() if any(map(shows, store.units()))}


def test_a_boat_that_one_report_tells_is_in_no_unit_as_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = Store()
    one_boat(store)
    store.close(Month(2023, 6))
    assert of_the_boat(store) == set()
    assert sum(unit["size"] for unit in store.units()) == len(store.events()), "it counts"
    monkeypatch.setattr(task, "HOLDERS", 1)
    open_ = Store()
    one_boat(open_)
    open_.close(Month(2023, 6))
    assert of_the_boat(open_) == {"authority", "promise", "way"}


def test_what_a_second_incident_tells_is_made_up_for() -> None:
    events = invented.people(50, 6, seed=4)
    for number, event in enumerate(events):
        event["rescuing_authority"] = "police"
        if event["month"] == date(2023, 2, 1) and number % 4 == 0:
            event |= {"rescuing_authority": "coast_guard", "holder": "one"}
    lone = sum(event["rescuing_authority"] == "coast_guard" for event in events)
    events.append(
        dict(events[-1])
        | {"month": date(2023, 5, 1), "rescuing_authority": "coast_guard", "holder": "another"}
    )
    store = Store()
    store.arrive(events)
    store.close(Month(2023, 4))
    assert not any(unit["rescuing_authority"] == "coast_guard" for unit in store.units())
    store.close(Month(2023, 6))
    shown = sum(u["size"] for u in store.units() if u["rescuing_authority"] == "coast_guard")
    assert lone >= 10
    assert lone - 10 <= shown <= lone + 11


def test_every_value_of_a_unit_is_held_by_two_incidents_in_its_window() -> None:
    events = invented.people(40, 12, seed=6)
    for number, event in enumerate(events):
        event["holder"] = f"{number // 3}"
    store = closed(events, Month(2023, 12))
    history = read_history(store.connection, PEOPLE, invented.parents())
    coding, parents = history.coding, invented.parents()
    for month in np.unique(history.unit_periods):
        window = (history.periods > month - 12) & (history.periods <= month)
        rows = shared(
            coding,
            parents,
            history.rows[window],
            history.holders[window],
            month.astype("datetime64[D]").item(),
            HOLDERS,
        )
        for names in PEOPLE.bundles:
            own = [p for name in names for p in coding.columns[name].positions]
            may = set(map(tuple, rows[:, own].tolist()))
            units = history.unit_rows[history.unit_periods == month][:, own]
            assert set(map(tuple, units.tolist())) <= may


def test_the_public_takes_what_two_units_of_the_members_hold() -> None:
    members = closed(invented.people(50, 12, seed=5), Month(2023, 12))
    public = public_of(members)
    public.close(Month(2023, 12), audience="public")
    sizes: dict[str, int] = defaultdict(int)
    for unit in members.units():
        sizes[str(unit["rescuing_authority"])] += 1
    shown = {str(unit["rescuing_authority"]) for unit in public.units()}
    assert shown
    assert all(sizes[code] >= HOLDERS for code in shown - {"None"})


class Ways:
    """Journeys of a quarter, and the units that are made where few cost so many events."""

    def __init__(self, seed: int, few: int = FLOW.few) -> None:
        store = Store()
        store.arrive(invented.journeys(invented.people(20, 3, seed)), JOURNEYS)
        margins = {JOURNEYS.id: [_with_few(margin, few) for margin in MARGINS[JOURNEYS.id]]}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(task, "MARGINS", margins)
            store.close(Month(2023, 3))
        history = read_history(store.connection, JOURNEYS, invented.parents())
        self.coding, self.holders = history.coding, history.holders
        self.layout, month = Layout(self.coding, MARGINS[JOURNEYS.id]), date(2023, 1, 1)
        self.rows = shared(
            self.coding, invented.parents(), history.rows, self.holders, month, HOLDERS
        )
        self.units = self.coding.with_areas(history.unit_rows, month)
        self.costs = costs_of_few(self.layout, self.rows, self.holders, HOLDERS)

    def lone(self, rows: Rows) -> np.ndarray:
        """How many pairs of each row fewer than two holders have."""
        return (self.costs[self.layout.cells_of(rows)] > 0).sum(axis=1)


def _with_few(margin: Margin, few: int) -> Margin:
    weights = margin.weights
    return replace(margin, weights=replace(weights, few=few if weights.few else 0))


@settings(max_examples=examples(10), deadline=None)
@given(st.integers(0, 10_000))
def test_a_pair_of_a_way_costs_where_one_holder_has_it_as_where_none_has(seed: int) -> None:
    ways = Ways(seed)
    costs = ways.costs.copy()
    for names in (m.attributes for m in MARGINS[JOURNEYS.id] if m.weights.few):
        held: dict[tuple[int, ...], set[int]] = defaultdict(set)
        columns = [ways.coding.columns[name].positions[0] for name in names]
        for pair, holder in zip(ways.rows[:, columns].tolist(), ways.holders, strict=True):
            held[tuple(pair)].add(holder)
        table = ways.layout.cells_of_margin(*names)
        for pair in np.ndindex(table.shape):
            weight = ways.layout.total_weight[table[pair]]
            assert costs[table[pair]] == (FLOW.few * weight if len(held[pair]) < HOLDERS else 0)
        costs[table] = 0
    assert not costs.any()


@settings(max_examples=examples(10), deadline=None)
@given(st.integers(0, 10_000))
def test_a_unit_has_a_pair_of_fewer_than_two_only_where_no_other_value_would_do(seed: int) -> None:
    ways = Ways(seed, few=10_000)
    lone = ways.lone(ways.units)
    for unit, pairs in zip(ways.units[lone > 0], lone[lone > 0], strict=True):
        for names in JOURNEYS.bundles:
            positions = ways.coding.bundle_positions(names)
            others = np.repeat(unit[None], len(ways.rows), axis=0)
            others[:, positions] = ways.rows[:, positions]
            assert ways.lone(others).min() >= pairs


def test_units_without_that_cost_show_ways_that_nobody_went() -> None:
    def lone(few: int) -> int:
        every = [Ways(seed, few) for seed in range(1, 4)]
        return sum(int(ways.lone(ways.units).sum()) for ways in every)

    assert lone(FLOW.few) == 0 < lone(few=0)


@given(
    rows=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=40),
    most=st.integers(1, 3),
)
def test_so_many_holders_of_a_value_are_told_as_are_asked_for(
    rows: list[tuple[int, int]], most: int
) -> None:
    values, holders = (np.array(column) for column in zip(*rows, strict=True))
    number = np.unique(values, return_inverse=True)[1]
    told = donors._rows_by_holder(number, holders, most)
    assert number[told[: number.max() + 1]].tolist() == list(range(number.max() + 1))
    for value in range(number.max() + 1):
        own = holders[told[number[told] == value]].tolist()
        every = set(holders[number == value].tolist())
        assert len(own) == len(set(own)) == min(most, len(every))
        assert set(own) <= every


@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=30), st.booleans())
def test_keys_are_numbered_in_their_order(keys: list[int], few: bool) -> None:
    given_keys = np.array([key % 50 if few else key for key in keys], dtype=np.int64)
    ordered = sorted(set(given_keys.tolist()))
    assert donors._numbers(given_keys).tolist() == [ordered.index(k) for k in given_keys.tolist()]
