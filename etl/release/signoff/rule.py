"""Rule: what the group decided about sign-off, and the key that both sides seal files with."""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from dashboard.model.signoff import Quorum
from etl.register.store import read_store
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings


@dataclass(frozen=True)
class SignOffRule:
    """What the group decided.

    Attributes:
        quorum: How many partners must sign; "none" where nobody is asked.
        days: Days that they have.
        silence: Whether who does not answer in time is taken to agree.
    """

    quorum: Quorum
    days: int
    silence: bool

    @property
    def is_required(self) -> bool:
        """Whether partners are asked."""
        return self.quorum != "none"

    @property
    def sentence(self) -> str:
        """The rule in words."""
        if not self.is_required:
            return "No partner is asked to sign an edition."
        after = (
            "After them, silence counts as consent." if self.silence else "Silence is not consent."
        )
        return f"{self.quorum.capitalize()} partners must sign within {self.days} days. {after}"


def read_rule(settings: Settings) -> SignOffRule:
    """The rule of a store."""
    store = read_store(settings)
    return SignOffRule(cast("Quorum", store.quorum), store.days_to_sign, store.silence)


def key_of(settings: Settings) -> bytes:
    """The key of sign-off; it follows from the protection secret, which cannot be had from it.

    Raises:
        OperatorError: If the secret is missing or not that of the store.
    """
    secret = open_secrets(settings).protection
    return hmac.digest(secret, b"situation-atlas sign-off", hashlib.sha256).hex().encode("ascii")


def write_key(settings: Settings, path: Path) -> None:
    """Write the key for the web process into a new file that its owner alone may read.

    Raises:
        OperatorError: If there is a file, or no folder for it.
    """
    key = key_of(settings)
    if not path.parent.is_dir():
        raise OperatorError(f"There is no folder {path.parent} for the key.")
    if path.exists():
        raise OperatorError(f"{path} is there already; nothing was written.")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key + b"\n")
