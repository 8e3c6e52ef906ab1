"""``retain``: set how long records are kept, and remove those past keeping."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date

from etl.commands.answer import Answer, lines_of, steps
from etl.erasure import work
from etl.plural import plural
from etl.register.access import locked
from etl.register.store import read_store, replace_store
from etl.settings import OperatorError, Settings

_MOST_YEARS = 100


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Set, count or apply; 1 when something past keeping is left.

    Raises:
        OperatorError: If the words do not fit together, or the day lies in the future.
    """
    removes = arguments.apply or arguments.dry_run
    if not removes and arguments.years is None:
        raise OperatorError("`retain` needs --years N, or --apply or --dry-run with --as-of DATE.")
    if removes and arguments.as_of is None:
        raise OperatorError("`retain` needs --as-of DATE to judge what is past keeping.")
    if removes and arguments.as_of > date.today():
        raise OperatorError(f"{arguments.as_of} lies in the future; nothing can be that old yet.")
    if not removes and arguments.as_of is not None:
        raise OperatorError("--as-of judges what is past keeping; give --apply or --dry-run too.")
    lines: list[str] = []
    if arguments.years is not None:
        _set(settings, arguments.years)
        lines.append(
            f"Records are kept for {plural(arguments.years, 'whole year')} after their own."
        )
    years = read_store(settings).years
    removal = _remove(arguments, settings) if removes else Answer({}, [])
    return Answer({"years": years, **removal.document}, [*lines, *removal.lines], removal.code)


def _set(settings: Settings, years: int) -> None:
    """Set for how many whole years records are kept."""
    if not 1 <= years <= _MOST_YEARS:
        raise OperatorError(f"{years} is no period; give 1 to {_MOST_YEARS} years.")
    with locked(settings):
        replace_store(settings, years=years)


def _remove(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Remove or only count what is past keeping; exit code 1 when rows of it are left."""
    if arguments.dry_run:
        horizon, removed = work.past_keeping(settings, arguments.as_of)
        return Answer(
            {"horizon": str(horizon), "removed": asdict(removed)},
            lines_of("retain_dry_run", removed=removed, horizon=horizon),
        )
    with steps(work.STEPS) as bar:
        horizon, outcome = work.retain(settings, arguments.as_of, bar)
    document = {
        "left": outcome.rows_left,
        "finished_before": outcome.finished_before,
        "horizon": str(horizon),
        "removed": asdict(outcome.removed),
    }
    lines = lines_of("retain", **vars(outcome), horizon=horizon)
    return Answer(document, lines, 1 if outcome.rows_left else 0)
