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
    """Looks at the editions of a server now and then."""

    def __init__(self, accounts: Accounts, releases: Releases) -> None:
        """Take the accounts whose record it is, and the editions of members."""
        self._accounts = accounts
        self._releases = releases
        self._next = float("-inf")

    def look(self) -> None:
        """Enter what is new, unless this process has just looked."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + PAUSE
            note_editions(self._accounts, self._releases)


def note_editions(accounts: Accounts, releases: Releases) -> None:
    """Put into the record, once, which editions were published and which were taken back."""
    there = {edition.release_id: edition for edition in releases.editions()}
    gone = releases.taken_back()
    with accounts.store.reading() as connection:
        if not _news(connection, there, gone):
            return
    with accounts.store.writing() as connection:
        for release_id in sorted(_news(connection, there, gone)):
            about, event = {"release": release_id}, "edition taken back"
            if edition := there.get(release_id):
                event, digest = "edition published", releases.digest_of(release_id)
                told = {"sha256": digest, "cleared": edition.approved_by}
                about |= {name: value for name, value in told.items() if value}
            record(accounts, connection, event, OPERATOR, **about)
            connection.execute(
                "INSERT OR REPLACE INTO edition_seen (release, gone) VALUES (?, ?)",
                [release_id, edition is None],
            )


def _news(
    connection: Connection, there: dict[str, Edition], gone: frozenset[str]
) -> frozenset[str]:
    """Ids of editions whose state is not the one entered last."""
    entered = dict(connection.execute("SELECT release, gone FROM edition_seen").fetchall())
    fresh = {each for each in there if entered.get(each, 1)}
    return frozenset(fresh | {each for each in gone if entered.get(each) == 0})
