"""The one place where components become HTML text, and so the one place that escapes.

What stands on a page is written here and put in place by ``assets/js/answers.js``: a tree of some
thousand components that listen to nothing would be asked at every change. Only parts of
``dash.html`` can be written, with the attributes listed here; what listens to callbacks stands in
the shell and is no fragment. The one control is ``dbc.Input``, a field that scripts of a page read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Any

from dash.development.base_component import Component

#: Elements of ``dash.html`` that a fragment may hold; nothing that runs, frames or sends.
TAGS = frozenset(
    {
        "A", "Abbr", "B", "Br", "Code", "Em", "I", "Img", "Kbd", "S", "Small", "Span", "Strong",
        "Sub", "Sup",
        "Article", "Div", "Footer", "H1", "H2", "H3", "H4", "Header", "Hr", "Main", "Nav", "P",
        "Section",
        "Button", "Details", "Dialog", "Label", "Legend", "Summary",
        "Dd", "Dl", "Dt", "Figcaption", "Figure", "Li", "Ol", "Ul",
        "Caption", "Table", "Tbody", "Td", "Tfoot", "Th", "Thead", "Tr",
    }
)  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "input"})
#: The field of dash-bootstrap-components as its script makes it: an element and its class.
_FIELD = ("dash_bootstrap_components", "Input", "form-control")
#: Attributes by the name of their property.
_TEXT = {
    **{name: name for name in ("alt", "download", "href", "id", "placeholder", "role", "scope")},
    **{name: name for name in ("src", "title", "type", "lang", "dir", "name")},
    "autocomplete": "autocomplete",
    "className": "class",
    "colSpan": "colspan",
    "hrefLang": "hreflang",
    "htmlFor": "for",
    "rowSpan": "rowspan",
    "tabIndex": "tabindex",
}
#: Attributes in which no word of a reader can stand, so what they say may be remembered.
_OURS = frozenset({"className", "type", "role", "scope"})
_SWITCHES = frozenset({"disabled", "hidden", "open"})
_ADDRESSES = frozenset({"href", "src"})
_NAMED = re.compile(r"(?:data|aria)-[a-z][a-z0-9-]*")
#: Addresses inside the product, and pages of others that a reader may go to. A browser reads a
#: backslash as a slash and passes over tabs and line ends, so neither makes another host's address.
_ADDRESS = re.compile(r"(?:https://|/(?![/\\])|\?|#|\Z)[^\x00-\x1f\x7f]*")
#: Own pictures, as the example of the methods page holds them.
_PICTURE = re.compile(r"data:image/svg\+xml[;,]")
_CAPITAL = re.compile("[A-Z]")
#: What a style may say: a length, a share, a number, a word.
_VALUE = re.compile(r"[\w.%-]+")
#: What Dash keeps on each component beside its attributes, and what is written by itself.
_ELSEWHERE = frozenset(
    {"available_properties", "available_wildcard_properties", "children", "style"}
)


def markup(part: Any) -> str:
    """A part of a page as HTML text.

    Args:
        part: A component of ``dash.html``, text, a number, None, or a sequence of such.

    Raises:
        TypeError: a part, an attribute or a value that no fragment holds.
        ValueError: an address that leads neither into the product nor to a page by https.

    >>> from dash import html
    >>> markup(html.P(["5 < 6 ", html.Strong("so")], className="lead"))
    '<p class="lead">5 &lt; 6 <strong>so</strong></p>'
    """
    pieces: list[str] = []
    _write(part, pieces)
    return "".join(pieces)


def _write(part: Any, pieces: list[str]) -> None:
    if part is None:
        return
    if isinstance(part, str):
        pieces.append(escape(part))
    elif isinstance(part, list | tuple):
        for child in part:
            _write(child, pieces)
    elif _is_component(type(part)):
        _element(part, pieces)
    elif isinstance(part, int | float) and not isinstance(part, bool):
        pieces.append(str(part))
    else:
        raise TypeError(f"a page holds no {type(part).__name__}: {part!r}")


def _element(part: Component, pieces: list[str]) -> None:
    kind = part._type
    tag, opening = _opening(part._namespace, kind)
    own = vars(part)
    if opening != tag and own.get("className"):
        raise TypeError("the field has the class that dash-bootstrap-components gives it")
    pieces.append(f"<{opening}")
    for name, value in own.items():
        if value is not None and name not in _ELSEWHERE and not name.startswith("_"):
            written = _known_attribute if name in _OURS and type(value) is str else _attribute
            pieces.append(written(kind, name, value))
    style = own.get("style")
    if style:
        pieces.append(f' style="{escape(_declarations(style))}"')
    pieces.append(">")
    children = own.get("children")
    if tag in _VOID:
        if children is not None:
            raise TypeError(f"<{tag}> holds nothing")
        return
    _write(children, pieces)
    pieces.append(f"</{tag}>")


@lru_cache(maxsize=256)
def _is_component(kind: type) -> bool:
    """Whether instances are components; of a class that Dash makes abstract, asking takes long."""
    return issubclass(kind, Component)


@lru_cache(maxsize=128)
def _opening(namespace: str, kind: str) -> tuple[str, str]:
    """The tag of a kind of element, and what each begins with."""
    if (namespace, kind) == _FIELD[:2]:
        return kind.lower(), f'{kind.lower()} class="{_FIELD[2]}"'
    if namespace != "dash_html_components" or kind not in TAGS:
        raise TypeError(f"a fragment holds no {namespace}.{kind}")
    return kind.lower(), kind.lower()


def _attribute(kind: str, name: str, value: Any) -> str:
    """An attribute of a kind of element as HTML has it."""
    if name in _SWITCHES:
        if not isinstance(value, bool):
            raise TypeError(f"{name} of <{kind}> is on or off, not {value!r}")
        return f" {name}" if value else ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"{name} of <{kind}> is no text: {value!r}")
    written = _written(name)
    if written is None:
        raise TypeError(f"no fragment has the attribute {name} of <{kind}>")
    text = str(value)
    if written in _ADDRESSES and not _is_address(kind, text):
        raise ValueError(f"no address of a page: {text!r}")
    return f' {written}="{escape(text)}"'


#: Most of what these say is said hundreds of times on a page.
_known_attribute = lru_cache(maxsize=1024)(_attribute)


@lru_cache(maxsize=256)
def _written(name: str) -> str | None:
    """The name of an attribute as HTML has it, or None for one that no fragment has."""
    return _TEXT.get(name) or (name if _NAMED.fullmatch(name) else None)


def _is_address(kind: str, text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text) or (kind == "Img" and _PICTURE.match(text)))


def _declarations(style: Mapping[str, str | int | float]) -> str:
    for name, value in style.items():
        if not _VALUE.fullmatch(name) or not _VALUE.fullmatch(str(value)):
            raise ValueError(f"no style of a fragment: {name}: {value}")
    return ";".join(f"{_property(name)}:{value}" for name, value in style.items())


@lru_cache(maxsize=64)
def _property(name: str) -> str:
    """The name of a property of style as a browser reads it."""
    return _CAPITAL.sub(lambda found: f"-{found[0].lower()}", name)
