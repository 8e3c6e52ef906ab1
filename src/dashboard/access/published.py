"""Published: entries in the record for editions, which operators publish and take back elsewhere.

The operator's side writes nothing where accounts are kept. So a server enters an edition when it
first sees its file, and that it was taken back when it first sees the mark: once, for all its
processes, at the time of seeing. ``pages.editions`` enters what the server holds back.
"""

from __future__ import annotations

import time
from sqlite3 import Connection

from dashboard.access.accounts import OPERATOR, Accounts, record
from dashboard.model.edition import Edition
from dashboard.release.folder import Releases

#: Seconds in which a process looks once.
PAUSE = 5.0


class Watch:
    """Runs ``note_editions`` for a server, at most once in PAUSE seconds of a process."""

    def __init__(self, accounts: Accounts, releases: Releases) -> None:
        """Take the accounts whose record it is, and the editions of members."""
        self._accounts = accounts
        self._releases = releases
        self._next_look = float("-inf")

    def look(self) -> None:
        """Record what is new, unless this process has just looked."""
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + PAUSE
            note_editions(self._accounts, self._releases)


def note_editions(accounts: Accounts, releases: Releases) -> None:
    """Put into the record, once, which editions were published and which were taken back."""
    there = {edition.release_id: edition for edition in releases.editions()}
    taken_back = releases.taken_back()
    with accounts.store.reading() as connection:
        if not _changed(connection, there, taken_back):
            return
    with accounts.store.writing() as connection:
        for release_id in sorted(_changed(connection, there, taken_back)):
            about, event = {"release": release_id}, "edition taken back"
            if edition := there.get(release_id):
                event, digest = "edition published", releases.digest_of(release_id)
                known = {"sha256": digest, "cleared": edition.approved_by}
                about |= {name: value for name, value in known.items() if value}
            record(accounts, connection, event, OPERATOR, **about)
            connection.execute(
                "INSERT OR REPLACE INTO edition_seen (release, gone) VALUES (?, ?)",
                [release_id, edition is None],
            )


def _changed(
    connection: Connection, there: dict[str, Edition], taken_back: frozenset[str]
) -> frozenset[str]:
    """Ids of editions that are there or taken back, where the record has not noted that last."""
    is_gone = dict(connection.execute("SELECT release, gone FROM edition_seen").fetchall())
    shown = {release_id for release_id in there if is_gone.get(release_id, 1)}
    gone = {release_id for release_id in taken_back if is_gone.get(release_id) == 0}
    return frozenset(shown | gone)
