"""Settings of the reader's side: which folders it may open and where it listens.

Read once from the environment, when the application is built. The operator's settings stand in
``etl.settings``.
"""

from __future__ import annotations

import ipaddress
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dashboard.model.shipped import ASSETS, COUNTRY, default_store

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
#: Each process remembers for itself, up to some hundred megabytes.
MOST_PROCESSES = 32
#: A name of the domain name system, in small letters.
_PART = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?=.{{4,253}}\Z)(?:{_PART}\.)+(?=[a-z]){_PART}")


#: What names a provider of OpenID Connect; all of them or none.
_OIDC = ("ATLAS_OIDC_ISSUER", "ATLAS_OIDC_CLIENT_ID", "ATLAS_OIDC_SECRET_FILE")


class SettingsError(Exception):
    """A setting that the product cannot start with; the message says what to change."""


@dataclass(frozen=True)
class ProviderSettings:
    """A provider of OpenID Connect, by which people sign in.

    Attributes:
        issuer: Its address, exactly as its own configuration has it.
        client_id: The name under which it knows this server.
        secret: The file of the secret that it gave this server.
        name: What people call it; its host where it has no other name.
    """

    issuer: str
    client_id: str
    secret: Path
    name: str = ""

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.issuer)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        safe = parts.scheme == "https" or (parts.scheme == "http" and is_own_host(host))
        if not (host and safe) or parts.query or parts.fragment or parts.username:
            raise SettingsError(
                f"ATLAS_OIDC_ISSUER is {self.issuer!r}; use the whole https address that the "
                "provider has as its issuer."
            )
        if not self.name:
            object.__setattr__(self, "name", host)


@dataclass(frozen=True)
class Settings:
    """Settings of the web process.

    Attributes:
        releases: Folder of releases and their pointer.
        state: Folder of what the web process itself keeps.
        host: Loopback address to listen on.
        port: TCP port, 1 to 65535.
        assets: Folder of stylesheets, scripts, fonts and icons.
        geography: Folder of the basemap's files.
        published: Folder of published releases, of which the newest is shown beside the members',
            or None.
        secret: The secret file, with which only those who have an account are answered, or None.
        public_host: The name under which a proxy of this machine passes requests on, or None.
        editions_wait: Whether a new edition waits until an administrator shows it.
        processes: Processes that answer, 1 to MOST_PROCESSES, or None for as many as are usual.
        provider: By whom people may sign in besides by password, or None.
    """

    releases: Path
    state: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    assets: Path = ASSETS
    geography: Path = COUNTRY / "geography"
    published: Path | None = None
    secret: Path | None = None
    public_host: str | None = None
    editions_wait: bool = False
    processes: int | None = None
    provider: ProviderSettings | None = None

    def __post_init__(self) -> None:
        if not is_own_host(self.host):
            raise SettingsError(
                f"ATLAS_HOST is {self.host!r}, but Situation Atlas listens on this machine only; "
                "others reach it by a proxy and ATLAS_PUBLIC_HOST. Use 127.0.0.1, ::1 or localhost."
            )
        if self.public_host is not None and not self.secret:
            raise SettingsError(
                f"ATLAS_PUBLIC_HOST is {self.public_host!r}, but without ATLAS_SECRET_FILE there "
                "are no accounts, and only this machine is answered. Set it, or unset the name."
            )
        if self.editions_wait and not self.secret:
            raise SettingsError(
                "ATLAS_EDITIONS_WAIT is set, but without ATLAS_SECRET_FILE there are no accounts, "
                "and nobody could show an edition. Set it, or unset ATLAS_EDITIONS_WAIT."
            )
        if self.provider and not self.secret:
            raise SettingsError(
                "ATLAS_OIDC_ISSUER is set, but without ATLAS_SECRET_FILE there are no accounts to "
                "sign in to. Set it, or unset ATLAS_OIDC_ISSUER."
            )
        if self.public_host is not None and not _NAME.fullmatch(self.public_host):
            raise SettingsError(
                f"ATLAS_PUBLIC_HOST is {self.public_host!r}; use one name in small letters, "
                "without a port, such as atlas.example.org."
            )
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"ATLAS_PORT is {self.port}; use a number from 1 to 65535.")
        if self.processes is not None and not 1 <= self.processes <= MOST_PROCESSES:
            raise SettingsError(
                f"ATLAS_PROCESSES is {self.processes}; use a number from 1 to {MOST_PROCESSES}."
            )
        if sys.platform != "linux" and (self.processes or 1) > 1:
            raise SettingsError(
                f"ATLAS_PROCESSES is {self.processes}, but only Linux has more than one. Unset it."
            )

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings from ATLAS_* variables.

        Raises:
            SettingsError: If a variable cannot be used.
        """
        store = Path(environment.get("ATLAS_STORE") or default_store())
        port = environment.get("ATLAS_PORT", str(DEFAULT_PORT))
        if not (port.isascii() and port.isdigit()):
            raise SettingsError(f"ATLAS_PORT is {port!r}; use a number from 1 to 65535.")
        processes = environment.get("ATLAS_PROCESSES") or None
        if processes and not (processes.isascii() and processes.isdigit()):
            raise SettingsError(
                f"ATLAS_PROCESSES is {processes!r}; use a number from 1 to {MOST_PROCESSES}."
            )
        waits = environment.get("ATLAS_EDITIONS_WAIT") or "0"
        if waits not in ("0", "1"):
            raise SettingsError(f"ATLAS_EDITIONS_WAIT is {waits!r}; use 1, or unset it.")
        published = environment.get("ATLAS_PUBLISHED")
        secret = environment.get("ATLAS_SECRET_FILE")
        return cls(
            releases=Path(environment.get("ATLAS_RELEASES") or store / "releases"),
            state=Path(environment.get("ATLAS_STATE") or store / "state"),
            host=environment.get("ATLAS_HOST") or DEFAULT_HOST,
            port=int(port),
            published=Path(published) if published else None,
            secret=Path(secret) if secret else None,
            public_host=environment.get("ATLAS_PUBLIC_HOST") or None,
            editions_wait=waits == "1",
            processes=int(processes) if processes else None,
            provider=_provider(environment),
        )

    @property
    def is_local(self) -> bool:
        """Whether nobody beyond this machine is answered."""
        return self.public_host is None


def _provider(environment: Mapping[str, str]) -> ProviderSettings | None:
    """The provider of sign-in, or None where no variable names one.

    Raises:
        SettingsError: If only some of its variables are set, or one cannot be used.
    """
    values = {name: environment.get(name, "") for name in _OIDC}
    if not any(values.values()):
        return None
    if missing := [name for name, value in values.items() if not value]:
        raise SettingsError(f"To sign in by a provider set {', '.join(missing)} too.")
    issuer, client_id, secret = values.values()
    name = " ".join(environment.get("ATLAS_OIDC_NAME", "").split())
    return ProviderSettings(issuer, client_id, Path(secret), name)


def is_own_host(host: str) -> bool:
    """Whether a host, a name or an IP address, is this machine and no other."""
    return host == "localhost" or is_loopback(host)


def is_loopback(address: str) -> bool:
    """Whether an IP address means this machine and no other; a name never does.

    >>> [is_loopback(address) for address in ("127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.1")]
    [True, True, True, False]
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A socket of both families names an IPv4 peer so; Python knows it as loopback from 3.13 on.
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_loopback
