"""Editions: the releases of a store, which of them is current, going back to an earlier one.

Every release is kept until an operator removes its files by name. Going back moves the pointers and
marks every later release as taken back, so that no reader opens it; no month is opened again, and
the next publication holds everything that is closed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from etl.register import seal
from etl.register.access import locked
from etl.release.files import (
    ask_release,
    files_of,
    folders,
    is_readable,
    is_release_id,
    is_taken_back,
    point_to,
    pointed_to,
    public_folder,
    release_ids,
    release_path,
    settle_marks,
)
from etl.release.recovery import recover
from etl.secret_files import are_there
from etl.settings import OperatorError, Settings

PublicState = Literal["none", "kept", "taken back", "current"]

_COLUMNS = """title, kind, strftime(first_month, '%Y-%m'), strftime(last_month, '%Y-%m'),
    strftime(as_of, '%Y-%m-%d'), strftime(built_at, '%Y-%m-%d %H:%M'), coalesce(approved_by, '')"""


@dataclass(frozen=True)
class EditionEntry:
    """A release of the members as a list names it.

    Attributes:
        release_id: Its id.
        title: Its title; "" where the file cannot be read, as with all that follows.
        kind: invented, published or real.
        first_month: First month, YYYY-MM.
        last_month: Last month, YYYY-MM.
        as_of: Day on which its months were closed.
        built_at: Time of building, UTC.
        approved_by: Who cleared it, or "".
        current: Whether readers see it.
        public: Whether a public release of it is kept, taken back or current.
        taken_back: Whether it was taken back, so that no reader can open it.
        damaged: Whether the file is not as it was published.
    """

    release_id: str
    title: str
    kind: str
    first_month: str
    last_month: str
    as_of: str
    built_at: str
    approved_by: str
    current: bool
    public: PublicState
    taken_back: bool
    damaged: bool

    @property
    def as_json(self) -> dict[str, object]:
        """The entry with plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Rollback:
    """What going back did.

    Attributes:
        release_id: The release that is current now.
        before: The one that was current before.
        taken_back: Ids of the members' releases that no reader can open any more by this.
        public: The public release that is current now, or None where there is none.
        public_stays: Whether it is newer than the members', since none is as old.
    """

    release_id: str
    before: str
    taken_back: tuple[str, ...]
    public: str | None
    public_stays: bool


def list_editions(settings: Settings) -> tuple[EditionEntry, ...]:
    """Every release of the members, the newest first; each file is read in full."""
    ids = reversed(release_ids(settings.releases))
    return tuple(_entry(settings, release_id) for release_id in ids)


def current_edition(settings: Settings) -> EditionEntry | None:
    """The release that readers see, or None before the first."""
    current = pointed_to(settings.releases)
    return _entry(settings, current) if current else None


def go_back(settings: Settings, to: str | None = None) -> Rollback:
    """Make an earlier release the current one, for the members and for the public.

    Args:
        settings: Paths of the store.
        to: Id of a release; the one before the current one unless given. A newer one may be
            named as well, to undo an earlier going back. One that was taken back is shown again
            only when it is named.

    Raises:
        OperatorError: If there is no such release, or its file cannot be read.
    """
    with locked(settings, taking_back=True):
        members, public = settings.releases, public_folder(settings)
        is_sealed = are_there(settings)  # without a secret nothing can be written down
        as_written = not is_sealed or seal.is_pointed_as_written(settings)
        finished = settle_marks(settings, members) if as_written else ()
        if is_sealed and as_written:
            recover(settings)
        current = pointed_to(members)
        if current is None:
            raise OperatorError("Nothing was published yet.")
        if finished and current < finished[0] and to in (None, current):
            # The same command was killed before all its marks were set; now they are.
            public_id = pointed_to(public)
            return Rollback(current, finished[-1], finished, public_id, (public_id or "") > current)
        target = to or _previous_readable(members, current)
        if target == current and as_written and not (is_sealed and seal.lacks_generation(settings)):
            raise OperatorError(f"{target} is the current release already.")
        _assert_readable(members, target)
        # The public goes first: a command that is killed between the two can be repeated.
        as_old = [
            public_id
            for public_id in _offered_ids(public, target)
            if public_id <= target and is_readable(release_path(public, public_id))
        ]
        if as_old:
            _show(settings, public, as_old[-1])
        newly_taken_back = _show(settings, members, target)
        if is_sealed:
            seal.renew_generation(settings)
        public_id = pointed_to(public)
    public_stays = public_id is not None and not as_old
    return Rollback(target, current, newly_taken_back, public_id, public_stays)


def remove_edition(settings: Settings, release_id: str) -> None:
    """Remove the files of an edition, of the members and of the public, whatever is left of them.

    Its months stay closed, and later editions hold them. Give it again where it was stopped.

    Args:
        settings: Paths of the store.
        release_id: Its id; readers must be shown another one.

    Raises:
        OperatorError: If there is no such edition, or readers see it.
    """
    with locked(settings):
        paths = [path for folder in folders(settings) for path in files_of(folder, release_id)]
        sealed_names = seal.names(settings)
        existing = [p for p in paths if p.exists() or seal.name_of(settings, p) in sealed_names]
        if not is_release_id(release_id) or not existing:
            raise OperatorError(f"There is no release {release_id}; `editions` lists them all.")
        if release_id in map(pointed_to, folders(settings)):
            raise OperatorError(
                f"Readers see {release_id}; show them another with `rollback` or `publish` first."
            )
        for path in existing:
            seal.drop(settings, path)


def _show(settings: Settings, folder: Path, release_id: str) -> tuple[str, ...]:
    """Point to a release and mark the later ones as taken back; return those newly marked."""
    point_to(settings, folder, release_id)
    return settle_marks(settings, folder)


def _offered_ids(folder: Path, also: str | None = None) -> list[str]:
    """Ids of the releases that are not taken back, and of ``also``, in their order."""
    ids = release_ids(folder)
    return [name for name in ids if name == also or not is_taken_back(folder, name)]


def _previous_readable(folder: Path, current: str) -> str:
    """Id of the newest release before one that is offered to readers and can be read."""
    earlier = [
        release_id
        for release_id in _offered_ids(folder)
        if release_id < current and is_readable(release_path(folder, release_id))
    ]
    if not earlier:
        raise OperatorError(f"There is no release before {current}.")
    return earlier[-1]


def _assert_readable(folder: Path, release_id: str) -> None:
    """Refuse a release that is not there or cannot be read."""
    if release_id not in release_ids(folder):
        raise OperatorError(f"There is no release {release_id}; `editions` lists them all.")
    if not is_readable(release_path(folder, release_id)):
        raise OperatorError(f"The release {release_id} cannot be read; choose another.")


def _description(path: Path) -> tuple[object, ...] | None:
    """Title, kind, months, days and approval of a release, those of ``_COLUMNS``, as texts.

    None where it cannot be read.
    """
    if not is_readable(path):
        return None
    return next(iter(ask_release(path, f"SELECT {_COLUMNS} FROM edition")), None)  # noqa: S608


def _entry(settings: Settings, release_id: str) -> EditionEntry:
    """The entry of one release of the members."""
    members, public = folders(settings)
    row = _description(release_path(members, release_id))
    texts = [str(text) for text in row] if row else [""] * 7
    return EditionEntry(
        release_id,
        *texts,
        current=release_id == pointed_to(members),
        public=_public_state(public, release_id),
        taken_back=is_taken_back(members, release_id),
        damaged=row is None,
    )


def _public_state(public: Path, release_id: str) -> PublicState:
    """What became of the public release of an edition; "none" where it has none."""
    if release_id == pointed_to(public):
        return "current"
    if release_id not in release_ids(public):
        return "none"
    return "taken back" if is_taken_back(public, release_id) else "kept"
