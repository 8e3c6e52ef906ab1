"""Editions: everything that was published, each as known then.

Id: quality.editions. The figure is drawn as HTML: each of ``items`` has id, title, text (what it
is, in words) and shown (whether it is on the page); ``damaged`` are the ids of files that
cannot be read and so say nothing of themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.exhibits.exhibit import Cell, Column, Exhibit, Table
from dashboard.exhibits.parts.frame import source, stamp
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.edition import Edition
from dashboard.model.periods import Span
from dashboard.words import dates
from dashboard.words.catalogue import say


@exhibit("quality.editions", facts=(), of_folder=True)
def editions(question: Question) -> Exhibit:
    """Every edition that can be read, the newest first."""
    lang = question.lang
    readable, damaged = question.release.editions(), question.release.damaged()
    newest = readable[0] if readable else question.release.edition
    notes = [say("quality.editions.note", lang)]
    if damaged:
        notes.append(say("quality.editions.damaged", lang, n=len(damaged), ids=", ".join(damaged)))
    return Exhibit(
        "quality.editions",
        title=say("quality.editions.title", lang, n=len(readable),
                  month=dates.month(newest.last_month, lang)),
        subtitle=say("quality.editions.subtitle", lang),
        unit=say("quality.editions.unit", lang),
        figure={
            "form": "editions",
            "items": [_item(edition, question) for edition in readable],
            "damaged": damaged,
        },
        table=_edition_table(readable, damaged, question.release.id, lang),
        description=say("quality.editions.description", lang, n=len(readable), id=newest.release_id,
                        period=dates.period(Span(newest.first_month, newest.last_month), lang)),
        notes=tuple(notes),
        source=source(question.release, lang),
        release=stamp(question.release, question.filters),
    )  # fmt: skip


def _item(edition: Edition, question: Question) -> dict[str, Any]:
    lang = question.lang
    return {
        "id": edition.release_id,
        "title": say("quality.editions.to", lang, month=dates.month(edition.last_month, lang)),
        "text": " ".join(_told(edition, lang)),
        "shown": edition.release_id == question.release.id,
    }


def _edition_table(readable: list[Edition], damaged: list[str], shown: str, lang: str) -> Table:
    """Readable editions, then files that cannot be read and so say nothing of themselves."""
    names = ("release", "name", "period", "as_of", "built_at", "kind", "audience", "approved_by",
             "signed")  # fmt: skip
    return Table(
        (
            *(Column(name, say(f"quality.editions.{name}", lang)) for name in names),
            Column("shown", say("quality.editions.shown", lang)),
        ),
        (
            *(_edition_row(edition, shown, lang) for edition in readable),
            *(
                (release_id, say("quality.editions.is_damaged", lang), *[""] * (len(names) - 1))
                for release_id in damaged
            ),
        ),
    )


def _edition_row(edition: Edition, shown: str, lang: str) -> tuple[Cell, ...]:
    return (
        edition.release_id,
        edition.title,
        dates.period(Span(edition.first_month, edition.last_month), lang),
        edition.as_of.isoformat(),
        edition.built_at.strftime("%Y-%m-%d %H:%M"),
        say(f"shared.note.kind_{edition.kind}", lang),
        say(f"shared.label.{edition.audience}", lang),
        edition.approved_by or say("quality.editions.nobody", lang),
        say(f"quality.editions.{_band(edition)}", lang),
        say("quality.editions.is_shown", lang) if edition.release_id == shown else "",
    )


def _told(edition: Edition, lang: str) -> Iterator[str]:
    """What an edition is, and how many partners signed it where some were asked."""
    yield say(
        "quality.editions.about",
        lang,
        period=dates.period(Span(edition.first_month, edition.last_month), lang),
        closed=dates.day(edition.as_of, lang),
        built=dates.day(edition.built_at.date(), lang),
        approved=edition.approved_by or say("quality.editions.nobody", lang),
    )
    if edition.signed:
        yield say(f"quality.editions.signed_{edition.signed}", lang)


def _band(edition: Edition) -> str:
    """The phrase of how many partners signed an edition, which the public is not told."""
    if edition.signed:
        return f"band_{edition.signed}"
    return "not_told" if edition.is_public else "not_signed"
