"""Disks: commands on a disk that fills up; the store stays as before or is complete.

Each trial copies a store to a small file system in memory on which so many kilobytes are left,
and runs one command there. When it fails, it says in one sentence that the disk is full; nothing
is half there; and with more room the same command completes. Where file systems cannot be mounted
(that needs the right to do so) no file may grow beyond a size instead, which stops the same
writes one by one.
"""

from __future__ import annotations

import os
import re
import resource
import select
import shutil
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from etl.settings import Settings
from tests.endurance import stores
from tests.endurance.forked import answer_of, in_child, measured, started
from tests.endurance.kills import DEEDS, UNFINISHED, Deed, given_again
from tests.unit.etl.release.registers import settings_of

_KILOBYTE = 1024
#: A sentence about the disk, as an operator can act on it.
_CLEAR = re.compile(r"(disk|space|room|File too large)", re.IGNORECASE)
#: Runs a program whose mounts nobody else sees, and which end with it, however it ends.
_APART = ("unshare", "--mount")
#: Kilobytes with which no command comes into need.
_ROOMY = 256 * 1024
#: Kilobytes that a small file system needs for its own folders.
_FOLDERS = 256


@dataclass
class DiskFigures:
    """What came of full disks for one command.

    Attributes:
        deed: Name of the command.
        way: small disk, or size limit of a file.
        needed: Kilobytes that the command needs, for which the disk was made too small.
        trials: How many sizes were tried.
        failed: Trials in which the command failed.
        wrong: What did not hold, in words; must be empty.
    """

    deed: str
    way: str
    needed: int = 0
    trials: int = 0
    failed: int = 0
    wrong: list[str] = field(default_factory=list)


def measure_disks(
    made: Path, folder: Path, *, deeds: Sequence[str], sizes: int, mounts: bool | None = None
) -> list[DiskFigures]:
    """Run each of some commands at so many sizes.

    Args:
        made: Folder with the stores.
        folder: Folder for the trials.
        deeds: Names of the commands.
        sizes: Sizes for each of them.
        mounts: Whether to mount small file systems; where that is possible, unless given.
    """
    mounts = can_mount(folder / "probe") if mounts is None else mounts
    (found,) = measured(
        "disks", made, folder, processes=1, within=_APART if mounts else (),
        deeds=deeds, sizes=sizes, mounts=mounts,
    )  # fmt: skip
    return [DiskFigures(**entry) for entry in found]


def can_mount(folder: Path) -> bool:
    """Whether this process may mount file systems that only its children see."""
    if shutil.which(_APART[0]) is None:
        return False
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    return subprocess.run([*_APART, *mount], capture_output=True, check=False).returncode == 0


def trials(
    made: Path, folder: Path, share: int, shares: int, *, deeds: Sequence[str], sizes: int,
    mounts: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    """Sizes from nothing to almost enough, spread evenly, for each of some commands."""
    found: list[dict[str, Any]] = []
    for deed in DEEDS:
        if deed.name in deeds:
            tried = (_SmallDisk if mounts else _SizeLimit)(made, folder, deed)
            for number in range(share, sizes, shares):
                tried.at(tried.figures.needed * number // sizes)
            found.append(asdict(tried.figures))
            sys.stderr.write(f"  {tried.figures}\n")
    return found


class _Disks(ABC):
    """Trials of one command; how room is made scarce is said by a subclass."""

    way = ""

    def __init__(self, made: Path, folder: Path, deed: Deed) -> None:
        self._deed = deed
        self._folder = folder
        self._template = made / deed.store
        self._words = tuple(word.format(files=made) for word in deed.words)
        self._typed = (made / deed.typed).read_text() if deed.typed else ""
        settings = settings_of(self._template)
        self._before = in_child(lambda: stores.content(settings))
        self.figures = DiskFigures(deed.name, self.way)
        self._after, self.figures.needed = self._measured()

    def at(self, kilobytes: int) -> None:
        """Run the command where so many kilobytes are left."""
        self.figures.trials += 1
        with self._scarce(kilobytes) as settings:
            code, said = in_child(lambda: self._do(settings, kilobytes))
            self._more_room()
            try:
                problems = in_child(lambda: self._problems(settings, code, said))
            except AssertionError as problem:
                problems = [str(problem)]
        self.figures.failed += code != 0
        self.figures.wrong += [f"{kilobytes} kB left: {problem}" for problem in problems]

    def _do(self, settings: Settings, kilobytes: int) -> tuple[int, str]:
        said = stores.run(settings, *self._words, typed=self._typed)
        return said.code, said.text

    def _problems(self, settings: Settings, code: int, text: str) -> list[str]:
        problems: list[str] = []
        if code != 0 and (code == stores.TRACEBACK or not _CLEAR.search(text)):
            problems.append(f"it says: {text}")
        status = stores.run(settings, "status")
        unfinished = UNFINISHED.search(status.text) is not None
        if status.code != 0 and not unfinished:
            problems.append(f"status says: {status.text}")
        found = stores.content(settings)
        problems += stores.halves(found, self._before, self._after, told=unfinished)
        if code == 0:
            return problems + stores.difference(found, self._after)
        problems += given_again(
            self._deed, settings, lambda at: stores.run(at, *self._words, typed=self._typed)
        )
        return problems + stores.difference(stores.content(settings), self._after)

    @abstractmethod
    def _measured(self) -> tuple[dict[str, Any], int]:
        """What the store holds after the command, and the kilobytes that it needed for it."""

    @abstractmethod
    def _scarce(self, kilobytes: int) -> AbstractContextManager[Settings]:
        """A store where so many kilobytes are left."""

    @abstractmethod
    def _more_room(self) -> None:
        """End the scarcity."""


class _SmallDisk(_Disks):
    way = "small disk"

    def _measured(self) -> tuple[dict[str, Any], int]:
        with self._scarce(_ROOMY) as settings:
            free = _free(settings.store)
            least = free
            process = started(lambda: self._do(settings, _ROOMY))
            while not select.select([process[1]], [], [], 0.001)[0]:
                least = min(least, _free(settings.store))
            code, said = answer_of(process)
            if code != 0:
                raise AssertionError(f"{self.figures.deed} fails with all the room: {said}")
            after = in_child(lambda: stores.content(settings))
        return after, (free - least) // _KILOBYTE

    @contextmanager
    def _scarce(self, kilobytes: int) -> Iterator[Settings]:
        place = self._folder / "small"
        place.mkdir(exist_ok=True)
        size = _used(self._template) // _KILOBYTE + _FOLDERS + kilobytes
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(place)], check=True
        )
        try:
            yield stores.copied(self._template, place / "store")
        finally:
            subprocess.run(["umount", str(place)], check=True)

    def _more_room(self) -> None:
        subprocess.run(
            ["mount", "-o", "remount,size=256m", str(self._folder / "small")], check=True
        )


class _SizeLimit(_Disks):
    way = "size limit of a file"

    def _measured(self) -> tuple[dict[str, Any], int]:
        settings = stores.copied(self._template, self._folder / "limited")
        code, said = in_child(lambda: super(_SizeLimit, self)._do(settings, 0))
        if code != 0:
            raise AssertionError(f"{self.figures.deed} fails without a limit: {said}")
        largest = max(path.stat().st_size for path in settings.store.rglob("*") if path.is_file())
        return in_child(lambda: stores.content(settings)), largest // _KILOBYTE

    @contextmanager
    def _scarce(self, kilobytes: int) -> Iterator[Settings]:
        yield stores.copied(self._template, self._folder / "limited")

    def _more_room(self) -> None:
        """The limit ended with the child process that had it."""

    def _do(self, settings: Settings, kilobytes: int) -> tuple[int, str]:
        limit = kilobytes * _KILOBYTE
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        return super()._do(settings, kilobytes)


def _free(path: Path) -> int:
    found = os.statvfs(path)
    return found.f_bavail * found.f_frsize


def _used(folder: Path) -> int:
    """Bytes that the files of a folder use, in whole pages."""
    page = os.sysconf("SC_PAGE_SIZE")
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(-(-size // page) * page for size in sizes)
