"""The numbers of protection stand in ``dashboard.model.protection`` and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.model import protection
from dashboard.model.facts import FACTS

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
    "base",
    "public_factor",
    "exact_partners",
    "exact_share",
    "exact_remainder",
    "holders",
    "public_holders",
    "few_bases",
    "days_to_close",
)


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


@pytest.mark.parametrize(
    "line",
    [
        "x = 2 * base",
        "x = self._base * 2",
        "x = 2.0 * view.base(fact)",
        "x = fact.base * (2 if public else 1)",
        "if base == 1: pass",
        "PUBLIC_FACTOR = 2",
        "BASE: int = 5",
        "Fact('people', base=5)",
        "if release.base('people') > 1: pass",
    ],
)
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
