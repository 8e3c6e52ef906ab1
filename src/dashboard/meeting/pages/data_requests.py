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
from dashboard.meeting.pages.frame import Context, faults_in, kind_of, page_range, render_page
from dashboard.model.edition import Edition
from dashboard.model.written_text import spaced
from dashboard.words import dates

#: Requests on a page, and days back to which one may be noted.
_MOST, _BACK = 15, timedelta(3 * 366)
#: More revisions than any request has, and fewer than the store can count.
_MOST_REVISIONS = 2**31
#: How far the day of who is farthest east is before that of UTC.
_EAST = timedelta(hours=14)


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/data-requests", "data_requests", _list, "GET")
    rule("/data-requests/new", "note_data_request", _note, "GET", "POST")
    path = "/data-requests/<int(max=999999999):number>"
    rule(path, "data_request", _show, "GET")
    rule(f"{path}/correct", "correct_data_request", _correct, "GET", "POST")
    rule(f"{path}/answer", "answer_data_request", _answer, "POST")


def _list(context: Context) -> Response:
    """A page of the requests that wait, or of the others, and who is to be told of an edition."""
    waits = request.args.get("show") != "closed"
    tally = data_requests.tally(context.accounts)
    page, pages, after = page_range(tally.waiting if waits else tally.closed, _MOST)
    entries = data_requests.listed(context.accounts, waits=waits, most=_MOST, after=after)
    editions = _editions(context)
    not_taken_back = {*editions, *context.public.withheld()}  # what is held back may come again
    return render_page(
        "data_requests", 200, entries=entries, waits=waits, tally=tally, page=page, pages=pages,
        to_tell=data_requests.undisclosed(context.accounts, not_taken_back),
        **_template_values(context, editions),
    )  # fmt: skip


def _show(context: Context, number: int) -> Response:
    return _page(context, _find(context, number))


def _note(context: Context) -> Response:
    """Note a request, or show the form for it, with what is wrong where it was sent."""
    if request.method != "POST":
        return _form(context, 200, {"asked_on": str(today(context.accounts))})
    draft = _draft_from_form(context)
    if isinstance(draft, dict):
        return _form(context, 400, request.form, faults=draft)
    number = data_requests.note(context.accounts, draft, g.reader.name)
    return on_to(way("meeting.data_request", number=number))


def _correct(context: Context, number: int) -> Response:
    """Correct a request, or show the form again: with faults, or since another changed it."""
    data_request = _find(context, number)
    if request.method != "POST":
        return _form(context, 200, _as_noted(data_request), data_request=data_request)
    draft, revision = _draft_from_form(context, data_request), _revision_sent()
    if isinstance(draft, dict) and revision == data_request.revision:
        return _form(context, 400, request.form, faults=draft, data_request=data_request)
    is_corrected = isinstance(draft, Draft) and data_requests.correct(
        context.accounts, number, draft, g.reader.name, revision=revision
    )
    if not is_corrected:
        newer = _find(context, number)
        return _form(context, 409, request.form, data_request=newer, is_newer=True)
    return on_to(way("meeting.data_request", number=number))


def _answer(context: Context, number: int) -> Response:
    """Note how a request was answered.

    Else its page is shown again: with what is wrong with the form (400), or since somebody else
    changed the request meanwhile (409).
    """
    data_request, editions = _find(context, number), _editions(context)
    answer, revision = _answer_from_form(context, data_request, editions), _revision_sent()
    if isinstance(answer, dict) and revision == data_request.revision:
        return _page(context, data_request, 400, faults=answer, filled=request.form)
    is_answered = isinstance(answer, Answer) and data_requests.answer(
        context.accounts, number, answer, g.reader.name, revision=revision
    )
    if not is_answered:
        return _page(context, _find(context, number), 409, filled=request.form, is_newer=True)
    return on_to(way("meeting.data_request", number=number))


def _find(context: Context, number: int) -> DataRequest:
    return data_requests.find(context.accounts, number) or abort(404)


def _revision_sent() -> int:
    """The revision that a form was filled in for; -1, which none has, where it says none."""
    return max(-1, min(request.form.get("seen", -1, type=int), _MOST_REVISIONS))


# --- what forms hold ----------------------------------------------------------------------------


def _draft_from_form(context: Context, before: DataRequest | None = None) -> Draft | dict[str, str]:
    """The form's values, or by field the phrase of what is wrong with it.

    Args:
        context: What the pages are given.
        before: The request that is corrected; its day may not be after that of its answer.
    """
    form = request.form
    asker = form.get("asker", "")
    organisation, purpose = spaced(form.get("organisation", "")), spaced(form.get("purpose", ""))
    answer = before.answer if before else None
    last = answer.on if answer else _last_day(context)
    asked_on = _day(form.get("asked_on", ""), last - _BACK, last)
    day_fault = "day_before" if answer else "day"
    faults = {
        "asker": "" if asker in ASKERS else "choose",
        "organisation": next(faults_in(organisation, LONGEST_NAME), ""),
        "purpose": next(faults_in(purpose, LONGEST_PURPOSE), ""),
        "asked_on": "" if asked_on else day_fault,
    }
    if any(faults.values()) or asked_on is None:
        return {name: fault for name, fault in faults.items() if fault}
    return Draft(cast(Asker, asker), organisation, purpose, asked_on)


def _answer_from_form(
    context: Context, data_request: DataRequest, editions: Mapping[str, Edition]
) -> Answer | dict[str, str]:
    """The form's values, or by field the phrase of what is wrong with it."""
    form = request.form
    outcome, decider = form.get("outcome", ""), form.get("decider", "")
    is_decided, is_given = outcome != "withdrawn", outcome == "given"
    release = form.get("release", "") if is_given else ""
    on = _day(form.get("answered_on", ""), data_request.asked_on, _last_day(context))
    former = data_request.answer.release if data_request.answer else ""
    faults = {
        "outcome": "" if outcome in OUTCOMES else "choose",
        "release": _fault_of_edition(release, editions, former, on) if is_given else "",
        "decider": "" if decider in DECIDERS or not is_decided else "choose",
        "answered_on": "" if on else "day_after",
    }
    if any(faults.values()) or on is None:
        return {name: fault for name, fault in faults.items() if fault}
    decided_by = cast(Decider, decider) if is_decided else None
    knows = is_given and release not in editions and form.get("knows") == "1"
    return Answer(cast(Outcome, outcome), release, decided_by, on, knows)


def _fault_of_edition(
    release: str, editions: Mapping[str, Edition], former: str, on: date | None
) -> str:
    """The phrase of what is wrong with an edition that was given on a day, or "".

    Args:
        release: Id of the edition, as the form has it.
        editions: Those that may be handed out.
        former: The edition that the log has of the request already, which may stay.
        on: Day on which it was given, None where the form has none.
    """
    if release in editions and on and editions[release].built_at.date() > on + timedelta(1):
        return "edition_later"
    allowed = release in editions or release == SHOWN_NO_MORE or (release and release == former)
    return "" if allowed else "edition"


def _day(text: str, first: date, last: date) -> date | None:
    """The day that a field holds, None for no day or one before the first or after the last."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last else None


def _last_day(context: Context) -> date:
    """The last day that has begun somewhere: who writes may be east of the clock."""
    return (datetime.fromtimestamp(context.accounts.clock(), UTC) + _EAST).date()


# --- what the pages say -------------------------------------------------------------------------


def _page(context: Context, data_request: DataRequest, status: int = 200, **more: Any) -> Response:
    """The page of a request with the form for its answer; ``more`` replaces usual values of it."""
    before, editions = data_request.answer, _editions(context)
    usual = {
        "outcome": before.outcome if before else "",
        "release": before.release if before else "",
        "decider": before.decider if before else "",
        "answered_on": str(before.on if before else today(context.accounts)),
        "knows": "1" if before and before.knows else "",
    }
    return render_page(
        "data_request", status, data_request=data_request, outcomes=OUTCOMES, deciders=DECIDERS,
        **{"faults": {}, "filled": usual, **_template_values(context, editions), **more},
    )  # fmt: skip


def _form(context: Context, status: int, filled: Mapping[str, str], **values: Any) -> Response:
    """The page with the form of a request, filled with these values by field."""
    return render_page(
        "note_data_request", status, filled=filled, askers=ASKERS, last_day=_last_day(context),
        longest_name=LONGEST_NAME, longest_purpose=LONGEST_PURPOSE,
        **{"faults": {}, "data_request": None, **values},
    )  # fmt: skip


def _as_noted(data_request: DataRequest) -> dict[str, str]:
    """Values of the form's fields, as a request has them."""
    return {
        "asker": data_request.asker,
        "organisation": data_request.organisation,
        "purpose": data_request.purpose,
        "asked_on": str(data_request.asked_on),
    }


def _template_values(context: Context, editions: Mapping[str, Edition]) -> dict[str, Any]:
    """What the templates that show requests use."""
    language, role = lang(), reader().role
    return {
        "day": partial(dates.day, lang=language),
        "month": partial(dates.month, lang=language),
        "kind": partial(kind_of, lang=language),
        "today": today(context.accounts),
        "last_day": _last_day(context),
        "editions": editions,
        "gone": SHOWN_NO_MORE,
        "may_note": may_request(role, "meeting.note_data_request"),
        "may_answer": may_request(role, "meeting.answer_data_request"),
        "may_correct": may_request(role, "meeting.correct_data_request"),
    }


def _editions(context: Context) -> dict[str, Edition]:
    return editions_to_give(context.releases, context.public)
