"""Build src/atlas_map: its script by esbuild, its Python class by the generator of Dash.

Both are committed, so who installs or serves the product needs no Node.js; with ``--check`` they
are held against what the source builds now. It needs the packages of package.json and no network.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "atlas_map"
SOURCE = PACKAGE / "source"
MODULES = ROOT / "node_modules"
SCRIPT, CLASS = "atlas_map.min.js", "AtlasMap.py"
_BANNER = "/*! atlas_map (Apache-2.0); d3-geo, d3-selection, d3-zoom (ISC): d3-LICENSE.txt */"


def built(folder: Path) -> None:
    """Put script and class of the source into a folder; or end with what is wrong with it."""
    shutil.copytree(SOURCE, folder / "source")
    shutil.copy(SOURCE / "tsconfig.json", folder)
    shutil.copy(ROOT / "package.json", folder)
    (folder / "node_modules").symlink_to(MODULES, target_is_directory=True)
    (folder / PACKAGE.name).mkdir()
    _run(folder, MODULES / ".bin" / "tsc", "-p", "source")
    _run(
        folder, MODULES / ".bin" / "esbuild", "source/index.ts", "--bundle", "--minify",
        "--format=iife", "--target=es2022", "--alias:react=./source/react.js",
        "--log-level=warning", "--legal-comments=none", f"--banner:js={_BANNER}",
        f"--outfile={SCRIPT}",
    )  # fmt: skip
    generator = "dash.development.component_generator"
    _run(folder, sys.executable, "-m", generator, "source/components", PACKAGE.name)
    (folder / PACKAGE.name / CLASS).rename(folder / CLASS)


def _run(folder: Path, program: Path | str, *arguments: str) -> None:
    """Run a program; what it says of its work is told where it fails."""
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def main() -> int:
    """Write both files, or say which is not what the source builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing, fail where they differ"
    )
    checks = parser.parse_args().check
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        built(folder)
        names = (SCRIPT, CLASS)
        other = [n for n in names if _text(folder / n) != _text(PACKAGE / n)]
        for name in other:
            if checks:
                print(f"src/atlas_map/{name} is not what its source builds: make component")
            else:
                shutil.copy(folder / name, PACKAGE / name)
    return int(bool(checks and other))


def _text(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
