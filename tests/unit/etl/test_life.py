"""The life of a register, by its commands: load, publish, join, erase, publish, retain."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.model.facts import FACTS
from dashboard.model.tables import REGISTER
from etl.__main__ import main
from etl.erasure import rewriting
from etl.events.build import build_events
from etl.register import decisions
from etl.release.closing.workbench import with_register
from etl.settings import Settings
from tools.sample.__main__ import main as invent_files

SOURCE = "sample-b-people"


class KilledError(Exception):
    """Stands for a process that is killed."""


class Life:
    """A store and the commands that its operator gives."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.settings = Settings(folder / "store", folder / "secrets")
        self.sample = folder / "sample"
        self._patch = patch

    def give(self, words: str, *typed: str) -> dict[str, Any]:
        """Give a command, which must succeed; what it answered."""
        code, told = self.try_(words, *typed)
        assert code == 0, told
        return told

    def try_(self, words: str, *typed: str) -> tuple[int, dict[str, Any]]:
        out = io.StringIO()
        with self._patch.context() as patch:
            patch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
            patch.setattr(sys, "stdout", out)
            code = main([*words.split(), "--json"], self.settings)
        return code, json.loads(out.getvalue())

    def register(self) -> list[list[tuple[object, ...]]]:
        """Every row of the register's tables."""
        with duckdb.connect(str(self.settings.register), read_only=True) as connection:
            return [
                connection.execute(f"FROM {entry.name} ORDER BY ALL").fetchall()
                for entry in REGISTER
            ]

    def units(self, question: str) -> list[tuple[Any, ...]]:
        path = self.settings.units / "units.duckdb"
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(question).fetchall()

    def blocks(self) -> dict[str, list[tuple[Any, ...]]]:
        """Units of each fact's blocks up to December, all of them in the first release."""
        return {
            fact.id: self.units(
                f"FROM {fact.id} WHERE block_period < DATE '2019-01-01' ORDER BY ALL"  # noqa: S608
            )
            for fact in FACTS
        }

    def excess(self) -> dict[tuple[str, str], int]:
        """What units of each block of people show above its records that the register holds."""
        with with_register(self.settings) as connection:
            build_events(connection, ())
            path = self.settings.units / "units.duckdb"
            connection.execute(f"ATTACH '{path}' AS units (READ_ONLY)")
            found = connection.execute(
                """SELECT period, block.kind, any_value(block.n) - coalesce(sum(event.n), 0)
                FROM units.block LEFT JOIN units.ledger USING (fact, period, kind)
                LEFT JOIN events.people AS event USING (record_key)
                WHERE fact = 'people' GROUP BY period, block.kind"""
            ).fetchall()
        return {(str(period)[:7], kind): int(more) for period, kind, more in found if more}


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    with pytest.MonkeyPatch.context() as patch:
        made = Life(tmp_path_factory.mktemp("life"), patch)
        sample = made.sample
        words = f"--people 240 --months 8 --until 2019-04 --out {sample}"
        assert invent_files(words.split()) == 0
        made.give(f"demo --sample {sample} --as-of 2019-03-20")
        yield made


def test_a_pair_of_partners_stays_joined_through_a_rebuild(life: Life) -> None:
    pairs = life.give("duplicates")
    undecided = pairs["undecided"]
    assert life.give("status")["undecided_duplicates"] == undecided > 0
    made = life.give(f"duplicates --same {pairs['pairs'][0]['id']} --by Rina")
    before = life.register()
    life.give("load --rebuild")
    assert life.register() == before
    with duckdb.connect(str(life.settings.register), read_only=True) as connection:
        found = connection.execute(
            """SELECT a.partner, b.partner FROM incident AS a
            JOIN incident AS b ON a.duplicate_of = b.incident_id"""
        ).fetchall()
    assert [sorted(pair) for pair in found] == [made["partners"]]
    assert life.give("status")["undecided_duplicates"] < undecided


def test_an_erased_case_leaves_the_ledger_and_no_unit_is_made_again(life: Life) -> None:
    with (life.sample / "partner-b-people-INVENTED.csv").open(encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    case = next(row["case_id"] for row in rows if row["inc_month"] == "2019-01")
    ledger, units, excess = life.units("FROM ledger"), life.blocks(), life.excess()

    told = life.give(f"erase --source {SOURCE} --record incident", case, "yes")

    assert told["proof"]["found_in"] == []
    assert told["removed"]["register"]["incident"] == 1
    assert told["removed"]["ledger"] == len(ledger) - len(life.units("FROM ledger")) > 0
    assert life.blocks() == units
    people = told["removed"]["register"]["person"]
    more = excess.get(("2019-01", "closed"), 0) + people
    assert life.excess() == {**excess, ("2019-01", "closed"): more}
    before = life.register()
    life.give("load --rebuild")
    assert life.register() == before
    again = life.sample / "partner-b-people-INVENTED.csv"
    life.give(f"load {again} --source {SOURCE}")
    assert life.register() == before

    published = life.give("publish --as-of 2019-05-20")
    assert published["last_month"] == "2019-04"
    assert life.blocks() == units
    keys = {name.split("|")[0] for (name,) in life.units("SELECT record_key FROM ledger")}
    assert not keys & decisions.read(life.settings).erased_ids


def test_cases_past_keeping_leave_the_register_and_stay_in_the_release(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    units = life.blocks()
    life.give("retain --years 5")
    counted = life.give("retain --dry-run --as-of 2024-11-24")
    assert counted["horizon"] == "2018-12"

    def killed(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(rewriting, "rewrite_extracts", killed)
        with pytest.raises(KilledError):
            life.try_("retain --apply --as-of 2024-11-24")
    for words in ("publish --as-of 2019-07-20", "close --month 2019-05 --as-of 2019-07-20"):
        code, refused = life.try_(words)
        assert (code, "erase --finish" in refused["error"]) == (1, True)
    code, status = life.try_("status")
    assert (code, "erase --finish" in status["unfinished"]) == (1, True)

    told = life.give("erase --finish")
    assert told["left"] == 0
    assert told["removed"]["register"] == counted["removed"]["register"]
    assert told["removed"]["register"]["incident"] > 0
    assert told["removed"]["extract_rows"] == counted["removed"]["extract_rows"]
    assert life.blocks() == units
    status = life.give("status")
    assert (status["unfinished"], status["retention_horizon"]) == (None, "2018-12")
    life.give("publish --as-of 2019-07-20")
    assert life.blocks() == units
