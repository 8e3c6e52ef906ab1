"""A cross-table of a program's own choice, counted as explore counts.

It may have more dimensions than a page shows, and time beside them. What explore turns into the
nearest that can be had is refused here with it: nobody reads a notice beside a file.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations, product
from urllib.parse import parse_qsl

from dashboard.exhibits.charts import dimensions as codes
from dashboard.exhibits.explore import forms
from dashboard.exhibits.explore.crossing import Crossing, count_crossing, sums_of
from dashboard.exhibits.explore.reader_question import (
    MATRIX,
    NUMBER,
    ReaderQuestion,
    dimensions_in,
    dimensions_of,
    go_together,
    is_too_fine,
)
from dashboard.exhibits.parameters import Parameter, Reason, Refusal, Refused, filters_at, refusals
from dashboard.exhibits.parts import breakdowns, lateness
from dashboard.exhibits.parts.breakdowns import Breakdown
from dashboard.exhibits.parts.frame import error_note, source, stamp
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import read_view_query
from dashboard.exports.typed import Field, Resource, by_content, coded, named, period, resource
from dashboard.filters import inapplicable
from dashboard.model.counted_by import STEPS, By, by_dimension, by_step, dimensions
from dashboard.model.facts import FACTS, Fact
from dashboard.model.filters import PERIOD
from dashboard.model.protection import RECORDS
from dashboard.release.open_release import Release
from dashboard.words import numbers

_FREQ = {"month": "M", "quarter": "Q", "year": "Y"}
_OF = "Id of what is counted."
_BY = "Dimensions of it (/release.json lists those of each); none for one number."
_COARSE = "It is told by district and quarter at the finest."
_STEPS = "Length of the steps of time; the period as one when left out."
_NAMES = tuple(dict.fromkeys(name for each in FACTS for name in dimensions(each)))
#: What it may be asked beside the filters.
PARAMETERS = (
    Parameter("of", _OF, tuple(each.id for each in FACTS)),
    Parameter("by", _BY, _NAMES, many=True),
    Parameter("steps", _STEPS, tuple(STEPS)),
)
#: Cells that steps of time may make at most.
_CELLS = 100_000
#: A cell: a code of each dimension, and the step of time where there are steps.
_Key = tuple[str, ...]


@dataclass(frozen=True)
class _TableQuery:
    """A cross-table that can be had: what is counted, by what, and over which months."""

    fact: Fact
    names: tuple[str, ...]
    step: str
    question: Question

    @property
    def by(self) -> tuple[By, ...]:
        """What it counts by; time comes last."""
        time = (by_step(self.fact, self.step, self.question.period),) if self.step else ()
        return (*map(by_dimension, self.names), *time)


def cross_table(query: str, release: Release, editions: Sequence[str]) -> Resource:
    """Events of a release by dimensions, and by steps of time.

    Args:
        query: What is asked: ``PARAMETERS`` and filters, as an address has them.
        release: The open release.
        editions: Ids of the editions that the query may name.

    Returns:
        One row a combination that occurs, the largest first; with steps, each of them in order of
        time. A column of codes and one of labels (``corridor_label``) for each dimension,
        ``period`` with steps, then ``value``, ``at_least`` and ``at_most`` (nineteen times in
        twenty) and ``words``, as pages read the number. Where a pair is a direction only the three
        numbers are missing, and ``words`` say whether a cell is surely more or less than its share.

    Raises:
        Refused: If it cannot be answered as it was asked, with the nearest that can be.
    """
    asked = _read(query, release, editions)
    question, lang = asked.question, asked.question.lang
    sums = sums_of(question, asked.fact, asked.by)
    others = [by for by in asked.by if not codes.is_time(asked.fact, by)]
    breakdown = breakdowns.breakdown_of(
        question, asked.fact, others, [*sums.values()], months=STEPS.get(asked.step)
    )
    base = breakdown.base if breakdown.error.error else RECORDS
    about = stamp(release, question.filters)
    is_direction = len(asked.names) > 1 and breakdown.error.is_direction
    pair = _pair(asked) if is_direction else None

    def cells_of(key: _Key) -> tuple[object, ...]:
        if pair:
            return None, None, None, forms.sign_of(pair, *key)[1]
        size = sums[key]
        return size, *breakdown.error.interval(size), numbers.about(size, base, lang)

    rows = [(key, cells_of(key)) for key in _ordered(asked, sums)]
    return resource(
        "count",
        *_columns(asked, rows),
        {
            "release": release.id,
            "counted": asked.fact.label_in(lang),
            "unit": asked.fact.unit_in(lang),
            "period": str(question.period),
            "filters": question.filters.to_query(),
            "each_counts": [name for name in asked.names if asked.fact.is_set(name)],
            "direction_only": is_direction,
            "protection": error_note(question, (breakdown,)) or about.protection,
            "notes": _notes(asked, is_direction=is_direction, breakdown=breakdown),
            "source": source(release, lang),
            "handling": about.label,
        },
    )


def _read(query: str, release: Release, editions: Sequence[str]) -> _TableQuery:
    given = dict(parse_qsl(query, keep_blank_values=True))
    held = {each.id: each for each in FACTS if release.has(each)}
    known = (
        Parameter("of", _OF, tuple(held)),
        _by(release, held[given["of"]]) if given.get("of") in held else PARAMETERS[1],
        PARAMETERS[2],
        *(each for each in filters_at(release, editions) if each.name != "compare"),
    )
    _refuse("A count", refusals(query, known))
    if "of" not in given:
        _refuse("A count", [Refusal("of", "", "empty", tuple(held))])
    of = held[given["of"]]
    names = tuple(filter(None, given.get("by", "").split(",")))
    asked = _TableQuery(of, names, given.get("steps", ""), _question(query, release, of))
    _refuse(_subject(of), [*_twice(asked), *_filters(asked), *_time(asked)])
    _refuse(_subject(of), [*_together(asked)])
    return asked


def _by(release: Release, of: Fact) -> Parameter:
    """What a fact may be counted by."""
    offered = partial(dimensions_of, release)
    return Parameter(
        "by", _BY, offered(of), many=True, hint=partial(_dimensions_text, release, offered)
    )


def _dimensions_text(release: Release, names: Callable[[Fact], Container[str]], name: str) -> str:
    """Of what a release has a dimension or a filter, in a sentence; '' of nothing."""
    kept = [of.id for of in FACTS if release.has(of) and name in names(of)]
    return f"{name} is kept of {', '.join(kept)}." if kept else ""


def _question(query: str, release: Release, of: Fact) -> Question:
    filters = read_view_query(query, release, lambda _: False).filters
    usual = release.default_period.snapped(of.grain)
    return Question(release, filters, filters.period or usual, {})


def _refuse(called: str, refused: Sequence[Refusal]) -> None:
    if refused:
        raise Refused(called, refused)


def _subject(of: Fact) -> str:
    return f"A count of {of.id}"


def _refusal(
    name: str, value: str, allowed: Sequence[str], why: Reason = "not in this view", hint: str = ""
) -> Refusal:
    return Refusal(name, value, why, tuple(allowed), hint)


def _twice(asked: _TableQuery) -> Iterator[Refusal]:
    known = dimensions_of(asked.question.release, asked.fact)
    for name in dict.fromkeys(asked.names):
        if asked.names.count(name) > 1:
            others = [other for other in known if other not in asked.names]
            yield _refusal("by", name, others, "given twice")


def _filters(asked: _TableQuery) -> Iterator[Refusal]:
    """Filters that the fact cannot follow."""
    filters, release = asked.question.filters, asked.question.release
    for name in inapplicable(asked.fact, filters):
        hint = _dimensions_text(release, lambda of: of.filters, name)
        yield _refusal(name, ",".join(filters.codes_of(name)), [*asked.fact.filters], hint=hint)


def _time(asked: _TableQuery) -> Iterator[Refusal]:
    """Steps that the fact is not kept by, and months that are no whole ones or not there."""
    grain, held = asked.fact.grain, asked.question.release.span
    whole, now = held.snapped(grain), asked.question.period
    fitting = [step for step in STEPS if step != "month" or grain == "month"]
    if asked.step and asked.step not in fitting:
        yield _refusal("steps", asked.step, fitting, "unknown value")
    elif not now.within(whole):
        yield _refusal(PERIOD, str(now), [str(whole)])
    else:
        nearest = now.in_steps(STEPS[asked.step], whole) if asked.step else now.snapped(grain)
        if now != nearest:
            yield _refusal(PERIOD, str(now), [str(nearest)] if nearest else [])


def _together(asked: _TableQuery) -> Iterator[Refusal]:
    """Dimensions that nothing tells together, with what each of the others may be asked with."""
    of, question, step = asked.fact, asked.question, asked.step
    known = dimensions_in(question, of)
    if coarse := next((name for name in asked.names if name not in known), None):
        yield _refusal("by", coarse, known, hint=_COARSE)
        return
    for one, other in combinations(asked.names, 2):
        if of.is_set(one) and of.is_set(other) or is_too_fine(of, one, other):
            fitting = (n for n in known if go_together(of, one, n) and not is_too_fine(of, one, n))
            yield _refusal("by", other, [*fitting])
            return
    for name in asked.names:
        if step and is_too_fine(of, name, step):
            coarser = [s for s in STEPS if not is_too_fine(of, name, s)]
            yield _refusal("steps", step, coarser)
            return
    if len(asked.names) == 2 and not step:
        return  # signs are told
    if len(asked.names) > 1 and _is_direction(asked, asked.names):
        pairs = combinations(asked.names, 2)
        second = next((b for a, b in pairs if _is_direction(asked, (a, b))), asked.names[-1])
        is_pair = len(asked.names) == 2
        yield _refusal("steps", step, ()) if is_pair else _refusal("by", second, ())


def _is_direction(asked: _TableQuery, names: Sequence[str]) -> bool:
    """Whether some dimensions are a direction only: which cells are surely off is known of two."""
    by, months = [*map(by_dimension, names)], STEPS.get(asked.step)
    cut = breakdowns.breakdown_of(asked.question, asked.fact, by, (), months=months)
    return cut.error.is_direction


def _pair(asked: _TableQuery) -> Crossing:
    """Two dimensions of which only is told which cells are off their share."""
    rows, columns = asked.names
    reader_question = ReaderQuestion(asked.fact, rows, columns, NUMBER, MATRIX)
    return count_crossing(asked.question, reader_question, asked.by)


def _ordered(asked: _TableQuery, sums: Mapping[_Key, int]) -> list[_Key]:
    """The cells: the largest first, or each combination over all steps of time."""
    if not asked.step:
        return sorted(sums, key=lambda key: -sums[key])
    held: dict[_Key, int] = {}
    for key, size in sums.items():
        held[key[:-1]] = held.get(key[:-1], 0) + size
    steps = codes.in_order(asked.fact, asked.by[-1], {})
    around = sorted(held, key=lambda key: -held[key]) if asked.names else [()]
    if len(around) * len(steps) > _CELLS:
        coarser = [step for step, months in STEPS.items() if months > STEPS[asked.step]]
        _refuse(_subject(asked.fact), [_refusal("steps", asked.step, coarser, "too long")])
    return [(*key, step) for key, step in product(around, steps)]


def _columns(
    asked: _TableQuery, rows: Sequence[tuple[_Key, tuple[object, ...]]]
) -> tuple[list[Field], list[tuple[object, ...]]]:
    fields: list[Field] = []
    cells: list[Sequence[object]] = []
    for at, name in enumerate(asked.names):
        by = asked.by[at]
        own = [key[at] for key, _ in rows]
        label = cache(partial(codes.label, asked.question, asked.fact, by))
        said = [label(code) for code in own]
        field = coded(name, own, codes.codes_of(asked.fact, by))
        fields += [field, named(f"{name}_label", said, own, field)]
        cells += [own, said]
    if asked.step:
        fields.append(period("period", _FREQ[asked.step]))
        cells.append([key[-1] for key, _ in rows])
    for at, name in enumerate(("value", "at_least", "at_most")):
        fields.append({"name": name, "type": "integer"})
        cells.append([told[at] for _, told in rows])
    words = [told[3] for _, told in rows]
    return [*fields, by_content("words", ["", *words])], [*zip(*cells, words, strict=True)]


def _notes(asked: _TableQuery, breakdown: Breakdown, *, is_direction: bool) -> list[str]:
    """How the numbers are read, that one event may count often, and what may still rise."""
    question = asked.question
    said: list[str] = []
    if is_direction:
        said.append(question.translate("explore.note_direction"))
    elif breakdown.error.is_direction:
        said.append(question.translate("shared.note.direction"))
    if any(map(asked.fact.is_set, asked.names)):
        said.append(question.translate("breakdown.many", unit=asked.fact.unit_in(question.lang)))
    late = lateness.notes(question)
    return [*said, *late, question.translate("shared.note.care")]
