"""Which test files use a module of the product, the nearest first."""

from __future__ import annotations

from collections import deque
from functools import cache
from pathlib import Path

from tests.contract.test_imports import imports, module_of
from tests.halves import needs, rest
from tests.support.served import ROOT

#: Packages by name, and the folder that they lie in.
_HOMES = {"dashboard": ROOT / "src", "etl": ROOT, "tests": ROOT, "tools": ROOT}
#: What holds approved answers: of readers, and of others by the folder of what answers them.
_READERS = "test_approved"
_APPROVED = (
    *((f"etl/{room}", _READERS) for room in ("events", "protect")),
    ("etl", "test_approved_operators"),
    ("src/dashboard/access", "test_approved_signed_in"),
    ("src/dashboard/meeting", "test_approved_signed_in"),
)


def nearest_first(path: Path) -> list[Path]:
    """Test files that ``make test`` runs outside the browser, in the order in which to try them.

    Its examples and those that are named as the module come first, for a command those that run it,
    then the answers that were approved, then those in the folder that mirrors the module's, or in
    the one around it, then those that import it, the fewer steps away the sooner; what reaches it
    in no step may still run it, and comes last.

    Args:
        path: A module of the product, from the root of the repository.
    """
    steps = _steps_to(ROOT / path)
    tests = [file for file in sorted((ROOT / "tests").rglob("test_*.py")) if _is_run(file)]
    mirror = ROOT / "tests" / "unit" / Path(*path.parts[path.parts[0] == "src" :])
    beside = next(folder for folder in mirror.parents if any(folder.glob("test_*.py")))
    command = f'"{path.stem}"' if path.parts[:2] == ("etl", "commands") else ""
    approved = next((test for room, test in _APPROVED if path.is_relative_to(room)), _READERS)
    shown = ">>> " in (ROOT / path).read_text(encoding="utf-8")

    def place(file: Path) -> tuple[bool, bool, bool, bool, int]:
        named = f"_{path.stem}_" in f"{file.stem}_" or (
            command != "" and command in file.read_text(encoding="utf-8")
        )
        own = named and file.parent == beside or shown and file.stem == "test_doctests"
        whole = file.stem == approved
        return not own, not named, not whole, file.parent != beside, steps.get(file, 99)

    return [file.relative_to(ROOT) for file in sorted(tests, key=place)]


def _is_run(file: Path) -> bool:
    test = f"{file.relative_to(ROOT).as_posix()}::test"
    return not rest([test]) and "Chromium" not in needs(test)


def _steps_to(module: Path) -> dict[Path, int]:
    """How many imports each file is away from a module."""
    steps = {module: 0}
    waiting = deque([module])
    while waiting:
        file = waiting.popleft()
        for user in _users().get(file, ()):
            if user not in steps:
                steps[user] = steps[file] + 1
                waiting.append(user)
    return steps


@cache
def _users() -> dict[Path, set[Path]]:
    """The files that import each file; commands are imported by the list of their package."""
    modules = {
        module_of(file, home): file
        for name, home in _HOMES.items()
        for file in (home / name).rglob("*.py")
    }
    users: dict[Path, set[Path]] = {}
    for file in modules.values():
        for imported in imports(file):
            for name in (imported, imported.rpartition(".")[0]):
                if name in modules:
                    users.setdefault(modules[name], set()).add(file)
    main = modules["etl.__main__"]
    for command in (ROOT / "etl" / "commands").glob("*.py"):
        users.setdefault(command, set()).add(main)
    return users
