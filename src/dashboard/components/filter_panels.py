"""What stands in each menu of the filter bar: the controls that write one parameter each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from dashboard.components.term_mark import term_mark
from dashboard.model.codes import CodeList
from dashboard.model.country import FIRST, SECOND, SITE, THIRD
from dashboard.model.filters import MENUS, Filter, filters_in
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words import filters as filter_words
from dashboard.words.catalogue import translate
from dashboard.words.glossary import glossary

#: Filters of codes whose control has a hint.
_HINTED = ("role",)
_AREA_LEVELS = (FIRST, SECOND, THIRD, SITE, "country")
#: Labels of a list of places, by the names that its component and our phrases have for them.
_LABELS = ("search", "select_all", "deselect_all", "clear_search", "clear_selection")
#: Menus of the bar in order: two for time, then those of the filters.
BAR = ("period", "compare", *MENUS)


def panels(release: Release, lang: str) -> dict[str, list[Any]]:
    """The controls of every menu, by its name, in a language."""
    compare = _radio("compare", _compare_options(lang), "usual")
    return {
        "period": _period_panel(release.span, release.default_period, lang),
        "compare": [_fieldset("compare", lang, compare)],
        **{
            menu: [part for entry in filters_in(menu) for part in _controls(release, entry, lang)]
            for menu in MENUS
        },
    }


def _controls(release: Release, entry: Filter, lang: str) -> list[html.Fieldset]:
    """The controls of one filter: places in one list to search, codes in one for each list."""
    if not entry.lists:
        return [_places(release, entry.name, lang)]
    hint = (
        [html.P(translate(f"shell.bar.{entry.name}_hint", lang), className="hint")]
        if entry.name in _HINTED
        else []
    )
    options = _options(release, entry, lang)
    several = len(options) > 1
    return [
        _fieldset(
            entry.name,
            lang,
            dbc.Checklist(
                id=control_id(f"{entry.name}.{code_list.id}" if several else entry.name),
                options=choices,
                value=[],
            ),
            *hint,
            legend=translate(f"shell.bar.list_{code_list.id}", lang)
            if several
            else entry.label_in(lang),
            codes_of=code_list,
        )
        for code_list, choices in zip(entry.lists, options, strict=True)
    ]


def _options(release: Release, entry: Filter, lang: str) -> list[list[dict[str, str]]]:
    """Choices of a filter, a list for each of its code lists: shorthands first, each code once."""
    options: list[list[dict[str, str]]] = []
    offered: set[str] = set()
    for code_list in entry.lists:
        shorthands = () if options else tuple(entry.shorthands)
        values = [code for code in (*shorthands, *code_list.values) if code not in offered]
        offered.update(values)
        labels = {code: filter_words.label(release, entry.name, code, lang) for code in values}
        options.append([{"label": label, "value": code} for code, label in labels.items()])
    return options


def presets(span: Span, default: Span) -> dict[str, Span]:
    """Periods that have a name, by the key of their phrase, as far as the release holds them.

    The default period comes first; the others by length, a month, a quarter, years, everything.
    One that is the same as one before is left out.
    """
    end = span.end
    quarter = end.quarter_start if end.month % 3 == 0 else end.quarter_start.plus(-3)
    candidates = {
        "last_12": default,
        "last_month": Span(end, end),
        "this_quarter": Span(quarter, quarter.plus(2)),
        "this_year": Span(Month(end.year, 1), end),
        "last_year": Span(Month(end.year - 1, 1), Month(end.year - 1, 12)),
        "whole": span,
    }
    periods: dict[str, Span] = {}
    for name, period in candidates.items():
        if period not in periods.values() and (name == "last_12" or period.within(span)):
            periods[name] = period
    return periods


def control_id(name: str) -> dict[str, str]:
    """Id of one control, for Dash; of its name the part before a dot is the parameter it writes."""
    return {"type": "filter", "name": name}


def _period_panel(span: Span, default: Span, lang: str) -> list[Any]:
    """Periods that have a name, and the first and last month of one's own."""
    options = [
        {"label": _preset(name, period, lang), "value": str(period)}
        for name, period in presets(span, default).items()
    ]
    options.append({"label": translate("shell.bar.own", lang), "value": "own"})
    months = [
        {"label": dates.month(month, lang), "value": str(month)} for month in reversed(list(span))
    ]
    return [
        _fieldset("period", lang, _radio("period", options, str(default))),
        dbc.Row(
            [
                dbc.Col(
                    html.Label(
                        [
                            translate(f"shell.bar.{end}", lang),
                            dbc.Select(
                                id=control_id(f"period.{end}"), options=months, value=str(month)
                            ),
                        ]
                    )
                )
                for end, month in (("from", default.start), ("to", default.end))
            ],
            class_name="month-pair",
        ),
    ]


def _preset(name: str, period: Span, lang: str) -> str:
    """A period that has a name, in words: by its name, and its months."""
    phrase = translate(f"shell.bar.{name}", lang)
    return translate("shell.bar.preset", lang, name=phrase, period=dates.period(period, lang))


def _places(release: Release, name: str, lang: str) -> html.Fieldset:
    """The control of a filter of places: one list to search."""
    ending = "_public" if release.edition.is_public else ""
    return _fieldset(
        name,
        lang,
        dcc.Dropdown(
            id=control_id(name),
            options=area_options(release, lang),
            value=[],
            multi=True,
            closeOnSelect=True,
            placeholder=translate("shell.bar.all_area", lang),
            labels=_labels(lang),
            search_order="original",
            maxHeight=260,
        ),
        html.P(translate(f"shell.bar.area_hint{ending}", lang), className="hint"),
        legend=translate(f"shell.bar.find_area{ending}", lang),
    )


def area_options(release: Release, lang: str) -> list[dict[str, str]]:
    """Places to choose from, coarse to fine.

    ``assets/js/places.js`` finds them by the names of ``search``, one a line, and by code.
    """
    options: list[dict[str, str]] = []
    for level in filter(release.edition.offers_level, _AREA_LEVELS):
        places = sorted(
            (place for place in release.places.values() if place.level == level),
            key=lambda place: release.place_name(place.code, lang),
        )
        level_name = translate(f"shell.level.{level}", lang)
        for place in places:
            above = release.parent(place.code, SECOND) if level in (THIRD, SITE) else None
            within = f", {release.place_name(above, lang)}" if above else ""
            options.append(
                {
                    "label": f"{release.place_name(place.code, lang)} · {level_name}{within}",
                    "value": place.code,
                    "search": f"{place.name_en}\n{place.name_local}",
                }
            )
    return options


def _fieldset(
    name: str, lang: str, *controls: Any, legend: str = "", codes_of: CodeList | None = None
) -> html.Fieldset:
    """Controls of one filter under its name, with a "?" for the filter and the codes of a list."""
    legend_text = legend or translate(f"shell.bar.{name}", lang)
    terms = glossary().of_filter(name) + (glossary().of_codes(codes_of) if codes_of else ())
    mark = html.Button(
        "?",
        type="button",
        className="term-mark",
        **term_mark(terms, translate("glossary.mark.term", lang, term=legend_text)),
    ) if terms else None  # fmt: skip
    return html.Fieldset([html.Legend(legend_text), mark, *controls], className="explained")


def _compare_options(lang: str) -> list[dict[str, str]]:
    """What a period can be compared with, as options of radio buttons."""
    return [
        {"label": translate(f"shell.bar.compare_{value.replace('-', '_')}", lang), "value": value}
        for value in ("usual", "previous", "last-year", "none")
    ]


def _radio(name: str, options: Sequence[Mapping[str, str]], value: str) -> dbc.RadioItems:
    """Radio buttons for one of some options; with a name, arrow keys lead from one to the next."""
    return dbc.RadioItems(id=control_id(name), name=name, options=list(options), value=value)


def _labels(lang: str) -> dict[str, str]:
    """Labels of a list of places, in a language."""
    labels = {name: translate(f"shell.bar.{name}", lang) for name in _LABELS}
    return labels | {"no_options_found": translate("shell.bar.no_options", lang)}
