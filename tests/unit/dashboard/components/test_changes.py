"""What changed, as a list: a sentence is a link, and a doubt is said beside it."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components.forms import as_html
from dashboard.filters import Filters, Reading
from tests.support import fragments

READING = Reading(Filters(sex=("female",)), {"measure": "people"}, ())


def item(**rest: Any) -> dict[str, Any]:
    return {
        "group": "area", "code": "BD2022", "label": "Cox's Bazar",
        "sentence": "Cox's Bazar: about 200 incidents, more than usual.", "direction": "up",
        "now": 200, "usual": 50.0, "noticed": 128, "now_text": "200", "usual_text": "50",
        "word": {"id": "more", "text": "more"}, "under": "Incidents, Apr – Sep 2026",
        "filter": "area", "panel": "", "page": "",
    } | rest  # fmt: skip


def figure(*items: dict[str, Any], left_out: int = 0, **rest: str) -> dict[str, Any]:
    empty = {"said": "", "compared": "", "action": "", "query": ""}
    return {"form": "changes", "items": list(items), "left_out": left_out} | empty | rest


def at(found: Any) -> list[str]:
    """Where the marks and numbers of all rows stand: noticed, usual, now, and both numbers."""
    styles = [style for style in fragments.styles(found) if "width" not in style]
    return [style["inset-inline-start"] for style in styles if "inset-inline-start" in style]


def test_a_sentence_leads_to_the_view_that_looks_into_it_and_keeps_the_rest() -> None:
    found = as_html(figure(item()), READING)
    assert fragments.values(found, "href") == ["?area=BD2022&measure=people&sex=female"]
    assert "Cox's Bazar: about 200 incidents, more than usual." in fragments.said(found)


def test_where_no_filter_leads_the_panel_of_the_page_does() -> None:
    found = as_html(figure(item(filter="", panel="sheet.promises")), READING)
    assert fragments.values(found, "href") == ["#title-sheet.promises"]


def test_a_panel_of_another_page_is_looked_at_there() -> None:
    requests = item(filter="", panel="referrals.matrix", page="/referrals")
    found = as_html(figure(requests), READING)
    assert fragments.values(found, "href") == ["/referrals?measure=people&sex=female"]
    assert fragments.values(found, "data-nav") == ["/referrals"]


def test_marks_of_all_rows_stand_on_one_scale_of_square_roots() -> None:
    small = item(now=8, usual=2.0, noticed=None, now_text="8", usual_text="2")
    found = as_html(figure(item(), small), READING)
    assert at(found) == ["80.0%", "50.0%", "100.0%", "50.0%", "100.0%", *["10.0%", "20.0%"] * 2]
    widths = [style["width"] for style in fragments.styles(found) if "width" in style]
    assert widths == ["50.0%", "10.0%"]


def test_numbers_stand_outside_of_their_marks_and_of_a_tick() -> None:
    def numbers(**rest: Any) -> list[tuple[str, str]]:
        found = as_html(figure(item(**rest)), READING)
        numbers = [name for name in fragments.values(found, "class") if "change-number" in name]
        return list(zip((name.split()[-1] for name in numbers), at(found)[-2:], strict=True))

    assert numbers() == [("is-left", "50.0%"), ("is-right", "100.0%")]  # usual, now
    fell = numbers(now=18, usual=200.0, noticed=None)
    assert fell == [("is-right", "100.0%"), ("is-left", "30.0%")]
    assert numbers(now=162, noticed=200) == [("is-left", "50.0%"), ("is-right", "100.0%")]


def test_beside_a_scale_there_is_room_for_its_longest_number() -> None:
    listed = fragments.styles(as_html(figure(item(), item(now_text="1,204")), READING))
    assert [style["--digits"] for style in listed if "--digits" in style] == ["5"]


@pytest.mark.parametrize(
    ("word", "signs"),
    [("more", ["icon icon--arrow-up"]), ("fewer", ["icon icon--arrow-down"]), ("unsaid", [])],
)
def test_a_word_has_an_arrow_only_where_it_says_a_direction(word: str, signs: list[str]) -> None:
    found = as_html(figure(item(word={"id": word, "text": "said"})), READING)
    assert [name for name in fragments.values(found, "class") if name.startswith("icon")] == signs
    assert f"change is-up is-{word}" in fragments.values(found, "class")


def test_the_foot_says_how_much_was_compared() -> None:
    found = as_html(figure(compared="106 places compared."), READING)
    assert "106 places compared." in fragments.said(found)


def test_what_only_the_table_has_is_said() -> None:
    assert "2 more in the table" in fragments.said(as_html(figure(item(), left_out=2), READING))
    assert "table" not in fragments.said(as_html(figure(item()), READING))


def test_a_list_with_nothing_in_it_says_what_would_have_shown_and_leads_on() -> None:
    said = "A doubling would have shown; a rise of a third might not."
    empty = figure(said=said, action="Compare with the year before", query="compare=last-year")
    found = as_html(empty, READING)
    assert said in fragments.said(found)
    assert fragments.values(found, "href") == ["?compare=last-year"]
    assert "Compare with the year before" in fragments.said(found)
    assert "changes" not in fragments.values(found, "class")


def test_a_list_that_nothing_leads_on_from_has_no_link() -> None:
    assert fragments.values(as_html(figure(said="Not even a doubling."), READING), "href") == []
    assert fragments.said(as_html(figure(item()), READING)).count("?") == 0
