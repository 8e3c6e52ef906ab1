"""Chance that only the secret can repeat: keyed hashes as seeds and as noise.

Everything random in protection comes from here, so that the same register and secret give the
same units and nobody without the secret can retrace a draw.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]

_SEPARATOR = "\x1f"


@dataclass(frozen=True)
class Chance:
    """Draws that follow from a secret and from the name of what is drawn.

    A name is given in parts, such as "block", a fact and a period.
    """

    secret: bytes

    def digest(self, *name: str) -> bytes:
        """HMAC-SHA256 of a name under the secret, 32 bytes."""
        return hmac.digest(self.secret, _SEPARATOR.join(name).encode(), hashlib.sha256)

    def generator(self, *name: str) -> np.random.Generator:
        """A generator seeded by a name."""
        return np.random.default_rng(int.from_bytes(self.digest(*name), "big"))

    def keys(self, *name: str, values: Iterable[str]) -> Keys:
        """A 64-bit key for each value, from the name and that value, shape (values,)."""
        digests = b"".join(self.digest(*name, value)[:8] for value in values)
        return np.frombuffer(digests, dtype="<u8").astype(np.uint64)

    def key(self, *name: str) -> np.uint64:
        """One 64-bit key for a name."""
        return self.keys(values=[_SEPARATOR.join(name)])[0]


def mixed(keys: Keys) -> Keys:
    """64-bit keys spread evenly, each to another (the finaliser of splitmix64)."""
    x = keys + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def evenly(keys: Keys, width: float) -> Floats:
    """Numbers spread evenly in (-width/2, width/2), one for each key."""
    return ((mixed(keys) >> np.uint64(11)).astype(np.float64) * 2.0**-53 - 0.5) * width
