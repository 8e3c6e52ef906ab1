"""Every answer carries the headers, whatever was asked."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.security.headers import FIXED, NOTHING, OF_DOCUMENTS

PATHS = [
    "/", "/hotspots", "/nowhere", "/_dash-layout", "/_reload-hash", "/exhibits", "/healthz",
    "/readyz", "/exhibit/overview.trend.json", "/exhibit/overview.trend.csv",
    "/exhibit/none.json", "/geography/adm1.geojson", "/geography/adm1.arcs.json",
    "/assets/js/atlas.js", "/assets/css/base.css", "/assets/none.css",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_headers_are_on_every_answer(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    for name, value in FIXED.items():
        assert headers[name] == value
    assert "Cache-Control" in headers
    assert "Server" not in headers


@pytest.mark.parametrize("path", PATHS)
def test_only_a_document_may_load_anything(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    if answer.mimetype == "text/html":
        assert {name: answer.headers[name] for name in OF_DOCUMENTS} == OF_DOCUMENTS
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    else:
        assert answer.headers["Content-Security-Policy"] == NOTHING


def test_the_policy_allows_own_scripts_and_what_dash_writes_inline(
    app: Dash, client: FlaskClient
) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["script-src"] == " ".join(("'self'", *app.csp_hashes()))
    assert parts["worker-src"] == "'none'"
    assert "unsafe-eval" not in policy
    assert "http" not in policy


def test_wrong_methods_and_bodies_carry_them_too(client: FlaskClient) -> None:
    for answer in (client.post("/"), client.put("/exhibits"),
                   client.post("/_dash-update-component", data="x")):  # fmt: skip
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
