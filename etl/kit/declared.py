"""Declared: the declarations that read a filled template and the export of a kit's form."""

from __future__ import annotations

from typing import Any

from dashboard.model.languages import ENGLISH, LOCAL
from etl.draft.work import Drafted
from etl.draft.written import as_toml
from etl.kit.items import ITEMS, SHEETS, YES_NO, Item
from etl.local import both

#: Keys of each sort of row, by the ids of their questions.
_KEYS = {
    "people": {"incident": ["case_no"], "person": ["case_no", "person_no"]},
    "referrals": {
        "referral": ["case_no", "person_no", "referral_no"],
        "person": ["case_no", "person_no"],
    },
}
_ROWS = {"people": "person", "referrals": "referral"}


def label(item: Item, code: str) -> str:
    """What a template shows for a code: both languages."""
    codes = item.codes
    if codes is None:
        return both(YES_NO[code], " | ")
    english, local_label = (codes.label_of(code, lang) for lang in (ENGLISH, LOCAL))
    return english if local_label == english else f"{english} | {local_label}"


def declaration(partner: str, kind: str, part: str, *, form: bool) -> str:
    """The text of a declaration.

    Args:
        partner: Code of the partner.
        kind: Kind of its data.
        part: people or referrals.
        form: Whether it reads the export of the form; else the filled template.
    """
    name = source_name(partner, part, form=form)
    items = ITEMS[part]
    headers = {item.id: (f"{part}/{item.id}" if form else item.header) for item in items}
    file: dict[str, Any] = {"format": "csv"} if form else {
        "format": "xlsx", "sheet": SHEETS[part], "header_row": 1, "first_row": 3
    }  # fmt: skip
    months: dict[str, Any] = {}
    if part == "people":
        months["classification.decided_month"] = {"from": [headers["report_date"]]}
    top: dict[str, Any] = {
        "name": name,
        "title": f"{SHEETS[part]} of {partner}",
        "partner": partner,
        "kind": kind,
        "row": _ROWS[part],
        "file": file,
        "keys": {k: [headers[i] for i in ids] for k, ids in _KEYS[part].items()},
        "constants": {"person.n": 1} if part == "people" else {},
        "months": months,
    }
    columns: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        for header in [headers[item.id]] if form else item.headers:
            columns[header] = [_use(item, headers, form=form)]
    return as_toml(Drafted(top, columns, []), f"Reads {'the form' if form else 'the template'} "
                   f"of the kit of {partner}; `kit` writes it.")  # fmt: skip


def source_name(partner: str, part: str, *, form: bool) -> str:
    """Name of a declaration of a kit."""
    return f"{partner}-{part}-form" if form else f"{partner}-{part}"


def _use(item: Item, headers: dict[str, str], *, form: bool) -> dict[str, Any]:
    """The declaration of one question's column, of the form's export or of the filled template."""
    if item.sort == "key":
        return {"use": "key"}
    if item.sort == "date":
        formats = ["%Y-%m-%d"] if form else ["%d/%m/%Y", "%Y-%m-%d"]
        return {"use": "derive", "how": "month", "format": formats, "field": item.field}
    if item.sort == "age":
        return {"use": "derive", "how": "age_band"}
    if item.sort == "place":
        return {
            "use": "derive", "how": "place", "field": item.field, "levels": [item.level],
            **({"role": item.role} if item.role else {}),
            **({"rank": item.rank} if item.rank else {}),
            **({"within": headers[item.within]} if item.within else {}),
        }  # fmt: skip
    use: dict[str, Any] = {"use": "take", "field": item.field}
    use |= {"leg": item.leg} if item.leg else {}
    if item.codes is not None:
        use["values"] = {c.code if form else label(item, c.code): c.code for c in item.codes}
        use |= {"split": " "} if form and item.sort == "codes" else {}
    elif item.sort == "flag":
        use["values"] = {code if form else label(item, code): code for code in YES_NO}
    return use
