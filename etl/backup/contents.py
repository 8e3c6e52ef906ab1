"""Contents: what an archive holds, file by file, sealed with the protection secret.

The list is the first member of an archive, so that whoever reads one knows at each member whether
it belongs there. What a file may be called is decided here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, cast

from etl.register import seal
from etl.settings import OperatorError, Settings

NAME = "contents.json"
#: No list of a store is as long; what says it is longer is not read.
MOST_BYTES = 64 * 2**20
_FORMAT = 1
#: Parts of a store that an archive holds; ``state`` belongs to the web process.
PARTS = ("operator", "releases")
_LOCK = "operator/register.lock"


@dataclass(frozen=True)
class Entry:
    """A file of an archive.

    Attributes:
        sha256: Digest of its content.
        size: Bytes.
        mode: Rights, as the system numbers them.
    """

    sha256: str
    size: int
    mode: int


Contents = Mapping[str, Entry]


def list_contents(settings: Settings) -> dict[str, Entry]:
    """Every file of a store that belongs into an archive, by its name within the store.

    Call it under the store's lock.
    """
    entries: dict[str, Entry] = {}
    paths = (p for part in PARTS for p in sorted((settings.store / part).rglob("*")) if p.is_file())
    for path in paths:
        name = path.relative_to(settings.store).as_posix()
        if name == _LOCK:
            continue
        status = path.stat()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        entries[name] = Entry(digest, status.st_size, status.st_mode & 0o777)
    return entries


def encode_contents(settings: Settings, contents: Contents) -> bytes:
    """The list as it stands in an archive."""
    document = {"format": _FORMAT, "files": {name: asdict(e) for name, e in contents.items()}}
    return json.dumps({**document, "seal": _seal_of(settings, document)}, indent=1).encode()


def decode_contents(settings: Settings, text: bytes) -> dict[str, Entry]:
    """The list of an archive.

    Raises:
        OperatorError: If it is not as it was written, or by a store with another secret.
    """
    try:
        document = cast("dict[str, Any]", json.loads(text))
        written_seal = str(document.pop("seal"))
        version, files = document["format"], cast("dict[str, Any]", document["files"])
        own_seal = _seal_of(settings, document)
        is_sealed = hmac.compare_digest(own_seal.encode(), written_seal.encode())
        entries = {name: Entry(**entry) for name, entry in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise OperatorError("The list of what the archive holds is damaged.") from problem
    if not is_sealed:
        raise OperatorError(
            "The archive is not as it was written, or the secrets are not those of its store; "
            f"the secrets in use are {settings.secrets}."
        )
    if version != _FORMAT:
        raise OperatorError("The archive was written by a later version; update the product.")
    if not all(_is_in_store(name) for name in entries):
        raise OperatorError("The archive names files outside a store; it is not restored.")
    return entries


def _is_in_store(name: str) -> bool:
    """Whether a name is that of a file in a part of a store that archives hold."""
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] in PARTS and ".." not in parts and "\\" not in name


def _seal_of(settings: Settings, document: Mapping[str, Any]) -> str:
    """Signature of the list with the protection secret."""
    return seal.signature(settings, document, b"situation-atlas backup")
