"""Releases for tests: random units in the shape of the contract, made from the registry alone.

Nothing of the publisher is used, so that the reading side is tested against the contract and not
against one way of filling it.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import accumulate, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from dashboard.model import codes, release
from dashboard.model.camps import REGION_OF
from dashboard.model.capacity import Capacity
from dashboard.model.event_note import EventNote
from dashboard.model.facts import FACTS, PARENT_LEVELS, Fact, parent_prefix
from dashboard.model.fields import Field, Kind
from dashboard.model.filters import filter_of
from dashboard.model.outline import Outline
from dashboard.model.periods import Month, Span
from dashboard.model.population import Population
from dashboard.model.target import Target
from dashboard.release.open_release import Release

ROOT = Path(__file__).parents[2]
GAZETTEER = ROOT / "data" / "countries" / "bgd" / "gazetteer.csv"
LAST_MONTH = Month(2026, 9)
_NUMBERS = count()
#: Of the 49 people of the sheet: moved by land, and promised a job alone.
LAND_OF_SHEET = 47
PROMISED_OF_SHEET = 32
FINER_THAN_PUBLIC = ("upazila", "camp", "camp_region", "anchor")

#: code, level, name_en, name_bn, parent, lon, lat: used while there is no gazetteer.
HANDFUL = (
    ("BD", "country", "Bangladesh", "বাংলাদেশ", "", 90.3, 23.7),
    ("IN", "country", "India", "ভারত", "", 79.0, 22.0),
    ("MY", "country", "Malaysia", "মালয়েশিয়া", "", 102.0, 4.0),
    ("BD20", "division", "Chattogram", "চট্টগ্রাম", "BD", 91.8, 22.7),
    ("BD30", "division", "Dhaka", "ঢাকা", "BD", 90.2, 23.9),
    ("BD2022", "district", "Cox's Bazar", "কক্সবাজার", "BD20", 92.0, 21.6),
    ("BD2015", "district", "Chattogram", "চট্টগ্রাম", "BD20", 91.9, 22.4),
    ("BD3026", "district", "Dhaka", "ঢাকা", "BD30", 90.3, 23.8),
    ("BD20220094", "upazila", "Ukhia", "উখিয়া", "BD2022", 92.1, 21.2),
    ("BD20220090", "upazila", "Teknaf", "টেকনাফ", "BD2022", 92.3, 20.9),
    ("CXB-201", "camp", "Camp 1E", "ক্যাম্প ১ই", "BD20220094", 92.15, 21.21),
    ("CXB-202", "camp", "Camp 1W", "ক্যাম্প ১ডব্লিউ", "BD20220094", 92.14, 21.21),
    ("SEA-BOB", "sea_area", "Bay of Bengal", "বঙ্গোপসাগর", "", 90.0, 19.0),
)


@dataclass
class World:
    """Places with their ancestors, as a release holds them."""

    rows: list[tuple[Any, ...]]
    ancestors: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> World:
        rows = [tuple(row) for row in HANDFUL]
        if GAZETTEER.is_file():
            with GAZETTEER.open(encoding="utf-8", newline="") as file:
                rows = [
                    (r["code"], r["level"], r["name_en"], r["name_bn"], r["parent"],
                     float(r["lon"] or 0), float(r["lat"] or 0))
                    for r in csv.DictReader(file)
                ]  # fmt: skip
        world = cls(rows)
        parent_of = {row[0]: row[4] for row in rows}
        level_of = {row[0]: row[1] for row in rows}
        for code in parent_of:
            chain: dict[str, str] = {}
            step = code
            while step:
                if level_of.get(step) in PARENT_LEVELS:
                    chain[level_of[step]] = step
                step = parent_of.get(step, "")
            if code in REGION_OF:
                chain["camp_region"] = REGION_OF[code]
            world.ancestors[code] = chain
        return world

    def drawn(self, rng: random.Random, *, public: bool) -> tuple[list[str], list[float]]:
        """Some places with the weights of ``_falling``; the public's end at districts."""
        left_out = ("division", *(FINER_THAN_PUBLIC if public else ()))
        known = [row[0] for row in self.rows if row[1] not in left_out]
        chosen = rng.sample(known, min(60, len(known)))
        return chosen, _falling(len(chosen))


@cache
def _falling(number: int) -> list[float]:
    """Weights that fall as in Zipf's law, each with those before it; not to be changed."""
    return list(accumulate(1 / (rank + 1) for rank in range(number)))


def build_release(
    path: Path, *, seed: int = 1, months: int = 24, base: int | None = 5, kind: str = "invented",
    audience: str = "member", exact: bool = True, home: str = "", notes: Sequence[EventNote] = (),
    populations: Sequence[Population] = (), reporting: Sequence[tuple[str, str, str | None]] = (),
    outlines: Sequence[Outline] = (), targets: Sequence[Target] = (),
    capacities: Sequence[Capacity] = (), series: Sequence[tuple[str, str, str, int]] = (),
    shares: Sequence[tuple[str, str, str, str]] = (), per_month: int = 60,
    echoes: int | None = None, last_month: Month = LAST_MONTH,
    units: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
) -> Path:  # fmt: skip
    """Write a release that follows the contract.

    Args:
        path: File to write; its stem becomes the release id.
        seed: Seed of everything random.
        months: How many months it spans.
        base: 1 for units that are records; else the facts' own bases (people and incidents 5,
            referrals and legs 10), twice that for 10.
        kind: invented, published or real.
        audience: member or public; the public's places end at districts.
        exact: Whether the totals of all periods are the reported ones.
        home: Area on which maps open, '' where none was chosen.
        notes: What the operator noted.
        populations: Counts of the people of places.
        reporting: Area, first month in which some agency reported from it, and the one after the
            last, None while it does.
        outlines: Outlines of camps.
        targets: What plans want.
        capacities: Places of services.
        series: Fact, last month of an edition, a month, and the size that it showed.
        shares: Fact, month, and the bands of what came from the silent and from the new.
        per_month: People a month, about.
        echoes: How many echoes a fact has; 2 of random units and none of given ones when left out,
            so that the error of these is that of a unit.
        last_month: Its last month.
        units: Units per fact instead of random ones; columns left out are null, parents are
            looked up, ``size`` defaults to 1.

    Returns:
        The path.
    """
    rng = random.Random(seed)
    world = _world()
    span = Span.last(months, until=last_month)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_without_units())
    with duckdb.connect(str(path)) as connection:
        connection.begin()  # hundreds of statements, of which each would be written to the disk
        _describe(connection, path.stem, span, kind, audience)
        for fact in FACTS:
            factor = 1 if base == 1 else fact.base * (base or 5) // 5
            connection.execute("INSERT INTO protection VALUES (?, ?)", [fact.id, factor])
            if units is None and (base == 1 or not fact.published):
                places = world.drawn(rng, public=audience == "public")
                rows = _random_units(rng, places, fact, span, factor, per_month)
            else:
                rows = [dict(unit) for unit in (units or {}).get(fact.id, ())]
            _write_units(connection, world, fact, rows)
            if base != 1:
                made = 2 if units is None and not fact.published else 0
                _write_echoes(connection, fact, made if echoes is None else echoes)
            _write_totals(connection, fact, span, exact=exact and factor > 1)
        _insert(connection, "home", [(home,)] if home else [])
        _insert(connection, "event_note", [note.row for note in notes])
        _insert(connection, "population", [count.row for count in populations])
        told = [(area, day(since), until and day(until)) for area, since, until in reporting]
        _insert(connection, "reporting", told)
        _insert(connection, "outline", [outline.row for outline in outlines])
        _insert(connection, "target", [target.row for target in targets])
        _insert(connection, "capacity", [held.row for held in capacities])
        sizes = [(of, day(edition), day(month), size) for of, edition, month, size in series]
        _insert(connection, "edition_series", sizes)
        bands_told = [(of, day(month), silent, new) for of, month, silent, new in shares]
        _insert(connection, "partner_share", bands_told)
        connection.commit()
        connection.execute("CHECKPOINT")
    return path


def built(folder: Path, **made: Any) -> Release:
    """A release of what a test invents, in a file of its own."""
    return Release(build_release(folder / f"{next(_NUMBERS)}.duckdb", **made))


def in_bands(folder: Path, bands: Sequence[str], **made: Any) -> Release:
    """The same, whose last months had so many partners, by the bands of the contract."""
    path = build_release(folder / f"{next(_NUMBERS)}.duckdb", months=len(bands), **made)
    with duckdb.connect(str(path)) as connection:
        for month, band in zip(Span.last(len(bands), until=LAST_MONTH), bands, strict=True):
            connection.execute(
                "UPDATE coverage SET reporting_band = ? WHERE month = ?", [band, month.first_day]
            )
    return Release(path)


def copy_of_release(path: Path, **made: Any) -> Path:
    """What ``build_release`` writes, for releases that many tests want alike, each for itself.

    Args:
        path: File to write; its stem becomes the release id.
        **made: Further arguments of ``build_release``, all of them hashable.

    Returns:
        The path.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_bytes_of(path.name, **made))
    return path


@lru_cache(maxsize=16)
def _bytes_of(name: str, **made: Any) -> bytes:
    with TemporaryDirectory() as folder:
        return build_release(Path(folder) / name, **made).read_bytes()


def working_group_sheet(path: Path) -> Path:
    """A release of the people of the working group's sheet of November 2020, unprotected.

    The sheet's text does not say which cell is which age band or which sex comes first, so the
    order here is a choice of the test.
    """
    bands = codes.AGE_BAND.values[:6]
    by_sex = {"female": (5, 7, 0, 2, 4, 8), "male": (5, 6, 0, 1, 3, 8)}
    places = {
        "female": ["home"] * 23 + ["market"] + ["workplace"] * 2,
        "male": ["home"] * 20 + ["market"] * 3,
    }
    people: list[dict[str, object]] = []
    for sex, counts in by_sex.items():
        ages = [band for band, count in zip(bands, counts, strict=True) for _ in range(count)]
        people.extend(
            {"month": day("2020-11"), "sex": sex, "age_band": age, "recruitment_place": place}
            for age, place in zip(ages, places[sex], strict=True)
        )
    for index, person in enumerate(people):
        person["mode"] = "land" if index < LAND_OF_SHEET else "sea"
        person["class"], person["class_group"] = "trafficking_suspected", "trafficking_labour"
        person["promise"] = ["job"] if index < PROMISED_OF_SHEET else ["marriage", "job"]
    return build_release(
        path, base=1, kind="published", months=1, last_month=Month(2020, 11),
        units={"people": people},
    )  # fmt: skip


def point_to(folder: Path, release_id: str) -> None:
    """Make a release the current one of a folder, as the publisher does."""
    fresh = folder / "current.new"
    fresh.write_text(release_id + "\n", encoding="utf-8")
    fresh.replace(folder / "current")


_world = cache(World.read)


@cache
def _without_units() -> bytes:
    """The tables with what all releases have in common: codes, dimensions and places."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "common.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.begin()
            for statement in release.create_statements():
                connection.execute(statement)
            _write_codes(connection)
            _write_places(connection, _world())
            connection.commit()
        return path.read_bytes()


def _describe(
    connection: duckdb.DuckDBPyConnection, release_id: str, span: Span, kind: str, audience: str
) -> None:
    connection.execute(
        f"INSERT INTO edition VALUES ({', '.join('?' * len(release.TABLES['edition']))})",  # noqa: S608
        [release_id, release.CONTRACT_VERSION, kind, audience, "Test edition", "test units",
         span.start.first_day, span.end.first_day, span.end.plus(1).first_day,
         datetime(2026, 10, 16, 9, 40), "test", "0" * 64],
    )  # fmt: skip
    connection.execute("INSERT INTO build_check VALUES ('test units', true, 'random')")
    bands = codes.REPORTING_BAND.values
    for index, month in enumerate(span):
        connection.execute(
            "INSERT INTO coverage VALUES (?, ?)", [month.first_day, bands[1 + index % 3]]
        )


def _write_codes(connection: duckdb.DuckDBPyConnection) -> None:
    for code_list in codes.CODE_LISTS:
        _insert(
            connection,
            "code",
            [(code_list.id, c.code, c.en, c.local, code_list.standard, c.standard_code, position)
             for position, c in enumerate(code_list)],
        )  # fmt: skip
    for fact in FACTS:
        _insert(
            connection,
            "dimension",
            [(fact.id, d.name, d.label, d.label_local, d.kind.value,
              d.codes.id if d.codes else None, filter_of(d), d.standard_name, position)
             for position, d in enumerate((fact.time, *fact.dimensions))],
        )  # fmt: skip


def _write_places(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    _insert(
        connection,
        "place",
        [
            (code, level, en, bn, lon, lat, None, None, None)
            for code, level, en, bn, _, lon, lat in world.rows
        ],
    )
    parents = [
        (code, level, parent, None, None)
        for code, chain in world.ancestors.items()
        for level, parent in chain.items()
        if parent != code
    ]
    _insert(connection, "place_parent", parents)


def _random_units(
    rng: random.Random, places: tuple[list[str], list[float]], fact: Fact, span: Span, base: int,
    per_month: int,
) -> list[dict[str, object]]:  # fmt: skip
    step = 1 if fact.grain == "month" else 3
    found: list[dict[str, object]] = []
    for month in list(span.snapped(fact.grain))[::step]:
        events = rng.randint(per_month // 2, 3 * per_month // 2) * step
        for _ in range(events // base):
            unit: dict[str, object] = {
                d.name: _value(rng, d, places, month) for d in fact.dimensions
            }
            found.append(unit | {fact.time.name: month.first_day,
                                 "size": base + rng.choice((0, 0, 0, 1)) * (base > 1)})  # fmt: skip
    return found


def _write_totals(
    connection: duckdb.DuckDBPyConnection, fact: Fact, span: Span, *, exact: bool
) -> None:
    step = 1 if fact.grain == "month" else 3
    periods = list(span.snapped(fact.grain))[::step]
    _insert(connection, "block_total", [(fact.id, p.first_day, exact) for p in periods])


def _value(
    rng: random.Random, dimension: Field, places: tuple[list[str], list[float]], month: Month
) -> object:
    drawn, weights = places
    if dimension.kind is Kind.PLACE:
        return None if rng.random() < 0.1 else rng.choices(drawn, cum_weights=weights)[0]
    if dimension.kind is Kind.PLACES:
        return list(dict.fromkeys(rng.choices(drawn, cum_weights=weights, k=rng.randint(0, 2))))
    if dimension.kind is Kind.QUARTER:
        return month.quarter_start.first_day
    if dimension.codes is None:
        return rng.choice((None, "Route A", "Route B"))
    values = dimension.codes.values
    weights = _falling(len(values))
    if dimension.kind is Kind.CODES:
        size = rng.choice((0, 1, 1, 2, 3))
        return list(dict.fromkeys(rng.choices(values, cum_weights=weights, k=size)))
    return None if rng.random() < 0.05 else rng.choices(values, cum_weights=weights)[0]


def _write_units(
    connection: duckdb.DuckDBPyConnection, world: World, fact: Fact, units: list[dict[str, object]]
) -> None:
    for unit in units:
        unit.setdefault("size", 1)
        for name in fact.place_dimensions:
            chain = world.ancestors.get(str(unit.get(name)), {})
            for level in PARENT_LEVELS:
                unit[f"{parent_prefix(name)}{level}"] = chain.get(level)
    names = [name for name, _ in fact.columns]
    _insert(connection, fact.id, [tuple(unit.get(name) for name in names) for unit in units])


def _write_echoes(connection: duckdb.DuckDBPyConnection, fact: Fact, echoes: int) -> None:
    """Echoes whose units are the fact's own; each has a record too few or too many by turns."""
    table = release.echo_table(fact)
    for replicate in range(1, echoes + 1):
        connection.execute(f"INSERT INTO {table} SELECT {replicate}, * FROM {fact.id}")  # noqa: S608
        connection.execute(
            f"""INSERT INTO {table} SELECT {replicate}, unit.* REPLACE (-1 AS size)
            FROM {fact.id} AS unit,
                range(unit.size - 1 + 2 * ((unit.rowid + {replicate}) % 2))"""  # noqa: S608
        )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows by columns, which takes milliseconds where row by row takes seconds."""
    if rows:
        listed = ", ".join(f"unnest(?::{type_}[])" for _, type_ in release.TABLES[table])
        values = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT {listed}", values)  # noqa: S608


def day(text: str) -> date:
    """First day of a month given as YYYY-MM."""
    return Month.parse(text).first_day
