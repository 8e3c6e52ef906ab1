"""Fragments of HTML as a browser would read them: a tree of elements and text.

Only what is written whole is read: an element that nobody closes, or that is closed twice, is an
error here, where a browser would guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that hold nothing and are not closed.
VOID = frozenset({"br", "hr", "img", "input"})


@dataclass
class Element:
    """One element: its name, its attributes, and what it holds from first to last."""

    tag: str
    attributes: dict[str, str | None]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Its classes in the order written."""
        return (self.attributes.get("class") or "").split()


#: What a fragment holds.
Nodes = list[Element | str]
#: A fragment as HTML, or read already, or a part of one.
Fragment = str | Element | Sequence[Element | str]


def parsed(text: str) -> Nodes:
    """Read a fragment.

    Raises:
        AssertionError: An element is not closed, closed twice, or has an attribute twice.
    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0].children


def nodes_of(fragment: Fragment) -> Sequence[Element | str]:
    """What a fragment holds, in whatever form it comes."""
    if isinstance(fragment, Element):
        return [fragment]
    return parsed(fragment) if isinstance(fragment, str) else fragment


def elements(fragment: Fragment) -> Iterator[Element]:
    """Every element of a fragment in reading order."""
    for node in nodes_of(fragment):
        if isinstance(node, Element):
            yield node
            yield from elements(node.children)


def values(fragment: Fragment, name: str) -> list[str]:
    """Every value of an attribute in reading order; "" for one that has none."""
    found = (each.attributes for each in elements(fragment))
    return [attributes[name] or "" for attributes in found if name in attributes]


def styles(fragment: Fragment) -> list[dict[str, str]]:
    """Every style in reading order, by property."""
    found = (style.split(";") for style in values(fragment, "style"))
    return [dict(each.split(":", 1) for each in style) for style in found]


def named(fragment: Fragment, name: str) -> list[Element]:
    """Every element of a class in reading order."""
    return [found for found in elements(fragment) if name in found.classes]


def texts(fragment: Fragment) -> Iterator[str]:
    """Every text of a fragment in reading order."""
    for node in nodes_of(fragment):
        if isinstance(node, str):
            yield node
        else:
            yield from texts(node.children)


def said(fragment: Fragment) -> str:
    """All text of a fragment as one."""
    return "".join(texts(fragment))


class _Reader(HTMLParser):
    """Puts what is read into the innermost element that is open; the first one is the fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice: {names}"
        made = Element(tag, dict(attrs))
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a fragment holds a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a fragment holds a declaration: {decl}")

    unknown_decl = handle_decl

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a fragment holds an instruction: {data}")
