"""The application on a release of random units, without a server: for tests of doors and pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.application import create_app
from dashboard.settings import Settings
from tests.support.releases import build_release, point_to

RELEASE = "2026-09-20261016t094000-0a1b2c3d"


def application(folder: Path, *, published: bool = True, **rest: Any) -> Dash:
    """An application whose folder of releases holds one release, or none."""
    releases = folder / "releases"
    releases.mkdir(parents=True)
    if published:
        build_release(releases / f"{RELEASE}.duckdb", seed=11, months=30, per_month=120, **rest)
        point_to(releases, RELEASE)
    return create_app(Settings(releases=releases, state=folder / "state"))


def client_of(app: Dash) -> FlaskClient:
    """A client that reads every answer to its end, so that no file is left open."""
    app.server.test_client_class = _ReadingClient
    return app.server.test_client()


class _ReadingClient(FlaskClient):
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True, **kwargs})


def post(app: Dash, body: Any) -> TestResponse:
    """Send a callback body as the browser does."""
    return client_of(app).post(
        "/_dash-update-component", data=json.dumps(body), content_type="application/json"
    )


def exhibit_body(
    app: Dash, exhibit_id: str, search: str = "", loaded: str = RELEASE
) -> dict[str, Any]:
    """The body with which a browser asks for one card."""
    key = next(name for name in app.callback_map if "exhibit-heading" in name)
    outputs = []
    for part in key.strip(".").split("..."):
        name, _, prop = part.rpartition(".")
        kind = json.loads(name)["type"]
        outputs.append({"id": {"type": kind, "id": exhibit_id}, "property": prop})
    return {
        "output": key,
        "outputs": outputs,
        "inputs": [{"id": "url", "property": "search", "value": search}],
        "state": [{"id": "release", "property": "data", "value": loaded}],
        "changedPropIds": ["url.search"],
    }
