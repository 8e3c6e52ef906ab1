"""Imports go down the way of the data and never up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DASHBOARD = ROOT / "src" / "dashboard"
ETL = ROOT / "etl"
MAP = ROOT / "src" / "atlas_map"

#: Rooms of the reader's side from the bottom to the top; a room may use itself and those below.
FLOORS = (
    ("model",), ("filters",), ("release",), ("columns",), ("queries",), ("echoes",), ("analysis",),
    ("words", "figures", "methods"), ("exhibits",), ("exports", "components"), ("pages",),
    ("settings", "processes"), ("access",), ("bundles",), ("security", "door", "delivery"),
    ("features",), ("meeting",), ("report",), ("answers",), ("callbacks",), ("application",),
    ("server",), ("analyst",),
)  # fmt: skip
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
#: Top-level packages of others that only some rooms may use.
ONLY = {
    "duckdb": {"release"},
    "dash": {"components", "pages", "callbacks", "security", "application"},
    "dash_bootstrap_components": {"components", "pages"},
    "flask": {
        *("pages", "access", "bundles", "door", "delivery", "features", "meeting", "report"),
        "callbacks",
        *("application", "security", "server"),
    },
    "argon2": {"access"},
    "pyotp": {"access"},
    "webauthn": {"access"},
    "authlib": {"access"},
    "joserfc": {"access"},
    "requests": {"access"},
    "sqlite3": {"access", "meeting", "exports"},
    "waitress": {"server"},
    "plotly": {"analyst"},
    "pandas": {"analyst"},
    "geopandas": {"exports", "analyst"},
    "atlas_map": set(),  # pages fetch its script with their first map; imported, all would have it
}
#: The one module of the web process that may use what a page must not load, and only while it
#: makes a file.
LAZILY = {"geopandas": DASHBOARD / "exports" / "geo_frame.py"}
#: Commands that read a finished edition, by the door that notebooks use.
READERS = {ETL / "commands" / "signals.py"}
#: Rooms of the web process, of which the analyst's door uses none.
WEB = {
    *("pages", "settings", "access", "bundles", "security", "door", "delivery", "meeting"),
    *("callbacks", "application", "processes", "server"),
}


def imports(path: Path) -> Iterator[str]:
    """Full names that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(path: Path) -> str:
    first = path.relative_to(DASHBOARD).parts[0]
    return first.removesuffix(".py")


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def module_of(path: Path, root: Path) -> str:
    """Dotted name of a file below a folder of packages; a package for its ``__init__``."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("package", [DASHBOARD, ETL], ids=lambda package: package.name)
def test_no_modules_import_each_other_in_a_circle(package: Path) -> None:
    modules = {module_of(path, package.parent): path for path in files(package)}
    uses = {
        name: {
            target
            for imported in imports(path)
            for target in (imported, imported.rpartition(".")[0])
            if target in modules and target != name and not name.startswith(f"{target}.")
        }
        for name, path in modules.items()
    }
    assert [*TopologicalSorter(uses).static_order()]  # CycleError names the circle


def test_there_are_files_to_check() -> None:
    assert len(files(DASHBOARD)) > 20
    assert len(files(ETL)) > 5


@pytest.mark.parametrize("path", files(DASHBOARD), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_of_the_dashboard_uses_only_itself_and_those_below(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        assert list(imports(path)) == []
        return
    assert room in FLOOR, f"{room} has no floor yet"
    for name in imports(path):
        parts = name.split(".")
        assert parts[0] != "etl", f"{path} imports {name}"
        assert parts[0] not in ONLY or room in ONLY[parts[0]], f"{path} imports {name}"
        if parts[0] == "dashboard":
            target = parts[1]
            assert target == room or FLOOR[target] < FLOOR[room], f"{path} imports {name}"


@pytest.mark.parametrize("path", files(ETL), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_operators_side_knows_only_the_registry_of_the_dashboard(path: Path) -> None:
    for name in imports(path):
        package = name.split(".")[0]
        assert package not in ("tests", "tools"), f"{path} imports {name}"
        if package == "dashboard":
            read = path in READERS and name.startswith("dashboard.analyst")
            assert read or name.startswith("dashboard.model"), f"{path} imports {name}"


@pytest.mark.parametrize("room", ["components", "pages"])
def test_pages_and_components_never_ask_a_release_themselves(room: str) -> None:
    for path in files(DASHBOARD / room):
        assert not any(name.startswith("dashboard.queries") for name in imports(path)), path
        assert "release.query(" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("package", LAZILY)
def test_what_pages_must_not_load_is_imported_where_its_file_is_made(package: str) -> None:
    web = [path for path in files(DASHBOARD) if room_of(path) != "analyst"]
    used = [p for p in web if package in {n.split(".")[0] for n in imports(p)}]
    assert used == [LAZILY[package]]
    (at_import,) = (ast.parse(path.read_text(encoding="utf-8")).body for path in used)
    names = {name for node in at_import for name in names_of(node)}
    assert package not in names


def test_the_analysts_door_needs_no_web_process() -> None:
    """That none of the web process uses it follows from the floors: it is the top one."""
    assert FLOORS[-1] == ("analyst",)
    for path in files(DASHBOARD / "analyst"):
        used = {name.split(".")[1] for name in imports(path) if name.startswith("dashboard.")}
        assert used.isdisjoint(WEB), path


def test_the_map_uses_nothing_of_the_product() -> None:
    named = {name.split(".")[0] for path in MAP.glob("*.py") for name in imports(path)}
    assert "dash" in named
    assert named <= {"atlas_map", "dash", "typing", "typing_extensions"}


def names_of(node: ast.AST) -> Iterator[str]:
    """Packages that a statement at the top of a module imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").split(".")[0]


def test_analysis_is_arrays_only() -> None:
    for path in files(DASHBOARD / "analysis"):
        used = {name for name in imports(path) if name.startswith("dashboard.")}
        assert all(name.startswith(("dashboard.analysis", "dashboard.model")) for name in used)
