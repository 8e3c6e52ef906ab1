"""``editions``: every release of the store, which of them readers see, and taking one away."""

from __future__ import annotations

import argparse

from etl.commands.answer import Answer, lines_of
from etl.register.store import exists
from etl.release.editions import list_editions, remove_edition
from etl.settings import OperatorError, Settings


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
        lines_of("editions", editions=editions),
    )
