"""The one menu of a card: what it holds, for whom, and in which language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboard import exhibits
from dashboard.components.card_menu import card_menu
from dashboard.filters import Filters
from tests.unit.dashboard.components.test_exhibit_card import LADDER, READING, ROUGH, VALUE, named
from tests.unit.dashboard.components.test_filter_status import props, texts

exhibits.load()


def menu(value: Any = VALUE, reading: Any = READING, *, decides: bool = False) -> Any:
    held = {"drawn": True, "tabled": True, "asked": "sex=female&edition=e&lang=bn"}
    return card_menu(value, reading, LADDER, **held, decides=decides)


def test_its_button_names_the_figure() -> None:
    assert props(menu(), "aria-label")[0] == "More: Reports rose"


def test_it_enlarges_and_holds_on_phones_what_stands_beside_it_on_wide_screens() -> None:
    entries = [texts(item) for item in menu().children[1].children]
    assert entries[:3] == ["TableFigure", "Download", "Enlarge"]
    assert len(named(menu(), "on-phones")) == 2
    bare = card_menu(VALUE, READING, None, drawn=False, tabled=False, asked="", decides=False)
    assert [texts(item) for item in bare.children[1].children][:1] == ["Download"]
    assert named(bare, "card-enlarge") == []


def test_all_notes_open_inside_of_it_and_lead_to_the_methods() -> None:
    (notes,) = named(menu(), "notes")
    assert props(notes, "aria-label") == ["Notes: Reports rose"]
    assert not getattr(notes, "open", None)
    assert "Parts are protected." in texts(notes.children[1])
    assert props(notes, "href") == ["/methods"]
    assert named(menu(replace(VALUE, notes=())), "notes") == []


def test_what_is_copied_stands_in_it() -> None:
    assert props(menu(), "data-export") == ["copy_picture", "copy_table", "copy_link"]


def test_a_ladder_of_several_rungs_is_a_group_of_it() -> None:
    (group,) = named(menu(replace(VALUE, detail=ROUGH)), "menu-choice")
    assert [texts(link) for link in named(group, "menu-item")] == [
        "Automatic", "By month", "By quarter",
    ]  # fmt: skip
    assert named(menu(), "menu-choice") == []


def test_only_who_may_note_a_decision_is_led_to_its_form() -> None:
    (link,) = set(props(menu(decides=True), "href")) - set(props(menu(), "href"))
    figure = "overview.trend%3Fsex%3Dfemale%26edition%3De%26lang%3Dbn"
    assert link == f"/decisions/new?figure={figure}"
    bangla = replace(READING, filters=Filters(lang="bn"))
    links = props(menu(reading=bangla, decides=True), "href")
    assert any(one.startswith("/decisions/new?lang=bn&figure=") for one in links)


def test_it_leads_into_a_report_which_says_edition_and_language_itself() -> None:
    assert props(menu(), "data-report") == ["overview.trend?sex=female"]
    assert "/report?figures=overview.trend%3Fsex%3Dfemale" in props(menu(), "href")
