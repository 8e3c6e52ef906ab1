"""Rounds: the file that asks partners, in the folder of releases, which the web process may read.

There is one at a time. A preview that asks the same keeps it, with the answers that came; any other
takes its place, and answers to the one before are void. A publication removes it.
"""

from __future__ import annotations

import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from dashboard.model.periods import Month
from dashboard.model.signoff import FOLDER, ROUND, Round, Unsealed, read_round, write_round
from etl.register.durable import remove_file, replace_file
from etl.release.awaited import months_told
from etl.release.closing.workbench import register_bench
from etl.release.files import make_folder
from etl.release.signoff.rule import SignOffRule, key_of
from etl.settings import OperatorError, Settings


@dataclass(frozen=True)
class Asked:
    """A round after a preview.

    Attributes:
        name: Its name, which the note of the preview keeps.
        ends: Last day for an answer, UTC, YYYY-MM-DD.
        partners: How many are asked.
        kept: Whether it was open before.
    """

    name: str
    ends: str
    partners: int
    kept: bool


def today_utc() -> date:
    """The day by which rounds end."""
    return datetime.now(UTC).date()


def ask(
    settings: Settings,
    rule: SignOffRule,
    *,
    digest: str,
    title: str,
    kind: str,
    as_of: date,
    last: Month,
    faces: tuple[Mapping[str, Any], ...],
    before: str,
    anew: bool,
) -> Asked:
    """Open a round, or keep the one that asks the same; call it under the store's lock.

    Args:
        settings: Paths of the store.
        rule: What the group decided.
        digest: Digest of what would be published.
        title: Title of the edition.
        kind: invented, published or real.
        as_of: Day on which months are judged closed.
        last: Last month of the edition.
        faces: What each audience's file would show.
        before: Name of the round that the last preview left, or "".
        anew: Whether a new round is wanted in any case.

    Raises:
        OperatorError: If no partner has a record in the edition.
    """
    today = today_utc()
    wanted = Round(
        id=secrets.token_hex(8),
        digest=digest,
        title=title,
        kind=kind,
        as_of=as_of.isoformat(),
        opened=today.isoformat(),
        ends=(today + timedelta(days=rule.days)).isoformat(),
        partners=partners_in(settings, last),
        quorum=rule.quorum,
        silence=rule.silence,
        faces=faces,
    )
    if not wanted.partners:
        raise OperatorError("No partner has a record in this edition, so nobody can sign it.")
    held = open_round(settings)
    if held and held.name == before and not anew and not held.is_over(today):
        # What was written and read again has lists where this one has tuples.
        key = key_of(settings)
        if held.same_question(read_round(write_round(wanted, key), key)):
            return Asked(held.name, held.ends, len(held.partners), kept=True)
    _write(settings, wanted)
    return Asked(wanted.name, wanted.ends, len(wanted.partners), kept=False)


def open_round(settings: Settings) -> Round | None:
    """The round that is open; None where there is none, or its file is not as it was written."""
    path = round_path(settings)
    if not path.is_file():
        return None
    try:
        return read_round(path.read_bytes(), key_of(settings))
    except Unsealed:
        return None


def close_round(settings: Settings) -> None:
    """Ask nobody any more."""
    path = round_path(settings)
    if path.exists():
        remove_file(path)


def round_path(settings: Settings) -> Path:
    """File of the round."""
    return settings.releases / FOLDER / ROUND


def partners_in(settings: Settings, last: Month) -> tuple[str, ...]:
    """Partners with a record of a month that an edition holds, by name."""
    with register_bench(settings) as connection:
        told = months_told(connection, "partner")
    return tuple(sorted({partner for partner, month in told if month <= str(last)}))


def _write(settings: Settings, asked: Round) -> None:
    """Put a round where whoever may read the releases can read it too."""
    path = round_path(settings)
    make_folder(path.parent)
    path.parent.chmod(stat.S_IMODE(settings.releases.stat().st_mode))
    new = path.with_suffix(".new")
    new.write_bytes(write_round(asked, key_of(settings)))
    new.chmod(0o644)
    replace_file(new, path)
