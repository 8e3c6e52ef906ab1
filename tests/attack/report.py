"""The report: every measure with its bound, and what it was over the seeds."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tests.attack.measures.bounds import (
    ALL_BUT_ONE,
    BOUNDS,
    CONTROL,
    DOOR,
    ECHO,
    EDITIONS,
    KNOWN_LISTS,
    LISTS,
    MEMBERS,
    OUTPUTS,
    PAIRS,
    PARTNERS,
    PUBLIC,
    RELEASES,
    TEN,
    TIME,
    Bound,
    in_lists,
)
from tests.attack.measures.timing import CLOCK, LARGE, SMALL

_SECTIONS = {
    MEMBERS: """## Release for the working group, base 5

Accuracy: 50 people a month over three years, all of them in the data, against the records as they
are; a cell counts where it ever holds anybody. Attacks: 100 people a month in the data, as many
others not; where it says *few*, four or five are, as many others not.""",
    TEN: """## Base 10, made of records

No release is made like this for people; it shows what twice the base costs and gains with all 67
places. Facts of which one person has several (legs, requests, endings) have this base.""",
    PUBLIC: """## Release for the public

Made from the units above, with twice the base and no place finer than a district. Bounds on the
ranking of places and on coverage are not asked here: few districts stand for themselves, and of
everybody in a district something is said; precision above others says whether that is a leak.""",
    ALL_BUT_ONE: """## Someone who knows all records but one, and the code

The attacker knows every record of the register but one, and all that the code does; only the secret
is not known to him. He has two records, of which one is in the data, and counts every total that
units are fitted to under either. He holds the last release, or has kept every edition and so saw
the units of each block appear; or he learns from other records, which he knows, how much each total
tells. Units do not withstand him, so .75 is an aim, and readers must be told how often he is right.
In a placebo neither of the two records is in the data.

An unusual record is the rarest of as many people as are in its month, an ordinary one the least
rare; the register has 50 people a month over one year. Values
of a bundle, such as way and destination together, are judged against the records of the last twelve
months: one incident alone has the value that is shown, and no other has it in a finer form that is
its own.""",
    LISTS: """## Someone who knows some of the records

A hundred people a month over three years, told by four partners (.4, .3, .2 and .1 of the
incidents). The attacker has two people of whom one was counted, and takes away from every total of
the last release what he knows. Nobody he asks about is among those he knows.""",
    OUTPUTS: """## Everything that a reader holds, put together

A register of 60 people a month over two years with all that follows from them. The attacker holds
the units of all seven facts, those of the public beside them, and as an analyst every edition of
people; he learns from as many other pairs how much each total of each output tells. A person is the
records that one left in all facts; of two classes, all these records with either, beside the same
of people who were not counted: what is right of those anybody can tell of such a person. A partner
is asked about people of another partner. Echoes, faces of a sign-off, feedback and bands of who
reported follow from what he holds, or from sums over months, and are tried apart.""",
    PARTNERS: """## Exact totals and partners

Four registers of 50 people a month over one year, in which three or four partners of unequal size
report; in one of them a partner reports 93 %. That two of three partners together read the third
one's number is allowed and told to the operator. Bands: six registers of 20 and 50 people a month
over three years, in which the second partner stops or begins halfway; the attacker is another one
that knows its own list, every total exactly, and which partner changed.""",
    EDITIONS: """## Two editions

Records of the two closed months of a quarter are erased, corrected (their class alone) or told
late, twelve of each in four quarters; the attacker holds the edition before and the one after, and
knows all records but the one of which he asks. A boat is put into one month in four, among 50 other
people; readers are told that such an event shows as such. What it tells of the people of a boat
from one report is guessed by somebody who knows month, way and size of the boat: a guess of half
is off by 7.5 people on average.

The same changes are made to the month that closes between a preview and the edition that follows
it. A preview tells totals, and of codes those that appear for the first time; units lie in its file
alone, which is thrown away. Totals may tell how many came or went in between, so a preview is for
those who clear the edition.""",
    CONTROL: """## Control

The same attacks where nothing is protected, on cells rounded to 0 or 5, a method the product does
not use, and on facts of which each shows other people as they are, all of them together. They must
succeed, or the suite is broken; the mean over the seeds is held to the bound.""",
    DOOR: """## At the door of the running dashboard

The attacker asks the routes that every reader has, over two editions of every quarter. One seed
only.""",
    ECHO: """## Expected error

Registers of 50 people a month over three years, released with their echoes. A figure is a view
under filters (none, trafficking, female, an upazila, trafficking and female) at a grain; its true
error is the root of the mean square over its numbers above 0, of all seeds. So seeds are not judged
one by one: every share is that of the numbers of all of them together. Copies of units and the cost
are of one seed.""",
    PAIRS: """## Pairs that people filter by

The same registers by year: districts and upazilas under each corridor, transport, class or form of
exploitation, services under each sex, group and age. The range is the one a page states.""",
    TIME: """## Time

Closing a history in one go. Held to the bound is the time of the processor, summed over all cores,
which other work on the machine does not lengthen; on one free core the clock says the same.""",
}

_HEAD = """# Protection report

Written by `make attack`; do not edit. {verdict}

- Date: {date}. Seeds: {seeds}. Took {minutes} minutes.
- Machine: {machine}.
- Every release under attack was closed month by month and built by the product. The register is
  invented: 67 places (33 camps, 9 upazilas, 25 districts), a tenth of the people arrive one to
  three months late.

How to read it: *bound* is what must hold for every seed, or for their mean where it says so;
*judged* is the worst seed, or the mean, which is held to it; *mean* is that of the seeds. An *aim*
is what protection was meant to reach and may miss, and what has no bound is told. Errors are in
people. Shares of right guesses are out of 1: for cells, blind guessing is right in .20 of them, and
in .50 where 0 is told from 1; an area under the curve of .50 is blind guessing too. *Precision
above others* is how much more often an attacker is right about people in the data than about people
who are not: only that is a leak. *Coverage* is the share of people of whom a release seems to say
anything: of whom a unit agrees on month, place, sex and age band.
"""


_PLAIN = """In plain words: which of two people was counted, someone who knows no record tells in
{:.0f} of 100 tries, with the list of the largest partner in {:.0f}, with those of the two largest
in {:.0f}, with nine records in ten in {:.0f} and with all but one in {:.0f}; with all but one and
every edition in {:.0f}, from the public's release alone in {:.0f}. Readers and operators are told
so (`TOLD_APART` in `dashboard.model.protection`).
"""
_CLOCK = """By the clock it took {:.0f} and {:.0f} seconds in this run.
"""


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
        _HEAD.format(
            verdict=verdict,
            date=date.today().isoformat(),
            seeds=seeds,
            minutes=round(minutes),
            machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
            f"Python {platform.python_version()}",
        )
    ]
    for section, words in _SECTIONS.items():
        own = [line for line in measured if line.bound.section == section]
        parts.append(f"{words}\n\n{_table(section, own)}")
        if section == LISTS:
            parts.append(_PLAIN.format(*(100 * _mean(found[name]) for name in _LEARNED)))
    clock = (found[f"{TIME}: {name}{CLOCK}"][0] for name in (SMALL, LARGE))
    parts.append(_CLOCK.format(*clock))
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
