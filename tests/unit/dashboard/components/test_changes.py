"""What changed, as a list: a sentence is a link, and a doubt is said beside it."""

from __future__ import annotations

from typing import Any

from dashboard.components.changes import changes
from dashboard.filters import Filters, Reading
from tests.unit.dashboard.components.test_filter_status import props, texts

READING = Reading(Filters(sex=("female",)), {"measure": "people"}, ())


def item(**rest: Any) -> dict[str, Any]:
    return {
        "group": "area", "code": "BD2022", "label": "Cox's Bazar",
        "sentence": "Cox's Bazar rose from about 60 to about 200 incidents.", "direction": "up",
        "now": 200, "before": 60, "doubts": [], "sure": "More than chance", "filter": "area",
        "panel": "", "page": "",
    } | rest  # fmt: skip


def figure(*items: dict[str, Any], left_out: int = 0, **rest: str) -> dict[str, Any]:
    empty = {"said": "", "action": "", "query": ""}
    return {"form": "changes", "items": list(items), "left_out": left_out} | empty | rest


def test_a_sentence_leads_to_the_view_that_looks_into_it_and_keeps_the_rest() -> None:
    found = changes(figure(item()), READING)
    assert props(found, "href") == ["?area=BD2022&measure=people&sex=female"]
    assert "Cox's Bazar rose from about 60 to about 200 incidents." in texts(found)


def test_where_no_filter_leads_the_panel_of_the_page_does() -> None:
    found = changes(figure(item(filter="", panel="sheet.promises")), READING)
    assert props(found, "href") == ["#title-sheet.promises"]


def test_a_panel_of_another_page_is_looked_at_there() -> None:
    requests = item(filter="", panel="referrals.matrix", page="/referrals")
    found = changes(figure(requests), READING)
    assert props(found, "href") == ["/referrals?measure=people&sex=female"]
    assert props(found, "data-nav") == ["/referrals"]


def test_a_change_beyond_doubt_says_so_and_another_says_each_of_its_doubts() -> None:
    doubts = [{"id": "few", "text": "Few cases"}, {"id": "late", "text": "Late reports"}]
    sure, doubtful = (
        changes(figure(one), READING) for one in (item(), item(doubts=doubts, sure=""))
    )
    assert "More than chance" in texts(sure)
    assert "Few cases" in texts(doubtful)
    assert "Late reports" in texts(doubtful)
    assert props(doubtful, "className").count("badge badge--doubt") == 2
    assert "badge badge--doubt" not in props(sure, "className")


def test_a_direction_has_an_arrow_and_a_word() -> None:
    found = changes(figure(item(direction="down", sentence="Cox's Bazar fell.")), READING)
    assert "change-mark is-down" in props(found, "className")
    assert "fell" in texts(found)


def test_what_only_the_table_has_is_said() -> None:
    assert "The table has all" in texts(changes(figure(item(), left_out=2), READING))
    assert "The table" not in texts(changes(figure(item()), READING))


def test_a_list_with_nothing_in_it_says_what_would_have_shown_and_leads_on() -> None:
    said = "A doubling would have shown; a rise of a third might not."
    empty = figure(said=said, action="Compare with the year before", query="compare=last-year")
    found = changes(empty, READING)
    assert said in texts(found)
    assert props(found, "href") == ["?compare=last-year"]
    assert "Compare with the year before" in texts(found)
    assert "changes" not in props(found, "className")


def test_a_list_that_nothing_leads_on_from_has_no_link() -> None:
    assert props(changes(figure(said="Not even a doubling."), READING), "href") == []
    assert texts(changes(figure(item()), READING)).count("?") == 0
