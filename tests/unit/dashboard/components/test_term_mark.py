"""A "?" names its terms and says what it does; the definitions have one place."""

from __future__ import annotations

from dashboard.components.filter_panels import panels
from dashboard.components.term_mark import DEFINITION, definition, term_mark
from dashboard.model import codes
from dashboard.release.open_release import Release
from dashboard.words.definitions import address
from dashboard.words.glossary import EXPLAINED_FILTERS, glossary
from tests.unit.dashboard.components.test_filter_status import props, texts


def test_a_mark_names_its_terms_and_is_closed() -> None:
    mark = term_mark([glossary().find("unit"), glossary().find("a-few")], "What it means: unit")
    assert mark is not None
    own = mark.to_plotly_json()["props"]
    assert own["data-terms"] == "unit a-few"
    assert own["aria-label"] == "What it means: unit"
    assert own["aria-expanded"] == "false"
    assert own["aria-controls"] == DEFINITION


def test_nothing_to_explain_gives_no_mark() -> None:
    assert term_mark([], "What it means") is None


def test_the_place_of_definitions_is_hidden_named_and_knows_their_address() -> None:
    place = definition("en")
    own = place.to_plotly_json()["props"]
    assert own["id"] == DEFINITION
    assert own["hidden"] is True
    assert own["role"] == "dialog"
    assert own["aria-labelledby"] in props(place, "id")
    assert own["data-address"] == address("en")
    assert "Close" in texts(place)


def test_every_filter_has_its_mark_and_lists_explain_their_codes(protected: Release) -> None:
    marks = props(list(panels(protected, "en").values()), "data-terms")
    shown = {term for mark in marks for term in mark.split()}
    for name in EXPLAINED_FILTERS:
        assert shown & {term.id for term in glossary().of_filter(name)}, name
    for listed in (codes.PLACE_ROLE, codes.CLASS, codes.CLASS_GROUP_OR_MIXED):
        assert {term.id for term in glossary().of_codes(listed)} <= shown
