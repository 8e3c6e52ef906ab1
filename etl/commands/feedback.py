"""``feedback``: what a partner is told of its own records, as a file for that partner."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from etl.commands.answer import Answer
from etl.feedback.own import feedback_of
from etl.feedback.render import feedback_lines, feedback_page
from etl.page import write_page
from etl.settings import Settings

HELP = "tell a partner its share, how late its records came and what they lack, as a file"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: the partner, and the file."""
    parser.add_argument("partner", metavar="PARTNER", help="as its sources declare it")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="FILE",
        help="write one page for the partner, to be handed over and never served",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Tell what a partner's own records show, as a page for it as well where that is asked for."""
    feedback = feedback_of(settings, arguments.partner)
    lines = feedback_lines(feedback)
    if arguments.html:
        write_page(arguments.html, feedback_page(feedback))
        lines.append(f"The page is {arguments.html}. It is for {feedback.partner} alone.")
    return Answer(asdict(feedback), lines)
