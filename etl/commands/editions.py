"""``editions``: every release of the store, and which of them readers see."""

from __future__ import annotations

import argparse

from etl.commands.answer import answer
from etl.register.store import exists
from etl.release.editions import Listed, list_editions
from etl.settings import OperatorError, Settings

NAME = "editions"
HELP = "list every release, which one is current and who cleared it"

_PUBLIC = {
    "none": "",
    "kept": ", also public",
    "taken back": ", also public (taken back)",
    "current": ", also public (current)",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the releases, the newest first.

    Raises:
        OperatorError: If there is no store.
    """
    if not exists(settings):
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    editions = list_editions(settings)
    answer(
        {"editions": [edition.as_json for edition in editions]},
        [_line(edition) for edition in editions] or ["Nothing was published yet."],
        as_json=arguments.json,
    )
    return 0


def _line(edition: Listed) -> str:
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
