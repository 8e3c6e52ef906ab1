"""Recovery: finish or clear what a killed command left, before another one begins.

The steps of a publication are: stored units replaced, file sealed, pointer switched, release
written down in the units' table ``edition``. What was killed before the sealing is cleared and
built again from the stored units. A sealed file that is not written down passed every check, so
its publication is completed; readers do not see it where it was taken back in the meantime. A
rollback that moved the pointer is completed by its marks.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.model.facts import FACTS, Fact
from etl.protect import ledger
from etl.register import faults, seal
from etl.register.access import CONFIG, number_of_rows, rewritten
from etl.register.connections import attach
from etl.register.durable import sync_folder
from etl.release.closing.draft import PUBLIC_FILE_NAME, clear_scratch
from etl.release.files import (
    clear_unfinished,
    folders,
    is_taken_back,
    is_whole,
    point_to,
    release_ids,
    release_path,
    settle_marks,
)
from etl.settings import OperatorError, Settings


def recover(settings: Settings) -> tuple[str, ...]:
    """Repair the store after a killed command; call it under the store's lock.

    Returns:
        Ids of releases that were completed and that readers see now, the members' first.

    Raises:
        OperatorError: If the stored units do not hold what the newest release shows, or readers are
            shown what no command showed them.
    """
    if not seal.is_pointed_as_written(settings):
        raise OperatorError(faults.POINTED_ELSEWHERE)
    clear_scratch(settings)
    finished: list[str] = []
    names = (ledger.FILE_NAME, PUBLIC_FILE_NAME)
    for folder, name in zip(folders(settings), names, strict=True):
        clear_unfinished(settings, folder)
        newest = next(reversed(release_ids(folder)), None)
        units = settings.units / name
        if newest is None:
            continue
        if not units.exists():
            raise OperatorError(
                f"Releases are there, but {units} is missing; restore it from your backup."
            )
        if _finish(settings, folder, newest, units):
            finished.append(newest)
        settle_marks(settings, folder)
    return tuple(finished)


def record_release(settings: Settings, units: Path, release_id: str) -> None:
    """Note in the stored units that a release holds all of them; the last step of publishing."""
    with (
        rewritten(settings, units) as copy,
        duckdb.connect(":memory:", config=CONFIG) as connection,
    ):
        attach(connection, copy, "units", write=True)
        ledger.record_edition(connection, release_id)
        connection.execute("CHECKPOINT units")
        connection.execute("DETACH units")


def _finish(settings: Settings, folder: Path, release_id: str, units: Path) -> bool:
    """Complete the publication of the newest release, if a command was killed in it.

    Returns:
        Whether it was completed and readers see it now.
    """
    path = release_path(folder, release_id)
    with duckdb.connect(":memory:", config=CONFIG) as connection:
        attach(connection, units, "units")
        editions = number_of_rows(connection, "units.edition WHERE release_id = ?", [release_id])
        written_down = editions > 0
        if not written_down and not is_whole(path):
            raise _damaged(path)
        try:
            attach(connection, path, "release")
            foreign = [fact.id for fact in FACTS if _has_foreign_units(connection, fact)]
        except duckdb.Error as problem:
            if written_down:
                return False  # Readers keep the release before it; the next one takes its place.
            raise _damaged(path) from problem
    if foreign:
        raise OperatorError(
            f"The release {release_id} shows {foreign[0]} that {units.name} does not know, so "
            "months could be closed twice; restore the newest backup of the store."
        )
    if written_down:
        return False
    path.chmod(0o444)
    sync_folder(folder)
    is_shown = not is_taken_back(folder, release_id)
    if is_shown:
        point_to(settings, folder, release_id)
    record_release(settings, units, release_id)
    return is_shown


def _damaged(path: Path) -> OperatorError:
    """The refusal of a release that is damaged and not written down."""
    return OperatorError(f"The release {path} is damaged and was never published; move it away.")


def _has_foreign_units(connection: duckdb.DuckDBPyConnection, fact: Fact) -> bool:
    """Whether a release holds units of a fact that are not among the stored ones."""
    grouped = f"SELECT {fact.time.name} AS period, size, count(*) AS units"  # noqa: S608
    more = f"""({grouped} FROM release.{fact.id} GROUP BY ALL) AS shown
        LEFT JOIN ({grouped} FROM units.{fact.id} GROUP BY ALL) AS stored USING (period, size)
        WHERE shown.units > coalesce(stored.units, 0)"""
    return number_of_rows(connection, more) > 0
