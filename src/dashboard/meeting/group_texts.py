"""Group texts: what the group wrote, in words, for pages of figures that show what it is about."""

from __future__ import annotations

from dashboard.access.accounts import Accounts
from dashboard.access.reader import Reader
from dashboard.components.brief import OpenDecision
from dashboard.exhibits.counts.signals import Signal
from dashboard.exhibits.parts import event_notes
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import definition
from dashboard.filters import Filters
from dashboard.meeting import decisions, flags, month_notes
from dashboard.meeting.follow_up import FollowUp, follow_up, visible_releases
from dashboard.meeting.month_notes import MonthNote
from dashboard.model.languages import Language
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import translate


def flag_in_words(flag: Signal, release: Release, lang: Language) -> str:
    """A flag in words: its area, whether it had more or fewer, and in which months."""
    return translate(
        "meeting.flags.flag",
        lang,
        name=release.place_name(flag.area, lang),
        verdict=translate(f"hotspots.usual.{flag.verdict}", lang),
        period=dates.period(flag.window, lang),
    )


def flag_texts(accounts: Accounts, release: Release, lang: Language) -> list[tuple[str, str, str]]:
    """The explained flags of an edition: each flag, the reason and words, and whose they are."""
    explanations = flags.explanations(accounts)
    return [
        (
            flag_in_words(flag, release, lang),
            explanation_in_words(explanations[key], lang),
            translate("meeting.flags.by", lang, role=_role(explanations[key].role, lang)),
        )
        for key, flag in flags.open_flags(release).items()
        if key in explanations
    ]


def _role(name: str, lang: Language) -> str:
    """A role in words."""
    return translate(f"access.role.{name}", lang)


def explanation_in_words(explanation: flags.Explanation, lang: Language) -> str:
    """The reason, and what was written of it."""
    reason = translate(f"meeting.reason.{explanation.reason}", lang)
    return f"{reason}: {explanation.words}" if explanation.words else reason


def note_in_words(note: MonthNote, release: Release, lang: Language) -> str:
    """What a note is about: its months, the kind of event and the area."""
    label = event_notes.label(release, note.event, lang)
    return translate(
        "meeting.notes.note", lang, period=dates.period(note.event.span, lang), label=label
    )


def open_decisions(
    accounts: Accounts, who: Reader, whole: Releases, lang: Language, most: int
) -> list[OpenDecision]:
    """Some decisions that are open, the first due first, each with its figure then and now.

    Raises:
        NoRelease: If there is no release at all.
    """
    visible = visible_releases(who, whole)
    opened = decisions.listed(accounts, is_open=True, most=most)
    followed = [(decision, follow_up(accounts, decision, lang, visible)) for decision in opened]
    return [
        OpenDecision(
            decision.id,
            decision.action,
            dates.month(decision.due, lang),
            follow.then.title if follow.then else "",
            follow.now.title if follow.now else _no_answer(follow, lang),
        )
        for decision, follow in followed
    ]


def _no_answer(follow: FollowUp, lang: Language) -> str:
    """Why a figure has no answer of now: there is no newer edition, or it does not answer."""
    key = "now_same" if follow.judgement.why == "same" else "now_none"
    return translate(f"meeting.decision.{key}", lang)


def month_note_texts(
    accounts: Accounts, exhibit_id: str, filters: Filters, release: Release, lang: Language
) -> list[tuple[str, str, str]] | None:
    """Notes on the months and areas of an exhibit that draws a line of months; None for another.

    Returns:
        Of each note what it is about, its words, and the role of who wrote them.
    """
    entry = definition(exhibit_id)
    span = entry.months_shown(filters, release)
    if span is None:
        return None
    question = Question(release, filters, span, {})
    return [
        (
            note_in_words(note, release, lang),
            note.event.text(lang),
            translate("meeting.notes.by", lang, role=_role(note.role, lang)),
        )
        for note in month_notes.within(accounts, span)
        if event_notes.concerns(question, note.event.area)
    ]
