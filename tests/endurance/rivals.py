"""Rivals: two publishers at once on one store; exactly one publishes, the other says so."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.settings import Settings
from tests.endurance import stores
from tests.endurance.forked import answer_of, in_child, measured, started

#: What the one that comes too late may say.
_TOLD = re.compile(r"Another command is using the store|No month is due")


@dataclass(frozen=True)
class RivalFigures:
    """What came of pairs of publishers.

    Attributes:
        pairs: How many there were.
        in_use: Pairs of which one was told that the store is in use.
        wrong: What did not hold, in words; must be empty.
    """

    pairs: int
    in_use: int
    wrong: tuple[str, ...]


def measure_rivals(made: Path, folder: Path, *, pairs: int) -> RivalFigures:
    """Start so many pairs, one after the other, on copies of the stores in ``made``."""
    (found,) = measured("rivals", made, folder, processes=1, pairs=pairs)
    return RivalFigures(found["pairs"], found["in_use"], tuple(found["wrong"]))


def trials(made: Path, folder: Path, share: int, shares: int, *, pairs: int) -> dict[str, Any]:
    """Pairs on copies of one store, each compared with a store that one published."""
    alone = stores.copied(made / "loaded", folder / "alone")
    in_child(lambda: stores.must(alone, *_words()).text)
    expected = in_child(lambda: stores.content(alone))
    in_use = 0
    wrong: list[str] = []
    for number in range(share, pairs, shares):
        settings = stores.copied(made / "loaded", folder / "pair")
        said = _both(settings)
        told = [text for code, text in said if code != 0]
        if len(told) != 1 or not _TOLD.search(told[0]):
            wrong.append(f"pair {number}: they ended with {said}")
        in_use += any("Another command" in text for text in told)
        found = in_child(lambda: stores.content(settings))  # noqa: B023 -- asked at once
        wrong += [f"pair {number}: {words}" for words in stores.difference(found, expected)]
    return {"pairs": pairs, "in_use": in_use, "wrong": wrong}


def _words() -> tuple[str, ...]:
    return "publish", "--as-of", stores.LAST, "--no-public"


def _both(settings: Settings) -> list[tuple[int, str]]:
    """Two publishers, held back until both are there; their exit codes and words."""
    gate, opening = os.pipe()

    def publish() -> tuple[int, str]:
        os.close(opening)
        os.read(gate, 1)
        said = stores.run(settings, *_words())
        return said.code, said.text

    running = [started(publish) for _ in range(2)]
    os.close(opening)
    said = [answer_of(process) for process in running]
    os.close(gate)
    return said
