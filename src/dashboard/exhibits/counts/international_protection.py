"""International protection: people who may need it, and referrals for it. Counting only.

The two are of facts that are never matched, so they are not the same people. Who may need it is
read from what partners registered of legal status, and is never guessed of a person.
"""

from __future__ import annotations

from dashboard.exhibits.parts import display_rule
from dashboard.exhibits.parts.display_rule import Drawn
from dashboard.exhibits.question import Question
from dashboard.filters import Filters
from dashboard.model.codes import MAY_NEED_PROTECTION
from dashboard.model.facts import PEOPLE, REQUESTS

SERVICE = "international_protection"
_STATUS = "status"


def may_need(question: Question) -> Filters | None:
    """The view of people who may need it; None where the reader chose another legal status.

    It is the reader's own view with the filter by legal status, so that number stands wherever a
    reader sets this filter.
    """
    chosen = question.filters.codes_of(_STATUS)
    codes = tuple(code for code in MAY_NEED_PROTECTION if not chosen or code in chosen)
    return question.filters.with_codes(_STATUS, codes) if codes else None


def count_may_need(question: Question, narrowed: Filters) -> Drawn:
    """People identified who may need it, with their error."""
    size = question.total(PEOPLE, narrowed)
    return display_rule.drawn(question, PEOPLE, (), (size,), filters=narrowed)


def count_referred(question: Question) -> int:
    """Referrals requested for it."""
    return dict(question.counts(REQUESTS, "service")).get(SERVICE, 0)
