"""The loopback promise: a request from elsewhere, or under another name, is refused everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from dashboard.security.headers import FIXED
from dashboard.security.loopback import is_own_name
from dashboard.settings import is_loopback

PATHS = ["/", "/nowhere", "/healthz", "/readyz", "/_dash-layout", "/exhibits",
         "/exhibit/overview.trend.json", "/geography/adm1.geojson", "/geography/adm1.arcs.json",
         "/assets/css/base.css", "/assets/js/atlas.js",
         "/_dash-component-suites/dash/deps/none.js"]  # fmt: skip
OWN = ["localhost", "LocalHost:8050", "127.0.0.1", "127.255.0.9:1", "[::1]", "[::1]:65535",
       "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]"]  # fmt: skip
NOT_OWN = [
    "", " ", "localhost ", "localhost.", "localhost:", "localhost:65536", "localhost:x",
    "localhost:80:80", "localhost\t", "localhost\x00", "localhost\n", "localhost/", "localhost#",
    "a@localhost", "localhost,localhost", "localhost evil.example", "127.0.0.1.evil.example",
    "127.1", "127.0.0.1.", "0177.0.0.1", "2130706433", "0x7f.0.0.1", "0.0.0.0", "::1",  # noqa: S104
    "[::]", "[::1", "[::1]x", "[127.0.0.1]", "[localhost]", "[::1%lo]", "[fe80::1]",
    "[::ffff:10.0.0.1]", "10.0.0.1", "١٢٧.0.0.1", "localhost:٨٠", "ⓛocalhost",
    "xn--localhost", "-", ".", ":80",
]  # fmt: skip


@pytest.mark.parametrize("host", OWN)
def test_a_loopback_name_is_known(host: str) -> None:
    assert is_own_name(host)


@pytest.mark.parametrize("host", NOT_OWN)
def test_what_only_looks_like_one_is_not(host: str) -> None:
    assert not is_own_name(host)


@given(st.sampled_from(OWN), st.integers(0, 12), st.text("locahst.0127:[]@,/\\ \t%?#-", min_size=1))
def test_a_name_with_something_put_in_still_means_this_machine_or_is_refused(
    name: str, at: int, more: str
) -> None:
    changed = name[:at] + more + name[at:]
    if is_own_name(changed):
        meant = urlsplit(f"//{changed}").hostname or ""
        assert meant == "localhost" or is_loopback(meant)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("peer", "host", "status"),
    [
        ("10.0.0.7", "localhost", 403),
        ("::ffff:10.0.0.7", "localhost", 403),
        ("fe80::1", "localhost", 403),
        ("", "localhost", 403),  # a Unix socket of gunicorn
        ("localhost", "localhost", 403),  # a Unix socket of waitress
        ("unix:", "localhost", 403),
        ("127.0.0.1", "evil.example", 400),
        ("::1", "", 400),
    ],
)
def test_no_path_is_open_to_others(
    client: FlaskClient, path: str, peer: str, host: str, status: int
) -> None:
    answer = client.get(path, environ_overrides={"REMOTE_ADDR": peer, "HTTP_HOST": host})
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert {name: answer.headers[name] for name in FIXED} == FIXED


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(client: FlaskClient, peer: str) -> None:
    assert client.get("/healthz", environ_overrides={"REMOTE_ADDR": peer}).status_code == 200


def test_a_callback_is_refused_before_its_body_is_read(client: FlaskClient) -> None:
    class Unread:
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the body was read")

        readline = read

    answer = client.post(
        "/_dash-update-component",
        environ_overrides={
            "HTTP_HOST": "evil.example",
            "wsgi.input": Unread(),
            "CONTENT_LENGTH": "9",
            "CONTENT_TYPE": "application/json",
        },
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_every_method_is_refused(client: FlaskClient, method: str) -> None:
    ask: Callable[..., Any] = getattr(client, method)
    assert ask("/exhibits", environ_overrides={"HTTP_HOST": "evil.example"}).status_code == 400


@pytest.mark.parametrize("key", ["REQUEST_URI", "RAW_URI"])
def test_a_target_with_a_host_is_refused_whatever_the_server_calls_it(
    client: FlaskClient, key: str
) -> None:
    environ = {key: "http://localhost/healthz"}
    assert client.get("/healthz", environ_overrides=environ).status_code == 400
