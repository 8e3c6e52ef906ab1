"""``make endurance``: the full counts of every trial, and docs/endurance.md written from them.

The report is written in any case, and the program ends with 1 when something did not hold.
``--kept FILE`` keeps each trial as it ends, and does not make it again.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb

from tests.endurance import stores
from tests.endurance.damage import DamageFigures, measure_damage
from tests.endurance.disks import DiskFigures, measure_disks
from tests.endurance.kills import DEEDS, Deed, KillFigures, measure_kills
from tests.endurance.orders import OrderFigures, measure_orders
from tests.endurance.readers import ReaderFigures, measure_readers
from tests.endurance.rivals import RivalFigures, measure_rivals
from tests.endurance.signed_in import SignedInFigures, measure_signed_in
from tests.endurance.tampering import measure_tampering
from tests.endurance.wire import GROWTH, WireFigures, measure_wire
from tests.support.echoes import at_most
from tests.support.served import ROOT

REPORT = ROOT / "docs" / "endurance.md"
PUBLICATIONS, READERS = 57, 8
FLIPS, TRUNCATIONS, CONTROL = 200, 5, 20
MOMENTS = 200
SIZES = 20
PAIRS = 20
ORDERS = 12
#: Trials of each kind of harm; 63 in all.
HARMS = 7
CALLBACKS, ROUTES = 12_000, 6_000
#: Callbacks, addresses and forms of each role that signs in.
SIGNED_IN = 1_000
#: Seconds within which a reader is answered beside idle and slow connections.
ANSWER = 1.0
SEED = 1
#: Seconds within which readers must see a new release.
SWAP = 1.0

#: What did not hold of a trial, in words, and the lines that the report has of it.
Told = tuple[list[str], list[str]]


@dataclass(frozen=True)
class Part:
    """What the report says of one trial.

    Attributes:
        wrong: Everything that did not hold, in words.
        lines: Lines of its section.
        day: Day of the trial.
    """

    wrong: list[str]
    lines: list[str]
    day: str


def main() -> int:
    """Run everything that is not kept, write the report, and return 1 when something failed."""
    parser = argparse.ArgumentParser(prog="make endurance")
    parser.add_argument("--kept", type=Path, help="file of trials that are not made again")
    asked = parser.parse_args()
    kept: dict[str, Part] = {}
    if asked.kept is not None and asked.kept.exists():
        data = json.loads(asked.kept.read_text(encoding="utf-8"))
        kept = {name: Part(**part) for name, part in data.items()}
    # Hundreds of damaged files are told by their figures; the server's log would repeat them.
    logging.getLogger("dashboard").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as made, at_most(1):
        templates = Path(made) / "made"
        templates.mkdir()
        stores.make(templates)
        for name in [name for name in TRIALS if name not in kept]:
            folder = Path(made) / name
            folder.mkdir()
            kept[name] = _tried(name, templates, folder)
            if asked.kept is not None:
                _keep(kept, asked.kept)
    parts = [kept[name] for name in TRIALS]
    wrong = [words for part in parts for words in part.wrong]
    lines = [*_head(wrong, parts), *(line for part in parts for line in part.lines)]
    REPORT.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}; {len(wrong)} did not hold")
    sys.stdout.write("".join(f"  {words}\n" for words in wrong))
    return 1 if wrong else 0


def _tried(name: str, templates: Path, folder: Path) -> Part:
    started = time.monotonic()
    wrong, lines = TRIALS[name](templates, folder)
    print(f"{name}: {time.monotonic() - started:.0f} s, {len(wrong)} did not hold", flush=True)
    return Part(wrong, lines, f"{datetime.now(UTC):%d %B %Y}")


def _keep(kept: dict[str, Part], path: Path) -> None:
    new = path.with_suffix(".new")
    held = {name: asdict(part) for name, part in kept.items()}
    new.write_text(json.dumps(held, indent=1), encoding="utf-8")
    new.replace(path)


def _readers(_: Path, folder: Path) -> Told:
    found = measure_readers(folder, publications=PUBLICATIONS, readers=READERS)
    wrong = [f"reader: {words}" for words in found.errors]
    for name in ("backwards", "wrong"):
        if getattr(found, name):
            wrong.append(f"readers: {getattr(found, name)} answers {name}")
    if found.held < 0:
        wrong.append("readers: a release that was held open answered otherwise later")
    if found.slowest > SWAP:
        wrong.append(f"readers: the last old answer came {found.slowest:.2f} s late")
    return wrong, _reader_lines(found)


def _damage(templates: Path, folder: Path) -> Told:
    shown, following = stores.two_releases(templates)
    found, control = measure_damage(
        folder, shown, following,
        flips=FLIPS, truncations=TRUNCATIONS, control=CONTROL, seed=SEED,
    )  # fmt: skip
    wrong = [f"{entry.kind}: {words}" for entry in found for words in entry.wrong]
    if not control.wrong:
        wrong.append("damage: the control showed no wrong number, so no trial could have seen one")
    return wrong, _damage_lines(found, control)


def _tampering(templates: Path, folder: Path) -> Told:
    found, control = measure_tampering(templates, folder, each=HARMS, seed=SEED)
    wrong = [f"{entry.kind}: {words}" for entry in found for words in entry.wrong]
    wrong += [] if control.wrong else ["tampering: the control published no wrong figure"]
    return wrong, _harm_lines(found, control)


def _kills(deed: Deed, templates: Path, folder: Path) -> Told:
    share = -(-MOMENTS // len(DEEDS))
    (found,) = measure_kills(
        templates, folder, moments=share, every=True, seed=SEED, only=[deed.name]
    )
    return [f"{found.deed}: {words}" for words in found.wrong], _kill_lines(found)


def _disks(templates: Path, folder: Path) -> Told:
    names = [deed.name for deed in DEEDS if deed.name not in ("rollback", "backup")]
    found = measure_disks(templates, folder, deeds=names, sizes=SIZES)
    wrong = [f"{entry.deed} on a full disk: {words}" for entry in found for words in entry.wrong]
    return wrong, _disk_lines(found)


def _others(templates: Path, folder: Path) -> Told:
    rivals = measure_rivals(templates, folder, pairs=PAIRS)
    orders = measure_orders(templates, folder, orders=ORDERS, seed=SEED)
    return [*rivals.wrong, *orders.wrong], _other_lines(rivals, orders)


def _wire(_: Path, folder: Path) -> Told:
    found = measure_wire(folder, callbacks=CALLBACKS, routes=ROUTES, seed=SEED)
    wrong = [f"wire: {words}" for words in found.wrong]
    if found.growth > GROWTH:
        wrong.append(f"wire: memory grew to {found.growth:.2f} times what it was")
    if found.slowest > ANSWER:
        wrong.append(f"wire: a reader waited {found.slowest:.2f} s beside idle connections")
    return wrong, _wire_lines(found)


def _signed_in(_: Path, folder: Path) -> Told:
    found = measure_signed_in(folder, each=SIGNED_IN, seed=SEED)
    return [f"signed in: {words}" for words in found.wrong], _signed_lines(found)


#: The trials in the order of the report: what did not hold, and the lines of the section.
TRIALS: dict[str, Callable[[Path, Path], Told]] = {
    "readers": _readers, "damage": _damage, "tampering": _tampering,
    **{f"kills of {deed.name}": partial(_kills, deed) for deed in DEEDS}, "disks": _disks,
    "others": _others, "wire": _wire, "signed in": _signed_in,
}  # fmt: skip


def _head(wrong: list[str], parts: list[Part]) -> list[str]:
    days = list(dict.fromkeys(part.day for part in parts))
    held = "Everything held." if not wrong else f"Did not hold ({len(wrong)}):"
    return [
        "# Endurance",
        "",
        f"Written by `make endurance` on {' and '.join(days)}, Python "
        f"{platform.python_version()}, DuckDB {duckdb.__version__}, {platform.system()} on "
        f"{os.cpu_count()} processors. A small form of every trial runs in the test suite.",
        "",
        held,
        *[f"- {words.splitlines()[0]}" for words in wrong],
    ]


def _section(
    heading: str, tried: str, columns: str, rows: Iterable[Sequence[object]], *after: str
) -> list[str]:
    """What was tried, a table of what was found, and what else there is to say."""
    rule = "|".join(["---"] * (columns.count("|") + 1))
    table = (f"| {' | '.join(map(str, row))} |".replace("|  |", "| |") for row in rows)
    said = (line for words in after for line in ("", words))
    return ["", f"## {heading}", "", tried, "", f"| {columns} |", f"|{rule}|", *table, *said]


_MEASURED = "what | must be | measured"


def _reader_lines(found: ReaderFigures) -> list[str]:
    numbers = f"{found.publications}, {found.readers}, {found.answers:,}"
    held = "all" if found.held > 0 else "not all"
    return _section(
        "Publications under readers",
        "Half of the readers are threads of one process, half ask a running server of two "
        "processes over HTTP; none of them pauses. Every answer is compared with that of the "
        "release file it names.",
        _MEASURED,
        [
            ("publications, readers, answers", "", numbers),
            ("requests that failed", 0, len(found.errors)),
            ("answers of an older release than the same reader had before", 0, found.backwards),
            ("answers that differ from their release file", 0, found.wrong),
            ("last request answered by the older release, after the switch", f"{SWAP:g} s",
             f"{found.slowest:.2f} s"),
            ("releases held open over ten later publications, answering as before", "all",
             f"{held} {found.held}"),
        ],
    )  # fmt: skip


def _damage_lines(found: list[DamageFigures], control: DamageFigures) -> list[str]:
    return _section(
        "Damaged releases",
        "A damaged release comes after a whole one. Refused: the older release is still shown, and "
        "`/readyz` answers 503 with the reason. Harmless: it is shown, and every table and exhibit "
        "equals that of the undamaged file.",
        "damage | files | refused | harmless | wrong numbers",
        [(e.kind, e.trials, e.refused, e.harmless, len(e.wrong)) for e in found],
        "The database sums up its blocks word by word, so it sees a flipped bit but not two words "
        "that changed places. Therefore each release has a digest of the whole file beside it "
        "(`sha256sum -c` reads it), and what differs from it is refused.",
        f"Control, since trials that cannot fail prove nothing: of {control.trials} files with "
        f"exchanged words and no digest, {len(control.wrong)} showed wrong numbers.",
    )


def _harm_lines(found: list[DamageFigures], control: DamageFigures) -> list[str]:
    return _section(
        "Files of the operator that another hand changed",
        "One file is harmed, then a release is published (after `load --rebuild`, where it is an "
        "extract). Named: the command refuses, names the file and says what to do.",
        "what | files | named | published, all as without the harm | wrong figures",
        [(e.kind, e.trials, e.refused, e.harmless, len(e.wrong)) for e in found],
        f"Control: {control.kind} as only the secret can, {len(control.wrong)} of "
        f"{control.trials} published wrong figures.",
    )


def _wire_lines(found: WireFigures) -> list[str]:
    megabytes = f"{found.before / 2**20:.0f} to {found.after / 2**20:.0f} MB"
    return _section(
        "Odd visitors",
        "A served page is asked odd callbacks and odd addresses, one in twelve of them whole. Then "
        "200 connections say nothing and 32 a byte now and then, while a reader asks.",
        _MEASURED,
        [
            ("odd callbacks, by status", "no 500", _statuses(found.callbacks)),
            ("odd addresses, by status", "no 500", _statuses(found.routes)),
            ("memory after all of them", f"at most {GROWTH:g} times",
             f"{found.growth:.2f} times, {megabytes}"),
            ("slowest answer beside idle and slow connections", f"{ANSWER:g} s",
             f"{found.slowest:.2f} s"),
        ],
    )  # fmt: skip


def _statuses(asked: Mapping[int, int]) -> str:
    return ", ".join(f"{status}: {number:,}" for status, number in sorted(asked.items()))


def _signed_lines(found: SignedInFigures) -> list[str]:
    return _section(
        "Odd requests of people who signed in",
        "One of each role sends odd callbacks, addresses and forms with their own tokens, while a "
        "round of sign-off is open; some forms are whole, so that decisions, notes and views are "
        "kept meanwhile. So does somebody who has not signed in.",
        _MEASURED,
        [
            (what, "no 500", _statuses(asked))
            for what, asked in (
                ("odd callbacks, by status", found.callbacks),
                ("odd addresses, by status", found.routes),
                ("odd forms, by status", found.forms),
                ("all of these of who has not signed in", found.strangers),
            )
        ],
    )


def _kill_lines(found: KillFigures) -> list[str]:
    """The row of one command, below the heading where it is the first."""
    numbers = (found.points, found.at_points, found.at_moments, found.states, len(found.wrong))
    lines = _section(
        "Commands killed with kill -9",
        "At every point: steps that are told, files opened, renamed or removed, and before and "
        "after each statement that begins, commits or writes a database; and at random moments. "
        "After that the next command must find nothing unreadable or half done, readers must be "
        "shown the release from before or after, and the same command again must give exactly the "
        "store of a run that nobody killed. Kills that left the same store to the last byte are "
        "judged once in each way of going on.",
        "command | points | killed at a point | at a moment | different stores | wrong",
        [(found.deed, *numbers)],
    )
    return lines if found.deed == DEEDS[0].name else lines[-1:]


def _disk_lines(found: list[DiskFigures]) -> list[str]:
    return _section(
        "Full disks",
        "The store lies on a small file system with too little room, from none to almost enough. A "
        "command that fails must say so in a sentence, and complete when there is room.",
        "command | needs kB | sizes | failed | way | wrong",
        [(e.deed, f"{e.needed:,}", e.trials, e.failed, e.way, len(e.wrong)) for e in found],
    )


def _other_lines(rivals: RivalFigures, orders: OrderFigures) -> list[str]:
    return [
        "",
        "## Two publishers, other orders",
        "",
        f"- Two publishers at once, {rivals.pairs} times: exactly one published each time, "
        f"{rivals.in_use} times the other was told that the store is in use; "
        f"{len(rivals.wrong)} wrong.",
        f"- The same files in {orders.orders} other orders between two closings: units and "
        f"releases are the same; {len(orders.wrong)} differences.",
    ]


if __name__ == "__main__":
    sys.exit(main())
