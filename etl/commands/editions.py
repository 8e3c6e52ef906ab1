"""``editions``: every release of the store, which of them readers see, and taking one away."""

from __future__ import annotations

import argparse

from etl.commands.answer import Answer
from etl.register.store import exists
from etl.release.editions import EditionEntry, list_editions, remove_edition
from etl.settings import OperatorError, Settings

#: What is said of an edition by the state of its public release.
_PUBLIC = {
    "none": "",
    "kept": ", also public",
    "taken back": ", also public (taken back)",
    "current": ", also public (current)",
}


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """List the releases, the newest first; remove one before where it is named.

    Raises:
        OperatorError: If there is no store, or the release cannot be removed.
    """
    if not exists(settings):
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    if arguments.remove:
        remove_edition(settings, arguments.remove)
    editions = list_editions(settings)
    return Answer(
        {"editions": [edition.as_json for edition in editions]},
        [_edition_line(edition) for edition in editions] or ["Nothing was published yet."],
    )


def _edition_line(edition: EditionEntry) -> str:
    """An edition in words; a star marks the current one."""
    mark = "* " if edition.current else "  "
    taken_back = ", taken back" if edition.taken_back else ""
    if edition.damaged:
        return f"{mark}{edition.release_id}: the file cannot be read{taken_back}"
    cleared = f", cleared by {edition.approved_by}" if edition.approved_by else ""
    return (
        f"{mark}{edition.release_id}: {edition.title}, {edition.first_month} to "
        f"{edition.last_month}, built {edition.built_at} UTC{cleared}"
        f"{_PUBLIC[edition.public]}{taken_back}"
    )
