"""Tiles and ranked lists: what they draw is what their figure holds."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.components.forms import as_html
from dashboard.components.table_twin import shown
from dashboard.exhibits.exhibit import Column, is_numeric
from dashboard.filters import Filters, Reading
from tests.support import fragments

PARTS = [
    {"code": "trafficking", "label": "Trafficking", "colour": "#5F2C82", "pattern": ""},
    {"code": "smuggling", "label": "Smuggling", "colour": "#1F8F7B", "pattern": ""},
]


def row(rank: int, value: int, parts: list[int] | None, direction: str | None) -> dict[str, Any]:
    said = "" if parts is None else f"Trafficking about {parts[0]}"
    return {
        "rank": rank, "code": f"BD{rank}", "label": f"Area {rank}", "note": "", "value": value,
        "value_text": "a few" if 0 < value < 10 else str(value),
        "parts": parts, "said": said, "direction": direction,
        "change": {"up": "more than usual", "none": "no clear change"}.get(str(direction), ""),
        "score": 0.0, "usual": "usual 4, noticed from 15" if direction else "",
        "range": f"from {value - 5} to {value + 5}", "query": f"area=BD{rank}",
        "low": max(value - 5, 0), "high": value + 5, "share": f"{value} %", "marks": [],
        "between": f"{max(value - 5, 0)}–{value + 5}",
        "change_note": "",
        "known": True,
    }  # fmt: skip


def figure(*rows: dict[str, Any], left_out: int = 0) -> dict[str, Any]:
    return {
        "form": "ranking", "label": "District", "value_label": "People", "unit": "people",
        "total": 100, "largest": 80, "parts": PARTS, "rows": list(rows),
        "judged_label": "Against usual",
        "left_out": left_out, "dots": False, "most": 85,
        "steps_label": "", "rough": False, "aside_label": "", "usual_label": "",
        "before_label": "",
    }  # fmt: skip


READING = Reading(Filters(area=("BD2",)), {}, ())


def test_each_row_links_to_the_view_that_looks_into_it() -> None:
    found = as_html(figure(row(1, 80, [60, 20], "up"), row(2, 40, [0, 40], "none")), READING)
    assert fragments.values(found, "href") == ["?area=BD1", "?area=BD2"]


def test_the_chosen_row_is_marked() -> None:
    found = as_html(figure(row(1, 80, None, None), row(2, 40, None, None)), READING)
    assert fragments.values(found, "class").count("is-chosen") == 1


def test_a_row_that_stands_for_a_filter_can_be_taken_together_with_others() -> None:
    rows = [row(1, 80, None, None), row(2, 40, None, None), row(3, 9, None, None)]
    rows[2] |= {"code": "", "query": "area=BD1"}
    found = as_html(figure(*rows), READING)
    assert fragments.values(found, "data-pick") == ["area", "area"]
    assert fragments.values(found, "data-code") == ["BD1", "BD2"]
    assert fragments.values(found, "aria-checked") == ["false", "true"]
    assert "Choose Area 1 together with others, rank 1" in fragments.values(found, "aria-label")


def test_what_is_more_than_the_longest_bar_has_none() -> None:
    rest = row(2, 95, None, None) | {"rank": None}
    found = as_html(figure(row(1, 80, None, None), rest), READING)
    assert [s["width"] for s in fragments.styles(found) if "width" in s] == ["100.0%"]


def test_steps_are_small_bars_and_one_more_number_can_be_sorted() -> None:
    one = row(1, 80, None, None) | {
        "bars": [0.0, 0.5, 1.0], "bars_said": "Q1 2026: 10", "aside": "45 %", "aside_value": 45,
        "aside_said": "Intercepted (36)", "change_note": "Air", "direction": "up",
    }  # fmt: skip
    drawn = figure(one) | {"steps_label": "Last 3 quarters", "aside_label": "Intercepted"}
    found = as_html(drawn, READING)
    assert [s["height"] for s in fragments.styles(found) if "height" in s] == ["4%", "50%", "100%"]
    assert "45" in fragments.values(found, "data-value")
    said = fragments.said(found)
    for each in ("Last 3 quarters", "Q1 2026: 10", "Intercepted (36)", "Air"):
        assert each in said


def test_what_is_usual_has_columns_and_the_word_stands_alone_beside_the_range() -> None:
    one = row(1, 80, None, "up") | {"usual_number": "40", "noticed": "63", "usual": "usual 40"}
    labels = {"usual_label": "Usual", "noticed_label": "Noticed from", "steps_label": "Quarters"}
    found = as_html(figure(one | {"bars": [1.0], "bars_said": "80"}) | labels, READING)
    said = fragments.said(found)
    for each in ("Usual", "Noticed from", "40", "63", "75–85", "80 %"):
        assert each in said
    assert "usual 40" not in said
    compared = as_html(
        figure(one | {"before": "55", "bars": [1.0], "bars_said": "80"})
        | labels
        | {"before_label": "Oct 2024"},
        READING,
    )
    said = fragments.said(compared)
    assert ("Oct 2024" in said, "55" in said, "Noticed from" in said) == (True, True, False)
    assert "rank-chip" in fragments.values(found, "class")
    few = one | {"value_text": "a few, 0–9", "between": "", "share": "", "bars": [1.0],
                 "bars_said": ""}  # fmt: skip
    said = fragments.said(as_html(figure(few) | labels, READING))
    assert said.count("0–9") == 1
    assert "75–85" not in said


def test_bars_are_as_long_as_numbers_and_split_by_class() -> None:
    found = as_html(figure(row(1, 80, [60, 20], "up"), row(2, 40, [0, 40], "down")), READING)
    styles = fragments.styles(found)
    assert [s["width"] for s in styles if "width" in s] == ["100.0%", "50.0%"]
    assert [s["flex-grow"] for s in styles if "flex-grow" in s] == ["60", "20", "40"]
    assert "Trafficking about 60" in fragments.said(found)


def test_dots_stand_at_numbers_on_lines_over_what_these_stand_for() -> None:
    marks = [{"code": "top", "label": "likely in the top three"}]
    marked = row(1, 80, None, "up") | {"marks": marks}
    found = as_html(figure(marked, row(2, 17, None, None)) | {"dots": True, "parts": []}, READING)
    styles = [style for style in fragments.styles(found) if "inset-inline-start" in style]
    assert styles == [
        {"inset-inline-start": "88.2%", "width": "11.8%"}, {"inset-inline-start": "94.1%"},
        {"inset-inline-start": "14.1%", "width": "11.8%"}, {"inset-inline-start": "20.0%"},
    ]  # fmt: skip
    said = fragments.said(found)
    told = ("Range", "80 %", "from 75 to 85", "likely in the top three")
    assert all(words in said for words in told)
    assert "By class" not in said


def test_a_word_stands_with_what_is_usual_and_an_arrow_only_where_it_points() -> None:
    risen = row(1, 8, None, "up") | {"change_note": "Air"}
    rows = risen, row(2, 7, None, "none"), row(3, 6, None, "down"), row(4, 5, None, None)
    found = as_html(figure(*rows), READING)
    signs = [name for name in fragments.values(found, "class") if name.startswith("icon")]
    assert signs == ["icon icon--arrow-up", "icon icon--arrow-down"]
    changes = fragments.named(found, "rank-change")
    assert [fragments.said(cell) for cell in changes] == [
        "more than usualAirusual 4, noticed from 15", "no clear changeusual 4, noticed from 15",
        "usual 4, noticed from 15", "",
    ]  # fmt: skip
    # Nothing of it is hidden from one reader and said to another.
    assert "sr-only" not in fragments.values(changes, "class")
    assert fragments.values(changes[0], "aria-hidden") == ["true"]  # the arrow itself


def test_rows_that_were_cut_off_are_one_click_away() -> None:
    found = as_html(figure(row(1, 8, None, None), left_out=9), READING, ("15", "all"))
    assert fragments.said(found).endswith("Show all 10")
    assert fragments.values(found, "href")[-1] == "?area=BD2&top=all"


def test_a_long_list_can_be_shortened_again() -> None:
    long = Reading(Filters(), {"top": "all"}, ())
    found = as_html(figure(row(1, 8, None, None)), long, ("15", "all"))
    assert fragments.values(found, "href")[-1] == "?"


def test_a_number_says_where_it_lies() -> None:
    found = as_html(figure(row(1, 80, None, None), row(2, 40, None, None) | {"range": ""}), READING)
    values = fragments.named(found, "rank-value")
    told = [(fragments.said(cell), cell.attributes["title"]) for cell in values]
    assert told == [("80", "from 75 to 85"), ("40", "")]


def test_a_row_that_is_no_value_of_what_is_ranked_has_no_rank_and_no_link() -> None:
    elsewhere = {"rank": None, "code": "", "label": "Elsewhere in Chattogram", "query": ""}
    found = as_html(figure(row(1, 80, None, None), row(2, 9, None, None) | elsewhere), READING)
    ranks = [fragments.said(cell) for cell in fragments.named(found, "rank-number")]
    assert ranks == ["1", ""]
    assert fragments.values(found, "href") == ["?area=BD1"]
    assert "Elsewhere in Chattogram" in fragments.said(found)


def tile(**rest: Any) -> str:
    item = {"id": "of-no-term", "label": "Incidents", "value": 70, "text": "70",
            "unit": "incidents", "change": "", "direction": None, "arrow": None}  # fmt: skip
    return as_html({"form": "indicators", "items": [item | rest]}, READING)


def test_a_tile_says_value_label_and_change() -> None:
    found = tile(id="first_referrals", label="First referred", value=708, text="708",
                 change="−51 on 2025, fell", direction="fell", arrow="down")  # fmt: skip
    said = fragments.said(found)
    assert "708 First referred" in said
    assert "−51 on 2025, fell" in said
    assert fragments.values(found, "data-terms") == ["first-referral"]


@pytest.mark.parametrize(
    ("arrow", "signs"),
    [("up", ["icon icon--arrow-up"]), ("level", ["icon icon--no-change"]), (None, [])],
)
def test_a_tile_has_a_sign_only_of_what_is_known(arrow: str | None, signs: list[str]) -> None:
    found = tile(change="said", direction="none", arrow=arrow)
    assert [name for name in fragments.values(found, "class") if name.startswith("icon")] == signs


@pytest.mark.parametrize(
    ("cell", "text"), [(None, "–"), (1285, "1,285"), (2.5, "2.5"), (2.0, "2"), ("2026", "2026")]
)
def test_cells_read_as_people_write_them(cell: Any, text: str) -> None:
    assert shown(cell, "en") == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [(1285, "১,২৮৫"), ("2026-09", "২০২৬-০৯"), ("BD2022", "BD2022"), ("2026-09-a1", "2026-09-a1")],
)
def test_cells_have_the_digits_that_the_reader_chose_and_codes_their_own(
    cell: Any, text: str
) -> None:
    assert shown(cell, "bn-beng") == text
    assert shown(cell, "bn") == shown(cell, "en")


def test_a_column_of_numbers_with_gaps_is_numeric_and_one_of_codes_is_not() -> None:
    assert is_numeric((1, None, 2.5))
    assert not is_numeric(("1", 2))
    assert not is_numeric((None, None))


def test_a_unit_is_said_where_the_label_does_not() -> None:
    assert Column("a", "Trafficking", "people").heading == "Trafficking (people)"
    assert Column("a", "People", "people").heading == "People"


def test_words_instead_of_a_number_are_not_as_large_as_one() -> None:
    found = tile(value=0, text="none or very few")
    assert {"tile-words", "tile-value is-said"} <= set(fragments.values(found, "class"))
    number = tile(value=0, text="0")
    assert "tile-words" not in fragments.values(number, "class")
    assert "tile-value" in fragments.values(number, "class")
