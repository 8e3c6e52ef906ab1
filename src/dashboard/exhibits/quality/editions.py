"""Editions: everything that was published, each as known then.

Id: quality.editions. The figure is drawn as HTML: each of ``items`` has id, title, shown (whether
it is on the page) and its cells in words; ``damaged`` are the ids of files that cannot be read and
so say nothing of themselves.
"""

from __future__ import annotations

from typing import Any

from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts.frame import frame_of_release, make_exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.edition import Edition
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Span
from dashboard.words import dates

_ID = "quality.editions"
_COLUMNS = (
    "release", "name", "period", "as_of", "built_at", "kind", "audience", "approved_by", "signed",
    "changed", "shown",
)  # fmt: skip


@exhibit(_ID, facts=(), of_folder=True)
def editions(question: Question) -> Exhibit:
    """Every edition that can be read, the newest first."""
    lang, release = question.lang, question.release
    readable, damaged = release.editions(), release.damaged()
    newest = readable[0] if readable else release.edition
    notes = [question.translate(f"{_ID}.note")]
    if damaged:
        notes.append(question.translate(f"{_ID}.damaged", n=len(damaged), ids=", ".join(damaged)))
    earlier = (*readable[1:], None)  # longer than ``readable`` where no edition can be read
    changed = {
        edition.release_id: _changed(question, edition, previous)
        for edition, previous in zip(readable, earlier, strict=False)
    }
    rows = [_row(question, edition, changed[edition.release_id]) for edition in readable]
    columns = tuple(Column(name, question.translate(f"{_ID}.{name}")) for name in _COLUMNS)
    empty_row = dict.fromkeys(_COLUMNS, "")
    damaged_row = {"name": question.translate(f"{_ID}.is_damaged")}
    rows += [empty_row | damaged_row | {"release": release_id} for release_id in damaged]
    month, period = question.month(newest.last_month), _period(newest, lang)
    return make_exhibit(
        frame_of_release(question, _ID, *notes),
        title=question.translate(f"{_ID}.title", n=len(readable), month=month),
        figure={
            "form": "editions",
            "items": [
                _item(question, edition, changed[edition.release_id]) for edition in readable
            ],
            "damaged": damaged,
        },
        table=Table(columns, tuple(tuple(row.values()) for row in rows)),
        description=question.translate(
            f"{_ID}.description", n=len(readable), id=newest.release_id, period=period
        ),
    )


def _changed(question: Question, edition: Edition, previous: Edition | None) -> str:
    """What an edition adds to the months of the one before it, in words.

    The open edition knows the numbers of itself and of earlier ones only.
    """
    if previous is None:
        return question.translate(f"{_ID}.first")
    series = question.release.edition_series(INCIDENTS.id)
    now, then = series.get(edition.last_month, {}), series.get(previous.last_month, {})
    both = now.keys() & then.keys()
    if not both or edition.last_month == previous.last_month:
        return question.translate(f"{_ID}.not_known")
    # At base 1 there may be fewer, since records were erased.
    added = max(sum(now[month] - then[month] for month in both), 0)
    number = question.about(added, INCIDENTS)
    return question.translate(f"{_ID}.{'added' if added else 'same'}", number=number)


def _item(question: Question, edition: Edition, changed: str) -> dict[str, Any]:
    """An edition as the page shows it, with how many partners signed it where some were asked."""
    lang = question.lang
    signed = question.translate(f"{_ID}.signed_{edition.signed}") if edition.signed else ""
    approved = edition.approved_by or question.translate(f"{_ID}.nobody")
    return {
        "id": edition.release_id,
        "title": question.translate(f"{_ID}.to", month=question.month(edition.last_month)),
        "cells": {
            "period": _period(edition, lang),
            "as_of": dates.day(edition.as_of, lang),
            "built_at": dates.day(edition.built_at.date(), lang),
            "approved_by": f"{approved}. {signed}" if signed else approved,
            "changed": changed,
        },
        "shown": edition.release_id == question.release.id,
    }


def _period(edition: Edition, lang: str) -> str:
    """The months of an edition in words."""
    return dates.period(Span(edition.first_month, edition.last_month), lang)


def _row(question: Question, edition: Edition, changed: str) -> dict[str, Cell]:
    """An edition as a row of the table, by the names of its columns and in their order."""
    is_shown = edition.release_id == question.release.id
    # The public is not told how many partners signed.
    unsigned = "not_told" if edition.is_public else "not_signed"
    band = f"band_{edition.signed}" if edition.signed else unsigned
    return {
        "release": edition.release_id,
        "name": edition.title,
        "period": _period(edition, question.lang),
        "as_of": edition.as_of.isoformat(),
        "built_at": edition.built_at.strftime("%Y-%m-%d %H:%M"),
        "kind": question.translate(f"shared.note.kind_{edition.kind}"),
        "audience": question.translate(f"shared.label.{edition.audience}"),
        "approved_by": edition.approved_by or question.translate(f"{_ID}.nobody"),
        "signed": question.translate(f"{_ID}.{band}"),
        "changed": changed,
        "shown": question.translate(f"{_ID}.is_shown") if is_shown else "",
    }
