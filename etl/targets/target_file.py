"""Target file: ``data/reference/targets.toml``, or the operator's own, read strictly.

A target is a table ``[[target]]``. The product's own file holds examples, which say that they are
invented: those stand in editions of invented data alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from dashboard.model.codes import SERVICE, SEX_AGE_GROUP
from dashboard.model.normalise import normalise
from dashboard.model.periods import Span
from dashboard.model.screen import screen
from dashboard.model.target import MEASURED, Target
from etl.declaration.toml_table import TomlTable
from etl.findings import SENTENCES
from etl.settings import OperatorError, Settings

FILE_NAME = "targets.toml"
#: Longest source: it stands in a column of a table.
LONGEST = 120
EVERYBODY = SEX_AGE_GROUP.values[0]
#: Sentence of each rule about targets.
RULES: Mapping[str, str] = {
    "unknown_indicator": f"The indicator must be one of {', '.join(MEASURED)}.",
    "no_service": "Only referrals and services may be of one service, such as services.legal_aid.",
    "unknown_service": f"The service must be one of {', '.join(SERVICE.values)}.",
    "unknown_group": f"The group must be one of {', '.join(SEX_AGE_GROUP.values)}.",
    "no_group": "Incidents are not kept by sex or age; their group is all.",
    "unknown_place": "The gazetteer does not know the area; give its code.",
    "bad_period": "Write the months as YYYY-MM..YYYY-MM, the first of them first.",
    "whole_quarters": "A share in time is counted by quarter; give it whole quarters.",
    "bad_share": "A share is a number of percent from 1 to 100.",
    "empty_text": "The source is empty; say whose plan it is.",
    "long_text": f"A source has at most {LONGEST} characters.",
}


@dataclass(frozen=True)
class Entry:
    """A target of a file.

    Attributes:
        target: What a release shows of it.
        invented: Whether it is an example, for editions of invented data alone.
    """

    target: Target
    invented: bool


def read_targets(settings: Settings, places: Collection[str]) -> tuple[Entry, ...]:
    """The targets of a store, in the order of the file: the operator's, else the examples.

    Args:
        settings: Where the files lie.
        places: Codes of the places that a release may name.

    Raises:
        OperatorError: With file, entry and rule, if there is no such file or it is no list of
            targets.
    """
    if settings.targets is not None:
        return read_file(settings.targets, places)
    examples = settings.data / "reference" / FILE_NAME
    return read_file(examples, places) if examples.exists() else ()


def read_file(path: Path, places: Collection[str]) -> tuple[Entry, ...]:
    """The targets of any file; arguments and errors are those of ``read_targets``."""
    if not path.is_file():
        raise OperatorError(f"There is no file {path} with targets.")
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise OperatorError(f"{path.name}: is not written in UTF-8.") from problem
    except tomllib.TOMLDecodeError as problem:
        raise OperatorError(f"{path.name}: is not valid TOML: {problem}.") from problem
    top = TomlTable(path.name, "", held)
    listed: object = top.held.pop("target", [])
    top.finish()
    tables = cast("list[object]", listed) if isinstance(listed, list) else [listed]
    if not all(isinstance(table, dict) for table in tables):
        raise OperatorError(f"{path.name}: each target begins with a line [[target]].")
    entries = [
        _entry(TomlTable(path.name, f"target {n}", {**cast("dict[str, Any]", table)}), places)
        for n, table in enumerate(tables, start=1)
    ]
    _refuse_repeated(path.name, entries)
    return tuple(entries)


def _refuse_repeated(name: str, entries: Sequence[Entry]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for number, entry in enumerate(entries, start=1):
        target = entry.target
        key = target.indicator, target.area, target.group, target.span
        first = seen.setdefault(key, number)
        if first != number:
            raise OperatorError(
                f"{name}: target {number}: Target {first} is of the same indicator, area, group "
                "and months. [repeated_target]"
            )


def _entry(held: TomlTable, places: Collection[str]) -> Entry:
    indicator, area = held.text("indicator"), held.text("area", "")
    group, months = held.text("group", EVERYBODY), held.text("period")
    if "target" not in held.held:
        raise held.error("target", "is missing")
    number, source = held.number("target", 1), " ".join(held.text("source").split())
    invented = held.flag("invented", default=False)
    held.finish()
    for key, rule, broken in (
        *_indicator_faults(indicator, group, number),
        ("area", "unknown_place", bool(area) and area not in places),
        ("period", "bad_period", _span(months) is None),
        ("period", "whole_quarters", not _is_counted_by(indicator, _span(months))),
        ("source", "empty_text", not source),
        ("source", "long_text", len(source) > LONGEST),
    ):
        if broken:
            raise _broken(held, key, rule)
    if rule := screen(normalise(source)):
        raise _broken(held, "source", rule)
    span = cast("Span", _span(months))
    return Entry(Target(indicator, area, group, span, number, source), invented)


def _indicator_faults(indicator: str, group: str, number: int) -> Iterator[tuple[str, str, bool]]:
    name, dot, service = indicator.partition(".")
    measured = MEASURED.get(name)
    yield "indicator", "unknown_indicator", measured is None
    yield "indicator", "no_service", bool(dot) and not (measured and measured.by_service)
    yield "indicator", "unknown_service", bool(dot) and service not in SERVICE
    yield "group", "unknown_group", group not in SEX_AGE_GROUP
    kept = measured is None or "sex" in measured.fact
    yield "group", "no_group", group != EVERYBODY and not kept
    yield "target", "bad_share", bool(measured and measured.is_share) and number > _WHOLE


_WHOLE = 100


def _span(text: str) -> Span | None:
    try:
        return Span.parse(text)
    except ValueError:
        return None


def _is_counted_by(indicator: str, span: Span | None) -> bool:
    """Whether an indicator can be counted in just these months: a share in time needs quarters."""
    return span is None or indicator != "in_time" or span == span.snapped("quarter")


def _broken(held: TomlTable, key: str, rule: str) -> OperatorError:
    sentence = RULES.get(rule) or SENTENCES[rule]
    return OperatorError(f"{held.file}: {held.path}.{key}: {sentence} [{rule}]")
