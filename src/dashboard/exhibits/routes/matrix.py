"""Where legs begin against where they end: legs for each pair of ends. Id: routes.matrix.

Their sum is that of the map, and of the list of corridors by legs. An area that is all that is told
of an end is an end of its own, and so is what is not known. Whole journeys stand in ``chains``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.counts.leg_counts import ENDS, UNKNOWN, LegCount, is_place, leg_step
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts import flow_ends, leg_map, ranges
from dashboard.exhibits.parts.frame import frame, made, number_format
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.figures.plot import Plot, Series
from dashboard.model.facts import LEGS
from dashboard.model.protection import is_few
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin

_ID = "routes.matrix"
#: Ends that have a row or a column of their own; all others stand together.
_MOST = 9
#: All other known ends.
_REST = "rest"
#: How many pairs a description names.
_DESCRIBED = 5


@dataclass(frozen=True)
class _Matrix:
    """The largest ends as rows and columns, with what stands together; it holds all legs."""

    starts: Sequence[str]
    ends: Sequence[str]
    sizes: Counter[tuple[str, str]]


@exhibit(_ID, facts=("legs",), options=(ENDS.option,))
def routes_matrix(question: Question) -> Exhibit:
    """Legs from each end to each end."""
    if unkept(question, LEGS):
        return offered(_ID, frame(question, LEGS), not_kept(question, LEGS))
    step = leg_step(question)
    count = step.counted
    around = frame(
        question,
        LEGS,
        drawn=(count.drawn,),
        what=question.say("routes.what_legs"),
        note=question.say("routes.note_per_legs"),
        notes=[question.say("routes.matrix.note", n=_MOST)],
        detail=step.detail(question),
        options={"level": count.level},
    )
    if not count.total:
        return offered(_ID, around, nothing(question, LEGS))
    matrix = _matrix(count)
    said = number_format(question, LEGS, error=count.drawn.error, rough=step.is_rough)
    return made(
        _ID,
        around,
        title=_title(question, count),
        plot=Plot(
            "matrix",
            tuple(_name(question, code) for code in matrix.ends),
            tuple(
                Series(
                    _name(question, start),
                    said.numbers(matrix.sizes[start, end] for end in matrix.ends),
                )
                for start in matrix.starts
            ),
            is_rough=step.is_rough,
        ),
        table=_table(question, count),
        description=_description(question, count),
    )


def _matrix(count: LegCount) -> _Matrix:
    """The largest ends of either kind; what is not known has a row and a column of its own."""
    kept: list[dict[str, str]] = []
    for at in (0, 1):
        sums: Counter[str] = Counter()
        for pair, size in count.sizes.items():
            sums[pair[at]] += size
        largest = [code for code, _ in sums.most_common() if code != UNKNOWN][:_MOST]
        own = {code: code for code in largest}
        others = [code for code in sums if code not in own and code != UNKNOWN]
        own |= dict.fromkeys(others, _REST)
        kept.append(own | ({UNKNOWN: UNKNOWN} if UNKNOWN in sums else {}))
    sizes: Counter[tuple[str, str]] = Counter()
    for (start, end), size in count.sizes.items():
        sizes[kept[0][start], kept[1][end]] += size
    starts, ends = (tuple(dict.fromkeys(own.values())) for own in kept)
    return _Matrix(starts, ends, sizes)


def _name(question: Question, code: str) -> str:
    return (
        question.say("routes.stops.rest") if code == _REST else leg_map.place_name(question, code)
    )


def _table(question: Question, count: LegCount) -> Table:
    unit = LEGS.unit_in(question.lang)
    ends = ranges.columns(question, LEGS, count.drawn)
    return Table(
        (*flow_ends.columns(question), Column(LEGS.unit, begin(unit), unit), *ends),
        tuple(
            (
                *(cell for code in pair for cell in flow_ends.cells(question, code)),
                count.sizes[pair],
                *(count.drawn.error.interval(count.sizes[pair]) if ends else ()),
            )
            for pair in count.ranked
        ),
    )


def _title(question: Question, count: LegCount) -> str:
    """How much of all legs leads out of the country."""
    abroad = sum(
        size
        for (_, end), size in count.sizes.items()
        if is_place(end) and _country(question, end) != COUNTRY
    )
    share = numbers.share(abroad, count.total, question.base(LEGS), question.lang)
    if share is None or not abroad:
        return question.say("routes.matrix.title_plain")
    return question.say("routes.matrix.title", share=share)


def _country(question: Question, code: str) -> str | None:
    known = question.release.places.get(code)
    is_country = known is not None and known.level == "country"
    return code if is_country else question.release.parent(code, "country")


def _description(question: Question, count: LegCount) -> str:
    period = dates.period(question.period.snapped(LEGS.grain), question.lang)
    named = ", ".join(
        question.say(
            "shared.named",
            name=leg_map.flow_name(question, pair),
            number=question.about(count.sizes[pair], LEGS),
        )
        for pair in count.ranked[:_DESCRIBED]
        if not is_few(count.sizes[pair], question.base(LEGS))
    )
    text = question.say("routes.matrix.description", period=period)
    return f"{text} {question.say('routes.described', names=named)}" if named else text
