"""What a store is: the facts of it that no rebuild may lose.

The kind of its data follows from the loads in the register. The fingerprints of its secrets, the
protection base it publishes with and what the operator set for it are kept in
``operator/store.json``, so that the register can be rebuilt from extracts at any time. What was
decided about single records stands in ``decisions``.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from etl.register import seal
from etl.settings import OperatorError, Settings

#: Of every file of the operator's half: a version that keeps one of them otherwise raises it.
_FORMAT = 4


@dataclass(frozen=True)
class Store:
    """Facts of a store.

    Attributes:
        identifiers: Fingerprint of the secret that hashes keys.
        protection: Fingerprint of the secret that protects units.
        base: Protection base of its releases (see ``declare_base``); None before the first.
        years: Whole calendar years that records are kept after their own; None for no end.
        public: Whether each publication also makes a public release.
        quorum: How many partners must sign an edition: all, most or none.
        days_to_sign: Days that they have.
        silence: Whether who does not answer in time is taken to agree.
    """

    identifiers: str
    protection: str
    base: int | None = None
    years: int | None = None
    public: bool = False
    quorum: str = "none"
    days_to_sign: int = 10
    silence: bool = False


def exists(settings: Settings) -> bool:
    """Whether a store was made; it may have lost its facts since."""
    return has_facts(settings) or seal.is_sealed(settings)


def has_facts(settings: Settings) -> bool:
    """Whether the file of the facts is there."""
    return facts_file(settings).exists()


def facts_file(settings: Settings) -> Path:
    """The file of the facts."""
    return settings.operator / "store.json"


def read_store(settings: Settings) -> Store:
    """The facts of the store.

    Raises:
        OperatorError: If the store was not made yet, or by another version, or its file is damaged.
    """
    path = facts_file(settings)
    if not path.exists() and seal.is_sealed(settings):
        raise OperatorError(
            f"{path.name} is missing in {path.parent}; restore the newest backup of the store."
        )
    if not path.exists():
        raise OperatorError(f"There is no store at {settings.store}; run `init` first.")
    try:
        document = seal.read_json(path)
        if document.pop("format") != _FORMAT:
            raise OperatorError(
                f"The store at {settings.store} was made by another version of the product: use "
                "that version, or begin a new store (`init`, `ATLAS_STORE`) and load the files "
                "anew."
            )
        return Store(**document)
    except (ValueError, KeyError, TypeError) as problem:
        raise OperatorError(
            f"{path.name} in {path.parent} is damaged; restore it from your backup."
        ) from problem


def is_open_to_others(settings: Settings) -> bool:
    """Whether any user of the machine can open the operator's half; Windows has other rules."""
    return sys.platform != "win32" and bool(settings.operator.stat().st_mode & 0o007)


def check_base(facts: Store, base: int) -> None:
    """Refuse another base than that of the store.

    Raises:
        OperatorError: If the store already publishes with another base.
    """
    if facts.base not in (None, base):
        raise OperatorError(
            f"This store publishes with base {facts.base}; base {base} needs a store of its own."
        )


def declare_base(settings: Settings, base: int) -> None:
    """Record the base a store publishes with; call it under the register's lock.

    Args:
        settings: Paths of the store.
        base: ``RECORDS`` where units are the records themselves, ``BASE`` where they are protected.

    Raises:
        OperatorError: If the store already published with another base.
    """
    facts = read_store(settings)
    check_base(facts, base)
    if facts.base is None:
        replace_store(settings, base=base)


def replace_store(settings: Settings, **changes: Any) -> Store:
    """Keep other values of some facts; call it under the register's lock.

    Args:
        settings: Paths of the store.
        changes: New values by the names of the attributes of ``Store``.
    """
    facts = replace(read_store(settings), **changes)
    write_store(settings, facts)
    return facts


def write_store(settings: Settings, facts: Store) -> None:
    """Keep the facts of a store; call it under the register's lock."""
    seal.write_json(settings, facts_file(settings), {"format": _FORMAT, **asdict(facts)})
