"""``feedback``: what a partner is told of its own records, as a file for that partner."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from etl.commands.answer import Answer
from etl.feedback.own import feedback_of
from etl.feedback.render import feedback_lines, feedback_page
from etl.page import write_page
from etl.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Tell what a partner's own records show, as a page for it as well where that is asked for."""
    feedback = feedback_of(settings, arguments.partner)
    lines = feedback_lines(feedback)
    if arguments.html:
        write_page(arguments.html, feedback_page(feedback))
        lines.append(f"The page is {arguments.html}. It is for {feedback.partner} alone.")
    return Answer(asdict(feedback), lines)
