"""The decision log: what was agreed, what its figure said then and says now, and how it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import may_request
from dashboard.components import links
from dashboard.meeting import decisions, figure
from dashboard.meeting.comparison import Pair
from dashboard.meeting.decisions import LONGEST, OWNERS, Decision, Draft, Owner, State
from dashboard.meeting.figure import NoFigure, OpenedFigure
from dashboard.meeting.follow_up import FollowUp, Seen, followed, seen_by
from dashboard.meeting.pages.frame import (
    Room,
    faults_in,
    kind_of,
    month_at,
    month_of,
    page_range,
    shown,
)
from dashboard.meeting.stored_answer import BETWEEN, Number, StoredAnswer
from dashboard.model.periods import Month
from dashboard.model.written_text import spaced
from dashboard.words import dates, numbers
from dashboard.words.catalogue import translate

#: Decisions on a page, months in which one may be due, and numbers of a figure that are shown.
_MOST, _AHEAD, _NUMBERS = 15, 18, 12
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Entry:
    """A decision as the pages show it.

    Attributes:
        decision: The decision.
        follow_up: Its figure then and now.
        is_late: Whether it is open after the month in which it was due.
    """

    decision: Decision
    follow_up: FollowUp
    is_late: bool


def add(blueprint: Blueprint, room: Room) -> None:
    """Add the routes."""
    rule = routes(blueprint, room)
    rule("/decisions", "decisions", _list, "GET")
    rule("/decisions/new", "note_decision", _note, "GET", "POST")
    one = "/decisions/<int(max=999999999):number>"
    rule(one, "decision", _one, "GET")
    rule(f"{one}/<any(open, done, dropped):state>", "change_decision", _change, "POST")


def _list(room: Room) -> Answer:
    is_open = request.args.get("show") != "closed"
    counts = {state: decisions.count(room.accounts, is_open=state) for state in (True, False)}
    page, pages, after = page_range(counts[is_open], _MOST)
    found = decisions.listed(room.accounts, is_open=is_open, most=_MOST, after=after)
    seen = seen_by(reader(), room.releases)
    entries = [_entry(room, decision, seen) for decision in found]
    return shown(
        "decisions", 200, entries=entries, is_open=is_open, counts=counts, page=page, pages=pages,
        label=kind_of(seen.release.edition, lang()), **_given(),
    )  # fmt: skip


def _one(room: Room, number: int) -> Answer:
    decision = decisions.numbered(room.accounts, number) or abort(404)
    seen = seen_by(reader(), room.releases)
    entry = _entry(room, decision, seen)
    pairs = entry.follow_up.judgement.pairs
    rest = max(0, len(pairs) - _NUMBERS)
    return shown(
        "decision", 200, entry=entry, pairs=pairs[:_NUMBERS], rest=rest,
        label=kind_of(seen.release.edition, lang()), **_given(),
    )  # fmt: skip


def _change(room: Room, number: int, state: str) -> Answer:
    if not decisions.change(room.accounts, number, cast(State, state), g.reader.name):
        abort(404)
    return on_to(way("meeting.decision", number=number))


# --- writing one down ---------------------------------------------------------------------------


def _note(room: Room) -> Answer:
    releases = reader().releases(room.releases)
    given = request.values.get("figure", "")
    try:
        found = figure.find(given, releases)
    except NoFigure:
        return _without_figure(room, given)
    if found.release.id != releases.current().id:
        return _without_figure(room, given)  # members, who may open no older one, read it then
    if request.method != "POST":
        return _form(room, found)
    form = request.form
    draft = _draft(room, found)
    if isinstance(draft, dict):
        return _form(room, found, 400, faults=draft, form=form)
    kept = figure.answers_in(found.figure, found.release, releases)
    number = decisions.note(room.accounts, draft, kept, g.reader.name)
    return on_to(way("meeting.decision", number=number))


def _without_figure(room: Room, given: str) -> Answer:
    """The way to a figure; where only its edition is another by now, the form with that of now."""
    exhibit, _, query = given.partition("?")
    asked = "&".join(part for part in query.split("&") if not part.startswith("edition="))
    if asked == query:
        nothing_sent = request.method != "POST" and not given
        return shown("no_figure", 200 if nothing_sent else 400, **_given())
    try:
        found = figure.find(f"{exhibit}?{asked}", reader().releases(room.releases))
    except NoFigure:
        return shown("no_figure", 400, **_given())
    return _form(room, found, 409, form=request.form, is_newer=True)


def _form(room: Room, opened: OpenedFigure, status: int = 200, **values: Any) -> Answer:
    releases = reader().releases(room.releases)
    answer = StoredAnswer(figure.answer_in(opened.figure, opened.release, lang(), releases))
    filled: Mapping[str, str] = values.pop("form", None) or {
        "follows": "1" if opened.months.end == opened.release.span.end else "",
    }
    return shown(
        "note_decision", status, found=opened, told=answer, filled=filled, owners=OWNERS,
        dues=_dues(room), longest=LONGEST, label=answer.label,
        asked=f"{opened.figure}{'&' if opened.figure.query else '?'}edition={opened.release.id}",
        **{"faults": {}, **_given(), **values},
    )  # fmt: skip


def _draft(room: Room, opened: OpenedFigure) -> Draft | dict[str, str]:
    """What the form says, or the phrases of what speaks against its fields."""
    form = request.form
    action, owner, due = spaced(form.get("action", "")), form.get("owner", ""), form.get("due", "")
    faults = {
        "action": next(faults_in(action, LONGEST), ""),
        "owner": "" if owner in OWNERS else "choose",
        "due": "" if due in map(str, _dues(room)) else "choose",
    }
    if any(faults.values()):
        return {name: fault for name, fault in faults.items() if fault}
    follows = opened.figure.has_period and form.get("follows") == "1"
    return Draft(
        action, cast(Owner, owner), Month.parse(due), opened.figure, opened.release.id,
        opened.months, follows,
    )  # fmt: skip


def _dues(room: Room) -> list[Month]:
    first = month_of(room.accounts.clock())
    return [first.plus(months) for months in range(_AHEAD + 1)]


# --- what the pages say -------------------------------------------------------------------------


def _entry(room: Room, decision: Decision, seen: Seen) -> Entry:
    late = decision.state == "open" and decision.due < month_of(room.accounts.clock())
    return Entry(decision, followed(room.accounts, decision, lang(), seen), late)


def _given() -> dict[str, Any]:
    """What the templates of decisions say things with."""
    role = reader().role
    spoken = lang()
    return {
        "may_note": may_request(role, "meeting.note_decision"),
        "may_older": role.older,
        "month": partial(dates.month, lang=spoken),
        "month_at": partial(month_at, lang=spoken),
        "period": partial(dates.period, lang=spoken),
        "number": partial(_number, spoken),
        "about": partial(_about, spoken),
        "spoken": spoken,
        "page_of": lambda path: links.page(path, spoken),
    }


def _about(spoken: str, pair: Pair) -> str:
    """What a number is about, in words; a column that names its months is another one now."""
    named = {one.column for one in (pair.then, pair.now) if one}
    rows = [_in_words(spoken, part) for part in pair.number.row.split(BETWEEN)]
    return BETWEEN.join(filter(None, (*rows, *(named if len(named) == 1 else ()))))


def _in_words(spoken: str, part: str) -> str:
    """A month in words, anything else as it is."""
    return dates.month(Month.parse(part), spoken) if _MONTH.fullmatch(part) else part


def _number(spoken: str, number: Number | None) -> str:
    """A number with what it stands for at least and at most."""
    if number is None:
        return translate("meeting.not_shown", spoken)
    unit = "%" if number.is_share else ""
    said = f"{numbers.number(number.value, spoken)}{f' {unit}' if unit else ''}"
    if number.value == 0 and not number.is_share:
        said = translate("numbers.none_or_very_few", spoken)
    if number.low is None or number.high is None or number.low == number.high:
        return said
    return translate(
        "meeting.between", spoken, number=said, range=numbers.span(number.low, number.high, spoken)
    )
