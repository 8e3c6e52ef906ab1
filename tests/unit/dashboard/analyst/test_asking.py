"""Asking by keywords: the same reading as an address, and what is refused."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from dashboard.analyst import CannotBeAsked, OpenedRelease
from dashboard.analyst.problems import listed


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, {}),
        ({"period": "2026-07..2026-09"}, {"period": "2026-07..2026-09"}),
        ({"period": pd.Period("2026-07", "M")}, {"period": "2026-07..2026-07"}),
        ({"period": pd.Period("2026Q3", "Q")}, {"period": "2026-07..2026-09"}),
        ({"area": "BD2022,BD2015"}, {"area": "BD2022,BD2015"}),
        ({"area": ["BD2022", "BD2015"]}, {"area": "BD2022,BD2015"}),
        ({"area": pd.Index(["BD2022"])}, {"area": "BD2022"}),
        ({"class_": "smuggling"}, {"class": "smuggling"}),
        ({"class": ("smuggling",)}, {"class": "smuggling"}),
        ({"lang": "en", "measure": "people"}, {"measure": "people"}),
    ],
)
def test_keywords_say_what_an_address_says(
    opened: OpenedRelease, asked: dict[str, Any], said: dict[str, str]
) -> None:
    assert opened.exhibit("hotspots.map", **asked).parameters == said


def test_a_number_is_a_value_too(opened: OpenedRelease) -> None:
    assert opened.exhibit("hotspots.ranking", top=50).parameters == {"top": "50"}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"level": "camp"}, r"level='camp': unknown value\. Allowed: auto, division, district"),
        ({"level": ["district", "upazila"]}, "level='district,upazila': unknown value"),
        ({"area": "BD2222"}, r"area='BD2222': unknown value\. Allowed: BD\d+.* and \d+ more"),
        ({"area": "Cox's Bazar"}, r"value\. Did you mean BD2022 \(Cox's Bazar, district\)\?$"),
        ({"area": None}, "area='': empty"),
        ({"area": []}, "area='': empty"),
        ({"sex": ["female", "robot"]}, r"sex='robot': unknown value\. Allowed: female, male"),
        ({"period": "2026-Q3"}, r"Allowed: YYYY-MM, YYYY-MM\.\.YYYY-MM"),
        ({"colour": "red"}, r"colour='red': unknown parameter\. Allowed: period, compare, area"),
        ({"class": "smuggling", "class_": "smuggling"}, "given twice"),
        ({"edition": "other"}, r"edition='other': unknown value\. Allowed: protected"),
        ({"top": 15}, "top='15': unknown parameter"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is_allowed(
    opened: OpenedRelease, asked: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        opened.exhibit("hotspots.map", **asked)


def test_every_fault_is_told_at_once(opened: OpenedRelease) -> None:
    with pytest.raises(ValueError, match="level") as refused:
        opened.exhibit("hotspots.map", level="camp", sex="robot")
    assert len(str(refused.value).splitlines()) == 2


def test_an_exhibit_that_is_not_there_is_told_with_those_that_are(opened: OpenedRelease) -> None:
    with pytest.raises(
        CannotBeAsked, match=r"exhibit='maps': .* Allowed: routes\.map, "
    ) as refused:
        opened.exhibit("maps")
    assert {*refused.value.refused[0]["allowed"]} == {*opened.exhibits().index}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"columns": "month"}, r"columns='month': not in this view\. Allowed: quarter\."),
        ({"rows": "month"}, r"rows='month': not in this view\. Allowed: quarter\."),
    ],
)
def test_of_a_step_that_is_too_short_the_next_is_named(
    opened: OpenedRelease, asked: dict[str, str], message: str
) -> None:
    with pytest.raises(CannotBeAsked, match=message):
        opened.exhibit("explore.answer", count="legs", **asked)


def test_of_much_that_is_allowed_what_is_spelled_alike_is_told() -> None:
    many = [f"{name}.{at}" for name in ("map", "line") for at in range(30)]
    assert listed("line.29", many).startswith("line.29, line.9, line.2")
    assert listed("line.29", many).endswith(" and 55 more")
    assert listed("?", many) == "map.0, map.1, map.2, map.3, map.4 and 55 more"
    assert listed("endin", ["people", "legs", "endings"]) == "endings, people, legs"


def test_the_address_of_an_answer_names_its_release(opened: OpenedRelease) -> None:
    exhibit = opened.exhibit("hotspots.map", measure="people", area="BD20")
    assert exhibit.address == (
        "/exhibit/hotspots.map.json?area=BD20&edition=protected&measure=people"
    )
