"""Cells count what they say, whatever the rows."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model import codes
from dashboard.model.facts import PEOPLE
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Rows
from etl.protect.layout import FORBIDDEN_COST, Layout
from etl.protect.margins import MARGINS, PUBLIC_MARGINS, Margin, Weights
from tests.support.examples import examples
from tests.unit.etl.protect import coded

SECRET = Chance(b"a secret of a test, 32 bytes long")

WEIGHTS = Weights(0.3, 1, 1.5)


def brute(coding: Coding, rows: Rows, sizes: list[int], names: tuple[str, ...]) -> Counter:
    """Sizes by values of some attributes, one row after another; a set once for each code."""
    found: Counter = Counter()
    for row, size in zip(rows.tolist(), sizes, strict=True):
        codes_of = []
        for name in names:
            column = coding.columns[name]
            values = [row[position] for position in column.positions]
            codes_of.append([v for v in values if v >= 0])
        for cell in product(*codes_of):
            found[cell] += size
    return found


@settings(max_examples=examples(25), deadline=None)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 40), data=st.data())
def test_counts_equal_a_count_by_hand(seed: int, count: int, data: st.DataObject) -> None:
    people = coded.people(count + 6, seed)[:count]
    coding = coded.coding(people)
    layout = coded.layout(coding)
    rows = coded.rows(coding, people)
    sizes = data.draw(st.lists(st.integers(1, 9), min_size=len(rows), max_size=len(rows)))
    counted = layout.counts(rows, np.array(sizes, dtype=np.float64))
    names = data.draw(st.sampled_from([m.attributes for m in MARGINS[PEOPLE.id]]))
    table = counted[layout.cells_of_margin(*names)]
    by_hand = brute(coding, rows, sizes, names)
    assert {cell: table[cell] for cell in zip(*np.nonzero(table), strict=True)} == by_hand


def test_a_set_counts_once_for_each_of_its_codes() -> None:
    person = coded.people(8)[0] | {"exploitation": ["forced_labour", "sexual_exploitation"]}
    coding = coded.coding([person])
    layout = Layout(coding, [Margin(("exploitation", "sex"), WEIGHTS)])
    reached = layout.cells_of(coded.rows(coding, [person]))
    assert reached.shape == (1, 3 + 1)  # three slots, and class by scope, which is always held
    counted = layout.counts(coded.rows(coding, [person]), np.array([5.0]))
    table = counted[layout.cells_of_margin("exploitation", "sex")]
    column = coding.columns["exploitation"]
    sex = coding.columns["sex"].index[str(person["sex"])]
    assert table.sum() == 10
    assert (
        table[column.index["forced_labour"], sex]
        == table[column.index["sexual_exploitation"], sex]
        == 5
    )


def test_a_set_that_is_not_recorded_counts_there_and_nowhere_else() -> None:
    person = coded.people(8)[0] | {"promise": None}
    coding = coded.coding([person])
    layout = Layout(coding, [Margin(("promise",), WEIGHTS)])
    table = layout.counts(coded.rows(coding, [person]), np.array([6.0]))[
        layout.cells_of_margin("promise")
    ]
    assert table[len(codes.PROMISE.values)] == table.sum() == 6


def test_empty_slots_weigh_and_count_nothing() -> None:
    people = coded.people(20)
    coding = coded.coding(people)
    layout = coded.layout(coding)
    rows = coded.rows(coding, people)
    slots = coding.columns["promise"].positions
    dead = layout.cells_of_margin("promise")[-1]
    assert dead in layout.cells_of(rows[(rows[:, slots] < 0).any(axis=1)])
    assert layout.counts(rows, np.ones(len(rows)))[dead] == 0
    assert all(weight[dead] == 0 for weight in layout.weights.values())


def test_the_public_is_not_fitted_to_how_many_areas_are_not_recorded() -> None:
    coding = coded.coding(coded.people(20))
    members, public = (Layout(coding, own[PEOPLE.id]) for own in (MARGINS, PUBLIC_MARGINS))
    areas = {name for name, column in coding.columns.items() if column.source} | {"place"}
    held = [m.attributes for m in MARGINS[PEOPLE.id] if m.attributes[-1] in areas]
    for names in held:
        unknown = len(coding.columns[names[-1]].values)
        cells = members.cells_of_margin(*names)
        assert members.total_weight[cells[..., unknown]].any()
        assert not public.total_weight[cells[..., unknown]].any()
        assert public.total_weight[cells[..., :unknown]].any()
    assert len(held) > 5
    unknown = public.cells_of_margin("promise")[len(coding.columns["promise"].values)]
    assert public.total_weight[unknown]


def test_a_large_history_is_counted_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    people = coded.people(60)
    coding = coded.coding(people)
    layout = coded.layout(coding)
    rows, sizes = coded.rows(coding, people), np.arange(1.0, len(people) + 1)
    whole = layout.counts(rows, sizes)
    monkeypatch.setattr("etl.protect.layout._AT_A_TIME", 7)
    assert layout.counts(rows, sizes).tolist() == whole.tolist()


def test_rows_without_areas_are_not_counted() -> None:
    people = coded.people(10)
    coding = coded.coding(people)
    columns = {field.name: [p[field.name] for p in people] for field in PEOPLE.dimensions}
    with pytest.raises(ValueError, match="with the areas"):
        coded.layout(coding).counts(coding.encode(columns, len(people)), np.ones(len(people)))


def test_weights_are_whole_numbers_and_others_are_refused() -> None:
    coding = coded.coding(coded.people(10))
    for weights in coded.layout(coding).weights.values():
        assert (weights == np.round(weights)).all()
    with pytest.raises(ValueError, match="parts of 1/40"):
        Layout(coding, [Margin(("sex",), Weights(0.333, 1, 1))])


def test_smuggling_inside_the_country_is_forbidden_and_nothing_else() -> None:
    coding = coded.coding(coded.people(10))
    layout = Layout(coding, [Margin(("sex",), WEIGHTS)])
    table = layout.cells_of_margin("class_group", "scope")
    internal = coding.columns["scope"].index["internal"]
    smuggling = coding.columns["class_group"].index[codes.SMUGGLING.code]
    assert np.flatnonzero(layout.penalty).tolist() == [table[smuggling, internal]]
    assert set(layout.penalty.tolist()) == {0.0, FORBIDDEN_COST}


def test_a_margin_that_is_not_held_has_no_cells() -> None:
    with pytest.raises(KeyError):
        coded.layout(coded.coding(coded.people(10))).cells_of_margin("sex", "no such thing")


@settings(max_examples=examples(10), deadline=None)
@given(more=st.sets(st.sampled_from(["BD26", "CXB-032", "BD0108", "ZZ99"])))
def test_the_key_of_a_cell_does_not_change_when_a_list_grows(more: set[str]) -> None:
    people = coded.people(30)
    before, after = coded.coding(people), coded.coding(people, more)
    one, other = coded.layout(before), coded.layout(after)
    keys, others = one.keys(SECRET), other.keys(SECRET)
    for margin in MARGINS[PEOPLE.id]:
        names = margin.attributes
        kept = np.ix_(*(_kept(before, after, name) for name in names))
        held = np.ix_(*(range(before.columns[name].cells) for name in names))
        assert (
            keys[one.cells_of_margin(*names)[held]] == others[other.cells_of_margin(*names)[kept]]
        ).all()


def _kept(before: Coding, after: Coding, name: str) -> list[int]:
    """Where the values of an attribute stand once its list has grown."""
    column = after.columns[name]
    return [*(column.index[value] for value in before.columns[name].values), len(column.values)]


def test_rows_are_counted_alike_by_their_values_and_by_their_cells() -> None:
    people = coded.people(50, 4)
    coding = coded.coding(people)
    layout, rows = coded.layout(coding), coded.rows(coding, people)
    sizes = np.arange(1.0, len(rows) + 1)
    counted = layout.counts_of_cells(layout.cells_of(rows), sizes)
    assert counted.tolist() == layout.counts(rows, sizes).tolist()
