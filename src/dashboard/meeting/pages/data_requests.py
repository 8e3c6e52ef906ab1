"""The log of data requests: note one, say how it was answered, read them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, cast

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import may_ask
from dashboard.meeting import data_requests
from dashboard.meeting.data_requests import (
    ASKERS,
    DECIDERS,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    OUTCOMES,
    Answer,
    Asker,
    DataRequest,
    Decider,
    Draft,
    Outcome,
    public_editions,
    today,
)
from dashboard.meeting.pages.frame import Room, faults_in, kind_of, shown
from dashboard.model.written_text import spaced
from dashboard.words import dates

#: Requests on a page, and days back to which one may be noted.
_MOST, _BACK = 15, 3 * 366


def add(blueprint: Blueprint, room: Room) -> None:
    """Add the routes."""
    rule = routes(blueprint, room)
    rule("/data-requests", "data_requests", _list, "GET")
    rule("/data-requests/new", "note_data_request", _note, "GET", "POST")
    one = "/data-requests/<int(max=999999999):number>"
    rule(one, "data_request", _one, "GET")
    rule(f"{one}/answer", "answer_data_request", _answer, "POST")


def _list(room: Room) -> Response:
    waits = request.args.get("show") != "answered"
    tally = data_requests.tally(room.desk)
    pages = max(1, -(-(tally.waiting if waits else tally.closed) // _MOST))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    found = data_requests.listed(room.desk, waits=waits, most=_MOST, after=(page - 1) * _MOST)
    return shown(
        "data_requests", 200, found=found, waits=waits, tally=tally, page=page, pages=pages,
        **_given(room),
    )  # fmt: skip


def _one(room: Room, number: int) -> Response:
    return _shown(room, data_requests.numbered(room.desk, number) or abort(404))


def _note(room: Room) -> Response:
    if request.method != "POST":
        return _form(room, 200, {"asked_on": str(today(room.desk))}, {})
    draft = _draft(room)
    if isinstance(draft, dict):
        return _form(room, 400, request.form, draft)
    number = data_requests.note(room.desk, draft, g.reader.name)
    return on_to(way("meeting.data_request", number=number))


def _answer(room: Room, number: int) -> Response:
    found = data_requests.numbered(room.desk, number) or abort(404)
    given = _given_answer(room, found)
    if isinstance(given, dict):
        return _shown(room, found, 400, faults=given, filled=request.form)
    data_requests.answer(room.desk, number, given, g.reader.name)
    return on_to(way("meeting.data_request", number=number))


# --- what forms say -----------------------------------------------------------------------------


def _draft(room: Room) -> Draft | dict[str, str]:
    """What the form says, or the phrases of what speaks against its fields."""
    form = request.form
    asker = form.get("asker", "")
    organisation, purpose = spaced(form.get("organisation", "")), spaced(form.get("purpose", ""))
    last = _last_day(room)
    asked_on = _day(form.get("asked_on", ""), last - timedelta(_BACK), last)
    faults = {
        "asker": "" if asker in ASKERS else "choose",
        "organisation": next(faults_in(organisation, LONGEST_NAME), ""),
        "purpose": next(faults_in(purpose, LONGEST_PURPOSE), ""),
        "asked_on": "" if asked_on else "day",
    }
    if any(faults.values()) or asked_on is None:
        return {name: fault for name, fault in faults.items() if fault}
    return Draft(cast(Asker, asker), organisation, purpose, asked_on)


def _given_answer(room: Room, found: DataRequest) -> Answer | dict[str, str]:
    """What the form says, or the phrases of what speaks against its fields."""
    form = request.form
    outcome, decider = form.get("outcome", ""), form.get("decider", "")
    release = form.get("release", "") if outcome == "given" else ""
    on = _day(form.get("answered_on", ""), found.asked_on, _last_day(room))
    faults = {
        "outcome": "" if outcome in OUTCOMES else "choose",
        "release": "" if outcome != "given" or release in _editions(room) else "edition",
        "decider": "" if decider in DECIDERS else "choose",
        "answered_on": "" if on else "day_after",
    }
    if any(faults.values()) or on is None:
        return {name: fault for name, fault in faults.items() if fault}
    return Answer(cast(Outcome, outcome), release, cast(Decider, decider), on)


def _day(text: str, first: date, last: date) -> date | None:
    """The day that a field holds, None where it is none between these."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last else None


def _last_day(room: Room) -> date:
    """The last day that has begun somewhere: who writes may be east of the clock."""
    return today(room.desk) + timedelta(1)


# --- what the pages say -------------------------------------------------------------------------


def _shown(room: Room, found: DataRequest, status: int = 200, **values: Any) -> Response:
    before = found.answer
    usual = {
        "outcome": before.outcome if before else "",
        "release": before.release if before else "",
        "decider": before.decider if before else "",
        "answered_on": str(before.on if before else today(room.desk)),
    }
    return shown(
        "data_request", status, found=found, outcomes=OUTCOMES, deciders=DECIDERS,
        **{"faults": {}, "filled": usual, **_given(room), **values},
    )  # fmt: skip


def _form(
    room: Room, status: int, filled: Mapping[str, str], faults: Mapping[str, str]
) -> Response:
    return shown(
        "note_data_request", status, filled=filled, faults=faults, askers=ASKERS,
        longest_name=LONGEST_NAME, longest_purpose=LONGEST_PURPOSE, **_given(room),
    )  # fmt: skip


def _given(room: Room) -> dict[str, Any]:
    """What all templates of data requests say things with."""
    spoken = lang()
    day: Callable[[date], str] = partial(dates.day, lang=spoken)
    return {
        "day": day,
        "month": partial(dates.month, lang=spoken),
        "kind": partial(kind_of, lang=spoken),
        "today": today(room.desk),
        "last_day": _last_day(room),
        "editions": _editions(room),
        "may_note": may_ask(reader().role, "meeting.note_data_request"),
    }


def _editions(room: Room) -> dict[str, Any]:
    """Editions that may be handed out, by id, the newest first."""
    return {edition.release_id: edition for edition in public_editions(room.public)}
