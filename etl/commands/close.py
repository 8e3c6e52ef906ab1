"""``close``: make the units of closed months without publishing them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date

from dashboard.model.facts import FACTS
from dashboard.model.protection import DAYS_TO_CLOSE, RECORDS
from etl.commands.answer import Answer, lines_of, steps
from etl.register.store import read_store
from etl.release.closing.months import close_months
from etl.settings import OperatorError, Settings

VALUES = {"days": DAYS_TO_CLOSE}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Close the months that are due, and say what was made; the next publication shows it.

    Raises:
        OperatorError: If the day lies in the future, the month cannot be closed, or an
            awaited source is missing.
    """
    as_of = arguments.as_of or date.today()
    if as_of > date.today():
        raise OperatorError(f"{as_of} lies in the future; no later month can be closed.")
    with steps(len(FACTS) + 2) as bar:
        reports = close_months(
            settings, arguments.month, as_of=as_of, without=arguments.without, on_step=bar
        )
    base = read_store(settings).base or RECORDS
    return Answer(
        {"month": str(arguments.month), "facts": [asdict(report) for report in reports]},
        lines_of("close", month=arguments.month, facts=reports, base=base),
    )
