"""The built application: what it starts with, refuses, and answers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.application import create_app
from dashboard.pages import PAGES
from dashboard.settings import Settings, SettingsError
from tests.support.application import RELEASE, application, client_of


def test_it_does_not_start_when_an_open_agent_door_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    with pytest.raises(SettingsError, match="DASH_MCP_ENABLED"):
        create_app(Settings(releases=tmp_path, state=tmp_path))


def test_no_route_for_agents_exists(client: FlaskClient) -> None:
    assert client.get("/_mcp").status_code == 404
    assert client.post("/_mcp", json={}).status_code in (404, 405)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_answers_with_the_shell(client: FlaskClient, page: object) -> None:
    answer = client.get(page.path)  # pyright: ignore[reportAttributeAccessIssue]
    assert answer.status_code == 200
    assert '<html lang="en">' in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/hotspots/x", "/admin", "/exhibit/none"])
def test_an_unknown_page_is_a_404_that_still_shows_the_shell(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "react-entry-point" in answer.text


def test_a_page_is_found_with_a_slash_at_its_end(client: FlaskClient) -> None:
    assert client.get("/hotspots/").status_code == 200


def test_the_layout_names_the_kind_of_data_above_and_below(client: FlaskClient) -> None:
    assert client.get("/_dash-layout").text.count("INVENTED DATA") == 2


def test_without_a_release_the_window_says_what_to_run(tmp_path: Path) -> None:
    client = client_of(application(tmp_path, published=False))
    layout = client.get("/_dash-layout").text
    assert "make sample" in layout
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
