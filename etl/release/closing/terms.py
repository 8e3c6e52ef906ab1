"""Terms: on which base, for whom and with whose approval a store publishes.

Here is decided whether a store may publish at all, before anything is opened for writing. Who
looked at what stands in ``approval``, when a month is due in ``months``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import duckdb

from dashboard.model.edition import Audience
from dashboard.model.facts import FACTS
from dashboard.model.protection import BASE, PERMITTED_BASES, PUBLIC_FACTOR, RECORDS, is_protected
from etl.protect import ledger
from etl.register.access import CONFIG
from etl.register.decisions import refuse_unfinished
from etl.register.store import Store, check_base, declare_base, read_store, replace_store
from etl.release.closing.origin import Origin, read_origin
from etl.release.closing.workbench import with_register
from etl.settings import OperatorError, Settings


@dataclass(frozen=True)
class Terms:
    """What a store publishes on.

    Attributes:
        base: One of ``PERMITTED_BASES``.
        public: Whether a public release follows that of the members.
        origin: Kind of the data, and where they come from.
    """

    base: int
    public: bool
    origin: Origin

    def bases(self, audience: Audience) -> dict[str, int]:
        """Fact id to the smallest size of its units for an audience."""
        if not is_protected(self.base):
            return {fact.id: RECORDS for fact in FACTS}
        factor = PUBLIC_FACTOR if audience == "public" else 1
        return {fact.id: fact.base * factor for fact in FACTS}


def read_terms(settings: Settings, *, base: int | None, public: bool | None) -> Terms:
    """Terms of a store; call it under the store's lock.

    Args:
        settings: Paths of the store.
        base: Base that is asked for, or None for that of the store.
        public: Whether public releases are wanted, or None for what was chosen before.

    Raises:
        OperatorError: If the store cannot publish on these terms, or a change of its records was
            begun and not finished.
    """
    refuse_unfinished(settings)
    store = _with_stored_base(settings, read_store(settings))
    with with_register(settings) as connection:
        origin = read_origin(connection)
    chosen = base or store.base or (RECORDS if origin.counts_voyages else BASE)
    if chosen not in PERMITTED_BASES:
        raise OperatorError(f"Base {chosen} is not offered; choose {RECORDS} or {BASE}.")
    check_base(store, chosen)
    if origin.counts_voyages and chosen != RECORDS:
        raise OperatorError(
            f"Voyages are figures that were published already: they come out as they are, with "
            f"base {RECORDS}, from a store of published sources."
        )
    if chosen == RECORDS and origin.kind == "real":
        raise OperatorError(
            f"Base {RECORDS} publishes the records themselves, so it is offered for invented and "
            f"published sources only; publish real ones with base {BASE}."
        )
    has_public = store.public if public is None else public
    if has_public and chosen == RECORDS:
        raise OperatorError(
            f"A public release is made of protected units, and this store has base {RECORDS}."
        )
    return Terms(chosen, has_public, origin)


def declare(settings: Settings, terms: Terms) -> None:
    """Record the terms in the store; call it when their first units are stored."""
    declare_base(settings, terms.base)
    if read_store(settings).public != terms.public:
        replace_store(settings, public=terms.public)


def _with_stored_base(settings: Settings, store: Store) -> Store:
    """The store with the base of its units, where a killed command left that undeclared."""
    path = settings.units / ledger.FILE_NAME
    if store.base is not None or not path.exists():
        return store
    with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
        row = connection.execute("SELECT min(base) FROM block").fetchone()
    (least,) = cast("tuple[int | None]", row)
    if least is None:
        return store
    return replace(store, base=RECORDS if least == RECORDS else BASE)
