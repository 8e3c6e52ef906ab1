"""The server of docs/deploy.md on this machine: each proxy as written there, TLS, and a browser."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import settled, take_up
from tests.browser.steps import errors_of
from tests.support.accounts import secret_in
from tests.support.sample import sample_folder
from tests.support.served import CHROMIUM, CHROMIUM_FLAGS, ROOT, environment, free_port, running

HOST = "atlas.example.org"
NAME = "lead@agency.example"
#: The longest body that the documented proxy passes on.
MOST = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What a client was answered."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass(frozen=True)
class Deployed:
    """A server behind a proxy.

    Attributes:
        proxy: Which one.
        port: Where the proxy listens.
        state: Folder of what the server keeps.
        certificate: What a client trusts.
        link: Link with which the first account sets its password.
    """

    proxy: str
    port: int
    state: Path
    certificate: Path
    link: str

    def ask(
        self, path: str, *, host: str = HOST, body: bytes | None = None, **headers: str
    ) -> Answer:
        """The answer to a request over TLS; its certificate is checked."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=30) as wire,
            trusted.wrap_socket(wire, server_hostname=HOST) as safe,
            closing(http.client.HTTPConnection(host)) as asked,
        ):
            asked.sock = safe
            asked.request("POST" if body else "GET", path, body, headers)
            answer = asked.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def record(self) -> list[dict[str, object]]:
        """What stands in the record."""
        lines = (self.state / "audit.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def deployed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Deployed]:
    folder, made = sample_folder(), tmp_path_factory.mktemp("deployed")
    state = made / "state"
    state.mkdir()
    behind, port = free_port(), free_port()
    place = environment(
        folder, ATLAS_PORT=str(behind), ATLAS_STATE=str(state), ATLAS_PUBLIC_HOST=HOST,
        ATLAS_SECRET_FILE=str(secret_in(made)),
    )  # fmt: skip
    certificate, key = _certificate(made)
    link = subprocess.run(
        [sys.executable, "app.py", "users", "add", NAME, "--role", "member"],
        cwd=ROOT, env=place, capture_output=True, text=True, check=True,
    ).stdout.split()[-1]  # fmt: skip
    with (
        running([sys.executable, "app.py"], behind, place, made / "server.log"),
        _proxy(request.param, made, Here(port, behind, certificate, key)),
    ):
        yield Deployed(request.param, port, state, certificate, link)


@pytest.fixture(scope="module", autouse=True)
def never_ending(deployed: Deployed) -> Iterator[Future[tuple[bytes, float]]]:
    """What comes of headers that never end, and after how long: awaited beside the other tests."""

    def awaited() -> tuple[bytes, float]:
        trusted = ssl.create_default_context(cafile=str(deployed.certificate))
        with (
            socket.create_connection(("127.0.0.1", deployed.port), timeout=20) as wire,
            trusted.wrap_socket(wire, server_hostname=HOST) as safe,
        ):
            safe.sendall(f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode())
            began = time.monotonic()
            return safe.recv(1_000), time.monotonic() - began

    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(awaited)


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of the public name, which this machine signs itself, and its key."""
    certificate, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
         "-keyout", str(key), "-out", str(certificate)],
        capture_output=True, check=True,
    )  # fmt: skip
    return certificate, key


@dataclass(frozen=True)
class Here:
    """What of a documented block is that of the test: ports and files."""

    port: int
    behind: int
    certificate: Path
    key: Path


@contextmanager
def _proxy(name: str, folder: Path, here: Here) -> Iterator[None]:
    """A proxy with the block of the document."""
    program = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin")
    assert program, f"this test needs {name}: apt install nginx-light caddy"
    command = {"nginx": _nginx, "caddy": _caddy}[name](program, folder, here)
    log = folder / f"{name}.log"
    with log.open("ab") as told:
        place = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        server = subprocess.Popen(command, stdout=told, stderr=told, env=place)
        try:
            _wait_for(here.port, server, log)
            yield
        finally:
            server.terminate()
            server.wait(20)


def _nginx(program: str, folder: Path, here: Here) -> list[str]:
    block = _block(
        "nginx",
        ("listen 443 ssl", f"listen 127.0.0.1:{here.port} ssl"),
        ("/etc/letsencrypt/live/atlas.example.org/fullchain.pem", str(here.certificate)),
        ("/etc/letsencrypt/live/atlas.example.org/privkey.pem", str(here.key)),
        ("127.0.0.1:8050", f"127.0.0.1:{here.behind}"),
    )
    own = "".join(
        f"{name}_temp_path {folder / name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    written = folder / "nginx.conf"
    written.write_text(
        f"daemon off;\nmaster_process off;\npid {folder / 'nginx.pid'};\n"
        f"error_log {folder / 'nginx.log'};\nevents {{}}\n"
        f"http {{\naccess_log off;\n{own}{block}}}\n"
    )
    return [program, "-c", str(written), "-e", str(folder / "nginx.log")]


def _caddy(program: str, folder: Path, here: Here) -> list[str]:
    """It fetches its certificates itself; here it is given one and asks nobody."""
    block = _block(
        "caddy",
        ("{\n    servers {", "{\n    admin off\n    auto_https disable_redirects\n    servers {"),
        (
            "atlas.example.org {",
            f"atlas.example.org:{here.port} {{\n    bind 127.0.0.1\n"
            f"    tls {here.certificate} {here.key}",
        ),
        ("127.0.0.1:8050", f"127.0.0.1:{here.behind}"),
    )
    written = folder / "Caddyfile"
    written.write_text(block)
    return [program, "run", "--config", str(written), "--adapter", "caddyfile"]


def _block(name: str, *changes: tuple[str, str]) -> str:
    """A block of the document, with what is that of the test put in."""
    document = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    match = re.search(rf"```{name}\n(.*?)```", document, re.DOTALL)
    assert match, f"docs/deploy.md holds no block for {name}"
    block = match[1]
    for written, here in changes:
        assert block.count(written) == 1, f"docs/deploy.md does not say {written}"
        block = block.replace(written, here)
    return block


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, "the proxy did not listen within 30 s"
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def page(browser: Browser, deployed: Deployed) -> Iterator[Page]:
    """A browser for which the public name is this machine; nothing else is changed in it."""
    started = browser.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{deployed.port}"],
    )
    opened = started.new_context(ignore_https_errors=True).new_page()
    yield opened
    started.close()


def test_a_member_signs_in_over_tls_and_reads(page: Page, deployed: Deployed) -> None:
    errors = errors_of(page)
    assert deployed.link.startswith(f"https://{HOST}/")
    take_up(page, deployed.link, NAME)
    settled(page)
    assert page.url == f"https://{HOST}/"
    expect(page.locator("[data-exhibit]").first).to_be_visible()
    kept = {cookie.get("name"): cookie for cookie in page.context.cookies()}
    assert kept, "nobody is signed in"
    for name, cookie in kept.items():
        assert str(name).startswith("__Host-")
        assert cookie.get("secure") is True
        assert cookie.get("sameSite") == "Lax"
    assert errors == []
    entry = next(one for one in deployed.record() if one["event"] == "signed in")
    assert entry["about"] == {"address": "127.0.0.1"}


def test_an_address_that_a_client_makes_up_is_not_believed(deployed: Deployed) -> None:
    form = deployed.ask("/sign-in")
    (cookie, *_) = str(form.headers["Set-Cookie"]).split(";")
    token = re.search(r'name="token" value="([^"]+)"', form.text)
    assert token, form.text
    fields = {"name": NAME, "password": "not the one", "token": token[1]}
    answer = deployed.ask(
        "/sign-in", body=urlencode(fields).encode(), Cookie=cookie,
        **{"X-Forwarded-For": "203.0.113.9", "Content-Type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    (failed,) = (one for one in deployed.record() if one["event"] == "sign-in failed")
    assert (failed["who"], failed["about"]) == (NAME, {"address": "127.0.0.1"}), answer.text


def test_browsers_are_told_to_come_over_https_alone(deployed: Deployed) -> None:
    told = deployed.ask("/sign-in").headers["Strict-Transport-Security"]
    assert "max-age=63072000" in told


@pytest.mark.parametrize("path", ["/", "/healthz", "/sign-in"])
def test_another_name_is_not_answered(deployed: Deployed, path: str) -> None:
    answer = deployed.ask(path, host="evil.example")
    refused = (http.HTTPStatus.BAD_REQUEST, f"Situation Atlas answers to {HOST} only.\n")
    nothing = (http.HTTPStatus.OK, "")  # the proxy itself, which knows no such site
    assert (answer.status, answer.text) == {"nginx": refused, "caddy": nothing}[deployed.proxy]


def test_a_long_body_never_reaches_the_application(deployed: Deployed) -> None:
    answer = deployed.ask("/sign-in", body=bytes(MOST + 1))
    assert answer.status == http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert deployed.proxy in answer.headers["Server"].casefold()


def test_who_never_ends_the_headers_is_let_go(never_ending: Future[tuple[bytes, float]]) -> None:
    """Within the ten seconds of the document; our own server alone would wait longer."""
    answer, seconds = never_ending.result()
    assert b"200" not in answer
    assert seconds < 15
