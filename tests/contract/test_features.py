"""OGC API - Features: what the standard wants of its documents, and GDAL as a reader."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pyogrio
import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from waitress.server import create_server

from dashboard.exports.features import maps, page_of
from tests.support.application import RELEASE, application, client_of
from tests.support.releases import build_release, point_to
from tests.support.served import ran
from tests.support.sources import AS_MAP

COLLECTIONS = [entry.id for entry in maps()]
AREAS = "/ogc/collections/hotspots.map/items"
#: Those whose level may be chosen.
LEVELLED = ("hotspots.map", "routes.map")
NEWER = "2026-10-20261116t094000-1a2b3c4d"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return application(tmp_path_factory.mktemp("features"))


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    return client_of(app)


def read(client: FlaskClient, address: str) -> dict[str, Any]:
    """A document of JSON, by its path or by the whole address of a link."""
    answer = client.get(address.removeprefix("http://localhost"))
    assert answer.status_code == 200, (address, answer.text[:300])
    assert isinstance(answer.json, dict)
    return answer.json


def linked(document: dict[str, Any]) -> dict[str, str]:
    """Addresses of its links by relation."""
    found = {link["rel"]: link["href"] for link in document["links"]}
    assert len(found) == len(document["links"])
    return found


def pages(client: FlaskClient, address: str) -> Iterator[dict[str, Any]]:
    """A collection from page to page, as its links lead."""
    following: str | None = address
    while following:
        page = read(client, following)
        yield page
        following = linked(page).get("next")


def test_from_the_landing_page_every_link_leads_on(client: FlaskClient) -> None:
    landing = linked(read(client, "/ogc?level=district&sex=female"))
    assert set(landing) == {"self", "service-desc", "conformance", "data"}
    described = client.get(landing["service-desc"].removeprefix("http://localhost"))
    assert described.content_type == "application/vnd.oai.openapi+json;version=3.0"
    classes = read(client, landing["conformance"])["conformsTo"]
    assert {name.rpartition("/")[2] for name in classes} == {"core", "oas30", "geojson"}
    listed = read(client, landing["data"])
    assert [each["id"] for each in listed["collections"]] == COLLECTIONS
    for each in listed["collections"]:
        links = linked(each)
        assert read(client, links["self"]) == each
        asked = "level=district&sex=female" if each["id"] in LEVELLED else "sex=female"
        assert links["items"].endswith(f"/{each['id']}/items?{asked}")
        assert each["title"] and "INVENTED DATA" in each["description"]
    areas = linked(listed["collections"][COLLECTIONS.index("hotspots.map")])["items"]
    assert read(client, areas)["numberMatched"] == 64


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_a_collection_holds_the_features_of_the_file_in_its_box_and_months(
    client: FlaskClient, collection: str
) -> None:
    query = AS_MAP.get(collection, "")
    file = read(client, f"/exhibit/{collection}.geojson?{query}")
    held = read(client, f"/ogc/collections/{collection}/items?{query}")
    assert held["features"] == file["features"] != []
    alone = read(client, f"/ogc/collections/{collection}/items/{held['features'][0]['id']}?{query}")
    assert held["about"] == alone["about"] == file["about"]
    assert held["numberReturned"] == held["numberMatched"] == len(file["features"])
    described = read(client, f"/ogc/collections/{collection}")["extent"]
    (box,), (months,) = described["spatial"]["bbox"], described["temporal"]["interval"]
    boxed = f"/ogc/collections/{collection}/items?bbox={','.join(map(str, box))}&{query}"
    assert read(client, boxed)["numberMatched"] == held["numberMatched"]
    ends = "{}/{}".format(*months)
    within = read(client, f"/ogc/collections/{collection}/items?datetime={ends}&{query}")
    assert within["numberMatched"] == held["numberMatched"]


def test_pages_are_the_whole_and_stay_with_the_release_of_the_first(tmp_path: Path) -> None:
    client = client_of(application(tmp_path))
    query = "level=district&limit=30&period=2026-01..2026-06"
    whole = read(client, f"{AREAS}?level=district&period=2026-01..2026-06")
    first, *rest = pages(client, f"{AREAS}?{query}")
    assert [p["numberReturned"] for p in (first, *rest)] == [30, 30, 4]
    assert [f for p in (first, *rest) for f in p["features"]] == whole["features"]
    # QGIS adds the parameters of its connection unless the link has them as they were written.
    assert f"?{query}&edition={RELEASE}&offset=30" in linked(first)["next"]
    written_otherwise = read(client, f"{AREAS}?level=district&limit=30&%6Fffset=0")
    assert read(client, linked(written_otherwise)["next"])["numberReturned"] == 30
    releases = tmp_path / "releases"
    build_release(releases / f"{NEWER}.duckdb", seed=12, months=31, per_month=60)
    point_to(releases, NEWER)
    onward = read(client, linked(first)["next"])
    assert {f["properties"]["release_id"] for f in onward["features"]} == {RELEASE}
    newest = read(client, f"{AREAS}?{query}")
    assert {f["properties"]["release_id"] for f in newest["features"]} == {NEWER}


def test_a_box_holds_what_meets_it_also_over_the_antimeridian(client: FlaskClient) -> None:
    def met(box: str) -> set[str]:
        return {f["id"] for f in read(client, f"{AREAS}?level=division&bbox={box}")["features"]}

    assert len(met("87,20,93,27")) == len(met("87,20,-1,93,27,9000")) == 8
    assert met("90.40,23.70,90.41,23.71") == {"BD30"}  # in Dhaka, nowhere near its border
    assert met("170,20,92,27") == met("-180,20,92,27")
    assert met("170,20,-170,27") == met("0,0,1,1") == set()


def test_days_choose_by_the_months_of_a_feature_and_change_no_number(client: FlaskClient) -> None:
    asked = f"{AREAS}?level=division&period=2026-01..2026-03"
    whole = read(client, asked)["features"]
    for met in ("2026-03-31", "2026-03-31T23:00:00Z/..", "/2026-01-01", "2025-01-01/2027-01-01",
                "2020-01-01T/..", "0000-01-01T00:00:00Z/9999-12-31T00:00:00Z"):  # fmt: skip
        assert read(client, f"{asked}&datetime={met}")["features"] == whole, met
    for missed in ("2026-04-01", "2026-04-01/..", "../2025-12-31"):
        assert read(client, f"{asked}&datetime={missed}")["numberMatched"] == 0, missed


def test_one_feature_has_an_address_of_its_own(client: FlaskClient) -> None:
    whole = read(client, f"{AREAS}?level=district&limit=1")["features"][0]
    one = read(client, f"{AREAS}/{whole['id']}?level=district")
    assert linked(one)["self"].endswith(f"/{whole['id']}?level=district")
    assert {name: one[name] for name in whole} == whole
    assert client.get(f"{AREAS}/BD99?level=district").status_code == 404
    assert client.get("/ogc/collections/overview.trend/items").status_code == 404


DOCUMENTS = (
    *("", "/conformance", "/collections", "/collections/routes.map"),
    *("/collections/routes.map/items", "/collections/routes.map/items/BD2022-MY"),
)
#: Of a filter, of an option, of neither, and the same twice.
UNKNOWN = ("token=x", "f=json", "sex=robot", "edition=none", "lang=en&lang=en", "level=camp")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_no_document_knows_is_refused_and_never_left_out(
    client: FlaskClient, document: str
) -> None:
    for query in UNKNOWN:
        answer = client.get(f"/ogc{document}?{query}")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json"), query
    paged = client.get(f"/ogc{document}?limit=1").status_code
    assert paged == (200 if document.endswith("/items") else 400)


@pytest.mark.parametrize("wrong", [
    "limit=0", "limit=-1", "limit=", "offset=x", "bbox=1,2,3", "bbox=1,9,3,2", "bbox=a,b,c,d",
    "bbox=1,2,3,4,5", "datetime=2026", "datetime=2026-13-01", "datetime=2026-02-01/2026-01-01",
    "datetime=2026-01-01/2026-02-01/2026-03-01", "crs=x", "level=camp", "limit=1&limit=2",
])  # fmt: skip
def test_a_page_that_cannot_be_is_refused_with_what_can(client: FlaskClient, wrong: str) -> None:
    answer = client.get(f"{AREAS}?{wrong}")
    assert answer.status_code == 400
    assert answer.get_json()["errors"][0]["allowed"]
    too_many = read(client, f"{AREAS}?limit=99999999999999999999&level=division")
    assert too_many["numberReturned"] == 8


_LETTERS = st.text("0123456789.,-/TZe:", max_size=24)


@given(name=st.sampled_from(["limit", "offset", "bbox", "datetime"]), value=_LETTERS)
def test_whatever_is_asked_of_a_page_is_answered_or_refused(
    client: FlaskClient, name: str, value: str
) -> None:
    answer = client.get(AREAS, query_string={name: value, "level": "division"})
    assert answer.status_code in (200, 400), (name, value)
    if answer.status_code == 200 and name != "bbox":
        page, refused = page_of(f"{name}={value}")
        assert not refused
        assert answer.get_json()["numberReturned"] <= page.limit


@dataclass(frozen=True)
class Reader:
    """GDAL in a process of its own: it holds back all other threads of one that it reads in."""

    base: str

    def run(self, script: str) -> Any:
        code = f"import json, pyogrio\nroot = 'OAPIF:{self.base}/ogc'\n{script}"
        done = ran(sys.executable, "-c", code)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def gdal(app: Dash) -> Iterator[Reader]:
    if "r" not in pyogrio.list_drivers().get("OAPIF", ""):
        pytest.skip("they need GDAL's driver of OGC API - Features")
    server = create_server(app.server, host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield Reader(f"http://127.0.0.1:{server.effective_port}")
    server.close()


@pytest.mark.parametrize(("collection", "drawn"), [
    ("hotspots.map", "MultiPolygon"), ("hotspots.camps", "Point"), ("routes.map", "LineString"),
    ("overview.map", "MultiPolygon"), ("explore.answer", "MultiPolygon"),
])  # fmt: skip
def test_gdal_reads_a_collection_whole(
    gdal: Reader, client: FlaskClient, collection: str, drawn: str
) -> None:
    script = f"""
frame = pyogrio.read_dataframe(root, layer="{collection}")
drawn = pyogrio.read_info(root, layer="{collection}")["geometry_type"]
print(json.dumps([len(frame), frame.crs.to_epsg(), drawn, str(frame["period_start"].dtype)]))
"""
    held, crs, of, starts = gdal.run(script)
    assert held == read(client, f"/ogc/collections/{collection}/items")["numberMatched"] > 7
    assert (crs, of) == (4326, drawn)
    assert starts.startswith("datetime64")


def test_gdal_keeps_filters_on_all_pages_and_tells_what_was_refused(
    gdal: Reader, client: FlaskClient
) -> None:
    query = "level=district&period=2026-01..2026-03&sex=female&measure=people"
    script = f"""
frame = pyogrio.read_dataframe(root + "?{query}", layer="hotspots.map", PAGE_SIZE="9")
near = pyogrio.read_dataframe(root + "?{query}", layer="hotspots.map", bbox=(91.9, 21, 92.1, 21.5))
late = pyogrio.read_dataframe(root + "?{query}", layer="hotspots.map",
                              where="period_start >= '2026-04-01'")
try:
    pyogrio.read_dataframe(root + "?sex=robot", layer="hotspots.map")
except Exception as error:
    told = str(error)
print(json.dumps([dict(zip(frame["code"], frame["people"].astype(float).tolist())),
                  near["code"].tolist(), len(late), told]))
"""
    sizes, near, late, told = gdal.run(script)
    features = read(client, f"/exhibit/hotspots.map.geojson?{query}")["features"]
    held = {f["id"]: f["properties"]["people"] for f in features}
    assert {code: n for code, n in sizes.items() if n == n} == {
        code: n for code, n in held.items() if n is not None
    }
    assert set(sizes) == set(held)
    assert len(sizes) == 64
    assert near == ["BD2022"]
    assert late == 0
    assert "cannot be asked sex=robot" in told


def test_each_collection_and_document_is_described(client: FlaskClient) -> None:
    described = read(client, "/openapi.json")
    limit = described["components"]["parameters"]["limit"]["schema"]  # where QGIS looks for it
    assert (limit["default"], limit["maximum"]) == (1_000, 10_000)
    box = described["components"]["parameters"]["bbox"]["schema"]["oneOf"]
    assert [(one["minItems"], one["maxItems"]) for one in box] == [(4, 4), (6, 6)]
    ends = ("", "/items", "/items/{featureId}")
    paths = {f"/ogc/collections/{name}{end}" for name, end in product(COLLECTIONS, ends)}
    assert paths < set(described["paths"])
