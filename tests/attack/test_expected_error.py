"""The expected error in small: one seed, a year of people; ``make attack`` asks for eight seeds."""

from __future__ import annotations

from etl.release.contents import echoes as made
from tests.attack.measures.bounds import ECHO
from tests.attack.measures.echoes import NAIVE, echoes, naive


def test_it_is_about_the_true_one_and_copies_of_units_would_say_too_little() -> None:
    told = echoes(1, seeds=1, years=1, facts=("people",), public=())
    found = {name.removeprefix(f"{ECHO}: members: "): value for name, value in told.items()}
    assert 0.85 <= found["median over figures of expected over true error"] <= 1.4
    for grain in ("month", "quarter"):
        assert found[f"numbers by {grain} right to twice the error, share"] >= 0.93
    assert found["numbers shown as 0 right to twice their spread, share"] >= 0.9
    assert found["titles that name a largest which is not, share"] <= 0.06
    assert told[f"{ECHO}: {NAIVE}"] <= 0.75


def test_no_copies_of_units_are_made_where_a_patch_does_not_reach() -> None:
    """Another process would make echoes as they are, and the control would show nothing."""
    assert made.is_worth(10**9, 10**6)
    with naive():
        assert not made.is_worth(10**9, 10**6)
