"""Settings of the reader's side: which folders it may open and where it listens.

Read once from the environment, when the application is built. The operator's settings stand in
``etl.settings``.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.shipped import ASSETS, DATA, default_store

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050


class SettingsError(Exception):
    """A setting that the product cannot start with; the message says what to change."""


@dataclass(frozen=True)
class Settings:
    """What the web process is told.

    Attributes:
        releases: Folder of releases and their pointer.
        state: Folder of what the web process itself keeps.
        host: Loopback address to listen on.
        port: TCP port, 1 to 65535.
        assets: Folder of stylesheets, scripts, fonts and icons.
        geography: Folder of the basemap's GeoJSON files.
        published: Folder of published releases, of which the newest is shown beside the members',
            or None.
    """

    releases: Path
    state: Path
    host: str = DEFAULT_HOST
    port: int = DEFAULT_PORT
    assets: Path = ASSETS
    geography: Path = DATA / "geography"
    published: Path | None = None

    def __post_init__(self) -> None:
        if not self.is_local:
            raise SettingsError(
                f"ATLAS_HOST is {self.host!r}, but Situation Atlas has no accounts yet and so "
                "listens on this machine only. Use 127.0.0.1, ::1 or localhost."
            )
        if not 1 <= self.port <= 65535:
            raise SettingsError(f"ATLAS_PORT is {self.port}; use a number from 1 to 65535.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Settings from ATLAS_* variables.

        Raises:
            SettingsError: If a variable cannot be used.
        """
        if public := environment.get("ATLAS_PUBLIC_HOST"):
            raise SettingsError(
                f"ATLAS_PUBLIC_HOST is {public!r}, but Situation Atlas has no accounts yet and so "
                "answers to the names of this machine only. Unset it."
            )
        store = Path(environment.get("ATLAS_STORE") or default_store())
        port = environment.get("ATLAS_PORT", str(DEFAULT_PORT))
        if not (port.isascii() and port.isdigit()):
            raise SettingsError(f"ATLAS_PORT is {port!r}; use a number from 1 to 65535.")
        published = environment.get("ATLAS_PUBLISHED")
        return cls(
            releases=Path(environment.get("ATLAS_RELEASES") or store / "releases"),
            state=Path(environment.get("ATLAS_STATE") or store / "state"),
            host=environment.get("ATLAS_HOST") or DEFAULT_HOST,
            port=int(port),
            published=Path(published) if published else None,
        )

    @property
    def is_local(self) -> bool:
        """Whether nobody beyond this machine is answered."""
        return self.host == "localhost" or is_loopback(self.host)


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
    inner = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (inner or ip).is_loopback
