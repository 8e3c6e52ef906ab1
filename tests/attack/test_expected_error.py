"""The expected error in small: one seed, a year of people; ``make attack`` asks for ten seeds."""

from __future__ import annotations

import pytest

from etl.release.contents import echoes as made
from tests.attack.measures.bounds import BOUNDS, ECHO, Figures
from tests.attack.measures.echo_control import NAIVE, echo_control, naive
from tests.attack.measures.echoes import echoes, pooled

BY_SEX = "members|people|sex|none|month"


@pytest.fixture(scope="module")
def counted() -> Figures:
    return echoes(1, years=1, facts=("people",), public=())


def test_it_is_about_the_true_one(counted: Figures) -> None:
    told = pooled([counted])
    found = {name.removeprefix(f"{ECHO}: members: "): value for name, value in told.items()}
    assert 0.85 <= found["median over figures of expected over true error"] <= 1.4
    for grain in ("month", "quarter"):
        assert found[f"numbers by {grain} right to twice the error, share"] >= 0.93
    assert found["numbers shown as 0 right to twice their spread, share"] >= 0.9
    assert found["titles that name a largest which is not, share"] <= 0.06


def test_copies_of_units_would_say_too_little() -> None:
    assert echo_control(1, years=1)[f"{ECHO}: {NAIVE}"] <= 0.75


def test_every_figure_of_echoes_has_its_bound(counted: Figures) -> None:
    told = pooled([counted, {name.replace("members", "public"): 1.0 for name in counted}])
    once = {f"{ECHO}: {name}" for name in (NAIVE, *_COST)}
    assert told.keys() | once == {name for name, bound in BOUNDS.items() if bound.section == ECHO}


_COST = ("three years of people, processor seconds an echo", "three years of people, megabytes")


def test_seeds_are_counted_together_and_weigh_as_much_as_their_numbers() -> None:
    many = {f"{BY_SEX}|shown": 99.0, f"{BY_SEX}|hit": 99.0, f"{BY_SEX}|true": 99.0,
            f"{BY_SEX}|expected": 400.0}  # fmt: skip
    few = {f"{BY_SEX}|shown": 1.0, f"{BY_SEX}|true": 1.0}
    told = pooled([many, few])
    assert told[f"{ECHO}: members: numbers by month right to twice the error, share"] == 0.99
    assert told[f"{ECHO}: members: median over figures of expected over true error"] == 2


def test_twice_the_same_seed_says_what_it_says_once(counted: Figures) -> None:
    once, twice = pooled([counted]), pooled([counted, counted])
    shares = [name for name in once if name.endswith(("share", "true error"))]
    assert {name: once[name] for name in shares} == pytest.approx(
        {name: twice[name] for name in shares}, nan_ok=True
    )


def test_no_copies_of_units_are_made_where_a_patch_does_not_reach() -> None:
    """Another process would make echoes as they are, and the control would show nothing."""
    assert made.is_worth(10**9, 10**6)
    with naive():
        assert not made.is_worth(10**9, 10**6)
