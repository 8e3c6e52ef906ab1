"""Form: the questions of a kit as an XLSForm (xlsform.org), for Kobo, ODK and the like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

from dashboard.model.country import PACK
from dashboard.model.languages import LOCAL
from etl.kit.items import ITEMS, SHEETS, YES_NO, Item
from etl.local import local
from etl.places.gazetteer import Gazetteer

_LANGUAGES = ("English (en)", f"{PACK.languages[LOCAL].name} ({LOCAL})")
_LABELS, _HINTS = (tuple(f"{what}::{lang}" for lang in _LANGUAGES) for what in ("label", "hint"))
_SURVEY = ("type", "name", *_LABELS, *_HINTS, "required", "constraint", "choice_filter",
           "appearance")  # fmt: skip
_CHOICES = ("list_name", "name", *_LABELS, "within")


def write_form(path: Path, part: str, partner: str, gazetteer: Gazetteer) -> None:
    """Write the form of one sort of row.

    Args:
        path: Where it is written.
        part: people or referrals.
        partner: Code of the partner, which names the form.
        gazetteer: The places that lists offer.
    """
    untyped: Any = xlsxwriter.Workbook
    with untyped(path) as book:
        survey = book.add_worksheet("survey")
        survey.write_row(0, 0, _SURVEY)
        rows = [
            ("begin_group", part, SHEETS[part], local(SHEETS[part]) or SHEETS[part]),
            *(_survey_row(item) for item in ITEMS[part]),
            ("end_group",),
        ]
        for at, row in enumerate(rows, start=1):
            survey.write_row(at, 0, row)
        choices = book.add_worksheet("choices")
        choices.write_row(0, 0, _CHOICES)
        lists = {name: row for item in ITEMS[part] for name, row in _choice_rows(item, gazetteer)}
        for at, row in enumerate((row for rows in lists.values() for row in rows), start=1):
            choices.write_row(at, 0, row)
        settings = book.add_worksheet("settings")
        settings.write_row(0, 0, ("form_title", "form_id", "default_language", "version"))
        name = f"{partner.replace('-', '_')}_{part}"
        settings.write_row(1, 0, (f"{SHEETS[part]} ({partner})", name, "English (en)", "1"))
        for sheet in (survey, choices, settings):
            sheet.set_column(0, len(_SURVEY), 24)


def _list_name(item: Item) -> str:
    """Name of the list that a question's choices are in."""
    if item.codes is not None:
        return item.codes.id
    return "yes_no" if item.sort == "flag" else item.level


def _survey_row(item: Item) -> tuple[str, ...]:
    """The row of a question in the sheet ``survey``."""
    kinds = {"key": "text", "date": "date", "age": "integer", "count": "integer", "days": "integer",
             "codes": f"select_multiple {_list_name(item)}"}  # fmt: skip
    kind = kinds.get(item.sort, f"select_one {_list_name(item)}")
    limits = {"age": ". >= 0 and . <= 120", "count": ". >= 0", "days": ". >= 0",
              "date": ". <= today()"}  # fmt: skip
    return (
        kind, item.id, item.en, item.local or item.en, item.help, local(item.help) or item.help,
        "yes" if item.needed else "", limits.get(item.sort, ""),
        f"within=${{{item.within}}}" if item.within else "",
        "minimal" if item.sort == "place" else "",
    )  # fmt: skip


def _choice_rows(item: Item, gazetteer: Gazetteer) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Name and rows of the list of a question in the sheet ``choices``, if it has one."""
    name = _list_name(item)
    if item.codes is not None:
        yield name, [(name, c.code, c.en, c.local or c.en, "") for c in item.codes]
    elif item.sort == "flag":
        yield name, [(name, code, word, local(word) or word, "") for code, word in YES_NO.items()]
    elif item.sort == "place":
        places = [place for place in gazetteer.places() if place.level == item.level]
        rows = [
            (name, p.code, p.name_en, p.name_local or p.name_en, p.parent if item.within else "")
            for p in sorted(places, key=lambda place: place.name_en)
        ]
        yield name, [*rows]
