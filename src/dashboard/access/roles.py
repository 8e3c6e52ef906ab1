"""Roles: what each may ask for, as ``roles.toml`` has it.

A role names the endpoints of the server that answer it, the endings of files that it may save, the
audiences of the releases that it may open, and whether it may open older editions. What stands
nowhere here is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.model.edition import Audience

_BOTH: frozenset[Audience] = frozenset({"member", "public"})
_TABLES = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
_PARTS = {name: frozenset[str](endpoints) for name, endpoints in _TABLES["parts"].items()}
#: Endpoints that answer everybody; those of files, of programs' tokens, of who rules, of answers to
#: a round of sign-off.
ANYBODY, FILES, PROGRAMS, RULE, ANSWER = (
    _PARTS[name] for name in ("anybody", "files", "programs", "rule", "answer")
)


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


def _role(name: str, *, parts: Sequence[str], files: Sequence[str] = (), **more: Any) -> Role:
    """The role of a name, as its table has it."""
    endpoints = frozenset[str]().union(*(_PARTS[part] for part in parts))
    return Role(name, endpoints, files=frozenset(files), **more)


*ROLES, OPEN = (_role(name, **declared) for name, declared in _TABLES["roles"].items())
BY_NAME = {role.name: role for role in ROLES}


def may_request(role: Role | None, endpoint: str | None) -> bool:
    """Whether an endpoint answers a role, or somebody who is not signed in (None)."""
    return endpoint in ANYBODY or (role is not None and endpoint in role.endpoints)


def may_save(role: Role, ending: str) -> bool:
    """Whether a role may save a file with this ending."""
    return ending in role.files
