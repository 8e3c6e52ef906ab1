"""Filters in words: for subtitles, chips, and what was ignored or does not apply."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.filters import Filters, Unknown
from dashboard.model.codes import UNKNOWN
from dashboard.model.facts import Fact
from dashboard.model.filters import filter_named
from dashboard.release.open_release import Release
from dashboard.words.catalogue import begin, in_sentence, translate

#: Of more codes of a filter a sentence names so many.
_NAMED = 3


@dataclass(frozen=True)
class Chip:
    """One chosen code: the parameter it stands in, its code, and how it reads."""

    parameter: str
    code: str
    label: str


def label(release: Release, parameter: str, code: str, lang: str) -> str:
    """A code of a filter in words."""
    entry = filter_named(parameter)
    if not entry.lists:  # a filter without code lists is one of places
        return release.place_name(code, lang)
    if code in entry.shorthands:
        return translate(f"filters.all_{code}", lang)
    return release.label(entry.list_of(code).id, code, lang)


def label_alone(release: Release, parameter: str, code: str, lang: str) -> str:
    """The same where nothing beside it says of what: "Sex: unknown"."""
    text = label(release, parameter, code, lang)
    return begin(_of_what(parameter, in_sentence(text), lang)) if code == UNKNOWN.code else text


def chips(release: Release, filters: Filters) -> tuple[Chip, ...]:
    """Every chosen code, in the order of the filters."""
    return tuple(
        Chip(name, code, label_alone(release, name, code, filters.lang))
        for name in filters.active
        for code in filters.codes_of(name)
    )


def in_words(release: Release, filters: Filters, names: Iterable[str] | None = None) -> str:
    """The filters as a list of words: "Northport, sex: female", or "all areas".

    Of many codes of a filter three are named; chips and addresses have all.

    Args:
        release: Where labels and names come from.
        filters: What the reader chose.
        names: Filters to say; all that are active when left out.
    """
    lang = filters.lang
    chosen = filters.active if names is None else tuple(n for n in filters.active if n in names)
    phrases = [] if "area" in chosen else [translate("filters.all_areas", lang)]
    for name in chosen:
        labels = [label(release, name, code, lang) for code in filters.codes_of(name)]
        labels = labels if filter_named(name).has_names else [in_sentence(text) for text in labels]
        words = _first_of(labels, lang)
        phrase = translate(f"filters.{name}", lang, labels=words)
        is_bare = phrase == words and UNKNOWN.code in filters.codes_of(name)
        phrases.append(_of_what(name, words, lang) if is_bare else phrase)
    return ", ".join(phrases)


def _first_of(labels: list[str], lang: str) -> str:
    """Alternatives in words, of many the first and how many more: "A, B, C and 33 others"."""
    others = len(labels) - _NAMED
    if others <= 1:
        return either(labels, lang)
    return translate("shared.and_others", lang, names=", ".join(labels[:_NAMED]), n=others)


def _of_what(parameter: str, words: str, lang: str) -> str:
    """Words with the name of the filter that they are of."""
    name = translate(f"filters.name_{parameter}", lang)
    return translate("filters.of_what", lang, name=name, labels=words)


def either(labels: list[str], lang: str) -> str:
    """Alternatives in words: "A", "A or B", "A, B or C"."""
    if len(labels) == 1:
        return labels[0]
    return translate("filters.either", lang, first=", ".join(labels[:-1]), last=labels[-1])


def names_in_words(names: Iterable[str], lang: str) -> str:
    """Names of filters: "sex and transport"."""
    labels = [translate(f"filters.name_{name}", lang) for name in names]
    if len(labels) == 1:
        return labels[0]
    return translate("filters.both", lang, first=", ".join(labels[:-1]), last=labels[-1])


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
        translate(
            "filters.unreached",
            lang,
            filters=names_in_words(names, lang),
            counts=", ".join(map(in_sentence, labels)),
        )
        for labels, names in unreached.items()
    )


def ignored_in_words(ignored: Iterable[Unknown], lang: str) -> tuple[str, ...]:
    """Sentences on what was ignored in a link, one for each parameter and value."""
    return tuple(
        translate("filters.ignored_edition", lang, value=part.value[:60])
        if part.parameter == "edition"
        else translate("filters.ignored", lang, parameter=part.parameter, value=part.value[:60])
        for part in ignored
    )
