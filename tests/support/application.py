"""The application on a release of random units, without a server: for tests of doors and pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.application import create_app
from dashboard.model.outline import Outline
from dashboard.model.population import Population
from dashboard.pages import path_of
from dashboard.settings import Settings
from tests.support.releases import build_release, copy_of_release, point_to
from tests.support.served import callback_body

RELEASE = "2026-09-20261016t094000-0a1b2c3d"
#: So that rates are offered.
_PEOPLE = Population("BD2022", "all", 2025, "adm_v03", 3_000_000)
#: So that outlines of camps are offered.
CAMP = Outline(
    "CXB-201",
    '{"type":"MultiPolygon","coordinates":'
    "[[[[92.15,21.21],[92.16,21.21],[92.16,21.22],[92.15,21.21]]]]}",
)


def application(
    folder: Path, *, published: bool = True, settings: Mapping[str, Any] | None = None, **rest: Any
) -> Dash:
    """An application whose folder of releases holds one release, or none."""
    releases = folder / "releases"
    releases.mkdir(parents=True)
    if published:
        beside = {"populations": (_PEOPLE,), "outlines": (CAMP,)}
        made = {"seed": 11, "months": 30, "per_month": 120, **beside, **rest}
        write = copy_of_release if rest.keys() <= {"months", "per_month"} else build_release
        write(releases / f"{RELEASE}.duckdb", **made)
        point_to(releases, RELEASE)
    return create_app(Settings(releases=releases, state=folder / "state", **(settings or {})))


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


def answer_body(app: Dash, asked: str, loaded: str = RELEASE) -> dict[str, Any]:
    """The body with which a browser asks for an answer.

    Args:
        app: The application; it has one callback that the server runs.
        asked: An address, and in its fragment what is wanted of it.
        loaded: The release that the page was loaded with.
    """
    (key,) = (name for name, entry in app.callback_map.items() if "callback" in entry)
    body = callback_body(asked, loaded)
    assert body["output"] == key
    return body


def exhibit_body(
    app: Dash, exhibit_id: str, search: str = "", loaded: str = RELEASE
) -> dict[str, Any]:
    """The body with which a browser asks for one card of a page, with its table."""
    wanted = f"want=rest&cards={exhibit_id}&tables={exhibit_id}"
    return answer_body(app, f"{path_of(exhibit_id) or '/'}{search}#{wanted}", loaded)


def answered(app: Dash, asked: str, loaded: str = RELEASE) -> dict[str, Any]:
    """The answer that a browser gets."""
    given = post(app, answer_body(app, asked, loaded))
    assert given.status_code == HTTPStatus.OK, given.text
    assert given.json is not None
    return given.json["response"]["answer"]["data"]


def card_of(app: Dash, exhibit_id: str, search: str = "", loaded: str = RELEASE) -> dict[str, Any]:
    """The card of an exhibit in the answer to the body that asks for it."""
    given = post(app, exhibit_body(app, exhibit_id, search, loaded))
    assert given.status_code == HTTPStatus.OK, given.text
    assert given.json is not None
    cards = given.json["response"]["answer"]["data"]["cards"]
    assert list(cards) == [exhibit_id]
    return cards[exhibit_id]
