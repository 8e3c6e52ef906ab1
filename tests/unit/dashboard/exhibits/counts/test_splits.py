"""The class split: four parts that are never summed together."""

from __future__ import annotations

import pytest

from dashboard.analysis.expected_error import NO_ERROR, ExpectedError, assumed
from dashboard.exhibits.counts.splits import PART_OF, main_part, ramp
from dashboard.filters import Filters
from dashboard.model import codes


@pytest.mark.parametrize("group", codes.CLASS_GROUP_OR_MIXED.values)
def test_every_class_group_belongs_to_one_part(group: str) -> None:
    expected = {"smuggling": "smuggling", "mixed": "mixed", "other": "other"}
    assert PART_OF[group] == expected.get(group, "trafficking")


@pytest.mark.parametrize(
    ("trafficking", "smuggling", "error", "main"),
    [
        (5, 6, NO_ERROR, "smuggling"), (5, 5, NO_ERROR, "other"), (20, 10, assumed(5), "other"),
        (24, 10, assumed(5), "trafficking"), (14, 5, assumed(5), "other"),
        (0, 9, assumed(5), "other"), (30, 0, assumed(10), "trafficking"),
        (10, 0, assumed(10), "other"),
    ],
)  # fmt: skip
def test_a_part_leads_only_where_protection_could_hardly_have_put_it_first(
    trafficking: int, smuggling: int, error: ExpectedError, main: str
) -> None:
    parts = {"trafficking": trafficking, "smuggling": smuggling, "mixed": 0, "other": 0}
    assert main_part(parts, error) == main


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        ((), "total"),
        (("trafficking_sexual", "trafficking_confirmed"), "trafficking"),
        (("smuggling", "smuggling_aggravated"), "smuggling"),
        (("smuggling", "trafficking"), "total"),
        (("other",), "total"),
    ],
)
def test_a_hue_stands_for_one_class_only(chosen: tuple[str, ...], name: str) -> None:
    assert ramp(Filters(class_=chosen)) == name
