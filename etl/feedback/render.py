"""Render: feedback in words, as lines for the terminal or as a page for the partner."""

from __future__ import annotations

from etl.feedback.own import STEP, Feedback
from etl.page import page


def feedback_lines(feedback: Feedback) -> list[str]:
    """Feedback as lines of text."""
    empty = [blank for blank in feedback.blanks if blank.records]
    return [
        f"{feedback.partner}, {feedback.first_month} to {feedback.last_month}, "
        f"edition {feedback.release}",
        _share(feedback),
        _lateness(feedback),
        "Fields that are empty or not known, the emptiest first:",
        *(f"  {blank.label}: {_part_of(blank.records, feedback)}" for blank in empty),
        *([] if empty else ["  none"]),
    ]


def feedback_page(feedback: Feedback) -> str:
    """Feedback as HTML."""
    months = [(month, f"{people:,}") for month, people in feedback.people.items()]
    blanks = [(blank.label, _part_of(blank.records, feedback)) for blank in feedback.blanks]
    return page(
        "feedback",
        feedback=feedback,
        share=_share(feedback),
        lateness=_lateness(feedback),
        months=months,
        blanks=blanks,
    )


def _share(feedback: Feedback) -> str:
    """How many people the partner reported, and their share of the edition."""
    people = f"People reported: {sum(feedback.people.values()):,}"
    if feedback.share is None:
        return f"{people}. All partners reported too few for a share."
    share = f"about {feedback.share} %" if feedback.share else f"less than {STEP} %"
    return f"{people}, {share} of those of the edition."


def _lateness(feedback: Feedback) -> str:
    """How late the records came."""
    return (
        f"Half of the records came within {feedback.days} days of the end of their month. After it "
        f"could close came, or were corrected: {_part_of(feedback.late, feedback)}."
    )


def _part_of(records: int, feedback: Feedback) -> str:
    """A number of the partner's records, with their percentage."""
    return f"{records:,} of {feedback.records:,} ({round(100 * records / feedback.records)} %)"
