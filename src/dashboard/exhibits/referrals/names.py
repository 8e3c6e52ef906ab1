"""Names of agencies, services and outcomes as the figures of referrals say them.

What one exhibit alone says stands in its module.
"""

from __future__ import annotations

from dashboard.exhibits.counts.referral_counts import NOT_RECORDED, OTHER, Pathway
from dashboard.exhibits.question import Question
from dashboard.model.codes import AGENCY_TYPE, SERVICE, SERVICE_GROUPS

#: All agencies together, where they are not told apart.
EVERY = "all"


def agency_of(question: Question, pathway: Pathway, code: str) -> str:
    """Name of a type of agency as it is drawn: where smaller ones stand together, all others."""
    if code == OTHER and pathway.small_agencies:
        return all_others(question)
    return agency(question, code)


def service_of(question: Question, pathway: Pathway, code: str) -> str:
    """The same of a service."""
    if code == OTHER and pathway.small_services:
        return all_others(question)
    return service(question, code)


def all_others(question: Question) -> str:
    """What stands for the smaller ones together."""
    return question.say("ladder.group.rest")


def agency(question: Question, code: str) -> str:
    """Name of a type of agency, of none that is recorded, or of all together."""
    if code == EVERY:
        return question.say("referrals.part_all")
    listed = None if code == NOT_RECORDED else code
    return question.release.label(AGENCY_TYPE.id, listed, question.lang)


def service(question: Question, code: str) -> str:
    """Name of a service or of a kind of services."""
    if code in SERVICE_GROUPS:
        return question.say(f"ladder.group.{code}")
    return question.release.label(SERVICE.id, code, question.lang)


def outcome(question: Question, code: str) -> str:
    """Name of what became of a referral."""
    return question.say(f"referrals.outcome_{code}")
