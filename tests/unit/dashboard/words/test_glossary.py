"""The glossary is whole: no filter, code or exhibit without a term, no term that leads nowhere."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import exhibits
from dashboard.exhibits.registry import definitions
from dashboard.model import codes
from dashboard.model.facts import FACTS
from dashboard.words.catalogue import phrases, translate
from dashboard.words.glossary import (
    EXPLAINED_FILTERS,
    Citation,
    GlossaryError,
    cited_in_words,
    glossary,
    in_words,
    read,
)

exhibits.load()
#: The source that stands for each standard that code lists name.
SOURCES = {
    codes.HTCDS: "htcds",
    codes.PALERMO: "palermo",
    codes.SMUGGLING_PROTOCOL: "smuggling",
    codes.ICTIP: "ic-tip",
    codes.UNHCR: "unhcr",
    codes.PRIMERO: "primero",
    codes.REFERRAL_FORM: "referral-form",
    codes.WORKING_GROUP: "working-group",
    codes.OWN: "own",
}
SHOWN_LISTS = {
    field.codes.id: field.codes
    for fact in FACTS
    for field in fact.dimensions
    if field.codes is not None
}
WHOLE = {
    "subjects": ["counting"],
    "sources": ["own"],
    "terms": {
        "unit": {"subject": "counting", "sources": ["own"], "see": ["a-few"]},
        "a-few": {"subject": "counting", "sources": ["own"], "see": ["unit"]},
    },
}


@pytest.mark.parametrize("name", EXPLAINED_FILTERS)
def test_every_filter_is_explained(name: str) -> None:
    assert glossary().of_filter(name)


@pytest.mark.parametrize(
    "listed",
    [codes.CLASS, codes.CLASS_OR_MIXED, codes.CLASS_GROUP_OR_MIXED, codes.PLACE_ROLE,
     codes.EXPLOITATION],
    ids=lambda listed: listed.id,
)  # fmt: skip
def test_every_class_role_and_form_of_exploitation_is_explained(listed: codes.CodeList) -> None:
    explained = {code for term in glossary().terms for code in term.codes}
    own = listed if listed is not codes.CLASS_OR_MIXED else codes.CLASS
    assert {f"{own.id}.{code}" for code in own.values} <= explained
    assert glossary().of_codes(listed)


@pytest.mark.parametrize("list_id", sorted(SHOWN_LISTS))
def test_every_code_list_of_a_release_is_explained_from_its_own_standard(list_id: str) -> None:
    terms = [term for term in glossary().terms if list_id in term.lists]
    assert terms, f"no term explains the code list {list_id}"
    cited = {citation.source for term in terms for citation in term.sources}
    for standard in SHOWN_LISTS[list_id].standard.split("; "):
        assert SOURCES[standard] in cited or "own" in cited


def test_every_exhibit_is_explained_and_no_term_names_one_that_is_gone() -> None:
    ids = {entry.id for entry in definitions()}
    named = {exhibit for term in glossary().terms for exhibit in term.exhibits}
    assert named <= ids
    assert all(glossary().of_exhibit(entry.id, entry.facts) for entry in definitions())


def test_an_exhibit_that_no_term_names_shows_those_of_its_facts() -> None:
    shown = [term.id for term in glossary().of_exhibit("overview.recruiters", ("people",))]
    assert shown == ["person-identified"]


def test_every_indicator_is_explained() -> None:
    pages = ("overview.indicators.", "referrals.indicators.")
    said = [key for key in phrases("en") if key.startswith(pages)]
    labels = {key.rpartition(".")[2] for key in said}
    named = {name for term in glossary().terms for name in term.indicators}
    of_overview = {"incidents", "people", "first_referrals", "services"}
    assert named == of_overview | {"in_time", "open", "declined", "protection"} <= labels


def test_no_term_or_source_of_the_words_is_left_out_of_the_structure() -> None:
    worded = {key.split(".")[2] for key in phrases("en") if key.startswith("glossary.terms.")}
    assert worded == {term.id for term in glossary().terms}
    cited = {citation.source for term in glossary().terms for citation in term.sources}
    assert cited == set(glossary().sources)


@pytest.mark.parametrize("term", glossary().terms, ids=lambda term: term.id)
def test_a_term_reads_in_a_few_plain_sentences(term: Any) -> None:
    words = in_words(term, "en")
    assert words.definition.endswith(".")
    assert words.definition.count(". ") <= 2
    assert len(words.definition) <= 280
    assert words.is_not == "" or words.is_not.endswith(".")
    assert all(words.sources)


def test_trafficking_and_smuggling_are_said_to_be_different_crimes() -> None:
    for name in ("trafficking-in-persons", "smuggling-of-migrants"):
        said = in_words(glossary().find(name), "en").is_not.lower()
        assert "trafficking" in said
        assert "smuggling" in said


def test_terms_are_sorted_by_their_words_without_quotation_marks() -> None:
    order = [words.term for _, words in glossary().alphabetical("en")]
    assert order[:3] == ["“A few”", "“About”", "Act, means and purpose"]
    assert len(order) == len(set(order)) == len(glossary().terms)


def test_a_citation_names_the_article_where_one_is_meant() -> None:
    assert cited_in_words(Citation("palermo", "3 (d)"), "en") == "Palermo Protocol, art. 3 (d)"
    assert cited_in_words(Citation("htcds", ""), "en") == translate(
        "glossary.sources.htcds.name", "en"
    )


def test_a_whole_table_is_read() -> None:
    assert [term.id for term in read(WHOLE).terms] == ["unit", "a-few"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("see", ["nothing"]),
        ("see", ["unit"]),
        ("sources", ["hearsay 3"]),
        ("sources", []),
        ("subject", "gossip"),
        ("filters", ["colour"]),
        ("lists", ["colours"]),
        ("codes", ["class.theft"]),
        ("colour", "blue"),
    ],
)
def test_a_term_that_names_what_does_not_exist_is_refused(key: str, value: Any) -> None:
    broken = {**WHOLE["terms"]["unit"], key: value}
    with pytest.raises(GlossaryError, match="unit"):
        read({**WHOLE, "terms": {**WHOLE["terms"], "unit": broken}})


def test_a_term_without_words_is_refused() -> None:
    silent = {"subject": "counting", "sources": ["own"]}
    with pytest.raises(GlossaryError, match="no phrase"):
        read({**WHOLE, "terms": {**WHOLE["terms"], "no-such-term": silent}})


def test_an_unknown_term_is_an_error() -> None:
    with pytest.raises(KeyError):
        glossary().find("no-such-term")
