"""Rounds: the file that asks partners, in the folder of releases, which the web process may read.

There is one at a time. A preview that asks the same keeps it, with the answers that came. One that
asks something else takes its place only where that is wanted in so many words, or where its days
are over. A publication and another rule remove it.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard.model.periods import Month
from dashboard.model.signoff import FOLDER, ROUND, TIME, Round, Unsealed, read_round, write_round
from etl.register import seal
from etl.release.closing.workbench import with_register
from etl.release.digest import content_digest
from etl.release.files import is_readable, make_folder, pointed_to, public_folder, release_path
from etl.release.missing_reports import months_reported
from etl.release.signoff.rule import key_of
from etl.settings import OperatorError, Settings

_ASKED_ELSE = (
    "A round is open that asks partners for something else than this preview, or that the last "
    "preview did not leave. Read first what they answered (`atlas signoff export`, then `signoff "
    "state --signatures FILE --who`), then open a new round with `publish --preview --new-round`; "
    "their answers are void from then on."
)


@dataclass(frozen=True)
class OpenedRound:
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


def now_utc() -> datetime:
    """The moment at which a round opens, by whose day it ends."""
    return datetime.now(UTC)


def open_or_keep_round(
    settings: Settings, new_round: Round, *, before: str, anew: bool
) -> OpenedRound:
    """Open a round, or keep the one that asks the same; call it under the store's lock.

    The same edition is the same question, whatever the day on which months are judged closed.

    Args:
        settings: Paths of the store.
        new_round: What would be asked from now on.
        before: Name of the round that the last preview left, or "".
        anew: Whether a new round is wanted in any case.

    Raises:
        OperatorError: If no partner has a record in the edition, or partners are asked for
            something else.
    """
    if not new_round.partners:
        raise OperatorError("No partner has a record in this edition, so nobody can sign it.")
    current = open_round(settings)
    if current and not anew and not current.is_over(date.fromisoformat(new_round.first_day)):
        # What was written and read again has lists where this one has tuples.
        key = key_of(settings)
        reread = read_round(write_round(new_round, key), key)
        if current.name != before or not current.same_question(reread):
            raise OperatorError(_ASKED_ELSE)
        return OpenedRound(current.name, current.ends, len(current.partners), kept=True)
    _write(settings, new_round)
    return OpenedRound(new_round.name, new_round.ends, len(new_round.partners), kept=False)


def admit_accounts(settings: Settings) -> Round:
    """Let accounts that were made or changed until now answer the open round; answers stay good.

    Call it under the store's lock.

    Raises:
        OperatorError: If no round is open, or its days are over.
    """
    current, now = open_round(settings), now_utc()
    if current is None or current.is_over(now.date()):
        raise OperatorError("No round is open, so there is nothing to let an account into.")
    admitted = replace(current, admitted=now.strftime(TIME))
    _write(settings, admitted)
    return admitted


def open_round(settings: Settings) -> Round | None:
    """The round that is open; None where there is none, or its file is not as it was written."""
    path = round_path(settings)
    if not path.is_file():
        return None
    try:
        return read_round(path.read_bytes(), key_of(settings))
    except Unsealed:
        return None


def close_round(settings: Settings) -> bool:
    """Remove the round; return whether there was one."""
    path = round_path(settings)
    if not path.exists():
        return False
    seal.drop(settings, path)
    return True


def close_published(settings: Settings) -> str:
    """Close the round of what readers see now, which a killed publication left open.

    Returns:
        What was done, in one sentence, or "".
    """
    current = open_round(settings)
    if current is None or current.digest != _shown_digest(settings, current):
        return ""
    close_round(settings)
    return "The round of what was published is closed."


def _shown_digest(settings: Settings, sign_off_round: Round) -> str | None:
    """Digest of what the audiences of a round are shown now; None where one is shown nothing."""
    paths: list[Path] = []
    for face in sign_off_round.faces:
        folder = public_folder(settings) if face["audience"] == "public" else settings.releases
        current = pointed_to(folder)
        if current is None or not is_readable(release_path(folder, current)):
            return None
        paths.append(release_path(folder, current))
    return content_digest(paths)


def round_path(settings: Settings) -> Path:
    """File of the round."""
    return settings.releases / FOLDER / ROUND


def partners_in(settings: Settings, last: Month) -> tuple[str, ...]:
    """Partners with a record of any month up to the last of an edition, in order."""
    with with_register(settings) as connection:
        reported = months_reported(connection, "partner")
    return tuple(sorted({partner for partner, month in reported if month <= str(last)}))


def _write(settings: Settings, sign_off_round: Round) -> None:
    """Put a round where whoever may read the releases can read it too."""
    path = round_path(settings)
    make_folder(path.parent)
    path.parent.chmod(stat.S_IMODE(settings.releases.stat().st_mode))
    seal.write_sealed(settings, path, write_round(sign_off_round, key_of(settings)), mode=0o644)
