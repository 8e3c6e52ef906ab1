"""Someone who knows every record but one, and the code: which of two records was it?

He counts the totals that units are fitted to as the published code does, takes away what he knows,
and compares what is left with what either record would leave: the fit keeps errors small under the
true one. He kept every edition, so he sees the errors as they stood after each block; only the
dither is not known to him. He may weigh the totals as the fit does, or learn from other records,
which he knows, how much each of them tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from dashboard.model.edition import Audience
from etl.protect.coding import Coding, Parents, Rows, with_areas_above
from etl.protect.layout import Layout
from etl.protect.margins import MARGINS, PUBLIC_MARGINS
from tests.attack.events import FIRST, GRAINS, Events, Flags, Floats, Ints, joined
from tests.attack.invented.country import geography
from tests.attack.invented.population import events_of


@dataclass(frozen=True)
class Added:
    """What one block added to a release, and the records that are known to be in it.

    Attributes:
        units: Its units.
        records: Its records, with places as coarse as the release may show them.
    """

    units: Events
    records: Events


@dataclass(frozen=True)
class Several:
    """Any number of records for each question, where one would not do.

    Attributes:
        events: The records.
        question: Number of the question of each, shape (records,).
    """

    events: Events
    question: Ints


@dataclass(frozen=True)
class Guess:
    """What would be otherwise than it is, one guess for each question.

    Attributes:
        more: Records that would be in the data, each shape (questions,) where not ``Several``.
        less: Records that would not be.
    """

    more: tuple[Events | Several, ...]
    less: tuple[Events | Several, ...]


@dataclass(frozen=True)
class Asked:
    """Questions, each with two guesses; of a placebo both are wrong.

    Attributes:
        months: Month of all the records of a question, shape (questions,).
        block: Number of the first block that was fitted to them, same shape.
        first: One guess; no change at all where it is the truth.
        second: The other.
    """

    months: Ints
    block: Ints
    first: Guess
    second: Guess


def which_of_two(held: Events, first: Events, second: Events, block: Ints) -> Asked:
    """Whether one record or another is in the data, in the place of the one that is."""
    guesses = (Guess((guess,), (held,)) for guess in (first, second))
    return Asked(held.months, block, *guesses)


def coding_of(parts: Sequence[Events]) -> Coding:
    """How the code writes events, with a number for each value that occurs in any of some parts."""
    fact, parents = parts[0].fact, Parents(geography().areas)
    values: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for field in fact.dimensions:
            own = np.unique(part.columns[field.name])
            values[field.name] |= {part.domains[field.name][code] for code in own[own >= 0]}
    months = [FIRST.first_day]
    return Coding(fact, with_areas_above(values, fact, parents, months), parents, months)


class Totals:
    """Totals that units are fitted to.

    Args:
        coding: How the code writes events.
        audience: For whom the units are.
    """

    def __init__(self, coding: Coding, audience: Audience = "member") -> None:
        margins = (PUBLIC_MARGINS if audience == "public" else MARGINS)[coding.fact.id]
        self.layout = Layout(coding, margins)
        #: First cell of each margin, and the margin of each term.
        self.starts, self._margin = np.unique(self.layout.offsets, return_inverse=True)
        self._alive = self.layout.total_weight > 0
        #: What the fit makes of an error at each grain, shape (grains, margins).
        self.weights = np.stack([held[self.starts] for held in self.layout.weights.values()])

    @property
    def grains(self) -> tuple[str, ...]:
        """Grains at which they are held."""
        return tuple(self.layout.weights)

    def counts(self, events: Events) -> Floats:
        """How many events stand in each cell, shape (cells,)."""
        return self.layout.counts(self._rows(events), events.sizes.astype(np.float64))

    def left_by(self, guess: Guess, chosen: Ints) -> npt.NDArray[np.int8]:
        """What a guess adds to the error of each cell, for some questions, shape (some, cells)."""
        found = np.zeros((len(chosen), self.layout.cells), dtype=np.int8)
        for parts, sign in ((guess.more, -1), (guess.less, 1)):
            for part in parts:
                events, place = _of_questions(part, chosen)
                cells = self.layout.cells_of(self._rows(events))
                np.add.at(found, (place[:, None], cells), sign)
        found[:, ~self._alive] = 0
        return found

    def margin_of(self, cells: Ints) -> Ints:
        """The margin of each cell."""
        return np.searchsorted(self.starts, cells, side="right") - 1

    def _rows(self, events: Events) -> Rows:
        coding = self.layout.coding
        return coding.with_areas(as_rows(coding, events), FIRST.first_day)


def _of_questions(part: Events | Several, chosen: Ints) -> tuple[Events, Ints]:
    """Records of some questions, which are in their order, and the place of each among those."""
    if isinstance(part, Events):
        return part.where(chosen), np.arange(len(chosen))
    own = np.isin(part.question, chosen)
    return part.events.where(own), np.searchsorted(chosen, part.question[own])


def as_rows(coding: Coding, events: Events) -> Rows:
    """Events as the code writes them, without the areas above their places."""
    rows = np.full((len(events), coding.width), -1, dtype=np.int32)
    for field in events.fact.dimensions:
        column = coding.columns[field.name]
        domain, missing = events.domains[field.name], len(column.values)
        table = np.array([*(column.index.get(code, missing) for code in domain), -1])
        codes = table[events.columns[field.name].reshape(len(events), -1)]
        codes[:, 0] = np.where(codes[:, 0] < 0, missing, codes[:, 0])
        rows[:, column.positions] = codes
    return rows


def as_events(coding: Coding, rows: Rows, months: Ints, sizes: Ints, like: Events) -> Events:
    """Rows as events, with the domains of others of the same fact."""
    columns: dict[str, Ints] = {}
    for field in like.fact.dimensions:
        column, domain = coding.columns[field.name], like.domains[field.name]
        table = np.array([*(domain.index(code) for code in column.values), -1, -1])
        codes = table[rows[:, column.positions]]
        columns[field.name] = codes if field.kind.many else codes[:, 0]
    return replace(events_of(like.fact, months, columns), sizes=sizes)


def evidence(totals: Totals, blocks: Sequence[Added], asked: Asked) -> Floats:
    """How much better the first guess of each question explains the units than the second.

    The sum of the squares of the errors that the second would leave, less that of the first, as it
    stood after every block that was fitted to a total the records are in.

    Returns:
        Shape (pairs, grains, margins), not weighted.
    """
    errors: dict[tuple[str, int], Floats] = defaultdict(lambda: np.zeros(totals.layout.cells))
    found = np.zeros((len(asked.block), len(totals.grains), len(totals.starts)))
    traces = _traces(totals, asked)
    for number, block in enumerate(blocks):
        fitted = np.unique(block.units.months)
        for months, part, sign in (
            (fitted, block.units, 1),
            (np.unique(block.records.months), block.records, -1),
        ):
            for month in months.tolist():
                counts = sign * totals.counts(part.where(part.months == month))
                for grain in totals.grains:
                    errors[grain, month // GRAINS[grain]] += counts
        for place, grain in enumerate(totals.grains):
            for period in np.unique(fitted // GRAINS[grain]).tolist():
                own = (asked.months // GRAINS[grain] == period) & (asked.block <= number)
                _add(found[:, place], traces, own, errors[grain, period])
    return found


def at_the_end(totals: Totals, blocks: Sequence[Added], asked: Asked) -> Floats:
    """The same for who has the last release alone."""
    units, records = [block.units for block in blocks], [block.records for block in blocks]
    whole = Added(joined(units), joined(records))
    return evidence(totals, [whole], replace(asked, block=np.zeros_like(asked.block)))


@dataclass(frozen=True)
class _Traces:
    """Cells in which the two guesses of a question would leave different errors.

    Attributes:
        pair: Question of each trace, shape (traces,).
        margin: Margin of its cell.
        cell: The cell.
        first: What the first guess adds to the error there.
        second: What the second adds.
    """

    pair: Ints
    margin: Ints
    cell: Ints
    first: Floats
    second: Floats


def _traces(totals: Totals, asked: Asked) -> _Traces:
    """Traces of all pairs, a few hundred pairs at a time."""
    parts: list[tuple[Ints | npt.NDArray[np.int8], ...]] = []
    for start in range(0, len(asked.block), _AT_A_TIME):
        chosen = np.arange(len(asked.block))[start : start + _AT_A_TIME]
        first, second = (totals.left_by(guess, chosen) for guess in (asked.first, asked.second))
        pair, cell = np.nonzero(first != second)
        parts.append((pair + start, cell, first[pair, cell], second[pair, cell]))
    pair, cell, one, other = (np.concatenate(each) for each in zip(*parts, strict=True))
    return _Traces(pair, totals.margin_of(cell), cell, one.astype(float), other.astype(float))


_AT_A_TIME = 256


def _add(found: Floats, traces: _Traces, own: Flags, errors: Floats) -> None:
    """Add what one total of one period tells of some pairs, in place, shape (pairs, margins)."""
    known = own[traces.pair]
    error = errors[traces.cell[known]]
    first, second = error + traces.first[known], error + traces.second[known]
    place = traces.pair[known] * found.shape[1] + traces.margin[known]
    told = np.bincount(place, second**2 - first**2, minlength=found.size)
    found += told.reshape(found.shape)


def as_fitted(totals: Totals, told: Floats) -> Floats:
    """Evidence summed with the weights of the fit, shape (pairs,); above 0 speaks for the first."""
    return np.einsum("pgm,gm->p", told, totals.weights)


_STRENGTH = 1e-3


def as_learned(known: Floats, asked: Floats, strength: float = _STRENGTH) -> Floats:
    """Evidence of the asked pairs, weighed as pairs tell whose first record is the true one.

    Args:
        known: Evidence of pairs that are known, shape (pairs, ...).
        asked: Evidence of the asked ones.
        strength: How freely it is weighed; more of it where there is little to weigh.
    """
    flat = known.reshape(len(known), -1)
    scaler = StandardScaler(with_mean=False).fit(flat)
    scaled: Floats = np.asarray(scaler.transform(flat))
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=300)
    model.fit(np.concatenate([scaled, -scaled]), np.repeat([1, 0], len(scaled)))
    found: Floats = model.decision_function(scaler.transform(asked.reshape(len(asked), -1)))
    return found


def right(told: Floats) -> float:
    """Share of pairs of which the first is taken; where nothing speaks for either, a coin falls."""
    return float(np.mean(np.where(told == 0, 0.5, told > 0)))
