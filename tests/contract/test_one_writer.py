"""All HTML is written by templates: no program puts tags together, no template trusts a value."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.served import ROOT

PROGRAMS = sorted(path for room in ("src", "etl", "tools") for path in (ROOT / room).rglob("*.py"))
TEMPLATES = sorted(
    path for path in (*ROOT.glob("src/**/*.html"), *ROOT.glob("etl/**/*.html")) if path.is_file()
)
#: Where tags stand in programs and are no HTML of the product.
OTHERS = {
    "src/dashboard/delivery.py",  # patterns that find what Dash writes
    "src/dashboard/exports/plotly",  # labels of plotly, which reads a few tags
    "src/dashboard/figures",
    "src/dashboard/report/picture.py",  # SVG
}
#: Where text is said to be written already, how often, and why it is.
TRUSTED = {
    "etl/page.py": 1,  # the style sheet of its pages
    "src/dashboard/access/pages/frame.py": 1,  # what a template wrote
    "src/dashboard/access/pages/own.py": 1,  # a QR code as SVG
    "src/dashboard/analyst/asked_exhibit.py": 1,  # a table of pandas, which escapes
    "src/dashboard/application.py": 1,  # what Dash writes of a page
    "src/dashboard/components/writer.py": 1,  # what a template wrote
}
_ELEMENTS = (
    "a|article|b|body|br|button|caption|code|dd|details|dialog|div|dl|dt|em|figure|footer|form|h[1-6]"
    "|head|header|html|i|iframe|img|input|kbd|label|li|link|main|meta|nav|ol|option|p|rect|script"
    "|section|select|small|span|strong|style|summary|svg|table|tbody|td|textarea|th|thead|title|tr"
    "|ul"
)
#: The beginning of an element, or its end; parts of routes, as "/<link>", are none.
TAG = re.compile(rf"(?<!/)</?(?:{_ELEMENTS})(?=[\s>/]|\Z)|<!doctype html", re.IGNORECASE)
#: Templates of forms, whose ways flask and the pages themselves make.
_ADDRESSED = re.compile(r"/(?:access|meeting)/templates/")
_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
#: An element of a template whose expressions are written as X: attributes in quotes, or ready.
_WHOLE = re.compile(r'<[a-zX][\w]*(?:\s+[a-z][\w:-]*(?:="[^"]*")?|\s*X)*\s*>')


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tags(path: Path) -> list[str]:
    """Texts of a program that hold a tag; its documentation says what it likes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    told = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, documented)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return [t for t in texts if isinstance(t, str) and t not in told and TAG.search(t)]


def test_no_program_puts_tags_together() -> None:
    found = {name_of(path) for path in PROGRAMS if tags(path)}
    where = {other: {name for name in found if name.startswith(other)} for other in OTHERS}
    assert found - set().union(*where.values()) == set(), "write it in a template"
    assert [other for other, names in where.items() if not names] == []


def test_a_tag_in_a_program_is_found(tmp_path: Path) -> None:
    wrong = ('x = f"<p>{y}"', 'x = "".join(["</td", ">"])', "x = '<SPAN class=' + y")
    for line in wrong:
        (tmp_path / "a.py").write_text(line, encoding="utf-8")
        assert tags(tmp_path / "a.py"), line
    (tmp_path / "a.py").write_text('"""<p>"""\nx = "a < b > c"\ny = "/x/<link>"', encoding="utf-8")
    assert tags(tmp_path / "a.py") == []


def test_what_is_called_written_already_is_counted() -> None:
    calls = {name_of(p): p.read_text(encoding="utf-8").count("Markup(") for p in PROGRAMS}
    assert {name: number for name, number in calls.items() if number} == TRUSTED


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_trusts_no_value(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(?:safe|tojson|forceescape)\b|\bautoescape\b", text)
    if not _ADDRESSED.search(name_of(path)):
        for name, expression in re.findall(r'\b(href|src|action)="\{\{(.*?)\}\}', text, re.DOTALL):
            assert expression.rstrip().endswith("|address"), f"{name}={expression}"
    for style in re.findall(r'style="((?:[^"{]|\{\{.*?\}\})*)"', text, re.DOTALL):
        for expression in _EXPRESSION.findall(style):
            assert re.search(r"\|(?:share(?:\(\d\))?|int) \}\}\Z", expression), expression


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_what_a_template_puts_into_an_element_stands_in_quotes(path: Path) -> None:
    text = _EXPRESSION.sub("X", path.read_text(encoding="utf-8"))
    plain = re.sub(r"<style>.*?</style>", "", _STATEMENT.sub(" ", text), flags=re.DOTALL)
    elements = re.findall(r"<[a-zX](?:\"[^\"]*\"|[^<>\"])*>", plain)
    assert [each for each in elements if not _WHOLE.fullmatch(each)] == []
    assert not re.search(r"<(?:iframe|object|embed|base|svg|math)\b|<[^>]*\son\w+=", plain)
    scripts = {"access/frame.html", "dashboard/templates/index.html"}
    assert "<script" not in plain or any(name_of(path).endswith(name) for name in scripts)


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 90
