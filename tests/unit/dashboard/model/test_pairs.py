"""Pairs say of which two columns numbers are told together."""

from __future__ import annotations

import pytest

from dashboard.model.facts import ENDINGS, LEGS, MEMBER_FACTS, PEOPLE, Fact
from dashboard.model.pairs import PAIRS, unfitted


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (set(), []),
        ({"recruitment_place"}, []),
        ({"district", "corridor"}, []),
        ({"place", "class"}, []),
        ({"class", "sex", "is_child"}, []),
        ({"sex", "age_band"}, []),  # of one bundle
        ({"district", "upazila"}, []),  # of one place
        ({"identified_by", "recruitment_place"}, [("identified_by", "recruitment_place")]),
        (
            {"class", "sex", "recruiter_relation"},
            [("class_group", "recruiter_relation"), ("recruiter_relation", "sex")],
        ),
    ],
)
def test_columns_are_told_together_by_a_bundle_or_a_pair(
    columns: set[str], found: list[tuple[str, str]]
) -> None:
    assert unfitted(PEOPLE, columns) == found


def test_ends_of_a_leg_are_two_places_that_one_bundle_tells() -> None:
    assert not unfitted(LEGS, {"from_district", "to_country"})
    assert not unfitted(LEGS, {"corridor", "sex"})
    assert unfitted(LEGS, {"from_district", "sex"}) == [("from_place", "sex")]
    assert not unfitted(ENDINGS, {"service", "population_group"})


@pytest.mark.parametrize("entry", MEMBER_FACTS, ids=lambda entry: entry.id)
def test_pairs_name_columns_of_their_fact_once(entry: Fact) -> None:
    pairs = [tuple(pair.split()) for pair in PAIRS[entry.id].split(",")]
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)
    for pair in pairs:
        assert len(pair) == 2
        assert all(name.split(".")[0] in entry for name in pair)
