"""Two folders of releases, the members' and the public's, and what drawings need."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from dashboard import exhibits
from dashboard.model.release import PUBLIC_FOLDER
from dashboard.model.shipped import ASSETS, COUNTRY
from dashboard.release.folder import Releases
from dashboard.report.files import Places
from dashboard.report.maps import Drawer
from tests.support.releases import build_release, point_to

MEMBERS, PUBLIC = "2026-09-20261016t094000-0a1b2c3d", "2026-09-20261016t094000-0a1b2c3e"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    exhibits.load()
    root = tmp_path_factory.mktemp("reports")
    for name, place, audience, base in (
        (MEMBERS, root, "member", 5),
        (PUBLIC, root / PUBLIC_FOLDER, "public", 10),
    ):
        build_release(
            place / f"{name}.duckdb", seed=11, months=36, base=base, audience=audience,
            per_month=90, home="BD2022",
        )  # fmt: skip
        point_to(place, name)
    return root


@pytest.fixture(scope="session")
def members(folder: Path) -> Releases:
    return Releases(folder)


@pytest.fixture(scope="session")
def public(folder: Path) -> Releases:
    return Releases(folder / PUBLIC_FOLDER)


@pytest.fixture(scope="session")
def places() -> Places:
    return Places(ASSETS, COUNTRY / "geography")


@pytest.fixture
def one_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """One picture in the place of all maps, for those who look at numbers and words alone."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(stream, "PNG")
    monkeypatch.setattr(Drawer, "map", lambda *_: stream.getvalue())
