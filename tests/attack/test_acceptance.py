"""The acceptance table at the size of one seed and less history: every bound that means something.

``make attack`` takes the same measures over ten seeds and three to five years.
"""

from __future__ import annotations

from tests.attack.measures.accuracy import accuracy, worth_of_the_carry
from tests.attack.measures.attacks import attacks, control, same_again
from tests.attack.measures.bounds import BOUNDS, CONTROL, FEW, Figures
from tests.attack.measures.every_fact import every_fact
from tests.attack.measures.joint_facts import joint_control, joint_of_few

SEED = 1
#: Years of few people a month after which joining their facts tells as much as it may.
_OF_FEW = 8
#: By how many times one year of one seed may lie above a bound of the mean of many.
_ONE_YEAR = 1.2


def broken(figures: Figures) -> dict[str, float]:
    """Measures that do not keep their bound."""
    assert figures
    return {name: value for name, value in figures.items() if not BOUNDS[name].holds(value)}


def test_numbers_are_right_enough() -> None:
    assert broken(accuracy(SEED, in_all=3)) == {}


def test_every_fact_is_right_enough_and_shows_nothing_that_one_incident_alone_holds() -> None:
    found = every_fact(SEED, years=1)
    bounds = {name: BOUNDS[name] for name in found}
    assert broken({name: found[name] for name in found if not bounds[name].of_mean}) == {}
    means = {name: found[name] / bounds[name].limit for name in found if bounds[name].of_mean}
    assert means
    assert max(means.values()) <= _ONE_YEAR


def test_the_carry_is_worth_its_secret() -> None:
    assert broken(worth_of_the_carry(SEED, years=2)) == {}


def test_no_attack_learns_more_than_it_may() -> None:
    assert broken(attacks(SEED, years=2)) == {}


def test_joining_facts_gains_nothing_but_where_together_they_tell_all() -> None:
    found, control = joint_of_few(SEED, _OF_FEW), joint_control(SEED, _OF_FEW)
    assert broken(found) == broken(control) == {}
    assert found.keys() | control.keys() == {name for name in BOUNDS if FEW in name}


def test_the_attacks_succeed_where_nothing_is_protected() -> None:
    figures = control(SEED)
    assert all(BOUNDS[name].section == CONTROL for name in figures)
    assert broken(figures) == {}


def test_the_same_records_and_secret_give_the_same_release_in_any_order() -> None:
    assert broken(same_again(SEED)) == {}
