"""The exhibit card: the parts that an exhibit fills in the room that stands still.

The room (``templates/card.html``) is made with the page. An answer replaces the parts in it, so
that the figure, the chosen view and the focus stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from dashboard.components import links
from dashboard.components.downloads import FILES, query_of
from dashboard.components.forms import DRAWN, form
from dashboard.components.table_twin import table_twin
from dashboard.components.writer import write
from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.parts.ladder import detail_label
from dashboard.exhibits.registry import Option, definition, own_options
from dashboard.figures.marks import FLAGS
from dashboard.filters import Reading
from dashboard.words.catalogue import translate
from dashboard.words.glossary import glossary

#: Parts of a card that an answer fills; each stands in the room of class ``card-<part>``.
PARTS = ("heading", "options", "actions", "body", "marks", "description", "table", "foot")
#: Forms of figures that have no table beside the figure: one is a table itself.
_NO_TABLE = ("table", "text")
#: Options that are shown as a row of links at the head of a card.
_HEAD_OPTIONS = ("measure", "split", "by", "each", "colour")
#: Options that are a menu there, since they have many values.
_MENUS = ("waters", "source")
#: Options with two values that are links at the head; their others stand in the card's menu.
_TOGGLED: Mapping[str, tuple[str, str]] = {"show": ("number", "usual")}
#: Options of single cards that are a row of links at the head, where a release has several values.
_OF_CARD = ("shapes",)
#: Forms and exhibits that count what a map on their page counts: its card has the options of both.
_BESIDE_FORMS = ("ranking", "area", "brush")
_BESIDE = ("hotspots.camps", "hotspots.area-line", "hotspots.quarters")
#: Lists that have options of their own, though of such a form.
_OWN = ("routes.corridors", "routes.chains")
#: Parameters that a report has itself, and not each of its figures.
_OF_REPORT = ("edition", "lang", "audience")


def card_parts(
    exhibit: Exhibit,
    reading: Reading,
    options: Sequence[Option],
    number: int | None,
    name: str,
    *,
    table: bool,
    decides: bool = False,
) -> dict[str, str]:
    """The parts of a card for an exhibit, as HTML but for its description.

    Args:
        exhibit: The rendered exhibit.
        reading: The view it answers.
        options: Its options, with the values that the release offers.
        number: Its number among the figures, or None.
        name: Name of its files without the ending.
        table: Whether its table is wanted; most are never looked at.
        decides: Whether the reader may note a decision from it.
    """
    lang, entry = reading.filters.lang, definition(exhibit.id)
    terms = glossary().of_exhibit(exhibit.id, entry.facts)
    return {
        "heading": write("heading", lang, exhibit=exhibit, number=number, terms=terms),
        "options": _options(options, reading, exhibit),
        "actions": _actions(exhibit, reading, options, name, decides=decides),
        "body": form(exhibit, reading, options) or "",
        "marks": _marks(exhibit, lang),
        "description": exhibit.description,
        "table": table_twin(exhibit, reading) if table else "",
        "foot": write("card_foot", lang, exhibit=exhibit, is_own=entry.published),
    }


def script_figure(exhibit: Exhibit) -> dict[str, Any] | None:
    """What scripts draw of an exhibit; None for one whose figure is HTML, or that has none."""
    figure = exhibit.figure
    return dict(figure) if figure and figure.get("form") in DRAWN else None


def failed_parts(
    exhibit_id: str, number: int | None, reference: str, lang: str, *, slow: bool
) -> dict[str, str]:
    """The parts of a card whose exhibit could not be made.

    Args:
        exhibit_id: The exhibit.
        number: Its number among the figures, or None.
        reference: What the log calls this failure.
        lang: Language of the words.
        slow: Whether it was stopped because it took too long.
    """
    why = "slow" if slow else "failed"
    title = translate(f"shell.state.{why}_title", lang)
    return dict.fromkeys(PARTS, "") | {
        "heading": write("failed_heading", lang, exhibit=exhibit_id, number=number, title=title),
        "body": write("problem", lang, reference=reference, why=why),
    }


def _actions(
    exhibit: Exhibit, reading: Reading, options: Sequence[Option], name: str, *, decides: bool
) -> Markup:
    """The menu of files, and the menu of what is done less often."""
    values = {option.name: option.values for option in options}
    options_shown = exhibit.as_shown(own_options(reading, options), values)
    query = query_of(exhibit, replace(reading, options=options_shown))
    parts = (part for part in query.split("&") if part.partition("=")[0] not in _OF_REPORT)
    return write(
        "actions",
        reading.filters.lang,
        exhibit=exhibit,
        name=name,
        query=query,
        reported=f"{exhibit.id}?{'&'.join(parts)}".rstrip("?"),
        groups={kind: files for kind, files in FILES.items() if kind != "map" or exhibit.is_map},
        is_scripted=script_figure(exhibit) is not None,
        tabled=exhibit.figure is not None and exhibit.figure.get("form") not in _NO_TABLE,
        decides=decides,
        reading=reading,
        menus=[*_details(exhibit, options, reading), *_rest(options, reading, exhibit)],
    )


def _details(
    exhibit: Exhibit, options: Sequence[Option], reading: Reading
) -> Iterator[dict[str, Any]]:
    """The menu of levels of detail, if there are several and the card's head does not offer them.

    Its first entry is the usual choice among them. A finer level than that is drawn as rough; the
    exhibit decides that, not the menu.
    """
    detail, lang = exhibit.detail, reading.filters.lang
    if detail is None or len(detail.rungs) < 2:  # noqa: PLR2004 -- one is no choice
        return
    head = _at_head(options, exhibit)
    for option in options:
        if option.name == detail.ladder and option not in head:
            usual = option.values[0]
            words = {value: detail_label(detail.ladder, value, lang) for value in detail.rungs}
            entries = {usual: translate("ladder.auto", lang), **words}
            now = detail.rung if detail.is_chosen else usual
            yield _choice(translate("ladder.menu", lang), option, now, entries)


def _rest(options: Sequence[Option], reading: Reading, exhibit: Exhibit) -> list[dict[str, Any]]:
    """Menus of further values of the options that have a switch at the head (``_TOGGLED``)."""
    if _is_beside(exhibit):
        return []
    lang = reading.filters.lang
    toggled = [option for option in options if option.name in _TOGGLED]
    rests = [[v for v in option.values if v not in _TOGGLED[option.name]] for option in toggled]
    return [
        _choice(
            translate(f"shell.option.{option.name}", lang),
            option,
            reading.options.get(option.name, option.values[0]),
            _value_names(option, rest, lang),
        )
        for option, rest in zip(toggled, rests, strict=True)
        if rest
    ]


def _value_names(option: Option, values: Sequence[str], lang: str) -> dict[str, str]:
    """What some values of an option are called, by value: names of the release, or phrases."""
    phrase = f"shell.option.{option.name}"
    return {v: option.names.get(v) or translate(f"{phrase}_{v}", lang) for v in values}


def _options(options: Sequence[Option], reading: Reading, exhibit: Exhibit) -> Markup:
    """The options at the head of a card: rows of links, then menus."""
    rows = [(option, option.values) for option in _at_head(options, exhibit)]
    menus: list[Option] = []
    if not _is_beside(exhibit):
        rows += [(option, _TOGGLED[option.name]) for option in options if option.name in _TOGGLED]
        menus = [option for option in options if option.name in _MENUS and len(option.values) > 1]
    return write(
        "options",
        reading.filters.lang,
        exhibit=exhibit,
        reading=reading,
        way=(exhibit.figure or {}).get("way", ()),
        only=_only(exhibit, reading),
        rows=[(option, values, _shown(option, reading, exhibit)) for option, values in rows],
        menus=[_menu(option, reading, exhibit) for option in menus],
    )


def _shown(option: Option, reading: Reading, exhibit: Exhibit) -> str:
    """The value of an option that a card shows, which may not be the one that a reader chose."""
    chosen = reading.options.get(option.name)
    return exhibit.options.get(option.name, chosen if chosen in option.values else option.values[0])


def _menu(option: Option, reading: Reading, exhibit: Exhibit) -> dict[str, Any]:
    """A menu at the head of a card, called by the value that is shown where its name is short."""
    lang = reading.filters.lang
    about = translate(f"shell.option.{option.name}", lang)
    entries = _value_names(option, option.values, lang)
    now = exhibit.options.get(option.name, option.values[0])
    # Names that a release gives can be long.
    return _choice(about, option, now, entries) | {"label": about if option.names else entries[now]}


def _choice(about: str, option: Option, now: str, entries: Mapping[str, str]) -> dict[str, Any]:
    """What templates are given of a menu of an option.

    Args:
        about: What the menu is called.
        option: The option.
        now: The value that is shown.
        entries: The values that it offers, each with its words.
    """
    values = {"option": option.name, "default": option.values[0], "now": now}
    return {"about": about, **values, "entries": entries}


def _is_beside(exhibit: Exhibit) -> bool:
    """Whether a map on the exhibit's page has the options for it, so that its own card has none."""
    figure_form = (exhibit.figure or {}).get("form")
    return (figure_form in _BESIDE_FORMS and exhibit.id not in _OWN) or exhibit.id in _BESIDE


def _at_head(options: Sequence[Option], exhibit: Exhibit) -> list[Option]:
    """Options all values of which are a row of links at the head of a card."""
    is_beside = _is_beside(exhibit)
    return [
        option
        for option in options
        if (option.name in _OF_CARD and len(option.values) > 1)
        or (option.name in _HEAD_OPTIONS and not (is_beside or option.by_link))
    ]


def _meta(exhibit: Exhibit) -> Mapping[str, Any]:
    """The ``layout.meta`` of a plotly figure, what it says beside its marks; else empty."""
    layout: Mapping[str, Any] = (exhibit.figure or {}).get("layout") or {}
    return layout.get("meta", {})


def _only(exhibit: Exhibit, reading: Reading) -> list[tuple[str, str, bool]]:
    """Groups that several filters choose together: name, address, and whether it is chosen.

    The address of one that is chosen takes its filters away.
    """
    groups: list[tuple[str, str, bool]] = []
    for group in _meta(exhibit).get("only", ()):
        filters = reading.filters
        chosen = {name: tuple(codes) for name, codes in group["codes"].items()}
        is_now = all(filters.codes_of(name) == codes for name, codes in chosen.items())
        for name, codes in chosen.items():
            filters = filters.with_codes(name, () if is_now else codes)
        groups.append((group["name"], links.href(filters, reading.options), is_now))
    return groups


def _marks(exhibit: Exhibit, lang: str) -> Markup:
    """The key of a chart's marks, such as flags, under the figure."""
    marks = _meta(exhibit).get("marks", ())
    return write(
        "marks",
        lang,
        marks=marks,
        has_flags=any(mark["kind"] in FLAGS for mark in marks),
        is_beside=exhibit.id.startswith("hotspots."),
    )
