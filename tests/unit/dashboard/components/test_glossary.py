"""The glossary page holds every term once, by letter and by subject, and leads out of nowhere."""

from __future__ import annotations

from dashboard.components.glossary import terms_and_sources
from dashboard.words.glossary import glossary
from tests.support import fragments

PAGE = terms_and_sources("en")


def test_each_term_has_one_entry_that_can_be_linked_to() -> None:
    entries = fragments.named(PAGE, "entry")
    assert sorted(str(entry.attributes["id"]) for entry in entries) == sorted(
        term.id for term in glossary().terms
    )
    for entry in entries:
        assert glossary().find(str(entry.attributes["id"]))
        assert "Source:" in fragments.said(entry)


def test_every_link_stays_on_the_page_and_finds_its_place() -> None:
    ids = {f"#{found}" for found in fragments.values(PAGE, "id")}
    links = fragments.values(PAGE, "href")
    assert len(links) > 300
    assert set(links) <= ids


def test_the_index_lists_each_term_under_one_subject() -> None:
    (index,) = fragments.named(PAGE, "glossary-index")
    listed = [each for each in fragments.elements(index) if each.tag == "details"]
    assert len(listed) == len(glossary().subjects)
    links = [link for subject in listed for link in fragments.values(subject, "href")]
    assert sorted(links) == sorted(f"#{term.id}" for term in glossary().terms)


def test_every_letter_of_the_row_has_its_group() -> None:
    assert fragments.values(PAGE, "data-letter") == fragments.values(PAGE, "data-letter-group")


def test_sources_are_named_in_full_and_their_addresses_are_no_links() -> None:
    said = fragments.said(PAGE)
    assert "Protocol to Prevent, Suppress and Punish Trafficking in Persons" in said
    assert "Act No. 3 of 2012" in said
    assert "unstats.un.org" in said
    assert not any("//" in link for link in fragments.values(PAGE, "href"))


def test_what_is_not_known_about_the_ordinance_is_said() -> None:
    (entry,) = [
        each
        for each in fragments.elements(PAGE)
        if each.attributes.get("id") == "law-of-bangladesh"
    ]
    assert "could not confirm" in fragments.said(entry)
