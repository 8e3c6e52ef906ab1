"""Last search: how many pairs it found, kept beside the register with a digest of its inputs.

A search of a large register takes a while, and ``status`` tells its numbers each time. Numbers are
kept, no pair and no record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl.events.build import ParentRow
from etl.register import seal
from etl.register.decisions import Duplicate
from etl.settings import Settings

#: In the operator's half; `duplicates` writes it again where it is lost.
FILE = "duplicates.json"


def inputs_digest(
    settings: Settings, parents: Sequence[ParentRow], decided: Iterable[Duplicate]
) -> str:
    """Digest of all that a search depends on: register, areas, decisions, how it is made."""
    pairs = sorted((*entry.incidents, entry.decision) for entry in decided)
    areas = sorted(map(str, parents))
    states = seal.states(settings, settings.register)
    digest = hashlib.sha256(json.dumps([states, areas, pairs]).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def read(settings: Settings, digest: str) -> dict[str, int] | None:
    """Numbers of the last search, or None where its ``inputs_digest`` has changed."""
    path = _path(settings)
    if not path.exists():
        return None
    document = seal.read_json(path)
    return document["found"] if document["of"] == digest else None


def write(settings: Settings, digest: str, counts: Mapping[str, int]) -> None:
    """Keep the numbers of a search; call it under the lock."""
    seal.write_json(settings, _path(settings), {"of": digest, "found": counts})


def forget(settings: Settings) -> None:
    """Remove what is kept, as where records were taken out."""
    seal.drop(settings, _path(settings))


def _path(settings: Settings) -> Path:
    return settings.operator / FILE
