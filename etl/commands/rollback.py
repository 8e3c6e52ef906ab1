"""``rollback``: show readers an earlier release again."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from etl.commands.answer import Answer
from etl.release.editions import Rollback, go_back
from etl.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Move the pointers, mark what is taken back, and say what readers see."""
    rollback = go_back(settings, arguments.to)
    return Answer(asdict(rollback), _lines(rollback))


def _lines(rollback: Rollback) -> list[str]:
    """What readers see after going back, and who can no longer open what, in words."""
    lines = [
        f"Readers see {rollback.release_id} again; every file is kept.",
        "Closed months stay closed: the next publication shows all of them.",
    ]
    if rollback.taken_back:
        who = "member" if rollback.public_stays else "reader"
        lines.append(f"No {who} can open any more: {', '.join(rollback.taken_back)}.")
    if rollback.public_stays:
        lines.append(
            f"The public still sees {rollback.public}, since no public release is as old: stop "
            "the public dashboard if it must not be seen."
        )
    elif rollback.public:
        lines.append(f"The public sees {rollback.public}.")
    return lines
