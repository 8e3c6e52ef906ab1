"""The two menus of a card: files, and what is done less often."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard import exhibits
from dashboard.components.downloads import messages
from dashboard.components.exhibit_card import card_parts
from dashboard.exhibits.exhibit import Detail, EmptyState, Exhibit, Table
from dashboard.exhibits.registry import Option
from dashboard.filters import Filters, Reading
from dashboard.model.languages import LANGUAGES
from tests.support import fragments
from tests.unit.dashboard.components.test_exhibit_card import LADDER, READING, ROUGH, VALUE

exhibits.load()


def menus(
    value: Exhibit = VALUE, reading: Reading = READING, option: Option = LADDER, **rest: Any
) -> tuple[fragments.Element, fragments.Element]:
    """The menu of files, and the other one."""
    made = card_parts(value, reading, (option,), 1, "trend_2025-10", table=False, **rest)["actions"]
    files, more = fragments.parsed(made)
    assert isinstance(files, fragments.Element)
    assert isinstance(more, fragments.Element)
    return files, more


def menu(value: Exhibit = VALUE, reading: Reading = READING, **rest: Any) -> fragments.Element:
    return menus(value, reading, **rest)[1]


def files(value: Exhibit = VALUE, reading: Reading = READING) -> fragments.Element:
    return menus(value, reading)[0]


def entries(of: fragments.Element) -> list[str]:
    listed = of.children[1]
    assert isinstance(listed, fragments.Element)
    return [fragments.said([entry]) for entry in listed.children]


# --- files -----------------------------------------------------------------------------------


def test_pictures_and_tables_stand_in_one_menu() -> None:
    assert fragments.values(files(), "data-export") == ["png", "svg"]
    assert fragments.values(files(), "data-file") == ["xlsx", "csv", "tidy", "hxl", "zip", "json"]
    assert sum(node.tag == "summary" for node in fragments.elements(files())) == 1


def test_groups_of_files_are_marked_for_roles_that_may_save_none_of_them_or_csv_alone() -> None:
    marked: dict[str, set[str]] = {}
    for heading in fragments.named(files(replace(VALUE, figure={"form": "map"})), "menu"):
        for group in heading.children:
            assert isinstance(group, fragments.Element)
            for kind in fragments.values(group, "data-file") or ["none"]:
                marked[kind] = set(group.classes)
    assert marked.pop("none") == set()
    both = {"menu-files", "has-csv"}
    tables = dict.fromkeys(("xlsx", "csv", "tidy", "hxl", "zip", "json"), both)
    assert marked == {**tables, "geojson": {"menu-files"}, "gpkg": {"menu-files"}}


def test_a_file_has_the_name_of_its_view_and_keeps_to_the_release_of_its_figure() -> None:
    kinds = (".xlsx", ".csv", "_tidy.csv", "_hxl.csv", ".zip", ".json")
    assert fragments.values(files(), "download") == [f"trend_2025-10{kind}" for kind in kinds]
    assert fragments.values([files()], "data-name") == ["trend_2025-10"]
    assert all("edition=2026-09-x" in link for link in fragments.values(files(), "href"))


def test_a_map_that_is_drawn_also_comes_as_a_layer() -> None:
    drawn = files(replace(VALUE, figure={"form": "map"}))
    assert fragments.values(drawn, "data-file")[-2:] == ["geojson", "gpkg"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_said_in_the_language_of_the_page(lang: Any) -> None:
    told = messages(lang)
    assert "{file}" in told["data-made"]
    assert len(set(told.values())) == len(told)
    own = files(reading=replace(READING, filters=Filters(lang=lang)))
    assert (fragments.said(own) == fragments.said(files())) == (lang == "en")


# --- what is done less often -----------------------------------------------------------------


def test_the_button_names_the_figure() -> None:
    assert fragments.values(menu(), "aria-label")[0] == "More: Reports rose"


def test_it_enlarges_and_holds_on_phones_what_stands_beside_it_on_wide_screens() -> None:
    assert entries(menu())[:3] == ["TableFigure", "Download", "Enlarge"]
    assert len(fragments.named(menu(), "on-phones")) == 2
    bare = menu(replace(VALUE, figure=None, offer=EmptyState("Too few", "", "")))
    assert entries(bare)[0] == "Download"
    assert fragments.named(bare, "card-enlarge") == []


def test_all_notes_open_inside_of_it_and_lead_to_the_methods() -> None:
    (notes,) = fragments.named(menu(), "notes")
    assert fragments.values(notes, "aria-label") == ["Notes: Reports rose"]
    assert "open" not in notes.attributes
    assert "Parts are protected." in fragments.said(notes)
    assert fragments.values(notes, "href") == ["/methods"]
    assert fragments.named(menu(replace(VALUE, notes=())), "notes") == []


def test_what_is_copied_stands_in_it() -> None:
    assert fragments.values(menu(), "data-export") == ["copy_picture", "copy_table", "copy_link"]


def test_only_who_may_note_a_decision_is_led_to_its_form() -> None:
    plain, decides = (fragments.values(menu(decides=may), "href") for may in (False, True))
    (link,) = set(decides) - set(plain)
    figure = "overview.trend%3Farea%3DBD20%26edition%3D2026-09-x"
    assert link == f"/decisions/new?figure={figure}"
    bangla = replace(READING, filters=Filters(lang="bn"))
    links = fragments.values(menu(reading=bangla, decides=True), "href")
    assert [one for one in links if one.startswith("/decisions/new?") and "lang=bn" in one]


def test_it_leads_into_a_report_which_says_edition_and_language_itself() -> None:
    view = Reading(Filters(sex=("female",), lang="bn"), {}, ())
    assert fragments.values(menu(reading=view), "data-report") == ["overview.trend?sex=female"]
    leads = fragments.values(menu(reading=view), "href")
    assert "/report?figures=overview.trend%3Fsex%3Dfemale&lang=bn" in leads


# --- how fine a card shows its numbers -------------------------------------------------------

AGES = Option("ages", ("auto", "bands", "groups", "child", "sex"))
DETAIL = Detail("ages", "groups", ("bands", "groups", "child"), False, False, "")
FINE = replace(VALUE, id="sheet.age-sex", title="Women lead", table=Table((), ()), detail=DETAIL)
MEASURED = Reading(Filters(area=("BD20",)), {"measure": "people"}, ())


def rungs(value: Exhibit = FINE, reading: Reading = MEASURED) -> dict[str, tuple[str, str | None]]:
    """Where each entry of the group leads and whether it is marked, by what it says."""
    groups = fragments.named(menu(value, reading, option=AGES), "menu-choice")
    links = [link for group in groups for link in fragments.named(group, "menu-item")]
    found = {fragments.said(link): link.attributes for link in links}
    return {text: (str(of["href"]), of.get("aria-current")) for text, of in found.items()}


def test_its_entries_are_the_rungs_of_this_view_after_the_usual_choice() -> None:
    assert rungs() == {
        "Automatic": ("?area=BD20&measure=people", "true"),
        "By age band and sex": ("?ages=bands&area=BD20&measure=people", None),
        "By three ages and sex": ("?ages=groups&area=BD20&measure=people", None),
        "By child and adult": ("?ages=child&area=BD20&measure=people", None),
    }


def test_a_rung_that_was_chosen_is_marked_and_can_be_left() -> None:
    chosen = replace(FINE, detail=replace(DETAIL, is_chosen=True))
    found = rungs(chosen, replace(MEASURED, options={"ages": "groups"}))
    assert [text for text, (_, now) in found.items() if now] == ["By three ages and sex"]
    assert found["Automatic"] == ("?area=BD20", None)


def test_its_list_names_the_figure() -> None:
    (group,) = fragments.named(menu(FINE, MEASURED, option=AGES), "menu-choice")
    assert fragments.said(fragments.named(group, "menu-heading")) == "Detail"
    assert fragments.values(group, "aria-label") == ["Detail: Women lead"]


def test_it_speaks_the_language_of_the_page() -> None:
    found = rungs(reading=replace(MEASURED, filters=Filters(lang="bn")))
    assert "By age band and sex" not in found
    assert len(found) == 4
    assert all("lang=bn" in href for href, _ in found.values())


@pytest.mark.parametrize("detail", [None, replace(DETAIL, rungs=("groups",))])
def test_one_rung_is_no_choice(detail: Detail | None) -> None:
    assert rungs(replace(FINE, detail=detail)) == {}
    assert fragments.named(menu(replace(VALUE, detail=ROUGH)), "menu-choice")
