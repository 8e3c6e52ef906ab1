"""A register is told as events that belong to one month each."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import codes
from dashboard.model.facts import MEMBER_FACTS
from etl.events.relations import class_group_sql, delay_band_sql
from tests.unit.etl.events.register import (
    JUNE,
    MAY,
    decision,
    events,
    incident,
    leg,
    one,
    partners,
    person,
    place,
    referral,
    told,
)


def test_a_person_counts_in_the_month_of_the_incident() -> None:
    assert told(one("people", person=[person("p", "i", n=3)]), "month n") == (MAY, 3)


def test_two_partners_who_tell_one_event_count_once() -> None:
    rows = {
        "incident": [incident("i"), incident("j", duplicate_of="i")],
        "person": [person("p", "i"), person("q", "j")],
    }
    assert set(events("incidents", **rows)) == {"i"}
    assert set(events("people", **rows)) == {"p"}


def test_the_place_is_the_first_known_role() -> None:
    places = [
        place("i", "interception", "BD2022"),
        place("i", "exploitation", "IN"),
        place("i", "recruitment", None),
        place("i", "intended_destination", "MY"),
    ]
    found = one("people", incident_place=places)
    assert told(found, "place place_role destination") == ("IN", "exploitation", "MY")


def test_the_last_leg_tells_mode_and_authority_and_the_last_known_end() -> None:
    last = {"mode": "sea", "scope": "cross_border", "rescuing_authority": "coast_guard"}
    legs = [
        leg("i", 1, person_id="p", mode="land", to_place="BD2022", corridor="bd_internal"),
        leg("i", 2, person_id="p", **last),
    ]
    found = one("people", movement=legs)
    assert {name: found[name] for name in last} == last
    assert told(found, "corridor destination") == (None, "BD2022")


def test_a_leg_of_the_whole_incident_counts_for_each_person_without_own_legs() -> None:
    rows = {
        "incident": [incident("i")],
        "person": [person("p", "i", n=2), person("q", "i")],
        "movement": [leg("i", 1, mode="sea"), leg("i", 1, person_id="q", mode="land")],
    }
    quarter = date(2026, 4, 1)
    found = {key: told(e, "mode n quarter") for key, e in events("legs", **rows).items()}
    assert found == {"p|1": ("sea", 2, quarter), "q|1": ("land", 1, quarter)}
    modes = {key: e["mode"] for key, e in events("people", **rows).items()}
    assert modes == {"p": "sea", "q": "land"}


def test_a_journey_joins_the_legs_and_leaves_the_way_back_out() -> None:
    legs = [
        leg("i", 1, from_place="CXB-108", to_place="BD2022", mode="land"),
        leg("i", 2, from_place="BD2022", to_place="MY", mode="sea", month=JUNE),
        leg("i", 3, from_place="MY", to_place="CXB-108", mode="air", leg_role="return"),
    ]
    found = told(one("journeys", movement=legs), "origin transit destination mode")
    assert found == ("CXB-108", ["BD2022"], "MY", "sea")


@pytest.mark.parametrize("fact", ["legs", "journeys"])
def test_legs_and_journeys_tell_who_went(fact: str) -> None:
    who = {
        "sex": "female", "age_band": "15_18", "is_child": "yes",
        "population_group": "rohingya_refugee", "legal_status": ["refugee", "stateless"],
    }  # fmt: skip
    found = one(fact, person=[person("p", "i", **who)], movement=[leg("i", 1)])
    assert {name: found[name] for name in who} == who


def test_a_journey_without_stops_has_no_transit() -> None:
    legs = [leg("i", 1, from_place="CXB-108", to_place="MY")]
    assert one("journeys", movement=legs)["transit"] is None


def test_an_incident_has_the_class_of_its_people_or_is_mixed() -> None:
    rows = {
        "incident": [incident("one"), incident("two"), incident("none", dead_or_missing=7)],
        "person": [
            person("p", "one", class_="smuggling"),
            person("q", "two", class_="smuggling"),
            person("r", "two", class_="smuggling_aggravated"),
        ],
    }
    found = events("incidents", **rows)
    assert {key: told(e, "class class_group") for key, e in found.items()} == {
        "one": ("smuggling", "smuggling"),
        "two": ("mixed", "smuggling"),
        "none": ("undetermined", "other"),
    }
    assert found["none"]["dead_or_missing_band"] == "5_19"
    assert found["one"]["dead_or_missing_band"] == "unknown"


def test_a_person_keeps_the_class_of_identification_and_the_change_is_an_event() -> None:
    rows = {
        "person": [person("p", "i", class_="trafficking_confirmed")],
        "classification": [
            decision("p", 1, "smuggling"),
            decision("p", 2, "smuggling", JUNE),
            decision("p", 3, "trafficking_confirmed", date(2026, 8, 1)),
        ],
    }
    assert one("people", **rows)["class"] == "smuggling"
    change = one("reclassifications", **rows)
    assert told(change, "from_class to_class") == ("smuggling", "trafficking_confirmed")
    assert told(change, "quarter decision_band") == (date(2026, 7, 1), "2_3")


def test_a_referral_is_asked_for_in_one_month_and_ends_in_another() -> None:
    august, days = date(2026, 8, 1), {"days_to_response": 2, "days_to_service": 40}
    rows = {
        "person": [person("p", "i", sex="female", class_="smuggling")],
        "referral": [
            referral("open", "p", place="CXB-108"),
            referral("done", "p", place="BD2022", status="done", ended_month=august, **days),
        ],
    }
    asked = {key: told(e, "month place sex") for key, e in events("requests", **rows).items()}
    assert asked == {
        "open": (MAY, "BD20220094", "female"),
        "done": (MAY, "BD2022", "female"),
    }
    ended = one("endings", **rows)
    assert told(ended, "record_key month") == ("done", august)
    assert told(ended, "lag_quarters response_band service_band") == ("1", "2_3", "over_30")


@pytest.mark.parametrize(
    ("own", "of_person", "shown"),
    [
        ("CXB-108", "BD20220011", "BD20220094"),
        ("BD20220011", "CXB-108", "BD20220011"),
        ("BD2022", "CXB-108", "BD20220094"),
        ("BD2022", "BD2022", "BD2022"),
        ("BD2022", "BD3026", "BD2022"),
        ("BD3026", "CXB-108", "BD3026"),
        ("PORT", "BD3026", "BD2022"),
        ("IN", "CXB-108", "IN"),
        (None, "CXB-108", None),
        ("BD2022", None, "BD2022"),
    ],
)
def test_a_referral_is_told_by_upazila_and_never_of_another_district(
    own: str | None, of_person: str | None, shown: str | None
) -> None:
    rows = {
        "incident_place": [place("i", "recruitment", of_person)],
        "referral": [referral("r", "p", place=own, status="done", ended_month=MAY)],
    }
    for fact in ("requests", "endings"):
        assert one(fact, **rows)["place"] == shown


def test_the_upazila_of_a_request_and_of_its_ending_is_that_of_its_own_month() -> None:
    rows = {
        "incident_place": [place("i", "recruitment", "CXB-108")],
        "referral": [referral("r", "p", place="BD2022", status="done", ended_month=JUNE)],
    }
    assert one("requests", **rows)["place"] == "BD20220094"
    assert one("endings", **rows)["place"] == "BD20220099"


def test_a_referral_of_a_person_nobody_knows_is_counted_under_review() -> None:
    found = one("requests", referral=[referral("r", "stranger", place="IN")])
    assert told(found, "class class_group sex place") == ("undetermined", "other", None, "IN")


@given(
    class_=st.sampled_from(codes.CLASS.values),
    exploitation=st.none() | st.lists(st.sampled_from(codes.EXPLOITATION.values), max_size=3),
)
def test_sql_and_registry_roll_a_class_up_alike(
    class_: str, exploitation: list[str] | None
) -> None:
    with duckdb.connect(":memory:") as connection:
        found = connection.execute(
            f"""SELECT {class_group_sql("class", "exploitation")}
            FROM (SELECT ? AS class, ?::VARCHAR[] AS exploitation)""",  # noqa: S608
            [class_, exploitation],
        ).fetchone()
    assert found == (codes.class_group(class_, exploitation or []),)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (None, None),
        (0, "within_1"),
        (1, "within_1"),
        (2, "2_3"),
        (5, "4_5"),
        (14, "6_14"),
        (15, "15_30"),
        (31, "over_30"),
    ],
)
def test_a_delay_becomes_a_band(days: int | None, band: str | None) -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute("CREATE TABLE delay AS SELECT ?::INTEGER AS days", [days])
        found = connection.execute(f"SELECT {delay_band_sql('days')} FROM delay").fetchone()  # noqa: S608
    assert found == (band,)


def test_who_crossed_a_border_crossed_it_even_if_the_last_leg_did_not() -> None:
    legs = [
        leg("i", 1, scope="cross_border", to_place="MY", mode="sea"),
        leg("i", 2, scope="internal", mode="land"),
    ]
    for fact in ("people", "incidents"):
        found = told(one(fact, movement=legs), "scope mode destination")
        assert found == ("cross_border", "land", "MY")


def test_the_scope_of_a_way_inside_the_country_is_that_of_its_last_leg() -> None:
    legs = [leg("i", 1, scope="internal"), leg("i", 2)]
    for fact in ("people", "incidents"):
        assert one(fact, movement=legs)["scope"] is None


@pytest.mark.parametrize("fact", ["requests", "endings"])
def test_who_refused_to_be_counted_is_not_counted(fact: str) -> None:
    done = {"status": "done", "ended_month": JUNE}
    referrals = [
        referral("asked", "p", share_consent=True, **done),
        referral("unasked", "p", **done),
        referral("refused", "p", share_consent=False, **done),
    ]
    rows = {"incident": [incident("i")], "person": [person("p", "i")], "referral": referrals}
    assert set(events(fact, **rows)) == {"asked", "unasked"}


def test_a_referral_of_a_person_told_twice_keeps_class_and_sex() -> None:
    rows = {
        "incident": [incident("i"), incident("j", partner="b", duplicate_of="i")],
        "person": [
            person("p", "i", sex="male", class_="smuggling"),
            person("q", "j", sex="female", class_="trafficking_confirmed"),
        ],
        "classification": [decision("q", 1, "smuggling_aggravated")],
        "referral": [
            referral("kept", "p"),
            referral("merged", "q", status="done", ended_month=JUNE),
        ],
    }
    for fact in ("requests", "endings"):
        found = told(events(fact, **rows)["merged"], "class class_group sex")
        assert found == ("smuggling_aggravated", "smuggling", "female")
    assert set(events("people", **rows)) == {"p"}


def test_an_event_was_reported_by_the_partners_of_all_that_tell_it() -> None:
    rows = {
        "incident": [
            incident("i"),
            incident("j", partner="b", duplicate_of="i"),
            incident("k", partner="c", duplicate_of="j"),
            incident("alone", partner="d"),
        ],
        "person": [person("p", "i"), person("q", "k"), person("r", "alone")],
        "movement": [leg("i", 1, mode="land", from_place="BD2022", to_place="MY")],
    }
    assert partners("incidents", **rows) == {"i": {"a", "b", "c"}, "alone": {"d"}}
    assert partners("people", **rows) == {"p": {"a", "b", "c"}, "r": {"d"}}
    assert partners("legs", **rows) == {"p|1": {"a", "b", "c"}}
    assert partners("journeys", **rows) == {"p": {"a", "b", "c"}}


def test_a_referral_was_reported_by_the_partner_whose_file_brought_it() -> None:
    rows = {
        "incident": [incident("i")],
        "person": [person("p", "i", class_="smuggling")],
        "classification": [
            decision("p", 1, "smuggling"),
            decision("p", 2, "undetermined"),
            decision("p", 3, "smuggling"),
        ],
        "referral": [
            referral("brought", "p", status="done", ended_month=JUNE),
            referral("by hand", "p"),
            referral("of a stranger", "s"),
        ],
        "load": [{"load_no": 1, "partner": "b"}],
        "arrival": [
            {"table_name": "referral", "key": "brought", "load_no": 1, "row_no": 1},
            {"table_name": "classification", "key": "p|3", "load_no": 1, "row_no": 2},
        ],
    }
    assert partners("requests", **rows) == {"brought": {"b"}, "by hand": {"a"}}
    assert partners("endings", **rows) == {"brought": {"b"}}
    assert partners("reclassifications", **rows) == {"p|2": {"a"}, "p|3": {"b"}}


@pytest.mark.parametrize("fact", [fact.id for fact in MEMBER_FACTS])
def test_an_event_of_another_kind_enters_no_figure(fact: str) -> None:
    """A camp fire is no case, and what its people were referred to is no case work."""
    rows = {
        "person": [person("p", "x")],
        "movement": [leg("x", 1, from_place="CXB-108", to_place="MY", mode="sea")],
        "referral": [referral("r", "p", status="done", ended_month=JUNE)],
        "classification": [decision("p", 1, "undetermined"), decision("p", 2, "smuggling", JUNE)],
    }
    for kind in ({}, {"event": "trafficking_or_smuggling"}):
        assert one(fact, incident=[incident("x", **kind)], **rows)
    assert events(fact, incident=[incident("x", event="other")], **rows) == {}
