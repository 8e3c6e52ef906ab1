"""A code and its label are written once, in the registry; whatever needs them reads them there."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from dashboard.exhibits.counts import splits
from dashboard.figures.theme import CLASS_LOOK, TRANSPORT_LOOK
from dashboard.model import codes
from dashboard.model.facts import UNITS
from dashboard.model.languages import digits
from dashboard.model.phrases import Phrase
from dashboard.words.catalogue import own_phrases

LANGUAGES = ("en", "bn")
#: Phrases that are a word of their own, although a code happens to be called the same, and why.
ALLOWED = {
    "shell.level.*": "a level of areas, of which there are more than precisions of a place",
    "*.level_*": "a level of areas, as above",
    "trend.of_*": "a step of time, not how precisely a date is known",
    "quality.coverage.month": "a month of the calendar",
    "glossary.subject.*": "a subject of the glossary, under which many terms stand",
    "shell.page.referrals.*": "the name of a page",
    "access.record.nobody": "somebody who has no account, not what is unknown of a person",
    "glossary.terms.international-protection.term": "a need, which a service answers",
    "referrals.indicators.protection": "a need, as above",
    "shell.bar.people": "a group of filters",
    "meeting.*.un*": "who owns or asks, whatever types of agencies a country has",
    "shell.option.measure_*": "a choice of what is counted, as its menu names it",
}
SMUGGLING_BN, REVIEW_BN = (
    codes.CLASS.label_of(code.code, "bn") for code in (codes.SMUGGLING, codes.UNDER_REVIEW)
)
_QUOTED = re.compile("“([^”]*)”")


def plain(text: str) -> str:
    """A text without what does not tell two labels apart: case, digits, stops, spaces."""
    sentence = digits(unicodedata.normalize("NFC", text), "bn").casefold()
    return " ".join(re.sub(r"[.,:;।()“”]", " ", sentence).split())


def labels(lang: str) -> Iterator[tuple[str, str]]:
    for listed in (*codes.CODE_LISTS, UNITS):
        for code in listed:
            yield f"{listed.id}.{code.code}", plain(listed.label_of(code.code, lang))


LABELS = {lang: tuple(labels(lang)) for lang in LANGUAGES}
PHRASES = {lang: own_phrases(lang) for lang in LANGUAGES}


def wordings(phrase: Phrase) -> set[str]:
    """What a phrase says whole or in quotation marks, in each of its forms."""
    texts = [phrase] if isinstance(phrase, str) else list(phrase.values())
    return {plain(part) for text in texts for part in (text, *_QUOTED.findall(text))}


def repeated(phrases: dict[str, Phrase]) -> set[str]:
    """Codes whose label a phrase repeats, given the phrase in each language.

    One word alone may be the same by chance, so it counts where both languages agree on it.
    """
    worded = {lang: wordings(phrase) for lang, phrase in phrases.items()}
    same = {
        lang: {(code, label) for code, label in LABELS[lang] if label in worded[lang]}
        for lang in phrases
    }
    either = {code for found in same.values() for code, label in found if " " in label}
    return either | set.intersection(*({code for code, _ in found} for found in same.values()))


def repeating() -> dict[str, set[str]]:
    """Codes by the phrase that repeats their label."""
    found = {
        key: repeated({lang: PHRASES[lang][key] for lang in LANGUAGES if key in PHRASES[lang]})
        for key in PHRASES["en"]
    }
    return {key: names for key, names in found.items() if names}


def test_no_phrase_repeats_the_label_of_a_code() -> None:
    faults = {
        key: sorted(names)
        for key, names in repeating().items()
        if not any(fnmatch(key, pattern) for pattern in ALLOWED)
    }
    assert faults == {}, "write {@list.code}, or take the label from the registry"


def test_no_exception_is_left_that_nothing_needs() -> None:
    needed = repeating()
    assert [p for p in ALLOWED if not any(fnmatch(key, p) for key in needed)] == []


@pytest.mark.parametrize(("english", "bangla", "repeats"), [
    (codes.SMUGGLING.en, "চোরাচালান", True),  # several words, in one language
    ("Smuggling", SMUGGLING_BN, True),
    (
        f"See “{codes.UNDER_REVIEW.en.lower()}”.",
        f"“{codes.CLASS.label_of(codes.UNDER_REVIEW.code, 'bn')}” দেখুন।",
        True,
    ),
    ("Servitude", "দাসত্বসদৃশ সেবা", True),
    ("{@class.smuggling}", "{@class.smuggling}", False),
    ("Transport", "পরিবহন", False),  # one word, in one language only
    (
        f"{codes.SMUGGLING.en} is a crime",
        f"{codes.CLASS.label_of('smuggling', 'bn')} একটি অপরাধ",
        False,
    ),  # prose
])  # fmt: skip
def test_a_repetition_is_found(english: str, bangla: str, repeats: bool) -> None:
    assert bool(repeated({"en": english, "bn": bangla})) is repeats


# --- class codes ---------------------------------------------------------------------------------

ROOT = Path(__file__).parents[2]
REGISTRY = ROOT / "src" / "dashboard" / "model" / "codes"
STYLES = ROOT / "assets" / "css"
#: ``other`` is a code of many lists, so where it stands tells nothing.
CLASSES = {*codes.CLASS.values, *codes.CLASS_GROUP_OR_MIXED.values} - {codes.OTHER_CLASSES.code}
#: Figures are split into parts that have names of their own, see ``splits``; some are those of
#: codes, and these rooms speak of parts.
PARTS_IN = ("src/dashboard/exhibits", "src/dashboard/figures")


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a program with its line, without what only people read."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    read = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in read:
            yield node.lineno, node.value


def written_in(path: Path, names: set[str]) -> list[str]:
    """Where a program writes one of these codes: alone, or in quotes as SQL does."""
    quoted = re.compile("'(" + "|".join(sorted(names)) + ")'")
    return [
        f"{path.relative_to(ROOT)}:{line} {text.strip()[:60]}"
        for line, text in texts_of(path)
        if text in names or quoted.search(text)
    ]


def test_no_program_writes_the_code_of_a_class() -> None:
    faults: list[str] = []
    for path in sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "etl").rglob("*.py")]):
        if path.is_relative_to(REGISTRY):
            continue
        parts = any(path.is_relative_to(ROOT / room) for room in PARTS_IN)
        faults += written_in(path, CLASSES - set(splits.PARTS) if parts else CLASSES)
    assert faults == [], "ask the registry: codes.UNDER_REVIEW.code"


def test_no_script_or_style_writes_the_code_of_a_class() -> None:
    written_out = re.compile(r"\b(" + "|".join(sorted(CLASSES - set(splits.PARTS))) + r")\b")
    paths = [*(ROOT / "assets" / "js").rglob("*.js"), *STYLES.glob("*.css")]
    assert len(paths) > 20
    assert [p.name for p in paths if written_out.search(p.read_text(encoding="utf-8"))] == []


def test_every_transport_has_a_look_and_its_phrase_on_the_map() -> None:
    known = set(codes.MODE.values) - {"unknown"}
    assert known <= set(TRANSPORT_LOOK), "a map of flows fails in the browser without one"
    for lang in ("en", "bn"):
        assert {f"routes.line_mode_{code}" for code in known} <= set(own_phrases(lang))


def test_every_class_and_every_part_has_a_look_and_no_style_is_for_what_is_none() -> None:
    assert {*codes.CLASS_GROUP_OR_MIXED.values, *splits.PARTS} <= set(CLASS_LOOK)
    styled = {
        name
        for path in STYLES.glob("*.css")
        for name in re.findall(r"\.rank-part--([a-z_]+)", path.read_text(encoding="utf-8"))
    }
    assert styled == {*splits.PARTS, "all"}
