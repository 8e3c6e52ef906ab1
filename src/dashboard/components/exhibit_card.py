"""The exhibit card: the room that stands still, and the parts that an exhibit fills.

The room (``card``) is made with the page. An answer replaces the parts in it, so that the figure,
the chosen view and the focus stay where they are. All of it becomes HTML in ``markup``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.components import links
from dashboard.components.area_card import area_card
from dashboard.components.area_list import area_list
from dashboard.components.brief import brief, reported
from dashboard.components.brush import brush
from dashboard.components.bullets import bullets
from dashboard.components.card_foot import foot
from dashboard.components.card_menu import card_menu
from dashboard.components.changes import changes
from dashboard.components.corridor_card import corridor_card
from dashboard.components.coverage import coverage
from dashboard.components.days import days
from dashboard.components.detail_menu import choice_menu, choices
from dashboard.components.downloads import downloads, query_of
from dashboard.components.editions import editions
from dashboard.components.elements import html
from dashboard.components.errors import errors
from dashboard.components.gaps import gaps
from dashboard.components.icon import icon
from dashboard.components.indicators import indicators
from dashboard.components.lateness import lateness
from dashboard.components.mark_list import mark_list
from dashboard.components.open_referrals import open_referrals
from dashboard.components.prose import prose
from dashboard.components.ranking import ranking
from dashboard.components.states import nothing_to_draw, problem
from dashboard.components.table_twin import table_twin
from dashboard.components.term_mark import term_mark
from dashboard.components.watch_list import watch_list
from dashboard.exhibits.exhibit import AUTO, Exhibit
from dashboard.exhibits.registry import Option, definition, own_options
from dashboard.filters import Reading
from dashboard.words.catalogue import say
from dashboard.words.glossary import glossary

#: Parts of a card that an answer fills; each stands in the room of class ``card-<part>``.
PARTS = ("heading", "options", "actions", "body", "marks", "description", "table", "foot")
#: Forms of figures that scripts draw: a plotly figure, which names none, and a map.
_DRAWN = (None, "map")
#: Shapes, and forms of figures, that have no table beside the figure: one is a table itself.
_NO_TABLE = ("table", "text")
#: Options that are shown as a row of links at the head of a card.
_HEAD_OPTIONS = ("measure", "split", "by", "each", "colour")
#: Options that are a menu there, since they have many values.
_MENUS = ("waters", "source")
#: Options of which two values are links at the head, and the others stand in the card's menu.
_TOGGLED: Mapping[str, tuple[str, str]] = {"show": ("number", "usual")}
#: Options of a card's own that are a row of links there, where a release offers a choice.
_OF_CARD = ("shapes",)
#: Forms and exhibits that count what a map on their page counts: it carries the choice for them.
_BESIDE_FORMS = ("ranking", "area", "brush")
_BESIDE = ("hotspots.camps", "hotspots.area-line", "hotspots.quarters")
#: Lists whose choices are their own.
_OWN = ("routes.corridors", "routes.chains")


def card(
    exhibit_id: str, shape: str, width: int, lang: str, *, drawn: bool, rows: int = 1
) -> html.Section:
    """The room of an exhibit.

    Args:
        exhibit_id: Which exhibit fills it.
        shape: tiles, chart, map, either of these, brush, list, changes, table, editions or text.
        width: Columns of twelve on a wide screen.
        lang: Language of its buttons.
        drawn: Whether scripts draw a chart or a map in it.
        rows: Rows that it takes beside lower cards.
    """

    def part(name: str, tag: Any = html.Div) -> Any:
        return tag(className=f"card-{name}")

    graph = html.Div(className="graph")
    rooms = {"map": [_map_room(lang)], "either": [graph, _map_room(lang)]}.get(shape, [graph])
    head = html.Div(
        [
            html.Div([part("heading"), part("options")], className="card-lead"),
            html.Div(
                [
                    None if shape in _NO_TABLE else _table_button(exhibit_id, lang),
                    part("actions"),
                    _shrink(lang) if drawn else None,
                ],
                className="card-tools",
            ),
        ],
        className="card-head",
    )
    inside = html.Div(
        [
            head,
            html.Figure(
                [
                    part("body"),
                    html.Div(
                        [*rooms, _map_buttons(lang) if shape in ("map", "either") else None],
                        className="card-graph",
                        hidden=True,
                    )
                    if drawn
                    else None,
                    part("marks"),
                    part("description", html.Figcaption),
                ],
                className="card-figure",
            ),
            html.P(say("shell.state.still_loading", lang), className="card-still"),
            html.P(say("shell.card.late", lang), className="card-late") if drawn else None,
            part("table"),
            part("foot"),
        ],
        className="card-inside",
    )
    return html.Section(
        [_enlarged(exhibit_id), inside],
        className=f"card card--{shape} span-{width} rows-{rows}",
        **{
            "data-exhibit": exhibit_id,
            "data-show": "figure",
            "data-state": "waiting",
            "aria-labelledby": f"kicker-{exhibit_id} title-{exhibit_id}",
        },
    )


def filled(
    exhibit: Exhibit,
    reading: Reading,
    options: Sequence[Option],
    number: int | None,
    name: str,
    *,
    table: bool,
    decides: bool = False,
) -> dict[str, Any]:
    """What each part of a card holds for an exhibit.

    Args:
        exhibit: The rendered exhibit.
        reading: The view it answers.
        options: Its options, with the values that the release offers.
        number: Its number among the figures, or None.
        name: Name of its files without the ending.
        table: Whether its table is wanted; most are never looked at.
        decides: Whether the reader may note a decision from it.
    """
    lang = reading.filters.lang
    values = {option.name: option.values for option in options}
    shown = exhibit.as_shown(own_options(reading, options), values)
    asked = query_of(exhibit, replace(reading, options=shown))
    more = card_menu(
        exhibit,
        reading,
        _ladder(exhibit, options),
        more=[] if _is_beside(exhibit) else _rest(options, reading, exhibit),
        drawn=drawn_figure(exhibit) is not None,
        tabled=exhibit.figure is not None and exhibit.figure.get("form") not in _NO_TABLE,
        asked=asked,
        decides=decides,
    )
    return {
        "heading": _heading(exhibit, number, lang),
        "options": _options(options, reading, exhibit),
        "actions": [downloads(exhibit, asked, name, lang), more],
        "body": _body(exhibit, reading, options),
        "marks": mark_list(exhibit.id, _meta(exhibit).get("marks", ()), lang),
        "description": exhibit.description,
        "table": table_twin(exhibit, reading) if table else None,
        "foot": foot(exhibit, lang),
    }


def drawn_figure(exhibit: Exhibit) -> dict[str, Any] | None:
    """What scripts draw of an exhibit; None for one whose figure is HTML, or that has none."""
    figure = exhibit.figure
    return dict(figure) if figure and figure.get("form") in _DRAWN else None


def failed(
    exhibit_id: str, number: int | None, reference: str, lang: str, *, slow: bool
) -> dict[str, Any]:
    """What each part of a card holds where its exhibit could not be made.

    Args:
        exhibit_id: The exhibit.
        number: Its number among the figures, or None.
        reference: What the log calls this failure.
        lang: Language of the words.
        slow: Whether it was stopped because it took too long.
    """
    title = say(f"shell.state.{'slow' if slow else 'failed'}_title", lang)
    return dict.fromkeys(PARTS) | {
        "heading": [_kicker(exhibit_id, number, lang), _title(exhibit_id, title)],
        "body": problem(reference, lang, slow=slow),
    }


def _heading(exhibit: Exhibit, number: int | None, lang: str) -> list[Any]:
    kind = say(f"{exhibit.id}.kicker", lang)
    terms = glossary().of_exhibit(exhibit.id, definition(exhibit.id).facts)
    return [
        _kicker(exhibit.id, number, lang),
        _title(exhibit.id, exhibit.title),
        html.Div(
            [
                html.P(exhibit.subtitle, className="card-subtitle"),
                " ",
                term_mark(terms, say("glossary.mark.exhibit", lang, kind=kind)),
            ],
            className="card-under",
        ),
    ]


def _way(exhibit: Exhibit, reading: Reading) -> html.Nav | None:
    """The way from the country to what a map looks at; each step is a view and no filter."""
    steps = (exhibit.figure or {}).get("way", ())
    if len(steps) < 2:  # noqa: PLR2004 -- one leads nowhere
        return None
    return html.Nav(
        html.Ol([html.Li(_step(step, reading)) for step in steps]),
        className="way",
        **{"aria-label": say("shell.card.way", reading.filters.lang)},
    )


def _step(step: Mapping[str, Any], reading: Reading) -> html.A:
    current: dict[str, Any] = {"aria-current": "location"} if step["is_now"] else {}
    target = links.with_option(reading, "view", step["view"], default=AUTO)
    return html.A(step["label"], href=target, **{"data-view": "", **current})


def _kicker(exhibit_id: str, number: int | None, lang: str) -> html.P:
    """What a figure is cited by; seen where the card stands alone, and always heard."""
    kind = say(f"{exhibit_id}.kicker", lang)
    kicker = kind if number is None else say("shell.figure", lang, n=number, kind=kind)
    return html.P(kicker, id=f"kicker-{exhibit_id}", className="kicker")


def _title(exhibit_id: str, title: str) -> html.H2:
    return html.H2(title, id=f"title-{exhibit_id}", className="card-title")


def _body(exhibit: Exhibit, reading: Reading, options: Sequence[Option]) -> Any:
    if exhibit.offer is not None:
        return nothing_to_draw(exhibit.offer)
    figure = exhibit.figure or {}
    form = figure.get("form")
    if form in _FORMS:
        return _FORMS[form](figure, reading)
    match form:
        case "coverage":
            return coverage(figure)
        case "lateness":
            return lateness(figure, reading.filters.lang)
        case "errors":
            return errors(figure, reading.filters.lang)
        case "indicators":
            return indicators(figure, reading.filters.lang)
        case "ranking":
            tops = next((o.values for o in options if o.name == "top"), ())
            return (area_list if "bands" in figure else ranking)(figure, reading, tops)
        case "table":
            return table_twin(exhibit, reading)
        case "text":
            return prose(figure, reading.filters.lang)
        case _:
            return None


#: Forms that follow from the figure and the view.
_FORMS: Mapping[str, Callable[[Mapping[str, Any], Reading], Any]] = {
    "area": area_card,
    "corridor": corridor_card,
    "changes": changes,
    "editions": editions,
    "brush": brush,
    "brief": brief,
    "reported": reported,
    "watch": watch_list,
    "open": open_referrals,
    "days": days,
    "gaps": gaps,
    "bullets": bullets,
}


def _map_room(lang: str) -> html.Div:
    """Where a map is put (``assets/js/maps.js``), with the words that it needs there."""
    return html.Div(
        className="map-room",
        **{
            "data-keys": say("shell.card.map_keys", lang),
            "data-places": say("shell.card.map_places", lang),
        },
    )


def _map_buttons(lang: str) -> html.Div:
    return html.Div(
        [
            html.Button(
                [icon(name), html.Span(say(f"shell.card.map_{name}", lang), className="sr-only")],
                type="button",
                className="icon-button",
                title=say(f"shell.card.map_{name}", lang),
                **{"data-card-zoom": name},
            )
            for name in ("closer", "farther", "home")
        ],
        className="map-buttons",
    )


def _table_button(exhibit_id: str, lang: str) -> html.Button:
    """Shows the table in the place of the figure, and the figure again."""
    name = say("shell.card.table", lang)
    return html.Button(
        [icon("table"), html.Span(name, id=f"table-{exhibit_id}", className="sr-only")],
        type="button",
        className="icon-button",
        title=name,
        **{
            "aria-labelledby": f"table-{exhibit_id} title-{exhibit_id}",
            "aria-pressed": "false",
            "data-card-show": "",
        },
    )


def _shrink(lang: str) -> html.Button:
    """Puts an enlarged card back; its menu enlarges it."""
    name = say("shell.card.shrink", lang)
    return html.Button(
        [icon("close"), html.Span(name, className="sr-only")],
        type="button",
        className="icon-button card-shrink",
        title=name,
        **{"data-card-expand": ""},
    )


def _enlarged(exhibit_id: str) -> html.Dialog:
    """Where the inside of the card stands while it is enlarged (``assets/js/enlarged.js``)."""
    return html.Dialog(className="enlarged", **{"aria-labelledby": f"title-{exhibit_id}"})


def _options(options: Sequence[Option], reading: Reading, exhibit: Exhibit) -> list[Any]:
    rows = (_choice(option, reading, exhibit) for option in _shown(options, exhibit))
    menus: list[html.Details] = []
    toggles: list[html.Nav] = []
    if not _is_beside(exhibit):
        choosable = (o for o in options if o.name in _MENUS and len(o.values) > 1)
        menus = [choice_menu(exhibit, o, reading) for o in choosable]
        toggles = [
            _choice(o, reading, exhibit, _TOGGLED[o.name]) for o in options if o.name in _TOGGLED
        ]
    return [_way(exhibit, reading), _only(exhibit, reading), *rows, *toggles, *menus]


def _rest(options: Sequence[Option], reading: Reading, exhibit: Exhibit) -> list[html.Li]:
    """Values of options that the head has no room for, as a part of the menu."""
    return [
        choices(exhibit, replace(option, values=left), reading, default=option.values[0])
        for option in options
        if option.name in _TOGGLED
        and (left := tuple(v for v in option.values if v not in _TOGGLED[option.name]))
    ]


def _is_beside(exhibit: Exhibit) -> bool:
    form = (exhibit.figure or {}).get("form")
    return (form in _BESIDE_FORMS and exhibit.id not in _OWN) or exhibit.id in _BESIDE


def _shown(options: Sequence[Option], exhibit: Exhibit) -> list[Option]:
    """Options that are a row of links at the head of a card."""
    is_beside = _is_beside(exhibit)
    return [
        option
        for option in options
        if (option.name in _OF_CARD and len(option.values) > 1)
        or (option.name in _HEAD_OPTIONS and not (is_beside or option.by_link))
    ]


def _ladder(exhibit: Exhibit, options: Sequence[Option]) -> Option | None:
    """The choice among rungs, where the head of the card does not show it."""
    ladder = exhibit.detail.ladder if exhibit.detail else ""
    shown = _shown(options, exhibit)
    return next((o for o in options if o.name == ladder and o not in shown), None)


def _meta(exhibit: Exhibit) -> Mapping[str, Any]:
    """What a chart says about itself beside what is drawn."""
    layout: Mapping[str, Any] = (exhibit.figure or {}).get("layout") or {}
    return layout.get("meta", {})


def _only(exhibit: Exhibit, reading: Reading) -> html.Nav | None:
    """Groups that several filters choose together; the one that is chosen is let go again."""
    groups: Sequence[Mapping[str, Any]] = _meta(exhibit).get("only", ())
    if not groups:
        return None
    return html.Nav(
        [_group(group, reading) for group in groups],
        className="segmented",
        **{"aria-label": say(f"{exhibit.id}.only", reading.filters.lang)},
    )


def _group(group: Mapping[str, Any], reading: Reading) -> html.A:
    codes = {name: tuple(of) for name, of in group["codes"].items()}
    is_now = all(reading.filters.codes_of(name) == of for name, of in codes.items())
    filters = reading.filters
    for name, of in codes.items():
        filters = filters.with_codes(name, () if is_now else of)
    current: dict[str, Any] = {"aria-current": "true"} if is_now else {}
    return html.A(
        group["name"],
        href=links.href(filters, reading.options),
        className="segment",
        **{"data-view": "", **current},
    )


def _choice(
    option: Option, reading: Reading, exhibit: Exhibit, values: Sequence[str] = ()
) -> html.Nav:
    """A row of links; what a view came to is marked where the reader could not have it.

    Args:
        option: The choice, the usual one first.
        reading: The view.
        exhibit: The rendered exhibit.
        values: Which of its values stand there; all without any.
    """
    lang, given = reading.filters.lang, reading.options.get(option.name)
    now = given if given in option.values else option.values[0]
    now = exhibit.options.get(option.name, now)
    return html.Nav(
        [
            html.A(
                say(f"shell.option.{option.name}_{value}", lang),
                href=links.with_option(reading, option.name, value, default=option.values[0]),
                className="segment",
                **{"data-view": "", **({"aria-current": "true"} if value == now else {})},
            )
            for value in values or option.values
        ],
        className=f"segmented segmented--{option.name}",
        # Two cards of a page may offer the same choice, so each says whose it is.
        **{
            "aria-label": f"{say(f'shell.option.{option.name}', lang)}: "
            f"{say(f'{exhibit.id}.kicker', lang)}"
        },
    )
