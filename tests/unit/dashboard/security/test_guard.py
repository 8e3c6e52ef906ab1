"""The guard: what is not listed is not there; what no browser sends is refused, never a crash."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.application import exhibit_body, post

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = ["output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds", "x"]
SEARCH = st.text(max_size=60) | st.sampled_from(
    [
        "?area=BD2022",
        "?period=2026-99",
        "?level=x&measure=people",
        "?" + "a=1&" * 200,
        "?area=%FF",
    ]
)


@st.composite
def spoiled(draw: st.DrawFn, valid: dict[str, Any]) -> Any:
    """A valid body with one to three parts replaced, added or taken away."""
    body = copy.deepcopy(valid)
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(KEYS))
        match draw(st.sampled_from(["replace", "drop", "inside", "search"])):
            case "replace":
                body[key] = draw(ANY)
            case "drop":
                body.pop(key, None)
            case "inside":
                entries = body.get(draw(st.sampled_from(["inputs", "outputs"])))
                if isinstance(entries, list) and entries and isinstance(entries[0], dict):
                    entries[0][draw(st.sampled_from(["id", "property", "value", "y"]))] = draw(ANY)
            case _:
                body["inputs"] = [{"id": "url", "property": "search", "value": draw(SEARCH)}]
    return body


@pytest.mark.parametrize("path", ["/_reload-hash", "/_favicon.ico"])
def test_what_dash_offers_beside_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_browsers_own_body_passes(app: Dash) -> None:
    assert post(app, exhibit_body(app, "overview.trend", "?sex=female")).status_code == 200


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_body_makes_the_server_fail(app: Dash, data: st.DataObject) -> None:
    body = data.draw(spoiled(exhibit_body(app, "quality.coverage")) | ANY)
    assert post(app, body).status_code in (200, 400)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"output": NaN}', b"[" * 5000]
)
def test_what_is_not_json_of_a_callback_is_refused(client: FlaskClient, raw: bytes) -> None:
    answer = client.post("/_dash-update-component", data=raw, content_type="application/json")
    assert answer.status_code == 400


def test_a_body_in_another_form_or_too_large_is_refused(app: Dash, client: FlaskClient) -> None:
    text = json.dumps(exhibit_body(app, "overview.trend"))
    assert client.post("/_dash-update-component", data=text).status_code == 400
    large = post(app, exhibit_body(app, "overview.trend") | {"x": "y" * 70_000})
    assert large.status_code == 400


def test_an_exhibit_that_does_not_exist_is_refused(app: Dash) -> None:
    assert post(app, exhibit_body(app, "overview.secret")).status_code == 400


def test_a_callback_of_the_browser_cannot_be_run_here(app: Dash) -> None:
    for output, entry in app.callback_map.items():
        if "callback" not in entry:
            body = {
                "output": output,
                "outputs": [],
                "inputs": entry["inputs"],
                "state": entry["state"],
            }
            assert post(app, body).status_code == 400


def test_parts_of_two_cards_cannot_be_mixed(app: Dash) -> None:
    body = exhibit_body(app, "overview.trend")
    body["outputs"][0]["id"]["id"] = "overview.map"
    assert post(app, body).status_code == 400


def test_half_a_character_is_refused(app: Dash) -> None:
    assert post(app, exhibit_body(app, "overview.trend", "?area=\ud800")).status_code == 400
