"""A cross-table of a program's own choice, counted as Explore counts.

It may have more dimensions than a page shows, and time beside them. Where Explore answers the
nearest question instead, a refusal here names it: nobody reads a notice beside a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import combinations, product
from urllib.parse import parse_qsl

from dashboard.exhibits.charts import dimensions as codes
from dashboard.exhibits.explore import forms
from dashboard.exhibits.explore.crosstab import Crosstab, count_crosstab, sums_of
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
from dashboard.exports import typed
from dashboard.exports.typed import Field, Resource
from dashboard.model.counted_by import STEPS, By, by_dimension, by_step, dimensions
from dashboard.model.country import THIRD
from dashboard.model.facts import FACTS, Fact
from dashboard.model.filters import PERIOD
from dashboard.model.protection import RECORDS
from dashboard.queries import unkept
from dashboard.release.open_release import Release
from dashboard.words import numbers

_FREQ = {"month": "M", "quarter": "Q", "year": "Y"}
_OF = "Id of what is counted."
_BY = "Dimensions of it (/release.json lists those of each); none for one number."
_COARSE = "It is told by district and quarter at the finest."
_STEPS = "Length of the steps of time; the period as one when left out."
_NAMES = tuple(dict.fromkeys(name for each in FACTS for name in dimensions(each)))
#: Its parameters beside the filters.
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
class _Request:
    """What a query asks of a cross-table.

    Attributes:
        fact: What is counted.
        names: Its dimensions.
        step: Length of the steps of time; '' for none.
        question: Its filters and months.
    """

    fact: Fact
    names: tuple[str, ...]
    step: str
    question: Question

    @property
    def by(self) -> tuple[By, ...]:
        """Its dimensions; time comes last."""
        time = (by_step(self.fact, self.step, self.question.period),) if self.step else ()
        return (*map(by_dimension, self.names), *time)


def cross_table(query: str, release: Release, editions: Sequence[str]) -> Resource:
    """Events of a release by dimensions, and by steps of time.

    Args:
        query: ``PARAMETERS`` and filters, as an address has them.
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
    request = _request_of(query, release, editions)
    question, lang = request.question, request.question.lang
    sizes = sums_of(question, request.fact, request.by)
    without_time = [by for by in request.by if not codes.is_time(request.fact, by)]
    breakdown = breakdowns.breakdown_of(
        question, request.fact, without_time, [*sizes.values()], months=STEPS.get(request.step)
    )
    base = breakdown.base if breakdown.error.typical else RECORDS
    release_stamp = stamp(release, question.filters)
    is_direction = len(request.names) > 1 and breakdown.error.is_direction
    crosstab = _crosstab_of(request) if is_direction else None

    def cells_of(key: _Key) -> tuple[object, ...]:
        if crosstab:
            return None, None, None, forms.sign_of(crosstab, *key)[1]  # its words
        size = sizes[key]
        return size, *breakdown.error.interval(size), numbers.about(size, base, lang)

    rows = [(key, cells_of(key)) for key in _ordered(request, sizes)]
    return typed.resource(
        "count",
        *_columns(request, rows),
        {
            "release": release.id,
            "counted": request.fact.label_in(lang),
            "unit": request.fact.unit_in(lang),
            "period": str(question.period),
            "filters": question.filters.to_query(),
            "each_counts": [name for name in request.names if request.fact.is_set(name)],
            "direction_only": is_direction,
            "protection": error_note(question, (breakdown,)) or release_stamp.protection,
            "notes": _notes(request, is_direction=is_direction, breakdown=breakdown),
            "source": source(release, lang),
            "handling": release_stamp.label,
        },
    )


def _request_of(query: str, release: Release, editions: Sequence[str]) -> _Request:
    """The request of a query string, all of which can be answered.

    Raises:
        Refused: If some of it cannot.
    """
    values = dict(parse_qsl(query, keep_blank_values=True))
    facts = {known.id: known for known in FACTS if release.has(known)}
    allowed = (
        Parameter("of", _OF, tuple(facts)),
        _by_parameter(release, facts[values["of"]]) if values.get("of") in facts else PARAMETERS[1],
        PARAMETERS[2],
        *(known for known in filters_at(release, editions) if known.name != "compare"),
    )
    refuse_if("A count", refusals(query, allowed))
    if "of" not in values:
        refuse_if("A count", [Refusal("of", "", "empty", tuple(facts))])
    fact = facts[values["of"]]
    names = tuple(filter(None, values.get("by", "").split(",")))
    request = _Request(fact, names, values.get("steps", ""), _question(query, release, fact))
    refuse_if(
        _subject(fact),
        [*_repeated(request), *_unfit_filters(request), *_unfit_time(request)],
    )
    refuse_if(_subject(fact), [*_unfit_crosstabs(request)])
    return request


def _by_parameter(release: Release, fact: Fact) -> Parameter:
    """The parameter ``by`` of a fact: what it may be counted by."""
    offered = partial(dimensions_of, release)
    return Parameter(
        "by", _BY, offered(fact), many=True, hint=partial(_dimensions_text, release, offered)
    )


def _dimensions_text(release: Release, names: Callable[[Fact], Container[str]], name: str) -> str:
    """A sentence on the facts with a name among their ``names``; '' if none has it."""
    fact_ids = [fact.id for fact in FACTS if release.has(fact) and name in names(fact)]
    return f"{name} is kept of {', '.join(fact_ids)}." if fact_ids else ""


def _question(query: str, release: Release, fact: Fact) -> Question:
    """The question of a query: its filters, and its period or the usual one."""
    # The edition was chosen before: it is ``release``.
    filters = read_view_query(query, release, is_edition=lambda _: False).filters
    usual = release.default_period.snapped(fact.grain)
    return Question(release, filters, filters.period or usual, {})


def refuse_if(subject: str, refused: Sequence[Refusal]) -> None:
    """Refuse to answer where any part of a question is refused.

    Raises:
        Refused: If there are refusals.
    """
    if refused:
        raise Refused(subject, refused)


def _subject(fact: Fact) -> str:
    return f"A count of {fact.id}"


def _refusal(
    name: str, value: str, allowed: Sequence[str], why: Reason = "not in this view", hint: str = ""
) -> Refusal:
    return Refusal(name, value, why, tuple(allowed), hint)


def _repeated(request: _Request) -> Iterator[Refusal]:
    """Dimensions that were given twice."""
    offered = dimensions_of(request.question.release, request.fact)
    for name in dict.fromkeys(request.names):
        if request.names.count(name) > 1:
            others = [other for other in offered if other not in request.names]
            yield _refusal("by", name, others, "given twice")


def _unfit_filters(request: _Request) -> Iterator[Refusal]:
    """Filters that the fact cannot follow."""
    filters, release = request.question.filters, request.question.release
    for name in unkept(release, request.fact, filters):
        if name == "site":
            codes = filters.codes_of("area")
            around = {code: release.parent(code, THIRD) or code for code in codes}
            sites = ",".join(code for code, area in around.items() if area != code)
            hint = f"Places of {request.fact.id} are no finer than {THIRD}."
            yield _refusal("area", sites, [*dict.fromkeys(around.values())], hint=hint)
            continue
        hint = _dimensions_text(release, lambda fact: fact.filters, name)
        yield _refusal(name, ",".join(filters.codes_of(name)), [*request.fact.filters], hint=hint)


def _unfit_time(request: _Request) -> Iterator[Refusal]:
    """Steps finer than the fact is kept by; periods outside the release or with parts of steps."""
    grain, span = request.fact.grain, request.question.release.span
    whole, asked = span.snapped(grain), request.question.period
    fitting = [step for step in STEPS if step != "month" or grain == "month"]
    if request.step and request.step not in fitting:
        yield _refusal("steps", request.step, fitting, "unknown value")
    elif not asked.within(whole):
        yield _refusal(PERIOD, str(asked), [str(whole)])
    else:
        months = STEPS.get(request.step)
        nearest = asked.in_steps(months, whole) if months else asked.snapped(grain)
        if asked != nearest:
            yield _refusal(PERIOD, str(asked), [str(nearest)] if nearest else [])


def _unfit_crosstabs(request: _Request) -> Iterator[Refusal]:
    """The first dimension that cannot be combined with the others or with steps, if there is one.

    Two dimensions without steps are never refused for their error: they are answered as directions.
    """
    fact, question, step = request.fact, request.question, request.step
    offered = dimensions_in(question, fact)
    if too_coarse := next((name for name in request.names if name not in offered), None):
        yield _refusal("by", too_coarse, offered, hint=_COARSE)
        return
    for one, other in combinations(request.names, 2):
        if fact.is_set(one) and fact.is_set(other) or is_too_fine(fact, one, other):
            partners = (n for n in offered if go_together(fact, one, n))
            yield _refusal("by", other, [n for n in partners if not is_too_fine(fact, one, n)])
            return
    for name in request.names:
        if step and is_too_fine(fact, name, step):
            coarser = [s for s in STEPS if not is_too_fine(fact, name, s)]
            yield _refusal("steps", step, coarser)
            return
    if len(request.names) == 2 and not step:
        return
    if len(request.names) > 1 and _is_direction(request, request.names):
        pairs = combinations(request.names, 2)
        second = next((b for a, b in pairs if _is_direction(request, (a, b))), request.names[-1])
        is_pair = len(request.names) == 2
        yield _refusal("steps", step, ()) if is_pair else _refusal("by", second, ())


def _is_direction(request: _Request, names: Sequence[str]) -> bool:
    """Whether numbers by some dimensions are so far off that only directions can be given."""
    by, months = [*map(by_dimension, names)], STEPS.get(request.step)
    breakdown = breakdowns.breakdown_of(request.question, request.fact, by, (), months=months)
    return breakdown.error.is_direction


def _crosstab_of(request: _Request) -> Crosstab:
    """The request as a cross-table of two dimensions, which knows the direction of each cell."""
    rows, columns = request.names
    reader_question = ReaderQuestion(request.fact, rows, columns, NUMBER, MATRIX)
    return count_crosstab(request.question, reader_question, request.by)


def _ordered(request: _Request, sizes: Mapping[_Key, int]) -> list[_Key]:
    """The cells: the largest first; with steps, each combination over all of them."""
    if not request.step:
        return sorted(sizes, key=lambda key: -sizes[key])
    totals = Counter[_Key]()
    for (*combination, _), size in sizes.items():
        totals[tuple(combination)] += size
    steps = codes.in_order(request.fact, request.by[-1], {})
    largest_first = [key for key, _ in totals.most_common()] if request.names else [()]
    if len(largest_first) * len(steps) > _CELLS:
        coarser = [step for step, months in STEPS.items() if months > STEPS[request.step]]
        refuse_if(_subject(request.fact), [_refusal("steps", request.step, coarser, "too long")])
    return [(*key, step) for key, step in product(largest_first, steps)]


def _columns(
    request: _Request, rows: Sequence[tuple[_Key, tuple[object, ...]]]
) -> tuple[list[Field], list[tuple[object, ...]]]:
    """Fields and rows of the table; ``rows`` pair a key with value, both ends and words."""
    fields: list[Field] = []
    cells: list[Sequence[object]] = []
    for at, name in enumerate(request.names):
        by = request.by[at]
        own_codes = [key[at] for key, _ in rows]
        label = cache(partial(codes.label, request.question, request.fact, by))
        labels = [label(code) for code in own_codes]
        field = typed.code_field(name, own_codes, codes.codes_of(request.fact, by))
        fields += [field, typed.name_field(f"{name}_label", labels, own_codes, field)]
        cells += [own_codes, labels]
    if request.step:
        fields.append(typed.period_field("period", _FREQ[request.step]))
        cells.append([step for (*_, step), _ in rows])
    for at, name in enumerate(("value", "at_least", "at_most")):
        fields.append({"name": name, "type": "integer"})
        cells.append([values[at] for _, values in rows])
    words = [values[3] for _, values in rows]
    return [*fields, typed.content_field("words", ["", *words])], [*zip(*cells, words, strict=True)]


def _notes(request: _Request, breakdown: Breakdown, *, is_direction: bool) -> list[str]:
    """Notes: that only directions are known, that an event may count twice, what may still rise."""
    question = request.question
    notes: list[str] = []
    if is_direction:
        notes.append(question.translate("explore.note_direction"))
    elif breakdown.error.is_direction:
        notes.append(question.translate("shared.note.direction"))
    if any(map(request.fact.is_set, request.names)):
        notes.append(question.translate("breakdown.many", unit=request.fact.unit_in(question.lang)))
    late = lateness.notes(question)
    return [*notes, *late, question.translate("shared.note.care")]
