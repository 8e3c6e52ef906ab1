"""Handed tables of an invention: what an operator would hand over beside its files.

Months are counted from the last one, as the story is. Texts are as invented as the rows; numbers
are written by hand, and are those of no shelter and no office.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from dashboard.model.periods import Month
from etl.manifest import table_file
from etl.operator_tables.kind import Cells
from etl.operator_tables.kinds import CAPACITIES, NOTES, PARTNERS
from etl.operator_tables.stored import write_rows
from tools.sample.streams import SILENT_MONTHS

#: Where the boats of the story leave, and a district beside it; where its one rise begins.
_HOME, _BESIDE, _RISE = "BD2022", "BD2015", "BD20220090"
#: Area, service, group and places.
_PLACES = (
    (_HOME, "safe_shelter", "girls", "24"),
    (_HOME, "safe_shelter", "boys", "12"),
    (_HOME, "safe_shelter", "women", "30"),
    (_HOME, "safe_shelter", "men", "0"),
    (_HOME, "legal_aid", "all", "60"),
    (_HOME, "psychosocial", "all", "140"),
    (_BESIDE, "safe_shelter", "women", "16"),
    (_BESIDE, "legal_aid", "all", "25"),
)
#: The partner that did not agree to be named.
_UNNAMED = "partner-c"


#: Files of the tables of a sample.
FILES = (table_file(NOTES), table_file(CAPACITIES), table_file(PARTNERS))


def write_tables(folder: Path, until: Month, partners: Collection[str]) -> None:
    """Write the tables of an invention into the folder of its files.

    Args:
        folder: The folder.
        until: Last month of the invention.
        partners: Those that have a file.
    """
    tables = (_notes(until), _capacities(until), _partners(partners))
    for name, rows in zip(FILES, tables, strict=True):
        write_rows(folder / name, rows)


def _notes(until: Month) -> Iterator[Cells]:
    """Three notes about what the story tells, from the last month back."""
    november = Month(until.year - (until.month < 3) - 1, 11)
    for first, last, kind, area, text, text_bn in (
        (november, november.plus(4), "sailing_season", _HOME,
         "Calm sea, so that boats leave from the coast",
         "সাগর শান্ত, তাই উপকূল থেকে নৌকা ছাড়ে"),
        (until.plus(1 - SILENT_MONTHS), "", "reporting_stops", "",
         "A small partner sends no more lists",
         "একটি ছোট অংশীদার সংস্থা আর তালিকা পাঠায় না"),
        (until.plus(-2), until.plus(-1), "flood", _RISE,
         "Flood along the Naf River; families lose their homes",
         "নাফ নদীর তীরে বন্যা; অনেক পরিবার ঘর হারায়"),
    ):  # fmt: skip
        cells = (str(first), str(last), kind, area, text, text_bn, "yes")
        yield dict(zip(NOTES.names, cells, strict=True))


def _capacities(until: Month) -> Iterator[Cells]:
    """Places counted at the beginning of the quarter that ends with the last month."""
    day = str(until.plus(-2).first_day)
    for place in _PLACES:
        yield dict(zip(CAPACITIES.names, (*place, day), strict=True))


def _partners(partners: Collection[str]) -> Iterator[Cells]:
    """The partners, of which all but one agreed to be named."""
    for partner in partners:
        name = f"Agency {partner.rpartition('-')[2].upper()}"
        cells = (partner, name, "no" if partner == _UNNAMED else "yes")
        yield dict(zip(PARTNERS.names, cells, strict=True))
