"""Files of exhibits: every kind of every exhibit, every link to one, and what describes them."""

from __future__ import annotations

import io
import json
import re
import sys
import threading
import zipfile
from itertools import product
from pathlib import Path
from typing import Any

import frictionless
import pytest
from dash import Dash
from flask.testing import FlaskClient
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import validate
from waitress.server import create_server

from dashboard import exhibits
from dashboard.components.downloads import FILES
from dashboard.door import GEOGRAPHY
from dashboard.exhibits.registry import definitions
from dashboard.exports.files import KINDS
from tests.support.application import RELEASE, application, card_of, client_of
from tests.support.fragments import parsed, values
from tests.support.pages import PAGES
from tests.support.served import ROOT, ran
from tests.support.sources import AS_MAP

exhibits.load()
DOCUMENTATION = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
ENTRIES = {entry.id: entry for entry in definitions()}
#: Addresses of pages as readers and other pages make them, wrong ones among them.
SEARCHES = (
    "",
    "?period=2026-01..2026-09&sex=female&level=division&top=all&by=stage&sort=view",
    "?lang=bn-beng&area=BD20&measure=people&level=upazila&compare=last-year",
    "?level=camp&top=9&measure=robots&by=x&sort=y&period=junk&sex=female,robot&area=XX&edition=z",
    "?form=hxl&sex=&sex=male&utm_source=mail&audience=public&lang=fr",
    "?period=2031-01&class=trafficking,smuggling",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    return application(tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def client(app: Dash) -> FlaskClient:
    return client_of(app)


def links_in(card: dict[str, Any]) -> list[str]:
    """Addresses of all links of a card."""
    return [link for part in card["parts"].values() for link in values(parsed(part), "href")]


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_link_to_a_file_on_any_page_is_ever_refused(
    app: Dash, client: FlaskClient, page: Any, search: str
) -> None:
    for slot in page.slots:
        card = card_of(app, slot.exhibit, search)
        files = [link for link in links_in(card) if link.startswith("/exhibit/")]
        assert len(files) >= len(FILES["table"]) + len(FILES["analysis"])
        for link in files:
            file = client.get(link)
            assert file.status_code == 200, (link, file.text[:300])


@pytest.mark.parametrize("search", SEARCHES[:3])
@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_the_address_in_a_file_leads_to_a_page_that_ignores_nothing(
    app: Dash, exhibit_id: str, search: str
) -> None:
    links = links_in(card_of(app, exhibit_id, search))
    (link,) = (x for x in links if x.startswith(f"/exhibit/{exhibit_id}.xlsx"))
    query = link.partition("?")[2]
    text = client_of(app).get(f"/exhibit/{exhibit_id}.csv?{query}").text
    about = [line for line in text.splitlines() if line.startswith(("# View", "# দৃশ্য"))]
    assert len(about) == 1
    assert f"?{query}#{exhibit_id}" in about[0].replace('"', "")


def test_the_menu_offers_every_kind_and_form_that_is_for_people() -> None:
    offered = {(file.ending, file.form) for files in FILES.values() for file in files}
    saved = {kind.ending: [*kind.forms][1:] if kind.saved else [] for kind in KINDS}
    forms = {(ending, form) for ending, more in saved.items() for form in ("", *more)}
    assert offered == forms
    assert {file.ending for file in FILES["map"]} == {k.ending for k in KINDS if k.of_maps}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.ending)
@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_every_exhibit_comes_as_every_kind_that_it_has(
    client: FlaskClient, exhibit_id: str, kind: Any
) -> None:
    query = AS_MAP.get(exhibit_id, "") if kind.of_maps else ""
    answer = client.get(f"/exhibit/{exhibit_id}.{kind.ending}?{query}")
    if not kind.serves(ENTRIES[exhibit_id]):
        assert answer.status_code == 404
        return
    assert answer.status_code == 200
    assert answer.content_type == kind.content_type
    saved = answer.headers.get("Content-Disposition", "")
    assert saved.endswith(f'{RELEASE}.{kind.ending}"') == kind.saved


@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_frictionless_finds_each_package_valid(
    client: FlaskClient, tmp_path: Path, exhibit_id: str
) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(client.get(f"/exhibit/{exhibit_id}.zip?lang=bn-beng&period=2026-08").data)
    report = frictionless.validate(str(path), type="package")
    assert (report.valid, report.warnings) == (True, []), report.flatten(["type", "message"])
    assert report.stats["tasks"] == 1


def test_frictionless_finds_what_is_wrong_with_a_package(
    client: FlaskClient, tmp_path: Path
) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(io.BytesIO(client.get("/exhibit/overview.trend.zip").data)) as whole:
        held = {name: whole.read(name) for name in whole.namelist()}
    held["overview.trend.csv"] = held["overview.trend.csv"].replace(b"2026-01", b"2026-13")
    with zipfile.ZipFile(path, "w") as broken:
        for name, content in held.items():
            broken.writestr(name, content)
    found = frictionless.validate(str(path), type="package").flatten(["type"])
    assert {"type-error", "hash-count"} <= {kind for (kind,) in found}


def test_a_form_is_named_in_the_file_and_in_its_tag(client: FlaskClient) -> None:
    answers = {
        form: client.get(f"/exhibit/sheet.people.csv?form={form}") for form in ("tidy", "hxl")
    }
    for form, answer in answers.items():
        assert answer.headers["Content-Disposition"].endswith(f'_{form}.csv"')
    usual = client.get("/exhibit/sheet.people.csv")
    named = client.get("/exhibit/sheet.people.csv?form=notes")
    assert (named.data, named.headers["ETag"]) == (usual.data, usual.headers["ETag"])
    tags = {usual.headers["ETag"], *(answer.headers["ETag"] for answer in answers.values())}
    assert len(tags) == 3
    again = client.get(
        "/exhibit/sheet.people.csv?form=tidy",
        headers={"If-None-Match": answers["tidy"].headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["hotspots.map.geojson", "hotspots.ranking.csv?form=tidy"])
def test_a_file_of_text_is_small_on_its_way_and_asked_again(client: FlaskClient, path: str) -> None:
    plain = client.get(f"/exhibit/{path}")
    small = client.get(f"/exhibit/{path}", headers={"Accept-Encoding": "br"})
    assert small.headers["Content-Encoding"] == "br"
    assert len(small.data) < len(plain.data) / 3
    kept = {"Accept-Encoding": "br", "If-None-Match": small.headers["ETag"]}
    assert client.get(f"/exhibit/{path}", headers=kept).status_code == 304


@pytest.mark.parametrize(("path", "parameter", "allowed"), [
    ("hotspots.map.geojson?level=camp", "level", ["auto", "division", "district", "upazila"]),
    ("sheet.people.csv?form=junk", "form", ["notes", "tidy", "hxl"]),
    ("sheet.people.csv?edition=junk", "edition", [RELEASE]),
    ("sheet.people.xlsx?lang=fr", "lang", ["en", "bn", "bn-beng"]),
])  # fmt: skip
def test_a_file_that_cannot_be_made_as_asked_is_refused_with_what_is_allowed(
    client: FlaskClient, path: str, parameter: str, allowed: list[str]
) -> None:
    answer = client.get(f"/exhibit/{path}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    (error,) = answer.json["errors"]  # pyright: ignore[reportOptionalSubscript]
    assert (error["parameter"], error["allowed"]) == (parameter, allowed)
    assert "ETag" not in answer.headers
    assert "Content-Disposition" not in answer.headers


def test_a_form_of_one_kind_is_no_parameter_of_another(client: FlaskClient) -> None:
    answer = client.get("/exhibit/sheet.people.json?form=tidy")
    assert answer.status_code == 400
    assert "form" not in answer.json["errors"][0]["allowed"]  # pyright: ignore


def test_what_cannot_be_found_is_not_called_a_wrong_question(client: FlaskClient) -> None:
    assert client.get("/exhibit/none.csv?level=camp").status_code == 404
    assert client.get("/exhibit/sheet.people.gpkg?level=camp").status_code == 404


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def test_the_description_follows_openapi(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.0")
    validate(described)


#: Routes that serve pages and their parts, not programs.
_OF_PAGES = ("/_", "/assets/", "/<path", "/report/")


def test_the_description_names_every_route_and_no_other(
    app: Dash, described: dict[str, Any]
) -> None:
    rules = {rule.rule for rule in app.server.url_map.iter_rules() if rule.rule != "/"}
    routes = {rule for rule in rules if not rule.startswith(_OF_PAGES)}
    adapter = app.server.url_map.bind("localhost")
    reached = set()
    for path in described["paths"]:
        address = path.format(lang="en", name="adm1", featureId="BD20")
        rule, _ = adapter.match(address, method="GET", return_rule=True)
        reached.add(rule.rule)
    assert reached == routes


def test_the_description_names_every_file_of_every_exhibit(described: dict[str, Any]) -> None:
    files = {path for path in described["paths"] if path.startswith("/exhibit/")}
    assert files == {
        f"/exhibit/{entry.id}.{kind.ending}"
        for entry, kind in product(definitions(), KINDS)
        if kind.serves(entry)
    }


def parameters_of(described: dict[str, Any], path: str) -> dict[str, dict[str, Any]]:
    """Parameters of a path by name, with references followed."""
    held = described["components"]["parameters"]
    entries = described["paths"][path]["get"].get("parameters", ())
    followed = [held[e["$ref"].rpartition("/")[2]] if "$ref" in e else e for e in entries]
    return {entry["name"]: entry for entry in followed}


@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_every_value_that_is_described_is_answered(
    client: FlaskClient, described: dict[str, Any], exhibit_id: str
) -> None:
    """Each option wholly; of a filter, which all exhibits know, every other value in turn."""
    path, turn = f"/exhibit/{exhibit_id}.csv", list(ENTRIES).index(exhibit_id) // 4 % 2
    own = {option.name for option in ENTRIES[exhibit_id].options}
    for name, parameter in parameters_of(described, path).items():
        schema = parameter["schema"]
        values = schema.get("items", schema).get("enum", ())
        values = values if name in own else values[turn::2]
        if name == "audience":
            values = ["member"]  # that of this edition; the other one belongs to another
        for value in values:
            answer = client.get(f"{path}?{name}={value}")
            if answer.status_code == 400:  # this view is answered by another value, which is told
                (refusal,) = answer.get_json()["errors"]
                assert refusal["reason"] == "not in this view"
                (other,) = refusal["allowed"]
                answer = client.get(f"{path}?{name}={other}")
            assert answer.status_code == 200, (name, value)
    refused = client.get(f"{path}?junk=1").json
    assert refused is not None
    assert set(refused["errors"][0]["allowed"]) == set(parameters_of(described, path))


def validator(described: dict[str, Any], name: str) -> Any:
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    return OAS30Validator(schema)


@pytest.mark.parametrize("query", ["", "period=2031-01"])
@pytest.mark.parametrize("exhibit_id", ENTRIES)
def test_answers_have_the_shape_that_is_described(
    client: FlaskClient, described: dict[str, Any], exhibit_id: str, query: str
) -> None:
    of = {"": "Exhibit", "form=typed": "Typed", "form=plotly": "Plotly"}
    for form, name in of.items():
        asked = "&".join(filter(None, (query, form)))
        validator(described, name).validate(client.get(f"/exhibit/{exhibit_id}.json?{asked}").json)


def test_lists_and_refusals_have_the_shape_that_is_described(
    client: FlaskClient, described: dict[str, Any]
) -> None:
    validator(described, "Exhibits").validate(client.get("/exhibits").json)
    validator(described, "Contents").validate(client.get("/release.json").json)
    validator(described, "Table").validate(client.get("/count.json?of=people&by=sex").json)
    validator(described, "Problem").validate(client.get("/count.json").json)
    refused = client.get("/exhibit/hotspots.map.gpkg?level=camp&x=1&sex=&sex=&area=,")
    validator(described, "Problem").validate(refused.json)
    names = parameters_of(described, "/geography/{name}.geojson")["name"]["schema"]["enum"]
    assert names == list(GEOGRAPHY)


_PAGES_ONLY = """
import json, sys, tempfile
from pathlib import Path
from tests.support.application import answered, application, card_of, client_of
from dashboard.exhibits.registry import definitions
from tests.support.pages import PAGES
app = application(Path(tempfile.mkdtemp()))
client = client_of(app)
heavy = ("dashboard.analyst", "geopandas", "pandas", "pyogrio", "shapely")
def loaded():
    return [name for name in heavy if name in sys.modules]
for page in PAGES:
    assert client.get(page.path).status_code == 200
    assert answered(app, f"{page.path}#want=page")["page"]
for entry in definitions():
    assert card_of(app, entry.id)["tabled"]
    for kind in ("json", "csv", "xlsx", "zip"):
        assert client.get(f"/exhibit/{entry.id}.{kind}").status_code == 200
for path in ("/exhibit/hotspots.map.geojson", "/openapi.json", "/exhibits", "/_dash-layout"):
    assert client.get(path).status_code == 200
before = loaded()
assert client.get("/exhibit/hotspots.map.gpkg").status_code == 200
print(json.dumps([before, loaded()]))
"""


def test_pages_and_all_other_files_load_nothing_that_only_a_geopackage_needs() -> None:
    answer = ran(sys.executable, "-W", "error", "-c", _PAGES_ONLY)
    assert answer.returncode == 0, answer.stderr
    before, after = json.loads(answer.stdout)
    assert before == []
    assert after == ["geopandas", "pandas", "pyogrio", "shapely"]


def test_programs_read_the_files_as_the_documentation_says(tmp_path: Path) -> None:
    """Its own lines are run, with the address of a server that is there."""
    pandas_block, gis_block = re.findall(r"```python\n(.*?)```", DOCUMENTATION, re.DOTALL)
    by_address = "".join(line for line in gis_block.splitlines(True) if "gpkg" not in line)
    server = create_server(application(tmp_path).server, host="127.0.0.1", port=0)
    host = f"http://127.0.0.1:{server.effective_port}"
    threading.Thread(target=server.run, daemon=True).start()
    names: dict[str, Any] = {}
    try:
        exec((pandas_block + by_address).replace("http://127.0.0.1:8050", host), names)  # noqa: S102 -- our own
    finally:
        server.close()
    tidy, table, areas = names["tidy"], names["table"], names["areas"]
    assert str(tidy["period_start"].dtype).startswith("datetime64")
    counted = tidy[tidy["measure"] == "incidents"]
    assert counted["value"].tolist() == table["Incidents"].tolist()
    assert (len(areas), areas.crs) == (507, "EPSG:4326")
    assert set(areas["people"].map(type)) <= {int}


def test_the_documentation_names_every_kind_form_and_refusal(client: FlaskClient) -> None:
    for kind in KINDS:
        assert f"`{kind.ending}`" in DOCUMENTATION
        for form in [*kind.forms][1:]:
            assert f"`{kind.ending}?form={form}`" in DOCUMENTATION
    (shown,) = re.findall(r"```json\n(.*?)```", DOCUMENTATION, re.DOTALL)
    assert client.get("/exhibit/hotspots.map.csv?level=camp").json == json.loads(shown)
