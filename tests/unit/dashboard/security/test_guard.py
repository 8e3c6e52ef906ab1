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

from tests.support.application import RELEASE, answer_body, exhibit_body, post
from tests.support.examples import examples

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = ["output", "outputs", "inputs", "state", "changedPropIds", "parsedChangedPropsIds", "x"]
ASKED = st.text(max_size=60) | st.sampled_from(
    [
        "/?area=BD2022",
        "/hotspots?period=2026-99#want=view&cards=hotspots.map",
        "/nowhere#want=everything",
        "?level=x&measure=people#cards=overview.trend,,overview.trend&tables=,",
        "/?" + "a=1&" * 200,
        "/?area=%FF#cards=%FF%00",
        "/#want=rest&want=page&cards=" + "quality.coverage," * 300,
    ]
)


@st.composite
def spoiled(draw: st.DrawFn, valid: dict[str, Any]) -> Any:
    """A valid body with one to three parts replaced, added or taken away."""
    body = copy.deepcopy(valid)
    for _ in range(draw(st.integers(1, 3))):
        key = draw(st.sampled_from(KEYS))
        match draw(st.sampled_from(["replace", "drop", "inside", "asked"])):
            case "replace":
                body[key] = draw(ANY)
            case "drop":
                body.pop(key, None)
            case "inside":
                entries = body.get(draw(st.sampled_from(["inputs", "state"])))
                if isinstance(entries, list) and entries and isinstance(entries[0], dict):
                    entries[0][draw(st.sampled_from(["id", "property", "value", "y"]))] = draw(ANY)
            case _:
                body["inputs"] = [{"id": "asked", "property": "data", "value": draw(ASKED)}]
    return body


@pytest.mark.parametrize("path", ["/_reload-hash", "/_favicon.ico"])
def test_what_dash_offers_beside_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_browsers_own_body_passes(app: Dash) -> None:
    assert post(app, exhibit_body(app, "overview.trend", "?sex=female")).status_code == 200


@settings(max_examples=examples(300), suppress_health_check=list(HealthCheck))
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


@pytest.mark.parametrize("part", ["inputs", "state"])
@pytest.mark.parametrize(
    "value",
    [1, True, ["/"], {"path": "/"}, "/?" + "x" * 6_000],
    ids=lambda value: type(value).__name__,
)
def test_a_value_that_is_no_address_and_no_name_is_refused(
    app: Dash, part: str, value: Any
) -> None:
    body = answer_body(app, "/")
    body[part][0]["value"] = value
    assert post(app, body).status_code == 400


@pytest.mark.parametrize("loaded", [RELEASE, "another"])
@pytest.mark.parametrize(
    "asked", ["0", "hotspots", "//elsewhere", "/\\elsewhere", "javascript:1", "/\0", "/?area=\n"]
)
def test_what_is_no_address_of_this_server_is_refused(app: Dash, asked: str, loaded: str) -> None:
    assert post(app, answer_body(app, asked, loaded)).status_code == 400


def test_a_longest_address_that_is_read_passes_with_what_is_wanted_of_it(app: Dash) -> None:
    assert post(app, answer_body(app, "/?" + "x=1&" * 1_000 + "#want=rest")).status_code == 200


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


@pytest.mark.parametrize(
    "outputs",
    [
        {"id": "settings", "property": "data"},
        {"id": "answer", "property": "children"},
        [{"id": "answer", "property": "data"}, {"id": "settings", "property": "data"}],
        {"id": {"type": "answer"}, "property": "data"},
        None,
    ],
)
def test_an_answer_can_be_put_nowhere_else(app: Dash, outputs: Any) -> None:
    body = answer_body(app, "/") | {"outputs": outputs}
    assert post(app, body).status_code == 400


def test_the_server_runs_one_callback(app: Dash) -> None:
    assert [key for key, entry in app.callback_map.items() if "callback" in entry] == [
        "answer.data"
    ]


def test_half_a_character_is_refused(app: Dash) -> None:
    assert post(app, exhibit_body(app, "overview.trend", "?area=\ud800")).status_code == 400
