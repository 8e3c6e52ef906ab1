"""Publications under readers: real ones, while threads and HTTP clients ask without a pause.

The clients ask a server of several processes, and each question may come to another of them.

A reader notes which release answered, when it asked and what it was told. After the last
publication every answer is compared with that of the release file itself.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from dashboard import exhibits
from dashboard.door import answer_exhibit
from dashboard.exports.json import as_json
from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from tests.support.echoes import at_most
from tests.support.served import served
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

#: What every HTTP reader asks; its answer holds the release id and numbers of three facts.
EXHIBIT = "overview.indicators"
QUESTION = "SELECT month, sex, sum(size) FROM people GROUP BY ALL ORDER BY ALL"
FIRST = Month(2023, 1)
PER_MONTH = 40
#: Processes of the server: one may see a publication before another does.
PROCESSES = 2
#: Seconds that a publication may take beside the readers, on a machine that does more.
PUBLICATION_SECONDS = 600


@dataclass(frozen=True)
class ReaderFigures:
    """What readers noticed of publications.

    Attributes:
        publications: Publications during which they read.
        readers: How many read at once, half of them over HTTP.
        answers: Answers they got.
        errors: Requests that failed, in words.
        backwards: Answers of an older release than the same reader had before.
        wrong: Answers that differ from those of the release file that they name.
        slowest: Seconds from a publication to the last request that an older release answered.
        held: Releases that were held open over at least ten later publications, and still
            answered as before.
    """

    publications: int
    readers: int
    answers: int
    errors: tuple[str, ...]
    backwards: int
    wrong: int
    slowest: float
    held: int


@dataclass
class _Reader:
    """Answers of one reader: time of asking, release id, digest of what was told."""

    answers: list[tuple[float, str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def measure_readers(folder: Path, *, publications: int, readers: int) -> ReaderFigures:
    """Publish so many months one after the other while so many readers ask.

    Args:
        folder: Empty folder for the store.
        publications: Months to publish, after the first two.
        readers: Even number; one half reads in this process, the other over HTTP.
    """
    exhibits.load()
    settings = registers.make(folder)
    people = invented.people(PER_MONTH, publications + 2, seed=7)
    registers.fill(settings, registers.register_rows(people, referrals=1.0))
    registers.publish_to(settings, FIRST.plus(1))
    releases = Releases(settings.releases)
    over = threading.Event()
    with served(folder, ATLAS_PROCESSES=str(PROCESSES)) as address:
        half = readers // 2
        notes = [_Reader() for _ in range(readers)]
        asks = [_direct(releases) for _ in range(half)] + [_over_http(address)] * (readers - half)
        threads = [
            threading.Thread(target=_read, args=(ask_once, note, over))
            for ask_once, note in zip(asks, notes, strict=True)
        ]
        for thread in threads:
            thread.start()
        published, held = _publish_all(folder, releases, publications)
        over.set()
        for thread in threads:
            thread.join()
    return _judge(settings.releases, notes, published, held)


def _read(ask_once: Callable[[], tuple[str, str]], note: _Reader, over: threading.Event) -> None:
    last_round = False
    while not last_round:
        # One more answer after the last publication, so that its swap is seen as well.
        last_round = over.is_set()
        asked = time.time()
        try:
            note.answers.append((asked, *ask_once()))
        except Exception as error:  # noqa: BLE001 -- whatever fails is what is counted
            note.errors.append(f"{type(error).__name__}: {error}")
            if len(note.errors) > 100:
                return


def _direct(releases: Releases) -> Callable[[], tuple[str, str]]:
    def once() -> tuple[str, str]:
        release = releases.current()
        return release.id, _digest(repr(release.query(QUESTION)))

    return once


def _over_http(address: str) -> Callable[[], tuple[str, str]]:
    host = urlsplit(address)

    def once() -> tuple[str, str]:
        connection = http.client.HTTPConnection(host.hostname or "", host.port, timeout=30)
        connection.request("GET", f"/exhibit/{EXHIBIT}.json")
        answer = connection.getresponse()
        body = answer.read().decode("utf-8")
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"answered {answer.status}: {body[:200]}")
        return str(json.loads(body)["release"]["release_id"]), _digest(body)

    return once


def _publish_all(
    folder: Path, releases: Releases, publications: int
) -> tuple[list[tuple[float, str]], list[bool]]:
    """Publish in a process of its own; hold an early release to the end and ask it again.

    Returns:
        Time and id of each publication, and whether each held release still answers as before.
    """
    here, there = multiprocessing.get_context("spawn").Pipe()
    publisher = multiprocessing.get_context("spawn").Process(
        target=_publish_months, args=(folder, publications, there)
    )
    early = releases.current()
    before = early.query(QUESTION)
    publisher.start()
    published: list[tuple[float, str]] = []
    held: list[bool] = []
    keeping: list[tuple[int, Release, object]] = [(0, early, before)]
    for number in range(1, publications + 1):
        if not here.poll(PUBLICATION_SECONDS):
            raise AssertionError(f"a publication took longer than {PUBLICATION_SECONDS} s")
        published.append(here.recv())
        if number % 10 == 0:
            for since, release, told in keeping:
                if number - since >= 10:
                    held.append(release.query(QUESTION) == told)
            current = releases.current()
            keeping = [(number, current, current.query(QUESTION))]
    if not held:
        held.append(early.query(QUESTION) == before)
    publisher.join(60)
    if publisher.exitcode != 0:
        raise AssertionError(f"the publisher ended with {publisher.exitcode}")
    assert releases.current().id == published[-1][1]
    return published, held


def _publish_months(folder: Path, publications: int, told: Connection) -> None:
    settings = registers.settings_of(folder)
    for number in range(publications):
        with at_most(1):
            release = registers.publish_to(settings, FIRST.plus(2 + number))
        switched = (settings.releases / "current").stat().st_ctime  # of its renaming
        told.send((switched, release.release_id))
    told.close()


def _judge(
    folder: Path, notes: list[_Reader], published: list[tuple[float, str]], held: list[bool]
) -> ReaderFigures:
    place = {release_id: number for number, (_, release_id) in enumerate(published)}
    switched = [when for when, _ in published]
    truth = {path.stem: _told_by(path) for path in folder.glob("*.duckdb")}
    backwards = wrong = 0
    slowest = 0.0
    for note in notes:
        newest = -1
        for asked, release_id, told in note.answers:
            number = place.get(release_id, -1)
            backwards += number < newest
            newest = max(newest, number)
            wrong += told not in truth[release_id]
            if number + 1 < len(switched):
                slowest = max(slowest, asked - switched[number + 1])
    return ReaderFigures(
        publications=len(published), readers=len(notes),
        answers=sum(len(note.answers) for note in notes),
        errors=tuple(error for note in notes for error in note.errors), backwards=backwards,
        wrong=wrong, slowest=slowest, held=sum(held) if all(held) else -1,
    )  # fmt: skip


def _told_by(path: Path) -> set[str]:
    """Digests of what a release file itself answers to a direct and to an HTTP reader."""
    release = Release(path)

    class Only(Releases):
        def current(self) -> Release:
            return release

    answer = answer_exhibit(EXHIBIT, "", Only(path.parent))
    told = {
        _digest(repr(release.query(QUESTION))),
        _digest(as_json(answer.exhibit, answer.reading.filters)),
    }
    release.close()
    return told


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
