"""``rollback``: show readers an earlier release again."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from etl.commands.answer import Answer, lines_of
from etl.release.editions import go_back
from etl.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Move the pointers, mark what is taken back, and say what readers see."""
    rollback = go_back(settings, arguments.to)
    return Answer(asdict(rollback), lines_of("rollback", **vars(rollback)))
