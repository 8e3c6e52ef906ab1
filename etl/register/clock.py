"""Clock: what time it is for a store, which never steps back, and when the machine's own did.

Loads and releases are put in order by their times, so that a correction is told from what was
published before it. The manifest has the time of the last change (see ``seal``). The lock of a
store needs no clock: it ends with the process that holds it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from etl.register import seal
from etl.settings import Settings

#: Clocks are put right by seconds all the time.
_NO_MATTER = timedelta(minutes=5)


def now() -> datetime:
    """What the clock of the machine says, UTC, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def moment(settings: Settings) -> datetime:
    """The time of what is done to a store, UTC: never before its last change."""
    return max(now(), seal.last_change(settings))


def set_back(settings: Settings) -> str | None:
    """A sentence if the clock of the machine is behind the last change of a store, else None.

    Asked before a command, so the manifest is not verified yet; of a damaged one nothing is said.
    """
    try:
        manifest = seal.read_json(seal.manifest_file(settings))
        last = datetime.strptime(manifest["at"], seal.TIME)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if now() >= last - _NO_MATTER:
        return None
    return (
        f"The clock of this machine says {now():%Y-%m-%d %H:%M} (UTC), but the store was changed "
        f"on {last:%Y-%m-%d %H:%M}: the clock was set back, or was ahead then. Which months may "
        "close, what is past keeping and until when partners may sign is judged by this clock: put "
        "it right before you publish, remove or ask."
    )
