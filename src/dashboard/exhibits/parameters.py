"""Parameters of an exhibit: what a query string may say, and which parts of one are refused.

Pages answer as much as they can and say what they ignored (``filters.read_query``). Nobody reads a
notice beside a file: so an unknown parameter or value is refused, with what would be allowed, and
so is an option that a view answers by another value (people in place of incidents, since only
people are known by sex). The options of an exhibit are declared with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.registry import Definition, Option, available_options
from dashboard.filters import MAX_PARTS, MAX_QUERY, READABLE, Audience, Compare, read_period
from dashboard.model.country import FIRST, SECOND, SITE, THIRD
from dashboard.model.filters import CODED_FILTERS, PERIOD
from dashboard.model.languages import LANGUAGES
from dashboard.release.cached import once_a_release
from dashboard.release.open_release import Release

Reason = Literal[
    "unknown parameter", "unknown value", "empty", "given twice", "too long", "not in this view"
]

#: What helps where each of several codes was given in a parameter of its own.
_TOGETHER = "Give several codes in one parameter, with commas between them."
#: How much of a refused value is repeated in an answer.
_REPEATED = 60
#: How many places a hint names at most, and how many values of a parameter get a hint.
_MOST_PLACES, _MOST_HINTS = 5, 3


@dataclass(frozen=True)
class Parameter:
    """What one parameter may say.

    Attributes:
        name: Its name.
        about: What it does, in one sentence.
        values: Every value it may have; empty where ``pattern`` or only a release says so.
        pattern: Regular expression of its values, where they are not listed.
        many: Whether several values may stand in it, with commas between them.
        written: How its values are written, as refusals say it; ``values`` where empty.
        schema: JSON schema of its values, where neither ``values`` nor ``pattern`` is enough.
        hint: A sentence on allowed values near a refused one; '' where there are none.
    """

    name: str
    about: str
    values: tuple[str, ...] = ()
    pattern: str = ""
    many: bool = False
    written: tuple[str, ...] = ()
    schema: Mapping[str, Any] = field(default_factory=dict[str, Any], hash=False)
    hint: Callable[[str], str] = field(default=lambda _: "", compare=False)


@dataclass(frozen=True)
class Refusal:
    """A part of a query string that cannot be answered.

    Attributes:
        parameter: Its name.
        value: The value, or the refused code of several, shortened.
        reason: What is wrong with it.
        allowed: What it may be instead.
        hint: A sentence on allowed values near it, or ''.
    """

    parameter: str
    value: str
    reason: Reason
    allowed: tuple[str, ...]
    hint: str = ""


class Refused(Exception):  # noqa: N818 -- says a state, as its answer does
    """A query cannot be answered as it is.

    Attributes:
        asked_for: What was asked for, in a few words.
        refused: The parts that cannot be answered, with what can.
    """

    def __init__(self, asked_for: str, refused: Sequence[Refusal]) -> None:
        super().__init__(asked_for, refused)
        self.asked_for, self.refused = asked_for, tuple(refused)


_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
#: Parameters of every exhibit; notes say which filters do not apply to its fact.
FILTER_PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        PERIOD,
        f"Months to count, both ends included, within {READABLE}; a release's last twelve closed "
        "months when left out.",
        pattern=rf"^{_MONTH}(\.\.{_MONTH})?$",
        written=("YYYY-MM", "YYYY-MM..YYYY-MM"),
    ),
    Parameter("compare", "What a change is measured against.", get_args(Compare)),
    Parameter(
        "area",
        f"Codes of places: P-codes of {FIRST}s, {SECOND}s and {THIRD}s, codes of {SITE}s, ISO 3166 "
        "codes of countries.",
        pattern=r"^[A-Za-z0-9-]+(,[A-Za-z0-9-]+)*$",
        many=True,
    ),
    *(
        Parameter(name, f"Codes of the filter {name}; any of them may hold.", values, many=True)
        for name, values in CODED_FILTERS.items()
    ),
    Parameter(
        "edition",
        "Id of a release; the current one when left out.",
        pattern=r"^[0-9a-z-]+$",
    ),
    Parameter("audience", "Whom the release was made for.", get_args(Audience)),
    Parameter("lang", "Language of words and digits; numbers in files stay numbers.", LANGUAGES),
)  # fmt: skip


def option_parameters(entry: Definition) -> tuple[Parameter, ...]:
    """The options of an exhibit as parameters, with every value that any release offers.

    Values that only a release can list have a pattern instead.
    """
    return tuple(
        Parameter(
            option.name,
            f"{option.values[0]!r} when left out.",
            () if option.pattern else option.values,
            option.pattern,
        )
        for option in entry.options
    )


def parameters_at(
    entry: Definition, release: Release, editions: Sequence[str]
) -> tuple[Parameter, ...]:
    """Every parameter that an exhibit knows, with the values that one release knows.

    Args:
        entry: The exhibit.
        release: The release that is asked.
        editions: Ids of all releases that can be opened.
    """
    offered = {option.name: option.values for option in available_options(entry, release)}
    options = (
        replace(parameter, values=offered[parameter.name], pattern="")
        for parameter in option_parameters(entry)
    )
    return (*filters_at(release, editions), *options)


def filters_at(release: Release, editions: Sequence[str]) -> tuple[Parameter, ...]:
    """The parameters that every question knows, with the values that one release knows.

    Args:
        release: The release that is asked.
        editions: Ids of all releases that can be opened.
    """
    audience = "public" if release.edition.is_public else "member"
    changes: dict[str, dict[str, Any]] = {
        "area": {"values": _places(release), "hint": partial(_place_hint, release)},
        "edition": {"values": tuple(editions)},
        "audience": {"values": (audience,)},
    }
    return tuple(
        replace(known, pattern="", **changes[known.name]) if known.name in changes else known
        for known in FILTER_PARAMETERS
    )


@once_a_release
def _places(release: Release) -> tuple[str, ...]:
    """Codes of the places that readers of a release may ask for."""
    return tuple(filter(release.is_place, release.places))


def _place_hint(release: Release, text: str) -> str:
    """The places of a name in either language, else those of names spelled alike, in a sentence."""
    codes = _codes_by_name(release)
    name = text.strip().casefold()
    names = [name] if name in codes else get_close_matches(name, codes)
    near_codes = dict.fromkeys(code for name in names for code in codes[name])
    texts = [_place_in_words(release, code) for code in [*near_codes][:_MOST_PLACES]]
    return f"Did you mean {' or '.join(texts)}?" if texts else ""


@once_a_release
def _codes_by_name(release: Release) -> dict[str, list[str]]:
    """Codes of the places of a name, by each name in either language, case folded."""
    codes: dict[str, list[str]] = {}
    for code in _places(release):
        place = release.places[code]
        for name in {place.name_en.casefold(), place.name_local.casefold()} - {""}:
            codes.setdefault(name, []).append(code)
    return codes


def _place_in_words(release: Release, code: str) -> str:
    """A code with its place's name, level and district, since names occur more than once."""
    place, above = release.places[code], release.parent(code, SECOND)
    within = f" of {release.place_name(above)}" if above not in (None, code) else ""
    level = place.level.replace("_", " ")
    return f"{code} ({place.name_en}, {level}{within})"


def refusals(query: str, parameters: Sequence[Parameter]) -> tuple[Refusal, ...]:
    """What of a query string cannot be answered, in the order in which it stands there.

    Args:
        query: The query string, without '?'.
        parameters: What it may say (``parameters_at``).

    An empty value is refused and not read as "no restriction": a program that fills in nothing by
    mistake would otherwise get the whole country. So is a parameter that is given twice, since
    only one of the two could be answered.
    """
    if len(query) > MAX_QUERY or query.count("&") >= MAX_PARTS:
        allowed = (f"at most {MAX_QUERY} characters and {MAX_PARTS} parts",)
        return (Refusal("query", query[:_REPEATED], "too long", allowed),)
    by_name = {parameter.name: parameter for parameter in parameters}
    refused: list[Refusal] = []
    seen: set[str] = set()
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in by_name:
            refused.append(_refusal(name, value, "unknown parameter", tuple(by_name)))
        elif name in seen:
            hint = _TOGETHER if by_name[name].many else ""
            refused.append(_refusal(name, value, "given twice", _allowed(by_name[name]), hint))
        else:
            refused.extend(_refused_values(by_name[name], value))
        seen.add(name)
    return tuple(refused)


def unmet(
    options: Mapping[str, str], exhibit: Exhibit, offered: Sequence[Option]
) -> tuple[Refusal, ...]:
    """Refusals of options that are answered by another value than the requested one.

    Args:
        options: Requested values by name, as the query string has them.
        exhibit: The answer; one that has nothing to show refuses nothing.
        offered: The options that the exhibit offers; a refusal allows the value that is shown if it
            is one of theirs.
    """
    if exhibit.offer:
        return ()
    shown = exhibit.as_shown(options, {option.name: option.values for option in offered})
    return tuple(
        _refusal(name, value, "not in this view", (shown[name],) if name in shown else ())
        for name, value in options.items()
        if shown.get(name) != value
    )


def _refused_values(parameter: Parameter, text: str) -> list[Refusal]:
    """A refusal for each value of a parameter that it may not have; the first have a hint."""
    values = text.split(",") if parameter.many else [text]
    wrong = [value for value in values if not _is_allowed(parameter, value)]
    refused: list[Refusal] = []
    for index, value in enumerate(wrong):
        hint = parameter.hint(value[:_REPEATED]) if index < _MOST_HINTS else ""
        reason = "unknown value" if value else "empty"
        refused.append(_refusal(parameter.name, value, reason, _allowed(parameter), hint))
    return refused


def _is_allowed(parameter: Parameter, value: str) -> bool:
    if parameter.name == PERIOD:
        return read_period(value) is not None
    fits = parameter.pattern and re.fullmatch(parameter.pattern, value)
    return value in parameter.values or bool(fits)


def _allowed(parameter: Parameter) -> tuple[str, ...]:
    """What a parameter may be, as a refusal says it."""
    return parameter.written or parameter.values


def _refusal(
    name: str, value: str, reason: Reason, allowed: tuple[str, ...], hint: str = ""
) -> Refusal:
    """A refusal with name and value shortened."""
    return Refusal(name[:_REPEATED], value[:_REPEATED], reason, allowed, hint)
