"""Record head: the end of the web process's record of events, as it passes between the two sides.

Each publication leaves the head beside the releases, so that both sides notice when the record of
now no longer continues that of then. The record and its chain belong to ``access.audit``; what a
publication checks to ``etl.release.record``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

#: File of the head that the last publication took along, beside the members' releases.
FILE = "record.json"
_NOT_FOLLOWING = ", without that of the last publication"
_PRINTED = re.compile(rf"(\d{{1,12}}) entries, head ([0-9a-f]{{64}})({_NOT_FOLLOWING})?", re.ASCII)


@dataclass(frozen=True)
class RecordHead:
    """The end of a record.

    Attributes:
        number: How many entries it has.
        digest: SHA-256 of the last one, in hexadecimal digits.
        follows: Whether the head that the last publication took along is that of an entry in it;
            true where none was taken along.
    """

    number: int
    digest: str
    follows: bool = True

    def __str__(self) -> str:
        """The head in words, as ``atlas audit head`` prints it, and a publication takes it.

        >>> str(RecordHead(2, "ab" * 32))[:24]
        '2 entries, head abababab'
        """
        return f"{self.number} entries, head {self.digest}{'' if self.follows else _NOT_FOLLOWING}"


def parse_record_head(text: str) -> RecordHead | None:
    """The head of a printed text; None where it is none.

    >>> parse_record_head(str(RecordHead(2, "ab" * 32, follows=False))).follows
    False
    """
    match = _PRINTED.fullmatch(text.strip())
    return RecordHead(int(match[1]), match[2], match[3] is None) if match else None


def read_record_head(releases: Path) -> RecordHead | None:
    """The head that the last publication took along, None before the first.

    Raises:
        ValueError: If the file is damaged.
    """
    path = releases / FILE
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_bytes())
        return RecordHead(int(data["number"]), str(data["digest"]))
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as problem:
        raise ValueError(f"{FILE} beside the releases is damaged") from problem
