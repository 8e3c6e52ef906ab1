"""The report: every claim about the judge with what was asked of it, and on how much it rests."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import Literal

from dashboard.model.protection import BASE
from tests.bench.judge import plan
from tests.bench.judge.invented import JUMP, MONTHS, RISE, TURN
from tests.bench.judge.judging import HALF, MAPS, MONTH, QUARTER
from tests.bench.judge.measures import BANDS, USUAL, WINDOWS, Found, Share

#: What was found of each kind, and in how many registers.
All = Mapping[plan.Kind, tuple[int, Found]]
Verdict = Literal["holds", "**missed**", "too few", "told"]
_VERDICTS: tuple[Verdict, ...] = ("holds", "**missed**", "too few")

#: Registers that a cell was to rest on, and fewer than which it says nothing.
REGISTERS, _FEW = 30, 8
_HEADLINE, _OF_FEW, _JUMPED = 0.06, 0.08, 0.10
_ANY_MORE, _ANY_MORE_ELSE, _FEWER = 0.05, 0.07, 0.08
_RANGE, _RANGES = 0.93, 0.95
_LENGTH = {MONTH: "month", QUARTER: "quarter", HALF: "half-year"}
_PLURAL = {"camp": "camps", "upazila": "upazilas", "district": "districts", "corridor": "corridors"}

_WORDS = tomllib.loads(Path(__file__).with_name("report.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Row:
    """One claim.

    Attributes:
        section: Where it stands.
        name: What is measured.
        asked: What was asked, in words; '' where it is only told.
        seen: What was seen.
        more: What else is said of it.
        registers: How many registers it rests on.
        of: How many words, ranges or rises they gave.
        verdict: Whether it holds.
    """

    section: str
    name: str
    asked: str
    seen: float
    more: str
    registers: int
    of: int
    verdict: Verdict


@dataclass(frozen=True)
class _Cell:
    """Some kinds together."""

    found: All
    kinds: tuple[plan.Kind, ...]
    by_echoes: bool = False

    @property
    def registers(self) -> int:
        """How many registers it rests on: those that have echoes, where they are asked."""
        if self.by_echoes:
            return self.share("spread total").of
        return sum(self.found.get(kind, (0, None))[0] for kind in self.kinds)

    def share(self, *names: str, kinds: Iterable[plan.Kind] | None = None) -> Share:
        """The sum of some directions of a word: hits of all, of one's number."""
        total = Share()
        for kind in self.kinds if kinds is None else kinds:
            own = self.found.get(kind, (0, Found()))[1].shares
            shares = [own.get(name, Share()) for name in names]
            total.add(sum(share.hits for share in shares), max(share.of for share in shares))
        return total

    def row(
        self, section: str, name: str, share: Share, *, most: float | None = None,
        least: float | None = None, more: str = "",
    ) -> Row:  # fmt: skip
        """A row of the report."""
        asked, verdict = "", "told"
        if most is not None or least is not None:
            holds = (most is None or share.value <= most) and (
                least is None or share.value >= least
            )
            verdict = "holds" if holds else "**missed**"
            if self.registers < _FEW or not share.of:
                verdict = "too few"
            words = [] if least is None else [f">= {_figure(least)}"]
            words += [] if most is None else [f"<= {_figure(most)}"]
            asked = " and ".join(words)
        return Row(section, name, asked, share.value, more, self.registers, share.of, verdict)

    def of(
        self, section: str, words: str, *names: str, more: str = "", **asked: float | None
    ) -> Row:
        """The row of some directions of a word, by either making, with what else is said."""
        said = f"{self.by_making(*names)}; {more}" if more else self.by_making(*names)
        return self.row(section, words, self.share(*names), more=said, **asked)  # type: ignore[arg-type]

    def by_making(self, *names: str) -> str:
        """The same by the product's making, and by the other."""
        parts = (
            [kind for kind in self.kinds if kind.making == making] for making in ("own", "other")
        )
        own, other = (_figure(self.share(*names, kinds=part).value) for part in parts)
        return f"{own}, other {other}"


def rows(found: All) -> list[Row]:
    """Every claim, in the order of the report."""
    return [
        *_headline(found), *_any_more(found), *_any_fewer(found), *_blocked(found), *_ranges(found),
        *_power(found), *_told_apart(found), *_echoes(found), *_first(found), *_of_echoes(found),
    ]  # fmt: skip


_QUIET = (*plan.INCIDENTS.values(), *plan.PEOPLE.values(), *plan.LATE, *plan.PEOPLE_LATE)


def in_words(kind: plan.Kind) -> str:
    """A kind of register in words."""
    late = {"ten": "", "many": ", 35 % late", "jump": ", late jumps"}[kind.late]
    return f"{kind.unit}, {kind.per_month} a month{late}"


def _headline(found: All) -> Iterator[Row]:
    for kind in _QUIET:
        cell = _Cell(found, plan.both(kind))
        most = _OF_FEW if kind.per_month == 20 else _HEADLINE
        most = _JUMPED if kind.late == "jump" else most
        for window in WINDOWS:
            names = [f"headline {window}: {way}" for way in ("more", "fewer")]
            ends = cell.share(f"headline {window}: at the end of a quarter").value
            fewer = _figure(cell.share(names[1]).value)
            more = f"fewer {fewer}; at ends of quarters {_figure(ends)}"
            row = f"{in_words(kind)}, {_LENGTH[window]}"
            yield cell.of("headline", row, *names, most=most, more=more)


_ANY = {
    "any more: windows up to each month": "windows up to each month",
    "any more: windows of the calendar": "windows of the calendar",
    "any more: that was not called the month before": "begins this month",
}


def _any_more(found: All) -> Iterator[Row]:
    for kind in _QUIET:
        cell = _Cell(found, plan.both(kind))
        plain = kind.late == "ten"
        most = _ANY_MORE if kind.per_month == 50 else _ANY_MORE_ELSE
        for name, words in _ANY.items():
            asked = most if plain and "begins" not in words else None
            yield cell.of("more", f"{in_words(kind)}, {words}", name, most=asked)
        worst, more = _worst(cell, "more")
        yield cell.row("more", f"{in_words(kind)}, the worst map", worst, more=more)


def _worst(cell: _Cell, way: str) -> tuple[Share, str]:
    """The map on which a word is said most often, and its name."""
    shares = {map_: cell.share(f"{map_[0]} {map_[1]}: {way}") for map_ in MAPS}
    level, window = max(shares, key=lambda map_: shares[map_].hits)
    return shares[level, window], f"{_PLURAL[level]} by {_LENGTH[window]}"


def _any_fewer(found: All) -> Iterator[Row]:
    for kind in _QUIET:
        cell = _Cell(found, plan.both(kind))
        worst, more = _worst(cell, "fewer")
        asked = _FEWER if kind.late == "ten" else None
        yield cell.row("fewer", in_words(kind), worst, most=asked, more=more)


def _blocked(found: All) -> Iterator[Row]:
    for kind, words, way in ((plan.STOPPED, "stops", "fewer"), (plan.STARTED, "starts", "more")):
        cell = _Cell(found, plan.both(kind))
        for when in ("within a year", "later"):
            asked = 0.0 if when == "within a year" else None
            for window in WINDOWS:
                share = cell.share(f"{when}: headline {window}: {way}")
                row = f'partner {words}, "{way}", {when}, {_LENGTH[window]}'
                yield cell.row("blocked", row, share, most=asked)
            share = cell.share(f"{when}: maps: {way}")
            row = f'partner {words}, "{way}", {when}, any map'
            yield cell.row("blocked", row, share, most=asked)
    for kind in _QUIET:
        cell = _Cell(found, plan.both(kind))
        share = cell.share("without editions: fewer")
        yield cell.row("blocked", f'no editions, "fewer", {in_words(kind)}', share, most=0.0)


def _ranges(found: All) -> Iterator[Row]:
    for kind in _QUIET:
        cell = _Cell(found, plan.both(kind))
        for window in WINDOWS:
            row = f"{in_words(kind)}, {_LENGTH[window]}"
            yield cell.of("ranges", row, f"headline {window}: range", least=_RANGE)
        for level, plural in _PLURAL.items():
            row = f"{in_words(kind)}, {plural}"
            yield cell.of("ranges", row, f"{level}: range", least=_RANGES)


_ASKED = {
    ("first camp x3", QUARTER): 0.4,
    ("first camp x3", HALF): 0.8,
    ("corridor x3", QUARTER): 0.7,
}


def _power(found: All) -> Iterator[Row]:
    for kind, names in (
        (plan.CAMP, ("first camp x3", "second district x5")),
        (plan.CORRIDOR, ("first camp x5", "corridor x3")),
        (plan.CAMPS, ("camp x3",)),
    ):
        cell = _Cell(found, plan.both(kind))
        for name in names:
            for window in WINDOWS:
                more = f"usual {_number(cell.share(f'usual: {name} {window}').value)}"
                row = f"{name}, {kind.per_month} a month, {_LENGTH[window]}"
                least = _ASKED.get((name, window))
                yield cell.of("power", row, f"{name} {window}", least=least, more=more)
    every = _Cell(found, (*plan.both(plan.CAMP), *plan.both(plan.CORRIDOR), *plan.both(plan.CAMPS)))
    name = f"usual of {USUAL} and more x3"
    yield every.of("power", name, name, least=0.7)
    yield from (every.of("power", name, name) for name in BANDS)
    cell = _Cell(found, plan.both(plan.CAMP))
    for name in ("new place", "first camp x3"):
        for months in range(1, HALF + 1):
            row = f"{name} by month {months}"
            asked = 0.7 if (name, months) == ("new place", HALF) else None
            yield cell.of("power", row, row, least=asked)


def _told_apart(found: All) -> Iterator[Row]:
    for kind in (*plan.INCIDENTS.values(), *plan.PEOPLE.values()):
        cell = _Cell(found, plan.both(kind))
        for window in WINDOWS:
            names = [f"short headline {window}: {way}" for way in ("more", "fewer")]
            ranges = _figure(cell.share(f"short headline {window}: range").value)
            row = f"{in_words(kind)}, {_LENGTH[window]}"
            yield cell.of("short", row, *names, more=f"range {ranges}")
        name = "short any more: windows up to each month"
        row = f'{in_words(kind)}, any "more" on any map'
        yield cell.of("short", row, name)
    cell = _Cell(found, plan.both(plan.DRIFT))
    for window in WINDOWS:
        fewer, ranges = (f"headline {window}: {each}" for each in ("fewer", "range"))
        name = f"headline {window}: more"
        more = f"fewer {_figure(cell.share(fewer).value)}"
        more += f"; range {_figure(cell.share(ranges).value)}"
        yield cell.row("drift", f"country, {_LENGTH[window]}: more", cell.share(name), more=more)


def _echoes(found: All) -> Iterator[Row]:
    cell = _Cell(found, (plan.INCIDENTS[50],), by_echoes=True)
    for words, by in (("by echoes", "echoes"), ("by the base", "assumed")):
        for window in WINDOWS:
            names = [f"{by} headline {window}: {way}" for way in ("more", "fewer")]
            row = f"{words}: headline, {_LENGTH[window]}"
            yield cell.row("echoes", row, cell.share(*names))
        name = f"{by} any more: windows up to each month"
        yield cell.row("echoes", f'{words}: any "more" on any map', cell.share(name))
        for level, plural in _PLURAL.items():
            share = cell.share(f"{by} {level}: range")
            yield cell.row("echoes", f"{words}: range, {plural}", share)


def _first(found: All) -> Iterator[Row]:
    for per_month, kind in plan.INCIDENTS.items():
        cell = _Cell(found, plan.both(kind))
        for which in ("last twelve months", "the quarter alone"):
            name = f"top three: {which}"
            asked = 0.85 if per_month == 50 and which == "last twelve months" else None
            # What was asked is of camps by Zipf's law.
            own = _Cell(found, (kind,)) if asked else cell
            row = f"{which}, {per_month} a month{', own making' if asked else ''}"
            yield own.row("first", row, own.share(name), least=asked, more=cell.by_making(name))


def _of_echoes(found: All) -> Iterator[Row]:
    cell = _Cell(found, (plan.INCIDENTS[50],), by_echoes=True)
    for length in ("quarter", "year"):
        said = _number(cell.share(f"likely: said a {length}").value)
        share = cell.share(f"likely: {length}")
        more = f"{said} camps a {length} at 50 a month"
        yield cell.row("likely", f"by {length}", share, least=0.95, more=more)
    for level in ("camps", "upazilas"):
        for length in ("quarter", "year"):
            name = f"{level} by {length}"
            wide = _figure(cell.share(f"95: {name}").value)
            more = f"interval of 95 %: {wide}"
            share = cell.share(f"90: {name}")
            yield cell.row("intervals", name, share, least=0.85, most=0.95, more=more)


def written(found: All) -> str:
    """The report as Markdown."""
    every = rows(found)
    counts = {verdict: sum(row.verdict == verdict for row in every) for verdict in _VERDICTS}
    verdict = f"{counts['holds']} of {sum(counts.values())} claims hold. "
    verdict += f"Missed: {counts['**missed**']}. On too little: {counts['too few']}."
    numbers = [number for number, _ in found.values()] or [0]
    parts = [
        _WORDS["head"].format(
            verdict=verdict, registers=sum(numbers), most=max(numbers), least=min(numbers),
            base=BASE, months=MONTHS, first=plan.FIRST, few=_FEW, wanted=REGISTERS,
        )
    ]  # fmt: skip
    for section, words in _WORDS["sections"].items():
        parts.append(f"{words}\n\n{_table(row for row in every if row.section == section)}")
    missed = [row for row in every if row.verdict == "**missed**"]
    parts.append(_LAST.format(rise=RISE, jump=JUMP, turn=TURN) + _table(missed))
    return "\n".join(parts)


_LAST = """## Missed

Rises begin in month {rise} (from 0), late reports jump in month {jump}, partners change in month
{turn}.

"""


def _table(own: Iterable[Row]) -> str:
    lines = ["| measure | asked | seen | | rests on | |", "|---|---|---|---|---|---|"]
    for row in own:
        verdict = "" if row.verdict == "told" else row.verdict
        on = f"{row.registers}: {row.of}"
        cells = (row.name, row.asked, _figure(row.seen), row.more, on, verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _figure(value: float) -> str:
    """A share, and a dash where there is none."""
    return "–" if isnan(value) else f"{value:.3f}".removeprefix("0")


def _number(value: float) -> str:
    return "–" if isnan(value) else f"{value:.1f}"
