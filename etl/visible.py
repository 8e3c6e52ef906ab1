"""Visible: text of others as it may reach a terminal, a finding or a file.

Headers, names of files and sheets come from whoever sent them. A control character in one could
colour, move or overwrite what an operator reads, or forge a line of it; so none passes. How a value
is spelled before it is compared stands in ``normalise``.
"""

from __future__ import annotations

import json
import re
import unicodedata

#: Controls, invisible formats (such as those that turn the direction of writing), halves of a
#: character from a name that is no UTF-8, and separators of lines and paragraphs.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
#: What some languages need inside a word.
_JOINERS = "\u200c\u200d"
_PLAIN = re.compile(r"[ -~]*")


def visible(text: str, *, lines: bool = False) -> str:
    """A text with every unseen character written as its escape, as Python writes it.

    Args:
        text: What somebody else wrote.
        lines: Whether it consists of lines of our own, so that their ends stay.
    """
    if _PLAIN.fullmatch(text):
        return text
    return "".join(c if _is_seen(c) or (lines and c == "\n") else _escaped(c) for c in text)


def as_json(document: object, *, indent: int | None = None) -> str:
    """A document as JSON in which no unseen character stands but by its escape."""
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    if _PLAIN.fullmatch(text):
        return text
    return "".join(c if _is_seen(c) or c == "\n" else _json_escaped(c) for c in text)


def _is_seen(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _UNSEEN


def _escaped(character: str) -> str:
    """The escape of a character, as Python writes it."""
    if ord(character) < 128:
        return f"\\x{ord(character):02x}"
    return character.encode("ascii", "backslashreplace").decode("ascii")


def _json_escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if ord(character) > 127 else f"\\u{ord(character):04x}"
