"""Where codes are grouped, every code stands somewhere: a new one is given its place on purpose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import product

import pytest

from dashboard.exhibits.counts import referral_counts, splits
from dashboard.exhibits.sheet import age_sex, panels
from dashboard.model import codes
from dashboard.model.codes.code_list import CodeList
from dashboard.model.codes.people import SEX_AND_CHILD_OF
from dashboard.model.codes.referrals import SERVICE_DUE, SERVICE_GROUPS


def turned(groups: Mapping[str, Collection[str]]) -> list[str]:
    """Every code of some groups, as often as it stands in one."""
    return [code for members in groups.values() for code in members]


#: Who was counted, without those that hold all others.
_COUNTED = {group: of for group, of in codes.MEMBERS_OF.items() if group != "all"}


@pytest.mark.parametrize(
    ("of", "grouped", "alone"),
    [
        (codes.POPULATION_GROUP, turned(_COUNTED), {"unknown"}),
        (codes.COUNTED_GROUP, [*codes.MEMBERS_OF], set()),
        (codes.SERVICE, turned(SERVICE_GROUPS), {"return_and_reintegration", "other"}),
        (codes.PRIORITY, [*SERVICE_DUE], set()),
        (codes.SEX_AGE_GROUP, [*SEX_AND_CHILD_OF], {"all"}),
        (codes.CLASS_GROUP_OR_MIXED, [*splits.PART_OF], set()),
        (codes.AGE_BAND, [*age_sex._GROUPS], {"19_24", "unknown"}),
        (codes.LAG_QUARTERS, [*referral_counts._LAGS], set()),
        (
            codes.RESCUING_AUTHORITY,
            panels._SECURITY_FORCES,
            {"foreign_authority", "community_or_family", "ngo_or_un", "self_escaped", "unknown"},
        ),
        (codes.BOUNDARIES, {*codes.BOUNDARIES_OF.values()}, set()),
    ],
    ids=lambda value: value.id if isinstance(value, CodeList) else "",
)
def test_each_code_of_a_list_stands_in_one_group_or_alone(
    of: CodeList, grouped: Collection[str], alone: set[str]
) -> None:
    assert sorted((*grouped, *alone)) == sorted(of.values)


def test_everybody_is_in_the_count_of_all_and_each_sex_is_a_child_or_not() -> None:
    assert codes.MEMBERS_OF["all"] == codes.POPULATION_GROUP.values
    recorded = ("female", "male"), ("yes", "no")
    assert sorted(SEX_AND_CHILD_OF.values()) == sorted(product(*recorded))
    assert set(SERVICE_DUE.values()) <= set(codes.DELAY_BAND.values)
