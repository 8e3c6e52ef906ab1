"""Editions: everything that was published, each as known then.

Id: quality.editions. The figure is drawn as HTML: each of ``items`` has id, title, text (what it
is, in words) and shown (whether it is on the page); ``damaged`` are the ids of files that
cannot be read and so say nothing of themselves.
"""

from __future__ import annotations

from typing import Any

from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.edition import Edition
from dashboard.model.periods import Span
from dashboard.words import dates

_ID = "quality.editions"


@exhibit(_ID, facts=(), of_folder=True)
def editions(question: Question) -> Exhibit:
    """Every edition that can be read, the newest first."""
    lang, release = question.lang, question.release
    readable, damaged = release.editions(), release.damaged()
    newest = readable[0] if readable else release.edition
    notes = [question.say(f"{_ID}.note")]
    if damaged:
        notes.append(question.say(f"{_ID}.damaged", n=len(damaged), ids=", ".join(damaged)))
    columns = tuple(Column(name, question.say(f"{_ID}.{name}")) for name in _row(question, newest))
    untold = dict.fromkeys((column.code for column in columns), "")
    unread = {"name": question.say(f"{_ID}.is_damaged")}
    rows = [_row(question, edition) for edition in readable]
    rows += [untold | unread | {"release": release_id} for release_id in damaged]
    month, period = dates.month(newest.last_month, lang), _period(newest, lang)
    return made(
        _ID,
        frame_of_release(question, _ID, *notes),
        title=question.say(f"{_ID}.title", n=len(readable), month=month),
        figure={
            "form": "editions",
            "items": [_item(question, edition) for edition in readable],
            "damaged": damaged,
        },
        table=Table(columns, tuple(tuple(row.values()) for row in rows)),
        description=question.say(
            f"{_ID}.description", n=len(readable), id=newest.release_id, period=period
        ),
    )


def _item(question: Question, edition: Edition) -> dict[str, Any]:
    """An edition: what it is, and how many partners signed it where some were asked."""
    lang = question.lang
    text = question.say(
        f"{_ID}.about",
        period=_period(edition, lang),
        closed=dates.day(edition.as_of, lang),
        built=dates.day(edition.built_at.date(), lang),
        approved=edition.approved_by or question.say(f"{_ID}.nobody"),
    )
    signed = question.say(f"{_ID}.signed_{edition.signed}") if edition.signed else ""
    return {
        "id": edition.release_id,
        "title": question.say(f"{_ID}.to", month=dates.month(edition.last_month, lang)),
        "text": f"{text} {signed}".strip(),
        "shown": edition.release_id == question.release.id,
    }


def _period(edition: Edition, lang: str) -> str:
    return dates.period(Span(edition.first_month, edition.last_month), lang)


def _row(question: Question, edition: Edition) -> dict[str, Cell]:
    is_shown = edition.release_id == question.release.id
    return {
        "release": edition.release_id,
        "name": edition.title,
        "period": _period(edition, question.lang),
        "as_of": edition.as_of.isoformat(),
        "built_at": edition.built_at.strftime("%Y-%m-%d %H:%M"),
        "kind": question.say(f"shared.note.kind_{edition.kind}"),
        "audience": question.say(f"shared.label.{edition.audience}"),
        "approved_by": edition.approved_by or question.say(f"{_ID}.nobody"),
        "signed": question.say(f"{_ID}.{_band(edition)}"),
        "shown": question.say(f"{_ID}.is_shown") if is_shown else "",
    }


def _band(edition: Edition) -> str:
    """The phrase of how many partners signed an edition, which the public is not told."""
    if edition.signed:
        return f"band_{edition.signed}"
    return "not_told" if edition.is_public else "not_signed"
