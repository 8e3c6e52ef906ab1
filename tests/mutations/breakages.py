"""Breakages of the product: one operator, constant, condition or answer of one module turned.

The same seed draws the same breakages of the same source, from every folder by its lines.
"""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

#: What each operator becomes; an edge that moves by one is the kind that reviews overlook.
_TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
}  # fmt: skip
#: Options that change nothing until another mistake is made.
_GUARDS = {"frozen", "strict"}


@dataclass(frozen=True)
class Breakage:
    """One change of one module.

    Attributes:
        path: The module, from the root of the repository.
        line, column: Where the change begins, in bytes of its line.
        was: Source that is replaced.
        becomes: Source that stands there instead.
        text: The whole broken module.
    """

    path: Path
    line: int
    column: int
    was: str
    becomes: str
    text: str

    @property
    def told(self) -> str:
        """One line about it."""
        short = [" ".join(part.split())[:70] for part in (self.was, self.becomes)]
        return f"{self.path}:{self.line}:{self.column}: {short[0]} -> {short[1]}"


def drawn(root: Path, number: int, seed: int) -> list[Breakage]:
    """Breakages of the product, each folder's share by the lines of its modules."""
    rng = random.Random(seed)
    modules: dict[Path, list[Path]] = {}
    for path in sorted([*(root / "src").rglob("*.py"), *(root / "etl").rglob("*.py")]):
        modules.setdefault(path.parent, []).append(path)
    lines = [sum(map(_lines, paths)) for paths in modules.values()]
    found: dict[str, Breakage] = {}
    while len(found) < number:
        (paths,) = rng.choices([*modules.values()], weights=lines)
        (path,) = rng.choices(paths, weights=[_lines(path) + 1 for path in paths])
        if possible := [*breakages(path.read_text(encoding="utf-8"), path.relative_to(root))]:
            one = rng.choice(possible)
            found[one.told] = one
    return [*found.values()]


def breakages(source: str, path: Path) -> Iterator[Breakage]:
    """Every breakage of a module that still compiles."""
    tree = ast.parse(source)
    told = {id(node) for owner in ast.walk(tree) for node in _said(owner)}
    starts = [0]
    for line in source.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in ast.walk(tree):
        if id(node) in told:
            continue
        for other in _turned(node):
            begin = starts[node.lineno - 1] + node.col_offset
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            raw, becomes = source.encode(), ast.unparse(other)
            if isinstance(node, ast.expr):
                becomes = f"({becomes})"
            text = (raw[:begin] + becomes.encode() + raw[end:]).decode()
            place = path, node.lineno, node.col_offset
            yield Breakage(*place, raw[begin:end].decode(), becomes, text)


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def _said(owner: ast.AST) -> Iterator[ast.AST]:
    """What computes nothing: annotations, guards, texts of f-strings, which are no constants."""
    for name in ("annotation", "returns"):
        if annotation := getattr(owner, name, None):
            yield from ast.walk(annotation)
    if isinstance(owner, ast.keyword) and owner.arg in _GUARDS:
        yield owner.value
    if isinstance(owner, ast.JoinedStr):
        for part in owner.values:
            yield from ast.walk(part)


def _turned(node: ast.AST) -> Sequence[ast.AST]:
    """What a part of the tree may become."""
    if isinstance(node, ast.Compare):
        return [_with(node, ops=[_TURNED[type(node.ops[0])](), *node.ops[1:]])]
    if isinstance(node, ast.BoolOp):
        return [_with(node, op=_TURNED[type(node.op)]())]
    if isinstance(node, ast.BinOp) and type(node.op) in _TURNED:
        return [_with(node, op=_TURNED[type(node.op)]())]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        return [ast.Constant(not node.value)]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return [ast.Constant(node.value + 1)]
    if isinstance(node, ast.IfExp):
        return [_with(node, body=node.orelse, orelse=node.body)]
    if isinstance(node, ast.Return) and node.value is not None and not _empty(node.value):
        return [_with(node, value=ast.Constant(None))]
    return []


def _with(node: ast.AST, **changed: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    return other


def _empty(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
