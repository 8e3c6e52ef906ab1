"""``demo``: the invented sample through every step of the README, unless a release is there."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from etl.commands import init, load, publish
from etl.sample.manifest import read_manifest
from etl.settings import OperatorError, Settings

NAME = "demo"
HELP = "load the invented sample and publish a release of it, unless one is there"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare where the sample lies and when its months are judged closed."""
    parser.add_argument("--sample", type=Path, metavar="DIR", help="default: data/sample")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 10, 20))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a store, load each file of the manifest, publish; stop at the first that fails."""
    if (settings.releases / "current").is_file():
        print(f"A release is there: {settings.releases}")
        return 0
    manifest = read_manifest(arguments.sample or settings.data / "sample")
    if not manifest:
        raise OperatorError("The sample's manifest names no file.")
    quiet = argparse.Namespace(json=False)
    steps = [(init, quiet)]
    steps += [
        (load, argparse.Namespace(files=[e.file], source=e.source, rebuild=False, json=False))
        for e in manifest
    ]
    title = "Invented sample"
    steps.append(
        (publish, argparse.Namespace(as_of=arguments.as_of, base=None, title=title, json=False))
    )
    return next((code for module, given in steps if (code := module.run(given, settings))), 0)
