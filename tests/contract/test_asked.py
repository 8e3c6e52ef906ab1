"""What is asked of a file in so many words is answered so, or refused with what can be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard import exhibits
from dashboard.exhibits.exhibit import AUTO
from dashboard.exhibits.registry import definitions
from dashboard.exports.boundaries import geometries
from dashboard.model.facts import FACTS
from tests.support.application import application, client_of
from tests.support.sources import GEOGRAPHY

exhibits.load()
#: Choices of what is counted, and how fine.
CHOICES = ("measure", "level", "steps")
DISTRICTS = tuple(geometries(GEOGRAPHY, "district"))
UNITS = {fact.id: fact.unit for fact in FACTS}
#: Months of a step.
MONTHS = {"month": 1, "quarter": 3, "year": 12}
ASKED = [
    (entry.id, option.name)
    for entry in definitions()
    for option in entry.options
    if option.name in CHOICES
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(application(tmp_path_factory.mktemp("asked")))


def questions(exhibit_id: str, choice: str) -> Iterator[tuple[str, str]]:
    """Each value of a choice about everything, districts, and some of women alone.

    A measure is asked of every district, since it was measures that were answered by another.
    """
    (values,) = (
        option.values
        for entry in definitions()
        for option in entry.options
        if (entry.id, option.name) == (exhibit_id, choice)
    )
    districts = DISTRICTS if choice == "measure" else DISTRICTS[::4]
    asked = [value for value in values if value != AUTO]
    yield from ((value, f"{choice}={value}") for value in asked)
    for district, value in product(districts, asked):
        yield value, f"area={district}&{choice}={value}"
        if district in DISTRICTS[::8]:
            yield value, f"area={district}&{choice}={value}&sex=female"


@pytest.mark.parametrize(("exhibit_id", "choice"), ASKED)
def test_no_measure_level_or_step_is_ever_another_than_the_one_that_was_asked_for(
    client: FlaskClient, exhibit_id: str, choice: str
) -> None:
    answered = 0
    for value, query in questions(exhibit_id, choice):
        given = client.get(f"/exhibit/{exhibit_id}.json?{query}")
        found = given.get_json()
        if given.status_code == 400:
            (refused,) = found["errors"]
            assert (refused["parameter"], refused["value"]) == (choice, value)
            asks = f"{choice}={value}"
            instead = f"{choice}={refused['allowed'][0]}" if refused["allowed"] else ""
            assert instead or f"Ask without {choice}." in found["detail"]
            nearest = client.get(f"/exhibit/{exhibit_id}.json?{query.replace(asks, instead)}")
            assert nearest.status_code == 200, (query, instead)
            continue
        assert given.status_code == 200, query
        if found["offer"] is None:
            answered += 1
            check(client, exhibit_id, choice, value, found, query)
    assert answered, "no question about any district was answered"


def check(
    client: FlaskClient, exhibit_id: str, choice: str, value: str, found: Any, query: str
) -> None:
    units = {column["unit"] for column in found["table"]["columns"]} & {*UNITS.values()}
    if choice == "measure":
        assert units <= {UNITS[value]}, query
        assert found["options"]["measure"] == value
    elif choice == "level":
        assert found["detail"] is None or found["detail"]["rung"] == value, query
    else:
        tidy = client.get(f"/exhibit/{exhibit_id}.csv?form=tidy&{query}").text
        steps = {
            months_between(row["period_start"], row["period_end"])
            for row in csv.DictReader(io.StringIO(tidy))
            if row.get("month") or row.get("quarter") or row.get("year")
        }
        assert steps <= {MONTHS[value]}, query


def months_between(start: str, end: str) -> int:
    """Months from a first to a last day, both counted."""
    (first, month), (last, until) = (map(int, day.split("-")[:2]) for day in (start, end))
    return 12 * (last - first) + until - month + 1


@pytest.mark.parametrize(("path", "said"), [
    ("count.json?of=people&area=Teknaf", "Did you mean BD20220090 (Teknaf, upazila of"),
    ("exhibit/hotspots.map.json?area=Teknaff", "Did you mean BD20220090 (Teknaf, upazila of"),
    ("count.json?of=incidents&sex=female", "sex is kept of people, legs"),
    ("count.json?of=requests&area=CXB-201", "Places of requests are no finer than upazila."),
])  # fmt: skip
def test_the_nearest_is_named_in_the_detail(client: FlaskClient, path: str, said: str) -> None:
    given = client.get(f"/{path}")
    assert given.status_code == 400
    found = given.get_json()
    assert found["detail"].endswith(found["errors"][0]["hint"])
    assert said in found["detail"]
