"""Wire: what visitors who mean harm, or mean nothing, do to a served page and to its memory.

A server of its own shows a release of random units. It is asked thousands of odd callbacks and odd
addresses over a connection that stays open; none may be answered 500, and its memory must stay
about what it was once every page had been looked at. Then hundreds of connections say nothing, or
a byte now and then, while a reader asks.
"""

from __future__ import annotations

import http.client
import json
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dashboard import exhibits
from dashboard.exhibits.registry import definitions
from dashboard.security.guard import CALLBACK
from tests.support.releases import build_release, point_to
from tests.support.served import callback_body, resident, serving

RELEASE = "2026-09-20261016t094000-0a1b2c3d"
#: Asked before memory is measured, so that what is kept for every reader is kept.
_WARM = 3
#: Multiple of its memory that a server may have after all odd requests.
GROWTH = 1.2
#: One in so many odd callbacks and addresses is whole, so that pages are made meanwhile.
_WHOLE = 12
PAGES = (
    "/", "/overview", "/hotspots", "/routes", "/referrals", "/quality", "/protection", "/glossary",
)  # fmt: skip
_FILES = ("json", "csv", "xlsx", "geojson", "gpkg")
_WORDS = (
    "", "0", "-1", "true", "null", "[]", "{}", "..", "/etc/passwd", "%00", "\x00", "আ", "\u202e",
    "<script>", "' OR 1=1 --", "2026-13", "9" * 400, "BD2022", "female", "a" * 3_000, "\ud7ff",
)  # fmt: skip
_NAMES = (
    "area", "period", "sex", "class", "measure", "level", "edition", "lang", "by", "view", "x",
)  # fmt: skip


JSON = "application/json"
#: Method, address and body.
Request = tuple[str, str, bytes | None]


@dataclass
class WireFigures:
    """What came of odd requests.

    Attributes:
        callbacks: Odd callbacks asked, by the answer's status.
        routes: Odd addresses asked, by the answer's status.
        before: Resident bytes of the server once every page had been looked at.
        after: Resident bytes at the end.
        slowest: Seconds of a reader's slowest answer beside idle and slow connections.
        wrong: What did not hold, in words; must be empty.
    """

    callbacks: Counter[int] = field(default_factory=Counter)
    routes: Counter[int] = field(default_factory=Counter)
    before: int = 0
    after: int = 0
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """Memory at the end as a multiple of that before; 0 where it is not known."""
        return self.after / self.before if self.before else 0.0


class Visitor:
    """One connection that stays open while the server keeps it."""

    def __init__(self, port: int, brought: Mapping[str, str] | None = None) -> None:
        self._brought = dict(brought or {})
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = JSON
    ) -> tuple[int, bytes]:
        """Status and body of an answer; a connection that was closed is opened once more."""
        # Compressed as browsers ask for it, or what is kept of that would not be seen to grow.
        head = self._brought | {"Accept-Encoding": "br, gzip"}
        head |= {"Content-Type": kind} if body is not None else {}
        for left in (1, 0):
            try:
                self._line.request(method, path, body, head)
                answer = self._line.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                self._line.close()
                if not left:
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        self._line.close()


@contextmanager
def visited(folder: Path, state: Path | None = None, **extra: str) -> Iterator[tuple[int, int]]:
    """A server that shows a release of random units: its port and the id of its process.

    One process answers, whose memory is looked at; ``extra`` are more variables of its environment.
    """
    exhibits.load()
    releases = folder / "store" / "releases"
    releases.mkdir(parents=True)
    build_release(releases / f"{RELEASE}.duckdb", months=24)
    point_to(releases, RELEASE)
    with serving(folder, state, ATLAS_PROCESSES="1", **extra) as told:
        yield told


def measure_wire(folder: Path, *, callbacks: int, routes: int, seed: int) -> WireFigures:
    """Ask so many odd callbacks and addresses, then a reader beside idle and slow connections."""
    chance = random.Random(seed)
    found = WireFigures()
    with visited(folder) as (port, process):
        visitor = Visitor(port)
        for _ in range(_WARM):
            look_at_everything(visitor)
        _odd(found, visitor, "callbacks", callbacks // 20, lambda: odd_callback(chance))
        _odd(found, visitor, "routes", routes // 20, lambda: ("GET", odd_route(chance), None))
        found.before = resident(process)
        rest = callbacks - callbacks // 20, routes - routes // 20
        _odd(found, visitor, "callbacks", rest[0], lambda: odd_callback(chance))
        _odd(found, visitor, "routes", rest[1], lambda: ("GET", odd_route(chance), None))
        found.after = resident(process)
        visitor.close()
        found.slowest = slowest_beside(port, idle=200, slow=32, asks=10)
    return found


def look_at_everything(visitor: Visitor) -> None:
    for page in PAGES:
        visitor.ask("GET", page)
    for entry in definitions():
        for ending in ("json", "csv"):
            visitor.ask("GET", f"/exhibit/{entry.id}.{ending}")
    visitor.ask("POST", CALLBACK, json.dumps(callback_body("/", RELEASE)).encode())


def _odd(
    found: WireFigures, visitor: Visitor, kind: str, count: int, made: Callable[[], Request]
) -> None:
    for _ in range(count):
        note(found, kind, visitor, made())


def note(found: Any, kind: str, visitor: Visitor, asked: Request, form: str = JSON) -> None:
    """Ask something, and count its status among figures; whatever is answered 500 is wrong."""
    status, _ = visitor.ask(*asked, form)
    getattr(found, kind)[status] += 1
    if status >= 500:
        found.wrong.append(f"{status} for {asked[0]} {asked[1][:200]} {(asked[2] or b'')[:300]!r}")


def odd_callback(chance: random.Random) -> Request:
    """A callback that a browser would hardly send: other shapes, other addresses, other bytes."""
    card = chance.choice(definitions()).id
    query = odd_query(chance)
    if chance.randrange(_WHOLE) == 0:
        address = f"{chance.choice(PAGES)}?{query}#want=rest&cards={card}&tables={card}"
        return "POST", CALLBACK, json.dumps(callback_body(address[:5_900], RELEASE)).encode()
    body: Any = callback_body(f"/?{query}#{chance.choice(_WORDS)}", RELEASE)
    for _ in range(chance.randint(1, 4)):
        body = _bent(body, chance)
    text = json.dumps(body).encode()
    if chance.random() < 0.3:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + bytes(chance.randrange(256) for _ in range(3)) + text[at + 2 :]
    return "POST", CALLBACK, text


def _bent(value: Any, chance: random.Random) -> Any:
    """A value with one part of it exchanged, left out, doubled or wrapped."""
    odd: tuple[Any, ...] = (None, True, 0, -1, 1e308, [], {}, [[]], *_WORDS)
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(list(value))
        made = dict(value)
        how = chance.randrange(4)
        if how == 0:
            del made[name]
        elif how == 1:
            made[chance.choice(_WORDS)] = made.pop(name)
        else:
            made[name] = _bent(made[name], chance)
        return made
    if isinstance(value, list) and value and chance.random() < 0.8:
        made = list(value)
        at = chance.randrange(len(made))
        made[at] = _bent(made[at], chance)
        return made * 2 if chance.random() < 0.2 else made
    return [value] if chance.random() < 0.2 else chance.choice(odd)


def odd_query(chance: random.Random) -> str:
    """A query string of names that are read and values that mostly are not."""
    pairs = (
        f"{chance.choice(_NAMES)}={quote(chance.choice(_WORDS), errors='replace')}"
        for _ in range(chance.randint(0, 5))
    )
    return "&".join(pairs)[:3_000]


def odd_route(chance: random.Random) -> str:
    """An address that hardly anybody asks for."""
    word = quote(chance.choice(_WORDS), errors="replace")[:3_000]
    entry = chance.choice(definitions()).id
    ending = chance.choice((*_FILES, "exe", word or "x"))
    if chance.randrange(_WHOLE) == 0:
        return f"/exhibit/{entry}.{chance.choice(_FILES[:2])}?{odd_query(chance)}"
    return chance.choice((
        f"/{word}?{odd_query(chance)}",
        f"/exhibit/{word}.{ending}",
        f"/exhibit/{entry}{word}.{ending}?{odd_query(chance)}",
        f"/assets/{word}", f"/assets/../{word}", f"/assets/css/{word}.css?{word}",
        f"/_dash-component-suites/dash/{word}", f"/_dash-component-suites/{word}/dcc/x.js",
        f"/geography/{word}.json", f"/geography/camps-{word}.geojson", f"/definitions/{word}.json",
        f"/geography/{word}.arcs.json", f"/geography/adm2.arcs.json?v={word}",
        f"/assets/js/atlas.js?m={word}",
        f"/openapi.json?{word}", f"/healthz?{word}", f"/_favicon.ico?{word}",
        f"/_dash-layout/{word}",
        f"/_reload-hash?{word}", f"/%2e%2e/{word}", f"//{word}",
    ))  # fmt: skip


def slowest_beside(port: int, *, idle: int, slow: int, asks: int) -> float:
    """Seconds of a reader's slowest answer while others hold connections and say little."""
    beginning = f"POST {CALLBACK} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n".encode()
    slowest, body = 0.0, json.dumps(callback_body("/quality", RELEASE)).encode()
    with ExitStack() as held:
        lines = [
            held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20))
            for _ in range(idle + slow)
        ]
        said = lines[:slow]
        for line in said:
            line.sendall(beginning)
        for number in range(asks):
            for line in said:
                line.sendall(b"X"[:1] if number else b"X-Slow: ")
            begun = time.monotonic()
            reader = Visitor(port)
            status, _ = reader.ask("POST", CALLBACK, body)
            slowest = max(slowest, time.monotonic() - begun)
            reader.close()
            if status != 200:
                raise AssertionError(f"a reader was answered {status}")
    return slowest
