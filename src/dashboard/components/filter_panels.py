"""What stands in each menu of the filter bar: the controls that write one parameter each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.components.term_mark import term_mark
from dashboard.model import codes
from dashboard.model.periods import Month, Span
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import say
from dashboard.words.glossary import glossary

_PEOPLE_LISTS = {
    "sex": codes.SEX,
    "age": codes.AGE_BAND,
    "child": codes.IS_CHILD,
    "group": codes.POPULATION_GROUP,
    "status": codes.LEGAL_STATUS,
}
#: Filters of the menu about people.
PEOPLE_FILTERS = tuple(_PEOPLE_LISTS)
_AREA_LEVELS = ("division", "district", "upazila", "camp", "country")


def panels(release: Release, lang: str) -> dict[str, Sequence[Any]]:
    """The controls of every menu, by its name, in a language."""

    def checks(name: str, listed: codes.CodeList) -> dcc.Checklist:
        return _checks(name, _coded(release, listed, lang))

    compare = _radio("compare", _compare_options(lang), "previous")
    return {
        "period": _period_panel(release.span, release.default_period, lang),
        "compare": [_explained("compare", lang, compare)],
        "corridor": [_explained("corridor", lang, checks("corridor", codes.CORRIDOR))],
        "area": _area_panel(release, lang),
        "class": _class_panel(release, lang),
        "people": [
            _explained(name, lang, checks(name, listed), codes_of=listed)
            for name, listed in _PEOPLE_LISTS.items()
        ],
        "mode": [_explained("mode", lang, checks("mode", codes.MODE))],
    }


def presets(span: Span, default: Span) -> dict[str, Span]:
    """Periods that have a name, by the key of their words: what the release holds, each once."""
    end = span.end
    quarter = end.quarter_start if end.month % 3 == 0 else end.quarter_start.plus(-3)
    named = {
        "last_12": default,
        "last_month": Span(end, end),
        "this_quarter": Span(quarter, quarter.plus(2)),
        "this_year": Span(Month(end.year, 1), end),
        "last_year": Span(Month(end.year - 1, 1), Month(end.year - 1, 12)),
        "whole": span,
    }
    found: dict[str, Span] = {}
    for name, entry in named.items():
        if entry not in found.values() and (name == "last_12" or entry.within(span)):
            found[name] = entry
    return found


def control_id(name: str) -> dict[str, str]:
    """Id of one control; the part before a dot is the parameter that it writes."""
    return {"type": "filter", "name": name}


def _period_panel(span: Span, default: Span, lang: str) -> list[Any]:
    options = [
        {"label": say(f"shell.bar.{name}", lang), "value": str(entry)}
        for name, entry in presets(span, default).items()
    ]
    options.append({"label": say("shell.bar.own", lang), "value": "own"})
    months = [
        {"label": dates.month(month, lang), "value": str(month)} for month in reversed(list(span))
    ]
    return [
        _explained("period", lang, _radio("period", options, str(default))),
        html.Div(
            [
                html.Label(
                    [
                        say(f"shell.bar.{end}", lang),
                        dcc.Dropdown(
                            id=control_id(f"period.{end}"),
                            options=months,
                            value=str(month),
                            clearable=False,
                            labels=_labels(lang),
                        ),
                    ]
                )
                for end, month in (("from", default.start), ("to", default.end))
            ],
            className="month-pair",
        ),
    ]


def _area_panel(release: Release, lang: str) -> list[Any]:
    ending = "_public" if release.edition.is_public else ""
    return [
        _explained(
            "area",
            lang,
            dcc.Dropdown(
                id=control_id("area"),
                options=area_options(release, lang),
                value=[],
                multi=True,
                closeOnSelect=True,
                placeholder=say("shell.bar.all_area", lang),
                labels=_labels(lang),
                maxHeight=260,
            ),
            html.P(say(f"shell.bar.area_hint{ending}", lang), className="hint"),
            legend=say(f"shell.bar.find_area{ending}", lang),
        ),
        _explained(
            "role",
            lang,
            _checks("role", _coded(release, codes.PLACE_ROLE, lang)),
            html.P(say("shell.bar.role_hint", lang), className="hint"),
            codes_of=codes.PLACE_ROLE,
        ),
    ]


def area_options(release: Release, lang: str) -> list[dict[str, str]]:
    """Places to choose from, coarse to fine; found by both names and by code."""
    found: list[dict[str, str]] = []
    for level in filter(release.edition.offers_level, _AREA_LEVELS):
        places = sorted(
            (place for place in release.places.values() if place.level == level),
            key=lambda place: release.place_name(place.code, lang),
        )
        named = say(f"shell.level.{level}", lang)
        for place in places:
            above = release.parent(place.code, "district") if level in ("upazila", "camp") else None
            within = f", {release.place_name(above, lang)}" if above else ""
            found.append(
                {
                    "label": f"{release.place_name(place.code, lang)} · {named}{within}",
                    "value": place.code,
                    "search": f"{place.name_en} {place.name_bn} {place.code}",
                }
            )
    return found


def _class_panel(release: Release, lang: str) -> list[Any]:
    rolled = [
        {"label": say("filters.all_trafficking", lang), "value": "trafficking"},
        *_coded(release, codes.CLASS_GROUP_OR_MIXED, lang),
    ]
    known = set(codes.CLASS_GROUP_OR_MIXED.values)
    detailed = [o for o in _coded(release, codes.CLASS, lang) if o["value"] not in known]
    return [
        _explained(
            "class",
            lang,
            _checks("class", rolled),
            legend=say("shell.bar.rolled_up", lang),
            codes_of=codes.CLASS_GROUP_OR_MIXED,
        ),
        _explained(
            "class",
            lang,
            _checks("class.code", detailed),
            legend=say("shell.bar.in_detail", lang),
            codes_of=codes.CLASS,
        ),
    ]


def _explained(
    name: str, lang: str, *controls: Any, legend: str = "", codes_of: codes.CodeList | None = None
) -> html.Fieldset:
    """Controls of one filter under its name, with a "?" for the filter and the codes of a list."""
    named = legend or say(f"shell.bar.{name}", lang)
    terms = glossary().of_filter(name) + (glossary().of_codes(codes_of) if codes_of else ())
    mark = term_mark(terms, say("glossary.mark.term", lang, term=named))
    return html.Fieldset([html.Legend(named), mark, *controls], className="explained")


def _coded(release: Release, listed: codes.CodeList, lang: str) -> list[dict[str, str]]:
    return [
        {"label": release.label(listed.id, code, lang), "value": code} for code in listed.values
    ]


def _compare_options(lang: str) -> list[dict[str, str]]:
    return [
        {"label": say(f"shell.bar.compare_{value.replace('-', '_')}", lang), "value": value}
        for value in ("previous", "last-year", "none")
    ]


def _radio(name: str, options: Sequence[Mapping[str, str]], value: str) -> dcc.RadioItems:
    return dcc.RadioItems(
        id=control_id(name), options=list(options), value=value, className="choices"
    )


def _checks(name: str, options: Sequence[Mapping[str, str]]) -> dcc.Checklist:
    return dcc.Checklist(id=control_id(name), options=list(options), value=[], className="choices")


def _labels(lang: str) -> dict[str, str]:
    return {
        "search": say("shell.bar.search", lang),
        "select_all": say("shell.bar.select_all", lang),
        "deselect_all": say("shell.bar.deselect_all", lang),
        "clear_search": say("shell.bar.clear_search", lang),
        "clear_selection": say("shell.bar.clear_selection", lang),
        "no_options_found": say("shell.bar.no_options", lang),
    }
