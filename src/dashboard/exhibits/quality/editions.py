"""Editions: everything that was published, each as known then.

Id: quality.editions. The figure is drawn as HTML: each of ``items`` has id, title, text (what it
is, in words) and shown (whether it is on the page); ``damaged`` are the ids of files that
cannot be read and so say nothing of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.edition import Edition
from dashboard.model.periods import Span
from dashboard.words import dates

_ID = "quality.editions"
_COLUMNS = (
    "release", "name", "period", "as_of", "built_at", "kind", "audience", "approved_by", "signed",
    "shown",
)  # fmt: skip


@exhibit(_ID, facts=(), of_folder=True)
def editions(question: Question) -> Exhibit:
    """Every edition that can be read, the newest first."""
    lang, shown = question.lang, question.release.id
    readable, damaged = question.release.editions(), question.release.damaged()
    newest = readable[0] if readable else question.release.edition
    notes = [question.say(f"{_ID}.note")]
    if damaged:
        notes.append(question.say(f"{_ID}.damaged", n=len(damaged), ids=", ".join(damaged)))
    items = [
        {
            "id": edition.release_id,
            "title": question.say(f"{_ID}.to", month=dates.month(edition.last_month, lang)),
            "text": " ".join(_told(edition, question)),
            "shown": edition.release_id == shown,
        }
        for edition in readable
    ]
    return made(
        _ID,
        frame_of_release(question, _ID, *notes),
        title=question.say(
            f"{_ID}.title", n=len(readable), month=dates.month(newest.last_month, lang)
        ),
        figure={"form": "editions", "items": items, "damaged": damaged},
        table=Table(
            tuple(Column(name, question.say(f"{_ID}.{name}")) for name in _COLUMNS),
            (
                *(_row(edition, question) for edition in readable),
                *(
                    (release_id, question.say(f"{_ID}.is_damaged"), *[""] * (len(_COLUMNS) - 2))
                    for release_id in damaged
                ),
            ),
        ),
        description=question.say(
            f"{_ID}.description",
            n=len(readable), id=newest.release_id, period=_period(newest, lang),
        ),
    )  # fmt: skip


def _period(edition: Edition, lang: str) -> str:
    return dates.period(Span(edition.first_month, edition.last_month), lang)


def _row(edition: Edition, question: Question) -> tuple[Cell, ...]:
    return (
        edition.release_id,
        edition.title,
        _period(edition, question.lang),
        edition.as_of.isoformat(),
        edition.built_at.strftime("%Y-%m-%d %H:%M"),
        question.say(f"shared.note.kind_{edition.kind}"),
        question.say(f"shared.label.{edition.audience}"),
        edition.approved_by or question.say(f"{_ID}.nobody"),
        question.say(f"{_ID}.{_band(edition)}"),
        question.say(f"{_ID}.is_shown") if edition.release_id == question.release.id else "",
    )


def _told(edition: Edition, question: Question) -> Iterator[str]:
    """What an edition is, and how many partners signed it where some were asked."""
    lang = question.lang
    yield question.say(
        f"{_ID}.about",
        period=_period(edition, lang),
        closed=dates.day(edition.as_of, lang),
        built=dates.day(edition.built_at.date(), lang),
        approved=edition.approved_by or question.say(f"{_ID}.nobody"),
    )
    if edition.signed:
        yield question.say(f"{_ID}.signed_{edition.signed}")


def _band(edition: Edition) -> str:
    """The phrase of how many partners signed an edition, which the public is not told."""
    if edition.signed:
        return f"band_{edition.signed}"
    return "not_told" if edition.is_public else "not_signed"
