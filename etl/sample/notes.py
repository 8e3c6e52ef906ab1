"""Notes of an invention: what an operator would have noted of the story that its files tell.

Months are counted from the last one, as the story is. The texts are as invented as the rows.
"""

from __future__ import annotations

from pathlib import Path

from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month
from etl.notes.note import Note
from etl.notes.notes_file import written
from etl.sample.streams import SILENT_MONTHS

FILE_NAME = "events-INVENTED.toml"
_HEAD = "# Invented notes to the invented data: what `python -m etl note add --file` is given.\n"
#: Where the boats of the story leave, and where its one rise begins.
_COAST, _RISE = "BD2022", "BD20220090"


def invented_notes(until: Month) -> tuple[Note, ...]:
    """Notes of an invention that ends with a month."""
    november = Month(until.year - (until.month < 3) - 1, 11)
    return tuple(
        Note(EventNote(*told))
        for told in (
            (november, november.plus(4), "sailing_season", _COAST,
             "Calm sea, so that boats leave from the coast",
             "সাগর শান্ত, তাই উপকূল থেকে নৌকা ছাড়ে"),
            (until.plus(1 - SILENT_MONTHS), until.plus(1 - SILENT_MONTHS), "reporting_stops", "",
             "A small partner sends no more lists",
             "একটি ছোট অংশীদার সংস্থা আর তালিকা পাঠায় না"),
            (until.plus(-2), until.plus(-1), "flood", _RISE,
             "Flood along the Naf River; families lose their homes",
             "নাফ নদীর তীরে বন্যা; অনেক পরিবার ঘর হারায়"),
        )
    )  # fmt: skip


def write_notes(folder: Path, until: Month) -> Path:
    """Write the notes of an invention into the folder of its files."""
    path = folder / FILE_NAME
    text = "\n".join([_HEAD, *map(written, invented_notes(until))])
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
