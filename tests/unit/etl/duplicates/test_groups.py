from __future__ import annotations

from datetime import date
from math import log2

from hypothesis import given
from hypothesis import strategies as st

from etl.duplicates.candidates import Candidate, Side, pair_name
from etl.duplicates.groups import group_pairs

MAY = date(2026, 5, 1)
PARTNERS = "abc"


def side(name: str, people: int = 1) -> Side:
    """An incident such as a3, of the partner a."""
    return Side(name, name[0], "CXB-108", people, "undetermined")


def pair(one: str, other: str, percent: int, people: int = 1) -> Candidate:
    a, b = sorted((one, other))
    odds = percent / (100 - percent)
    name = pair_name((a, b))
    return Candidate(name, MAY, side(a), side(b, people), percent / 100, round(log2(odds), 1))


@st.composite
def pairs(draw: st.DrawFn) -> list[Candidate]:
    names = [f"{partner}{n}" for partner in PARTNERS for n in range(6)]
    between = [(x, y) for x in names for y in names if x[0] < y[0]]
    chosen = draw(st.lists(st.sampled_from(between), unique=True, max_size=40))
    return [pair(*each, draw(st.integers(51, 99))) for each in chosen]


@given(pairs())
def test_an_incident_stands_in_one_group_and_a_partner_once_in_each(held: list[Candidate]) -> None:
    groups = group_pairs(held)
    members = [s.incident_id for group in groups for s in group.sides]
    assert len(members) == len(set(members))
    for group in groups:
        assert len({s.partner for s in group.sides}) == len(group.sides)
        assert group.counting_side in group.sides
    weights = [g.weakest.bits for g in groups]
    assert weights == sorted(weights, reverse=True)
    assert sum(len(g.pairs) for g in groups) <= len(held)


@given(pairs())
def test_groups_do_not_hang_on_the_order_of_pairs(held: list[Candidate]) -> None:
    assert group_pairs(held) == group_pairs(list(reversed(held)))


def test_three_partners_of_one_event_are_one_group() -> None:
    (group,) = group_pairs(
        [pair("a1", "b1", 90), pair("b1", "c1", 70, people=3), pair("a1", "c1", 60, people=3)]
    )
    assert [s.incident_id for s in group.sides] == ["a1", "b1", "c1"]
    assert (group.weakest.percent, group.counting_side.incident_id) == (60, "c1")


def test_the_best_pair_goes_before_its_rivals() -> None:
    groups = group_pairs([pair("a1", "b1", 90), pair("a1", "b2", 80), pair("a2", "b1", 80)])
    assert [[p.percent for p in group.pairs] for group in groups] == [[90]]


def test_many_single_persons_of_one_camp_propose_nothing() -> None:
    """Thirty of one partner that could each be any of thirty of another are no finding."""
    alike = [pair(f"a{x}", f"b{y}", 65) for x in range(30) for y in range(30)]
    assert group_pairs(alike) == ()
    (group,) = group_pairs([*alike, pair("a3", "b7", 90)])
    assert (group.weakest.percent, len(group.pairs)) == (90, 1)


def test_an_incident_that_counts_for_a_partner_takes_no_other_of_that_partner() -> None:
    """A second run may not join the rival that the first one left out."""
    rival = pair("a1", "b2", 90)
    assert group_pairs([rival], counting={"a1": {"b"}}) == ()
    assert group_pairs([rival], counting={"b2": {"a"}}) == ()
    assert len(group_pairs([rival], counting={"a1": {"c"}})) == 1


def test_two_that_were_told_apart_are_not_joined_by_a_third() -> None:
    chain = [pair("a1", "b1", 90), pair("b1", "c1", 80)]
    (group,) = group_pairs(chain, apart={frozenset(("a1", "c1"))})
    assert [s.incident_id for s in group.sides] == ["a1", "b1"]


def test_what_a_partner_told_twice_is_a_group_and_may_be_another_partners_too() -> None:
    (group,) = group_pairs([pair("a1", "a2", 95), pair("a1", "b1", 90), pair("a2", "b1", 80)])
    assert [s.incident_id for s in group.sides] == ["a1", "a2", "b1"]
    groups = group_pairs([pair("a1", "b1", 90), pair("a2", "b1", 80)])
    assert [[s.incident_id for s in group.sides] for group in groups] == [["a1", "b1"]]


def test_a_pair_that_is_likelier_two_events_draws_no_others_into_a_group() -> None:
    groups = group_pairs([pair("a1", "b1", 90), pair("b1", "c1", 30), pair("a2", "c2", 30)])
    assert [[s.incident_id for s in group.sides] for group in groups] == [
        ["a1", "b1"],
        ["a2", "c2"],
    ]
