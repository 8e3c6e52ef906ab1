"""The working group's monthly sheet, panel by panel.

Ids: sheet.people, sheet.types, sheet.transport-destination, sheet.recruitment-place,
sheet.rescuing-authority, sheet.promises; sheet.age-sex stands in ``age_sex``, sheet.months with the
trends. A period of one month gives the sheet of that month.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import dimensions, forms
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.counts import Cell, Counts, count
from dashboard.exhibits.charts.dimensions import UNKNOWN
from dashboard.exhibits.charts.forms import Form, Group
from dashboard.exhibits.charts.sentences import leader
from dashboard.exhibits.counts import splits
from dashboard.exhibits.parts.frame import total_in_words
from dashboard.exhibits.parts.ladder import DetailLevel, Ladder
from dashboard.exhibits.question import Question
from dashboard.figures import theme
from dashboard.model import codes
from dashboard.model.counted_by import Gathered
from dashboard.model.country import PACK
from dashboard.model.facts import INCIDENTS, PEOPLE, Fact
from dashboard.words.catalogue import begin

#: How many promises are drawn.
_TOP = 5
#: Destinations drawn by themselves; the others are one group.
_DRAWN = 3
#: Destinations in the country, and in no known country; the column of countries.
_INSIDE, _ELSEWHERE, _BY_COUNTRY = "inside", "elsewhere", "destination_country"
_COLOURS = (theme.BLUE, theme.SKY, theme.ORCHID, theme.UMBER, theme.NEUTRAL)
_SECURITY_FORCES = PACK.marked("rescuing_authority", "security")
_CLASSES = Ladder.of("classes", groups=("class_group",), crimes=(splits.by_part(),))
_FORCES = Gathered("rescuing_authority", dict.fromkeys(_SECURITY_FORCES, "security_forces"))
_AUTHORITIES = Ladder.of("authorities", codes=("rescuing_authority",), kinds=(_FORCES,))
_PLACES = Ladder(
    "recruited",
    (
        DetailLevel("place_sex", ("recruitment_place", "sex")),
        *dimensions.by_leading("recruited", "recruitment_place").levels,
    ),
)
_TRANSPORT = Ladder.of(
    "transport", mode_country=("mode", _BY_COUNTRY), mode_scope=("mode", "scope"), scope=("scope",)
)


#: Counts in the order of the code list.
_ordered = partial(count, ordered=True)


def _people_title(counts: Counts) -> str:
    """How many people in which period."""
    question, n = counts.question, counts.total
    number, period = total_in_words(question, PEOPLE, n), question.period_in_words
    return begin(question.translate("sheet.people.title", n=n, number=number, period=period))


Chart(
    "sheet.people",
    (PEOPLE,),
    Ladder.of("sex", sex=("sex",)),
    forms.bars(theme.SEX_COLOUR, shares=False),
    _people_title,
    count=_ordered,
).declare(by_month=True)

# They count people where a filter, such as that by sex, does not apply to incidents.
Chart(
    "sheet.types",
    (INCIDENTS, PEOPLE),
    _CLASSES,
    forms.bars({code: look.colour for code, look in theme.CLASS_LOOK.items()}),
    leader("sheet.types"),
    count=_ordered,
).declare(by_month=True)

Chart(
    "sheet.rescuing-authority",
    (PEOPLE,),
    _AUTHORITIES,
    forms.bars(),
    leader("sheet.rescuing-authority"),
).declare(by_month=True)

Chart(
    "sheet.promises",
    (PEOPLE,),
    dimensions.by_leading("promises", "promise"),
    forms.bars(top=_TOP),
    leader("sheet.promises"),
).declare(by_month=True)


def _or_bars(form: Form) -> Form:
    """A form of two dimensions; for counts of one dimension it draws bars."""
    return lambda counts: (form if counts.is_crossed else forms.bars(shares=False))(counts)


Chart(
    "sheet.recruitment-place",
    (PEOPLE,),
    _PLACES,
    _or_bars(forms.parts(forms.by_column(theme.SEX_COLOUR))),
    leader("sheet.recruitment-place"),
).declare(by_month=True)


def _destinations(question: Question, fact: Fact, level: DetailLevel) -> Counts:
    """People by transport and destination; at other levels as these count.

    A destination is a country, "inside" for this one, "elsewhere" for a known place in no country,
    or unknown.
    """
    if level.by[1:] != (_BY_COUNTRY,):
        return count(question, fact, level)

    def cell(mode: str | None, country: str | None, scope: str, destination: str | None) -> Cell:
        """Transport and destination that people count under, by the codes of four columns."""
        if country == PACK.code or (country is None and scope == codes.INSIDE):
            return mode or UNKNOWN, _INSIDE
        return mode or UNKNOWN, country or (_ELSEWHERE if destination else UNKNOWN)

    cells = question.sums(fact, "mode", _BY_COUNTRY, "scope", "destination", key=cell)

    def name(code: str) -> str:
        """Name of a destination."""
        if code in (_INSIDE, _ELSEWHERE, UNKNOWN):
            return question.translate(f"sheet.destination_{code}")
        return question.place_name(code)

    return counting.from_cells(
        question, fact, level.by, cells, column_name=name, ordered_columns=False
    )


def _largest_destinations(counts: Counts) -> Sequence[Group]:
    """The largest destinations, all others together, and what is not known by itself.

    At levels without countries it is every column.
    """
    if counts.by[1] != _BY_COUNTRY:
        return forms.by_column(_COLOURS)(counts)
    codes = [code for code in counts.columns if code != UNKNOWN]
    parts: list[tuple[str, Sequence[str]]] = [
        (counts.column_name(code), [code]) for code in codes[:_DRAWN]
    ]
    if others := codes[_DRAWN:]:
        parts.append((counts.question.translate("sheet.other_destinations"), others))
    groups = [(*part, colour) for part, colour in zip(parts, _COLOURS, strict=False)]
    if UNKNOWN in counts.columns:
        groups.append((counts.column_name(UNKNOWN), [UNKNOWN], theme.NEUTRAL))
    return groups


def _transport_title(counts: Counts) -> str:
    """Which transport leads; where people are counted by scope alone, which scope."""
    return leader("sheet.transport-destination" if counts.is_crossed else "sheet.scope")(counts)


Chart(
    "sheet.transport-destination",
    (PEOPLE,),
    _TRANSPORT,
    _or_bars(forms.parts(_largest_destinations, stacked=True)),
    _transport_title,
    count=_destinations,
).declare(by_month=True)
