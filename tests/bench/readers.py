"""Many readers at once, as their browsers ask: a view of a page, a moment to look, another view."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from tests.bench.exhibits import percentile, random_queries
from tests.support.pages import PAGES
from tests.support.served import callback_body

#: Seconds that a reader looks at an answer, and that all of them read.
THINKING, READING = 2.0, 40.0
#: Views that each reader has of their own, and that a group has in common.
OWN, COMMON = 20, 40


@dataclass(frozen=True)
class ReadersFigures:
    """What so many readers waited for.

    Attributes:
        readers: How many read at once.
        answers: Answers of views and of the rest of pages.
        errors: Requests that were not answered with 200.
        p50: Milliseconds for an answer, median.
        p95: Milliseconds, 95th percentile.
    """

    readers: int
    answers: int
    errors: int
    p50: float
    p95: float


@dataclass
class _Told:
    waits: list[float] = field(default_factory=list)
    errors: int = 0


def measure_readers(
    address: str, releases: Path, *, readers: int, in_common: bool, seconds: float = READING,
    signed: Sequence[Mapping[str, str]] = (),
) -> ReadersFigures:  # fmt: skip
    """Let so many readers ask a served product, each at its own pace.

    Args:
        address: Where it is served.
        releases: Its folder of releases.
        readers: How many.
        in_common: Whether they look at the same views, as a group does that meets, or no two at
            one, so that nothing which is remembered helps.
        seconds: For how long.
        signed: What the browser of each reader brings who has signed in.
    """
    release = Releases(releases).current()
    views = [_views(release, number, in_common=in_common) for number in range(readers)]
    told = [_Told() for _ in range(readers)]
    until = time.monotonic() + seconds
    brought = list(signed) or [{} for _ in range(readers)]
    threads = [
        threading.Thread(
            target=_read,
            args=(address, release, number, views[number], until, brought[number], told[number]),
        )
        for number in range(readers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    release.close()
    waits = [wait for each in told for wait in each.waits]
    return ReadersFigures(
        readers, len(waits), sum(each.errors for each in told), percentile(waits, 0.5),
        percentile(waits, 0.95),
    )  # fmt: skip


def _views(release: Release, number: int, *, in_common: bool) -> list[str]:
    return random_queries(release, COMMON, 0) if in_common else random_queries(release, OWN, number)


def _read(
    address: str, release: Release, number: int, queries: Sequence[str], until: float,
    brought: Mapping[str, str], told: _Told,
) -> None:  # fmt: skip
    chance = random.Random(number)  # noqa: S311 -- not a secret
    pages = [page for page in PAGES if page.slots]
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    time.sleep(chance.random() * THINKING)
    while time.monotonic() < until:
        page, query = chance.choice(pages), chance.choice(queries)
        rest = [slot.exhibit for slot in page.slots if slot.exhibit not in page.leading]
        for want, cards in (("view", page.leading), ("rest", rest)):
            if cards:
                asked = f"{page.path}?{query}#want={want}&cards={','.join(cards)}"
                _ask(connection, asked, release.id, brought, told)
        time.sleep(THINKING * (0.5 + chance.random()))
    connection.close()


def _ask(
    connection: http.client.HTTPConnection, asked: str, release: str, brought: Mapping[str, str],
    told: _Told,
) -> None:  # fmt: skip
    started = time.perf_counter()
    connection.request(
        "POST", "/_dash-update-component", json.dumps(callback_body(asked, release)),
        {"Content-Type": "application/json", **brought},
    )  # fmt: skip
    response = connection.getresponse()
    response.read()
    told.waits.append((time.perf_counter() - started) * 1000)
    told.errors += response.status != 200
