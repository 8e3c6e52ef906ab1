"""``python -m tools.geography``: build a pack's boundaries and names."""

from __future__ import annotations

import sys

from etl.commands.answer import steps
from etl.settings import Settings
from tools.geography import build_geography


def main() -> int:
    """Build everything and say how large it became."""
    with steps(11) as bar:
        report = build_geography(Settings.from_environment().country, on_step=bar)
    for file in report.files:
        sys.stdout.write(f"{file.path}: {file.count} features, {file.size / 1000:.0f} kB\n")
    sys.stdout.write(f"In all {report.size / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
