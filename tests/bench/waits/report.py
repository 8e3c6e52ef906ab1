"""The report: how many intervals hold what is true, and on how many registers that rests."""

from __future__ import annotations

from collections.abc import Mapping

from tests.bench.waits.measures import CONTROL, Found, Share
from tests.bench.waits.registers import MONTHS, PER_MONTH

#: Share of intervals that should hold what is true, at least and at most.
ASKED = (0.90, 0.98)
_HEAD = """# Waits report

Written by `make waits`; do not edit. {verdict}

- {registers} invented registers, seeds {first} to {last}; nothing was tuned on them. Each has about
  {referrals} referrals of {months} months for six services. Days to a service follow a law that is
  known, and people who decline, are rejected or are lost leave on any day. The product protected
  them (base 10) and its page told them.
- One echo of each fact instead of four tells the error of protection, so intervals are less even
  than in a release.
- An interval should hold the truth nineteen times in twenty; asked for is {low:.2f} to {high:.2f}.
  One in bands of days can hardly miss where half have their service in the middle of a band, so in
  half of the registers that comes just at the end of one. The median of all or of a priority rests
  on so many that its interval holds it nearly always.
- Shares in time of a service follow from services by priority by days, which are three things at
  once; units are fitted to any two of them. Here paces differ much by priority (by 2.5 times).

| what | half at random | held | half at the end of a band | held | bands wide |
|---|---|---|---|---|---|
"""


def written(parts: Mapping[bool, Found], seeds: range) -> str:
    """The text of the report.

    Args:
        parts: Figures of the registers without and with half at the end of a band.
        seeds: Their seeds.
    """
    names = dict.fromkeys(name for found in parts.values() for name in found)
    head = _HEAD.format(
        verdict=_verdict(parts), registers=len(seeds), first=seeds.start, last=seeds.stop - 1,
        referrals=MONTHS * PER_MONTH, months=MONTHS, low=ASKED[0], high=ASKED[1],
    )  # fmt: skip
    return head + "".join(f"{_line(name, parts)}\n" for name in names)


def _verdict(parts: Mapping[bool, Found]) -> str:
    """Which intervals hold the truth less and more often than asked, over all registers."""
    names = dict.fromkeys(name for found in parts.values() for name in found if name != CONTROL)
    told = {name: _both(parts, name).value for name in names}
    if not told:
        return "Nothing was measured."
    less = [name for name, value in told.items() if value < ASKED[0]]
    more = [name for name, value in told.items() if value > ASKED[1]]
    said = [
        f"{len(told) - len(less) - len(more)} of {len(told)} intervals hold what is true as often "
        "as asked.",
        *([f"**Less often**: {'; '.join(less)}."] if less else []),
        *([f"More often: {'; '.join(more)}."] if more else []),
    ]
    return "\n".join(said)


def _both(parts: Mapping[bool, Found], name: str) -> Share:
    own = [found[name] for found in parts.values() if name in found]
    return Share(*(sum(getattr(share, key) for share in own) for key in ("number", "of", "wide")))


def _line(name: str, parts: Mapping[bool, Found]) -> str:
    cells: list[str] = []
    for part in (False, True):
        share = parts[part].get(name, Share())
        cells += [_number(share.value), f"{share.number} of {share.of}"]
    both = _both(parts, name)
    wide = f"{both.wide / both.of:.1f}" if both.wide else ""
    return f"| {' | '.join([name, *cells, wide])} |"


def _number(value: float) -> str:
    return "" if value != value else f"{value:.3f}"  # noqa: PLR0124 -- not a number
