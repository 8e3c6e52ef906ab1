"""Decision: the group decides otherwise about sign-off, which ends the round that asked before.

What the rule says stands in ``rule``.
"""

from __future__ import annotations

from etl.register.access import locked
from etl.register.store import replace_store
from etl.release.signoff.rounds import close_round
from etl.release.signoff.rule import SignOffRule, read_rule
from etl.settings import OperatorError, Settings

#: Days that partners have at most.
MOST_DAYS = 60


def set_rule(settings: Settings, rule: SignOffRule) -> bool:
    """Keep another rule; return whether it closed a round, whose answers would not count by it.

    Raises:
        OperatorError: If the number of days is not one that is offered.
    """
    if not 1 <= rule.days <= MOST_DAYS:
        raise OperatorError(f"{rule.days} is no time to sign; give 1 to {MOST_DAYS} days.")
    with locked(settings):
        earlier = read_rule(settings)
        replace_store(settings, quorum=rule.quorum, days_to_sign=rule.days, silence=rule.silence)
        same = (earlier.quorum, earlier.silence) == (rule.quorum, rule.silence)
        return not same and close_round(settings)
