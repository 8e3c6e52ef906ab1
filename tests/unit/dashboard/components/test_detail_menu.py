"""How fine a card shows its numbers: a group of its menu."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.components.detail_menu import details
from dashboard.exhibits.exhibit import Detail, Exhibit, Stamp, Table
from dashboard.exhibits.registry import Option
from dashboard.filters import Filters, Reading
from tests.unit.dashboard.components.test_filter_status import props, texts

OPTION = Option("ages", ("auto", "bands", "groups", "child", "sex"))
DETAIL = Detail("ages", "groups", ("bands", "groups", "child"), False, False, "")
VALUE = Exhibit(
    "sheet.age-sex", "Women lead", "People", "people", {"data": []}, Table((), ()), "Bars", (),
    "Source: tests", Stamp("2026-09-x", "invented", "INVENTED DATA", "Sep 2026"), detail=DETAIL,
)  # fmt: skip
READING = Reading(Filters(area=("BD20",)), {"measure": "people"}, ())


def entries(menu: Any) -> dict[str, tuple[str, str | None]]:
    """Where each entry leads and whether it is marked, by what it says."""
    links = [item.children for item in menu.children[1].children]
    own = [(texts(link), link.to_plotly_json()["props"]) for link in links]
    return {text: (given["href"], given.get("aria-current")) for text, given in own}


def test_its_entries_are_the_rungs_of_this_view_after_the_usual_choice() -> None:
    menu = details(VALUE, OPTION, READING)
    assert entries(menu) == {
        "Automatic": ("?area=BD20&measure=people", "true"),
        "By age band and sex": ("?ages=bands&area=BD20&measure=people", None),
        "By three ages and sex": ("?ages=groups&area=BD20&measure=people", None),
        "By child and adult": ("?ages=child&area=BD20&measure=people", None),
    }


def test_a_rung_that_was_chosen_is_marked_and_can_be_left() -> None:
    chosen = replace(VALUE, detail=replace(DETAIL, is_chosen=True))
    found = entries(details(chosen, OPTION, replace(READING, options={"ages": "groups"})))
    assert [text for text, (_, now) in found.items() if now] == ["By three ages and sex"]
    assert found["Automatic"] == ("?area=BD20", None)


def test_its_list_names_the_figure() -> None:
    menu = details(VALUE, OPTION, READING)
    assert menu is not None
    assert texts(menu.children[0]) == "Detail"
    assert props(menu, "aria-label") == ["Detail: Women lead"]


def test_it_speaks_the_language_of_the_page() -> None:
    menu = details(VALUE, OPTION, replace(READING, filters=Filters(lang="bn")))
    assert "By age band and sex" not in texts(menu)
    assert len(entries(menu)) == 4
    assert all("lang=bn" in href for href, _ in entries(menu).values())


@pytest.mark.parametrize("detail", [None, replace(DETAIL, rungs=("groups",))])
def test_one_rung_is_no_choice(detail: Detail | None) -> None:
    assert details(replace(VALUE, detail=detail), OPTION, READING) is None
