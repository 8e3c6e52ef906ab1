"""What a word is worth is said as it was measured: the report of the judge holds each number."""

from __future__ import annotations

import re

import pytest

from dashboard.model.judge_errors import FALSE_OF_COUNTRY, FALSE_ON_MAPS, NOTICED
from tests.support.served import ROOT

REPORT = (ROOT / "docs" / "judge-report.md").read_text(encoding="utf-8")


def seen(measure: str) -> int:
    """What came out of a measure, in a hundred; the same wherever it stands."""
    (share,) = set(re.findall(rf"^\| {re.escape(measure)} \|[^|]*\| (\.\d+) \|", REPORT, re.M))
    return round(100 * float(share))


def of_section(heading: str, measure: str) -> int:
    """The same of a measure whose name other sections have too."""
    section = REPORT.split(f"\n## {heading}")[1].split("\n## ")[0]
    (share,) = re.findall(rf"^\| {re.escape(measure)} \|[^|]*\| (\.\d+) \|", section, re.M)
    return round(100 * float(share))


def test_false_words_of_the_country_lie_between_the_two_numbers() -> None:
    found = [
        of_section("Nothing changed: the number of the country", f"{of}, 50 a month, {window}")
        for of in ("incidents", "people")
        for window in ("month", "quarter", "half-year")
    ]
    assert (min(found), max(found)) == FALSE_OF_COUNTRY


def test_false_words_on_maps_are_those_of_both_facts() -> None:
    windows = "50 a month, windows up to each month"
    found = sorted(seen(f"{of}, {windows}") for of in ("incidents", "people"))
    assert tuple(found) == FALSE_ON_MAPS


@pytest.mark.parametrize("months", [3, 6])
def test_how_often_a_rise_is_noticed(months: int) -> None:
    assert NOTICED[months] == seen(f"first camp x3 by month {months}")
