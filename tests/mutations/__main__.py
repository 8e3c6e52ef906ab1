"""``make mutations``: which breakages of the product the tests of ``make test`` notice.

In a copy of the repository each breakage is made alone, and the test files nearest to the broken
module are run. What survives meets those around them in the next round, and in the last all others
outside the browser. What survives that is listed: a test is missing there, or the change means
nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.breakages import Breakage, drawn
from tests.mutations.order import nearest_first
from tests.support.served import ROOT

#: How far each round goes in the order of test files: the nearest, those around them, all.
ROUNDS = ((0, 4), (4, 16), (16, None))
#: From how many files on all processors are used.
MANY = 20
#: Seconds after which a breakage that makes the tests hang is noticed.
PATIENCE = 3600
#: Exit codes of pytest: all passed, none was chosen.
_PASSED, _NONE = 0, 5
_CHOICE = "not rest and not browser"
#: What is not copied, since no test reads it; the sample that tests keep is.
_LEFT = shutil.ignore_patterns(
    ".venv*", ".git", "node_modules", "__pycache__", ".hypothesis", "store"
)


def main() -> None:
    """Try breakages one after the other; say of each which test noticed it, at the end how many."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=len(ROUNDS), help="the last takes hours")
    parser.add_argument("--kept", type=Path, help="goes on where a run before ended")
    given = parser.parse_args()
    kept = given.kept or Path(tempfile.mkstemp(suffix=".jsonl")[1])
    known = {(told, at): test for told, at, test in map(json.loads, _lines(kept))}
    breakages = drawn(ROOT, given.number, given.seed)
    with tempfile.TemporaryDirectory() as made:
        tree = Path(made) / "tree"
        shutil.copytree(ROOT, tree, ignore=_LEFT)
        for at in range(given.rounds):
            left = [b for b in breakages if not any(known.get((b.told, e)) for e in range(at))]
            for breakage in left:
                if (breakage.told, at) not in known:
                    test = noticed_by(tree, breakage, at)
                    known[breakage.told, at] = test
                    with kept.open("a", encoding="utf-8") as file:
                        file.write(json.dumps([breakage.told, at, test]) + "\n")
                    print(f"{breakage.told}\n    {test or 'survives'}", flush=True)
            left = [b for b in left if not known[b.told, at]]
            caught = len(breakages) - len(left)
            print(f"round {at + 1}: {caught} of {len(breakages)} noticed (seed {given.seed})")
        shown = {test.split(" - ")[0].partition(" ")[2] for test in known.values() if test}
        named = sorted(test for test in shown if "::" in test)
        shaken = _failing(tree, *named) if named else []
    print("\n".join(["These survived:", *(f"  {b.told}" for b in left)]))
    print(f"what was found is kept in {kept}")
    if shaken:
        sys.exit("\n".join(["These fail without a breakage too, and show nothing:", *shaken]))


def _lines(kept: Path) -> list[str]:
    return kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []


def noticed_by(tree: Path, breakage: Breakage, at: int) -> str:
    """The first test of a round that fails in a broken copy of the repository, "" if all pass."""
    file = tree / breakage.path
    whole = file.read_text(encoding="utf-8")
    tests = nearest_first(breakage.path)[slice(*ROUNDS[at])]
    try:
        file.write_text(breakage.text, encoding="utf-8")
        return next(iter(_failing(tree, "-x", *map(str, tests))), "")
    finally:
        file.write_text(whole, encoding="utf-8")


def _failing(tree: Path, *words: str) -> list[str]:
    """What pytest says of the tests that fail, or else of why it ended."""
    path = f"{tree / 'src'}{os.pathsep}{tree}"
    place = {"HYPOTHESIS_PROFILE": "few", **os.environ, "PYTHONPATH": path, "PYTEST_ADDOPTS": ""}
    many = ["-n", "auto"] if len(words) > MANY else []
    options = ["-p", "no:cacheprovider", "--tb=no", "-m", _CHOICE, *many]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *words], cwd=tree, env=place,
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ["nothing ended"]
    if done.returncode in (_PASSED, _NONE):
        return []
    lines = done.stdout.splitlines()
    told = [line[:300] for line in lines if line.startswith(("FAILED", "ERROR"))]
    return told or [f"pytest ended with {done.returncode}"]


if __name__ == "__main__":
    started = time.monotonic()
    main()
    print(f"{time.monotonic() - started:.0f} s")
