"""Echoes that go on from those of the edition before are those made from their first month on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.model.edition import Audience
from dashboard.model.facts import LEGS, PEOPLE, Fact
from dashboard.model.periods import Month
from etl.protect import stored_echoes as kept_module
from etl.protect.echoes import Echo, Originals, Repeat
from etl.protect.history import read_history
from etl.protect.stored_echoes import Names, StoredBlock, StoredEcho
from tests.support.examples import examples
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.store import Store

FIRST = Month(2023, 1)
#: Months that change with one more at most: the window of draws, where nothing comes late.
AGAIN = 7


def shown_of(store: Store, last: Month, fact: Fact, audience: Audience) -> Originals:
    """The stored units of a fact as a release of so many months shows them."""
    history = read_history(store.connection, fact, invented.parents())
    inexact = [
        np.datetime64(period, "M")
        for (period,) in store.rows(
            "SELECT period FROM units.block WHERE fact = ? AND NOT exact", fact.id
        )
    ]
    return Originals(
        fact=fact,
        coding=history.coding,
        parents=history.parents,
        base=fact.base * (2 if audience == "public" else 1),
        audience=audience,
        last=last,
        periods=history.unit_periods,
        sizes=history.unit_sizes,
        rows=history.unit_rows,
        inexact=np.isin(history.unit_periods, inexact),
    )


def assert_same(one: Echo, other: Echo) -> None:
    """Rows, their order, and what is kept of them."""
    for name in ("periods", "rows", "sizes"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.stored == other.stored


def taken_over(echo: Echo, before: StoredEcho) -> int:
    """How many blocks of an echo were not made again."""
    return sum(any(block is old for old in before.blocks) for block in echo.stored.blocks)


def months_of_a_store(seed: int, random: np.random.Generator, months: int) -> Iterator[Store]:
    """A store whose months close one by one while records come late, change and are erased."""
    events = invented.people(12, months, seed)
    lags = np.where(random.random(len(events)) < 0.15, random.integers(1, 5, len(events)), 0)
    alone = random.random(months) < 0.2
    store = Store()
    for step in range(months):
        month = FIRST.plus(step)
        arrived = [
            event | {"key": f"{number:06d}"} | ({"partner": "a"} if alone[step] else {})
            for number, (event, lag) in enumerate(zip(events, lags.tolist(), strict=True))
            if Month.of(event["month"]).plus(lag) == month
        ]
        store.arrive(arrived)
        if step % 4 == 3:
            store.arrive(invented.legs(arrived), LEGS)
        if random.random() < 0.3:
            erased = f"{int(random.integers(len(events))):06d}"
            store.rows("DELETE FROM events.people WHERE record_key = ?", erased)
        if random.random() < 0.3:
            corrected = f"{int(random.integers(len(events))):06d}"
            store.rows("UPDATE events.people SET sex = 'female' WHERE record_key = ?", corrected)
        store.close(month, after=FIRST.plus(2) if step == months - 1 else None)
        yield store


@settings(max_examples=examples(2), deadline=None)
@given(seed=st.integers(0, 1_000))
def test_what_is_kept_changes_nothing(seed: int) -> None:
    """Month by month, with late records, corrections, erasure and retention, for both audiences."""
    random = np.random.default_rng(seed)
    before: dict[tuple[str, Audience], StoredEcho] = {}
    saved = 0
    for step, store in enumerate(months_of_a_store(seed, random, 14)):
        audiences: list[tuple[Fact, Audience]] = [(PEOPLE, "member"), (PEOPLE, "public")]
        if step % 3 == 2:
            audiences += [(LEGS, "member")]
        for fact, audience in audiences if step >= AGAIN else ():
            shown = shown_of(store, FIRST.plus(step), fact, audience)
            whole, held = Repeat(shown, 1).make(), before.get((fact.id, audience))
            if held:
                again = Repeat(shown, 1, held).make()
                assert not again.spoilt
                assert_same(again, whole)
                saved += taken_over(again, held)
            before[fact.id, audience] = whole.stored
    assert saved > 0


@pytest.fixture(scope="module")
def year() -> Store:
    store = Store()
    store.arrive(invented.people(30, 12, seed=3))
    store.close(FIRST.plus(11))
    return store


@pytest.fixture(scope="module")
def whole(year: Store) -> tuple[Originals, Echo]:
    shown = shown_of(year, FIRST.plus(11), PEOPLE, "member")
    return shown, Repeat(shown, 1).make()


def test_of_the_same_units_everything_is_taken_over(whole: tuple[Originals, Echo]) -> None:
    shown, echo = whole
    again = Repeat(shown, 1, echo.stored).make()
    assert_same(again, echo)
    assert taken_over(again, echo.stored) == len(echo.stored.blocks) == 16


def test_a_month_that_comes_changes_those_in_the_window_alone(
    whole: tuple[Originals, Echo],
) -> None:
    shown, echo = whole
    earlier = Originals(**{**vars(shown), "last": FIRST.plus(10)})
    known = earlier.periods < np.datetime64("2023-12", "M")
    columns = ("periods", "sizes", "rows", "inexact")
    earlier = replace(earlier, **{name: getattr(shown, name)[known] for name in columns})
    before = Repeat(earlier, 1).make().stored
    again = Repeat(shown, 1, before).make()
    assert_same(again, echo)
    # To May, with the late block of the first quarter: June draws from December.
    assert taken_over(again, before) == 12 - AGAIN + 1


def test_a_unit_that_changes_ends_what_is_taken_over(whole: tuple[Originals, Echo]) -> None:
    shown, echo = whole
    sizes = shown.sizes.copy()
    sizes[shown.periods == np.datetime64("2023-08", "M")] += 1
    changed = replace(shown, sizes=sizes)
    again = Repeat(changed, 1, echo.stored).make()
    assert_same(again, Repeat(changed, 1).make())
    assert taken_over(again, echo.stored) == 1


def spoilt(stored: StoredEcho, number: int, **changed: object) -> StoredEcho:
    blocks = list(stored.blocks)
    blocks[number] = replace(blocks[number], **changed)
    return StoredEcho(stored.terms, tuple(blocks))


def as_of_another(stored: StoredEcho) -> StoredEcho:
    """The units of the first block in the place of those of the second."""
    return spoilt(stored, 1, units=stored.blocks[0].units, digest=stored.blocks[0].digest)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda kept: spoilt(kept, 2, units=kept.blocks[2].units[:-3]),
        lambda kept: spoilt(kept, 2, units=kept.blocks[3].units),
        lambda kept: spoilt(kept, 0, digest=""),
        as_of_another,
        lambda kept: replace(kept, terms="another version"),
    ],
    ids=["cut", "of another", "no digest", "changed places", "another version"],
)
def test_what_cannot_be_trusted_is_made_whole_and_told(whole, spoil) -> None:
    shown, echo = whole
    again = Repeat(shown, 1, spoil(echo.stored)).make()
    assert again.spoilt
    assert_same(again, echo)


def test_what_lacks_a_block_is_taken_over_up_to_it(whole: tuple[Originals, Echo]) -> None:
    shown, echo = whole
    blocks = echo.stored.blocks
    again = Repeat(shown, 1, StoredEcho(echo.stored.terms, (*blocks[:3], *blocks[4:]))).make()
    assert_same(again, echo)
    assert not again.spoilt


def test_echoes_of_another_seed_or_size_are_never_taken_over(whole: tuple[Originals, Echo]) -> None:
    shown, echo = whole
    assert Repeat(shown, 2, echo.stored).make().spoilt
    public = replace(shown, base=2 * shown.base, audience="public")
    assert Repeat(public, 1, echo.stored).make().spoilt


def test_another_version_of_the_program_makes_other_terms(
    whole: tuple[Originals, Echo], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, echo = whole
    monkeypatch.setattr(kept_module, "_program", lambda: "another")
    assert Repeat(shown, 1, echo.stored).make().spoilt


def test_names_do_not_change_when_values_are_added(year: Store) -> None:
    few = read_history(year.connection, PEOPLE, invented.parents())
    year.rows("BEGIN")
    year.arrive([{"month": FIRST.first_day, "place": "AA-000", "key": "new"}])
    many = read_history(year.connection, PEOPLE, invented.parents())
    year.rows("ROLLBACK")
    told = Names(few.coding).of(few.unit_rows)
    assert not np.array_equal(few.unit_rows, many.unit_rows)
    assert np.array_equal(told, Names(many.coding).of(many.unit_rows))
    assert np.array_equal(Names(many.coding).rows(told), many.unit_rows)
    with pytest.raises(ValueError, match="does not know"):
        Names(few.coding).rows(told + np.uint64(1))


def test_a_block_that_was_too_small_is_kept_without_units(whole: tuple[Originals, Echo]) -> None:
    shown, _ = whole
    first = shown.periods == shown.periods.min()
    few = replace(
        shown,
        **{
            name: np.concatenate([getattr(shown, name)[first][:1], getattr(shown, name)[~first]])
            for name in ("periods", "sizes", "rows", "inexact")
        },
    )
    few = replace(few, inexact=np.zeros(len(few.sizes), dtype=bool))
    made = Repeat(few, 1).make()
    assert isinstance(made.stored.blocks[0], StoredBlock)
    assert_same(Repeat(few, 1, made.stored).make(), made)
