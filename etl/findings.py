"""Findings: what reading, harmonising and the rules say about a file, without ever naming a value.

The words of rules about values and structure belong here; rules over whole rows stand in
``rules``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from etl.visible import visible

Severity = Literal["error", "review"]

#: Runs of row numbers that one line names.
_RUNS = 20

#: Sentence of each rule that the readers, the screens and the harmoniser apply.
SENTENCES: dict[str, str] = {
    # structure of the file
    "empty_file": "The file has no rows.",
    "not_readable": "The file is not of the declared format.",
    "encrypted": "The file is protected by a password.",
    "old_workbook": "The file is of the old XLS format; save it as XLSX in a spreadsheet program.",
    "wrong_encoding": "The file holds bytes that are no text of its encoding.",
    "wrong_letters": "The text was once read in a wrong encoding and shows wrong letters.",
    "nul_byte": "The file contains NUL bytes.",
    "unclosed_quote": "A quoted cell is not closed, or text follows its closing quote.",
    "missing_sheet": "The declared sheet is not in the workbook.",
    "merged_header": "Cells of the header row are merged.",
    "no_cell": "The value is no text, whole number, day, or true or false.",
    "cell_count": "The row has another number of cells than the header.",
    "cell_error": "The cell holds an error of its formula.",
    "formula_without_value": "The cell's formula was never calculated; save the file in a "
    "spreadsheet program.",
    # header screen
    "no_data_row": "The row is no data, as the declaration says, and is left out.",
    "no_header": "The header row holds none of the declared columns.",
    "empty_header": "A column has no header.",
    "header_marks": "The header holds marks of direction or control that nobody sees.",
    "duplicate_header": "Two columns have the same header.",
    "undeclared_column": "The column is not declared for this source.",
    "personal_column": "The column is not declared, and its header speaks of a personal detail.",
    "missing_column": "A declared column is missing.",
    # value screen
    "phone_number": "The value looks like a phone number.",
    "email": "The value looks like an e-mail address.",
    "national_id": "The value looks like a national ID number.",
    "registration_number": "The value looks like a refugee or camp registration number.",
    "passport_number": "The value looks like a passport number.",
    "coordinates": "The value holds coordinates finer than two decimals.",
    "block_code": "The value names a block or sub-block of a camp.",
    "address": "The value looks like an address.",
    # values
    "unknown_code": "The value is not among the declared values of the column.",
    "other_value": "The value is not among the declared values; it is taken as the declaration "
    "says of all others.",
    "bad_birth_date": "The value is not a date in the declared format, or not from 0 to 120 years "
    "before the day on which the age is told.",
    "bad_month": "The value is not a date in the declared format.",
    "day_order_unseen": "No day of the column is above 12, so it does not show whether day "
    "or month comes first.",
    "exchanged_dates": "A spreadsheet has exchanged day and month: typed dates have no day above "
    "12, all others have; send the column as the source writes it.",
    "future_month": "The date lies in the future.",
    "old_month": "The date lies before the year 2000.",
    "bad_number": "The value is not a whole number of 0 or more.",
    "bad_grade": "The value is not a grade from 1 to 5.",
    "bad_age": "The value is not an age in whole years from 0 to 120.",
    "bad_flag": "The value is neither yes nor no.",
    "bad_year": "The value is not a year from 1950 to the present one.",
    "bad_count": "The value is not a whole number that the column takes.",
    "other_boundaries": "The product does not show the area within these boundaries.",
    "bad_day": "The value is not a day, written YYYY-MM-DD.",
    "future_day": "The day lies in the future.",
    "repeated_row": "Another row has the same cells in the columns that tell rows apart.",
    "ends_before_start": "The last month lies before the first.",
    "bad_period": "The value is not two months as YYYY-MM..YYYY-MM, the first of them first.",
    "whole_quarters": "A share in time is counted by quarter; give it whole quarters.",
    "no_service": "Only referrals and services may be of one service, as services.legal_aid is.",
    "no_group": "Incidents are not kept by sex or age; their group is all.",
    "bad_share": "A share is a number of percent from 1 to 100.",
    "no_polygon": "The shape is no polygon.",
    "bad_polygon": "The shape encloses nothing, or crosses itself beyond repair.",
    "far_away": "The shape lies far from its place: longitudes come first, in degrees (WGS 84).",
    # texts that everybody reads
    "empty_text": "The text is empty.",
    "long_text": "The text is too long.",
    "hidden_character": "The text holds a character that nobody sees.",
    "long_number": "The text holds a number of six digits or more, as a phone has.",
    "partner_named": "The text names a partner; say “a partner”.",
    # places and records
    "negative_days": "The second date lies before the first.",
    "bad_point": "The value is not a point in the declared format.",
    "unknown_partner": "No partner of this code has sent a file.",
    "unknown_place": "The gazetteer does not know the place.",
    "ambiguous_place": "Several places bear this name; the column that holds it is not given.",
    "missing_key": "A column of the record's key is empty.",
    "conflicting_values": "Rows of the same record disagree.",
    "generalised_place": "Rows of the same incident name several places; the area that holds "
    "them all is kept.",
    "depends_on_refused": "The row depends on one that is left out, so it is left out as well.",
    "erased_record": "Rows of records that were erased are left out.",
    "past_retention": "The record is past the time for which records are kept and is left out.",
    "consent_unknown": "The consent is not known, so the referral is held and not loaded.",
    "not_at_sea": "The place is on land, so the row tells of no voyage; it is held and not loaded.",
}


@dataclass(frozen=True)
class Finding:
    """One finding about a file.

    Attributes:
        file: Name of the file as the sender gave it.
        sheet: Name of the sheet, or None for a CSV.
        row: Row number as the sender sees it (the first line is 1), or None for the whole file.
        column: Header of the column, or None for the whole row.
        rule: Stable id of the rule.
        message: What is wrong, never with the value.
        severity: ``error`` refuses the file, or leaves out its row when the operator accepts the
            others; ``review`` is only listed.
    """

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    rule: str
    message: str
    severity: Severity = "error"

    @property
    def where(self) -> str:
        """File, sheet, row and column in words."""
        parts = [Place(self.file, self.sheet).where]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    @property
    def as_json(self) -> dict[str, object]:
        """The finding with plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Place:
    """Which file and sheet of a set is read: makes findings of this file and sheet."""

    file: str
    sheet: str | None = None

    @classmethod
    def of(cls, path: Path, sheet: str | None = None) -> Place:
        """The place of a file, with the unseen characters of its name escaped."""
        return cls(visible(path.name), sheet)

    @property
    def where(self) -> str:
        """File and sheet in words."""
        return self.file if self.sheet is None else f"{self.file}, sheet {self.sheet}"

    def finding(
        self,
        rule: str,
        *,
        row: int | None = None,
        column: str | None = None,
        severity: Severity = "error",
        detail: str = "",
    ) -> Finding:
        """A finding of a rule here; ``detail`` is added to its sentence and holds no value."""
        message = f"{SENTENCES[rule]} {detail}".strip()
        return Finding(self.file, self.sheet, row, column, rule, message, severity)


#: Rules of the privacy screens: a hit refuses the file whatever the operator accepts.
SCREENS = frozenset((
    "phone_number", "email", "national_id", "registration_number", "passport_number",
    "coordinates", "block_code", "address",
))  # fmt: skip


def refuses_file(finding: Finding) -> bool:
    """Whether a finding refuses the whole file: it names no row, or a personal detail."""
    return finding.severity == "error" and (finding.row is None or finding.rule in SCREENS)


def refuses(findings: list[Finding]) -> bool:
    """Whether any of the findings refuses the file."""
    return any(finding.severity == "error" for finding in findings)


def in_order(findings: list[Finding]) -> list[Finding]:
    """Findings, each once, as the sender reads the file; those of the whole file come first."""
    return sorted(
        set(findings), key=lambda f: (f.file, f.sheet or "", f.row or 0, f.column or "", f.rule)
    )


def row_runs(rows: Iterable[int], most: int = _RUNS) -> str:
    """Row numbers in words: successive ones as one run, and no more than ``most`` runs.

    >>> row_runs([2, 3, 4, 9, 11, 12])
    '2-4, 9, 11-12'
    """
    numbers = sorted(set(rows))
    # Within a run, a number less its position is the same.
    by_offset = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in run] for _, run in by_offset]
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    more = sum(len(run) for run in runs[most:])
    return ", ".join(texts[:most]) + (f" and {more} more; --json lists them all" if more else "")
