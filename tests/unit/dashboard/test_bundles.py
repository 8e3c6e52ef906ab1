"""Style sheets and scripts come in a few files, with nothing lost on the way."""

from __future__ import annotations

import json
import re
from pathlib import Path
from shutil import copytree
from urllib.parse import unquote

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard.bundles import PASSKEYS, THEME, Bundle, read_bundles, with_icons, without_comments
from dashboard.delivery import CONTROLS
from dashboard.model import languages
from dashboard.model.shipped import ASSETS, MAP
from tests.support.accounts import signed_application
from tests.support.application import application, client_of

ACCEPTED = {"Accept-Encoding": "br, gzip"}
BUNDLES = read_bundles(ASSETS)
OWN = sorted([*(ASSETS / "js").rglob("*.js"), *(ASSETS / "css").glob("*.css")])


def pictures_in(style: bytes) -> set[str]:
    return set(re.findall(r'url\("data:image/svg\+xml,([^"]+)"\)', style.decode()))


def test_every_style_has_the_font_of_the_countrys_own_letters() -> None:
    for bundle in (BUNDLES.styles, BUNDLES.plain):
        style = bundle.content.decode()
        assert style.startswith(languages.OWN.token)
        rules = re.findall(r'@font-face { font-family: "([^"]*)"; src: url\("([^"]*)"\)', style)
        assert [family for family, _ in rules] == [languages.OWN.fonts[0]] * 3 + [
            "Names of languages"
        ]
        assert all((ASSETS / "css" / path).is_file() for _, path in rules)


def test_the_style_of_pages_with_figures_holds_every_icon_as_it_lies_there() -> None:
    held = {unquote(text) for text in pictures_in(BUNDLES.styles.content)}
    files = [path for path in ASSETS.glob("icons/*.svg") if path.name != "flows.svg"]
    assert len(files) > 30
    for path in files:
        assert " ".join(path.read_text(encoding="utf-8").split()).replace('"', "'") in held
    assert b"../icons/" not in BUNDLES.styles.content.replace(b"../icons/flows.svg", b"")
    # The policy of plain forms allows no picture that is written into a style sheet.
    assert not pictures_in(BUNDLES.plain.content)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(application(tmp_path_factory.mktemp("store")))


def holds(bundle: Bundle, path: Path) -> bool:
    text = without_comments(path.read_bytes())
    return (with_icons(text, ASSETS) if bundle is BUNDLES.styles else text) in bundle.content


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ASSETS)))
def test_every_file_is_in_one_bundle_of_pages_with_figures(path: Path) -> None:
    of_figures = [bundle for bundle in BUNDLES.all if bundle is not BUNDLES.plain]
    alone = (ASSETS / THEME, ASSETS / PASSKEYS)  # in the head of pages, and of plain forms
    wanted = 0 if path in alone else 1
    assert sum(holds(bundle, path) for bundle in of_figures) == wanted


def test_scripts_of_a_folder_are_in_the_bundle_of_the_folder() -> None:
    assert BUNDLES.maps.content == (MAP / "atlas_map.min.js").read_bytes()
    assert holds(BUNDLES.styles, MAP / "atlas_map.css")
    assert holds(BUNDLES.pictures, ASSETS / "js" / "picture" / "paper.js")
    assert holds(BUNDLES.plain, ASSETS / "css" / "access.css")
    assert not holds(BUNDLES.plain, ASSETS / "css" / "cards.css")


def test_what_others_made_comes_along_whole() -> None:
    style = (ASSETS / "vendor" / "bootstrap-atlas.css").read_bytes()
    script = (ASSETS / "vendor" / "regenerator.min.js").read_bytes()
    assert style in BUNDLES.styles.content
    assert BUNDLES.scripts.content.startswith(script)
    assert b"(MIT)" in script


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(ASSETS)))
def test_only_comments_are_left_out(path: Path) -> None:
    """What goes is whole lines, and none of them stands in a text that a script writes."""
    whole = path.read_text(encoding="utf-8")
    kept = without_comments(whole.encode()).decode()
    at = 0
    for line in kept.splitlines(keepends=True):
        at = whole.index(line, at) + len(line)
    for comment in re.finditer(r"^[ \t]*/\*", whole, re.MULTILINE):
        assert whole[: comment.start()].count("`") % 2 == 0


def test_a_bundle_comes_compressed_and_is_kept_for_a_year_by_what_it_holds(
    client: FlaskClient,
) -> None:
    for bundle in BUNDLES.all:
        answer = client.get(bundle.address, headers=ACCEPTED)
        assert answer.status_code == 200
        assert answer.mimetype == bundle.mimetype
        assert brotli.decompress(answer.data) == bundle.content
        assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("accepted", ["br", "identity"])
def test_who_has_it_is_not_sent_it_again(client: FlaskClient, accepted: str) -> None:
    coding = {"Accept-Encoding": accepted}
    first = client.get(BUNDLES.styles.address, headers=coding)
    known = {"If-None-Match": first.headers["ETag"], **coding}
    again = client.get(BUNDLES.styles.address, headers=known)
    assert (again.status_code, again.data) == (304, b"")


def test_where_people_sign_in_bundles_are_kept_too(tmp_path: Path) -> None:
    client = signed_application(tmp_path).client("nobody")
    for bundle in BUNDLES.all:
        answer = client.get(bundle.address)
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_its_address_changes_with_what_it_holds(tmp_path: Path) -> None:
    for path in ("js/picture", "vendor"):
        (tmp_path / path).mkdir(parents=True)
    copytree(ASSETS / "icons", tmp_path / "icons")
    copytree(ASSETS / "css", tmp_path / "css")
    (tmp_path / "vendor" / "regenerator.min.js").write_text("/*! theirs */\n")
    before = read_bundles(tmp_path)
    assert b"theirs" in before.scripts.content
    (tmp_path / "js" / "one.js").write_text("/* Ours. */\nlet one = 1;\n")
    after = read_bundles(tmp_path)
    assert before.scripts.address != after.scripts.address
    assert before.styles.address == after.styles.address
    assert b"Ours" not in after.scripts.content


def test_no_file_lies_where_a_bundle_is_asked_for() -> None:
    for bundle in BUNDLES.all:
        assert not (ASSETS / bundle.path.removeprefix("/assets/")).exists()


def test_what_a_style_sheet_names_is_there(client: FlaskClient) -> None:
    for bundle in (BUNDLES.styles, BUNDLES.plain):
        named = set(re.findall(rb'url\("(?!data:)([^")]+)"\)', bundle.content))
        assert named
        for name in named:
            assert (ASSETS / "css" / name.decode()).resolve().is_file(), name
    assert client.get("/assets/fonts/NotoSans-Regular.woff2").status_code == 200


def test_a_page_asks_for_its_bundles_and_for_no_other_file_of_ours(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    ours = re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:js|css)[^"]*)"', page)
    alone = [address for name in (THEME, CONTROLS) for address in ours if f"/{name}?" in address]
    assert len(alone) == 2
    assert sorted({*ours} - {*alone}) == [BUNDLES.styles.address, BUNDLES.scripts.address]
    frame = json.loads(client.get("/_dash-layout").text)["props"]["children"]
    (known,) = (part["props"]["data"] for part in frame if part["props"].get("id") == "settings")
    assert known["maps"] == [BUNDLES.maps.address]
    assert known["pictures"] == [BUNDLES.pictures.address]
