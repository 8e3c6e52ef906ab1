from __future__ import annotations

from datetime import date

import duckdb
import pytest

from dashboard.model.tables import table
from etl.duplicates import candidates
from etl.duplicates.candidates import Candidate, pair_name
from etl.duplicates.comparison import find_candidates
from etl.register.decisions import Duplicate
from etl.register.tables import create_statements
from tests.unit.etl.events.register import AREAS, JUNE, MAY, incident, leg, person, place

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
    with duckdb.connect(":memory:") as connection:
        connection.execute("ATTACH ':memory:' AS register")
        for statement in create_statements("register"):
            connection.execute(statement)
        for entries in rows:
            for name, made in entries.items():
                for entry in made:
                    assert not set(entry) - set(table(name).names)
                    columns = ", ".join(f'"{column}"' for column in entry)
                    marks = ", ".join("?" * len(entry))
                    connection.execute(
                        f"INSERT INTO register.{name} ({columns}) VALUES ({marks})",  # noqa: S608
                        list(entry.values()),
                    )
        find_candidates(connection, AREAS, decided)
        best = candidates.best_candidates(connection, 100)
        assert candidates.count_candidates(connection) == len(best)
        return list(best)


ALIKE = {"class": "smuggling", "sex": "female", "age_band": "19_24"}


def test_two_partners_that_tell_the_same_are_a_pair_with_reasons() -> None:
    (pair,) = found(told("x", "b", people=8, **ALIKE), told("y", "a", people=8, **ALIKE))
    assert pair.id == pair_name(("x", "y")) == pair_name(("y", "x"))
    assert (pair.a.partner, pair.a.incident_id) == ("a", "y")
    assert (pair.b.place, pair.b.people, pair.b.class_) == (CAMP, 8, "smuggling")
    assert pair.month == MAY
    assert pair.score == 20 + 15 + 15 + 15 + 15
    assert pair.reasons == (
        "the same place",
        "as many people",
        "many people",
        "the same class",
        "sex and age alike for 100%",
    )


def test_way_and_destination_speak_for_a_pair() -> None:
    legs = {"movement": [leg(key, 1, mode="sea", to_place="MY") for key in ("x", "y")]}
    (pair,) = found(told("x", "a", **ALIKE), told("y", "b", **ALIKE), legs)
    assert pair.score == 20 + 15 + 15 + 15 + 10 + 10
    assert {"the same way of travelling", "the same destination"} <= set(pair.reasons)


@pytest.mark.parametrize(
    ("other", "pairs"),
    [
        ({}, 1),
        ({"partner": "a"}, 0),
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
        ({"class": "trafficking_suspected"}, 0),
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
    x, y = told("x", "a", **ALIKE), told("y", "b", where="BD2003", **ALIKE)
    for rows, key in ((x, "x"), (y, "y")):
        rows["incident_place"].append(place(key, "disembarkation", "SEA-BOB"))
    (pair,) = found(x, y)
    assert (pair.a.place, pair.b.place) == (CAMP, "BD2003")
    assert pair.reasons[0] == "the same place (disembarkation)"


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
    assert "the same class" not in pair.reasons


def test_a_decided_pair_is_no_candidate() -> None:
    apart = Duplicate(("x", "y"), "apart", None, "Rina", date(2026, 5, 4))
    rows = [told(key, key, **ALIKE) for key in "xyz"]
    assert {(c.a.incident_id, c.b.incident_id) for c in found(*rows, decided=(apart,))} == {
        ("x", "z"),
        ("y", "z"),
    }


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [told(f"i{n}", f"p{n % 3}", people=1 + n % 2, **ALIKE) for n in range(9)]
    assert found(*rows) == found(*reversed(rows))
    assert len(found(*rows)) == 27


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
    assert pair.score == 20 + 15 + 15 + 10 + 10
    assert pair.reasons[-1] == "the same in everything that both tell"
    assert found(bare("x", "a"), bare("y", "b", dead=3)) == []


def test_what_a_partner_says_every_month_is_no_copy() -> None:
    assert found(bare("x", "a"), bare("z", "a", JUNE), bare("y", "b")) == []


def test_an_event_of_another_kind_is_no_duplicate() -> None:
    other = told("y", "b", **ALIKE)
    other["incident"][0]["event"] = "other"
    assert found(told("x", "a", **ALIKE), other) == []
