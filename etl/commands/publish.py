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
    """Publish a release, or show what it would change, which opens the round of partners.

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
    edition = {
        name: getattr(arguments, name) for name in ("as_of", "base", "title", "public", "without")
    }
    with steps(STEPS) as bar:
        if not arguments.preview:
            published = publish(
                settings,
                **edition,
                approved_by=arguments.approve,
                signatures=arguments.signatures,
                record=arguments.record,
                on_step=bar,
            )
            return Answer(published.as_json, lines_of("publish", **vars(published)))
        shown = preview(settings, **edition, new_round=arguments.new_round, on_step=bar)
    lines = preview_lines(shown)
    if arguments.html:
        write_page(arguments.html, preview_page(shown))
        lines.append(f"The page is {arguments.html}.")
    return Answer(shown.as_json, lines)
