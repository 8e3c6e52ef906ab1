"""A publication and the table of partners leave who reported beside the releases, never in one."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from dashboard.model.partner_state import FILE
from dashboard.model.periods import Month, Span
from etl.__main__ import main
from etl.operator_tables.kinds import PARTNERS
from etl.operator_tables.stored import id_of, stored_cells
from etl.release.closing import months
from etl.release.contents.context import Context
from etl.release.files import pointed_to, public_folder, release_path
from etl.settings import OperatorError, Settings
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers
from tests.unit.etl.stores import written_register

FEBRUARY, MARCH = Month(2023, 2), Month(2023, 3)
NAMED, SILENT = "Agency of the coast", "Agency that keeps its name"
#: Partners of the loads, of which the last tells of March alone.
PARTNERS_OF_LOADS = ("partner-a", "partner-b", "partner-late")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(months, "read_geography", lambda _: registers.geography())
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=1)))
    with written_register(settings) as connection:
        connection.execute("DELETE FROM load")
        for number, partner in enumerate(PARTNERS_OF_LOADS, start=1):
            told = {"source": f"source-{number}", "row_is": "incident"}
            registers.note_load(connection, number, partner, **told)
        connection.execute(
            """INSERT INTO arrival (table_name, key, load_no)
            SELECT 'incident', incident_id, CASE
                WHEN incident_month = DATE '2023-03-01' THEN 3
                ELSE 1 + (row_number() OVER (ORDER BY incident_id)) % 2 END
            FROM incident""",
        )
    return settings


def load(settings: Settings, partner: str, name: str, agreed: str) -> None:
    words = ("tables", "partners", "--row", f"partner={partner}", f"name={name}")
    assert main([*words, f"agreed={agreed}"], settings) == 0


def left(settings: Settings) -> dict[str, Any]:
    """The file as it lies there; every partner by its code."""
    data = json.loads((settings.releases / FILE).read_bytes())
    return {**data, "partners": {each.pop("partner"): each for each in data["partners"]}}


def test_it_holds_months_and_the_names_of_those_that_agreed_alone(store: Settings) -> None:
    load(store, "partner-a", NAMED, "yes")
    load(store, "partner-b", SILENT, "no")
    assert not (store.releases / FILE).exists(), "nothing is published yet"
    registers.publish_to(store, FEBRUARY)
    both = ["2023-01", "2023-02"]
    assert left(store) == {
        "format": 1,
        "until": "2023-02",
        "partners": {
            "partner-a": {"name": NAMED, "reported": both},
            "partner-b": {"name": "", "reported": both},
            "partner-late": {"name": "", "reported": []},
        },
    }
    assert SILENT not in (store.releases / FILE).read_text(encoding="utf-8")
    assert stat.S_IMODE((store.releases / FILE).stat().st_mode) == 0o644
    registers.publish_to(store, MARCH)
    assert left(store)["partners"]["partner-late"]["reported"] == ["2023-03"]
    assert left(store)["until"] == "2023-03"


def test_who_takes_the_agreement_back_is_named_no_more_at_once(store: Settings) -> None:
    registers.publish_to(store, FEBRUARY)
    load(store, "partner-a", NAMED, "yes")
    assert left(store)["partners"]["partner-a"]["name"] == NAMED
    load(store, "partner-a", NAMED, "no")
    assert left(store)["partners"]["partner-a"]["name"] == ""
    for words in (["--remove"], ["--clear"]):
        load(store, "partner-a", NAMED, "yes")
        assert left(store)["partners"]["partner-a"]["name"] == NAMED
        if words == ["--remove"]:
            words.append(_id(store))
        assert main(["tables", "partners", *words], store) == 0
        assert left(store)["partners"]["partner-a"]["name"] == ""


def _id(settings: Settings) -> str:
    (row,) = stored_cells(settings, PARTNERS)
    return id_of(row)


def test_no_release_and_nothing_of_the_public_tells_it(store: Settings) -> None:
    load(store, "partner-a", NAMED, "yes")
    registers.publish_to(store, FEBRUARY, public=True)
    folders = store.releases, public_folder(store)
    for folder in folders:
        current = pointed_to(folder)
        assert current
        with duckdb.connect(str(release_path(folder, current)), read_only=True) as connection:
            tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            for (table,) in tables:
                assert NAMED not in str(connection.execute(f"FROM {table}").fetchall()), table
    assert not list(public_folder(store).rglob(FILE))
    told = Context({"partners": [{"partner": "x"}]}).of(
        "member", Span(FEBRUARY, MARCH), registers.geography(), "real"
    )
    assert told.tables.keys() == {"event_note", "population", "capacity", "target", "outline"}


def test_a_publication_that_was_killed_leaves_it_with_the_next(store: Settings) -> None:
    registers.publish_to(store, FEBRUARY)
    (store.releases / FILE).unlink()
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(store, FEBRUARY)
    assert left(store)["until"] == "2023-02"


def test_a_changed_agreement_is_no_new_edition(
    store: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    registers.publish_to(store, FEBRUARY)
    load(store, "partner-a", NAMED, "yes")
    assert "Readers who may know see it at once." in capsys.readouterr().out
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(store, FEBRUARY)


def test_a_partner_that_sends_nothing_more_names_nobody(store: Settings) -> None:
    load(store, "partner-b", NAMED, "yes")
    with written_register(store) as connection:
        connection.execute("UPDATE load SET partner = 'partner-a' WHERE partner = 'partner-b'")
    registers.publish_to(store, FEBRUARY)
    assert {code: each["name"] for code, each in left(store)["partners"].items()} == {
        "partner-a": "", "partner-late": "",
    }  # fmt: skip


def test_a_store_of_published_sources_leaves_none(store: Settings) -> None:
    registers.publish_to(store, FEBRUARY)
    with written_register(store) as connection:
        connection.execute("UPDATE load SET kind = 'published'")
    assert main(["tables", "partners", "--clear"], store) == 0
    assert not (store.releases / FILE).exists()
