"""``publish``: close the months that are due and publish a release of them."""

from __future__ import annotations

import argparse
from datetime import date

from etl.commands.answer import answer, steps
from etl.commands.arguments import day
from etl.release.publication import PROTECTED, RECORDS, STEPS, FactReport, Published, publish
from etl.settings import OperatorError, Settings

NAME = "publish"
HELP = "close the months that are due and publish a release"


def configure(parser: argparse.ArgumentParser) -> None:
    """The day, the base and the title."""
    parser.add_argument(
        "--as-of",
        type=day,
        required=True,
        metavar="YYYY-MM-DD",
        help="day on which months are judged closed: 15 days after their end",
    )
    parser.add_argument(
        "--base",
        type=int,
        choices=(RECORDS, PROTECTED),
        help="5 protects (default), 1 publishes the records themselves; a store keeps one",
    )
    parser.add_argument("--title", help="title of the edition")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Publish and say what was done; 0 when a release stands.

    Raises:
        OperatorError: If the day lies in the future: a closed month is never opened again.
    """
    if arguments.as_of > date.today():
        raise OperatorError(f"{arguments.as_of} lies in the future; no later month can be closed.")
    with steps(STEPS) as tell:
        published = publish(
            settings,
            as_of=arguments.as_of,
            base=arguments.base,
            title=arguments.title,
            progress=tell,
        )
    answer(published.as_json, _lines(published), as_json=arguments.json)
    return 0


def _lines(published: Published) -> list[str]:
    """The report in words, one line a fact."""
    return [
        f"Release {published.release_id} holds {published.first_month} to {published.last_month}, "
        f"base {published.base}; it passed {published.checks} checks.",
        *(_line(report, published.base) for report in published.facts),
    ]


def _line(report: FactReport, base: int) -> str:
    made = f" in {report.units} units" if base != RECORDS else ""
    line = f"  {report.fact}: {len(report.closed)} periods closed, {report.events} events{made}"
    if report.late:
        line += f"; {report.late} later arrivals wait"
    if report.few:
        line += f"; {report.few} wait, too few in their period"
    return line
