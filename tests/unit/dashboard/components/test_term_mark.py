"""A "?" names its terms and says what it does; the definitions have one place."""

from __future__ import annotations

from dashboard.components.filter_panels import panels
from dashboard.components.term_mark import DEFINITION
from dashboard.components.writer import parts
from dashboard.model import codes
from dashboard.release.open_release import Release
from dashboard.words.glossary import EXPLAINED_FILTERS, glossary
from tests.support import fragments


def mark(*terms: str) -> str:
    found = [glossary().find(term) for term in terms]
    return parts("parts", "en").term_mark(found, "What it means: unit")


def test_a_mark_names_its_terms_and_is_closed() -> None:
    (made,) = fragments.elements(mark("unit", "a-few"))
    assert (made.tag, made.children) == ("button", ["?"])
    assert made.attributes["data-terms"] == "unit a-few"
    assert made.attributes["aria-label"] == "What it means: unit"
    assert made.attributes["aria-expanded"] == "false"
    assert made.attributes["aria-controls"] == DEFINITION


def test_nothing_to_explain_gives_no_mark() -> None:
    assert mark() == ""


def test_every_filter_has_its_mark_and_lists_explain_their_codes(protected: Release) -> None:
    held = [part for panel in panels(protected, "en").values() for part in panel]
    inside = [node for part in held for node in part._traverse()]
    marks = [str(getattr(node, "data-terms")) for node in inside if hasattr(node, "data-terms")]
    shown = {term for mark in marks for term in mark.split()}
    for name in EXPLAINED_FILTERS:
        assert shown & {term.id for term in glossary().of_filter(name)}, name
    for listed in (codes.PLACE_ROLE, codes.CLASS, codes.CLASS_GROUP_OR_MIXED):
        assert {term.id for term in glossary().of_codes(listed)} <= shown
