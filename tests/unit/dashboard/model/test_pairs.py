"""Pairs say of which two columns numbers are told together."""

from __future__ import annotations

import pytest

from dashboard.model.facts import ENDINGS, LEGS, MEMBER_FACTS, PEOPLE, Fact
from dashboard.model.pairs import PAIRS, are_fitted


@pytest.mark.parametrize(
    ("columns", "fitted"),
    [
        (set(), True),
        ({"recruitment_place"}, True),
        ({"district", "corridor"}, True),
        ({"place", "class"}, True),
        ({"class", "sex", "is_child"}, True),
        ({"sex", "age_band"}, True),  # of one bundle
        ({"district", "upazila"}, True),  # of one place
        ({"identified_by", "recruitment_place"}, False),
        ({"class", "sex", "recruiter_relation"}, False),
    ],
)
def test_columns_are_told_together_by_a_bundle_or_a_pair(columns: set[str], fitted: bool) -> None:
    assert are_fitted(PEOPLE, columns) is fitted


def test_ends_of_a_leg_are_two_places_that_one_bundle_tells() -> None:
    assert are_fitted(LEGS, {"from_district", "to_country"})
    assert are_fitted(LEGS, {"corridor", "sex"})
    assert not are_fitted(LEGS, {"from_district", "sex"})
    assert are_fitted(ENDINGS, {"service", "population_group"})


@pytest.mark.parametrize("entry", MEMBER_FACTS, ids=lambda entry: entry.id)
def test_pairs_name_columns_of_their_fact_once(entry: Fact) -> None:
    pairs = [tuple(pair.split()) for pair in PAIRS[entry.id].split(",")]
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert len(pair) == 2
        assert all(name.split(".")[0] in entry for name in pair)
