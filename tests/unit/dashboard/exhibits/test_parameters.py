"""What a file is asked is answered whole or refused with what would be allowed, never by half."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.exhibits.parameters import (
    FILTER_PARAMETERS,
    Parameter,
    Refusal,
    option_parameters,
    parameters_at,
    refusals,
)
from dashboard.exhibits.registry import (
    Definition,
    available_options,
    definition,
    definitions,
    own_options,
    read_view_query,
)
from dashboard.filters import MAX_QUERY
from dashboard.model.filters import NAMES
from dashboard.release.open_release import Release
from tests.support.examples import examples
from tests.support.readings import any_filters, reading

exhibits.load()
ENTRIES = st.sampled_from(definitions())
EDITIONS = ["2026-06-a", "2026-09-b"]


def parameters(entry: Definition, release: Release) -> tuple[Parameter, ...]:
    return parameters_at(entry, release, EDITIONS)


def refuse(query: str, release: Release, exhibit_id: str = "hotspots.map") -> tuple[Refusal, ...]:
    return refusals(query, parameters(definition(exhibit_id), release))


def test_every_filter_is_a_parameter() -> None:
    names = [parameter.name for parameter in FILTER_PARAMETERS]
    assert len(set(names)) == len(names)
    assert {*NAMES, "period", "compare", "edition", "audience", "lang"} == set(names)


def test_an_option_is_called_like_no_other_parameter() -> None:
    for entry in definitions():
        options = {parameter.name for parameter in option_parameters(entry)}
        assert options.isdisjoint({"form", *(one.name for one in FILTER_PARAMETERS)}), entry.id


@settings(max_examples=examples(300))
@given(data=st.data())
def test_a_link_of_the_product_is_never_refused(protected: Release, data: st.DataObject) -> None:
    entry = data.draw(ENTRIES)
    options = {
        option.name: data.draw(st.sampled_from(option.values))
        for option in available_options(entry, protected)
    }
    parts = [
        data.draw(any_filters(protected, most=4)).to_query(),
        *(f"{name}={value}" for name, value in options.items()),
    ]
    assert refusals("&".join(filter(None, parts)), parameters(entry, protected)) == ()


#: Names and values that are right, nearly right or wrong, in any number and order.
_VALUES = st.sampled_from(
    ("female", "male,unknown", "female,", ",", "", "robot", "Female", "BD20", "BD2022,BD", "XX",
     "camp", "auto", "district", "people", "2026-07", "2026-07..2026-09", "2026-13", "junk",
     "2026-09..2026-07", "none", "last-year", "bn", "fr", "member", "public", "2026-06-a", "x",
     "৫", "\u200bfemale", "female male", "1999-12", "2026-07..")
)  # fmt: skip
_NAMES = st.sampled_from(
    (*(one.name for one in FILTER_PARAMETERS), "measure", "level", "top", "Sex", "utm", "", "form")
)
_PARTS = st.lists(st.tuples(_NAMES, _VALUES), max_size=5)


@settings(max_examples=examples(600))
@given(entry=ENTRIES, parts=_PARTS)
def test_what_is_not_refused_is_answered_as_it_was_asked(
    protected: Release, entry: Definition, parts: list[tuple[str, str]]
) -> None:
    query = "&".join(f"{quote(name)}={quote(value, safe=',')}" for name, value in parts)
    view = read_view_query(query, protected, lambda code: code in EDITIONS)
    if refusals(query, parameters(entry, protected)):
        return
    assert view.ignored == ()
    options = available_options(entry, protected)
    assert own_options(view, options) == dict(view.options)
    for name, value in parts:
        if name in NAMES:
            assert ",".join(view.filters.codes_of(name)) == ",".join(
                dict.fromkeys(value.split(","))
            )
        elif name == "period":
            assert str(view.filters.period) in (value, f"{value}..{value}")
        elif name in view.options:
            assert view.options[name] == value
        else:
            assert getattr(view.filters, name) == value


@settings(max_examples=examples(300))
@given(entry=ENTRIES, query=st.text(max_size=200))
def test_any_text_is_refused_or_answered_without_an_error(
    protected: Release, entry: Definition, query: str
) -> None:
    for refusal in refusals(query, parameters(entry, protected)):
        assert len(refusal.parameter) <= 60
        assert len(refusal.value) <= 60
        assert refusal.allowed


@pytest.mark.parametrize(
    ("query", "parameter", "value", "reason"),
    [
        ("level=camp", "level", "camp", "unknown value"),
        ("level=", "level", "", "empty"),
        ("level", "level", "", "empty"),
        ("period=junk", "period", "junk", "unknown value"),
        ("period=2026-09..2026-07", "period", "2026-09..2026-07", "unknown value"),
        ("period=1999-12", "period", "1999-12", "unknown value"),
        ("colour=red", "colour", "red", "unknown parameter"),
        ("by=stage", "by", "stage", "unknown parameter"),
        ("sex=female&sex=male", "sex", "male", "given twice"),
        ("sex=female&sex=female", "sex", "female", "given twice"),
        ("sex=female,robot", "sex", "robot", "unknown value"),
        ("sex=female,,male", "sex", "", "empty"),
        ("sex=Female", "sex", "Female", "unknown value"),
        ("area=", "area", "", "empty"),
        ("area=BD20,XX", "area", "XX", "unknown value"),
        ("edition=2020-01-x", "edition", "2020-01-x", "unknown value"),
        ("audience=public", "audience", "public", "unknown value"),
        ("lang=fr", "lang", "fr", "unknown value"),
        ("compare=before", "compare", "before", "unknown value"),
        ("sex=%ff", "sex", "\ufffd", "unknown value"),
    ],
)
def test_what_is_not_known_is_refused_once(
    protected: Release, query: str, parameter: str, value: str, reason: str
) -> None:
    (refusal,) = refuse(query, protected)
    assert (refusal.parameter, refusal.value, refusal.reason) == (parameter, value, reason)


@pytest.mark.parametrize(
    "query",
    ["", "sex=female,female", "period=2031-01", "edition=2026-06-a", "audience=member", "&"],
)
def test_what_is_known_is_answered(protected: Release, query: str) -> None:
    assert refuse(query, protected) == ()


def test_a_refusal_says_what_would_be_allowed(protected: Release) -> None:
    allowed = {entry.parameter: entry.allowed for entry in refuse(
        "level=camp&period=junk&area=XX&edition=x&colour=red&sex=&sex=", protected
    )}  # fmt: skip
    assert allowed["level"] == ("auto", "division", "district", "upazila")
    assert allowed["period"] == ("YYYY-MM", "YYYY-MM..YYYY-MM")
    assert {"BD", "BD20", "BD2022", "MY"} < set(allowed["area"])
    assert allowed["edition"] == tuple(EDITIONS)
    assert {"sex", "measure", "level", "period"} < set(allowed["colour"])
    assert "by" not in allowed["colour"]
    assert allowed["sex"] == ("female", "male", "hijra_or_other", "unknown")


def test_a_query_that_is_too_long_is_refused_as_a_whole(protected: Release) -> None:
    (refusal,) = refuse("sex=female&area=" + "BD20," * MAX_QUERY, protected)
    assert (refusal.parameter, refusal.reason) == ("query", "too long")


def test_patterns_let_through_every_code_that_is_known(protected: Release) -> None:
    patterns = {one.name: re.compile(one.pattern) for one in FILTER_PARAMETERS if one.pattern}
    assert all(patterns["area"].search(code) for code in protected.places)
    assert patterns["edition"].search("2026-09-20261016t094000-0a1b2c3d")
    for period in ("2026-07", "2026-07..2026-09"):
        assert patterns["period"].search(period)
    for period in ("2026-13", "2026-07..", "x2026-07"):
        assert not patterns["period"].search(period)


def test_options_of_other_exhibits_do_not_belong_to_a_file(protected: Release) -> None:
    view = reading(level="camp", measure="people", by="stage")
    options = available_options(definition("hotspots.map"), protected)
    assert own_options(view, options) == {"measure": "people"}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Cox's Bazar", ["BD2022"]),
        ("কক্সবাজার", ["BD2022"]),
        ("dhaka", ["BD30", "BD3026"]),
        ("Teknaff", ["BD20220090", "CXB-TEKNAF-SOUTH"]),
        ("Timbuktu", []),
        ("BD2222", []),
        ("", []),
    ],
)
def test_who_names_a_place_is_told_its_code(
    protected: Release, name: str, codes: list[str]
) -> None:
    (refused,) = refuse(f"area={quote(name)}", protected)
    assert re.findall(r"([\w-]+) \(", refused.hint) == codes
    assert all(code in refused.allowed for code in codes)


def test_of_many_names_a_few_are_looked_for(protected: Release) -> None:
    refused = refuse(f"area={','.join(['Teknaf'] * 9)}", protected)
    assert [bool(each.hint) for each in refused] == [True] * 3 + [False] * 6
