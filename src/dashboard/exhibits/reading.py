"""What holds for every figure of a page, said once below its caveat.

The notes of each exhibit repeat it, since a file or picture travels alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.exhibits.parts import lateness, usual
from dashboard.exhibits.parts.frame import protection_note
from dashboard.exhibits.question import Question
from dashboard.model.facts import Fact
from dashboard.model.protection import is_protected


def page_notes(question: Question, facts: Sequence[Fact]) -> list[str]:
    """Sentences: how far to trust numbers, what lines and rings are, which months may still rise.

    Args:
        question: What the reader looks at.
        facts: What is counted on the page.
    """
    release, lang = question.release, question.lang
    texts = [protection_note(release, facts, lang)]
    if any(is_protected(release.base(fact.id)) for fact in facts):
        texts += [
            question.translate("shared.note.whiskers"),
            question.translate("shared.note.ranges"),
        ]
    if usual.span(question):
        texts.append(question.translate("shared.note.ring"))
    if not question.period.within(release.span):
        period = question.dated(release.span)
        texts.append(question.translate("shared.note.clipped", period=period))
    return [*texts, *lateness.notes(question)]
