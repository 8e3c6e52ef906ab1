"""Beside: what the group said, in words, where a page of figures shows what it is about."""

from __future__ import annotations

from dashboard.access.desk import Desk
from dashboard.exhibits.counts.signals import Signal
from dashboard.meeting import flags
from dashboard.model.languages import Language
from dashboard.release.open_release import Release
from dashboard.words import dates
from dashboard.words.catalogue import say


def flag_in_words(flag: Signal, release: Release, lang: Language) -> str:
    """A flag: its area, what it had, and when."""
    return say(
        "meeting.flags.flag",
        lang,
        name=release.place_name(flag.area, lang),
        verdict=say(f"hotspots.usual.{flag.verdict}", lang),
        period=dates.period(flag.window, lang),
    )


def said_of_flags(desk: Desk, release: Release, lang: Language) -> list[tuple[str, str, str]]:
    """What is said of the flags of an edition: each flag, the reason and words, and whose."""
    said = flags.explained(desk)
    return [
        (
            flag_in_words(flag, release, lang),
            explanation_in_words(said[key], lang),
            say("meeting.flags.by", lang, role=say(f"access.role.{said[key].role}", lang)),
        )
        for key, flag in flags.open_flags(release).items()
        if key in said
    ]


def explanation_in_words(explanation: flags.Explanation, lang: Language) -> str:
    """The reason, and what was written of it."""
    reason = say(f"meeting.reason.{explanation.reason}", lang)
    return f"{reason}: {explanation.words}" if explanation.words else reason
