"""``init``: make the secrets and an empty store."""

from __future__ import annotations

import argparse
from pathlib import Path

from etl.commands.answer import Answer, lines_of
from etl.register.founding import make_store, refuse_what_is_left
from etl.register.store import has_facts
from etl.secret_files import make_secrets, secret_paths
from etl.secrets import open_secrets
from etl.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Make what is missing and say where it lies."""
    is_new, new_secrets = make_missing(settings)
    paths = [str(path) for path in secret_paths(settings)]
    document = {
        "store": str(settings.store),
        "store_made": is_new,
        "secrets": paths,
        "secrets_made": [str(path) for path in new_secrets],
    }
    return Answer(document, lines_of("init", **document, folder=settings.secrets))


def make_missing(settings: Settings) -> tuple[bool, list[Path]]:
    """Make the secrets and the store where they are missing; never overwrite one.

    Returns:
        Whether a store was made, and the files of the secrets that were.

    Raises:
        OperatorError: If a secret of a store that exists is missing or changed, or a store lost
            its facts.
    """
    if has_facts(settings):
        open_secrets(settings)
        return False, []
    refuse_what_is_left(settings)
    new_secrets = make_secrets(settings)
    make_store(settings)
    return True, new_secrets
