"""Secret files: the two secrets as they lie in their folder, outside the store.

One hashes the keys of records, one protects published units and seals the files of the operator.
Whether they are those of a store is asked in ``secrets``.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets as random_source
import sys
from dataclasses import dataclass
from pathlib import Path

from etl.settings import OperatorError, Settings

_LENGTH = 32
_NAMES = ("identifiers", "protection")
#: Rights of group and others that no secret has, and that no folder of secrets gives.
_OTHERS_MAY_READ, _OTHERS_MAY_WRITE = 0o077, 0o022


@dataclass(frozen=True)
class Secrets:
    """The bytes of both secrets, 32 each."""

    identifiers: bytes
    protection: bytes


def fingerprint(secret: bytes) -> str:
    """Hash by which a store knows its secret without holding it, 32 hexadecimal digits."""
    return hmac.digest(secret, b"situation-atlas fingerprint", hashlib.sha256).hex()[:32]


def secret_paths(settings: Settings) -> tuple[Path, Path]:
    """Files of the two secrets: identifiers, protection."""
    identifiers, protection = (settings.secrets / f"{name}.key" for name in _NAMES)
    return identifiers, protection


def are_there(settings: Settings) -> bool:
    """Whether both secrets lie in their folder, whatever they are."""
    return all(path.exists() for path in secret_paths(settings))


def make_secrets(settings: Settings) -> list[Path]:
    """Make the secrets that are not there yet and return their files.

    Raises:
        OperatorError: If the folder of the secrets lies inside the store.
    """
    if settings.secrets.resolve().is_relative_to(settings.store.resolve()):
        raise OperatorError(
            f"The secrets must lie outside the store; {settings.secrets} is inside it."
        )
    settings.secrets.mkdir(parents=True, exist_ok=True, mode=0o700)
    new: list[Path] = []
    for path in secret_paths(settings):
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as handle:
                handle.write(random_source.token_hex(_LENGTH) + "\n")
            new.append(path)
    return new


def read_secrets(settings: Settings) -> Secrets:
    """Both secrets as they lie in their folder, whatever the store says.

    Raises:
        OperatorError: If one is missing or damaged.
    """
    identifiers, protection = (_read(path) for path in secret_paths(settings))
    return Secrets(identifiers, protection)


def _read(path: Path) -> bytes:
    """The 32 bytes of one secret, which its file holds as hexadecimal digits."""
    if not path.exists():
        raise OperatorError(
            f"The secret {path.name} is missing in {path.parent}; restore it from your backup, "
            "or run `init` for a new store."
        )
    _refuse_unprotected(path)
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) != _LENGTH:
        raise OperatorError(f"The secret {path} is damaged; restore it from your backup.")
    return secret


def _refuse_unprotected(path: Path) -> None:
    """Refuse a secret that other users can read or replace; on Windows nothing is checked.

    Raises:
        OperatorError: With the command that takes the right from them.
    """
    if sys.platform == "win32":
        return
    if path.stat().st_mode & _OTHERS_MAY_READ:
        raise OperatorError(
            f"Other users of this machine can read the secret {path}: run `chmod 600 {path}`, and "
            "think about who may have read it."
        )
    if path.parent.stat().st_mode & _OTHERS_MAY_WRITE:
        raise OperatorError(
            f"Other users of this machine can change the secrets in {path.parent}: run "
            f"`chmod go-w {path.parent}`."
        )
