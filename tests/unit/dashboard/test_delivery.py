"""Files come well compressed and whole, and may be kept where their address says so."""

from __future__ import annotations

import json
import re

import brotli
import pytest
from flask.testing import FlaskClient

from dashboard import delivery
from dashboard.bundles import read_bundles
from dashboard.model.shipped import ASSETS
from tests.support.application import application, client_of

ACCEPTED = {"Accept-Encoding": "br, gzip"}
BUNDLES = read_bundles(ASSETS)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(application(tmp_path_factory.mktemp("store")))


@pytest.mark.parametrize(
    "path", ["/assets/vendor/plotly-atlas.min.js", "/geography/adm3.arcs.json"]
)
def test_large_files_come_as_they_lie_compressed(client: FlaskClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    small = client.get(path, headers=ACCEPTED)
    assert small.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert brotli.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 3


@pytest.mark.parametrize("path", ["/assets/vendor/plotly-atlas.min.js", "/assets/js/page.js"])
@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "identity"])
def test_who_has_a_file_is_not_sent_it_again(client: FlaskClient, path: str, accepted: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": accepted})
    assert first.status_code == 200
    known = {"Accept-Encoding": accepted, "If-None-Match": first.headers["ETag"]}
    again = client.get(path, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    changed = {**known, "If-None-Match": '"another"'}
    assert client.get(path, headers=changed).data == first.data


def test_a_browser_without_brotli_gets_gzip(client: FlaskClient) -> None:
    answer = client.get("/geography/adm2.geojson", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_file_with_its_fingerprint_may_be_kept_for_a_year(client: FlaskClient) -> None:
    address = delivery.address_of(ASSETS, delivery.LISTS)
    assert "max-age=31536000" in client.get(address).headers["Cache-Control"]
    bare = client.get(address.partition("?")[0]).headers["Cache-Control"]
    assert "max-age=86400" in bare


def test_pages_ask_for_no_script_that_they_do_not_use(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    scripts = re.findall(r'<script src="([^"]+)"', page)
    unused = "polyfill|dash_table|atlas_map|plotly|-maps|-pictures"
    assert not [script for script in scripts if re.search(unused, script)]
    assert any("dash_renderer" in script for script in scripts)


def test_a_page_learns_where_the_script_of_charts_is(client: FlaskClient) -> None:
    frame = json.loads(client.get("/_dash-layout").text)["props"]["children"]
    (known,) = (part["props"]["data"] for part in frame if part["props"].get("id") == "settings")
    (address,) = known["charts"]
    assert address == delivery.address_of(ASSETS, delivery.CHARTS)
    assert "max-age=31536000" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("query", ["?m=", "?m=1.5", "?m=of-another-version&x=1"])
@pytest.mark.parametrize("path", [f"/assets/{delivery.CHARTS}", BUNDLES.scripts.path])
def test_under_another_mark_a_file_is_answered_and_not_kept(
    client: FlaskClient, path: str, query: str
) -> None:
    answer = client.get(path + query)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_what_is_kept_compressed_has_an_end() -> None:
    cache = delivery._Bounded(10)
    cache.set("a", b"123456")
    cache.set("b", b"12345")
    assert (cache.get("a"), cache.get("b")) == (b"123456", None)
    cache.set("a", b"1234567")  # in place of what is there
    cache.set("b", b"123")
    assert (cache.get("a"), cache.get("b")) == (b"1234567", b"123")


@pytest.mark.parametrize(
    "path",
    [
        "dash/dcc/nothing.js",
        "dash/dcc/dash_core_components.js",  # without its fingerprint
        "dash/dcc/dash_core_components.v0_0_0m1.js",
        "dash/dcc/async-dropdown.js",
        "dash_bootstrap_components/_components/dash_bootstrap_components.min.js",
        "dash/dcc/async-graph.js",
        "dash/dash_table/bundle.js",
        "dash/dcc/../dash.py",
        "plotly/package_data/plotly.min.js",
        "os/path.py",
        "%00/%FF",
    ],
)
def test_files_of_packages_that_no_page_lists_are_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(f"/_dash-component-suites/{path}").status_code == 404


def test_every_file_of_a_package_that_a_page_lists_is_there(client: FlaskClient) -> None:
    listed = delivery.suites(client.get("/").get_data(as_text=True))
    assert {path.split("/")[3] for path in listed} == {"deps", "dash-renderer", "html"}
    assert not [path for path in listed if "dcc" in path or "bootstrap" in path]
    assert {client.get(path).status_code for path in listed} == {200}


def test_a_file_has_one_path_and_is_kept_compressed_once(client: FlaskClient) -> None:
    assert client.get("/assets/js/page.js", headers=ACCEPTED).status_code == 200
    for way in ("js/../js/page.js", "./js/page.js", "js/x/../page.js", "js//page.js"):
        assert client.get(f"/assets/{way}", headers=ACCEPTED).status_code in (308, 404)
