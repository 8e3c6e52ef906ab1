"""What the operator sets in the environment: folders and files, and limits of what is read.

What a store holds stands in ``store`` and ``register``; what the secrets are stands in ``secrets``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard.model.shipped import CHECKOUT, COUNTRY, DATA, default_store

#: Megabytes that a workbook may unpack to: how they are written, and how many where none are set.
_LIMIT_FORM, _DEFAULT_LIMIT = re.compile(r"[1-9][0-9]{0,4}"), "200"


class OperatorError(Exception):
    """Something the operator can put right; its message is one clear sentence."""


@dataclass(frozen=True)
class Settings:
    """Settings of the operator's side.

    Attributes:
        store: Folder of the store (``ATLAS_STORE``).
        secrets: Folder of the two secrets, outside the store (``ATLAS_SECRETS``).
        sources: Folder of the source declarations (``ATLAS_SOURCES``).
        data: Folder of what the product ships.
        country: Folder of the country's pack (``ATLAS_COUNTRY``).
        home: Code of the area on which maps of a release open (``ATLAS_HOME_AREA``); '' to have
            it follow from what is released.
    """

    store: Path
    secrets: Path
    sources: Path = DATA / "sources"
    data: Path = DATA
    country: Path = COUNTRY
    home: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings of an environment, that of the process unless another is given."""
        env = os.environ if environment is None else environment
        return cls(
            store=_path(env.get("ATLAS_STORE"), default_store()),
            secrets=_path(env.get("ATLAS_SECRETS"), _default_secrets(env)),
            sources=_path(env.get("ATLAS_SOURCES"), DATA / "sources"),
            home=env.get("ATLAS_HOME_AREA", "").strip(),
        )

    @property
    def beside(self) -> Settings:
        """Settings of the store beside this one, of published sources without partners' records."""
        return replace(self, store=self.store.with_name("published"), home="")

    @property
    def operator(self) -> Path:
        """Folder of the restricted half of the store."""
        return self.store / "operator"

    @property
    def extracts(self) -> Path:
        """Folder of accepted files, as they were harmonised."""
        return self.operator / "extracts"

    @property
    def register(self) -> Path:
        """The register's database file."""
        return self.operator / "register.duckdb"

    @property
    def spill(self) -> Path:
        """Folder where databases put what does not fit into memory; there only while they do."""
        return self.operator / "spill"

    @property
    def units(self) -> Path:
        """Folder of the stored units and the ledger of published records."""
        return self.operator / "units"

    @property
    def releases(self) -> Path:
        """Folder of published releases, the only one that the web process reads."""
        return self.store / "releases"

    @property
    def state(self) -> Path:
        """Folder of the accounts and the audit of the web process."""
        return self.store / "state"


def most_unpacked() -> int:
    """Bytes that a workbook may hold once unpacked (``ATLAS_MOST_UNPACKED_MB``).

    Asked where a workbook is opened, so that a command that opens none works without it.

    Raises:
        OperatorError: If what is set is no number of megabytes.
    """
    text = os.environ.get("ATLAS_MOST_UNPACKED_MB", "").strip() or _DEFAULT_LIMIT
    if not _LIMIT_FORM.fullmatch(text):
        raise OperatorError(
            f"ATLAS_MOST_UNPACKED_MB is {text!r}; use a whole number of megabytes from 1 to 99999, "
            f"such as {_DEFAULT_LIMIT}."
        )
    return int(text) * 1024 * 1024


def checkout() -> Path:
    """The repository, for commands that write files of it.

    Raises:
        OperatorError: If the product is installed and there is none.
    """
    if CHECKOUT is None:
        raise OperatorError("This command writes files of the repository: run it in a checkout.")
    return CHECKOUT


def _path(text: str | None, default: Path) -> Path:
    """The absolute path that a text names, or the default where there is no text."""
    return Path(text).expanduser().resolve() if text else default


def _default_secrets(env: Mapping[str, str]) -> Path:
    """Folder of the secrets where none is set: in the user's settings, on Windows in APPDATA."""
    roaming = env.get("APPDATA")
    base = Path(roaming) if roaming else Path("~/.config").expanduser()
    return base / "situation-atlas"
