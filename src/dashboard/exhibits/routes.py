"""Routes: flows between areas on a map, and the corridors as a ranked list.

People are counted once per leg of their journey. Chains of legs, seasons and the matrix of
origins and destinations have exhibits of their own. Ids: routes.map, routes.corridors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import queries
from dashboard.analysis.classes import is_few
from dashboard.exhibits import display, legmap, making, rankings, splits
from dashboard.exhibits.breakdown import is_close
from dashboard.exhibits.display import Drawn
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.legs import LegCount, Pair, count_legs
from dashboard.exhibits.registry import Option, View, exhibit
from dashboard.model.codes import CORRIDOR, MODE
from dashboard.model.facts import LEGS
from dashboard.model.periods import Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import say

_LEVEL = Option("level", ("auto", "district", "division"))
_TOP = Option("top", ("50", "100", "20"))
#: How many flows or corridors a description names.
_DESCRIBED = 5
#: Modes named for a corridor: at most two, each with at least a fifth of its people.
_MODES, _LEAST_MODE = 2, 0.2


@exhibit("routes.map", facts=("legs",), options=(_LEVEL, _TOP))
def routes_map(view: View) -> Exhibit:
    """Flows in five width classes; a click on a place gives its code."""
    count = count_legs(view, view.options["level"])
    drawn = count.drawable[: int(view.options["top"])]
    offer = making.too_small(view, count.drawn)
    if offer:
        return making.offered("routes.map", _frame(view, count.drawn), offer)
    return making.made(
        "routes.map",
        _frame(view, count.drawn, _map_notes(view, count, drawn)),
        title=_map_title(view, count, drawn),
        figure=legmap.figure(view, count, drawn),
        table=_map_table(view, count),
        description=_map_description(view, count, drawn),
    )


@exhibit("routes.corridors", facts=("legs",))
def routes_corridors(view: View) -> Exhibit:
    """Corridors by people, with transport, split by class and change; a row filters the pages."""
    compared = making.compared_span(_whole_quarters(view))
    rows = _corridor_rows(view, compared)
    total = sum(row.value for row in rows)
    drawn = display.drawn(view, LEGS, ("corridor",), total)
    label = _say(view, "corridor")
    offer = making.too_small(view, drawn)
    if offer:
        return making.offered("routes.corridors", _frame(view, drawn), offer)
    notes = [
        _say(view, "note_per_leg"),
        *([] if any(row.split for row in rows) else [_say(view, "note_unsplit")]),
        *rankings.notes(_whole_quarters(view), compared),
    ]
    return making.made(
        "routes.corridors",
        _frame(view, drawn, notes),
        title=_corridor_title(view, rows, total),
        figure=rankings.figure(view, LEGS, rows, label=label),
        table=rankings.table(
            view, LEGS, rows, label=label, note_label=_say(view, "transport"), compared=compared
        ),
        description=_corridor_description(view, rows),
    )


def _whole_quarters(view: View) -> View:
    """The view as legs are counted, so that a compared period never overlaps with it."""
    return replace(view, period=view.period.snapped(LEGS.grain))


def _frame(view: View, drawn: Drawn, notes: Sequence[str] = ()) -> making.Frame:
    return making.frame(view, LEGS, drawn=(drawn,), what=_say(view, "what"), notes=notes)


def _say(view: View, key: str, **values: object) -> str:
    return say(f"routes.{key}", view.filters.lang, **values)


def _map_table(view: View, count: LegCount) -> Table:
    return Table(
        (
            Column("from_code", _say(view, "column_from_code")),
            Column("from", _say(view, "column_from")),
            Column("to_code", _say(view, "column_to_code")),
            Column("to", _say(view, "column_to")),
            Column("people", _say(view, "column_people"), LEGS.unit_in(view.filters.lang)),
            Column("main_class", _say(view, "legend_class")),
        ),
        tuple(
            (
                pair[0],
                legmap.place_name(view, pair[0]),
                pair[1],
                legmap.place_name(view, pair[1]),
                count.sizes[pair],
                legmap.main_class(view, count, pair),
            )
            for pair in count.ranked
        ),
    )


def _map_title(view: View, count: LegCount, drawn: Sequence[Pair]) -> str:
    if not drawn:
        return _say(view, "title_none")
    if _is_close(view, [count.sizes[pair] for pair in drawn]):
        first, second = (legmap.flow_name(view, pair) for pair in drawn[:2])
        return _say(view, "title_map_close", first=first, second=second)
    start, end = (legmap.place_name(view, code) for code in drawn[0])
    number = legmap.about(view, count.sizes[drawn[0]])
    return _say(view, "title_map", start=start, end=end, number=number)


def _map_description(view: View, count: LegCount, drawn: Sequence[Pair]) -> str:
    period = dates.period(view.period.snapped(LEGS.grain), view.filters.lang)
    named = ", ".join(
        _say(
            view, "named", name=legmap.flow_name(view, pair),
            number=legmap.about(view, count.sizes[pair]),
        )
        for pair in drawn[:_DESCRIBED]
        if not is_few(count.sizes[pair], view.release.base(LEGS.id))
    )  # fmt: skip
    text = _say(view, "description_map", period=period)
    return f"{text} {_say(view, 'described', names=named)}" if named else text


def _map_notes(view: View, count: LegCount, drawn: Sequence[Pair]) -> list[str]:
    lang, base = view.filters.lang, view.release.base(LEGS.id)
    between = sum(count.sizes[pair] for pair in count.drawable)
    shown = sum(count.sizes[pair] for pair in drawn)
    share = numbers.share(shown, between, base, lang)
    notes = [_say(view, "note_lines"), _say(view, "note_per_leg")]
    if share:
        notes.append(_say(view, "note_drawn", drawn=len(drawn), n=len(count.drawable), share=share))
    if count.inside:
        level = _say(view, f"level_{count.level}")
        notes.append(
            _say(view, "note_inside", number=legmap.about(view, count.inside), level=level)
        )
    if count.unknown:
        notes.append(_say(view, "note_unknown", number=legmap.about(view, count.unknown)))
    return notes


def _corridor_rows(view: View, compared: Span | None) -> list[rankings.Row]:
    """Every corridor, the largest first; what is not known comes last."""
    release, lang = view.release, view.filters.lang
    found = queries.counts(
        release, LEGS, view.filters, view.period, ("corridor", "mode", "class_group")
    )
    sizes: Counter[str | None] = Counter()
    modes: dict[str | None, Counter[str | None]] = {}
    for corridor, mode, _, size in found:
        sizes[corridor] += size
        modes.setdefault(corridor, Counter())[mode] += size
    split = _corridor_split(view, [(row[0], row[2], row[3]) for row in found])
    by_mode = display.drawn(view, LEGS, ("corridor", "mode"), sizes.total())
    before = _corridors_before(view, compared)
    ranked = sorted(sizes, key=lambda code: (code in (None, "unknown"), -sizes[code]))
    return [
        rankings.Row(
            code or "",
            release.label(CORRIDOR.id, code, lang),
            sizes[code],
            split[code] if split else None,
            before.get(code, 0) if before is not None else None,
            rankings.query(view, view.filters.with_codes("corridor", (code,))) if code else "",
            note=_modes_in_words(view, modes[code]) if by_mode.may_be_drawn else "",
        )
        for code in ranked
    ]


def _corridor_split(
    view: View, rows: Sequence[tuple[str | None, str | None, int]]
) -> dict[Any, dict[str, int]] | None:
    total = sum(row[-1] for row in rows)
    drawn = display.drawn(view, LEGS, ("corridor", "class_group"), total)
    return splits.split(rows) if drawn.may_be_drawn else None


def _corridors_before(view: View, compared: Span | None) -> dict[str | None, int] | None:
    if compared is None:
        return None
    return dict(queries.counts(view.release, LEGS, view.filters, compared, ("corridor",)))


def _modes_in_words(view: View, modes: Counter[str | None]) -> str:
    least = _LEAST_MODE * modes.total()
    named = [
        view.release.label(MODE.id, mode, view.filters.lang)
        for mode, size in modes.most_common(_MODES)
        if size >= least and mode is not None
    ]
    return ", ".join(named)


def _corridor_title(view: View, rows: Sequence[rankings.Row], total: int) -> str:
    known = [row for row in rows if row.code not in ("", "unknown")]
    if not known:
        return _say(view, "title_no_corridor")
    first = known[0]
    if _is_close(view, [row.value for row in known]):
        return _say(view, "title_close", first=first.label, second=known[1].label)
    share = numbers.share(first.value, total, view.release.base(LEGS.id), view.filters.lang)
    if share is None:
        return _say(
            view, "title_first", corridor=first.label, number=legmap.about(view, first.value)
        )
    return _say(view, "title_corridors", corridor=first.label, share=share)


def _is_close(view: View, sizes: Sequence[int]) -> bool:
    """Whether protection could have put the first two of ranked numbers in the other order."""
    return len(sizes) > 1 and is_close(sizes[0], sizes[1], view.release.base(LEGS.id))


def _corridor_description(view: View, rows: Sequence[rankings.Row]) -> str:
    period = dates.period(view.period.snapped(LEGS.grain), view.filters.lang)
    known = [row for row in rows if row.code not in ("", "unknown")]
    named = ", ".join(
        _say(view, "named", name=row.label, number=legmap.about(view, row.value))
        for row in known[:_DESCRIBED]
        if not is_few(row.value, view.release.base(LEGS.id))
    )
    text = _say(view, "description_corridors", period=period)
    return f"{text} {_say(view, 'described', names=named)}" if named else text
