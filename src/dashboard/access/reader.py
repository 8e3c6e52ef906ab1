"""The reader: who asks, and what of the releases they may open.

The gate puts the reader of a request in place before anything answers it. A server without
accounts has one reader, this machine.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import abort, current_app, g, has_request_context

from dashboard.access.accounts import Accounts, note
from dashboard.access.roles import OPEN, Role, may_save
from dashboard.release.current_only import CurrentOnly
from dashboard.release.folder import Releases

#: Under which a server keeps its accounts.
EXTENSION = "situation-atlas-access"


@dataclass(frozen=True)
class Reader:
    """Who sends a request.

    Attributes:
        name: Name of the account, '' on a server without accounts.
        role: What they may do.
        is_program: Whether a program asks in their name.
        partner: The partner that the account belongs to, '' for none.
    """

    name: str
    role: Role
    is_program: bool = False
    partner: str = ""

    def releases(self, releases: Releases) -> Releases:
        """The folder with the editions that they may open.

        Raises:
            Forbidden: If the current release is for another audience.
        """
        if self.role is OPEN:
            return releases
        if releases.current().edition.audience not in self.role.audiences:
            abort(403)
        return releases if self.role.older else CurrentOnly(releases)

    def refuse_file(self, ending: str) -> None:
        """Raise Forbidden if their role may not save files with this ending."""
        if not may_save(self.role, ending):
            abort(403)


_THIS_MACHINE = Reader("", OPEN)


def accounts() -> Accounts | None:
    """The accounts of the server that answers, None where it has none."""
    return current_app.extensions.get(EXTENSION) if has_request_context() else None


def reader() -> Reader:
    """The reader of the request that is being answered."""
    return _THIS_MACHINE if accounts() is None else g.reader


def note_export(file: str | bytes, **about: str) -> None:
    """Record that a file was given to the reader, on a server with accounts."""
    account_store = accounts()
    if account_store is not None:
        content = file.encode("utf-8") if isinstance(file, str) else file
        digest = hashlib.sha256(content).hexdigest()
        who = reader()
        by = {"by": "program"} if who.is_program else {}
        note(account_store, "exported", who.name, **about, **by, sha256=digest)
