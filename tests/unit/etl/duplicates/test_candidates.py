from __future__ import annotations

from datetime import date

import pytest

from etl.duplicates import candidates
from etl.duplicates.candidates import Candidate, find_candidates, pair_name
from etl.harmonise.keys import day_key
from etl.register.decisions import Duplicate
from tests.unit.etl.events.register import (
    AREAS,
    JUNE,
    MAY,
    in_memory,
    incident,
    insert,
    leg,
    person,
    place,
)

CAMP = "CXB-108"


def told(
    key: str, partner: str, where: str = CAMP, people: int = 1, **values: object
) -> dict[str, list[dict]]:
    """Rows of one incident in May with people alike."""
    of_person = {name: values.pop(name) for name in ("class", "sex", "age_band") if name in values}
    role = str(values.pop("role", "recruitment"))
    return {
        "incident": [incident(key, partner=partner, **values)],
        "incident_place": [place(key, role, where)],
        "person": [person(f"{key}-p", key, n=people, **of_person)],
    }


def found(*rows: dict[str, list[dict]], decided: tuple[Duplicate, ...] = ()) -> list[Candidate]:
    """Open pairs among these incidents."""
    with in_memory() as connection:
        for entries in rows:
            for name, made in entries.items():
                for entry in made:
                    insert(connection, name, entry)
        find_candidates(connection, AREAS, decided)
        return list(candidates.all_candidates(connection))


ALIKE = {"class": "smuggling", "sex": "female", "age_band": "19_24"}


def test_two_partners_that_tell_the_same_are_a_pair_with_reasons() -> None:
    (pair,) = found(told("x", "b", people=8, **ALIKE), told("y", "a", people=8, **ALIKE))
    assert pair.id == pair_name(("x", "y")) == pair_name(("y", "x"))
    assert (pair.a.partner, pair.a.incident_id) == ("a", "y")
    assert (pair.b.place, pair.b.people, pair.b.class_) == (CAMP, 8, "smuggling")
    assert pair.month == MAY
    assert pair.agree == ("place", "people", "sex", "age", "class")
    assert pair.differ == ()
    assert pair.likely


def test_each_thing_in_common_makes_a_pair_likelier() -> None:
    legs = {"movement": [leg(key, 1, mode="sea", to_place="MY") for key in ("x", "y")]}
    rows = told("x", "a", **ALIKE), told("y", "b", **ALIKE)
    (plain,) = found(*rows)
    (travelled,) = found(*rows, legs)
    assert {"mode", "destination"} == set(travelled.agree) - set(plain.agree)
    assert travelled.bits > plain.bits
    (other,) = found(told("x", "a", **ALIKE), told("y", "b", **{**ALIKE, "sex": "male"}))
    assert other.differ == ("sex",)
    assert other.bits < plain.bits


@pytest.mark.parametrize(
    ("other", "pairs"),
    [
        ({}, 1),
        ({"partner": "a"}, 1),
        ({"incident_month": JUNE}, 0),
        ({"where": "BD2022"}, 1),
        ({"where": "BD20220094"}, 1),
        ({"where": "BD20220099"}, 0),
        ({"where": "SEA-BOB"}, 0),
        ({"people": 9}, 1),
        ({"people": 12}, 1),
        ({"people": 13}, 0),
        ({"people": 7}, 0),
        ({"class": "smuggling_aggravated"}, 1),
        ({"class": "trafficking_suspected"}, 1),
        ({"class": "undetermined"}, 1),
        ({"role": "transit"}, 1),
        ({"role": "intended_destination"}, 0),
        ({"duplicate_of": "z"}, 0),
    ],
)
def test_month_place_people_and_class_make_a_pair(other: dict, pairs: int) -> None:
    ten = {**ALIKE, "people": 10}
    second = {"partner": "b", **ten, **other}
    made = found(told("x", "a", **ten), told("y", second.pop("partner"), **second))
    assert len(made) == pairs


def test_one_person_more_is_near_even_for_few() -> None:
    one, two, three = (told(key, key, people=n, **ALIKE) for n, key in enumerate("abc", 1))
    assert len(found(one, two)) == 1
    assert len(found(one, three)) == 0


def test_a_place_in_the_same_role_is_enough_when_the_events_lie_elsewhere() -> None:
    x, y = told("x", "a", people=9, **ALIKE), told("y", "b", where="BD2003", people=9, **ALIKE)
    for rows, key in ((x, "x"), (y, "y")):
        rows["incident_place"].append(place(key, "disembarkation", "SEA-BOB"))
    (pair,) = found(x, y)
    assert (pair.a.place, pair.b.place) == (CAMP, "BD2003")
    assert pair.agreeing("en").startswith("place (Disembarkation)")
    assert not pair.agreeing("bn").partition(" (")[0].isascii()


def test_an_area_holds_a_place_in_its_month_only() -> None:
    in_june = {"incident_month": JUNE, "people": 10, **ALIKE}
    assert len(found(told("x", "a", **in_june), told("y", "b", "BD20220099", **in_june))) == 1
    assert len(found(told("x", "a", **in_june), told("y", "b", "BD20220094", **in_june))) == 0


def test_the_count_that_a_partner_gives_goes_before_the_people_it_names() -> None:
    assert len(found(told("x", "a", persons_count=40, **ALIKE), told("y", "b", **ALIKE))) == 0
    assert len(found(told("x", "a", persons_count=0, **ALIKE), told("y", "b", **ALIKE))) == 0


def test_too_little_in_common_is_not_listed() -> None:
    assert found(told("x", "a", **{"class": "smuggling"}), told("y", "b", "BD2022")) == []


def test_mixed_classes_contradict_nothing_and_say_nothing() -> None:
    mixed = told("x", "a", people=4, **ALIKE)
    mixed["person"].append(person("x-q", "x", n=4, **{"class": "trafficking_suspected"}))
    (pair,) = found(mixed, told("y", "b", people=8, **ALIKE))
    assert pair.a.class_ == "mixed"
    assert "class" not in (*pair.agree, *pair.differ)


def test_a_decided_pair_is_no_candidate() -> None:
    apart = Duplicate(("x", "y"), "apart", None, "Rina", date(2026, 5, 4))
    rows = [told(key, key, **ALIKE) for key in "xyz"]
    assert {(c.a.incident_id, c.b.incident_id) for c in found(*rows, decided=(apart,))} == {
        ("x", "z"),
        ("y", "z"),
    }


def test_the_order_of_rows_changes_nothing() -> None:
    places = (CAMP, "BD20220011", "PORT", "BD3026")
    rows = [
        told(f"i{n}", f"p{n % 3}", places[n // 3], people=2 + n // 3, **ALIKE) for n in range(12)
    ]
    assert found(*rows) == found(*reversed(rows))
    assert len(found(*rows)) == 12


def bare(key: str, partner: str, month: date = MAY, dead: int = 2) -> dict[str, list[dict]]:
    """Rows of an incident of which class, sex and age are not told."""
    return {
        "incident": [
            incident(key, partner=partner, persons_count=3, dead_or_missing=dead,
                     incident_month=month)
        ],
        "incident_place": [place(key, "interception", CAMP)],
    }  # fmt: skip


def test_the_same_rows_are_a_pair_without_class_sex_or_age() -> None:
    (pair,) = found(bare("x", "a"), bare("y", "b"))
    assert pair.agree == ("place", "people", "dead")
    (other,) = found(bare("x", "a"), bare("y", "b", dead=3))
    assert other.differ == ("dead",)
    assert other.bits < pair.bits - 2


def test_what_is_told_every_month_speaks_less_than_what_is_rare() -> None:
    months = [date(2025, month, 1) for month in range(1, 13)]
    usual = [bare(f"{p}{n}", p, month) for n, month in enumerate(months) for p in "ab"]
    pairs = found(*usual, bare("x", "a", dead=9), bare("y", "b", dead=9))
    bits = {p.a.incident_id: p.bits for p in pairs if p.month in (MAY, months[0])}
    assert bits["x"] == max(bits.values())
    assert "a0" not in bits or bits["x"] > bits["a0"] + 2


def dated(key: str, partner: str, day: date, month: date = MAY) -> dict[str, list[dict]]:
    """Rows of an incident of which the day is known, as hashes of it and of its neighbours."""
    rows = told(key, partner, **ALIKE, incident_month=month)
    rows["arrival"] = [
        {
            "table_name": "incident",
            "key": key,
            "day": day_key(b"secret", day),
            "day_before": day_key(b"secret", day, -1),
            "day_after": day_key(b"secret", day, 1),
            "spelling": "12",
        }
    ]
    return rows


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 5, 9), ("agree", "day")),
        (date(2026, 5, 8), ("agree", "beside")),
        (date(2026, 5, 10), ("agree", "beside")),
        (date(2026, 5, 11), ("differ", "day")),
    ],
)
def test_a_day_is_the_same_beside_or_another(day: date, says: tuple[str, str]) -> None:
    (pair,) = found(dated("x", "a", date(2026, 5, 9)), dated("y", "b", day))
    assert says[1] in getattr(pair, says[0])


def test_days_beside_one_another_meet_over_the_end_of_a_month() -> None:
    may = dated("x", "a", date(2026, 5, 31))
    june = dated("y", "b", date(2026, 6, 1), JUNE)
    (pair,) = found(may, june)
    assert "beside" in pair.agree


def test_a_key_in_another_spelling_counts_within_a_partner_alone() -> None:
    day = date(2026, 5, 9)
    (within,) = found(dated("x", "a", day), dated("y", "a", day))
    (across,) = found(dated("x", "a", day), dated("y", "b", day))
    assert "key" in within.agree
    assert "key" not in across.agree


def test_an_event_of_another_kind_is_no_duplicate() -> None:
    other = told("y", "b", **ALIKE)
    other["incident"][0]["event"] = "other"
    assert found(told("x", "a", **ALIKE), other) == []
