"""Protection in words, on the page itself.

Id: quality.protection.
"""

from __future__ import annotations

from dashboard.exhibits.exhibit import Column, Exhibit, Table
from dashboard.exhibits.parts.frame import frame_of_release, made
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.words.protection import paragraphs


@exhibit("quality.protection", facts=())
def protection(question: Question) -> Exhibit:
    """What was done to the numbers and what they can and cannot say, in words."""
    told = paragraphs(question.release, question.lang)
    return made(
        "quality.protection",
        frame_of_release(question, "protection"),
        title=question.say("protection.title"),
        figure={
            "form": "text",
            "statements": [
                {"number": each.number, "heading": each.heading, "text": each.text} for each in told
            ],
            "more": {"label": question.say("protection.more"), "path": "/methods"},
        },
        table=Table(
            tuple(Column(name, question.say(f"protection.{name}")) for name in ("heading", "text")),
            tuple((each.heading, each.text) for each in told),
        ),
        description=" ".join(each.text for each in told),
    )
