"""Record: the head of the web process's record of events, which each publication takes along.

It lies beside the releases, where the web process compares it too, and is sealed with them. A
record that is older than the one before, or does not hold its head, is reported when its head is
given, and by ``status`` for good. Without one, a publication goes on: a group without accounts has
none.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.record_head import FILE, RecordHead
from etl.register import clock, seal
from etl.settings import Settings

_FORMAT = 1
_NOT_COMPARED = (
    "The record of events was not compared with that of the last publication: give "
    '--record "$(atlas audit head)", as the server prints it.'
)
_LOST = (
    f"What the last publication took along of the record of events ({FILE}) was missing or not as "
    "it was written, so nothing was compared on"
)


@dataclass(frozen=True)
class StoredRecord:
    """What publications took along.

    Attributes:
        head: The head of the last one that was given.
        at: Day on which it was, YYYY-MM-DD.
        breaks: One sentence for each record that did not follow from the one before.
    """

    head: RecordHead
    at: str
    breaks: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Which entry the head is, in words."""
        return f"entry {self.head.number} of {self.at}"


def read_stored_record(settings: Settings) -> StoredRecord | None:
    """What the last publication took along, None where none did or it is not as it was written."""
    path = settings.releases / FILE
    if not (path.is_file() and seal.is_whole(settings, path)):
        return None
    document = seal.read_json(path)
    head = RecordHead(int(document["number"]), str(document["digest"]))
    return StoredRecord(head, str(document["at"]), tuple(map(str, document["breaks"])))


def take_along(settings: Settings, head: RecordHead | None) -> tuple[str, ...]:
    """Compare a head with the one before and keep it; call it under the store's lock.

    Returns:
        Sentences for the operator, if there is something to say.
    """
    path = settings.releases / FILE
    before, is_lost = read_stored_record(settings), not seal.is_whole(settings, path)
    if head is None:
        return (_NOT_COMPARED,) if before or is_lost else ()
    today = clock.moment(settings).date().isoformat()
    sentences = (f"{_LOST} {today}.",) if is_lost else _breaks(before, head, today)
    breaks = (*before.breaks, *sentences) if before else sentences
    document = {"format": _FORMAT, "number": head.number, "digest": head.digest, "at": today}
    seal.write_json(settings, path, {**document, "breaks": breaks}, mode=0o644)
    return sentences


def _breaks(before: StoredRecord | None, head: RecordHead, today: str) -> tuple[str, ...]:
    """One sentence where a record does not follow from the one before, else none."""
    if before is None:
        return ()
    if head.number < before.head.number:
        how = f"had {head.number} entries, fewer than the {before.head.number} of {before.at}"
    elif not head.follows or (
        head.number == before.head.number and head.digest != before.head.digest
    ):
        how = f"does not hold {before.sentence} as it was then"
    else:
        return ()
    return (
        f"The record of events given on {today} {how}: it was cut, written anew or put back from "
        "a copy. Ask who runs the server what was done since, and why.",
    )
