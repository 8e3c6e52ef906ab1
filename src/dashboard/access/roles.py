"""Roles: what each may ask for, as data.

A role names the endpoints of the server that answer it, the endings of files that it may save, the
audiences of the releases that it may open, and whether it may open older editions. What stands
nowhere here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.model.edition import Audience

#: What answers everybody, signed in or not. None of it holds a figure.
ANYBODY = frozenset(
    {
        "_dash_assets.static",
        "bundle",
        "healthz",
        "readyz",
        "access.sign_in",
        "access.code",
        "access.by_passkey",
        "access.to_provider",
        "access.from_provider",
        "access.connect",
        "access.invited",
        "access.sign_out",
    }
)
#: What a signed-in account sees of itself.
OWN = frozenset(
    {
        "access.account",
        "access.password",
        "access.enrol",
        "access.recovery",
        "access.passkey",
        "access.change_passkey",
        "access.end_sessions",
    }
)
#: What shows figures.
VIEW = frozenset(
    {
        "/",
        "/<path:path>",
        "/_dash-layout",
        "/_dash-dependencies",
        "/_dash-update-component",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
        "definitions",
        "geography",
    }
)
#: What gives files and lists them.
FILES = frozenset(
    {
        "exhibit",
        "exhibits",
        "openapi",
        "contents",
        "count",
        "features",
        "features.conformance",
        "features.collections",
        "features.collection",
        "features.items",
        "features.item",
    }
)
#: What makes a report's file.
REPORTS = frozenset({"report.file"})
#: What makes and ends a token with which a program asks for files.
PROGRAMS = frozenset({"access.token", "access.end_token"})
#: What changes accounts, shows the record, and holds editions back.
RULE = frozenset(
    {
        "access.users",
        "access.change_user",
        "access.record",
        "access.editions",
        "access.change_edition",
    }
)
#: The open round of sign-off, and the answers to it.
ROUND = frozenset({"access.sign_off"})
ANSWER = frozenset({"access.sign", "access.ask_change"})
#: What a meeting reads, and what everybody keeps for themselves or shares.
MEET = frozenset(
    {
        "meeting.data_requests",
        "meeting.data_request",
        "meeting.decisions",
        "meeting.decision",
        "meeting.flags",
        "meeting.notes",
        "meeting.views",
        "meeting.save_view",
        "meeting.change_view",
    }
)
#: What a meeting writes down.
DECIDE = frozenset(
    {
        "meeting.note_decision",
        "meeting.change_decision",
        "meeting.explain_flag",
        "meeting.write_note",
        "meeting.take_back_note",
        "meeting.note_data_request",
        "meeting.correct_data_request",
        "meeting.answer_data_request",
    }
)
_TABLES = frozenset({"csv", "zip"})
_EVERY_FILE = _TABLES | {"json", "xlsx", "geojson", "gpkg"}
_BOTH: frozenset[Audience] = frozenset({"member", "public"})


@dataclass(frozen=True)
class Role:
    """What accounts of one kind may do.

    Attributes:
        name: Its name, as commands and the file of accounts have it.
        endpoints: What answers it, beside what answers everybody.
        files: Endings of the files that it may save.
        audiences: Audiences of the releases that it may open.
        older: Whether it may open editions before the current one.
        needs_second_factor: Whether a password alone does not let it in. A role that may have a
            program's token has to: a code makes it.
        reads_names: Whether it reads by name who reported, of partners that agreed to be named.
    """

    name: str
    endpoints: frozenset[str]
    files: frozenset[str] = frozenset()
    audiences: frozenset[Audience] = _BOTH
    older: bool = False
    needs_second_factor: bool = False
    reads_names: bool = False

    @property
    def signs(self) -> bool:
        """Whether it answers rounds of sign-off for a partner."""
        return self.endpoints >= ANSWER


ROLES = (
    Role("member", OWN | VIEW | MEET),
    Role("partner", OWN | VIEW | MEET | ROUND | ANSWER, needs_second_factor=True),
    Role(
        "coordinator",
        OWN | VIEW | MEET | DECIDE | FILES,
        files=_TABLES,
        needs_second_factor=True,
        reads_names=True,
    ),
    Role(
        "analyst",
        OWN | VIEW | MEET | DECIDE | FILES | REPORTS | PROGRAMS,
        files=_EVERY_FILE,
        older=True,
        needs_second_factor=True,
    ),
    Role(
        "administrator",
        OWN | VIEW | MEET | DECIDE | RULE | ROUND,
        older=True,
        needs_second_factor=True,
    ),
)
BY_NAME = {role.name: role for role in ROLES}
#: The reader of a server without accounts, which shows this machine everything.
OPEN = Role("open", VIEW | FILES | REPORTS, files=_EVERY_FILE, older=True)


def may_request(role: Role | None, endpoint: str | None) -> bool:
    """Whether an endpoint answers a role, or somebody who is not signed in (None)."""
    return endpoint in ANYBODY or (role is not None and endpoint in role.endpoints)


def may_save(role: Role, ending: str) -> bool:
    """Whether a role may save a file with this ending."""
    return ending in role.files
