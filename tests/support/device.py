"""A device that holds passkeys, as a browser speaks with it: ES256, without attestation."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

#: Flags of a device: somebody is there, it made sure who, it tells of a key.
PRESENT, VERIFIED, TELLS = 1, 4, 64


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def content(sentence: str) -> bytes:
    return base64.urlsafe_b64decode(sentence + "=" * (-len(sentence) % 4))


@dataclass
class Device:
    """One device with one passkey for one place.

    Attributes:
        origin: Where its browser is.
        flags: What it says of who sits there.
        counts: Whether it counts how often it signed.
    """

    origin: str = "http://localhost"
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    used: int = 0
    place: str = "localhost"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def makes(self, sentence: str, **changed: Any) -> str:
        """What a browser sends of a new passkey; ``changed`` is said in place of what is so."""
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        length = len(self.id).to_bytes(2, "big")
        data = self._data(TELLS) + bytes(16) + length + self.id + public
        whole = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said(sentence, "webauthn.create", changed)
        return self._sent({"attestationObject": text(whole), "clientDataJSON": text(said)})

    def signs(self, sentence: str, **changed: Any) -> str:
        """What a browser sends to sign in."""
        self.used += 1
        said, data = self._said(sentence, "webauthn.get", changed), self._data(0)
        signed = data + hashlib.sha256(said).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._sent(
            {
                "authenticatorData": text(data),
                "clientDataJSON": text(said),
                "signature": text(signature),
            }
        )

    def _said(self, sentence: str, kind: str, changed: dict[str, Any]) -> bytes:
        challenge = json.loads(sentence)["challenge"]
        said = {"type": kind, "challenge": challenge, "origin": self.origin, **changed}
        return json.dumps(said).encode()

    def _data(self, more: int) -> bytes:
        counted = (self.used if self.counts else 0).to_bytes(4, "big")
        place = hashlib.sha256(self.place.encode()).digest()
        return place + bytes([self.flags | more]) + counted

    def _sent(self, response: dict[str, str]) -> str:
        own = text(self.id)
        return json.dumps({"id": own, "rawId": own, "type": "public-key", "response": response})
