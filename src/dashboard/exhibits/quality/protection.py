"""What a word is worth and how people are kept safe, in words, on the page itself.

Id: quality.protection.
"""

from __future__ import annotations

from dashboard.exhibits.charts.tables import columns
from dashboard.exhibits.exhibit import Exhibit, Table
from dashboard.exhibits.parts.frame import frame_of_release, make_exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import exhibit
from dashboard.model.facts import FACTS
from dashboard.model.protection import is_protected, noise

_ID = "quality.protection"
_PROTECTED = ("said", "missed", "units", "exact", "limits")
_UNPROTECTED = ("said", "missed", "records", "limits")


@exhibit(_ID, facts=())
def protection(question: Question) -> Exhibit:
    """Sentences: how often a verdict is wrong, how numbers are protected, what they cannot tell."""
    release = question.release
    bases = sorted({release.base(fact.id) for fact in FACTS})
    values = {
        "base": release.base("people"),
        "double": noise(release.base("people")),
        "largest_base": bases[-1],
        "kind": question.translate(f"shared.note.kind_{release.edition.kind}"),
    }
    statements = [
        {part: question.translate(f"{_ID}.{name}.{part}", **values) for part in ("heading", "text")}
        for name in (_PROTECTED if any(map(is_protected, bases)) else _UNPROTECTED)
    ]
    return make_exhibit(
        frame_of_release(question, _ID),
        title=question.translate(f"{_ID}.title"),
        figure={
            "form": "text",
            "statements": statements,
            "more": {"label": question.translate(f"{_ID}.more"), "path": "/methods"},
        },
        table=Table(
            tuple(columns(question, f"{_ID}.", "heading", "text")),
            tuple(tuple(statement.values()) for statement in statements),
        ),
        description=" ".join(statement["text"] for statement in statements),
    )
