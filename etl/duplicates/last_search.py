"""Last search: what it came to, kept beside the register with what it was made of.

A search of a large register takes a while, and ``status`` tells its numbers each time. Numbers are
kept, no pair and no record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from etl.events.build import ParentRow
from etl.register import seal
from etl.register.decisions import Duplicate
from etl.settings import Settings

#: In the operator's half; `duplicates` writes it again where it is lost.
FILE = "duplicates.json"


def made_of(settings: Settings, parents: Sequence[ParentRow], decided: Iterable[Duplicate]) -> str:
    """Digest of all that a search depends on: register, areas, decisions, how it is made."""
    held = sorted((*entry.incidents, entry.decision) for entry in decided)
    areas = sorted(map(str, parents))
    states = seal.states(settings, settings.register)
    made = hashlib.sha256(json.dumps([states, areas, held]).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        made.update(module.read_bytes())
    return made.hexdigest()


def read(settings: Settings, digest: str) -> dict[str, int] | None:
    """Numbers of the last search, or None where what it depends on (``made_of``) has changed."""
    path = _path(settings)
    if not path.exists():
        return None
    held = cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))
    return held["found"] if held["of"] == digest else None


def write(settings: Settings, digest: str, found: Mapping[str, int]) -> None:
    """Keep the numbers of a search; call it under the lock."""
    seal.write_json(settings, _path(settings), {"of": digest, "found": found})


def forget(settings: Settings) -> None:
    """Remove what is kept, as where records were taken out."""
    seal.drop(settings, _path(settings))


def _path(settings: Settings) -> Path:
    return settings.operator / FILE
