"""Damage: release files with flipped bits, missing ends and exchanged words.

Every trial puts a damaged release behind a whole one that is already shown, points to it, and
asks as readers and operators do: the health route, exhibits over the Flask routes, and every
table of a file that is shown. A damaged file may be refused, and then the old release stays and
the health route is red; or it may be shown, and then every answer is that of the undamaged file.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask
from flask.testing import FlaskClient

from dashboard import door, exhibits
from dashboard.exhibits.registry import definitions
from dashboard.model.release import DIGEST_SUFFIX, TABLES
from dashboard.release.folder import Releases
from dashboard.release.open_release import Release
from etl.register.access import CONFIG
from tests.support.releases import point_to

#: Shares of a file that are left of it in the trials of truncation.
SHARES = (0.02, 0.25, 0.5, 0.75, 0.97)
#: Asked where the older release must still be shown.
_SOME = ("overview.indicators", "hotspots.ranking", "referrals.pathway")
#: Lists the readable files of the folder and no number of a release.
_LISTS_FILES = "quality.editions"
_PAGE = 4096
_BLOCK = cast(int, CONFIG["default_block_size"])
_WORD = 8

Harm = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True)
class DamageFigures:
    """What came of damaged files of one kind.

    Attributes:
        kind: What was done to them, in words.
        trials: How many there were.
        refused: Refused: the release before them stayed, with a red health route or, of files
            of the operator, with the name of the file and what to do.
        harmless: Shown or published, and every answer and table as of the undamaged file.
        wrong: What went wrong in the others, in words; must be empty.
    """

    kind: str
    trials: int
    refused: int
    harmless: int
    wrong: tuple[str, ...]


def flipped(whole: bytes, chance: random.Random) -> bytes:
    """One bit flipped anywhere."""
    made = bytearray(whole)
    made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def exchanged(whole: bytes, chance: random.Random) -> bytes:
    """Two different words of one block exchanged, which the database's own sums cannot see."""
    made = bytearray(whole)
    while made == whole:
        start = 3 * _PAGE + _BLOCK * chance.randrange((len(whole) - 3 * _PAGE) // _BLOCK)
        # The first word is the sum of the others; where all are 0 nothing is stored.
        words = range(start + _WORD, start + _BLOCK, _WORD)
        stored = [at for at in words if any(whole[at : at + _WORD])]
        if len(stored) < 2:  # noqa: PLR2004 -- a block that is free
            continue
        one, other = chance.sample(stored, 2)
        made[one : one + _WORD] = whole[other : other + _WORD]
        made[other : other + _WORD] = whole[one : one + _WORD]
    return bytes(made)


def measure_damage(
    folder: Path, shown: Path, following: Path, *, flips: int, truncations: int, control: int,
    seed: int,
) -> tuple[list[DamageFigures], DamageFigures]:  # fmt: skip
    """Damage the second of two releases in every way and count what comes of it.

    Args:
        folder: Folder for the trials.
        shown: A whole release with its digest, shown before.
        following: The release after it with its digest, whose copies are damaged.
        flips: Trials with a flipped bit, once with and once without the digest beside the file; a
            fourth as many exchange two words.
        truncations: Trials with a missing end, at most as many as ``SHARES``.
        control: Trials of the control at most: it ends with the first wrong number.
        seed: Seed of every place.

    Returns:
        The figures, and those of the control: damage that only a digest shows, without one. There
        wrong numbers must be seen, else no trial could see any.
    """
    exhibits.load()
    trials = _Trials(folder, shown, following)
    chance = random.Random(seed)
    cut = [_cut_to(share) for share in SHARES[:truncations]]
    # As published; then as somebody copies it by hand, without its digest.
    return [
        trials.run("a bit flipped", [flipped] * flips, chance),
        trials.run("a bit flipped, no digest beside it", [flipped] * flips, chance, digest=False),
        trials.run("truncated", cut, chance),
        trials.run("truncated, no digest beside it", cut, chance, digest=False),
        trials.run("two words of one block exchanged", [exchanged] * (flips // 4), chance),
    ], trials.run(
        "two words exchanged, no digest", [exchanged] * control, chance, digest=False,
        is_control=True,
    )  # fmt: skip


def _cut_to(share: float) -> Harm:
    return lambda whole, _: whole[: int(len(whole) * share)]


class _Trials:
    def __init__(self, folder: Path, shown: Path, following: Path) -> None:
        self._folder = folder
        self._shown = shown
        self._following = following
        self._whole = following.read_bytes()
        with _readers(folder / "whole", shown, following, self._whole) as (client, releases):
            self._before = _answers(client, _SOME)
            point_to(folder / "whole", following.stem)
            self._after = _answers(client, _all())
            self._tables = _tables(releases.current())
            after = _answers(client, _SOME)
        if self._before == after:
            raise AssertionError("the two releases answer alike, so no trial could tell them apart")

    def run(
        self, kind: str, harms: list[Harm], chance: random.Random, *, digest: bool = True,
        is_control: bool = False,
    ) -> DamageFigures:  # fmt: skip
        """Damage a copy in each of the ways; of the control until a number is wrong."""
        outcomes = list[str]()
        for harm in harms:
            outcomes.append(self._trial(harm(self._whole, chance), digest=digest))
            if is_control and outcomes[-1] not in ("refused", "harmless"):
                break
        return DamageFigures(
            kind, len(outcomes), outcomes.count("refused"), outcomes.count("harmless"),
            tuple(o for o in outcomes if o not in ("refused", "harmless")),
        )  # fmt: skip

    def _trial(self, content: bytes, *, digest: bool) -> str:
        folder = self._folder / "trial"
        with _readers(folder, self._shown, self._following, content) as (client, releases):
            if not digest:
                _digest_of(folder / self._following.name).unlink()
            _answers(client, _SOME[:1])
            point_to(folder, self._following.stem)
            health = client.get("/readyz")
            if health.status_code == 503:
                named = self._following.stem in str((health.json or {}).get("problem"))
                told = "" if named else "the health route does not name the file"
                same = _answers(client, _SOME) == self._before
                return told or ("refused" if same else "a wrong older number")
            same = _answers(client, _all()) == self._after
            same = same and _tables(releases.current()) == self._tables
            return "harmless" if same else "a wrong number"


@contextmanager
def _readers(
    folder: Path, shown: Path, following: Path, content: bytes
) -> Iterator[tuple[FlaskClient, Releases]]:
    """The routes on a folder that holds both releases and points to the first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path in (shown, _digest_of(shown), _digest_of(following)):
        shutil.copy(path, folder / path.name)
    (folder / following.name).write_bytes(content)
    point_to(folder, shown.stem)
    releases = Releases(folder)
    server = Flask(__name__)
    door.install(server, releases, folder)
    yield server.test_client(), releases


def _digest_of(path: Path) -> Path:
    return path.with_name(path.name + DIGEST_SUFFIX)


def _all() -> list[str]:
    return [entry.id for entry in definitions() if entry.id != _LISTS_FILES]


def _answers(client: FlaskClient, exhibit_ids: Sequence[str]) -> list[tuple[int, bytes]]:
    """Exhibits of the current release as a reader gets them."""
    answers = [client.get(f"/exhibit/{exhibit_id}.json") for exhibit_id in exhibit_ids]
    return [(answer.status_code, answer.data) for answer in answers]


def _tables(release: Release) -> list[object]:
    return [
        release.query(f"SELECT count(*), sum(hash(t)::HUGEINT) FROM {table} t")  # noqa: S608
        for table in TABLES
    ]
