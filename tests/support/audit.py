"""Known faults of the installed packages, and which packages could not be asked about.

``make audit`` runs this in the environment of the tools: ``python tests/support/audit.py FILE``,
where FILE names packages as ``name==version``. No answer is not "no fault", so both a fault and a
package without an answer end with 1, each said as what it is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def told(answer: Mapping[str, Any]) -> tuple[list[str], int]:
    """What an answer of pip-audit comes to: lines to print, and the exit code."""
    packages = answer["dependencies"]
    faults = [
        f"{each['name']} {each['version']}: {fault['id']}"
        + (f", mended in {', '.join(fault['fix_versions'])}" if fault["fix_versions"] else "")
        for each in packages
        for fault in each.get("vulns", ())
    ]
    silent = [each["name"] for each in packages if "skip_reason" in each]
    asked = len(packages) - len(silent)
    lines = [
        *faults,
        f"{asked} of {len(packages)} packages asked about, {len(faults)} known faults.",
    ]
    if silent:
        lines.append(f"Could not ask about {len(silent)}, so nothing is known of: {_few(silent)}.")
    return lines, int(bool(faults or silent or not packages))


def _few(names: list[str]) -> str:
    more = len(names) - 10
    return ", ".join(names[:10]) + (f" and {more} more" if more > 0 else "")


def main() -> int:
    """Ask and tell."""
    listed = Path(sys.argv[1])
    words = ["--no-deps", "--disable-pip", "--format", "json", "--requirement", str(listed)]
    asked = subprocess.run(
        [sys.executable, "-m", "pip_audit", *words], capture_output=True, text=True, check=False
    )
    try:
        lines, code = told(json.loads(asked.stdout))
    except (ValueError, KeyError):
        reason = (asked.stderr.strip().splitlines() or ["no reason was given"])[-1]
        lines, code = [f"Could not ask for known faults at all, so none is known: {reason}"], 1
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
