"""The built application: what it starts with, refuses, and answers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import answers
from dashboard.application import create_app
from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.release.description import DamagedRelease
from dashboard.release.open_release import Release
from dashboard.settings import SettingsError
from dashboard.words.catalogue import translate
from tests.support import application as support
from tests.support.application import RELEASE, answered, application, client_of, exhibit_body, post
from tests.support.pages import PAGES
from tests.support.releases import build_release, point_to

OLDER = "2026-08-20260916t094000-0a1b2c3d"
NEWER = "2026-10-20261116t094000-0a1b2c3d"


def test_without_settings_it_is_built_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ATLAS_RELEASES", str(tmp_path))
    client = client_of(create_app())
    assert client.get("/readyz").status_code == 503
    assert str(tmp_path) in json.dumps(client.get("/_dash-layout").json)
    assert f"No release has been published yet in {tmp_path}" in caplog.text
    monkeypatch.setenv("ATLAS_HOST", "example.org")
    with pytest.raises(SettingsError, match="ATLAS_HOST"):
        create_app()


def test_the_first_answer_makes_no_page_that_was_not_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client, made = client_of(application(tmp_path)), list[object]()
    whole = answers.answer
    monkeypatch.setattr(answers, "answer", lambda *given: made.append(given) or whole(*given))
    assert client.get("/exhibits").status_code == 200
    assert made == []
    assert "card" in client.get("/_dash-layout").text
    assert len(made) == 1


def test_no_route_for_agents_exists(client: FlaskClient) -> None:
    assert client.get("/_mcp").status_code == 404
    assert client.post("/_mcp", json={}).status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_answers_with_the_shell(client: FlaskClient, page: object) -> None:
    answer = client.get(page.path)  # pyright: ignore[reportAttributeAccessIssue]
    assert answer.status_code == 200
    assert '<html lang="en" dir="ltr" ' in answer.text


def test_the_head_of_a_page_describes_it_and_no_callback_of_dash_brings_one(
    client: FlaskClient,
) -> None:
    head = client.get("/routes/chains?lang=bn&sex=female").text
    lead = translate("shell.page.routes.lead", "bn")
    assert f'<meta name="description" content="{lead}">' in head
    assert f"<title>{translate('shell.page.routes.name', 'bn')} · " in head
    callbacks = client.get("/_dash-dependencies").json
    assert callbacks
    assert "_pages_" not in json.dumps(callbacks)


@pytest.mark.parametrize("path", ["/nowhere", "/hotspots/x", "/admin", "/exhibit/none"])
def test_an_unknown_page_is_a_404_that_still_shows_the_shell(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "react-entry-point" in answer.text


def test_a_page_is_found_with_a_slash_at_its_end(client: FlaskClient) -> None:
    assert client.get("/hotspots/").status_code == 200


def test_the_layout_names_the_kind_of_data_above_and_below(
    client: FlaskClient, tmp_path: Path
) -> None:
    frame = json.loads(client.get("/_dash-layout").text)["props"]["children"]
    shown = [part for part in frame if part["namespace"] == "dash_html_components"]
    assert json.dumps(shown).count("INVENTED DATA") == 1
    assert "Source: Invented data" in answered(application(tmp_path), "/")["words"]["page-foot"]


def test_without_a_release_the_window_says_what_to_run(tmp_path: Path) -> None:
    client = client_of(application(tmp_path, published=False))
    layout = client.get("/_dash-layout").text
    assert "python -m etl demo" in layout
    assert str(tmp_path / "releases") in str(json.loads(layout))
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get("/exhibit/overview.trend.json").status_code == 503


def test_readiness_names_the_release_it_scanned(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["release"] == RELEASE


def test_a_release_that_was_damaged_while_open_is_not_ready(tmp_path: Path) -> None:
    app = application(tmp_path)
    client = client_of(app)
    path = tmp_path / "releases" / f"{RELEASE}.duckdb"
    path.write_bytes(path.read_bytes()[:4096])
    assert client.get("/readyz").status_code == 503


def test_text_is_compressed_and_fonts_are_not(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "br, gzip"}
    assert client.get("/_dash-layout", headers=headers).headers["Content-Encoding"] == "br"
    font = client.get("/assets/fonts/NotoSans-Regular.woff2", headers=headers)
    assert "Content-Encoding" not in font.headers


def test_lasting_scripts_are_compressed_once_and_stay_themselves(
    app: Dash, client: FlaskClient
) -> None:
    index = client.get("/").text
    path = next(part for part in index.split('"') if "dash_renderer" in part)
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    for _ in range(2):
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("/?sex=female&lang=bn", "/overview?sex=female&lang=bn"),
     ("/?period=2026-08..2026-08&top=%0d%0ax", "/overview?period=2026-08..2026-08&top=%0d%0ax"),
     ("/?lang=bn", None), ("/?month=2026-08&edition=2026-09", None), ("/routes?sex=female", None)],
)  # fmt: skip
def test_a_view_of_the_first_page_leads_to_the_overview(
    client: FlaskClient, asked: str, leads: str | None
) -> None:
    given = client.get(asked)
    assert given.status_code == (302 if leads else 200)
    assert given.location == leads


def banner(app: Dash, loaded: str = RELEASE, path: str = "/") -> str:
    """What stands above every page that was loaded with a release."""
    return answered(app, f"{path}?mode=sea#want=view", loaded)["words"]["banner"]


def test_a_whole_newest_release_needs_no_banner(app: Dash) -> None:
    assert banner(app) == ""


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_damaged_newest_release_is_told_on_every_page_and_is_not_ready(
    tmp_path: Path, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = application(tmp_path)
    client = client_of(app)
    assert client.get("/readyz").status_code == 200
    (tmp_path / "releases" / f"{NEWER}.duckdb").write_bytes(b"half of a file")
    point_to(tmp_path / "releases", NEWER)
    said = banner(app, path=path)
    assert "its file is damaged" in said
    assert "with data to Sep 2026" in said
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json is not None
    assert ready.json["release"] == RELEASE
    assert NEWER in ready.json["problem"]
    (logged,) = {record.message for record in caplog.records if "reference" in record.message}
    assert logged.split("reference ")[1].rstrip(")") in said
    assert client.get("/exhibit/overview.trend.json").json["release"]["release_id"] == RELEASE


def test_one_page_shows_one_release_and_says_when_another_is_there(tmp_path: Path) -> None:
    app = application(tmp_path)
    releases = tmp_path / "releases"
    for release_id in (OLDER, NEWER):
        build_release(releases / f"{release_id}.duckdb", months=24, per_month=120)
    for pointed, said in ((NEWER, "A newer edition was published"), (OLDER, "was taken back")):
        point_to(releases, pointed)
        for exhibit_id in ("overview.trend", "sheet.people"):
            answer = post(app, exhibit_body(app, exhibit_id)).text
            assert RELEASE in answer
            assert pointed not in answer
        assert said in banner(app)
        assert "/?mode=sea" in banner(app)
        fresh = post(app, exhibit_body(app, "overview.trend", loaded=pointed)).text
        assert pointed in fresh
    assert banner(app, loaded=OLDER) == ""
    # taken back, and another one published since: what is asked for now comes from that one
    (releases / f"{RELEASE}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    point_to(releases, NEWER)
    assert NEWER in post(app, exhibit_body(app, "overview.trend")).text
    assert "was taken back" in banner(app)


def test_an_edition_that_cannot_be_opened_after_all_gives_way_to_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = application(tmp_path)
    build_release(tmp_path / "releases" / f"{OLDER}.duckdb", months=24)
    monkeypatch.setattr("dashboard.release.open_release.Release.scan", _refuse)
    asked = f"?edition={OLDER}"
    assert RELEASE in post(app, exhibit_body(app, "overview.trend", asked)).text
    # a file would be kept under the name of the edition that was asked for, so there is none
    answer = client_of(app).get(f"/exhibit/overview.trend.json{asked}")
    assert (answer.status_code, answer.json["errors"][0]["allowed"]) == (400, [RELEASE])


def _refuse(release: Release) -> None:
    """A scan that finds the older edition damaged in its depth."""
    if release.id == OLDER:
        raise DamagedRelease("damaged where only a scan looks")


def test_readiness_reads_a_release_once_however_often_it_is_asked(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    scan = Release.scan
    monkeypatch.setattr(Release, "scan", lambda release: (read.append(release.id), scan(release)))
    monkeypatch.setattr("dashboard.door.SCAN_SECONDS", 0)
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr("dashboard.door.SCAN_SECONDS", 3_600)
    assert {client.get("/readyz").status_code for _ in range(20)} == {200}
    assert read == [RELEASE]


def test_figures_are_kept_by_nobody_on_the_way(app: Dash, client: FlaskClient) -> None:
    answers = [client.get("/_dash-layout"), post(app, support.answer_body(app, "/#want=view"))]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}
