"""Names of agencies, services, outcomes and columns that several exhibits of referrals use."""

from __future__ import annotations

from dashboard.exhibits.counts.open_referrals import is_whole_year, year_start
from dashboard.exhibits.counts.referral_counts import IN_GROUPS, NOT_RECORDED, OTHER
from dashboard.exhibits.exhibit import Column
from dashboard.exhibits.parts.ladder import Ladder
from dashboard.exhibits.question import Question
from dashboard.model import hxl
from dashboard.model.codes import AGENCY_TYPE, SERVICE, SERVICE_GROUPS
from dashboard.model.periods import Month

#: Services, or kinds of them where single ones are too few: the levels of figures by service.
KINDS = Ladder.of("kinds", service=("service",), group=(IN_GROUPS,))
#: The code of all agencies together, where they are not told apart.
EVERY: str = "all"


def agency(question: Question, code: str, *, has_others: bool = False) -> str:
    """Name of a type of agency, of none that is recorded, or of all together.

    Args:
        question: What the reader looks at.
        code: Its code.
        has_others: Whether "other" stands for the smaller ones together, here and below.
    """
    if code == EVERY:
        return question.translate("referrals.part_all")
    if has_others and code == OTHER:
        return question.translate("ladder.group.rest")
    listed = None if code == NOT_RECORDED else code
    return question.label(AGENCY_TYPE, listed)


def service(question: Question, code: str, *, has_others: bool = False) -> str:
    """Name of a service or of a kind of services.

    Args:
        question: What the reader looks at.
        code: Its code.
        has_others: Whether "other" stands for the smaller ones together, as in ``agency``.
    """
    if has_others and code == OTHER:
        return question.translate("ladder.group.rest")
    if code in SERVICE_GROUPS:
        return question.translate(f"ladder.group.{code}")
    return question.label(SERVICE, code)


def outcome(question: Question, code: str) -> str:
    """Name of what became of a referral: of an end, "open", or several ends together."""
    return question.translate(f"referrals.outcome_{code}")


def request_age(question: Question, end: Month, age: str) -> str:
    """When open referrals were asked for: "over a year ago", or "before Oct 2025".

    Requests are counted by quarter, so four of them are a year only where the last one is over.

    Args:
        question: What the reader looks at.
        end: The last month that was counted.
        age: ``recent`` for the last four quarters, ``older`` for before these.
    """
    if is_whole_year(end):
        return question.translate(f"referrals.waiting.asked_{age}")
    month = question.month(year_start(end))
    return question.translate(f"referrals.waiting.asked_{age}_month", month=month)


def service_columns(question: Question) -> tuple[Column, Column]:
    """The columns of a table for the code and the name of a service."""
    code, name = hxl.code_of("service"), hxl.name_of("service", question.lang)
    return (
        Column("code", question.translate("rankings.code"), hxl=code),
        Column("service", question.translate("referrals.column_service"), hxl=name),
    )
