"""The report: every claim about hotspots with what was asked of it, and on how much it rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Literal

from dashboard.model.protection import BASE
from tests.bench.hotspots.judging import LEVELS
from tests.bench.hotspots.measures import ASSUMED, BINS, QUARTER, YEAR, Found, Share, alarms, rise
from tests.bench.hotspots.plan import DOUBLED_YEAR, FIRST, FIVEFOLD, THREEFOLD
from tests.bench.hotspots.registers import MONTHS, Kind

#: Maps of quarters in which nothing changes that each row of false alarms was to rest on.
MAPS = 400
_ALARMS, _UPPER = 0.03, 0.05
_RATES = (50, 100, 300)
_POINTS = 0.05
#: Areas that rose, fewer than which say little of power.
_FEW = 50
#: Rises that a band of what was stated must hold to be held to it.
_BAND = 40

Verdict = Literal["holds", "**missed**", "too few", "told"]

_HEAD = """# Hotspots report

Written by `make hotspots`; do not edit. {verdict}

- Registers: {registers}.
- Each has {years} years of incidents of the invented country (33 camps by Zipf's law with half of
  all, nine upazilas, 25 districts), a tenth of them one to three months late. The product protected
  them (base {base}) and judged them; only the register and the counting in memory are the suite's.
- Seeds begin at {first}. Nothing was tuned on them. Three things were on seeds below that: that
  dispersion is told by the middle of the places and not by their sum, that falls weigh less than
  rises, and that what would have been noticed counts how well the usual rate is known.
- The error of protection is that of the register's own echoes where it has them ({echoed}
  registers of 50 a month), else the mean of those of its size, else what a release without echoes
  takes: {now:g} for a window and {before:g} for its history.

How to read it: *asked* is what was asked before, *seen* what came out, *rests on* how many maps,
areas or sayings it is out of. A row that rests on fewer than were asked says *too few*, unless it
is surely missed. Windows of one register share its history, so rows rest on somewhat less than
their number says.
"""

_SECTIONS: Mapping[str, str] = {
    "alarms": """## Nothing changed: maps that call anything

Every quarter from the second year on, and both years from the third on, in which at least one
place could be judged. A map counts if it calls any place more or fewer than usual. Asked: at most
{alarms} of {maps} maps, with 95 % of certainty under {upper}.""",
    "power": """## Something rose

A camp of the 17 largest and an upazila without a camp rise in each quarter from the third year on,
in a year three camps and an upazila; no camp twice. *Can be judged* is the share that had anything
by then. The last upazila of a register of quarters rose two years before already; what is usual
there then holds a rise, so it is told apart.""",
    "stated": """## What is said to have been noticed

How likely a rise was said to be found, had it not come yet, and how often it was. Asked: within
five points, over all rises that could be judged and in each band that holds {band} of them.""",
    "first": """## The three camps with most

How many of the three camps with the highest rates are among the three that are shown first.""",
    "likely": """## Likely among the first three

Camps of which echoes say so with a likelihood of .9, and whether they were, as reported in the
period. Asked: right in .95 of what is said.""",
    "intervals": """## Intervals

Whether the number that went into blocks lies in the interval around what is shown, for camps and
upazilas. `ExpectedError.interval` is one of 95 %, widened to whole
numbers; one of 90 % is 1.645 spreads about what is shown less its shift. Asked of the latter: .85
to .95.""",
}


@dataclass(frozen=True)
class Row:
    """One claim.

    Attributes:
        section: Where it stands.
        name: What is measured.
        asked: What was asked, in words; '' where it is only told.
        seen: What was seen.
        more: What else is said of it.
        of: How many it rests on.
        verdict: Whether it holds.
    """

    section: str
    name: str
    asked: str
    seen: float
    more: str
    of: int
    verdict: Verdict


def rows(found: Found) -> list[Row]:
    """Every claim, in the order of the report."""
    return [
        *_alarm_rows(found),
        *_power_rows(found),
        *_stated_rows(found),
        *_first_rows(found),
        *_likely_rows(found),
        *_interval_rows(found),
    ]


def _alarm_rows(found: Found) -> Iterable[Row]:
    for months in (QUARTER, YEAR):
        for level in LEVELS:
            for per_month in _RATES:
                name = alarms(level, months, per_month)
                share, wanted = found[f"alarm: {name}"], MAPS if months == QUARTER else 0
                places = _number(found.mean(f"places: {name}"))
                up = _figure(found[f"rise: {name}"].value)
                more = f"upper end {_figure(share.upper)}; a rise {up}; {places} places"
                asked = f"<= {_figure(_ALARMS)}" if wanted else ""
                verdict = _alarm_verdict(share, wanted)
                yield Row("alarms", name, asked, share.value, more, share.of, verdict)


def _alarm_verdict(share: Share, wanted: int) -> Verdict:
    if not wanted:
        return "told"
    if share.of >= wanted:
        return "holds" if share.value <= _ALARMS and share.upper < _UPPER else "**missed**"
    # With so few maps only a rate that is surely too high is a miss.
    return "**missed**" if share.lower > _ALARMS else "too few"


def _power_rows(found: Found) -> Iterable[Row]:
    asked = {
        rise("camp", FIVEFOLD[50]): 0.70,
        rise("camp", THREEFOLD): 0.75,
        rise("camp", DOUBLED_YEAR): 0.75,
        rise("upazila", FIVEFOLD[100]): 0.70,
    }
    for kind in _kinds():
        for level in LEVELS:
            name = rise(level, kind)
            share, least = found[f"power: {name}"], asked.get(name)
            judged = found[f"judged: {name}"].value
            mean = found.mean(f"expected: {name}")
            more = f"{_figure(judged)} can be judged; {_number(mean)} expected"
            verdict: Verdict = "told"
            if least is not None:
                verdict = _judge(share, holds=share.value >= least, few=_FEW)
            wanted = "" if least is None else f">= {_figure(least)}"
            yield Row("power", name, wanted, share.value, more, share.of, verdict)
    share = found["power: risen before"]
    yield Row("power", "upazila that rose before", "", share.value, "", share.of, "told")


def _stated_rows(found: Found) -> Iterable[Row]:
    for kind in _kinds():
        for level in LEVELS:
            name = rise(level, kind)
            share = found[f"power: {name}"]
            more = f"stated {_figure(found.mean(f'stated: {name}'))}"
            yield Row("stated", name, "", share.value, more, share.of, "told")
    for name in BINS:
        share, stated = found[f"seen where {name}"], found.mean(f"stated where {name}")
        verdict = _judge(share, holds=abs(share.value - stated) <= _POINTS, few=_BAND)
        more = f"stated {_figure(stated)}"
        yield Row("stated", f"stated {name}", "within .05", share.value, more, share.of, verdict)
    every, stated = _every(found)
    verdict = _judge(every, holds=abs(every.value - stated) <= _POINTS, few=_FEW)
    more = f"stated {_figure(stated)}"
    yield Row("stated", "all rises", "within .05", every.value, more, every.of, verdict)


def _every(found: Found) -> tuple[Share, float]:
    """All rises that could be judged, and the mean of what was stated of them."""
    every, stated = Share(), 0.0
    for name in BINS:
        share = found[f"seen where {name}"]
        every.hits, every.of = every.hits + share.hits, every.of + share.of
        stated += share.of * (found.mean(f"stated where {name}") if share.of else 0.0)
    return every, stated / every.of if every.of else float("nan")


def _first_rows(found: Found) -> Iterable[Row]:
    asked = {50: 0.85, 25: 0.78}
    for per_month in (25, 50, 100, 300):
        for which in ("last twelve months", "the quarter alone"):
            name = f"top three: {which}, {per_month} a month"
            share = found[name]
            least = asked.get(per_month) if which == "last twelve months" else None
            verdict: Verdict = "told"
            if least is not None:
                verdict = _judge(share, holds=share.value >= least, few=_FEW)
            wanted = "" if least is None else f">= {_figure(least)}"
            yield Row("first", _own(name), wanted, share.value, "", share.of, verdict)


def _likely_rows(found: Found) -> Iterable[Row]:
    for length in ("quarter", "year"):
        share = found[f"likely: {length}"]
        said = found.mean(f"likely: said a {length}, 50 a month")
        verdict = _judge(share, holds=share.value >= 0.95, few=_FEW)
        more = f"{_number(said)} camps a {length} at 50 a month"
        yield Row("likely", f"by {length}", ">= .950", share.value, more, share.of, verdict)


def _interval_rows(found: Found) -> Iterable[Row]:
    for level in LEVELS:
        for length in ("quarter", "year"):
            name = f"{level}s by {length}"
            share = found[f"90: {name}"]
            verdict = _judge(share, holds=0.85 <= share.value <= 0.95, few=_FEW)
            wide = found[f"95: {name}"].value
            more = f"interval of 95 %: {_figure(wide)}"
            yield Row("intervals", name, ".850 to .950", share.value, more, share.of, verdict)


def _judge(share: Share, *, holds: bool, few: int) -> Verdict:
    if share.of < few:
        return "too few"
    return "holds" if holds else "**missed**"


def _kinds() -> tuple[Kind, ...]:
    return (*FIVEFOLD.values(), THREEFOLD, DOUBLED_YEAR)


def written(found: Found, registers: Mapping[str, int], echoed: int) -> str:
    """The report as Markdown.

    Args:
        found: Everything measured.
        registers: How many registers there were, by kind in words.
        echoed: How many of them had echoes.
    """
    every = rows(found)
    counts = {verdict: sum(row.verdict == verdict for row in every) for verdict in _VERDICTS}
    asked = sum(counts.values())
    verdict = f"{counts['holds']} of {asked} claims hold. Missed: {counts['**missed**']}. "
    verdict += f"On too little: {counts['too few']}."
    listed = "; ".join(f"{number} {name}" for name, number in registers.items())
    parts = [
        _HEAD.format(
            verdict=verdict,
            registers=listed,
            years=MONTHS // YEAR,
            echoed=echoed,
            first=FIRST,
            base=BASE,
            **vars(ASSUMED),
        )
    ]
    for section, words in _SECTIONS.items():
        own = [row for row in every if row.section == section]
        said = words.format(alarms=_figure(_ALARMS), maps=MAPS, upper=_figure(_UPPER), band=_BAND)
        parts.append(f"{said}\n\n{_table(own)}")
    return "\n".join(parts)


_VERDICTS: tuple[Verdict, ...] = ("holds", "**missed**", "too few")


def _table(own: Iterable[Row]) -> str:
    lines = ["| measure | asked | seen | | rests on | |", "|---|---|---|---|---|---|"]
    for row in own:
        verdict = "" if row.verdict == "told" else row.verdict
        cells = (row.name, row.asked, _figure(row.seen), row.more, str(row.of), verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _own(name: str) -> str:
    return name.partition(": ")[2]


def _figure(value: float) -> str:
    """A share, and a dash where there is none."""
    return "–" if isnan(value) else f"{value:.3f}".removeprefix("0")


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.1f}"


def in_words(kind: Kind) -> str:
    """A kind of register in words."""
    if kind.rise == 1:
        return f"of {kind.per_month} a month without change"
    length = "quarters" if kind.window == QUARTER else "years"
    return f"of {kind.per_month} a month with {length} times {kind.rise:g}"
