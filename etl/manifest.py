"""The manifest of a folder of invented files: which goes with which source, in what order."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from etl.operator_tables.kind import Kind

FILE_NAME = "manifest.toml"


def table_file(kind: Kind) -> str:
    """Name of the invented file of a kind of operator's table."""
    return f"{kind.name}-INVENTED.csv"


@dataclass(frozen=True)
class Entry:
    """One loading: a file and the name of its source declaration."""

    file: Path
    source: str


def read_manifest(path: Path) -> tuple[Entry, ...]:
    """Loadings in order; files stand beside the manifest.

    Args:
        path: The manifest, or the folder that holds it.

    Raises:
        OSError: If it cannot be read.
        ValueError: If it is not TOML, or an entry lacks its file or source.
    """
    path = path / FILE_NAME if path.is_dir() else path
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("load", [])
    try:
        return tuple(Entry(path.parent / entry["file"], entry["source"]) for entry in entries)
    except KeyError as missing:
        raise ValueError(f"{path.name}: an entry lacks {missing.args[0]!r}") from missing


def write_manifest(folder: Path, entries: tuple[Entry, ...]) -> Path:
    """Write the manifest of a folder; people come before their referrals."""
    lines = ["# Invented data: what `python -m etl load` is given, in this order.", ""]
    for entry in entries:
        lines += ["[[load]]", f'file = "{entry.file.name}"', f'source = "{entry.source}"', ""]
    path = folder / FILE_NAME
    path.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8", newline="\n")
    return path
