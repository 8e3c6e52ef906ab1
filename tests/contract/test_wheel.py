"""The wheel works in an environment and a folder where nothing of the repository is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from email import message_from_string
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from tests.support.served import ROOT, environment, free_port, ran, running
from tests.support.wheels import build_wheel

#: Folders of the repository, and where a wheel carries them.
SHIPPED = {
    "src/dashboard": "dashboard", "src/atlas_map": "atlas_map", "etl": "etl",
    "assets": "dashboard/assets", "data/countries": "dashboard/data/countries",
    "data/reports": "dashboard/data/reports", "data/sample": "dashboard/data/sample",
    "data/sources": "dashboard/data/sources",
}  # fmt: skip
#: What other servers than our own are given, where the product is installed.
BUILT, CALLED = "dashboard.server:build()", "dashboard.server:build"
PATHS = ["/", "/hotspots", "/exhibit/overview.trend.json", "/assets/css/base.css",
         "/assets/css/atlas-forms.css", "/assets/js/atlas.js", "/assets/js/atlas-maps.js",
         "/assets/js/atlas-pictures.js",
         "/geography/adm1.geojson", "/geography/adm3.arcs.json"]  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scripts of an environment with the wheel; what it depends on is lent by that of the tests.

    A path that a ``.pth`` file adds is not searched for ``.pth`` files itself, so the product as
    it is installed for development cannot come in by this way.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    bin_folder = Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)}))
    python = bin_folder / Path(sys.executable).name
    packages = Path(
        sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)})
    )
    lent = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    (packages / "lent.pth").write_text("\n".join(sorted(lent)) + "\n")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    install = [*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, cwd=folder, timeout=240, check=True)
    return bin_folder


def files_of_the_repository() -> set[str]:
    """What a wheel has to hold, by its names there."""
    return {
        f"{there}/{path.relative_to(ROOT / here).as_posix()}"
        for here, there in SHIPPED.items()
        for path in (ROOT / here).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
        if (ROOT / "src" / "atlas_map" / "source") not in path.parents
    }


def test_a_wheel_holds_all_that_the_product_opens_and_nothing_of_a_store(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    own = {name for name in names if ".dist-info/" not in name}
    assert own == files_of_the_repository()
    assert not any("store" in Path(name).parts for name in names)


@pytest.mark.parametrize("package", ["dashboard", "etl", "atlas_map"])
def test_nothing_that_comes_along_has_a_package_of_the_same_name(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"situation-atlas"}


def test_the_installed_commands_load_publish_and_serve_elsewhere(
    scripts: Path, tmp_path: Path
) -> None:
    python, atlas, atlas_etl = (str(scripts / name) for name in ("python", "atlas", "atlas-etl"))
    left_out = {"ATLAS_STORE", "ATLAS_RELEASES", "ATLAS_STATE", "PYTHONPATH"}
    place = {k: v for k, v in environment(tmp_path).items() if k not in left_out}

    def run(*command: str, code: int = 0) -> str:
        done = ran(*command, cwd=tmp_path, place=place)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    whence = run(python, "-c", "import dashboard, etl; print(dashboard.__file__, etl.__file__)")
    assert str(ROOT) not in whence
    assert run(atlas, "--version").strip() == version("situation-atlas")
    assert "usage: atlas-etl" in run(atlas_etl, "--help")
    assert "in a checkout" in run(atlas_etl, "dictionary", code=1)
    first_quarter = ("--as-of", "2024-01-20")  # the whole sample is published by others
    assert "holds 2023-10 to 2023-12" in run(atlas_etl, "demo", *first_quarter)
    assert (tmp_path / "data" / "store" / "releases" / "current").is_file()
    for command in (
        lambda _: [atlas],
        lambda port: [python, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", BUILT],
        lambda port: [python, "-m", "waitress", f"--listen=127.0.0.1:{port}", "--call", CALLED],
    ):
        port = free_port()
        place["ATLAS_PORT"] = str(port)
        with running(command(port), port, place, tmp_path / "log", cwd=tmp_path) as address:
            for path in PATHS:
                with urllib.request.urlopen(address + path, timeout=20) as answer:  # noqa: S310
                    assert (path, answer.status) == (path, 200)
                    assert answer.read()


def test_its_metadata_name_the_licences_of_all_that_comes_along(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (home,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    told = message_from_string(archive.read(f"{home}/METADATA").decode())
    for licence in ("Apache-2.0", "OFL-1.1", "CC-BY-3.0-IGO", "MIT", "ISC"):
        assert licence in told["License-Expression"].split(" AND ")
    texts = {
        path.relative_to(ROOT).as_posix()
        for folder in ("assets", "data", "src")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and ("LICENSE" in path.name or "NOTICE" in path.name)
        if "store" not in path.parts and "published" not in path.parts
    }
    assert set(told.get_all("License-File", [])) == {"LICENSE", *texts}
    for name in told.get_all("License-File", []):
        there = archive.read(f"{home}/licenses/{name}")
        assert there == (ROOT / name).read_bytes()


def test_documents_start_an_installed_product_as_it_is_started_here() -> None:
    for document in ("README.md", "docs/deploy.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        assert f"'{BUILT}'" in text
        assert f"--call {CALLED}" in text
