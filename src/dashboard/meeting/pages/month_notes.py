"""Notes on months: read them, write one, take one back; who may note decisions writes."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access.pages.frame import lang, on_to, routes, way
from dashboard.access.reader import reader
from dashboard.access.roles import may_request
from dashboard.components.filter_panels import area_options
from dashboard.meeting import month_notes
from dashboard.meeting.group_texts import note_in_words
from dashboard.meeting.month_notes import LONGEST
from dashboard.meeting.pages.frame import (
    Context,
    faults_in,
    month_at,
    month_of,
    page_range,
    render_page,
)
from dashboard.model.codes import EVENT_NOTE
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month
from dashboard.model.written_text import spaced
from dashboard.release.open_release import Release
from dashboard.words import dates

#: Notes on a page, and the value of a form's area for a note that is about all areas.
_MOST, _EVERYWHERE = 15, "everywhere"


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/notes", "notes", _list, "GET")
    rule("/notes/new", "write_note", _write, "GET", "POST")
    rule("/notes/<int(max=999999999):number>/take-back", "take_back_note", _take_back, "POST")


def _list(context: Context) -> Answer:
    """A page of the notes, those on the newest months first."""
    release, language = reader().releases(context.releases).current(), lang()
    page, pages, after = page_range(month_notes.count(context.accounts), _MOST)
    notes = [
        (note, note_in_words(note, release, language))
        for note in month_notes.listed(context.accounts, most=_MOST, after=after)
    ]
    return render_page(
        "notes",
        notes=notes,
        page=page,
        pages=pages,
        may_write=may_request(reader().role, "meeting.write_note"),
        month_at=partial(month_at, lang=language),
    )


def _write(context: Context) -> Answer:
    """Write a note down, or show the form for it, with what is wrong where it was sent."""
    release, form = reader().releases(context.releases).current(), request.form
    months = _months(context, release)
    if request.method != "POST":
        month = request.args.get("month", "")
        first = month if month in map(str, months) else str(release.span.end)
        area = request.args.get("area", "") or _EVERYWHERE
        return _form(release, months, {"month": first, "area": area})
    text = spaced(form.get("words", ""))
    month, last = form.get("month", ""), form.get("last_month", "") or form.get("month", "")
    offered, area = list(map(str, months)), form.get("area", "")
    faults = {
        "month": "" if month in offered else "choose",
        "last_month": "" if last in offered else "choose",
        "kind": "" if form.get("kind", "") in EVENT_NOTE else "choose",
        "area": "" if area == _EVERYWHERE or area in _areas(release) else "choose",
        "words": next(faults_in(text, LONGEST), ""),
    }
    if not (faults["month"] or faults["last_month"]) and last < month:
        faults["last_month"] = "ends_before_start"
    if any(faults.values()):
        return _form(release, months, form, 400, faults=faults)
    where = "" if area == _EVERYWHERE else area
    event = EventNote(Month.parse(month), Month.parse(last), form["kind"], where, text, "")
    if not month_notes.write(context.accounts, event, role=g.reader.role.name, who=g.reader.name):
        return _form(release, months, form, 409, faults={"all": "many_notes"})
    return on_to(way("meeting.notes"))


def _take_back(context: Context, number: int) -> Answer:
    if not month_notes.take_back(context.accounts, number, g.reader.name):
        abort(404)
    return on_to(way("meeting.notes"))


def _form(
    release: Release,
    months: list[Month],
    filled: object,
    status: int = 200,
    *,
    faults: dict[str, str] | None = None,
) -> Answer:
    """The page with the form of a note; ``filled`` and ``faults`` are by field."""
    language = lang()
    return render_page(
        "write_note",
        status,
        filled=filled,
        faults=faults or {},
        months=[(str(month), dates.month(month, language)) for month in months],
        kinds=[(code, release.label(EVENT_NOTE.id, code, language)) for code in EVENT_NOTE.values],
        everywhere=_EVERYWHERE,
        areas=_areas(release).items(),
        longest=LONGEST,
        most=month_notes.MOST,
    )


def _areas(release: Release) -> dict[str, str]:
    """Areas that a note may be about, coarse to fine, and their names."""
    return {option["value"]: option["label"] for option in area_options(release, lang())}


def _months(context: Context, release: Release) -> list[Month]:
    """Months that a note may be about, the newest first: those of the edition, and since then."""
    last = max(month_of(context.accounts.clock()), release.span.end)
    return [last.plus(-back) for back in range(last.minus(release.span.start) + 1)]
