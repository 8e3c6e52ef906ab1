"""What a store is: the facts of it that no rebuild may lose.

The kind of its data follows from the loads in the register. The fingerprints of its secrets and
the protection base it publishes with are kept in ``operator/store.json``, so that the register
can be rebuilt from extracts at any time.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import cast

from etl.register.access import create, replace_file
from etl.settings import OperatorError, Settings

_FORMAT = 1


@dataclass(frozen=True)
class Store:
    """Facts of a store.

    Attributes:
        identifiers: Fingerprint of the secret that hashes keys.
        protection: Fingerprint of the secret that protects units.
        base: Protection base of its releases (see ``declare_base``); None before the first.
    """

    identifiers: str
    protection: str
    base: int | None = None


def exists(settings: Settings) -> bool:
    """Whether the store was made."""
    return _file(settings).exists()


def read_store(settings: Settings) -> Store:
    """The facts of the store.

    Raises:
        OperatorError: If the store was not made yet.
    """
    if not exists(settings):
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    held = cast("dict[str, object]", json.loads(_file(settings).read_text(encoding="utf-8")))
    base = held["base"]
    return Store(
        str(held["identifiers"]), str(held["protection"]), base if isinstance(base, int) else None
    )


def make_store(settings: Settings, facts: Store) -> None:
    """Make the folders, the empty register and the lock of a new store."""
    for folder in (settings.extracts, settings.units, settings.releases, settings.state):
        folder.mkdir(parents=True, exist_ok=True)
    if not settings.register.exists():
        create(settings.register)
    (settings.operator / "register.lock").write_bytes(b"lock")
    _write(settings, facts)


def declare_base(settings: Settings, base: int) -> None:
    """Record the base a store publishes with; call it under the register's lock.

    Args:
        settings: Paths of the store.
        base: 1 where units are the records themselves, 5 where they are protected.

    Raises:
        OperatorError: If the store already published with another base.
    """
    facts = read_store(settings)
    if facts.base not in (None, base):
        raise OperatorError(
            f"This store publishes with base {facts.base}; base {base} needs a store of its own."
        )
    if facts.base is None:
        _write(settings, replace(facts, base=base))


def _file(settings: Settings) -> Path:
    return settings.operator / "store.json"


def _write(settings: Settings, facts: Store) -> None:
    path = _file(settings)
    new = path.with_suffix(".new")
    new.write_text(
        json.dumps({"format": _FORMAT, **asdict(facts)}, indent=1) + "\n", encoding="utf-8"
    )
    replace_file(new, path)
