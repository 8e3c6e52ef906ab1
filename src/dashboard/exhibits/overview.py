"""Overview: what was reported, how it moves, and who the people are.

Ids: overview.indicators, overview.trend, overview.exploitation, overview.age-sex. The figure of
the indicators is drawn as HTML: each of ``items`` has id, label, help, value, text (the value),
unit, before, change (text), word, direction (rose, fell, none or None), arrow (up, down or None),
periods and series.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import queries
from dashboard.analysis.compare import clear_change
from dashboard.exhibits import breakdown, display, making
from dashboard.exhibits.display import Drawn
from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.registry import Option, View, exhibit
from dashboard.figures import theme
from dashboard.figures.bars import Group, mirrored_bars
from dashboard.model.facts import ENDINGS, INCIDENTS, PEOPLE, REQUESTS, UNITS, Fact
from dashboard.model.periods import Span
from dashboard.words import dates, numbers
from dashboard.words.catalogue import begin, in_sentence, say


@dataclass(frozen=True)
class _Indicator:
    """What one indicator counts: a fact, and where only a part of it, a column and its code.

    A person's first referral counts that person, so its unit is people.
    """

    id: str
    fact: Fact
    column: str = ""
    code: str = ""
    unit: str = ""

    def by_month(self, view: View, span: Span) -> dict[date, int]:
        """Sizes by month of a span, in order of time; months outside the release are missing."""
        by = (self.column,) if self.column else ()
        rows = queries.series(view.release, self.fact, view.filters, span, by)
        sizes = dict.fromkeys((row[0] for row in rows), 0)
        return sizes | {row[0]: row[-1] for row in rows if not self.column or row[1] == self.code}

    def drawn(self, view: View, size: int) -> Drawn:
        """Its number as one cell of the view that it is read from."""
        by = (self.column,) if self.column else ()
        return display.drawn(view, self.fact, by, size, cells=1)

    def in_words(self, view: View, size: int, span: Span) -> str:
        """Its number: exact where it is a reported total, else about."""
        if not self.column:
            return making.total_in_words(view, self.fact, size, span)
        return numbers.about(size, view.release.base(self.fact.id), view.filters.lang)

    def exact(self, view: View, *spans: Span) -> bool:
        """Whether its numbers of some spans are those that were reported."""
        release = view.release
        return (not self.column or release.base(self.fact.id) == 1) and all(
            display.is_exact_total(release, self.fact, view.filters, span) for span in spans
        )


_INDICATORS = (
    _Indicator("incidents", INCIDENTS),
    _Indicator("people", PEOPLE),
    _Indicator("first_referrals", REQUESTS, "step", "first", "people"),
    _Indicator("services", ENDINGS, "status", "done"),
)
#: Months of a sparkline.
_SPARK = 12


@exhibit("overview.indicators", facts=("incidents", "people", "requests", "endings"))
def indicators(view: View) -> Exhibit:
    """Four numbers, each with its change and the line of its last twelve months."""
    lang = view.filters.lang
    compared = making.compared_span(view)
    items = [_item(view, indicator, compared) for indicator in _INDICATORS]
    notes = () if compared or view.filters.compare == "none" else (_no_comparison(view),)
    drawn = [
        entry.drawn(view, item["value"]) for entry, item in zip(_INDICATORS, items, strict=True)
    ]
    facts = (entry.fact for entry in _INDICATORS)
    around = making.frame(view, *facts, drawn=drawn, notes=notes)
    return making.made(
        "overview.indicators",
        around,
        title=begin(_headline(view, items[0], compared)),
        figure={"form": "indicators", "items": items},
        table=_indicator_table(view, items, compared),
        description=" ".join(
            say("overview.indicators.item", lang, label=i["label"], text=i["text"],
                change=i["change"] or say("overview.indicators.uncompared", lang))
            for i in items
        ),
    )  # fmt: skip


def _item(view: View, indicator: _Indicator, compared: Span | None) -> dict[str, Any]:
    lang = view.filters.lang
    known = view.release.span
    end = max(min(view.period.end, known.end), known.start)
    start = min(end.plus(1 - _SPARK), view.period.start, *([compared.start] if compared else []))
    sizes = indicator.by_month(view, Span(start, end))
    value = _sum(sizes, view.period)
    before = _sum(sizes, compared) if compared else None
    line = list(sizes.items())[-_SPARK:]
    item: dict[str, Any] = {
        "id": indicator.id,
        "label": say(f"overview.indicators.{indicator.id}", lang),
        "value": value,
        "text": indicator.in_words(view, value, view.period),
        "unit": UNITS.label_of(indicator.unit or indicator.fact.unit, lang),
        "before": before,
        "periods": [str(start)[:7] for start, _ in line],
        "series": [size for _, size in line],
    }
    return item | _change(view, indicator, value, before, compared)


def _sum(sizes: Mapping[date, int], span: Span) -> int:
    first, last = span.start.first_day, span.end.first_day
    return sum(size for start, size in sizes.items() if first <= start <= last)


def _change(
    view: View, indicator: _Indicator, value: int, before: int | None, compared: Span | None
) -> dict[str, str | None]:
    if before is None or compared is None:
        return {"before_text": "", "change": "", "word": "", "direction": None, "arrow": None}
    lang, base = view.filters.lang, view.release.base(indicator.fact.id)
    sure = clear_change(value, before, base)
    direction = "rose" if sure > 0 else "fell" if sure < 0 else "none"
    exact = indicator.exact(view, view.period, compared)
    text = say(
        f"overview.change_{direction}",
        lang,
        difference=numbers.about(abs(value - before), 1 if exact else base, lang),
        period=dates.period(compared, lang),
    )
    return {
        "before_text": indicator.in_words(view, before, compared),
        "change": text,
        "word": say(f"overview.word_{direction}", lang),
        "direction": direction,
        "arrow": {"rose": "up", "fell": "down"}.get(direction),
    }


def _headline(view: View, item: Mapping[str, Any], compared: Span | None) -> str:
    lang = view.filters.lang
    shown = dates.period(view.period, lang)
    if compared is None:
        return say("overview.headline", lang, n=item["value"], number=item["text"], period=shown)
    return say(
        f"overview.headline_{item['direction']}",
        lang,
        now=item["text"],
        before=item["before_text"],
        period=dates.period(compared, lang),
    )


def _no_comparison(view: View) -> str:
    lang = view.filters.lang
    span = making.compared_period(view) or view.period
    return say("shared.note.no_comparison", lang, period=dates.period(span, lang))


def _indicator_table(view: View, items: list[dict[str, Any]], compared: Span | None) -> Table:
    lang = view.filters.lang
    columns = [
        Column("code", say("breakdown.code", lang)),
        Column("label", say("overview.indicators.label", lang)),
        Column("value", dates.period(view.period, lang)),
    ]
    if compared:
        columns.append(Column("before", dates.period(compared, lang)))
    kept = ("id", "label", "value", "before")[: len(columns)]
    return Table(tuple(columns), tuple(tuple(item[name] for name in kept) for item in items))


@exhibit("overview.exploitation", facts=("people",), options=(Option("by", ("form", "stage")),))
def exploitation(view: View) -> Exhibit:
    """People by form of exploitation, or by how far it had gone; two forms count under both."""
    column, phrases = {
        "form": ("exploitation", "overview.exploitation"),
        "stage": ("exploitation_stage", "overview.stage"),
    }[view.options["by"]]
    return breakdown.bars_by_code(
        view, "overview.exploitation", PEOPLE, column, phrases=phrases, colour=theme.PURPLE
    )


@exhibit("overview.age-sex", facts=("people",))
def age_sex(view: View) -> Exhibit:
    """People by age band, women and girls against men and boys."""
    return age_by_sex(view, "overview.age-sex")


def age_by_sex(view: View, exhibit_id: str) -> Exhibit:
    """The same chart for the overview and the sheet."""
    lang = view.filters.lang
    found = breakdown.cross(view, PEOPLE, "age_band", "sex", in_order=True)
    drawn = display.drawn(view, PEOPLE, ("age_band", "sex"), found.total)
    others = found.total - found.column_total("female") - found.column_total("male")
    number = begin(numbers.about(others, view.release.base(PEOPLE.id), lang))
    notes = [say("overview.age-sex.others", lang, number=number)] if others else []
    around = making.frame(view, PEOPLE, drawn=(drawn,), notes=notes)
    table = breakdown.cross_table(view, PEOPLE, "age_band", "sex", found)
    offer = making.too_small(view, drawn)
    if offer:
        return making.offered(exhibit_id, around, offer, table)
    return making.made(
        exhibit_id,
        around,
        title=_age_title(view, found),
        figure=mirrored_bars(
            [breakdown.label_of(view, PEOPLE, "age_band", code) for code in found.rows],
            _side(view, found, "female"),
            _side(view, found, "male"),
            said=making.said(view, PEOPLE),
        ),
        table=table,
        description=_age_description(view, found),
    )


def _side(view: View, found: breakdown.Cross, sex: str) -> Group:
    label = breakdown.label_of(view, PEOPLE, "sex", sex)
    sizes = [found.size(age, sex) for age in found.rows]
    return Group(label, sizes, theme.SEX_COLOUR[sex])


def _age_title(view: View, found: breakdown.Cross) -> str:
    """Which sex and age is largest, unless another is as large within protection's error."""
    lang, base = view.filters.lang, view.release.base("people")
    ranked = sorted(
        ((found.size(age, sex), age, sex) for age in found.rows for sex in ("female", "male")
         if age != breakdown.UNKNOWN),
        reverse=True,
    )  # fmt: skip
    size, age, sex = ranked[0]
    if breakdown.is_close(size, ranked[1][0], base):
        return _sexes_title(view, found)
    people = say(f"overview.age-sex.{sex}", lang)
    band = in_sentence(breakdown.label_of(view, PEOPLE, "age_band", age))
    share = numbers.share(size, found.total, base, lang)
    if share is None:
        return say("overview.age-sex.largest_unshared", lang, people=people, age=band)
    return say("overview.age-sex.largest", lang, people=people, age=band, share=share)


def _sexes_title(view: View, found: breakdown.Cross) -> str:
    lang, base = view.filters.lang, view.release.base("people")
    female, male = found.column_total("female"), found.column_total("male")
    if breakdown.is_close(max(female, male), min(female, male), base):
        return say("overview.age-sex.close", lang)
    sex = "female" if female > male else "male"
    share = numbers.share(max(female, male), found.total, base, lang)
    if share is None:
        return say(f"overview.age-sex.more_{sex}_unshared", lang)
    return say(f"overview.age-sex.more_{sex}", lang, share=share)


def _age_description(view: View, found: breakdown.Cross) -> str:
    lang, base = view.filters.lang, view.release.base("people")
    about: Callable[[int], str] = lambda size: numbers.about(size, base, lang)  # noqa: E731
    rows = "; ".join(
        say("overview.age-sex.row", lang,
            age=breakdown.label_of(view, PEOPLE, "age_band", age),
            female=about(found.size(age, "female")), male=about(found.size(age, "male")))
        for age in found.rows if found.row_total(age)
    )  # fmt: skip
    total = begin(making.total_in_words(view, PEOPLE, found.total))
    return say("overview.age-sex.description", lang, total=total, rows=rows)
