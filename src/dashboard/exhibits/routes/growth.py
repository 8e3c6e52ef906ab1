"""Growth of corridors against usual: which are more, and by which transport.

Corridors are judged on people by month, whatever the list counts. The list itself stands in
``corridors``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dashboard.exhibits.counts.corridor_counts import UNNAMED, CorridorCount
from dashboard.exhibits.counts.judged import Judged, judged
from dashboard.exhibits.parts import against_usual
from dashboard.exhibits.question import Question
from dashboard.model.codes import MODE
from dashboard.model.facts import LEGS, Fact
from dashboard.words import dates
from dashboard.words.catalogue import in_sentence


@dataclass(frozen=True)
class Growth:
    """Corridors against what is usual.

    Attributes:
        question: What the reader looks at.
        judged: What is said of each.
        modes: Transport that is more than usual, by corridor that is.
    """

    question: Question
    judged: Judged
    modes: Mapping[str, str]

    @property
    def called(self) -> list[str]:
        """Corridors that are more than usual or new, the clearest first."""
        return [code for code in self.judged.called(1) if code not in UNNAMED]

    def usual(self, code: str, counted: Fact) -> str:
        """What is usual on a corridor, in words, beside what its list counts; '' for nothing."""
        if code not in self.judged.of or counted == LEGS:
            return ""
        return against_usual.in_list(self.question, self.judged, code, counted)

    def header(self, counted: Fact) -> str:
        """What heads the words of a list that counts something."""
        return against_usual.header(self.question, self.judged, counted)

    def mode_label(self, code: str) -> str:
        """The transport that is more than usual on a corridor, or ''."""
        mode, question = self.modes.get(code), self.question
        return question.release.label(MODE.id, mode, question.lang) if mode else ""


def growth(now: CorridorCount) -> Growth | None:
    """Corridors against usual; None where a reader wants none of it, or nobody can know."""
    question = replace(now.question, period=now.question.period.snapped(now.fact.grain))
    found = judged(question, now.fact, "corridor") if question.is_judged else None
    if found is None:
        return None
    modes = {code: mode for code in found.called(1) if (mode := _mode(question, found, code))}
    return Growth(question, found, modes)


def _mode(question: Question, found: Judged, corridor: str) -> str:
    """The transport that is more than usual on a corridor, the clearest one, or ''."""
    alone = replace(question, filters=question.filters.with_codes("corridor", (corridor,)))
    modes = judged(alone, found.fact, "mode")
    return next(iter(modes.called(1)), "") if modes else ""


def said(grown: Growth) -> str:
    """Which corridors are more than usual and by which transport, or what would be noticed."""
    question, called = grown.question, grown.called
    window = dates.period(grown.judged.window, question.lang)
    if not called:
        known = [code for code in grown.judged.of if code not in UNNAMED]
        if not known:
            return ""
        first = max(known, key=lambda code: grown.judged.of[code].now)
        one = grown.judged.of[first]
        none = question.say("routes.grew.none", window=window)
        if not (noticed := against_usual.noticed(question, one)):
            return against_usual.why(question, one)
        of = question.say("routes.grew.noticed", corridor=_name(grown, first), noticed=noticed)
        return f"{none} {of}"
    first, *others = called
    if others:
        names = ", ".join(_named(grown, code) for code in called)
        return question.say("routes.grew.several", names=names, window=window)
    one = grown.judged.of[first]
    return question.say(
        f"routes.grew.one{'_by' if first in grown.modes else ''}",
        corridor=_name(grown, first),
        word=against_usual.word(question, one),
        window=window,
        number=question.about(round(one.now), grown.judged.fact),
        noticed=against_usual.noticed(question, one),
        mode=in_sentence(grown.mode_label(first)),
    )


def _name(grown: Growth, code: str) -> str:
    question = grown.question
    return question.release.label("corridor", code, question.lang)


def _named(grown: Growth, code: str) -> str:
    """A corridor with the transport that is more than usual on it, where one is."""
    name, mode = _name(grown, code), in_sentence(grown.mode_label(code))
    return grown.question.say("shared.named", name=name, number=mode) if mode else name
