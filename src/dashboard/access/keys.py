"""Keys: the one secret of the web process, and what is derived of it for each purpose.

The secret lies in a file of its own outside the store. Whoever has the file of accounts alone can
neither try passwords nor make codes: both need the secret too.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

#: Bytes of a secret at least.
LEAST = 32
#: A secret of random bytes, or of random letters, has more different ones than this.
_LEAST_DIFFERENT = 12
#: Words of examples and templates, which random letters hold about never.
_KNOWN = (b"secret", b"password", b"change", b"example", b"0123456789", b"abcdefgh")


class WeakSecret(Exception):  # noqa: N818 -- says a state, as its message does
    """A secret that the product cannot start with; the message says what to do."""


@dataclass(frozen=True)
class Keys:
    """Derives keys from the secret.

    Attributes:
        secret: The secret, 32 bytes or more.
    """

    secret: bytes = field(repr=False)

    def digest(self, purpose: str, *parts: str) -> bytes:
        """The keyed digest of some texts for one purpose: 32 bytes, made with the secret alone."""
        encoded = (part.encode("utf-8", "surrogatepass").hex() for part in parts)
        message = "\x1f".join((purpose, *encoded))
        return hmac.digest(self.secret, message.encode("ascii"), hashlib.sha256)


def read_keys(path: Path) -> Keys:
    """The keys of a secret file.

    Raises:
        WeakSecret: If it cannot be read, is short, is no random one, or others may read it.
    """
    try:
        text = path.read_bytes().strip()
        mode = path.stat().st_mode
    except OSError as error:
        reason = error.strerror or str(error)
        raise WeakSecret(f"The secret {path} cannot be read ({reason}).") from error
    if sys.platform != "win32" and mode & 0o007:
        raise WeakSecret(f"Everybody on this machine may use the secret {path}: chmod 600 it.")
    if len(text) < LEAST:
        raise WeakSecret(f"The secret {path} has {len(text)} bytes; it needs {LEAST} or more.")
    if len(set(text)) < _LEAST_DIFFERENT or any(word in text.lower() for word in _KNOWN):
        raise WeakSecret(f"The secret {path} is no random one. Make it with: {HOW}")
    return Keys(text)


#: How an operator makes a secret.
HOW = "(umask 077; head -c 48 /dev/urandom | base64 > FILE)"


def private_folder(folder: Path) -> None:
    """Make a folder for what the web process keeps, readable by its user alone where it is new."""
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)


def private_file(path: Path) -> None:
    """Make an empty file that its user alone may read, where there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_APPEND, 0o600))
