"""The glossary page holds every term once, by letter and by subject, and leads out of nowhere."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard.components.glossary import terms_and_sources
from dashboard.words.glossary import glossary
from tests.unit.dashboard.components.test_filter_status import props, texts

PAGE = terms_and_sources("en")


def walk(node: Any) -> list[Any]:
    if isinstance(node, list | tuple):
        return [found for child in node for found in walk(child)]
    return [node, *walk(getattr(node, "children", None))] if node is not None else []


def test_each_term_has_one_entry_that_can_be_linked_to() -> None:
    entries = [node for node in walk(PAGE) if isinstance(node, html.Article)]
    assert sorted(entry.id for entry in entries) == sorted(term.id for term in glossary().terms)
    for entry in entries:
        assert glossary().find(entry.id)
        assert "Source:" in texts(entry)


def test_every_link_stays_on_the_page_and_finds_its_place() -> None:
    ids = {f"#{found}" for found in props(PAGE, "id")}
    links = props(PAGE, "href")
    assert len(links) > 300
    assert set(links) <= ids


def test_the_index_lists_each_term_under_one_subject() -> None:
    (index,) = (node for node in walk(PAGE) if getattr(node, "className", "") == "glossary-index")
    listed = [node for node in walk(index) if isinstance(node, html.Details)]
    assert len(listed) == len(glossary().subjects)
    links = [link for subject in listed for link in props(subject, "href")]
    assert sorted(links) == sorted(f"#{term.id}" for term in glossary().terms)


def test_every_letter_of_the_row_has_its_group() -> None:
    assert props(PAGE, "data-letter") == props(PAGE, "data-letter-group")


def test_sources_are_named_in_full_and_their_addresses_are_no_links() -> None:
    said = texts(PAGE)
    assert "Protocol to Prevent, Suppress and Punish Trafficking in Persons" in said
    assert "Act No. 3 of 2012" in said
    assert "unstats.un.org" in said
    assert not any("//" in link for link in props(PAGE, "href"))


def test_what_is_not_known_about_the_ordinance_is_said() -> None:
    (entry,) = [n for n in walk(PAGE) if getattr(n, "id", None) == "law-of-bangladesh"]
    assert "could not confirm" in texts(entry)
