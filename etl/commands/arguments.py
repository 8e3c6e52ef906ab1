"""Words of the command line as values, with a sentence for those that are none.

What several commands are asked in the same way is declared here, too.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from dashboard.model.periods import Month


def day(text: str) -> date:
    """A day, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day, YYYY-MM-DD") from None


def month(text: str) -> Month:
    """A month, YYYY-MM."""
    try:
        return Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a month, YYYY-MM") from None


def add_as_of(parser: argparse.ArgumentParser, about: str, **options: Any) -> None:
    """Declare ``--as-of``, the day by which something is judged, with help and options."""
    parser.add_argument("--as-of", type=day, metavar="YYYY-MM-DD", help=about, **options)


def add_without(parser: argparse.ArgumentParser, deed: str) -> None:
    """Declare ``--without``, which names who may be missing, for a deed such as publish."""
    about = f"{deed} although this one, awaited each month, sent nothing; repeat for others"
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help=about)
