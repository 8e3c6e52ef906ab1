"""Filters in words: for subtitles, chips, and what was ignored or does not apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.filters import Filters, Unknown
from dashboard.model import codes
from dashboard.model.facts import Fact
from dashboard.release.open_release import Release
from dashboard.words.catalogue import in_sentence, say

_CODE_LISTS = {
    "role": codes.PLACE_ROLE, "sex": codes.SEX, "age": codes.AGE_BAND, "child": codes.IS_CHILD,
    "group": codes.POPULATION_GROUP, "status": codes.LEGAL_STATUS, "corridor": codes.CORRIDOR,
    "mode": codes.MODE,
}  # fmt: skip

#: Filters whose labels are plain words; those of the others are names and keep their capital.
_PLAIN = ("role", "class", "sex", "age", "child", "status", "mode")


@dataclass(frozen=True)
class Chip:
    """One chosen code: the parameter it stands in, its code, and how it reads."""

    parameter: str
    code: str
    label: str


def label(release: Release, parameter: str, code: str, lang: str) -> str:
    """A code of a filter in words."""
    if parameter == "area":
        return release.place_name(code, lang)
    if parameter == "class":
        if code == "trafficking":
            return say("filters.all_trafficking", lang)
        rolled_up = code in codes.CLASS_GROUP_OR_MIXED and code != codes.SMUGGLING.code
        listed = codes.CLASS_GROUP_OR_MIXED if rolled_up else codes.CLASS_OR_MIXED
        return release.label(listed.id, code, lang)
    return release.label(_CODE_LISTS[parameter].id, code, lang)


def chips(release: Release, filters: Filters) -> tuple[Chip, ...]:
    """Every chosen code, in the order of the filters."""
    return tuple(
        Chip(name, code, label(release, name, code, filters.lang))
        for name in filters.active
        for code in filters.codes_of(name)
    )


def in_words(release: Release, filters: Filters, names: Iterable[str] | None = None) -> str:
    """The filters as a list of words: "Cox's Bazar, sex: female", or "all areas".

    Args:
        release: Where labels and names come from.
        filters: What the reader chose.
        names: Filters to say; all that are active when left out.
    """
    lang = filters.lang
    said = filters.active if names is None else tuple(n for n in filters.active if n in names)
    phrases = [] if "area" in said else [say("filters.all_areas", lang)]
    for name in said:
        labels = [label(release, name, code, lang) for code in filters.codes_of(name)]
        labels = [in_sentence(text) for text in labels] if name in _PLAIN else labels
        phrases.append(say(f"filters.{name}", lang, labels=either(labels, lang)))
    return ", ".join(phrases)


def either(labels: list[str], lang: str) -> str:
    """Alternatives in words: "A", "A or B", "A, B or C"."""
    if len(labels) == 1:
        return labels[0]
    return say("filters.either", lang, first=", ".join(labels[:-1]), last=labels[-1])


def names_in_words(names: Iterable[str], lang: str) -> str:
    """Names of filters: "sex and transport"."""
    said = [say(f"filters.name_{name}", lang) for name in names]
    if len(said) == 1:
        return said[0]
    return say("filters.both", lang, first=", ".join(said[:-1]), last=said[-1])


def reach_in_words(filters: Filters, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Which counts the chosen filters do not reach, one sentence for each group of counts.

    Args:
        filters: What the reader chose.
        facts: What is counted on the page.
    """
    lang = filters.lang
    unreached: dict[tuple[str, ...], list[str]] = {}
    for name in filters.active:
        left_out = tuple(fact.label_in(lang) for fact in facts if name not in fact.filters)
        if left_out:
            unreached.setdefault(left_out, []).append(name)
    return tuple(
        say(
            "filters.unreached",
            lang,
            filters=names_in_words(names, lang),
            counts=", ".join(map(in_sentence, labels)),
        )
        for labels, names in unreached.items()
    )


def ignored_in_words(ignored: Iterable[Unknown], lang: str) -> tuple[str, ...]:
    """What was ignored in a link, one sentence a part."""
    return tuple(
        say("filters.ignored_edition", lang, value=part.value[:60])
        if part.parameter == "edition"
        else say("filters.ignored", lang, parameter=part.parameter, value=part.value[:60])
        for part in ignored
    )
