"""``geography``: build boundaries, base map layers and gazetteer from their packages."""

from __future__ import annotations

import argparse

from etl.commands.answer import answer, steps
from etl.geography import build_geography
from etl.settings import Settings, checkout

NAME = "geography"
HELP = "build data/geography and the gazetteer again from the packages that carry them"


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Build everything and say how large it became.

    Raises:
        OperatorError: If there is no repository to build it in.
    """
    checkout()
    with steps(11) as tell:
        report = build_geography(settings.data, tell=tell)
    document = {
        "files": [
            {"file": file.path, "bytes": file.size, "features": file.count} for file in report.files
        ],
        "bytes": report.size,
    }
    lines = [f"{f.path}: {f.count} features, {f.size / 1000:.0f} kB" for f in report.files]
    answer(document, [*lines, f"In all {report.size / 1e6:.2f} MB"], as_json=arguments.json)
    return 0
