"""The door to a server, at servers that do not answer as they should."""

from __future__ import annotations

import gzip
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from werkzeug.serving import generate_adhoc_ssl_context

from dashboard.analyst import (
    CannotBeAsked,
    NoAnswer,
    NoRelease,
    NotAllowed,
    NotSignedIn,
    NotThere,
    open_release,
    server,
)

TOKEN = "atlas_of-a-test"  # noqa: S105 -- of a test
CONTENTS: dict[str, Any] = {
    "id": "r1",
    "title": "",
    "kind": "invented",
    "audience": "member",
    "months": ["2026-01", "2026-09"],
    "period": "2026-01..2026-09",
    "exhibits": [{"id": "hotspots.map", "map": "areas", "own": []}],
    **dict.fromkeys(("filters", "editions", "areas", "dimensions", "codes"), []),
}
Answer = Callable[[BaseHTTPRequestHandler], None]


class Stub:
    """A server on this machine.

    Attributes:
        answer: What it does with the next questions; it says what it holds where this is None.
        asked: Paths and tokens of the questions that it was asked.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.answer: Answer | None = None
        self.asked: list[tuple[str, str | None]] = []

    def handle(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.path, request.headers.get("Authorization")))
        if self.answer is not None and not request.path.startswith("/release.json"):
            self.answer(request)
        else:
            say(request, 200, json.dumps(CONTENTS).encode())


def say(
    request: BaseHTTPRequestHandler,
    status: int,
    body: bytes = b"",
    kind: str = "application/json",
    **headers: str,
) -> None:
    request.send_response(status)
    sent = {"Content_Type": kind, "Content_Length": str(len(body)), **headers}
    for name, value in sent.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[Stub]:
    stubs: list[Stub] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 -- its base calls it so
            stubs[0].handle(self)

        def log_message(self, *_: Any) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
            pass

    bound = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bound.daemon_threads = True
    if context:
        bound.socket = context.wrap_socket(bound.socket, server_side=True)
        bound.handle_error = lambda *_: None  # a client that hangs up
    stubs.append(Stub(f"http{'s' if context else ''}://127.0.0.1:{bound.server_port}"))
    thread = threading.Thread(target=bound.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield stubs[0]
    finally:
        bound.shutdown()
        thread.join()
        bound.server_close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    with served() as server_stub:
        yield server_stub


def count(stub: Stub, answer: Answer) -> object:
    with open_release(stub.address, token=TOKEN) as release:
        stub.answer = answer
        return release.count("people")


@pytest.mark.parametrize("query", [{}, {"edition": "r1"}])
def test_every_question_names_the_release_and_brings_the_token(
    stub: Stub, query: dict[str, str]
) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        table = {"schema": {"fields": []}, "data": [[]], "about": {}}
        say(request, 200, json.dumps(table).encode())

    with open_release(stub.address, token=TOKEN) as release:
        stub.answer = answer
        assert len(release.count("people", **query)) == 0
        with pytest.raises(CannotBeAsked, match=r"edition='r2': unknown value\. Allowed: r1"):
            release.count("people", edition="r2")
    first, second = stub.asked
    assert first == ("/release.json?lang=en", f"Bearer {TOKEN}")
    assert second == ("/count.json?of=people&edition=r1", f"Bearer {TOKEN}")
    assert TOKEN not in repr(release)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["another", "same"])
def test_no_redirect_is_followed(stub: Stub, status: int, target: str) -> None:
    with served() as another:
        to = f"{(another if target == 'another' else stub).address}/elsewhere"
        with pytest.raises(NoAnswer, match="was not followed, and no token sent there"):
            count(stub, lambda request: say(request, status, Location=to))
        assert another.asked == []
    assert len(stub.asked) == 2


@pytest.mark.parametrize(
    ("status", "problem", "why"),
    [
        (401, NotSignedIn, "does not know this token: it ended"),
        (403, NotAllowed, "The role of whose token this is may not ask 127.0.0.1"),
        (404, NotThere, r"127\.0\.0\.1 has nothing at /count\.json"),
        (400, NoAnswer, "answers 400"),
        (500, NoAnswer, "answers 500"),
        (503, NoRelease, "No release has been published yet"),
    ],
)
def test_a_status_is_said_in_plain_words(
    stub: Stub, status: int, problem: type[Exception], why: str
) -> None:
    body = json.dumps({"problem": "No release has been published yet."}).encode()
    with pytest.raises(problem, match=why):
        count(stub, lambda request: say(request, status, body))


def test_who_brings_no_token_is_told_where_one_is_made(stub: Stub) -> None:
    stub.answer = lambda request: say(request, 401)
    with open_release(stub.address) as release, pytest.raises(NotSignedIn, match="give `token=`"):
        release.count("people")


def refusal(*parameters: str) -> bytes:
    errors = [
        {
            "parameter": name,
            "value": "x",
            "reason": "unknown value",
            "allowed": ["a", "b"],
            "hint": f"Of {name}.",
        }
        for name in parameters
    ]
    detail = "A count of people cannot be asked by=x: unknown value."
    return json.dumps({"status": 400, "detail": detail, "errors": errors}).encode()


def test_a_refusal_names_the_nearest_that_can_be_asked(stub: Stub) -> None:
    with pytest.raises(CannotBeAsked) as refused:
        count(stub, lambda r: say(r, 400, refusal("by", "sex"), "application/problem+json"))
    first, second = str(refused.value).splitlines()
    assert first == "A count of people cannot be asked by='x': unknown value. Of by. Allowed: a, b."
    assert "sex='x'" in second
    assert [each["allowed"] for each in refused.value.refused] == [["a", "b"]] * 2
    with pytest.raises(NoRelease, match=r"shows no edition x: .*held back\. There are a, b"):
        count(stub, lambda r: say(r, 400, refusal("edition"), "application/problem+json"))


@pytest.mark.parametrize("body", [b'{"errors": [{}]}', b'{"errors": 1}', b'{"detail": null}'])
def test_a_refusal_of_another_form_is_no_answer(stub: Stub, body: bytes) -> None:
    with pytest.raises(NoAnswer, match="no answer of a Situation Atlas"):
        count(stub, lambda r: say(r, 400, body, "application/problem+json"))


@pytest.mark.parametrize("body", [b"<html>", b"", b"[" * 100_000, b"\xff", b"[]"])
def test_what_is_no_json_is_no_answer(stub: Stub, body: bytes) -> None:
    with pytest.raises(NoAnswer, match=r"^What 127\.0\.0\.1 says is no answer"):
        count(stub, lambda request: say(request, 200, body))


def test_another_program_is_no_situation_atlas(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CONTENTS, "areas")
    with pytest.raises(NoAnswer, match="not answer as a Situation Atlas of this version"):
        open_release(stub.address)


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_has_a_longest_length_packed_or_not(
    stub: Stub, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr(server, "MOST", 2**20)
    body = b"[" + b" " * 2**21 + b"]"
    headers = {"Content_Encoding": "gzip"} if packed else {}
    sent = gzip.compress(body) if packed else body
    assert not packed or len(sent) < 10_000
    with pytest.raises(NoAnswer, match="^What .* longer than 1 MB"):
        count(stub, lambda request: say(request, 200, sent, **headers))


def test_an_answer_that_breaks_off_is_none(stub: Stub) -> None:
    whole = gzip.compress(json.dumps([*range(9_999)]).encode())
    with pytest.raises(NoAnswer, match=r"^The answer of 127\.0\.0\.1 broke off"):
        count(stub, lambda r: say(r, 200, whole[:-500], Content_Encoding="gzip"))
    with pytest.raises(NoAnswer, match=r"^The answer of 127\.0\.0\.1 broke off"):
        count(stub, lambda request: say(request, 200, b"[1]", Content_Length="99"))


def test_waiting_ends(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SILENCE", 0.1)
    released = threading.Event()
    with pytest.raises(NoAnswer, match=r"said nothing for 0\.1 seconds"):
        count(stub, lambda _: released.wait(5) and None)
    released.set()
    monkeypatch.setattr(server, "WHOLE", 0.2)

    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(40):
            try:
                request.wfile.write(b" ")
            except OSError:
                return
            time.sleep(0.03)

    with pytest.raises(NoAnswer, match=r"^127.* longer than 0\.2 seconds"):
        count(stub, drip)


def test_nobody_there_is_told() -> None:
    with served() as gone:
        pass
    with pytest.raises(NoAnswer, match="No answer from 127"):
        open_release(gone.address)


def test_a_certificate_that_cannot_be_verified_ends_it_before_anything_is_sent() -> None:
    with served(generate_adhoc_ssl_context()) as stub:
        with pytest.raises(NoAnswer, match=r"certificate of 127\.0\.0\.1 cannot be verified"):
            open_release(stub.address, token=TOKEN)
        assert stub.asked == []


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://atlas.example.org", "over https://"),
        ("ftp://127.0.0.1", "over https://"),
        ("https://", "address of the server alone"),
        ("https://me:secret@atlas.example.org", "address of the server alone"),
        ("https://atlas.example.org/explore", r"alone: https://atlas\.example\.org"),
        ("https://atlas.example.org?x=1", "address of the server alone"),
        ("https://me:secret@atlas.example.org:port", "is no address of a server"),
    ],
)
def test_an_address_is_that_of_a_server(address: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        open_release(address, token=TOKEN)


def test_a_token_and_a_published_folder_stand_where_they_mean_something(stub: Stub) -> None:
    for token in ("two words", "a\nHost: b", "", "\u0442"):
        with pytest.raises(ValueError, match="no token has"):
            open_release(stub.address, token=token)
    with pytest.raises(ValueError, match="its own published release"):
        open_release(stub.address, "data/published/releases")
    with pytest.raises(ValueError, match="A token is for a server"):
        open_release("data/store/releases", token=TOKEN)
    assert stub.asked == []


def test_of_a_closed_release_nothing_new_is_asked(stub: Stub) -> None:
    content = {"id": "hotspots.map", "address": "/exhibit/hotspots.map.json"}
    figure: dict[str, Any] = {"data": [], "layout": {}}

    def answer(request: BaseHTTPRequestHandler) -> None:
        say(request, 200, json.dumps(figure if "plotly" in request.path else content).encode())

    stub.answer = answer
    with open_release(stub.address, token=TOKEN) as release:
        exhibit = release.exhibit("hotspots.map")
    with pytest.raises(ValueError, match="was closed"):
        release.count("people")
    assert exhibit.figure_json() == figure
    assert stub.asked[-1] == (
        "/exhibit/hotspots.map.json?form=plotly&edition=r1", f"Bearer {TOKEN}",
    )  # fmt: skip
