"""In what a file differs from those before it: what is odd, and what chance explains."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from etl.intake.differences import Difference, differences
from etl.intake.shape import Shape, is_counted, label_of

SEX, MONTH, PLACE = "person.sex", "incident.incident_month", "incident_place.place[recruitment]"


def shape(rows: int, **values: dict[str | None, int]) -> Shape:
    names = {"sex": SEX, "month": MONTH, "place": PLACE}
    return Shape(rows, {names[name]: Counter(counted) for name, counted in values.items()})


def sentences(new: Shape, *before: Shape) -> list[Difference]:
    return list(differences(new, before, MONTH, {"A": "Here"}))


def test_what_chance_explains_is_not_odd() -> None:
    before = shape(30, sex={"female": 18, "male": 12})
    assert sentences(shape(12, sex={"female": 5, "male": 7}), before) == []
    (found,) = sentences(shape(40, sex={"female": 4, "male": 36}), before)
    assert found.odd
    assert found.sentence.startswith("Sex: ")


def test_a_column_that_tells_no_more_is_odd() -> None:
    before = shape(30, sex={"female": 30})
    assert [d.odd for d in sentences(shape(20, sex={"unknown": 20}), before)] == [True]
    few = shape(12, sex={"female": 12})
    assert sentences(shape(4, sex={"unknown": 4}), few) == []


def test_rows_of_one_incident_are_no_more_than_one_word() -> None:
    before = shape(60, sex={"female": 30, "male": 30})
    boats = shape(40, sex={"male": 40})
    assert [d.odd for d in sentences(boats, before)] == [True]
    assert sentences(replace(boats, incidents=4), before) == []
    assert sentences(boats, replace(before, incidents=6)) == []


def test_places_that_every_file_brings_anew_are_told_and_not_odd() -> None:
    before = [shape(20, place={f"B{n}": 12, "A": 8}) for n in range(3)]
    new = shape(20, place={"C": 12, "A": 8})
    (found,) = differences(new, before, MONTH, {"A": "Here"})
    assert not found.odd
    (found,) = differences(shape(20, place={"C": 18, "A": 2}), before, MONTH, {"A": "Here"})
    assert found.odd
    (found,) = differences(new, [shape(20, place={"B": 12, "A": 8})] * 2, MONTH, {"A": "Here"})
    assert found.odd


def test_few_new_places_are_told_and_not_odd() -> None:
    before = shape(50, place={"B": 50})
    (found,) = sentences(shape(40, place={"B": 36, "A": 4}), before)
    assert (found.odd, "Here" in found.sentence) == (False, False)


def test_nothing_is_compared_without_an_earlier_file() -> None:
    assert sentences(shape(5, sex={"male": 5})) == []
    assert sentences(shape(5, sex={"male": 5}), Shape(0, {})) == []


def test_keys_and_partners_are_not_told() -> None:
    assert not is_counted("incident.partner")
    assert not is_counted("person.person_id")
    assert label_of("movement.to_place[2]").endswith("(leg 2)")


def test_few_rows_are_not_told_by_their_share() -> None:
    before = shape(30, sex={"female": 28, "male": 2})
    (found,) = sentences(shape(30, sex={"male": 30}), before)
    assert found.sentence.endswith(" in 100% of rows; in the last files in fewer than 5 rows.")
    (found,) = sentences(shape(40, sex={"female": 38, "male": 2}), shape(30, sex={"male": 30}))
    assert " in fewer than 5 rows; in the last files in 100% of rows." in found.sentence
