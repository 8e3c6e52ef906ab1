"""Contents: what a release holds and which questions it answers, for programs.

Its months, its editions, what it counts and by what, its places, and its exhibits with all that
each may be asked. Everything follows from the registry and the release.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.exhibits.charts.dimensions import title_of
from dashboard.exhibits.explore.reader_question import dimensions_of
from dashboard.exhibits.parameters import Parameter, filters_at, parameters_at
from dashboard.exhibits.registry import Definition, available_options, definitions
from dashboard.exports.typed import Field, Resource, code_field, resource
from dashboard.model.counted_by import STEPS, place_of
from dashboard.model.edition import Edition
from dashboard.model.facts import FACTS, PARENT_LEVELS, fact
from dashboard.model.filters import CODED_FILTERS, NAMES, filter_named
from dashboard.model.languages import LOCAL
from dashboard.release.open_release import Release
from dashboard.words.catalogue import translate
from dashboard.words.filters import label

#: How many values of an option stand in the list of exhibits.
_LISTED = 16
_ABOVE = tuple(reversed(PARENT_LEVELS))


def contents(release: Release, editions: Sequence[Edition], lang: str) -> dict[str, Any]:
    """What a release holds and what it may be asked.

    Args:
        release: The open release.
        editions: All that its reader may open, the newest first.
        lang: Language of labels.
    """
    edition, filters = release.edition, filters_at(release, [release.id])
    return {
        "id": release.id,
        "title": edition.title,
        "kind": edition.kind,
        "audience": edition.audience,
        "months": [str(release.span.start), str(release.span.end)],
        "period": str(release.default_period),
        "editions": _editions(release, editions),
        "dimensions": _dimensions(release, lang),
        "areas": _areas(release),
        "codes": _codes(release, lang),
        "filters": [*map(_parameter, filters)],
        "exhibits": [
            _exhibit(entry, release, lang, {each.name for each in filters})
            for entry in sorted(definitions(), key=lambda entry: entry.id)
        ],
    }


def _parameter(of: Parameter) -> dict[str, Any]:
    return {"name": of.name, "about": of.about, "values": [*of.values], "many": of.many}


def _exhibit(entry: Definition, release: Release, lang: str, shared: set[str]) -> dict[str, Any]:
    """What an exhibit may be asked; ``shared`` are names of filters that all exhibits have."""
    served = {name for fact_id in entry.facts for name in fact(fact_id).filters}
    options = available_options(entry, release)
    own = [each for each in parameters_at(entry, release, ()) if each.name not in shared]
    return {
        "id": entry.id,
        "shows": translate(f"{entry.id}.kicker", lang),
        "counts": ", ".join(entry.facts),
        "map": entry.geometry or "",
        "filters": ", ".join(name for name in NAMES if name in served),
        "options": "; ".join(f"{each.name}: {_listed(each.values)}" for each in options),
        "own": [*map(_parameter, own)],
    }


def _listed(values: Sequence[str]) -> str:
    """Values in a line; of many the first ones.

    >>> _listed("abcdefghijklmnop")[-4:], _listed("abcdefghijklmnopq")[-12:]
    ('o, p', 'p and 1 more')
    """
    more = len(values) - _LISTED
    return ", ".join(values[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _editions(release: Release, editions: Sequence[Edition]) -> Resource:
    """The editions, the newest first; ``is_open`` marks the one that these contents are of."""
    rows = [
        (e.release_id, e.title, e.kind, str(e.first_month), str(e.last_month),
         str(e.as_of), e.release_id == release.id)
        for e in editions
    ]  # fmt: skip
    fields: list[Field] = [
        *({"name": name, "type": "string"} for name in ("edition", "title", "kind")),
        {"name": "first_month", "type": "string", "freq": "M"},
        {"name": "last_month", "type": "string", "freq": "M"},
        {"name": "closed_on", "type": "date"},
        {"name": "is_open", "type": "boolean"},
    ]
    return resource("editions", fields, rows, {})


def _dimensions(release: Release, lang: str) -> Resource:
    """What each fact that the release holds may be counted by.

    ``level`` is that of a place; ``several`` says whether one event counts under each of several.
    """
    rows = [*_dimension_rows(release, lang)]
    fields: list[Field] = [
        code_field("counted", [fact_id for fact_id, *_ in rows], None),
        *({"name": name, "type": "string"} for name in ("dimension", "label", "level")),
        {"name": "several", "type": "boolean"},
        *({"name": name, "type": "string"} for name in ("steps", "filters")),
    ]
    return resource("dimensions", fields, rows, {})


def _dimension_rows(release: Release, lang: str) -> Iterator[tuple[object, ...]]:
    """Rows of a table of dimensions: fact, dimension, label, level, whether of a set, and more.

    Last are the steps of time and the filters of the fact.
    """
    for event in filter(release.has, FACTS):
        steps = [step for step in STEPS if step != "month" or event.grain == "month"]
        filters = [name for name in NAMES if name in event.filters]
        for name in dimensions_of(release, event):
            _, level = place_of(event, name) or ("", "")
            yield (
                event.id, name, title_of(event, name, lang), level,
                event.is_set(name), ", ".join(steps), ", ".join(filters),
            )  # fmt: skip


def _codes(release: Release, lang: str) -> Resource:
    """Codes of the filters that take codes of a list, in words."""
    rows = [
        (name, filter_named(name).label_in(lang), code, label(release, name, code, lang))
        for name, values in CODED_FILTERS.items()
        for code in values
    ]
    fields: list[Field] = [
        code_field("filter", [name for name, *_ in rows], None),
        *({"name": name, "type": "string"} for name in ("about", "code", "label")),
    ]
    return resource("codes", fields, rows, {})


def _areas(release: Release) -> Resource:
    """The places of the filters: names in both languages, level, and the areas around them."""
    rows = [
        (code, place.name_en, place.name_local, place.level,
         *(release.parent(code, level) or "" for level in _ABOVE))
        for code, place in release.places.items()
        if release.is_place(code)
    ]  # fmt: skip
    fields: list[Field] = [
        *({"name": name, "type": "string"} for name in ("code", "name_en", f"name_{LOCAL}")),
        code_field("level", [level for _, _, _, level, *_ in rows], None),
        *({"name": f"{level}_code", "type": "string"} for level in _ABOVE),
    ]
    return resource("areas", fields, rows, {})
