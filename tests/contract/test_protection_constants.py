"""The numbers of protection stand in ``dashboard.model.protection`` and nowhere else."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dashboard.model import protection
from dashboard.model.facts import FACTS
from dashboard.words.catalogue import own_phrases

ROOT = Path(__file__).parents[2]
HOME = ROOT / "src" / "dashboard" / "model" / "protection.py"
FILES = [
    path
    for folder in ("src", "etl")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != HOME
]
#: What one of these names is called, a literal beside it would be a second home of its number.
NAMES = (
    "base", "public_factor", "exact_partners", "exact_share", "exact_remainder", "holders",
    "public_holders", "few_bases", "days_to_close",
)  # fmt: skip


def about(node: ast.AST) -> str | None:
    """The name that an expression speaks of, in small letters; None for another one."""
    if isinstance(node, ast.Call):
        return about(node.func)
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
    return name.lower().strip("_") if isinstance(name, str) else None


def is_number(node: ast.AST | None) -> bool:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    )


def choices(node: ast.AST) -> tuple[ast.AST, ...]:
    """What an expression may come to: both ends of a choice, else itself."""
    return (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)


def literals(tree: ast.AST) -> Iterator[int]:
    """Lines in which a base, or another number of protection, meets a literal."""
    for node in ast.walk(tree):
        pairs: list[tuple[ast.AST, ast.AST | None]] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            both = ((node.left, node.right), (node.right, node.left))
            pairs = [(named, value) for named, other in both for value in choices(other)]
        elif isinstance(node, ast.Compare):
            pairs = [(node.left, other) for other in node.comparators]
        elif isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign):
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.keyword) and node.arg in NAMES:
            pairs = [(ast.Name(node.arg), node.value)]
        for named, value in pairs:
            if about(named) in NAMES and is_number(value):
                yield getattr(node, "lineno", getattr(value, "lineno", 0))


@pytest.mark.parametrize("line", [
    "x = 2 * base", "x = self._base * 2", "x = 2.0 * view.base(fact)",
    "x = fact.base * (2 if public else 1)", "if base == 1: pass", "PUBLIC_FACTOR = 2",
    "BASE: int = 5", "Fact('people', base=5)", "if release.base('people') > 1: pass",
])  # fmt: skip
def test_the_search_finds_a_literal(line: str) -> None:
    assert list(literals(ast.parse(line)))


def test_no_other_file_holds_a_number_of_protection() -> None:
    assert len(FILES) > 200
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in FILES
        for line in literals(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_every_fact_takes_one_of_the_two_bases() -> None:
    assert {fact.base for fact in FACTS} == {protection.BASE, protection.WIDE_BASE}


#: All phrases of both languages, after one constant of the model was changed before they were read.
_PHRASES = """
import json, sys
from dashboard.model import protection
changed = json.loads(sys.argv[1])
assert all(hasattr(protection, name) for name in changed)
vars(protection).update(changed)
from dashboard.words.catalogue import phrases
print(json.dumps({lang: dict(phrases(lang)) for lang in ("en", "bn")}))
"""
_UNIT, _FEW, _SHARE = (f"glossary.terms.{term}.definition" for term in ("unit", "a-few", "share"))
_EXACT = "glossary.terms.exact-total.definition"


@cache
def phrases_with(changed: str) -> dict[str, dict[str, object]]:
    """All phrases by language, with some constants changed."""
    words = [sys.executable, "-c", _PHRASES, changed]
    said = subprocess.run(words, capture_output=True, check=True, text=True, encoding="utf-8")  # noqa: S603
    return json.loads(said.stdout)


@pytest.mark.parametrize(("constant", "value", "sentences"), [
    ("EXACT_PARTNERS", 4, {"methods.exact.text", _EXACT}),
    ("NOISE_BASES", 3, {"methods.small.text", "shared.note.ranges", _FEW}),
    ("PUBLIC_FACTOR", 3, {"methods.short.units_text", _UNIT}),
    ("WIDE_BASE", 12, {"methods.short.units_text", _UNIT, _FEW}),
    ("BASE", 7, {"methods.short.units_text", "methods.why.units", "access.sign_off.coarse",
                 _UNIT, _FEW}),
    ("SHARE_BASES", 5, {"methods.small.text", _SHARE}),
    ("FEWEST_FOR_WHOLE_PERCENT", 200, {"methods.small.text", _SHARE}),
    ("COARSE_STEP", 10, {"methods.small.text", _SHARE}),
    ("TOLD_BY_PUBLIC", 80, {"methods.risk.more"}),
])  # fmt: skip
def test_every_sentence_that_says_a_constant_follows_it_in_both_languages(
    constant: str, value: int, sentences: set[str]
) -> None:
    before, after = phrases_with("{}"), phrases_with(json.dumps({constant: value}))
    for lang in ("en", "bn"):
        assert {key for key, text in after[lang].items() if text != before[lang][key]} == sentences


#: Bounds that phrases say themselves: of no rule of protection.
_OWN_BOUNDS = {
    "glossary.terms.several-answers.definition": "several answers of one add up to more than all",
    "glossary.terms.waiting.definition": "nothing is below nothing",
    "access.problem.no_name": "letters of a name", "report.page.full": "figures of a report",
    "referrals.pathway.note": "as above", "meeting.fault.day": "how far back a meeting may look",
    "meeting.fault.day_before": "as above",
    "referrals.bottlenecks.took_over_30": "a code of how long a service took",
}  # fmt: skip
_BOUND = re.compile(
    r"(?:at least|at most|fewer than|less than|below|up to|more than|steps? of) "
    r"(?:two|three|four|five|six|seven|eight|nine|ten|twice|[0-9])"
)


def test_no_phrase_says_a_bound_that_could_be_one_of_protection() -> None:
    found = {key for key, phrase in own_phrases("en").items() if _BOUND.search(str(phrase))}
    assert found == set(_OWN_BOUNDS), "a number of protection is {=name}, see words/catalogue.py"


def test_what_is_said_as_most_of_a_total_is_more_than_half_of_it() -> None:
    assert 0.5 <= protection.EXACT_SHARE < 1
