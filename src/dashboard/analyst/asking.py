"""Asking: keywords of Python become the query string that a page or a file would be asked.

What a parameter may say stands in ``exhibits.parameters``; here its refusals become a ValueError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import quote

from dashboard.exhibits.parameters import Refusal, parameters_at, refusals
from dashboard.exhibits.registry import Definition, read_view_query
from dashboard.filters import Reading
from dashboard.release.open_release import Release

#: So many allowed values are listed in an error; of more, those that are spelled alike.
_LISTED = 40
_ALIKE = 5


def query_of(parameters: Mapping[str, object]) -> str:
    """Keywords as a query string without '?'.

    A trailing underscore is dropped, since ``class`` is a word of Python; several codes of one
    filter stand with commas between them. Nothing (None, no codes) stays an empty value, so that it
    is refused and never read as "no restriction".

    >>> query_of({"class_": "smuggling", "area": ["BD2022", "BD2015"], "top": 50})
    'class=smuggling&area=BD2022,BD2015&top=50'
    """
    return "&".join(
        f"{name.rstrip('_')}={quote(_text(value), safe='.,-_')}"
        for name, value in parameters.items()
    )


def read(entry: Definition, release: Release, parameters: Mapping[str, object]) -> Reading:
    """What keywords ask of an exhibit, read as a file's address is.

    Raises:
        ValueError: If the exhibit does not know a parameter or value, with what it knows.
    """
    query = query_of(parameters)
    check(entry.id, refusals(query, parameters_at(entry, release, [release.id])))
    return read_view_query(query, release, lambda edition: edition == release.id)


def check(exhibit_id: str, refused: Sequence[Refusal]) -> None:
    """Say what an exhibit cannot be asked.

    Raises:
        ValueError: If there is such, with what is allowed.
    """
    if refused:
        raise ValueError("\n".join(_complaint(exhibit_id, refusal) for refusal in refused))


def listed(asked: str, allowed: Sequence[str]) -> str:
    """What is allowed, in words: all of it, or of much the values that are spelled alike."""
    if len(allowed) <= _LISTED:
        return ", ".join(allowed)
    alike = get_close_matches(asked, allowed, _ALIKE) or list(allowed[:_ALIKE])
    return f"{', '.join(alike)} and {len(allowed) - len(alike)} more"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(map(str, value))
    return str(value)


def _complaint(exhibit_id: str, refusal: Refusal) -> str:
    return (
        f"{exhibit_id} cannot be asked {refusal.parameter}={refusal.value!r}: {refusal.reason}. "
        f"Allowed: {listed(refusal.value, refusal.allowed) or 'nothing here, so leave it out'}."
    )
