"""Rare codes stand under "other" and rare places under the area above them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import duckdb
import numpy as np
import pytest

from dashboard.model.camps import CAMPS_OF
from dashboard.model.facts import JOURNEYS, PEOPLE, RECLASSIFICATIONS, REQUESTS
from dashboard.model.fold import IN_ROLL_UP
from dashboard.model.periods import Month
from etl.protect.chance import Chance
from etl.protect.coding import Coding, Parents
from etl.protect.folds import Folds, dimensions_that_fold, with_areas_above
from etl.release.contents.protection import folded_codes, standing_places
from tests.unit.etl.protect import invented
from tests.unit.etl.protect.store import Store, closed, closed_as_they_arrive

FIRST = Month(2023, 1)
DECEMBER = Month(2024, 12)
MAY = date(2026, 5, 1)
JUNE = date(2026, 6, 1)
JULY = date(2026, 7, 1)
REGION, UPAZILA = "CXB-TEKNAF-SOUTH", "BD20220090"
#: A camp whose upazila changes in June 2026, a port abroad, and a sea that nothing holds.
AREAS = [
    ("CAMP", "upazila", "OLD", None, JUNE),
    ("CAMP", "upazila", "NEW", JUNE, None),
    *((upazila, "upazila", upazila, None, None) for upazila in ("OLD", "NEW")),
    *((place, "district", "HOME", None, None) for place in ("CAMP", "OLD", "NEW", "HOME")),
    *((place, "division", "DIV", None, None) for place in ("CAMP", "OLD", "NEW", "HOME", "DIV")),
    *((place, "country", "BD", None, None) for place in ("CAMP", "OLD", "NEW", "HOME", "DIV")),
    ("BD", "country", "BD", None, None),
    ("PORT", "country", "IN", None, None),
    ("IN", "country", "IN", None, None),
]
PARENTS = Parents(AREAS)


@pytest.fixture(scope="module")
def two_years() -> Store:
    return closed(invented.people(50, 24, seed=9), DECEMBER)


def folded_in(store: Store, fact: str = "people") -> dict[str, set[tuple[str, date, date]]]:
    """Dimension to the codes that stand under another, each with since when and until when."""
    found: dict[str, set[tuple[str, date, date]]] = {}
    for dimension, code, since, until in store.rows(
        """SELECT dimension, code, from_period, until FROM (
            SELECT *, lead(from_period, 1, DATE '9999-01-01') OVER (
                PARTITION BY fact, dimension, code ORDER BY from_period
            ) AS until FROM units.fold WHERE fact = ?
        ) WHERE code <> shown_as""",
        fact,
    ):
        found.setdefault(dimension, set()).add((code, since, until))
    return found


def values_of(unit: dict, name: str) -> list:
    value = unit[name]
    return value if isinstance(value, list) else [value]


def test_only_lists_with_other_and_places_fold() -> None:
    assert {field.name for field in dimensions_that_fold(PEOPLE)} == {
        "place", "destination", "exploitation", "corridor", "recruitment_place", "promise",
        "recruiter_relation", "means_of_control", "identified_by", "class", "sex", "age_band",
    }  # fmt: skip
    assert {field.name for field in dimensions_that_fold(REQUESTS)} == {
        "place", "from_agency_type", "to_agency_type", "service", "class", "sex",
    }  # fmt: skip
    assert {field.name for field in dimensions_that_fold(JOURNEYS)} >= {"origin", "transit"}
    assert {field.name for field in dimensions_that_fold(RECLASSIFICATIONS)} == {
        "from_class", "to_class",
    }  # fmt: skip


def test_a_folded_code_never_stands_in_a_unit_of_its_time(two_years: Store) -> None:
    folded = folded_in(two_years)
    assert {"exploitation", "place", "promise", "corridor"} <= set(folded)
    for dimension, codes in folded.items():
        for code, since, until in codes:
            assert not any(
                code in values_of(unit, dimension)
                for unit in two_years.units()
                if since <= unit["month"] < until
            ), (dimension, code)


def test_whether_a_code_at_the_bound_is_folded_nobody_knows_without_the_secret() -> None:
    events = [event | {"recruitment_place": "home"} for event in invented.people(20, 1, seed=1)]
    for event in events[:5]:
        event["recruitment_place"] = "market"
    decided = {
        closed(events, FIRST, chance=Chance(bytes([number] * 32))).rows(
            "SELECT shown_as FROM units.fold WHERE fact = 'people' AND code = 'market'"
        )[0][0]
        for number in range(8)
    }
    assert decided == {"market", "other"}


def test_late_units_are_folded_as_their_month_is() -> None:
    events = invented.people(50, 18, seed=2)
    random = np.random.default_rng(2)
    lags = np.where(random.random(len(events)) < 0.3, random.integers(1, 4, len(events)), 0)
    arrivals = [
        Month.of(e["month"]).plus(lag).first_day
        for e, lag in zip(events, lags.tolist(), strict=True)
    ]
    store = closed_as_they_arrive(events, arrivals, [FIRST.plus(step) for step in range(18)])
    units = [unit for unit in store.units() if unit["block_kind"] == "late"]
    assert any(Month.of(unit["block_period"]) > Month.of(unit["month"]) for unit in units)
    for dimension, codes in folded_in(store).items():
        for code, since, until in codes:
            for unit in units:
                if since <= unit["month"] < until:
                    assert code not in values_of(unit, dimension)


def test_a_code_of_a_year_with_too_few_events_is_folded_and_others_are_not(
    two_years: Store,
) -> None:
    year = [e for e in two_years.events() if date(2023, 2, 1) <= e["month"] <= date(2024, 1, 1)]
    forms = Counter(code for e in year for code in e["exploitation"] or ())
    decided = dict(
        two_years.rows(
            """SELECT code, shown_as FROM units.fold
            WHERE dimension = 'exploitation' AND from_period = DATE '2024-01-01'"""
        )
    )
    assert set(decided) == set(PEOPLE["exploitation"].codes.values)
    for code, shown_as in decided.items():
        if code == "other" or forms[code] >= 13:
            assert shown_as == code
        elif forms[code] < 7:
            assert shown_as == "other"


def test_a_decision_holds_for_a_year_and_a_young_store_decides_by_quarters(
    two_years: Store,
) -> None:
    found = two_years.rows(
        "SELECT DISTINCT from_period FROM units.fold WHERE dimension = 'promise' ORDER BY 1"
    )
    assert [row[0] for row in found] == [
        date(2023, 1, 1),
        date(2023, 4, 1),
        date(2023, 7, 1),
        date(2023, 10, 1),
        date(2024, 1, 1),
    ]


def test_a_year_without_events_in_january_decides_at_its_first_block() -> None:
    events = [e for e in invented.people(30, 18, seed=1) if e["month"] != date(2024, 1, 1)]
    store = closed(events, DECEMBER)
    found = store.rows("SELECT max(from_period) FROM units.fold WHERE dimension = 'promise'")
    assert found == [(date(2024, 2, 1),)]


def test_every_value_of_a_published_record_has_a_decision(two_years: Store) -> None:
    for dimension in ("place", "destination", "corridor"):
        missing = two_years.rows(
            f"""SELECT count(*) FROM events.people AS event
            JOIN units.ledger AS ledger USING (record_key)
            WHERE event.{dimension} IS NOT NULL AND event.{dimension} NOT IN (
                SELECT code FROM units.fold
                WHERE dimension = ? AND from_period = (
                    SELECT max(from_period) FROM units.fold
                    WHERE dimension = ? AND from_period <= event.month
                )
            )""",  # noqa: S608
            dimension,
            dimension,
        )
        assert missing == [(0,)]


def test_a_rare_sex_or_age_reads_unknown_and_a_rare_class_its_roll_up_alone() -> None:
    events = invented.people(40, 12, seed=6)
    for number, event in enumerate(events):
        event["sex"] = "hijra_or_other" if number % 70 == 0 else "female"
        event["age_band"] = "over_60" if number % 70 == 1 else "25_49"
        event["class"], event["class_group"] = "trafficking_suspected", "trafficking_labour"
        if number % 70 == 2:
            event["class"] = "trafficking_confirmed"
    store = closed(events, Month(2023, 12))
    units = store.units()
    assert {unit["sex"] for unit in units} == {"female", "unknown"}
    assert {unit["age_band"] for unit in units} == {"25_49", "unknown"}
    assert {unit["class"] for unit in units} == {"trafficking_suspected", None}
    assert {unit["class_group"] for unit in units} == {"trafficking_labour"}
    told = {(dimension, code): shown_as
            for fact, dimension, code, shown_as, _ in folded_codes(store.connection)
            if fact == "people"}  # fmt: skip
    assert told["sex", "hijra_or_other"] == told["age_band", "over_60"] == "unknown"
    assert told["class", "trafficking_confirmed"] == IN_ROLL_UP


def test_a_rare_class_before_or_after_a_decision_stands_with_others_of_its_crime() -> None:
    changed = {"month": date(2023, 4, 1), "decision_band": "2_3"}
    frequent = changed | {"from_class": "undetermined", "to_class": "trafficking_confirmed"}
    rare = [
        ("trafficking_suspected", "smuggling_aggravated"),
        ("smuggling_aggravated", "smuggling_then_trafficking"),
        ("kidnap_for_ransom", "missing_or_abduction"),
        ("trafficking_suspected", "smuggling"),
        ("smuggling", "trafficking_suspected"),
    ]
    store = Store()
    store.arrive(
        [frequent] * 40 + [changed | {"from_class": a, "to_class": b} for a, b in rare],
        RECLASSIFICATIONS,
    )
    store.close(Month(2023, 6))
    together = {"trafficking_together", "smuggling", "other_together"}
    befores, afters = (
        {unit[name] for unit in store.units(RECLASSIFICATIONS)}
        for name in ("from_class", "to_class")
    )
    assert "undetermined" in befores <= together | {"undetermined"}
    assert "trafficking_confirmed" in afters <= together | {"trafficking_confirmed"}
    told = {(dimension, code): shown_as
            for fact, dimension, code, shown_as, _ in folded_codes(store.connection)
            if fact == RECLASSIFICATIONS.id}  # fmt: skip
    assert told["from_class", "trafficking_suspected"] == "trafficking_together"
    assert told["to_class", "smuggling_aggravated"] == "smuggling"
    assert told["to_class", "missing_or_abduction"] == "other_together"
    assert ("from_class", "smuggling") not in told
    assert not {code for _, code in told} & {"trafficking_together", "other_together"}


def test_the_roll_up_never_folds_and_smuggling_stays_out_of_the_country(two_years: Store) -> None:
    assert "class_group" not in folded_in(two_years)
    truth = Counter(event["class_group"] for event in two_years.truth())
    assert truth == Counter(event["class_group"] for event in two_years.events())
    events = invented.people(40, 8, seed=7)
    for number, event in enumerate(e for e in events if e["class_group"] == "smuggling"):
        event["class"] = "smuggling_aggravated" if number % 40 == 0 else "smuggling"
    units = closed(events, Month(2023, 8)).units()
    folded = [unit for unit in units if unit["class"] is None]
    assert not any(
        unit["scope"] == "internal" and unit["class_group"] == "smuggling" for unit in units
    )
    assert all(unit["class_group"] is not None for unit in folded)


def test_places_are_decided_every_quarter(two_years: Store) -> None:
    found = two_years.rows(
        "SELECT DISTINCT from_period FROM units.fold WHERE dimension = 'place' ORDER BY 1"
    )
    assert [row[0] for row in found] == [
        date(year, month, 1) for year in (2023, 2024) for month in (1, 4, 7, 10)
    ]


def test_the_release_lists_when_places_stand_for_themselves(two_years: Store) -> None:
    rows = standing_places(two_years.connection)
    own = {
        (place, since, until)
        for fact, dimension, place, since, until in rows
        if (fact, dimension) == ("people", "place")
    }
    decided: dict[date, set[str]] = {}
    for since, code, shown_as in two_years.rows(
        "SELECT from_period, code, shown_as FROM units.fold WHERE fact = 'people' "
        "AND dimension = 'place'"
    ):
        decided.setdefault(since, set()).update({code} if code == shown_as else ())
    for period, standing in decided.items():
        assert standing == {
            place
            for place, since, until in own
            if since <= period and (not until or period < until)
        }
    assert any(until for *_, until in own)
    shown = {unit["place"] for unit in two_years.units()}
    assert shown <= {place for place, *_ in own} | {None}


@pytest.mark.parametrize(("under", "stands_since"), [(REGION, MAY), (UPAZILA, JULY)])
def test_a_region_past_which_its_camps_folded_stands_for_itself_from_then_on(
    under: str, stands_since: date
) -> None:
    """Older decisions folded camps into their upazila; such a region would look risen later."""
    camp, other = CAMPS_OF[REGION][:2]
    decided = [
        (MAY, camp, under), (MAY, other, other), (MAY, REGION, REGION), (MAY, UPAZILA, UPAZILA),
        (JULY, camp, REGION), (JULY, other, other), (JULY, REGION, REGION),
        (JULY, UPAZILA, UPAZILA),
    ]  # fmt: skip
    connection = duckdb.connect()
    connection.execute(
        "CREATE SCHEMA units; CREATE TABLE units.fold "
        "(fact TEXT, dimension TEXT, code TEXT, shown_as TEXT, from_period DATE)"
    )
    connection.executemany(
        "INSERT INTO units.fold VALUES ('people', 'place', ?, ?, ?)",
        [(code, shown_as, since) for since, code, shown_as in decided],
    )
    found = {place: (since, until) for *_, place, since, until in standing_places(connection)}
    assert found == {
        other: (MAY, None), REGION: (stands_since, None), UPAZILA: (MAY, None)
    }  # fmt: skip


def test_a_place_that_starts_is_seen_in_the_quarter_after_it_has_enough() -> None:
    """Nobody in a camp for a year, then six people a month."""
    camp = invented.CAMPS[0]
    events = [{**e, "place": invented.UPAZILAS[0]} for e in invented.people(40, 24, seed=3)]
    for number, event in enumerate(e for e in events if e["month"] >= date(2024, 2, 1)):
        if number % 6 == 0:
            event["place"] = camp
    store = closed(events, DECEMBER)
    first = store.rows(
        "SELECT min(from_period) FROM units.fold WHERE dimension = 'place' AND code = ? "
        "AND shown_as = ?", camp, camp,
    )  # fmt: skip
    assert first == [(date(2024, 4, 1),)]


def test_the_release_lists_changes_of_closed_lists_only(two_years: Store) -> None:
    rows = folded_codes(two_years.connection)
    assert rows == sorted(rows)
    places = {"place", "destination", "origin", "from_place", "to_place", "transit"}
    assert not places & {dimension for _, dimension, *_ in rows}
    state: dict[tuple, str] = {}
    for fact, dimension, code, shown_as, _ in sorted(rows, key=lambda row: row[4]):
        assert shown_as != state.get((fact, dimension, code), code)
        assert shown_as in (code, "other", "unknown", IN_ROLL_UP)
        state[fact, dimension, code] = shown_as
    assert "other" in state.values()


def test_areas_above_a_place_are_those_of_the_month() -> None:
    assert PARENTS.above("CAMP", MAY) == ("OLD", "HOME", "DIV", "BD")
    assert PARENTS.above("CAMP", JUNE) == ("NEW", "HOME", "DIV", "BD")
    assert PARENTS.above("PORT", MAY) == ("IN",)
    assert PARENTS.above("BD", MAY) == PARENTS.above("SEA", MAY) == ()


def folding(counts: dict[str, int], threshold: float = 10.0) -> tuple[Coding, Folds]:
    """Places of journeys decided from May on by counts of their origins."""
    places = {"origin": counts, "destination": counts, "transit": counts}
    months = [MAY, JUNE, JULY]
    coding = Coding(JOURNEYS, with_areas_above(places, JOURNEYS, PARENTS, months), PARENTS, months)
    made = Folds(coding, PARENTS, [])
    for name in places:
        values = coding.columns[name].values
        n = np.array([counts.get(value, 0) for value in values], dtype=float)
        made.decide(JOURNEYS[name], MAY, n, np.zeros(len(values)), threshold)
    return coding, made


def told(coding: Coding, made: Folds, month: date, **values: object) -> dict:
    """A journey as it stands in a month."""
    full = {field.name: [values.get(field.name)] for field in JOURNEYS.dimensions}
    decoded = coding.decode(made.apply(coding.encode(full, 1), month))
    return {name: decoded[name][0] for name in values}


@pytest.mark.parametrize(
    ("counts", "camp"),
    [
        ({"CAMP": 10}, "CAMP"),
        ({"CAMP": 9, "OLD": 1}, "OLD"),
        ({"CAMP": 9}, "BD"),
        ({"CAMP": 5, "OLD": 4, "HOME": 1}, "HOME"),
        ({"CAMP": 5, "OLD": 4, "DIV": 20}, "DIV"),
    ],
)
def test_a_rare_place_stands_under_the_finest_area_with_enough(counts: dict, camp: str) -> None:
    coding, made = folding(counts)
    assert told(coding, made, MAY, origin="CAMP")["origin"] == camp


def test_a_place_folds_into_the_area_of_its_own_month() -> None:
    coding, made = folding({"CAMP": 9, "OLD": 20, "NEW": 20})
    assert told(coding, made, MAY, origin="CAMP")["origin"] == "OLD"
    assert told(coding, made, JUNE, origin="CAMP")["origin"] == "NEW"


def test_a_place_abroad_stands_under_its_country_and_a_sea_stays() -> None:
    coding, made = folding({"CAMP": 50, "PORT": 3, "SEA": 1, "IN": 1})
    assert told(coding, made, MAY, destination="PORT")["destination"] == "IN"
    assert told(coding, made, MAY, destination="SEA")["destination"] == "SEA"
    assert told(coding, made, MAY, destination="IN")["destination"] == "IN"


def referrals(months: int) -> list[dict]:
    """Sixty requests a month: half from one upazila, one from another, others of a district."""
    places = [*[invented.UPAZILAS[0]] * 30, invented.UPAZILAS[1], *[invented.HOME] * 29]
    return [
        {
            "key": f"{month:02d}-{number:02d}",
            "month": FIRST.plus(month).first_day,
            "place": place,
            "service": ("health", "cash", "legal_aid")[number % 3],
            "class_group": "smuggling",
        }
        for month in range(months)
        for number, place in enumerate(places)
    ]


def test_requests_are_told_by_upazila_where_enough_come_from_it() -> None:
    store = Store()
    store.arrive(referrals(9), REQUESTS)
    store.close(Month(2023, 9))
    places = {unit["place"] for unit in store.units(REQUESTS)}
    assert places == {invented.UPAZILAS[0], invented.HOME}


def test_blocks_that_were_closed_by_district_stay_so_and_are_not_made_up_for() -> None:
    store = Store()
    store.arrive([event | {"place": invented.HOME} for event in referrals(8)], REQUESTS)
    store.close(Month(2023, 8))
    before = store.units(REQUESTS)
    store.connection.execute("DELETE FROM events.requests")
    store.connection.execute("DELETE FROM events.partner")
    store.arrive(referrals(15), REQUESTS)
    store.close(Month(2024, 3))
    after = store.units(REQUESTS)
    assert after[: len(before)] == before
    assert {unit["place"] for unit in before} == {invented.HOME}
    shown = Counter[str]()
    for unit in after:
        if unit["place"] == invented.UPAZILAS[0]:
            shown[Month.of(unit["month"]).quarter] += unit["size"]
    # The quarter that was begun by district is ended so; each later one shows its own ninety.
    assert set(shown) == {"2023-Q4", "2024-Q1"}
    assert all(abs(size - 90) <= 2 * REQUESTS.base for size in shown.values())


def test_a_set_names_a_folded_code_once_and_keeps_its_order() -> None:
    coding, made = folding({"CAMP": 9, "PORT": 3, "IN": 3, "SEA": 9, "OLD": 30})
    assert told(coding, made, MAY, transit=["PORT", "SEA", "IN"])["transit"] == ["IN", "SEA"]
    assert told(coding, made, MAY, transit=["CAMP", "OLD", "PORT"])["transit"] == ["OLD", "IN"]
    assert told(coding, made, MAY, transit=None)["transit"] is None


def test_nothing_folds_before_the_first_decision() -> None:
    coding, made = folding({"CAMP": 1})
    assert told(coding, made, date(2026, 4, 1), origin="CAMP")["origin"] == "CAMP"


def test_a_decision_holds_for_months_that_were_told_before_it() -> None:
    coding, made = folding({"CAMP": 30, "OLD": 30})
    assert told(coding, made, JULY, origin="CAMP")["origin"] == "CAMP"
    rare = np.zeros(len(coding.columns["origin"].values))
    made.decide(JOURNEYS["origin"], JULY, rare, rare, 10)
    assert told(coding, made, JULY, origin="CAMP")["origin"] != "CAMP"
    assert told(coding, made, JUNE, origin="CAMP")["origin"] == "CAMP"


def test_stored_decisions_tell_the_same() -> None:
    coding, made = folding({"CAMP": 9, "OLD": 20, "PORT": 3})
    again = Folds(coding, PARENTS, made.made)
    for place in ("CAMP", "OLD", "PORT", "NEW"):
        for month in (MAY, JUNE, JULY):
            first = told(coding, made, month, origin=place)
            assert told(coding, again, month, origin=place) == first


def test_a_rare_camp_stands_under_its_region_before_its_upazila() -> None:
    above = ("KNOWN", "UP", "HOME")
    rows = [("KNOWN", "camp_region", "KNOWN", None, None), ("KNOWN", "upazila", "UP", None, None)]
    rows += [("CAMP", "camp_region", "KNOWN", None, None), ("CAMP", "upazila", "UP", None, None)]
    rows += [(place, "district", "HOME", None, None) for place in ("CAMP", "KNOWN", "UP")]
    parents = Parents(rows)
    assert parents.above("CAMP", MAY) == above
    assert parents.above("KNOWN", MAY) == above[1:]
    assert parents.above("UP", MAY) == above[2:]


@pytest.mark.parametrize("month", [MAY, JULY])
def test_rows_fold_as_their_values_do_one_by_one(month: date) -> None:
    coding, folds = folding({"CAMP": 4, "NEW": 30, "HOME": 50, "BD": 90})
    for field in dimensions_that_fold(JOURNEYS):
        if field.name not in ("origin", "destination", "transit"):
            count = len(coding.columns[field.name].values)
            counts = np.random.default_rng(count).integers(0, 20, count).astype(float)
            folds.decide(field, MAY, counts, np.zeros(count), 10)
    random = np.random.default_rng(3)
    rows = np.full((200, coding.width), -1, dtype=np.int32)
    for column in coding.columns.values():
        rows[:, column.positions[0]] = random.integers(0, len(column.values) + 1, len(rows))
        for position in column.positions[1:]:
            rows[:, position] = random.integers(-1, len(column.values), len(rows))
    folded = folds.apply(rows, month)
    for field in dimensions_that_fold(JOURNEYS):
        column = coding.columns[field.name]
        shown = folds._map(field, MAY, month)
        for before, after in zip(
            rows[:, column.positions].tolist(), folded[:, column.positions].tolist(), strict=True
        ):
            stands = list(dict.fromkeys(int(shown[code]) for code in before if code >= 0))
            assert [code for code in after if code >= 0] == stands
    kept = [p for p in range(coding.width) if (rows[:, p] == folded[:, p]).all()]
    names = {field.name for field in dimensions_that_fold(JOURNEYS)}
    others = [column for column in coding.columns.values() if column.name not in names]
    assert {position for column in others for position in column.positions} <= set(kept)


def test_a_value_that_comes_after_rows_were_folded_is_recorded_once() -> None:
    coding, folds = folding({"NEW": 30, "HOME": 50, "BD": 90})
    origin = coding.columns["origin"]
    rows = np.full((2, coding.width), -1, dtype=np.int32)
    rows[:, origin.positions[0]] = origin.index["DIV"]
    folds.complete(rows[:0], JUNE)
    folds.apply(rows, JUNE)
    before = len(folds.made)
    for _ in range(2):
        folds.complete(rows, JUNE)
        assert [fold.code for fold in folds.made[before:]] == ["DIV"]
