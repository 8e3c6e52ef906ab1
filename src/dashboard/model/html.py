"""The one writer of HTML: templates of Jinja in which every value is escaped.

Templates lie in ``templates`` beside the code that fills them. Here are the rules of what a value
may be and where an address may lead; nothing else puts tags together, and no template marks a value
as safe (``tests/contract/test_one_writer.py``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

#: Addresses inside the product, and pages of others that a reader may go to. A browser reads a
#: backslash as a slash and passes over tabs and line ends, so neither makes another host's address.
_ADDRESS = re.compile(r"(?:https://|/(?![/\\])|\?|#|\Z)[^\x00-\x1f\x7f]*")
#: Line ends of a template with their indents: beside a tag, and between words or attributes.
_BESIDE = re.compile(r"(?<=>)\s*\n\s*|\s*\n\s*(?=<|\Z)|\A\s*\n\s*")
_BETWEEN = re.compile(r"\s*\n\s*")


class _Layout(Extension):
    """Drops line ends of templates beside tags and statements: they are for readers of the code."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template without its line ends."""
        for token in stream:
            if token.type == "data":
                text = _BETWEEN.sub(" ", _BESIDE.sub("", token.value))
                token = Token(token.lineno, "data", text)
            yield token


class _CompiledTemplates(BytecodeCache):
    """Compiled code of templates, which the writers of all languages share."""

    def __init__(self) -> None:
        self._code_of: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its compiled code, if it was compiled before."""
        if bucket.key in self._code_of:
            bucket.bytecode_from_string(self._code_of[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember the code of a template."""
        self._code_of[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _CompiledTemplates()


class _Writer(Environment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """``row.name`` of a template: of a mapping the value, never one of its methods."""
        if isinstance(obj, dict):
            return self.getitem(obj, attribute)
        return super().getattr(obj, attribute)


def templates(folder: Path, **values: Any) -> Environment:
    """A writer for the templates of a folder.

    A template that uses an undefined name, or a value that is no text, number or None, raises; None
    writes nothing.

    Args:
        folder: Where they lie.
        **values: Values and functions that all of them may use.
    """
    writer = _Writer(
        loader=FileSystemLoader(folder),
        auto_reload=False,
        undefined=StrictUndefined,
        bytecode_cache=_COMPILED,
        extensions=[_Layout],
        autoescape=True,
        finalize=_printable,
    )
    writer.filters.update(CHECKS)  # pyright: ignore[reportUnknownMemberType]
    writer.globals.update(values)  # pyright: ignore[reportUnknownMemberType]
    return writer


def address(text: str) -> str:
    """An address as an attribute may hold it.

    Raises:
        ValueError: It leads neither into the product nor to a page by https.

    >>> address("/routes?mode=land"), address("#title")
    ('/routes?mode=land', '#title')
    """
    if not _ADDRESS.fullmatch(text):
        raise ValueError(f"no address of a page: {text!r}")
    return text


def share(number: float, places: int = 1) -> str:
    """A share of a whole as a length of a style.

    >>> share(0.25)
    '25.0%'
    """
    return f"{100 * number:.{places}f}%"


def _printable(value: Any) -> Any:
    """A value as a page may hold it: '' for None."""
    if value is None:
        return ""
    if isinstance(value, str | Undefined) or type(value) in (int, float):
        return value
    raise TypeError(f"a page holds no {type(value).__name__}: {value!r}")


#: Filters for what stands in attributes: where a link leads, and a length.
CHECKS: dict[str, Callable[..., str]] = {"address": address, "share": share}
