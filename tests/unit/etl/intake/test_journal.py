"""A load that is killed at any step is finished or undone by the next command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from etl.register import journal
from etl.register.access import locked
from etl.register.replay import rebuild
from etl.settings import OperatorError
from tests.support.sealing import seal_all
from tests.unit.etl.stores import ROWS, Intake

#: Steps of a load in order, and whether the register holds it when it is killed there.
STEPS = (
    ("Reading more.csv", False),
    ("Applying the rules", False),
    ("Noting the load", False),
    ("Writing the extracts", False),
    ("Filling the register", False),
    ("Committing the register", False),
    ("Settling the register", False),
    ("Removing the note", True),
)
#: A process of its own that loads a file and is killed when a step begins.
KILLED = """
import os, signal, sys
from pathlib import Path
from etl.declaration import find_source
from etl.harmonise.areas import Areas
from etl.intake.load import load_files
from etl.places.gazetteer import Gazetteer
from dashboard.model.shipped import COUNTRY
from etl.settings import Settings
from tests.unit.etl.stores import SOURCES, TODAY

step, store, secrets, path = sys.argv[1:]
settings = Settings(Path(store), Path(secrets), SOURCES)

def tell(name):
    if name == step:
        # Windows ends a process at once by any signal.
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

areas = Areas(Gazetteer.load(COUNTRY), TODAY)
load_files(settings, [Path(path)], find_source(settings, "line-list"), areas, TODAY, tell)
"""


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def more(intake: Intake) -> Path:
    """A file that corrects one person and adds another."""
    added = ROWS[2].replace("2,1,", "3,1,")
    return intake.line_list(ROWS[0], ROWS[1].replace("Male,", "Female,"), added, name="more.csv")


def killed_at(intake: Intake, step: str) -> None:
    intake.load("line-list", intake.line_list())
    places = (intake.settings.store, intake.settings.secrets, more(intake))
    command = [sys.executable, "-c", KILLED, step, *map(str, places)]
    root = Path(__file__).parents[4]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert abs(done.returncode) in (9, 15)


@pytest.mark.parametrize(("step", "committed"), STEPS, ids=[step for step, _ in STEPS])
def test_a_load_killed_at_a_step_is_whole_or_never_was(
    intake: Intake, step: str, committed: bool
) -> None:
    killed_at(intake, step)
    with duckdb.connect(str(intake.settings.register), read_only=True) as connection:
        held = connection.execute("SELECT count(*) FROM person").fetchone()
    assert held == ((4,) if committed else (3,))

    with locked(intake.settings):
        pass

    operator = intake.settings.operator
    assert not (operator / "pending.json").exists()
    assert not any(name.endswith((".new", ".wal")) for name in names_in(operator))
    loads = {name for (name,) in intake.ask("SELECT extract FROM load")}
    assert {path.stem for path in intake.settings.extracts.iterdir()} == loads
    assert len(loads) == (2 if committed else 1)

    report = intake.load("line-list", more(intake))
    assert [entry.outcome for entry in report.files] == ["known" if committed else "loaded"]
    after = intake.rows()
    rebuild(intake.settings)
    assert intake.rows() == after
    assert intake.ask("SELECT count(*) FROM person") == [(4,)]


@pytest.mark.parametrize("step", ["Writing the extracts", "Filling the register"])
def test_a_rebuild_keeps_a_killed_load_whole_or_not_at_all(intake: Intake, step: str) -> None:
    killed_at(intake, step)
    intake.settings.register.write_bytes(b"torn")
    count = rebuild(intake.settings)
    assert count == (2 if step == "Filling the register" else 1)
    assert intake.ask("SELECT count(*) FROM person") == [(4 if count == 2 else 3,)]
    assert not (intake.settings.operator / "pending.json").exists()


def test_a_register_that_cannot_be_read_is_told_with_what_to_do(intake: Intake) -> None:
    killed_at(intake, "Removing the note")
    intake.settings.register.write_bytes(b"torn")
    with pytest.raises(OperatorError, match="run `load --rebuild`"), locked(intake.settings):
        pass
    assert rebuild(intake.settings) == 2


def test_what_was_half_written_is_removed(intake: Intake) -> None:
    operator = intake.settings.operator
    left = (
        operator / "register.new",
        operator / "register.new.wal",
        operator / "pending.new",
        intake.settings.extracts / f"{'0' * 64}.new",
    )
    for path in left:
        path.write_bytes(b"half")
    with locked(intake.settings):
        assert not any(path.exists() for path in left)


def test_a_note_that_cannot_be_read_stops_every_command(intake: Intake) -> None:
    (intake.settings.operator / "pending.json").write_text("{")
    seal_all(intake.settings)
    with pytest.raises(OperatorError, match="unfinished load cannot be read"):
        intake.load("line-list", intake.line_list())


def test_a_note_names_the_extracts_until_it_is_removed(intake: Intake) -> None:
    assert journal.noted_extracts(intake.settings) == []
    journal.note_extracts(intake.settings, ["a", "b"])
    assert journal.noted_extracts(intake.settings) == ["a", "b"]
    journal.forget_extracts(intake.settings)
    assert journal.noted_extracts(intake.settings) == []
