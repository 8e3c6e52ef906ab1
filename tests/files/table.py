"""The table of odd files: what the product makes of each, beside what it means.

``python -m tests.files.table`` writes docs/odd-files.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dashboard.model.shipped import COUNTRY
from etl.findings import refuses
from etl.harmonise.areas import Areas
from etl.places.gazetteer import Gazetteer
from etl.register.founding import make_store
from etl.settings import OperatorError, Settings
from tests.files.odd import Odd, Person, odd_files, write
from tests.support.sample import write_known_secrets
from tests.support.served import ROOT
from tests.unit.etl.stores import SOURCES, TODAY, Intake

TABLE = ROOT / "docs" / "odd-files.md"
#: Said of the plain file, and so of nearly all others.
_ALWAYS = frozenset({"generalised_place"})
_PEOPLE = """
    SELECT strftime(incident.incident_month, '%Y-%m'), person.sex, person.age_band, person.class
    FROM person JOIN incident USING (incident_id)"""


@dataclass(frozen=True)
class Read:
    """What came of an odd file.

    Attributes:
        odd: The file.
        verdict: loads, loads in part, or refused.
        said: Rules of the findings, in order, or the sentence of a refusal without any.
        people: The people that the register holds afterwards.
        unread: Sheets that are said not to be read.
    """

    odd: Odd
    verdict: str
    said: tuple[str, ...]
    people: tuple[Person, ...]
    unread: tuple[str, ...] = ()

    @property
    def is_as_meant(self) -> bool:
        """Whether nothing was loaded, or exactly what the file means on the sheets read."""
        beside = [who for sheet in self.unread for who in self.odd.beside.get(sheet, ())]
        return self.verdict == "refused" or Counter([*self.people, *beside]) == Counter(
            self.odd.meaning
        )

    @property
    def is_silent(self) -> bool:
        """Whether it loads something else than it means, without a word."""
        return not self.is_as_meant and not self.said and not self.unread


def read(odd: Odd, folder: Path, areas: Areas) -> Read:
    """Load one odd file into an empty store."""
    settings = Settings(folder / "store", folder / "secrets", SOURCES)
    write_known_secrets(settings.secrets)
    make_store(settings)
    files = folder / "files"
    files.mkdir()
    intake = Intake(settings, areas, files)
    try:
        report = intake.load(odd.source, write(odd, files))
    except OperatorError as problem:
        return Read(odd, "refused", (str(problem),), ())
    words = {"whole": "loads", "part": "loads in part", "refused": "refused"}
    rules = dict.fromkeys(finding.rule for finding in report.findings)
    said = tuple(rule for rule in rules if rule not in _ALWAYS)
    if report.result == "refused" and not refuses(report.findings):
        raise AssertionError(f"{odd.name} is refused without a finding")
    people = tuple(intake.ask(_PEOPLE))
    unread = tuple(sheet for file in report.understood for sheet in file.unread)
    return Read(odd, words[report.result], said, people, unread)  # pyright: ignore[reportArgumentType]


def read_all() -> list[Read]:
    """Every odd file, each in a store of its own."""
    areas = Areas(Gazetteer.load(COUNTRY), TODAY)
    with tempfile.TemporaryDirectory() as folder:
        reads: list[Read] = []
        for number, odd in enumerate(odd_files()):
            home = Path(folder) / str(number)
            home.mkdir()
            reads.append(read(odd, home, areas))
        return reads


def written(reads: Sequence[Read]) -> str:
    """The table as it stands in docs/odd-files.md."""
    refused = sum(each.verdict == "refused" for each in reads)
    right = sum(each.verdict != "refused" and each.is_as_meant for each in reads)
    other = [each for each in reads if not each.is_as_meant]
    silent = sum(each.is_silent for each in reads)
    lines = [
        "# Odd files",
        "",
        "What `load` makes of files as partners send them. Written by "
        "`python -m tests.files.table`, which makes each file, loads it into an empty store, and "
        "compares the register with what the sender means: three people of March 2025, unless the "
        "file says otherwise. Files are read with declarations of the tests "
        "(`tests/unit/etl/sources`). What is said of each of them is left out: "
        f"{', '.join(sorted(_ALWAYS))}. People on a sheet that the declaration does not name are "
        "not loaded; that is right where it is said that the sheet is not read.",
        "",
        f"{len(reads)} files: {right} load as they mean, {refused} are refused with a rule, "
        f"{len(other)} load otherwise than their sender means, {silent} of them without a word.",
        "",
        "| file | what is odd | verdict | what is said | right |",
        "|---|---|---|---|---|",
        *(_line(each) for each in reads),
        "",
    ]
    return "\n".join(lines)


def _line(each: Read) -> str:
    sheets = [f"not read: sheets {', '.join(each.unread)}"] if each.unread else []
    said = ", ".join([*each.said, *sheets]) or "nothing"
    right = "yes" if each.is_as_meant else "**no**"
    return f"| {each.odd.name} | {each.odd.oddity} | {each.verdict} | {said} | {right} |"


def main() -> int:
    """Write the table; 1 when a file loads otherwise than it means without a word."""
    found = read_all()
    TABLE.write_text(written(found), encoding="utf-8")
    silent = [each for each in found if each.is_silent]
    for each in silent:
        sys.stdout.write(f"{each.odd.name} is silently wrong: {each.people}\n")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
