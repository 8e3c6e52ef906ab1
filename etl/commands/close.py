"""``close``: make the units of closed months without publishing them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date

from dashboard.model.facts import FACTS
from dashboard.model.protection import DAYS_TO_CLOSE, RECORDS, is_protected
from etl.commands.answer import Answer, steps
from etl.protect.due_blocks import FactReport
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
        [
            f"Closed to {arguments.month}; `publish` will show it.",
            *(fact_line(report, base) for report in reports),
        ],
    )


def fact_line(report: FactReport, base: int) -> str:
    """What was closed of one fact, in words."""
    units = f" in {report.units} units" if is_protected(base) else ""
    line = f"  {report.fact}: {len(report.closed)} blocks closed, {report.events} events{units}"
    if report.late:
        line += f"; {report.late} later arrivals wait"
    if report.few:
        line += f"; {report.few} wait, too few in their period"
    return line
