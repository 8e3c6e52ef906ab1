"""Tampering: extracts, registers, units and ledgers that differ from what a command wrote.

Every trial copies a store in which a month is due, harms one file of the operator's half, and
publishes (after building the register anew, where an extract was harmed). The command must refuse
and name the file with what to do; should it publish, every table of the release must be that of
the undamaged store. The control seals what was harmed, as only somebody with the secret can: there
the release must differ, else no trial could see a wrong figure.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from etl.protect.ledger import FILE_NAME
from etl.settings import Settings
from tests.endurance import stores
from tests.endurance.damage import DamageFigures, flipped
from tests.support.sealing import seal_all

#: What is said of a file that is not as it was written, beside its name.
REMEDIES = ("backup", "load --rebuild")
_WORD = 8
_PUBLISH = ("publish", "--as-of", stores.LAST, "--no-public")
_REBUILD = ("load", "--rebuild")

Harm = Callable[[Path, random.Random], None]


def _bit(path: Path, chance: random.Random) -> None:
    path.write_bytes(flipped(path.read_bytes(), chance))


def _words(path: Path, chance: random.Random) -> None:
    """Two different words anywhere in the file exchanged."""
    whole = path.read_bytes()
    made = bytearray(whole)
    while made == whole:
        one, other = (_WORD * chance.randrange(len(whole) // _WORD) for _ in range(2))
        made[one : one + _WORD] = whole[other : other + _WORD]
        made[other : other + _WORD] = whole[one : one + _WORD]
    path.write_bytes(bytes(made))


def _asked(*statements: str) -> Harm:
    """Statements that another program gives to a database."""

    def harm(path: Path, chance: random.Random) -> None:
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                connection.execute(statement, [chance.randrange(10)])
            connection.execute("CHECKPOINT")

    return harm


_SEXES = _asked(
    """UPDATE person SET sex = CASE sex WHEN 'female' THEN 'male' ELSE 'female' END
    WHERE rowid % 10 = ?"""
)
_SIZES = _asked("UPDATE people SET size = size + 1 WHERE rowid % 10 = ?")
_LEDGER = _asked("DELETE FROM ledger WHERE rowid % 10 = ?")


def _extract(settings: Settings, chance: random.Random) -> Path:
    return chance.choice(sorted(settings.extracts.glob("*.parquet")))


def _register(settings: Settings, _: random.Random) -> Path:
    return settings.register


def _units(settings: Settings, _: random.Random) -> Path:
    return settings.units / FILE_NAME


#: Kind, file, harm, and the commands that use the file.
KINDS: tuple[tuple[str, Callable[..., Path], Harm, tuple[tuple[str, ...], ...]], ...] = (
    ("an extract, a bit flipped", _extract, _bit, (_REBUILD, _PUBLISH)),
    ("an extract, two words exchanged", _extract, _words, (_REBUILD, _PUBLISH)),
    ("the register, a bit flipped", _register, _bit, (_PUBLISH,)),
    ("the register, two words exchanged", _register, _words, (_PUBLISH,)),
    ("the register, rows changed by another program", _register, _SEXES, (_PUBLISH,)),
    ("units, a bit flipped", _units, _bit, (_PUBLISH,)),
    ("units, two words exchanged", _units, _words, (_PUBLISH,)),
    ("units, rows changed by another program", _units, _SIZES, (_PUBLISH,)),
    ("the ledger, rows taken out by another program", _units, _LEDGER, (_PUBLISH,)),
)


def measure_tampering(
    made: Path, folder: Path, *, each: int, seed: int
) -> tuple[list[DamageFigures], DamageFigures]:
    """Harm files of every kind so many times, and count what comes of it.

    Args:
        made: Folder with the stores (see ``stores.make``).
        folder: Folder for the trials.
        each: Trials of each kind.
        seed: Seed of every place.

    Returns:
        The figures, and those of the control, whose ``wrong`` must not be empty.
    """
    trials = _Trials(made, folder)
    chance = random.Random(seed)
    found = [trials.run(*kind, each=each, chance=chance) for kind in KINDS]
    changed = ("the register, rows changed, and sealed", _register, _SEXES, (_PUBLISH,))
    return found, trials.run(*changed, each=1, chance=chance, sealed=True)


class _Trials:
    def __init__(self, made: Path, folder: Path) -> None:
        self._template = made / "loaded"
        self._work = folder / "trial"
        whole = stores.copied(self._template, folder / "whole")
        self._before = self._releases(whole)
        stores.must(whole, *_PUBLISH)
        self._after = self._releases(whole)
        if self._before == self._after:
            raise AssertionError("nothing was published, so no trial could publish wrong figures")

    def run(
        self, kind: str, file: Callable[..., Path], harm: Harm, commands: Sequence[tuple[str, ...]],
        *, each: int, chance: random.Random, sealed: bool = False,
    ) -> DamageFigures:  # fmt: skip
        named, unharmed, wrong = 0, 0, []
        for number in range(each):
            settings = stores.copied(self._template, self._work)
            path = file(settings, chance)
            harm(path, chance)
            if sealed:
                seal_all(settings)
            said = [stores.run(settings, *words) for words in commands]
            shown = self._releases(settings)
            refused = all(
                each_.code == 1
                and path.name in each_.text
                and any(remedy in each_.text for remedy in REMEDIES)
                for each_ in said
            )
            if refused and shown == self._before:
                named += 1
            elif said[-1].code == 0 and shown == self._after:
                unharmed += 1
            else:
                wrong.append(f"trial {number} of {path.name}: {said[-1].text[:300]}")
        return DamageFigures(kind, each, named, unharmed, tuple(wrong))

    def _releases(self, settings: Settings) -> list[dict[str, object]]:
        """Tables of the members' releases."""
        return [stores.tables(path) for path in sorted(settings.releases.glob("*.duckdb"))]
