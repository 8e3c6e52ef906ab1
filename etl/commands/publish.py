"""``publish``: show what would change, or close the months that are due and publish a release."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from dashboard.model.protection import BASE, DAYS_TO_CLOSE, PERMITTED_BASES, RECORDS
from dashboard.model.record_head import RecordHead, parse_record_head
from etl.commands.answer import Answer, steps
from etl.commands.arguments import add_as_of, add_without
from etl.commands.close import fact_line
from etl.page import write_page
from etl.release.preview.preview import preview
from etl.release.preview.render import preview_lines, preview_page
from etl.release.publication import STEPS, Published, publish
from etl.settings import OperatorError, Settings

HELP = "preview a release, or close the months that are due and publish one"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: the day, what to show, who cleared it, base, title, audience."""
    about = f"day on which months are judged closed: {DAYS_TO_CLOSE} days after their end"
    add_as_of(parser, about, required=True)
    parser.add_argument(
        "--preview",
        action="store_true",
        help="show what would change; where partners sign, it opens their round, and no more",
    )
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write the preview as one page as well"
    )
    parser.add_argument(
        "--new-round",
        action="store_true",
        help="with --preview: ask partners anew, though a round is open; its answers are void",
    )
    parser.add_argument(
        "--signatures",
        type=Path,
        metavar="FILE",
        help="what `atlas signoff export` wrote; needed where partners sign (see `signoff`)",
    )
    parser.add_argument(
        "--record",
        type=_record_head,
        metavar="HEAD",
        help="what `atlas audit head` printed on the server; compared with the last publication's",
    )
    parser.add_argument(
        "--approve",
        metavar="NAME",
        help="who cleared the last preview; real sources need it, and readers see it",
    )
    add_without(parser, "publish, or ask partners to sign,")
    parser.add_argument(
        "--base",
        type=int,
        choices=PERMITTED_BASES,
        help=f"{BASE} protects (default), {RECORDS} publishes the records themselves; "
        "a store keeps one",
    )
    parser.add_argument("--title", help="title of the edition")
    parser.add_argument(
        "--public",
        action=argparse.BooleanOptionalAction,
        help="make a public release as well; remembered for the next time",
    )


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


def _record_head(text: str) -> RecordHead:
    """The head of a record as it was printed.

    Raises:
        ArgumentTypeError: If it is none.
    """
    head = parse_record_head(text)
    if head is None:
        raise argparse.ArgumentTypeError('not as `atlas audit head` prints it: "N entries, head …"')
    return head


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
    return Answer(published.as_json, _lines(published))


def _lines(published: Published) -> list[str]:
    """The report in words, one line a fact."""
    lines = [
        f"Release {published.release_id} holds {published.first_month} to {published.last_month}, "
        f"base {published.base}; it passed {published.checks} checks.",
        *(fact_line(report, published.base) for report in published.facts),
    ]
    if published.public:
        lines.append(f"The public release is {published.public}.")
    if published.made_whole:
        lines.append(
            f"Echoes of {', '.join(published.made_whole)} were made from their first month on: "
            "what was kept of them is missing, damaged or of another version."
        )
    if published.approved_by:
        lines.append(f"Cleared by {published.approved_by}.")
    if published.signed:
        lines += [
            f"Partners signed it; members are told how many: {published.signed}.",
            "Take the answers once more, for what a partner asked for meanwhile: "
            f"`atlas signoff export --round {published.round}`.",
        ]
    return [*lines, *published.record]
