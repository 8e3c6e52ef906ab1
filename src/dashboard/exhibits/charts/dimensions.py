"""Dimensions: how the codes that a fact is counted by are named, ordered, grouped and chosen.

A dimension is a column of codes, a place or what it lies in, or steps of time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures.plot import Clicks
from dashboard.model.codes import MIXED, CodeList
from dashboard.model.counted_by import STEPS, By, Gathered, column_of, dimension_of, place_of
from dashboard.model.facts import Fact, parent_prefix
from dashboard.model.fields import Kind
from dashboard.model.filters import filter_named, filter_of
from dashboard.model.languages import digits
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import in_sentence, translate

#: The code of what was not recorded, and of what was recorded as unknown.
UNKNOWN = "unknown"
#: The code of all others, where only the largest stand alone.
REST = "rest"
#: How many codes stand alone where there are few events.
_LEADING = 2
#: Groups of codes that are no code themselves.
GROUPS = (REST, "security_forces", "to_18", "25_and_over", "trafficking")


def by_leading(name: str, column: str) -> Ladder:
    """Levels of a column without groups: each of its codes, or the largest beside all others.

    Args:
        name: Name of the choice in addresses.
        column: The column.
    """
    return Ladder(
        name, (DetailLevel("codes", (column,)), DetailLevel("leading", (column,), largest=_LEADING))
    )


def title_of(fact: Fact, name: str, lang: str) -> str:
    """What a dimension is called: the label of its field, the level of a place, or a step."""
    if name in STEPS:
        return translate(f"breakdown.step_{name}", lang)
    if name in fact:
        return fact[name].label_in(lang)
    place, level = place_of(fact, name) or ("", name)
    text = translate(f"hotspots.level_{level}", lang, n=1)
    if not parent_prefix(place):
        return text
    return translate("breakdown.level_of", lang, place=fact[place].label_in(lang), level=text)


def codes_of(fact: Fact, by: By) -> CodeList | None:
    """The closed list of a dimension's codes; None for places, names and time."""
    name = column_of(by)
    return fact[name].codes if name in fact else None


def is_time(fact: Fact, by: By) -> bool:
    """Whether a dimension is time."""
    return column_of(by) == fact.time.name


def label(question: Question, fact: Fact, by: By, code: str) -> str:
    """Label of a code of a dimension, or of a group of codes."""
    if code in GROUPS:
        return question.translate(f"ladder.group.{code}")
    code_list, name = codes_of(fact, by), dimension_of(by)
    if is_time(fact, by):
        return step_name(code, question.lang)
    if code_list is None and code != UNKNOWN:
        is_named = name in fact and fact[name].kind is Kind.NAME
        return code if is_named else question.place_name(code)
    if name not in fact and code == UNKNOWN:
        return question.translate("breakdown.not_of_level")
    if code_list is None or code not in code_list:
        return question.release.label("", None, question.lang)
    return question.label(code_list, code)


def are_names(fact: Fact, by: By) -> bool:
    """Whether labels of a dimension are names, which keep their capital inside a sentence."""
    if codes_of(fact, by) is None:
        return True
    filter_name = filter_of(fact[column_of(by)])
    return filter_name is not None and filter_named(filter_name).has_names


def inside(fact: Fact, by: By, label: str) -> str:
    """A label of a dimension as it reads in the middle of a sentence."""
    return label if are_names(fact, by) else in_sentence(label)


def step_name(code: str, lang: str) -> str:
    """A month, a quarter or a calendar year in words.

    >>> step_name("2026-Q3", "en"), step_name("2026-07", "en"), step_name("2026", "en")
    ('Q3 2026', 'Jul 2026', '2026')
    """
    if len(code) == len("2026"):
        return digits(code, lang)
    first = Span.named(code).start
    return dates.quarter(first, lang) if "Q" in code else dates.month(first, lang)


def unknown_last(codes: Iterable[str]) -> list[str]:
    """Codes in their order, but REST and then UNKNOWN last."""
    return sorted(codes, key=lambda code: (code == UNKNOWN, code == REST))


def in_order(fact: Fact, by: By, present: Mapping[str, int]) -> list[str]:
    """All codes of a column's list, or its groups, in order; REST and UNKNOWN last, if present.

    Time is in its order; what has no list, such as places, the largest first.
    """
    if is_time(fact, by) and isinstance(by, Gathered):
        return list(dict.fromkeys(by.groups.values()))
    code_list = codes_of(fact, by)
    values = code_list.values if code_list else [code for code, _ in Counter(present).most_common()]
    if isinstance(by, Gathered):
        values = tuple(dict.fromkeys(by.groups.get(code, by.rest or code) for code in values))
    codes = [code for code in values if code not in (UNKNOWN, REST)]
    return unknown_last([*codes, *(code for code in (REST, UNKNOWN) if code in present)])


def asked_codes(question: Question, fact: Fact, by: By) -> frozenset[str]:
    """Codes of a column, and their groups, that its own filter asks for; empty where it is off."""
    name = filter_of(fact[column_of(by)]) if column_of(by) in fact else None
    if name not in question.filters.active:
        return frozenset()
    codes = filter_named(name).expanded(question.filters.codes_of(name))
    groups = by.groups if isinstance(by, Gathered) else {}
    return frozenset((*codes, *(groups.get(code, code) for code in codes)))


def clicks(question: Question, fact: Fact, by: By, codes: Sequence[str]) -> Clicks | None:
    """What a click on each code of a dimension filters by; None where no filter has its codes.

    What is not known, or stands for several codes, cannot be chosen; nor can mixed classes, since
    their filter also takes mixed classes of one group.
    """
    place, _ = place_of(fact, dimension_of(by)) or ("", "")
    name = filter_of(fact[place or column_of(by)])
    if name is None:
        return None
    selectable = set(codes if place else filter_named(name).codes) - {UNKNOWN, REST}
    if column_of(by) == "class_group":
        selectable.discard(MIXED.code)
    labels = [label(question, fact, by, code) for code in codes]
    texts = [question.translate("breakdown.click", label=in_sentence(text)) for text in labels]
    return Clicks(name, [code if code in selectable else "" for code in codes], labels, texts)
