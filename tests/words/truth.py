"""Whether what titles say is true of the register behind a release.

Registers are invented, closed and released by the product itself, twice: protected, and as the
records themselves. The same exhibits are asked of both over months, quarters and a year, under
several filters. What a title of the first says is held against the numbers of the second.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from dashboard import exhibits
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.exhibits.counts.comparisons import compare_rows
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.explore import reader_question as asking
from dashboard.exhibits.explore.crosstab import Crosstab, crosstab_of
from dashboard.exhibits.explore.wording import largest, mostly
from dashboard.exhibits.hotspots.paints import NUMBER, SHOW
from dashboard.exhibits.overview.changes import look_through
from dashboard.exhibits.parts.empty_state import unkept
from dashboard.exhibits.registry import definition, question_of, render
from dashboard.filters import Filters, Reading
from dashboard.model.counted_by import STEPS
from dashboard.model.facts import INCIDENTS, LEGS, MEMBER_FACTS, PEOPLE, Fact
from dashboard.model.periods import Span
from dashboard.release.open_release import Release
from tests.attack.invented.aftermath import population
from tests.attack.invented.country import UPAZILAS
from tests.attack.invented.population import Population
from tests.attack.invented.published import publisher
from tests.contract.views import random_filters
from tests.support.claims import FLOWS, RANKED, named, sizes

exhibits.load()
PER_MONTH, YEARS, REGISTERS = 50, 2, 10
#: Few titles of flows name one, so that they are held against more registers.
REGISTERS_OF_FLOWS = 50
#: Seeds of registers that nothing was tuned on.
FIRST_SEED = 401
#: What readers filter by: nothing, a crime, a sex, an area.
FILTERS = (
    Filters(), Filters(class_=("trafficking",)), Filters(sex=("female",)),
    Filters(area=UPAZILAS[:1]),
)  # fmt: skip
#: The map of the overview says what the one of hotspots says, and cannot be asked for a level.
_ASKED = tuple(name for name in RANKED if name != "overview.map")
LARGEST, CHANGED, MOVED = "largest named", "strongest change named", "headline with a direction"
FLOW = "largest flow named"
EXPLORED, SIGNED = "question of one's own", "direction of a pair"
#: Questions of one's own for each view; of each register that is asked nothing else, and how many
#: people a month these have, in turn. A question may be about any view.
QUESTIONS, OF_A_REGISTER, SIZES = 3, 300, (25, 50, 100)
REGISTERS_OF_QUESTIONS = 9
#: Pairs of people that units are not fitted to, planted to go together in these registers.
PLANTED = (
    ("legal_status", "identified_by"),
    ("rescuing_authority", "promise"),
    ("recruiter_relation", "recruitment_place"),
)
_TOGETHER = 0.6
#: Share of the claims of a kind that may be false.
LIMITS = {
    LARGEST: 0.04, FLOW: 0.04, CHANGED: 0.05, MOVED: 0.05, EXPLORED: 0.02, SIGNED: 0.02,
}  # fmt: skip


@dataclass
class Claims:
    """Titles by what they claim.

    Attributes:
        made: How many claims there are of each kind.
        false: How many of them the records contradict.
        titles: How many titles there are that could have made it.
        examples: Titles that were false, with what is true.
    """

    made: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, kind: str, *, claims: bool, holds: bool, text: str = "") -> None:
        """One title: whether it claims something, and whether that holds."""
        self.titles[kind] += 1
        self.made[kind] += claims
        if claims and not holds:
            self.false[kind] += 1
            self.examples.append(text)

    def add_all(self, others: Claims) -> None:
        """What other titles claim as well."""
        for mine, theirs in (
            (self.made, others.made), (self.false, others.false), (self.titles, others.titles)
        ):  # fmt: skip
            mine.update(theirs)
        self.examples.extend(others.examples)

    def share_false(self, kind: str) -> float:
        """Share of the claims of a kind that the records contradict, 0 to 1."""
        return self.false[kind] / max(1, self.made[kind])


def claims_of_flows(seeds: range, *, years: int = YEARS) -> Claims:
    """What titles of the map of flows over registers of several seeds claim, by legs alone."""
    found = Claims()
    for seed in seeds:
        with released(seed, years, LEGS) as (shown, true):
            for filters in views(shown):
                _largest(found, FLOWS, filters, shown, true, FLOW)
    return found


def claims_of(seeds: range, *, years: int = YEARS) -> Claims:
    """What titles over registers of several seeds claim."""
    found = Claims()
    for seed in seeds:
        draw = random.Random(seed)
        with released(seed, years, PEOPLE, INCIDENTS, LEGS) as (shown, true):
            for filters in views(shown):
                for _ in range(QUESTIONS):
                    _explored(found, _any_question(filters, shown, draw), true)
                for exhibit_id in _ASKED:
                    _largest(found, exhibit_id, filters, shown, true)
                _changes(found, filters, shown, true)
                _headline(found, filters, shown, true)
    return found


def claims_of_questions(seeds: range, *, years: int = YEARS) -> Claims:
    """What titles of questions of one's own claim, of all facts, and signs of planted pairs."""
    found = Claims()
    for seed in seeds:
        draw = random.Random(seed)
        told = _planted(population(SIZES[seed % len(SIZES)], years, seed), seed)
        with both(told) as (shown, true):
            for _ in range(OF_A_REGISTER):
                filters = random_filters(shown, draw)
                _explored(found, _any_question(filters, shown, draw), true)
            for filters in views(shown):
                for pair in PLANTED if not filters.active else ():
                    _explored(found, _question(filters, shown, PEOPLE, *pair), true)
    return found


def _planted(told: Population, seed: int) -> Population:
    """The same people, of most of whom the second of each planted pair follows from the first."""
    draw, people = np.random.default_rng([seed, 33]), told.people
    columns = dict(people.events.columns)
    for one, other in PLANTED:
        first, values = people.events.first(one), columns[other].copy()
        known = len(people.events.domains[other])
        follows = draw.permutation(max(known, len(people.events.domains[one]) + 1)) % known
        moved = draw.random(len(first)) < _TOGETHER
        values[moved] = -1  # of a set all other answers
        values.reshape(len(first), -1)[moved, 0] = follows[first[moved]]
        columns[other] = values
    events = replace(people.events, columns=columns)
    return replace(told, facts={**told.facts, PEOPLE.id: replace(people, events=events)})


def released(
    seed: int, years: int, *facts: Fact
) -> AbstractContextManager[tuple[Release, Release]]:
    """A register as it is shown, and as it is, with the facts that are asked for."""
    return both(population(PER_MONTH, years, seed).only(*(fact.id for fact in facts)))


@contextmanager
def both(told: Population) -> Iterator[tuple[Release, Release]]:
    """A release of invented people as it is shown, and as it is."""
    with ExitStack() as stack:
        opened_: list[Release] = []
        for base in (5, 1):
            store = stack.enter_context(publisher(told, base=base))
            store.close_all()
            opened = Release(store.release(echoed=base > 1))
            stack.callback(opened.close)
            opened_.append(opened)
        yield opened_[0], opened_[1]


def views(release: Release) -> Iterator[Filters]:
    """The last six months and the last four quarters each alone, and the last year."""
    end = release.span.end
    spans = [
        *(Span(end.plus(-back), end.plus(-back)) for back in range(6)),
        *(Span.last(3, until=end.plus(-back)) for back in (0, 3, 6, 9)),
        Span.last(12, until=end),
    ]
    for filters in FILTERS:
        for span in spans:
            if span.within(release.span):
                yield replace(filters, period=span)


def _asked(exhibit_id: str, filters: Filters, release: Release, like: Exhibit | None) -> Exhibit:
    """An exhibit that shows numbers, on the level and detail of another where one is given."""
    options = {SHOW.name: NUMBER, **(like.options if like else {})}
    if like and like.detail:
        options[like.detail.ladder] = like.detail.rung
    known = {option.name for option in definition(exhibit_id).options}
    kept = {name: value for name, value in options.items() if name in known}
    return render(exhibit_id, Reading(filters, kept, ()), release)


def _largest(
    found: Claims, exhibit_id: str, filters: Filters, shown: Release, true: Release,
    kind: str = LARGEST,
) -> None:  # fmt: skip
    """Whether the row that a title calls the largest is."""
    said = _asked(exhibit_id, filters, shown, None)
    if said.offer is not None:
        return
    names = named(said)
    if len(names) != 1:
        found.add(kind, claims=False, holds=True)
        return
    (name,) = names
    counts = sizes(_asked(exhibit_id, filters, true, said))
    most = max(counts.values(), default=0)
    told = f"{said.title} ({said.subtitle}): {counts.get(name, 0)} of {most}"
    found.add(kind, claims=True, holds=counts.get(name, 0) >= most, text=told)


def _changes(found: Claims, filters: Filters, shown: Release, true: Release) -> None:
    """Whether what the title calls is so of the records too, against what is usual in them."""
    called = look_through(question_of(filters, shown)).called
    if not called:
        found.add(CHANGED, claims=False, holds=True)
        return
    first = called[0]
    level = true.places[first.code].level if first.group == "area" else ""
    by = None if level else first.by
    comparisons = compare_rows(true, first.fact, filters, first.window, by=by, level=level)
    one = comparisons.rows.get(first.code) if comparisons else None
    holds = one is not None and (one.now - one.usual) * first.comparison.direction > 0
    told = f"{first.code} {first.comparison.word}: {one and one.usual} to {one and one.now}"
    found.add(CHANGED, claims=True, holds=holds, text=told)


def _any_question(filters: Filters, release: Release, draw: random.Random) -> Crosstab:
    """A question of one's own about anything that a release holds, answered."""
    counted = draw.choice([fact for fact in MEMBER_FACTS if release.has(fact)])
    names = (*asking.dimensions_of(release, counted), *STEPS)
    return _question(
        filters, release, counted, draw.choice(names), draw.choice((*names, asking.NONE))
    )


def _question(
    filters: Filters, release: Release, counted: Fact, rows: str, columns: str
) -> Crosstab:
    options = {option.name: option.values[0] for option in asking.OPTIONS}
    options |= {"count": counted.id, "rows": rows, "columns": columns}
    return crosstab_of(replace(question_of(filters, release), options=options))


def _explored(found: Claims, crosstab: Crosstab, true: Release) -> None:
    """Whether rows are mostly what a title says, or the one that leads does; and its signs."""
    if unkept(crosstab.question, crosstab.fact):
        return  # a card says that, and no title
    asked = replace(crosstab.question, release=true, options=crosstab.reader_question.options)
    held = crosstab_of(asked)
    told = f"{asked.filters.to_query()} {crosstab.reader_question.options}"
    for (row, column), far in crosstab.beyond.items() if crosstab.is_direction else ():
        share = held.row_sums.get(row, 0) * held.column_sums.get(column, 0) / max(1, held.total)
        holds = (held.size(row, column) - share) * far > 0
        found.add(SIGNED, claims=True, holds=holds, text=f"{told} {row}, {column}: {far:.1f}")
    if crosstab.is_direction or not crosstab.total:
        return
    named = mostly(crosstab)
    for row, column in named:
        most, whole = held.size(row, column), held.row_sums.get(row, 0)
        shown = f"{crosstab.size(row, column)} of {crosstab.row_sums[row]}"
        said_of = f"{told} {row} mostly {column}, {shown}: {most} of {whole}"
        found.add(EXPLORED, claims=True, holds=2 * most >= whole, text=said_of)
    if not named:
        first = largest(crosstab)
        most = max((n for row, n in held.row_sums.items() if row != UNKNOWN), default=0)
        own = held.row_sums.get(first, 0)
        shown = sorted((n for row, n in crosstab.row_sums.items() if row != UNKNOWN), reverse=True)
        said_of = f"{told} {first} leads, {shown[:2]}: {own} of {most}"
        found.add(EXPLORED, claims=bool(first), holds=own >= most, text=said_of)


def _headline(found: Claims, filters: Filters, shown: Release, true: Release) -> None:
    """Whether what the headline calls more or fewer than usual is so of the records."""
    tiles = {}
    for release in (shown, true):
        figure = render("overview.indicators", Reading(filters, {}, ()), release).figure or {}
        tiles[release] = {item["id"]: item for item in figure["items"]}
    for name in ("incidents", "people"):
        said, held = tiles[shown][name], tiles[true][name]
        if said["value"] is None or said["usual"] is None or held["usual"] is None:
            continue
        sign = {"rose": 1, "fell": -1}.get(said["direction"] or "", 0)
        holds = sign * (held["value"] - held["usual"]) > 0
        told = f"{name} {said['direction']}: {held['usual']} to {held['value']}"
        found.add(MOVED, claims=sign != 0, holds=holds, text=told)
