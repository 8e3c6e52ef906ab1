"""Links between views: a query string with one thing changed.

Filters and exhibits' options stand in one query string; both are kept by every link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from dashboard.exhibits.registry import Definition, available_options, own_options
from dashboard.filters import Filters, Reading
from dashboard.model.languages import ENGLISH
from dashboard.release.open_release import Release


def query(filters: Filters, options: Mapping[str, str]) -> str:
    """Canonical query string of a view without '?': parameters sorted by name."""
    parts = [f"{name}={quote(value, safe='.,-_')}" for name, value in options.items()]
    if filters.to_query():
        parts.extend(filters.to_query().split("&"))
    return "&".join(sorted(parts))


def of_file(entry: Definition, reading: Reading, release: Release) -> str:
    """Address of an exhibit's answer as JSON, which names the release whose numbers it shows.

    That of published sources names none: their release is no edition of a page.
    """
    options = own_options(reading, available_options(entry, release))
    edition = None if entry.published else release.id
    return href(replace(reading.filters, edition=edition), options, f"/exhibit/{entry.id}.json")


def href(filters: Filters, options: Mapping[str, str], path: str = "") -> str:
    """Address of a view; an empty path stays on the page."""
    return f"{path}?{query(filters, options)}"


def page(path: str, lang: str, **values: str) -> str:
    """Address of a page in a language with some parameters, without the filters of a view.

    >>> page("/notes/new", "bn", area="XA20", month="")
    '/notes/new?area=XA20&lang=bn'
    """
    parameters = {**values, "lang": "" if lang == ENGLISH else lang}
    query_string = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query_string}" if query_string else path


def edition(reading: Reading, release_id: str) -> str:
    """Address of the view in another edition, with the default period of that one."""
    return href(replace(reading.filters, edition=release_id, period=None), reading.options)


def into(reading: Reading, about: str, group: Mapping[str, Any], filters: Mapping[str, str]) -> str:
    """Address of the page that looks into a group of numbers, or into one row of it.

    Args:
        reading: The view.
        about: The filter that takes the codes of the group.
        group: A group of numbers as data, with its ``codes`` and its ``page``, as described in
            ``exhibits.parts.groups``.
        filters: A code for each filter of the row.
    """
    chosen = reading.filters.with_codes(about, tuple(group["codes"]))
    for name, code in filters.items():
        chosen = chosen.with_codes(name, (code,))
    return href(chosen, reading.options, group["page"])


def without(reading: Reading, name: str, code: str) -> str:
    """Address of the view without one code of one filter."""
    remaining = tuple(entry for entry in reading.filters.codes_of(name) if entry != code)
    return href(reading.filters.with_codes(name, remaining), reading.options)


def with_option(reading: Reading, name: str, value: str, *, default: str) -> str:
    """Address of the view with one option changed; a default is left out."""
    options = {key: entry for key, entry in reading.options.items() if key != name}
    if value != default:
        options[name] = value
    return href(reading.filters, options)
