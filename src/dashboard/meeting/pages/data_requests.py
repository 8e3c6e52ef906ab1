"""The log of data requests: note one, correct it, say how it was answered, read them all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, cast

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import may_request
from dashboard.meeting import data_requests
from dashboard.meeting.data_requests import (
    ASKERS,
    DECIDERS,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    OUTCOMES,
    SHOWN_NO_MORE,
    Answer,
    Asker,
    DataRequest,
    Decider,
    Draft,
    Outcome,
    editions_to_give,
    today,
)
from dashboard.meeting.pages.frame import Room, faults_in, kind_of, page_range, shown
from dashboard.model.edition import Edition
from dashboard.model.written_text import spaced
from dashboard.words import dates

#: Requests on a page, and days back to which one may be noted.
_MOST, _BACK = 15, timedelta(3 * 366)
#: How far the day of who is farthest east is before that of UTC.
_EAST = timedelta(hours=14)


def add(blueprint: Blueprint, room: Room) -> None:
    """Add the routes."""
    rule = routes(blueprint, room)
    rule("/data-requests", "data_requests", _list, "GET")
    rule("/data-requests/new", "note_data_request", _note, "GET", "POST")
    one = "/data-requests/<int(max=999999999):number>"
    rule(one, "data_request", _one, "GET")
    rule(f"{one}/correct", "correct_data_request", _correct, "GET", "POST")
    rule(f"{one}/answer", "answer_data_request", _answer, "POST")


def _list(room: Room) -> Response:
    waits = request.args.get("show") != "closed"
    tally = data_requests.tally(room.accounts)
    page, pages, after = page_range(tally.waiting if waits else tally.closed, _MOST)
    found = data_requests.listed(room.accounts, waits=waits, most=_MOST, after=after)
    editions = _editions(room)
    kept = {*editions, *room.public.withheld()}  # what is held back may come again
    return shown(
        "data_requests", 200, found=found, waits=waits, tally=tally, page=page, pages=pages,
        to_tell=data_requests.undisclosed(room.accounts, kept), **_given(room, editions),
    )  # fmt: skip


def _one(room: Room, number: int) -> Response:
    return _shown(room, _data_request(room, number))


def _note(room: Room) -> Response:
    if request.method != "POST":
        return _form(room, 200, {"asked_on": str(today(room.accounts))})
    draft = _draft(room)
    if isinstance(draft, dict):
        return _form(room, 400, request.form, faults=draft)
    number = data_requests.note(room.accounts, draft, g.reader.name)
    return on_to(way("meeting.data_request", number=number))


def _correct(room: Room, number: int) -> Response:
    data_request = _data_request(room, number)
    if request.method != "POST":
        return _form(room, 200, _as_noted(data_request), found=data_request)
    draft, seen = _draft(room, data_request), _seen()
    if isinstance(draft, dict) and seen == data_request.revision:
        return _form(room, 400, request.form, faults=draft, found=data_request)
    kept = isinstance(draft, Draft) and data_requests.correct(
        room.accounts, number, draft, g.reader.name, seen=seen
    )
    if not kept:
        return _form(room, 409, request.form, found=_data_request(room, number), is_newer=True)
    return on_to(way("meeting.data_request", number=number))


def _answer(room: Room, number: int) -> Response:
    found, editions = _data_request(room, number), _editions(room)
    given, seen = _given_answer(room, found, editions), _seen()
    if isinstance(given, dict) and seen == found.revision:
        return _shown(room, found, 400, faults=given, filled=request.form)
    kept = isinstance(given, Answer) and data_requests.answer(
        room.accounts, number, given, g.reader.name, seen=seen
    )
    if not kept:
        return _shown(room, _data_request(room, number), 409, filled=request.form, is_newer=True)
    return on_to(way("meeting.data_request", number=number))


def _data_request(room: Room, number: int) -> DataRequest:
    return data_requests.numbered(room.accounts, number) or abort(404)


def _seen() -> int:
    """The revision that a form was filled in for; none that there is where it says none."""
    return request.form.get("seen", -1, type=int)


# --- what forms say -----------------------------------------------------------------------------


def _draft(room: Room, found: DataRequest | None = None) -> Draft | dict[str, str]:
    """What the form says, or the phrases of what speaks against its fields.

    Nothing was asked after it was answered.
    """
    form = request.form
    asker = form.get("asker", "")
    organisation, purpose = spaced(form.get("organisation", "")), spaced(form.get("purpose", ""))
    last = found.answer.on if found and found.answer else _last_day(room)
    asked_on = _day(form.get("asked_on", ""), last - _BACK, last)
    faults = {
        "asker": "" if asker in ASKERS else "choose",
        "organisation": next(faults_in(organisation, LONGEST_NAME), ""),
        "purpose": next(faults_in(purpose, LONGEST_PURPOSE), ""),
        "asked_on": "" if asked_on else "day_before" if found and found.answer else "day",
    }
    if any(faults.values()) or asked_on is None:
        return {name: fault for name, fault in faults.items() if fault}
    return Draft(cast(Asker, asker), organisation, purpose, asked_on)


def _given_answer(
    room: Room, data_request: DataRequest, editions: Mapping[str, Edition]
) -> Answer | dict[str, str]:
    """What the form says, or the phrases of what speaks against its fields."""
    form = request.form
    outcome, decider = form.get("outcome", ""), form.get("decider", "")
    decided, given = outcome != "withdrawn", outcome == "given"
    release = form.get("release", "") if given else ""
    on = _day(form.get("answered_on", ""), data_request.asked_on, _last_day(room))
    held = data_request.answer.release if data_request.answer else ""
    faults = {
        "outcome": "" if outcome in OUTCOMES else "choose",
        "release": _fault_of_edition(release, editions, held, on) if given else "",
        "decider": "" if decider in DECIDERS or not decided else "choose",
        "answered_on": "" if on else "day_after",
    }
    if any(faults.values()) or on is None:
        return {name: fault for name, fault in faults.items() if fault}
    decided_by = cast(Decider, decider) if decided else None
    knows = given and release not in editions and form.get("knows") == "1"
    return Answer(cast(Outcome, outcome), release, decided_by, on, knows)


def _fault_of_edition(
    release: str, editions: Mapping[str, Edition], held: str, on: date | None
) -> str:
    """What speaks against an edition that was given; what was kept before may stay."""
    if release in editions and on and editions[release].built_at.date() > on + timedelta(1):
        return "edition_later"
    allowed = release in editions or release == SHOWN_NO_MORE or (release and release == held)
    return "" if allowed else "edition"


def _day(text: str, first: date, last: date) -> date | None:
    """The day that a field holds, None where it is none between these."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last else None


def _last_day(room: Room) -> date:
    """The last day that has begun somewhere: who writes may be east of the clock."""
    return (datetime.fromtimestamp(room.accounts.clock(), UTC) + _EAST).date()


# --- what the pages say -------------------------------------------------------------------------


def _shown(room: Room, data_request: DataRequest, status: int = 200, **values: Any) -> Response:
    before, editions = data_request.answer, _editions(room)
    usual = {
        "outcome": before.outcome if before else "",
        "release": before.release if before else "",
        "decider": before.decider if before else "",
        "answered_on": str(before.on if before else today(room.accounts)),
        "knows": "1" if before and before.knows else "",
    }
    return shown(
        "data_request", status, found=data_request, outcomes=OUTCOMES, deciders=DECIDERS,
        **{"faults": {}, "filled": usual, **_given(room, editions), **values},
    )  # fmt: skip


def _form(room: Room, status: int, filled: Mapping[str, str], **values: Any) -> Response:
    return shown(
        "note_data_request", status, filled=filled, askers=ASKERS, last_day=_last_day(room),
        longest_name=LONGEST_NAME, longest_purpose=LONGEST_PURPOSE,
        **{"faults": {}, "found": None, **values},
    )  # fmt: skip


def _as_noted(data_request: DataRequest) -> dict[str, str]:
    return {
        "asker": data_request.asker,
        "organisation": data_request.organisation,
        "purpose": data_request.purpose,
        "asked_on": str(data_request.asked_on),
    }


def _given(room: Room, editions: Mapping[str, Edition]) -> dict[str, Any]:
    """What the pages that show requests say things with."""
    spoken, role = lang(), reader().role
    return {
        "day": partial(dates.day, lang=spoken),
        "month": partial(dates.month, lang=spoken),
        "kind": partial(kind_of, lang=spoken),
        "today": today(room.accounts),
        "last_day": _last_day(room),
        "editions": editions,
        "gone": SHOWN_NO_MORE,
        "may_note": may_request(role, "meeting.note_data_request"),
        "may_answer": may_request(role, "meeting.answer_data_request"),
        "may_correct": may_request(role, "meeting.correct_data_request"),
    }


def _editions(room: Room) -> dict[str, Edition]:
    return editions_to_give(room.releases, room.public)
