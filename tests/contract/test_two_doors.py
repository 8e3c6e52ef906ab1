"""A file and a server give the same frames; a server is asked with pandas alone, by rights."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask import Flask
from pandas.testing import assert_frame_equal
from werkzeug.serving import make_server

from dashboard import exhibits
from dashboard.access import program_tokens
from dashboard.access.audit import latest
from dashboard.analyst import NoRelease, NotAllowed, NotSignedIn, OpenedRelease, open_release
from dashboard.exhibits.registry import definitions
from tests.support.accounts import Signed, signed_application
from tests.support.application import RELEASE, application
from tests.support.releases import LAST_MONTH, ROOT, copy_of_release, point_to
from tests.support.served import ran

exhibits.load()
NEWER = "2026-10-20261116t094000-1b2c3d4e"
#: What both doors are asked to count.
COUNTS: tuple[dict[str, Any], ...] = (
    {"of": "people", "by": ["recruiter_relation", "corridor"], "steps": "quarter"},
    {"of": "people", "by": "age_band", "class_": "trafficking", "lang": "bn"},
    {"of": "incidents", "by": ["district", "mode"], "area": ["BD20", "BD30"]},
    {"of": "legs", "by": ["from_district", "to_district"], "period": "2025-10..2026-09"},
    {"of": "requests", "by": ["service", "step"], "steps": "month", "period": "2026-04..2026-09"},
    {"of": "journeys"},
)


@contextmanager
def on_this_machine(app: Flask) -> Iterator[str]:
    """The address of an application that answers there."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def token_of(signed: Signed, role: str) -> str:
    """A program's token of somebody with a role."""
    owner, accounts = signed.session(role).account, signed.accounts
    with accounts.store.writing() as connection:
        return program_tokens.make(connection, owner.id, accounts.keys, accounts.now()).text


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("doors")


@pytest.fixture(scope="module")
def signed(folder: Path) -> Signed:
    """A server with accounts and two editions, of which the older one has more months."""
    made = signed_application(folder, kind="invented")
    few = {"months": 6, "per_month": 30}
    newer = folder / "releases" / f"{NEWER}.duckdb"
    copy_of_release(newer, seed=2, last_month=LAST_MONTH.plus(1), **few)
    point_to(folder / "releases", NEWER)
    return made


@pytest.fixture(scope="module")
def address(signed: Signed) -> Iterator[str]:
    with on_this_machine(signed.app.server) as found:
        yield found


@pytest.fixture(scope="module")
def doors(
    folder: Path, signed: Signed, address: str
) -> Iterator[tuple[OpenedRelease, OpenedRelease]]:
    """The older edition, from its folder and from the server."""
    token = token_of(signed, "analyst")
    with (
        open_release(folder / "releases", edition=RELEASE) as file,
        open_release(address, token=token, edition=RELEASE) as server,
    ):
        yield file, server


def the_same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    assert_frame_equal(one, other)
    assert one.attrs == other.attrs


Doors = tuple[OpenedRelease, OpenedRelease]


@pytest.mark.parametrize("exhibit_id", sorted(entry.id for entry in definitions()))
def test_an_exhibit_is_the_same(doors: Doors, exhibit_id: str) -> None:
    file, server = (door.exhibit(exhibit_id, lang="bn") for door in doors)
    the_same(file.frame(), server.frame())
    the_same(file.table(), server.table())
    for name in ("title", "subtitle", "notes", "address", "parameters", "why_empty"):
        assert getattr(file, name) == getattr(server, name), name
    assert file.text() == server.text()
    assert file._repr_html_() == server._repr_html_()
    assert file.figure_json() == server.figure_json()


@pytest.mark.parametrize("exhibit_id", [e.id for e in definitions() if e.geometry])
def test_a_map_is_the_same(doors: Doors, exhibit_id: str) -> None:
    asked = {"rows": "district", "as": "map"} if exhibit_id == "explore.answer" else {}
    file, server = (door.exhibit(exhibit_id, **asked).geoframe() for door in doors)
    the_same(pd.DataFrame(file), pd.DataFrame(server))
    assert file.geometry.geom_equals_exact(server.geometry, 0).all()
    assert file.crs == server.crs


@pytest.mark.parametrize("asked", COUNTS, ids=str)
def test_a_count_is_the_same(doors: Doors, asked: dict[str, Any]) -> None:
    file, server = (door.count(**asked) for door in doors)
    the_same(file, server)
    assert len(file) > 0


def test_the_lists_are_the_same(doors: Doors) -> None:
    file, server = doors
    for name in ("editions", "areas", "dimensions", "filters", "exhibits"):
        the_same(getattr(file, name)(), getattr(server, name)())
    for name in ("name", "title", "kind", "audience", "period"):
        assert getattr(file, name) == getattr(server, name)
    assert file.months.equals(server.months)
    the_same(file.dimensions("legs", "bn"), server.dimensions("legs", "bn"))
    the_same(file.parameters("routes.map"), server.parameters("routes.map"))
    assert server.parameters("routes.map").loc["edition", "values"] == (RELEASE,)
    assert list(server.editions().index) == [NEWER, RELEASE]
    assert server.editions()["is_open"].tolist() == [False, True]
    assert (server.areas().loc["BD2022", ["level", "division_code"]] == ["district", "BD20"]).all()


@pytest.mark.parametrize("ask", [
    lambda door: door.exhibit("hotspots.map", measure="incidents", sex="female"),
    lambda door: door.exhibit("hotspots.map", level="camp", sexx="female"),
    lambda door: door.exhibit("maps"),
    lambda door: door.exhibit("hotspots.map", area=["Cox's Bazar", "Tekna"]),
    lambda door: door.exhibit("explore.answer", count="legs", columns="month"),
    lambda door: door.count("incidents", sex="female"),
    lambda door: door.exhibit("hotspots.map", edition=NEWER),
    lambda door: door.exhibit("sheet.people").geoframe(),
    lambda door: door.count("people", ["exploitation", "means_of_control"]),
    lambda door: door.count("people", steps="year", period="2026-01..2026-08"),
    lambda door: door.count("people", edition=NEWER),
    lambda door: door.count("peeple"),
    lambda door: door.dimensions("peeple"),
])  # fmt: skip
def test_what_cannot_be_asked_is_said_in_the_same_words(
    doors: Doors, ask: Callable[[OpenedRelease], object]
) -> None:
    said: list[tuple[type[Exception], str]] = []
    for door in doors:
        with pytest.raises(ValueError, match=r"\w") as refused:
            ask(door)
        said.append((refused.type, str(refused.value)))
    assert said[0] == said[1]


def test_rights_are_those_of_whose_token_it_is(signed: Signed, address: str) -> None:
    with pytest.raises(NotSignedIn, match="People sign in"):
        open_release(address)
    with pytest.raises(NotSignedIn, match="does not know this token"):
        open_release(address, token="atlas_nobody")  # noqa: S106 -- nobody's
    with pytest.raises(NotSignedIn):  # members ask for no files at all
        open_release(address, token=token_of(signed, "member"))
    with open_release(address, token=token_of(signed, "coordinator")) as release:
        assert list(release.editions().index) == [NEWER]
        with pytest.raises(NotAllowed, match="The role of whose token"):
            release.exhibit("overview.trend")
        with pytest.raises(NotAllowed):
            release.count("people")
    with pytest.raises(NoRelease, match=f"There are {NEWER}"):
        open_release(address, token=token_of(signed, "coordinator"), edition=RELEASE)


def test_what_a_program_took_stands_in_the_record(signed: Signed, address: str) -> None:
    with open_release(address, token=token_of(signed, "analyst")) as release:
        release.count("people", "corridor")
    (entry,) = latest(signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("exported", "analyst@agency.example")
    assert {name: entry.about[name] for name in ("by", "exhibit", "release")} == {
        "by": "program", "exhibit": "count", "release": NEWER,
    }  # fmt: skip


def test_an_edition_that_is_held_back_is_told_as_such(tmp_path: Path) -> None:
    signed = signed_application(tmp_path, months=3, per_month=20)
    client = signed.client("administrator")
    with (
        on_this_machine(signed.app.server) as address,
        open_release(address, token=token_of(signed, "analyst")) as release,
    ):
        assert len(release.count("people", "sex")) > 0
        data = {"token": signed.token(client)}
        assert client.post(f"/editions/{RELEASE}/hold", data=data).status_code == 303
        with pytest.raises(NoRelease, match="held back"):
            release.count("people", "sex")
        with pytest.raises(NoRelease, match="held back"):
            release.exhibit("overview.trend")


#: Packages of others that a server is asked with.
_ALONE = ("pandas", "numpy", "python-dateutil", "six", "tzdata")
_THIN = """
import json, sys
sys.path.insert(0, sys.argv[1])
from dashboard.analyst import CannotBeAsked, open_release
release = open_release(sys.argv[2])
asked = release.exhibit("hotspots.map")
counted = release.count("people", ["recruiter_relation", "corridor"], steps="quarter")
said = []
for ask in (asked.figure, asked.geoframe, lambda: open_release(sys.argv[1])):
    try:
        ask()
    except ImportError as error:
        said.append(str(error))
try:
    release.count("people", "age")
except CannotBeAsked as error:
    said.append(str(error))
print(json.dumps({
    "rows": [len(asked.frame()), len(counted), len(release.areas())],
    "figure": sorted(asked.figure_json()),
    "said": said,
    "loaded": sorted({name.partition(".")[0] for name in sys.modules}),
}))
"""


def test_a_server_is_asked_where_pandas_alone_is(
    tmp_path: Path, signed: Signed, doors: Doors
) -> None:
    """In a folder that holds the product and what pandas needs, and no other package."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "dashboard").symlink_to(ROOT / "src" / "dashboard")
    for name in _ALONE:
        try:
            files = distribution(name).files or []
        except ModuleNotFoundError:
            continue  # tzdata, which only Windows needs
        for top in {file.parts[0] for file in files if ".." not in file.parts}:
            where = Path(str(distribution(name).locate_file(top)))
            if not (place / top).exists():
                (place / top).symlink_to(where)
    with on_this_machine(application(tmp_path / "served").server) as address:
        words = ("-I", "-S", "-W", "error", "-c", _THIN, str(place), address)
        done = ran(sys.executable, *words, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert min(data["rows"]) > 0
    assert data["figure"] == ["data", "layout"]
    figure, shapes, file, refused = data["said"]
    assert "pip install" in figure
    assert "plotly" in figure
    assert "geopandas" in shapes
    assert "duckdb" in file
    assert "Allowed: place" in refused
    others = {"duckdb", "geopandas", "shapely", "pyogrio", "dash", "flask", "plotly", "requests"}
    assert others.isdisjoint(data["loaded"])
