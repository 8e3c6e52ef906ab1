"""A card holds everything a reader needs to trust a figure, and keeps its room between answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.components.exhibit_card import PARTS, card_parts, failed_parts, script_figure
from dashboard.components.writer import parts
from dashboard.exhibits.exhibit import Column, Detail, EmptyState, Exhibit, Stamp, Table
from dashboard.exhibits.registry import Option
from dashboard.filters import Filters, Reading
from dashboard.model.languages import Language
from tests.support import fragments

exhibits.load()
VALUE = Exhibit(
    id="overview.trend", title="Reports rose", subtitle="People, all areas", unit="people",
    figure={"data": [], "layout": {"meta": {"form": "lines"}}},
    table=Table(
        (Column("month", "Month"), Column("people", "People", "people")), (("Jan 2026", 1285),)
    ),
    description="A line that rises", notes=("Parts are protected.",), source="Source: tests",
    release=Stamp("2026-09-x", "invented", "INVENTED DATA", "Sep 2026"),
)  # fmt: skip
OPTIONS = (Option("measure", ("incidents", "people")),)
READING = Reading(Filters(area=("BD20",)), {"measure": "people"}, ())


def card(exhibit: str, shape: str, *, drawn: bool) -> str:
    """The room of a card."""
    return parts("card", "en").room(exhibit, shape, 6, drawn)


def fill(value: Exhibit = VALUE) -> dict[str, str]:
    return card_parts(value, READING, OPTIONS, 1, "trend", table=True)


@pytest.mark.parametrize("shape", ["tiles", "chart", "map", "list", "table", "text"])
def test_the_room_has_every_part_that_an_answer_fills(shape: str) -> None:
    room = card("overview.trend", shape, drawn=shape in ("chart", "map"))
    classes = fragments.values(room, "class")
    assert [classes.count(f"card-{part}") for part in PARTS] == [1] * len(PARTS)
    assert fragments.values(room, "data-exhibit") == ["overview.trend"]


@pytest.mark.parametrize(
    ("shape", "graphs", "rooms"), [("chart", 1, 0), ("map", 0, 1), ("list", 0, 0)]
)
def test_a_chart_has_a_graph_and_a_map_a_room_of_its_own(
    shape: str, graphs: int, rooms: int
) -> None:
    classes = fragments.values(card("a.b", shape, drawn=shape != "list"), "class")
    assert [classes.count("graph"), classes.count("map-room")] == [graphs, rooms]


@pytest.mark.parametrize(
    ("figure", "sent"), [(VALUE.figure, True), ({"form": "map"}, True), ({"form": "table"}, False)]
)
def test_a_chart_and_a_map_go_to_the_browser_and_a_list_does_not(
    figure: dict[str, Any], sent: bool
) -> None:
    assert script_figure(replace(VALUE, figure=figure)) == (figure if sent else None)


def test_the_answer_fills_every_part_but_a_table_that_nobody_looks_at() -> None:
    assert list(fill()) == list(PARTS)
    assert card_parts(VALUE, READING, OPTIONS, 1, "trend", table=False)["table"] == ""


def test_heading_says_number_kind_finding_and_filters_and_offers_terms() -> None:
    assert fragments.said(fill()["heading"]) == "Figure 1 · TrendReports rosePeople, all areas?"
    assert fill()["description"] == "A line that rises"
    (terms,) = fragments.values(fill()["heading"], "data-terms")
    assert {"trafficking-in-persons", "smuggling-of-migrants", "incident"} <= set(terms.split())


def test_the_foot_says_source_data_release_and_kind() -> None:
    (origin,) = fragments.named(fill()["foot"], "card-origin")
    for part in ("Source: tests", "data to Sep 2026", "2026-09-x", "INVENTED DATA"):
        assert part in fragments.said(origin)


def test_files_carry_the_query_string_of_the_page_and_keep_to_its_release() -> None:
    links = fragments.values(fill()["actions"], "href")
    assert "/exhibit/overview.trend.csv?area=BD20&edition=2026-09-x&measure=people" in links


def test_the_chosen_option_is_marked_and_links_keep_the_filters() -> None:
    options = fill()["options"]
    assert [fragments.said(a) for a in marked(options)] == ["People"]
    assert fragments.values(options, "href") == ["?area=BD20", "?area=BD20&measure=people"]


def test_an_option_that_the_exhibit_does_not_know_reads_as_its_default() -> None:
    strange = replace(READING, options={"measure": "cats"})
    found = card_parts(VALUE, strange, OPTIONS, 1, "trend", table=False)
    assert [fragments.said(a) for a in marked(found["options"])] == ["Incidents"]


def test_the_table_twin_has_caption_scopes_and_readable_numbers() -> None:
    table = fill()["table"]
    assert "Reports rose" in fragments.said(of_tag(table, "caption"))
    assert fragments.values(table, "scope") == ["col", "col", "row"]
    assert "1,285" in fragments.said(table)


def test_headers_of_a_table_sort_where_they_stand_and_lead_to_no_other_view() -> None:
    found = fill(replace(VALUE, figure={"form": "table"}))["body"]
    assert fragments.values(found, "data-sort") == ["month", "people"]
    assert fragments.values(found, "data-first") == ["ascending", "descending"]
    assert fragments.values(found, "aria-sort") == ["none", "none"]
    assert fragments.values(found, "href") == []


def test_a_table_reads_few_numbers_in_words_and_sorts_them_by_what_they_are() -> None:
    columns = (Column("month", "Month"), Column("people", "People", "people", base=5))
    rows = (("2026-01", 1285), ("2026-02", 9), ("2026-03", 0), ("2026-04", None))
    found = fill(replace(VALUE, table=Table(columns, rows)))["table"]
    told = [fragments.said(cell) for cell in of_tag(found, "td")]
    assert told == ["1,285", "a few", "none or very few", "–"]
    assert fragments.values(found, "data-value") == ["1285", "9", "0"]


def test_nothing_to_draw_offers_the_wider_view() -> None:
    empty_state = EmptyState("Too few people.", "Show 2026", "period=2026-01..2026-09")
    value = replace(VALUE, figure=None, title=empty_state.reason, offer=empty_state)
    found = fill(value)
    assert script_figure(value) is None
    assert fragments.values(found["body"], "href") == ["?period=2026-01..2026-09"]
    assert "Show 2026" in fragments.said(found["body"])


def test_a_form_is_drawn_as_html_and_leaves_the_graph_empty() -> None:
    statement = {"heading": "One", "text": "Two."}
    value = replace(VALUE, figure={"form": "text", "statements": [statement]})
    found = fill(value)
    assert script_figure(value) is None
    assert fragments.said(found["body"]) == "One. Two."


@pytest.mark.parametrize("slow", [True, False])
def test_a_card_that_failed_keeps_its_kicker_and_a_title_that_says_so(slow: bool) -> None:
    found = failed_parts("overview.trend", 1, "4f9a01cc", "en", slow=slow)
    assert set(found) == set(PARTS)
    said = fragments.said(found["heading"])
    assert said.startswith("Figure 1 · Trend")
    assert said.endswith("took too long" if slow else "could not be made")
    assert "title-overview.trend" in fragments.values(found["heading"], "id")
    assert found["table"] == ""


def test_the_one_note_on_a_card_is_the_one_that_changes_how_it_is_read() -> None:
    notes = ("People are counted once per leg.", "Parts are protected.")
    foot = fill(replace(VALUE, note=notes[0], notes=notes))["foot"]
    (note,) = fragments.named(foot, "card-note")
    assert fragments.said(note) == notes[0]
    assert fragments.named(fill(VALUE)["foot"], "card-note") == []


@pytest.mark.parametrize(("exhibit_id", "own"), [("routes.sea", True), ("overview.trend", False)])
def test_published_sources_are_named_beside_their_figure(exhibit_id: str, *, own: bool) -> None:
    foot = fill(replace(VALUE, id=exhibit_id))["foot"]
    assert bool(fragments.named(foot, "card-origin--own")) == own


def test_a_figure_is_looked_at_as_a_table_by_a_button_that_names_it() -> None:
    room = card("overview.trend", "chart", drawn=True)
    button = fragments.named(room, "card-tools")[0].children[:1]
    assert fragments.values(button, "aria-pressed") == ["false"]
    named = "table-overview.trend title-overview.trend"
    assert fragments.values(button, "aria-labelledby") == [named]
    assert fragments.values(card("a.b", "table", drawn=False), "data-card-show") == []


LADDER = Option("steps", ("auto", "month", "quarter", "year"))
ROUGH = Detail("steps", "quarter", ("month", "quarter"), is_chosen=False, is_rough=False, said="")


def test_the_menu_has_a_ladder_that_the_head_does_not_show() -> None:
    options = (*OPTIONS, LADDER)

    def choices(value: Exhibit) -> list[fragments.Element]:
        actions = card_parts(value, READING, options, 1, "trend", table=False)["actions"]
        return fragments.named(actions, "menu-choice")

    assert len(choices(replace(VALUE, detail=ROUGH))) == 1
    for other in ("ages", "measure"):
        assert choices(replace(VALUE, detail=replace(ROUGH, ladder=other))) == []


def test_a_group_that_several_filters_choose_is_one_link_and_is_let_go_by_it() -> None:
    groups = [{"name": "Girls", "codes": {"sex": ["female"], "child": ["yes"]}},
              {"name": "Men", "codes": {"sex": ["male"], "child": ["no"]}}]  # fmt: skip
    layout = {"meta": {"form": "mirrored-bars", "only": groups}}
    ages = replace(VALUE, id="sheet.age-sex", figure={"data": [], "layout": layout})

    def links(reading: Reading) -> list[fragments.Element]:
        options = card_parts(ages, reading, (), None, "ages", table=False)["options"]
        return fragments.named(options, "segment")

    girls, men = links(READING)
    assert [fragments.said(girls), fragments.said(men)] == ["Girls", "Men"]
    assert fragments.values(girls, "href") == ["?area=BD20&child=yes&measure=people&sex=female"]
    assert marked([girls]) == []
    chosen = Filters(area=("BD20",), sex=("female",), child=("yes",))
    girls, men = links(replace(READING, filters=chosen))
    assert marked([girls])
    assert marked([men]) == []
    assert fragments.values(girls, "href") == ["?area=BD20&measure=people"]
    assert fragments.values(men, "href") == ["?area=BD20&child=no&measure=people&sex=male"]


def test_what_a_choice_came_to_is_marked_where_it_could_not_be_had() -> None:
    value = replace(VALUE, options={"measure": "people"})
    asked = replace(READING, options={"measure": "incidents"})
    found = card_parts(value, asked, OPTIONS, 1, "trend", table=False)
    (now,) = marked(found["options"])
    assert fragments.said(now) == "People"


def test_a_drawn_card_says_that_its_figure_is_late_and_every_card_that_it_still_loads() -> None:
    assert "card-late" in fragments.values(card("a.b", "map", drawn=True), "class")
    text = fragments.values(card("a.b", "text", drawn=False), "class")
    assert "card-late" not in text
    assert "card-still" in text


def test_how_long_a_list_is_stands_at_its_foot_and_not_among_the_choices_of_its_card() -> None:
    top = Option("top", ("15", "50", "all"))
    found = card_parts(VALUE, Reading(Filters(), {}, ()), (top,), 1, "trend", table=False)
    assert found["options"] == ""


def marked(fragment: fragments.Fragment) -> list[fragments.Element]:
    """What a part says is so now."""
    return [each for each in fragments.elements(fragment) if "aria-current" in each.attributes]


def of_tag(fragment: fragments.Fragment, tag: str) -> list[fragments.Element]:
    return [each for each in fragments.elements(fragment) if each.tag == tag]


NOTE = {"number": "1", "kind": "note", "when": "Jul 2026", "text": "Flood", "said": "A <flood>"}
FLAG = {"number": "↑2", "kind": "more", "when": "Aug 2026", "text": "More in Teknaf", "said": ""}
LACKING = {"number": "", "kind": "lacking", "when": "", "text": "Fewer reported", "said": ""}


def marks(*of: dict[str, str], exhibit: str = "overview.trend", lang: Language = "en") -> str:
    figure = {"data": [], "layout": {"meta": {"marks": of}}}
    view = Reading(Filters(lang=lang), {}, ())
    value = replace(VALUE, id=exhibit, figure=figure)
    return card_parts(value, view, (), None, "file", table=False)["marks"]


def test_each_mark_is_said_with_its_number_and_its_time() -> None:
    assert marks() == ""
    found = marks(NOTE, LACKING)
    assert '<ol aria-label="Marks in the figure">' in found
    assert '<span class="mark mark--note">1</span><span><strong>Jul 2026:</strong> Flood' in found
    assert 'title="A &lt;flood&gt;"' in found
    assert found.count("<li") == 2
    assert "flags" not in found


@pytest.mark.parametrize(
    ("exhibit", "lang", "leads"),
    [("overview.trend", "en", 'href="/hotspots#hotspots.signals"'),
     ("overview.trend", "bn", 'href="/hotspots?lang=bn#hotspots.signals"'),
     ("hotspots.area-line", "en", 'href="#title-hotspots.signals"')],
)  # fmt: skip
def test_flags_say_whose_they_are_and_where_all_of_them_stand(
    exhibit: str, lang: Language, leads: str
) -> None:
    found = marks(NOTE, FLAG, exhibit=exhibit, lang=lang)
    assert leads in found
    assert ("data-nav" in found) is exhibit.startswith("overview")
    assert "marks-flags" in found
