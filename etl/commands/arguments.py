"""Words of the command line as values, with a sentence for those that are none."""

from __future__ import annotations

import argparse
from datetime import date

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
