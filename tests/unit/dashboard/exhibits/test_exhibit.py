"""What was asked of an exhibit, as what it came to."""

from __future__ import annotations

import json

import pytest

from dashboard.exhibits.exhibit import Detail, Exhibit, Stamp, Table
from dashboard.exports.json import as_json
from dashboard.filters import Filters

SHOWN = Exhibit(
    id="sheet.age-sex", title="Women lead", subtitle="People", unit="people", figure={"data": []},
    table=Table((), ()), description="Bars", notes=(), source="Source: tests",
    release=Stamp("2026-09-x", "invented", "INVENTED DATA", "Sep 2026"),
    detail=Detail("ages", "groups", ("bands", "groups"), True, False, ""),
    options={"steps": "year", "measure": "incidents"},
)  # fmt: skip
OFFERED = {"ages": ("auto", "bands", "groups"), "steps": ("auto", "month", "year"),
           "measure": ("people", "cases"), "view": ("map", "list")}  # fmt: skip


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({"ages": "bands"}, {"ages": "groups"}),
        ({"steps": "month", "view": "list"}, {"steps": "year", "view": "list"}),
        ({"ages": "auto", "steps": "auto"}, {"ages": "auto", "steps": "auto"}),
        ({"measure": "people", "view": "map"}, {"view": "map"}),
        ({"measure": "incidents"}, {"measure": "incidents"}),
    ],
    ids=["detail", "option", "auto", "not offered", "asked though not offered"],
)
def test_what_is_asked_for_comes_to_what_is_shown_or_is_left_out(
    options: dict[str, str], shown: dict[str, str]
) -> None:
    assert SHOWN.as_shown(options, OFFERED) == shown


def test_json_says_first_what_it_is() -> None:
    assert list(json.loads(as_json(SHOWN, Filters())))[:3] == ["id", "title", "subtitle"]
