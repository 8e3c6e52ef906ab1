"""Founding: the folders, the empty register, the manifest and the lock of a new store.

What a store is afterwards stands in ``store``.
"""

from __future__ import annotations

from etl.register import seal
from etl.register.access import create
from etl.register.store import Store, facts_file, write_store
from etl.secret_files import are_there, fingerprint, read_secrets
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
    refuse_what_is_left(settings)
    seal.begin(settings)
    new = settings.register.with_suffix(".new")
    new.unlink(missing_ok=True)
    create(new)
    seal.replace_sealed(settings, new, settings.register)
    (settings.operator / seal.LOCK).write_bytes(b"lock")
    facts = Store(fingerprint(secrets.identifiers), fingerprint(secrets.protection))
    write_store(settings, facts)


def refuse_what_is_left(settings: Settings) -> None:
    """Refuse to make a store over one that lost ``store.json``.

    What a killed ``init`` left is none: its manifest does not say yet that the facts are there.

    Raises:
        OperatorError: If the folder holds records, or a manifest of a finished store.
    """
    folders = (folder for folder in (settings.extracts, settings.units) if folder.is_dir())
    records = any(path for folder in folders for path in folder.iterdir())
    is_store = seal.is_sealed(settings) and not (
        are_there(settings) and seal.is_whole(settings, facts_file(settings))
    )
    if records or is_store:
        raise OperatorError(
            f"{settings.store} {'holds records' if records else 'is a store'}, but store.json is "
            "missing in it; restore the newest backup of the store."
        )
