"""The report: every measure with its bound, and what it was over the seeds."""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.attack.measures.bounds import (
    ALL_BUT_ONE,
    BOUNDS,
    KNOWN_LISTS,
    LISTS,
    RELEASES,
    TIME,
    Bound,
    in_lists,
)
from tests.attack.measures.timing import CLOCK, LARGE, SMALL

_WORDS = tomllib.loads(Path(__file__).with_name("report.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Line:
    """A measure over the seeds.

    Attributes:
        name: Its name.
        bound: What it must keep.
        values: One figure a seed.
    """

    name: str
    bound: Bound
    values: Sequence[float]

    @property
    def judged(self) -> float:
        """The figure that is held to the bound."""
        return self.bound.judged(self.values)

    @property
    def holds(self) -> bool:
        """Whether it breaks nothing."""
        return self.bound.holds(self.judged)

    @property
    def reached(self) -> bool:
        """Whether it keeps its bound or reaches its aim."""
        return self.bound.reached(self.judged)


def lines(found: Mapping[str, Sequence[float]]) -> list[Line]:
    """Every measure in the order of its bound.

    Raises:
        KeyError: If a measure was not taken.
    """
    return [Line(name, bound, found[name]) for name, bound in BOUNDS.items()]


def written(
    measured: Sequence[Line], found: Mapping[str, Sequence[float]], *, seeds: int, minutes: float
) -> str:
    """The report as Markdown.

    Args:
        measured: Every measure.
        found: All figures, also those that no bound holds.
        seeds: How many seeds there were.
        minutes: How long it took.
    """
    bounds = [line for line in measured if line.bound.kind == "bound"]
    aims = [line for line in measured if line.bound.kind == "aim"]
    broken = [line for line in measured if not line.holds]
    verdict = (
        f"**{len(broken)} of {len(bounds)} bounds are broken.**"
        if broken
        else f"All {len(bounds)} bounds hold."
    )
    missed = sum(not line.reached for line in aims)
    verdict += f" {missed} of {len(aims)} aims are missed."
    parts = [
        _WORDS["head"].format(
            verdict=verdict,
            date=date.today().isoformat(),
            seeds=seeds,
            minutes=round(minutes),
            machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
        )
    ]
    for section, words in _WORDS["sections"].items():
        own = [line for line in measured if line.bound.section == section]
        parts.append(f"{words}\n\n{_table(section, own)}")
        if section == LISTS:
            parts.append(_WORDS["plain"].format(*(100 * _mean(found[name]) for name in _LEARNED)))
    clock = (found[f"{TIME}: {name}{CLOCK}"][0] for name in (SMALL, LARGE))
    parts.append(_WORDS["clock"].format(*clock))
    return "\n".join(parts)


_WHOLE = f"{ALL_BUT_ONE}: whole record told from another"
#: Learned shares of right picks, from who knows no record on.
_LEARNED = (
    *(f"{LISTS}: {in_lists(known)[1]}" for known in KNOWN_LISTS),
    f"{_WHOLE}, {RELEASES[2]}",
    f"{_WHOLE}, the public release alone",
)


def _table(section: str, own: Sequence[Line]) -> str:
    rows = ["| measure | bound | judged | mean | |", "|---|---|---|---|---|"]
    for line in own:
        name = line.name.removeprefix(f"{section}: ")
        mean = _mean(line.values)
        cells = (name, _asked(line), _figure(line.judged), _figure(mean), _verdict(line))
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _asked(line: Line) -> str:
    """What is asked of a measure."""
    if line.bound.kind == "told":
        return "told"
    aim = "aim: " if line.bound.kind == "aim" else ""
    mean = "mean " if line.bound.of_mean else ""
    return f"{aim}{mean}{line.bound.sense} {_figure(line.bound.limit)}"


def _verdict(line: Line) -> str:
    if not line.holds:
        return "**broken**"
    if line.bound.kind == "bound":
        return "holds"
    return "" if line.bound.kind == "told" else "reached" if line.reached else "missed"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _figure(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.3f}"
