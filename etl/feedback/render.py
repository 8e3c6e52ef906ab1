"""Render: feedback in words, as lines for the terminal or as a page for the partner."""

from __future__ import annotations

from etl.feedback.own import STEP, Feedback
from etl.page import page


def feedback_lines(told: Feedback) -> list[str]:
    """Feedback as lines of text."""
    empty = [blank for blank in told.blanks if blank.records]
    return [
        f"{told.partner}, {told.first_month} to {told.last_month}, edition {told.release}",
        _share(told),
        _lateness(told),
        "Fields that are empty or not known, the emptiest first:",
        *(f"  {blank.label}: {_of(blank.records, told)}" for blank in empty),
        *([] if empty else ["  none"]),
    ]


def feedback_page(told: Feedback) -> str:
    """Feedback as HTML."""
    months = [(month, f"{people:,}") for month, people in told.people.items()]
    blanks = [(blank.label, _of(blank.records, told)) for blank in told.blanks]
    return page(
        "feedback",
        told=told,
        share=_share(told),
        lateness=_lateness(told),
        months=months,
        blanks=blanks,
    )


def _share(told: Feedback) -> str:
    people = f"People reported: {sum(told.people.values()):,}"
    if told.share is None:
        return f"{people}. All partners reported too few for a share."
    share = f"about {told.share} %" if told.share else f"less than {STEP} %"
    return f"{people}, {share} of those of the edition."


def _lateness(told: Feedback) -> str:
    return (
        f"Half of the records came within {told.days} days of the end of their month. After it "
        f"could close came, or were corrected: {_of(told.late, told)}."
    )


def _of(records: int, told: Feedback) -> str:
    return f"{records:,} of {told.records:,} ({round(100 * records / told.records)} %)"
