"""Gaps: who is referred to which service, by group or area. Id: referrals.coverage.

Rows are the needs of the framework, with people identified on top and, where they are known, places
of services. Numbers of people, of places and of referrals stand side by side and are never divided:
they are not of the same people, a place serves several, and not all who are referred come. Areas
are upazilas where those tell something.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dashboard.exhibits.charts.counts import Counted
from dashboard.exhibits.counts.area_counts import LEVELS, level_ladder, levels_offered
from dashboard.exhibits.counts.capacities import Places, count_places
from dashboard.exhibits.counts.referral_counts import OTHER, Pair
from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts import display_rule, ranges
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.parts.frame import frame, made
from dashboard.exhibits.parts.ladder import AUTO, Ladder, Rung, climb
from dashboard.exhibits.parts.offers import not_kept, nothing, offered, unkept
from dashboard.exhibits.question import Question
from dashboard.exhibits.referrals import names
from dashboard.exhibits.registry import Option, exhibit
from dashboard.figures.heatmap import heatmap
from dashboard.figures.plot import Plot, Series
from dashboard.model.codes import SERVICE, SEX_AND_CHILD_OF
from dashboard.model.facts import PEOPLE, REQUESTS
from dashboard.queries import summed
from dashboard.words import dates, numbers
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import in_sentence

_ID = "referrals.coverage"
_BY = Option("by", ("group", "area"))
_LEVEL = Option("level", (AUTO, *LEVELS), lambda release: (AUTO, *levels_offered(release)))
#: Groups by sex and child or adult.
_GROUPS = {sex_and_child: group for group, sex_and_child in SEX_AND_CHILD_OF.items()}
_BY_GROUP = Ladder("group", (Rung("group", ("sex", "is_child")),))
#: What belongs to no group or area of its own, and what is in no place that is known.
_REST, _UNKNOWN = "rest", "unknown"
#: Areas that are told apart.
_AREAS = 5
#: The need whose gap a title names.
_SHELTER = "safe_shelter"


@dataclass(frozen=True, kw_only=True)
class _Gaps(Counted):
    """People identified by column, and referrals by (service, column).

    Attributes:
        kind: ``group``, or the level of its areas.
        columns: Groups or areas in the order drawn.
        people: People identified by column.
        identified: The same as they would be drawn.
        referred: Referrals.
        places: Places of services, where any are known.
    """

    kind: str
    columns: tuple[str, ...]
    people: Counter[str]
    identified: Drawn
    referred: Counter[Pair]
    places: Places | None

    @property
    def side(self) -> str:
        """Whether columns are groups or areas, for the key of a phrase."""
        return "group" if self.kind == "group" else "area"

    def name(self, column: str) -> str:
        """A group or area in words."""
        if column in (_REST, _UNKNOWN):
            return self.say(f"{_ID}.{column}_{self.side}")
        is_group = self.side == "group"
        return self.say(f"{_ID}.{column}") if is_group else self.question.place_name(column)


@exhibit(_ID, facts=("requests",), options=(_BY, _LEVEL))
def referrals_coverage(question: Question) -> Exhibit:
    """Service by group or area, with what none or very few were referred to marked."""
    if unkept(question, REQUESTS):
        return offered(_ID, frame(question, REQUESTS), not_kept(question, REQUESTS))
    is_group = question.options["by"] == "group"
    places = count_places(question)
    ladder = _BY_GROUP if is_group else level_ladder(question)
    step = climb(question, ladder, lambda rung: _count(question, rung, places))
    found = step.counted
    notes = [question.say("shared.note.rough")] if is_group and found.is_rough else []
    around = frame(
        question,
        REQUESTS,
        drawn=(found.drawn,),
        note=question.say(f"{_ID}.note"),
        notes=[*notes, *_place_notes(question, places)],
        detail=None if is_group else step.detail(question),
    )
    if not found.total:
        return offered(_ID, around, nothing(question, REQUESTS))
    plot = _plot(found)
    return made(
        _ID,
        around,
        title=_title(found),
        plot=plot,
        figure=heatmap(plot, empty=question.say("numbers.none_or_very_few")),
        table=_with_places(found, _table(found)),
        description=_description(found),
    )


def _count(question: Question, rung: Rung, places: Places | None) -> tuple[_Gaps, Drawn]:
    is_group = rung.id == "group"
    apart = rung.by if is_group else (*rung.by, "place")
    column = _group if is_group else _area
    people = question.sums(PEOPLE, *apart, under=column)
    referred: Counter[Pair] = question.sums(
        REQUESTS, *apart, "service",
        under=lambda one, other, service: (service or OTHER, column(one, other)),
    )  # fmt: skip
    columns = tuple(_GROUPS.values())
    if not is_group:
        sums = people + summed(referred.items(), lambda pair: pair[1])
        largest = (code for code, _ in sums.most_common() if code not in (_REST, _UNKNOWN))
        columns = tuple(largest)[:_AREAS]
    # All other areas stand together, beside what is in no known place.
    kept = {*columns, _UNKNOWN}
    people = summed(people.items(), lambda code: code if code in kept else _REST)
    referred = summed(
        referred.items(), lambda pair: (pair[0], pair[1] if pair[1] in kept else _REST)
    )
    of_referred = {column for _, column in referred}
    columns += tuple(c for c in (_REST, _UNKNOWN) if people[c] or c in of_referred)
    by, sizes = (*rung.by, "service"), tuple(referred.values())
    drawn = display_rule.drawn(question, REQUESTS, by, sizes)
    found = _Gaps(
        question=question,
        fact=REQUESTS,
        total=referred.total(),
        drawn=drawn,
        is_rough=not drawn.holds,
        kind=rung.id,
        columns=columns,
        people=people,
        identified=display_rule.drawn(question, PEOPLE, rung.by, tuple(people.values())),
        referred=referred,
        places=places,
    )
    return found, drawn


def _group(sex: str, child: str) -> str:
    return _GROUPS.get((sex, child), _REST)


def _area(area: str | None, place: str | None) -> str:
    return area or (_REST if place else _UNKNOWN)


def _plot(found: _Gaps) -> Plot:
    """Referrals as a matrix; people identified stand with the name of their column."""

    def identified(column: str) -> str:
        size, base = found.people[column], found.question.base(PEOPLE)
        empty = found.say("numbers.none_or_very_few")
        number = numbers.at_mark(size, base, found.lang) if size else empty
        return found.say(f"{_ID}.column", name=found.name(column), number=number)

    return Plot(
        "matrix",
        tuple(map(identified, found.columns)),
        tuple(
            Series(
                _with_its_places(found, service),
                found.numbers(found.referred[service, column] for column in found.columns),
            )
            for service in SERVICE.values
        ),
        is_rough=found.is_rough,
    )


def _with_its_places(found: _Gaps, service: str) -> str:
    """Name of a service with its places, where they are known."""
    name = names.service(found.question, service)
    known = found.places.by_service if found.places else {}
    if service not in known:
        return name
    number = numbers.number(known[service], found.lang)
    return found.say(f"{_ID}.places_of", service=name, number=number)


def _title(found: _Gaps) -> str:
    """Groups or areas of which none or very few were referred to shelter.

    Of a few people identified, or of hardly more than nobody, none is no gap.
    """
    kind, shelter = found.kind, names.service(found.question, _SHELTER)
    empty = [
        column
        for column in found.columns
        if column not in (_REST, _UNKNOWN)
        and found.people[column]
        and not found.referred[_SHELTER, column]
    ]
    gaps = [found.name(c) for c in empty if found.identified.names(found.people[c])]
    if not gaps and empty:
        return found.say(f"{_ID}.title_unclear", service=shelter)
    if not gaps and len(found.columns) == 1:
        name = found.name(found.columns[0])
        return found.say(f"{_ID}.title_one", service=shelter, name=name)
    if not gaps:
        return found.say(f"{_ID}.title_{kind}", service=shelter)
    if len(gaps) > 2:  # noqa: PLR2004 -- more than a title holds
        number = numbers.number(len(gaps), found.lang)
        return found.say(f"{_ID}.gaps_{kind}", service=shelter, number=number)
    said = list(map(in_sentence, gaps)) if found.side == "group" else gaps
    named = filter_words.either(said, found.lang)
    return found.say(f"{_ID}.gap_{found.side}", service=shelter, names=named)


def _table(found: _Gaps) -> Table:
    columns = found.columns
    rows: list[tuple[Cell, ...]] = [
        (code, names.service(found.question, code), *(found.referred[code, c] for c in columns))
        for code in SERVICE.values
    ]
    rows.append(("people", PEOPLE.label_in(found.lang), *(found.people[c] for c in columns)))
    own = (Column(column, found.name(column), number=True) for column in columns)
    table = Table((*names.service_columns(found.question), *own), tuple(rows))
    error, last = found.drawn.error, found.identified.error
    return ranges.beside(table, columns, error, found.lang, last=last)


def _with_places(found: _Gaps, table: Table) -> Table:
    """The table with all places of each service, and in files those of each column."""
    places = found.places
    if places is None or not places.by_service:
        return table
    known = {**places.by_group, **places.by_area}
    own = [code for code in found.columns if any(column == code for _, column in known)]
    label = {code: found.say(f"{_ID}.column_places_of", name=found.name(code)) for code in own}
    added = (
        Column("places", found.say(f"{_ID}.column_places"), number=True),
        *(Column(f"places_{code}", label[code], number=True, in_files=True) for code in own),
    )
    rows = (
        (*row, places.by_service.get(str(row[0])), *(known.get((str(row[0]), c)) for c in own))
        for row in table.rows
    )
    return Table((*table.columns, *added), tuple(rows))


def _place_notes(question: Question, places: Places | None) -> list[str]:
    """When places were counted, where any are known, and which of them are left out."""
    notes: list[str] = []
    if places and places.counted:
        first, last = (dates.day(day, question.lang) for day in places.counted)
        both = question.say(f"{_ID}.days", first=first, last=last)
        notes.append(question.say(f"{_ID}.note_places", days=first if first == last else both))
    if places and places.is_left_out:
        notes.append(question.say(f"{_ID}.note_places_left_out"))
    return notes


def _description(found: _Gaps) -> str:
    (service, column), size = max(found.referred.items(), key=lambda entry: entry[1])
    said = found.say(
        f"{_ID}.description_{found.kind}",
        period=found.question.period_in_words,
        service=names.service(found.question, service),
        column=found.name(column),
        number=found.about(size),
    )
    if not found.people:
        return said
    most, people = found.people.most_common(1)[0]
    number = found.question.about(people, PEOPLE)
    told = found.say(f"{_ID}.description_people", column=found.name(most), number=number)
    return f"{said} {told}"
