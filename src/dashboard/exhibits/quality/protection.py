"""Protection in words, on the page itself.

Id: quality.protection.
"""

from __future__ import annotations

from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts.frame import source, stamp
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.words.catalogue import say
from dashboard.words.protection import paragraphs


@exhibit("quality.protection", facts=())
def protection(question: Question) -> Exhibit:
    """What was done to the numbers and what they can and cannot say, in words."""
    lang = question.lang
    paragraphs_shown = paragraphs(question.release, lang)
    return Exhibit(
        "quality.protection",
        title=say("protection.title", lang),
        subtitle=say("protection.subtitle", lang),
        unit=say("protection.unit", lang),
        figure={
            "form": "text",
            "statements": [
                {"number": p.number, "heading": p.heading, "text": p.text} for p in paragraphs_shown
            ],
            "more": {"label": say("protection.more", lang), "path": "/methods"},
        },
        table=Table(
            (
                Column("heading", say("protection.heading", lang)),
                Column("text", say("protection.text", lang)),
            ),
            tuple((p.heading, p.text) for p in paragraphs_shown),
        ),
        description=" ".join(p.text for p in paragraphs_shown),
        notes=(),
        source=source(question.release, lang),
        release=stamp(question.release, question.filters),
    )
