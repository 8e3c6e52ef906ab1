"""Record head: the end of the web process's record of events, as it passes between the two sides.

Each publication takes the head along and leaves it beside the releases, so that each side can tell
when the record of the other time is no longer in that of now. What the record holds and how it is
chained belongs to ``access.audit``; what a publication says of it to ``etl.release.record``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

#: File of the head that the last publication took along, beside the members' releases.
FILE = "record.json"
_UNLIKE = ", without that of the last publication"
_TOLD = re.compile(rf"(\d{{1,12}}) entries, head ([0-9a-f]{{64}})({_UNLIKE})?", re.ASCII)


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
        """As ``atlas audit head`` prints it, and a publication takes it.

        >>> str(RecordHead(2, "ab" * 32))[:24]
        '2 entries, head abababab'
        """
        return f"{self.number} entries, head {self.digest}{'' if self.follows else _UNLIKE}"


def parsed(text: str) -> RecordHead | None:
    """What was printed; None where it is none.

    >>> parsed(str(RecordHead(2, "ab" * 32, follows=False))).follows
    False
    """
    told = _TOLD.fullmatch(text.strip())
    return RecordHead(int(told[1]), told[2], told[3] is None) if told else None


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
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise ValueError(f"{FILE} beside the releases is damaged") from problem
