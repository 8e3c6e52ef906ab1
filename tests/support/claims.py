"""What titles claim, read back: which row of its own table a title calls the largest."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.exhibits.exhibit import Cell, Exhibit
from dashboard.model.facts import LEGS

#: Exhibits whose title names the largest of the rows of their table, and what names a row.
RANKED = {
    "overview.map": "area", "hotspots.map": "area", "hotspots.ranking": "name",
    "hotspots.camps": "camp", "overview.exploitation": "label", "routes.corridors": "name",
    "sheet.types": "label", "sheet.rescuing-authority": "label", "sheet.promises": "label",
    "sheet.recruitment-place": "label", "sheet.transport-destination": "label",
}  # fmt: skip
#: The map of flows, whose title names a row by both its ends.
FLOWS = "routes.map"
#: Rows that gather what is not told apart, which nothing can lead.
_GATHERED = ("", "unknown", "rest", "elsewhere")
Row = dict[str, Cell]


def rows_of(found: Exhibit) -> list[Row]:
    """The rows of a table by the codes of its columns."""
    codes = [column.code for column in found.table.columns]
    return [dict(zip(codes, row, strict=True)) for row in found.table.rows]


def number(cell: Cell) -> int:
    """A number of a table; a gap is none."""
    return int(cell or 0)


def sizes(found: Exhibit) -> dict[str, int]:
    """What a title may choose the largest from: the number of each row by its name."""
    if found.id == FLOWS:
        return {
            f"{row['from']} to {row['to']}": number(row[LEGS.unit])
            for row in rows_of(found)
            if row["from_code"] and row["to_code"] and row["from_code"] != row["to_code"]
        }
    column, codes = RANKED[found.id], [column.code for column in found.table.columns]
    values = [entry.code for entry in found.table.columns if entry.is_value]
    counted = "total" if "total" in codes else values[0] if values else ""
    gathered = (*_GATHERED, "other") if found.id == "routes.corridors" else _GATHERED
    return {
        str(row[column]): number(row[counted])
        for row in rows_of(found)
        if (row["code"] or "") not in gathered
    }


def named(found: Exhibit) -> set[str]:
    """Which of its rows a title names; a name that stands inside another is not meant."""
    # The small map says behind its largest area which have more than usual.
    text = found.title.partition(";")[0] if found.id == "overview.map" else found.title
    held = set[str]()
    for label in sorted(sizes(found), key=len, reverse=True):
        left = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", "", text, flags=re.IGNORECASE)
        if left != text:
            held.add(label)
            text = left
    return held


def in_order(texts: Sequence[str], text: str) -> list[str]:
    """Those of some texts that stand in another, in the order in which they do."""
    at = {own: text.find(own) for own in texts}
    return sorted((own for own, place in at.items() if place >= 0), key=at.__getitem__)
