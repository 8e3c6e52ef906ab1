"""Both languages say the same things: no phrase is missing, none is forgotten to be asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import exhibits
from dashboard.answers import _counts
from dashboard.components import exhibit_card
from dashboard.components.filter_bar import filter_bar
from dashboard.components.filter_status import status, summaries
from dashboard.components.shell import WRITTEN, shell
from dashboard.exhibits.registry import available_options, definitions, read_view_query, render
from dashboard.model import codes
from dashboard.model.facts import FACTS, UNITS
from dashboard.model.phrases import Phrase, placeholders
from dashboard.pages.arrange import arranged
from dashboard.release.open_release import Release
from dashboard.words import catalogue
from dashboard.words.catalogue import own_phrases, translate
from tests.support.fragments import texts, values
from tests.support.pages import PAGES

SOURCE = Path(catalogue.__file__).parents[1]
ENGLISH, BANGLA = own_phrases("en"), own_phrases("bn")
BOTH = sorted(set(ENGLISH) & set(BANGLA))
exhibits.load()

#: Names that Bangla writes in Latin letters: of files, standards, programs, sources and codes.
NAMES = {
    "BD", "CC", "BY", "COD-AB", "CSV", "CTDC", "Excel", "GeoJSON", "GeoPackage", "HTCDS", "HXL",
    "IC-TIP", "JSON", "Langsrud", "Heldal", "PNG", "PowerPoint", "Primero", "QGIS", "SVG",
    "Word", "XVIII", "ZIP",
}  # fmt: skip
#: Titles of works and addresses of the glossary's sources stay in their own language.
WORKS = re.compile(r"glossary\.sources\..*\.(full|address)|methods\.sources\..*")
#: What Bangla says without the word that English needs, and why.
WORDLESS = {"numbers.percent_of": "a part stands before its whole, without an “of”"}
_LATIN = re.compile(r"[A-Za-z][A-Za-z-]+")
_BENGALI = re.compile(r"[\u0980-\u09ff]")


def forms(phrase: Phrase) -> Mapping[str, str]:
    return {"": phrase} if isinstance(phrase, str) else phrase


def _values(text: str) -> set[str]:
    """What a phrase puts in but a number and what the pack calls its own."""
    own = re.compile("@(?:country|language|(?i:levels?)[.].*)")
    return {name for name in placeholders(text) - {"n"} if not own.fullmatch(name)}


def bare(text: str) -> str:
    """A phrase without its placeholders."""
    return re.sub(r"\{[^}]*\}", " ", text)


def test_both_languages_have_the_same_phrases() -> None:
    assert sorted(set(ENGLISH) - set(BANGLA)) == [], "the pack's words/bn lacks these"
    assert sorted(set(BANGLA) - set(ENGLISH)) == [], "nobody says these any more"


def test_a_phrase_has_the_same_forms_in_both() -> None:
    assert [key for key in BOTH if set(forms(ENGLISH[key])) != set(forms(BANGLA[key]))] == []


def test_a_phrase_has_the_same_values_in_both() -> None:
    """A language may say one person without the number that stands for one."""
    differing = {
        key: odd
        for key in BOTH
        for form, text in forms(ENGLISH[key]).items()
        if (odd := _values(text) ^ _values(forms(BANGLA[key]).get(form, "")))
    }
    assert differing == {}


def test_no_phrase_keeps_a_word_of_english() -> None:
    kept = {
        key: words
        for key in BOTH
        if not WORKS.fullmatch(key)
        for text in forms(BANGLA[key]).values()
        if (words := set(_LATIN.findall(bare(text))) - NAMES)
    }
    assert kept == {}


def test_no_phrase_lost_its_words() -> None:
    lost = {
        key: text
        for key in BOTH
        if key not in WORDLESS
        and not WORKS.fullmatch(key)
        and _LATIN.search(bare("".join(forms(ENGLISH[key]).values())))
        for text in forms(BANGLA[key]).values()
        if text not in NAMES and not _BENGALI.search(text) and not _LATIN.search(bare(text))
    }
    assert lost == {}


def test_every_label_of_the_registry_is_in_both_languages() -> None:
    unlabelled = [
        f"{fact.id}.{field.name}"
        for fact in FACTS
        for field in (fact.time, *fact.dimensions)
        if not _BENGALI.search(field.label_in("bn"))
    ]
    unlabelled += [fact.id for fact in FACTS if not _BENGALI.search(fact.label_in("bn"))]
    unlabelled += [
        f"{listed.id}.{code.code}"
        for listed in (*codes.CODE_LISTS, UNITS)
        for code in listed
        if not code.local
    ]
    assert unlabelled == []


def programs(*rooms: str) -> Iterator[tuple[Path, ast.AST]]:
    """Every node of every program of some rooms, or of all."""
    for folder in [SOURCE / room for room in rooms] or [SOURCE]:
        for path in sorted(folder.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.relative_to(SOURCE), node


def test_whoever_says_something_says_in_which_language() -> None:
    calls = [
        (f"{path}:{node.lineno}", node.args)
        for path, node in programs()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "translate"
    ]
    assert len(calls) > 100
    assert [where for where, given in calls if len(given) != 2] == [], (
        "say something in no language"
    )
    constant = [where for where, given in calls if isinstance(given[1], ast.Constant)]
    assert constant == [], "always speak one language"


ROOMS = ("words", "components", "pages", "exhibits", "figures", "exports")


def test_no_language_is_taken_for_granted() -> None:
    granted = [
        f"{path}: {node.name}"
        for path, node in programs(*ROOMS)
        if isinstance(node, ast.FunctionDef)
        for argument, default in zip(
            [*node.args.args, *node.args.kwonlyargs][::-1],
            [*node.args.defaults, *node.args.kw_defaults][::-1],
            strict=False,
        )
        if argument.arg == "lang" and default
    ]
    assert granted == []


# --- what a reader of Bangla meets ---------------------------------------------------------------

#: Properties of components that a reader sees or hears.
_READ = ("children", "title", "placeholder", "aria-label", "alt", "label", "labels", "options")
#: What may stand in Latin letters on a page in Bangla besides NAMES: codes and the way to English.
_CODES = re.compile(
    r"^(EN|English|[A-Z]{2,3}[0-9-]*|[a-z0-9_.:/-]+|BD\d+(; BD\d+)*|CXB-[A-Z0-9-]+"
    r"|BHASAN-CHAR|\d{1,2}[EWX]|SEA-[A-Z]{3}|\d{4}-(\d{2}|Q[1-4])[\w:. -]*)$"
)


def said(node: Any) -> Iterator[str]:
    """Every text of a layout that somebody reads."""
    if isinstance(node, str):
        yield from read(node) if isinstance(node, Markup) else (node,)
    elif isinstance(node, list | tuple):
        for child in node:
            yield from said(child)
    elif isinstance(node, dict):
        for name, value in node.items():
            if name not in ("value", "search", "id"):
                yield from said(value)
    elif isinstance(node, Component):
        own = node.to_plotly_json()["props"]
        yield from said([own.get(name) for name in _READ])
        yield from read(own.get(WRITTEN, ""))


def read(written: str) -> Iterator[str]:
    """Every text of HTML that somebody reads."""
    yield from texts(written)
    for name in _READ:
        yield from values(written, name)


def english(texts: Iterator[str]) -> list[str]:
    """Texts that hold a word of English."""
    found = []
    for text in texts:
        words = set(_LATIN.findall(text)) - NAMES
        if words and not _CODES.match(text.strip()):
            found.append(text)
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_in_bangla_has_no_word_of_english(page: Any) -> None:
    own = sources_of_the_glossary()
    assert [t for t in english(said(arranged(page, "bn-beng"))) if t not in own] == []


def sources_of_the_glossary() -> set[str]:
    """Titles of works and addresses as Bangla says them."""
    return {translate(key, "bn-beng") for key in BANGLA if WORKS.fullmatch(key)}


def test_what_surrounds_a_page_is_in_bangla(protected: Release) -> None:
    reading = read_view_query("lang=bn-beng&sex=female&foo=1", protected, lambda _: False)
    bar, counts = filter_bar(protected, "bn-beng"), _counts(reading, protected)
    frame = shell([], protected, bar, {}, {}, "bn-beng")
    status_line = status(protected, reading, counts)
    texts = said([frame, status_line, list(summaries(protected, reading).values())])
    known = {"foo", protected.id, "Esc"}
    assert [t for t in english(texts) if not known & set(re.findall(r"\w+", t))] == []


#: Where figures keep what a reader reads.
_DRAWN = ("text", "hovertext", "name", "ticktext", "label", "said", "change", "sentence", "sure",
          "lines", "title", "emphasis", "notice")  # fmt: skip


def drawn(figure: Any, key: str = "") -> Iterator[str]:
    """Texts of a figure, wherever in it."""
    if isinstance(figure, str):
        if key in _DRAWN:
            yield re.sub(r"<[^>]+>", " ", figure)
    elif isinstance(figure, Mapping):
        for name, value in figure.items():
            if name != "inks":  # colours by what they are for
                yield from drawn(value, str(name))
    elif isinstance(figure, list | tuple):
        for value in figure:
            yield from drawn(value, key)


@pytest.mark.parametrize("exhibit_id", [entry.id for entry in definitions()])
@pytest.mark.parametrize(
    "query",
    ["", "&compare=none&class=trafficking&area=BD2022&period=2026-01"],
    ids=["all", "narrow"],
)
def test_an_exhibit_in_bangla_has_no_word_and_no_digit_of_english(
    exhibit_id: str, query: str, protected: Release
) -> None:
    reading = read_view_query(f"lang=bn-beng{query}", protected, lambda _: False)
    found = render(exhibit_id, reading, protected)
    options = next(
        available_options(entry, protected) for entry in definitions() if entry.id == exhibit_id
    )
    parts = exhibit_card.card_parts(found, reading, options, 1, "file", table=True)
    own = re.compile("|".join(map(re.escape, operators_words(protected))))
    texts = [*said(list(parts.values())), *drawn(found.figure or {}), found.description]
    texts = [own.sub("", text) for text in texts]
    assert english(iter(texts)) == []
    assert [t for t in texts if re.search(r"[0-9]", t) and not _CODES.match(t.strip())] == []


def operators_words(release: Release) -> tuple[str, ...]:
    """What the operator wrote into an edition, in whatever language."""
    edition = release.edition
    return edition.release_id, edition.title, edition.source_note, edition.approved_by
