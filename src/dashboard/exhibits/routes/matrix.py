"""Where legs begin against where they end: legs for each pair of ends. Id: routes.matrix.

Their sum is that of the map, and of the list of corridors by legs. A coarser area, where no finer
one is known of an end, is an end of its own, and so is what is not known. Whole journeys are in
``chains``.
"""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter

from dashboard.exhibits.charts import counts as counting
from dashboard.exhibits.charts import forms
from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.dimensions import REST
from dashboard.exhibits.counts.home import COUNTRY
from dashboard.exhibits.counts.leg_counts import ENDS, UNKNOWN, FlowCount, flow_count, is_place
from dashboard.exhibits.parts import flow_ends
from dashboard.figures.plot import Plot
from dashboard.model.facts import LEGS
from dashboard.queries import summed
from dashboard.words.catalogue import begin

#: Ends that have a row or a column of their own; all others are one.
_MOST = 9


def _matrix(legs: FlowCount) -> Plot:
    """The largest ends as rows and columns, all others as one; its cells sum to all legs."""
    starts, ends = (_row_by_end(legs, side) for side in (0, 1))
    cells = summed(legs.sizes.items(), lambda pair: (starts[pair[0]], ends[pair[1]]))

    def name(code: str) -> str:
        """Name of a row or column."""
        if code == REST:
            return legs.translate("routes.stops.rest")
        return flow_ends.place_name(legs.question, code)

    rows, columns = ([*dict.fromkeys(by_end.values())] for by_end in (starts, ends))
    counts = counting.as_counted(
        legs.question, LEGS, legs.breakdown.by, cells, rows, columns,
        row_name=name, column_name=name,
    )  # fmt: skip
    return forms.matrix(replace(counts, is_rough=legs.is_rough))


def _row_by_end(legs: FlowCount, side: int) -> dict[str, str]:
    """The row, or column, that each end of legs counts in: its own of the largest, else ``REST``.

    Ends that are not known have a row of their own too.

    Args:
        legs: The legs.
        side: 0 for where they begin, 1 for where they end.
    """
    sizes = summed(legs.sizes.items(), itemgetter(side))
    codes = [code for code, _ in sizes.most_common() if code != UNKNOWN]
    rows = dict.fromkeys(codes, REST) | {code: code for code in codes[:_MOST]}
    return rows | ({UNKNOWN: UNKNOWN} if UNKNOWN in sizes else {})


def _title(legs: FlowCount) -> str:
    """How much of all legs leads out of the country."""
    release = legs.question.release

    def is_abroad(code: str) -> bool:
        """Whether an end is, or lies in, another country or none."""
        place = release.places.get(code)
        is_country = place is not None and place.level == "country"
        return (code if is_country else release.parent(code, "country")) != COUNTRY

    abroad = sum(n for (_, end), n in legs.sizes.items() if is_place(end) and is_abroad(end))
    if not abroad:
        return legs.translate("routes.matrix.title_plain")
    return begin(legs.translate("routes.matrix.title", share=legs.share_of(abroad)))


def _description(legs: FlowCount) -> str:
    """The pairs of ends with their legs, for who does not see the matrix."""
    sizes = ((flow_ends.flow_name(legs.question, pair), legs.sizes[pair]) for pair in legs.ranked)
    return flow_ends.description(legs, "routes.matrix.description", sizes)


Chart(
    "routes.matrix",
    (LEGS,),
    ENDS,
    _matrix,
    _title,
    count=flow_count,
    table=lambda legs: flow_ends.table(legs, legs.ranked),
    description=_description,
    what=lambda question, _: question.translate("routes.what_legs"),
    note="routes.note_per_legs",
    notes=lambda legs: [legs.translate("routes.matrix.note", n=_MOST)],
    options=lambda legs: {"level": legs.level},
).declare()
