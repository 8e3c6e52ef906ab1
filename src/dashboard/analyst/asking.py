"""Asking: keywords of Python as a query string, and the protocol of a release that answers it.

The values of parameters stand in ``exhibits.parameters``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import pandas as pd


@dataclass(frozen=True)
class Answer:
    """The answer to a question about an exhibit.

    Attributes:
        content: The exhibit as data with types of its columns, from ``exports.typed``.
        figure: Gives it as a plotly figure.
        layer: Gives the features of a map as GeoJSON.
    """

    content: Mapping[str, Any]
    figure: Callable[[], Mapping[str, Any]]
    layer: Callable[[], Mapping[str, Any]]


class Door(Protocol):
    """One release, wherever it is: every answer is plain data, the same from a file and a server.

    A query string has no '?'. A question without an answer raises ``CannotBeAsked``.
    """

    def contents(self, lang: str) -> Mapping[str, Any]:
        """What the release holds and may be asked (``exports.contents``)."""
        ...

    def exhibit(self, exhibit_id: str, query: str) -> Answer:
        """An exhibit; its id is known to exist."""
        ...

    def count(self, query: str) -> Mapping[str, Any]:
        """A cross-table (``exports.cross_table``)."""
        ...

    def close(self) -> None:
        """End the door; further questions fail."""
        ...


def query_of(parameters: Mapping[str, object]) -> str:
    """Keywords as a query string without '?'.

    A trailing underscore is dropped, since ``class`` is a word of Python; several codes of one
    filter stand with commas between them; a period of pandas is its months. Nothing (None, no
    codes) stays an empty value, so that it is refused and never read as "no restriction".

    >>> query_of({"class_": "smuggling", "area": ["XA20", "XA21"], "top": 50})
    'class=smuggling&area=XA20,XA21&top=50'
    """
    return "&".join(
        f"{name.rstrip('_')}={quote(_text(value), safe='.,-_')}"
        for name, value in parameters.items()
    )


def _text(value: object) -> str:
    """A value as a query string has it, before signs in it are escaped."""
    if value is None:
        return ""
    if isinstance(value, pd.Period):
        return f"{value.start_time:%Y-%m}..{value.end_time:%Y-%m}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(map(str, value))
    return str(value)
