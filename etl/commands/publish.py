"""``publish``: show what would change, or close the months that are due and publish a release."""

from __future__ import annotations

import argparse
from datetime import date

from dashboard.model.protection import BASE, DAYS_TO_CLOSE, PERMITTED_BASES, RECORDS
from etl.commands.answer import Answer, lines_of, steps
from etl.page import write_page
from etl.release.preview.preview import preview
from etl.release.preview.render import preview_lines, preview_page
from etl.release.publication import STEPS, publish
from etl.settings import OperatorError, Settings

VALUES = {"days": DAYS_TO_CLOSE, "bases": PERMITTED_BASES, "base": BASE, "records": RECORDS}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Preview or publish, and say what was done.

    Raises:
        OperatorError: If the day lies in the future: a closed month is never opened again.
    """
    if arguments.as_of > date.today():
        raise OperatorError(f"{arguments.as_of} lies in the future; no later month can be closed.")
    if arguments.preview and arguments.approve:
        raise OperatorError("Preview first, then publish with --approve: not both at once.")
    if arguments.preview and arguments.record:
        raise OperatorError("A preview publishes nothing; --record belongs to publishing.")
    if arguments.preview and arguments.signatures:
        raise OperatorError("A preview opens the round; --signatures belongs to publishing.")
    for value, name in ((arguments.html, "--html"), (arguments.new_round, "--new-round")):
        if value and not arguments.preview:
            raise OperatorError(f"{name} belongs to --preview.")
    return _preview(arguments, settings) if arguments.preview else _publish(arguments, settings)


def _preview(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Show what a publication would change; where partners sign, their round opens."""
    with steps(STEPS) as bar:
        release_preview = preview(
            settings,
            as_of=arguments.as_of,
            base=arguments.base,
            title=arguments.title,
            public=arguments.public,
            new_round=arguments.new_round,
            without=arguments.without,
            on_step=bar,
        )
    lines = preview_lines(release_preview)
    if arguments.html:
        write_page(arguments.html, preview_page(release_preview))
        lines.append(f"The page is {arguments.html}.")
    return Answer(release_preview.as_json, lines)


def _publish(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Close the months that are due and publish a release."""
    with steps(STEPS) as bar:
        published = publish(
            settings,
            as_of=arguments.as_of,
            base=arguments.base,
            title=arguments.title,
            public=arguments.public,
            approved_by=arguments.approve,
            without=arguments.without,
            signatures=arguments.signatures,
            record=arguments.record,
            on_step=bar,
        )
    return Answer(published.as_json, lines_of("publish", **vars(published)))
