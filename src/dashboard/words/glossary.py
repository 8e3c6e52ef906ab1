"""The glossary: which terms there are, what each explains, and where its definition comes from.

The structure is the same in every language and stands in ``glossary.toml`` beside this module and
in the country's pack; the words of each term stand in the catalogues. A term whose words do not
name it is called as the first code that it explains. A term explains filters, indicators, code
lists, codes and exhibits by their ids; that none of those is forgotten is held by a test.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.model import codes
from dashboard.model.country import PACK
from dashboard.model.facts import FACTS
from dashboard.model.filters import NAMES, PERIOD, filter_named
from dashboard.model.languages import ENGLISH, digits
from dashboard.model.shipped import COUNTRY
from dashboard.words.catalogue import phrases, translate

FILE = Path(__file__).with_suffix(".toml")
#: Where the sources of the country stand among those of the product.
_OF_COUNTRY = "@country"
#: Filters that a term may explain: those of the facts, and what a change is measured against.
EXPLAINED_FILTERS = (*NAMES, PERIOD, "compare")
#: What a term names, in the order of its attributes.
_LISTED = ("see", "filters", "indicators", "lists", "codes", "facts", "exhibits")
_KEYS = {"subject", "sources", *_LISTED}


class GlossaryError(ValueError):
    """The glossary's file is not whole; the message says what and where."""


@dataclass(frozen=True)
class Citation:
    """A source with the article that is meant, or '' for the whole of it."""

    source: str
    article: str


@dataclass(frozen=True)
class Term:
    """One term of the glossary.

    Attributes:
        id: Its name, which is also the anchor of its entry.
        subject: The subject under which the index lists it.
        sources: Where its definition comes from.
        see: Ids of terms to see also.
        filters: Filters that it explains.
        indicators: Indicators that it explains.
        lists: Code lists that it explains as a whole.
        codes: Single codes that it explains, as ``list.code``.
        facts: Facts that it explains; cards of exhibits that no term names show these.
        exhibits: Exhibits whose "?" shows it.
    """

    id: str
    subject: str
    sources: tuple[Citation, ...]
    see: tuple[str, ...]
    filters: tuple[str, ...]
    indicators: tuple[str, ...]
    lists: tuple[str, ...]
    codes: tuple[str, ...]
    facts: tuple[str, ...]
    exhibits: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """A term in one language; what it has nothing to say on is ''."""

    term: str
    also: str
    definition: str
    is_not: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """All terms in the order of their file, with the subjects and sources that they name."""

    subjects: tuple[str, ...]
    sources: tuple[str, ...]
    terms: tuple[Term, ...]

    def find(self, term_id: str) -> Term:
        """The term of an id; KeyError for no such term."""
        for term in self.terms:
            if term.id == term_id:
                return term
        raise KeyError(f"no term {term_id!r} in the glossary")

    def of_filter(self, name: str) -> tuple[Term, ...]:
        """Terms that explain a filter: those that name it, else those of its code lists."""
        explaining = tuple(term for term in self.terms if name in term.filters)
        if explaining or name not in NAMES:
            return explaining
        lists = {listed.id for listed in filter_named(name).lists}
        return tuple(term for term in self.terms if lists.intersection(term.lists))

    def of_indicator(self, name: str) -> tuple[Term, ...]:
        """Terms that explain an indicator."""
        return tuple(term for term in self.terms if name in term.indicators)

    def of_codes(self, listed: codes.CodeList) -> tuple[Term, ...]:
        """Terms that explain single codes of a list, in the order of the list."""
        ids = [f"{listed.id}.{code}" for code in listed.values]
        terms = [term for code in ids for term in self.terms if code in term.codes]
        return tuple(dict.fromkeys(terms))

    def of_exhibit(self, exhibit_id: str, facts: Iterable[str]) -> tuple[Term, ...]:
        """Terms that a reader of an exhibit meets: those that name it, else those of its facts."""
        explaining = tuple(term for term in self.terms if exhibit_id in term.exhibits)
        ids = set(facts)
        return explaining or tuple(term for term in self.terms if ids.intersection(term.facts))

    def alphabetical(self, lang: str) -> tuple[tuple[Term, Words], ...]:
        """All terms with their words, from A to Z by the term's own word."""
        worded = ((term, in_words(term, lang)) for term in self.terms)
        return tuple(sorted(worded, key=lambda term_and_words: sort_key(term_and_words[1].term)))


def glossary() -> Glossary:
    """The glossary of the product, read and checked once."""
    return _of_files(FILE, COUNTRY / FILE.name)


@cache
def _of_files(product: Path, country: Path) -> Glossary:
    """The glossary of the product's file and the country's, which may add to its terms.

    Terms that explain a code which the country lacks are left out.
    """
    table, country_table = (
        tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        for path in (product, country)
    )
    index = table["sources"].index(_OF_COUNTRY)
    table["sources"][index : index + 1] = country_table.get("sources", [])
    for name, entry in country_table.get("terms", {}).items():
        table["terms"][name] = table["terms"].get(name, {}) | entry
    absent = {name for name, entry in table["terms"].items() if not _is_here(entry)}
    table["terms"] = {
        name: entry | {"see": [other for other in entry.get("see", ()) if other not in absent]}
        for name, entry in table["terms"].items()
        if name not in absent
    }
    return read(table)


def _is_here(entry: Mapping[str, Any]) -> bool:
    """Whether the country has the codes that a term explains."""
    ids = (code_id.partition(".") for code_id in entry.get("codes", ()))
    return all(
        list_id not in PACK.lists or any(code == entry.code for entry in PACK.lists[list_id])
        for list_id, _, code in ids
    )


def read(table: Mapping[str, Any]) -> Glossary:
    """A glossary from its table.

    Args:
        table: Subjects, sources and terms, as ``glossary.toml`` holds them.

    Raises:
        GlossaryError: If a term names something that does not exist, or has no words.
    """
    terms = tuple(_term(name, entry) for name, entry in table["terms"].items())
    parsed = Glossary(tuple(table["subjects"]), tuple(table["sources"]), terms)
    for term in terms:
        _check(term, parsed)
    return parsed


def in_words(term: Term, lang: str) -> Words:
    """A term in a language; English where that lacks it."""

    def part(name: str) -> str:
        key = f"glossary.terms.{term.id}.{name}"
        return translate(key, lang) if key in phrases(ENGLISH) else ""

    term_name = part("term") or codes.label_of(term.codes[0], lang)
    cited = tuple(cited_in_words(citation, lang) for citation in term.sources)
    return Words(term_name, part("also"), part("definition"), part("not"), cited)


def cited_in_words(citation: Citation, lang: str) -> str:
    """A citation in words: "Palermo Protocol, art. 3 (a)"."""
    name = translate(f"glossary.sources.{citation.source}.name", lang)
    if not citation.article:
        return name
    return translate("glossary.cited", lang, name=name, article=digits(citation.article, lang))


def sort_key(text: str) -> str:
    """What a term is sorted by: its letters without quotation marks, in any case.

    >>> sort_key("“A few”"), sort_key("P-code")
    ('a few', 'p-code')
    """
    return text.strip("“”").casefold()


def _term(name: str, entry: Mapping[str, Any]) -> Term:
    """A term from its id and its entry in the file; GlossaryError for a key that has no meaning."""
    if strange := set(entry) - _KEYS:
        raise GlossaryError(f"{name}: {', '.join(sorted(strange))} means nothing here")

    def listed(key: str) -> tuple[str, ...]:
        return tuple(entry.get(key, ()))

    return Term(
        name,
        entry["subject"],
        tuple(_citation(text) for text in listed("sources")),
        *map(listed, _LISTED),
    )


def _citation(text: str) -> Citation:
    """A citation as it is written: id of a source, then perhaps an article."""
    source, _, article = text.partition(" ")
    return Citation(source, article)


def _check(term: Term, within: Glossary) -> None:
    """Raise GlossaryError if a term names what does not exist, or lacks words or a source."""
    ids = {entry.id for entry in within.terms}
    lists = {entry.id: entry for entry in codes.CODE_LISTS}
    coded = {f"{entry.id}.{code}" for entry in lists.values() for code in entry.values}
    _require_known(term, "subject", (term.subject,), within.subjects)
    _require_known(term, "source", [citation.source for citation in term.sources], within.sources)
    _require_known(term, "term", term.see, ids - {term.id})
    _require_known(term, "filter", term.filters, EXPLAINED_FILTERS)
    _require_known(term, "code list", term.lists, lists)
    _require_known(term, "code", term.codes, coded)
    _require_known(term, "fact", term.facts, {entry.id for entry in FACTS})
    parts = ("definition",) if term.codes else ("term", "definition")
    keys = [f"glossary.terms.{term.id}.{part}" for part in parts]
    _require_known(term, "phrase", keys, phrases(ENGLISH))
    if not term.sources:
        raise GlossaryError(f"{term.id}: names no source")


def _require_known(term: Term, kind: str, ids: Any, existing: Any) -> None:
    """Raise GlossaryError for the first id of a kind that is not among the existing ones."""
    for name in ids:
        if name not in existing:
            raise GlossaryError(f"{term.id}: there is no {kind} {name!r}")
