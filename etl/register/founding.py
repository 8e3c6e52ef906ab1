"""Founding: the folders, the empty register, the manifest and the lock of a new store.

What a store is afterwards stands in ``store``.
"""

from __future__ import annotations

from etl.register import seal
from etl.register.access import create
from etl.register.store import Store, write_store
from etl.secret_files import fingerprint, read_secrets, sealed_fingerprint
from etl.settings import OperatorError, Settings


def make_store(settings: Settings) -> None:
    """Make a new store with the secrets that are there.

    The operator's half is closed to every other user, such as that of the web process.

    Raises:
        OperatorError: If a secret is missing, or the folder holds a store without its facts.
    """
    secrets = read_secrets(settings)
    settings.store.mkdir(parents=True, exist_ok=True)
    settings.operator.mkdir(exist_ok=True, mode=0o700)
    for folder in (settings.extracts, settings.units, settings.releases, settings.state):
        folder.mkdir(parents=True, exist_ok=True)
    _refuse_what_holds_records(settings)
    seal.begin(settings)
    new = settings.register.with_suffix(".new")
    new.unlink(missing_ok=True)
    create(new)
    seal.keep(settings, new, settings.register)
    (settings.operator / seal.LOCK).write_bytes(b"lock")
    facts = Store(fingerprint(secrets.identifiers), sealed_fingerprint(secrets.protection))
    write_store(settings, facts)


def _refuse_what_holds_records(settings: Settings) -> None:
    """A store that lost ``store.json`` is not made anew over what it holds."""
    if any(path for folder in (settings.extracts, settings.units) for path in folder.iterdir()):
        raise OperatorError(
            f"{settings.store} holds records, but store.json is missing in it; restore the newest "
            "backup of the store."
        )
