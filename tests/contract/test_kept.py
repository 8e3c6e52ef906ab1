"""What tests keep from run to run is made once, by one of them, and anew when a source changes."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.contract.test_imports import files, imports
from tests.support.sample import follows_from
from tests.support.served import ROOT
from tests.support.together import kept_together


class Making:
    """Makes a folder with one file, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        folder.mkdir()
        (folder / "release").write_text(str(self.times))


def test_it_is_made_once_by_whoever_asks_first(tmp_path: Path) -> None:
    make = Making()
    with ThreadPoolExecutor(8) as workers:
        asked = [
            workers.submit(kept_together, "sample", make, "1", kept=tmp_path) for _ in "12345678"
        ]
    assert {one.result() for one in asked} == {tmp_path / "sample-1"}
    assert make.times == 1


def test_it_is_made_anew_when_what_it_follows_from_changes(tmp_path: Path) -> None:
    make = Making()
    for key in ("1", "2", "1"):
        kept_together("sample", make, key, kept=tmp_path)
    assert make.times == 2


def test_it_is_made_anew_when_somebody_changed_it(tmp_path: Path) -> None:
    make = Making()
    folder = kept_together("sample", make, "1", kept=tmp_path)
    (folder / "release").write_text("changed")
    kept_together("sample", make, "1", kept=tmp_path)
    assert (folder / "release").read_text() == "2"


def test_what_no_run_has_used_for_days_is_removed(tmp_path: Path) -> None:
    old = kept_together("sample", Making(), "1", kept=tmp_path)
    other = kept_together("others", Making(), "1", kept=tmp_path)
    for name in ("sample-1.whole", "others-1.whole"):
        os.utime(tmp_path / name, (0, 0))
    kept_together("sample", Making(), "2", kept=tmp_path)
    assert not old.exists()
    assert other.exists()


def test_what_was_left_half_made_is_made_anew(tmp_path: Path) -> None:
    def broken(folder: Path) -> None:
        folder.mkdir()
        (folder / "half").touch()
        raise InterruptedError

    with pytest.raises(InterruptedError):
        kept_together("sample", broken, "1", kept=tmp_path)
    folder = kept_together("sample", Making(), "1", kept=tmp_path)
    assert [path.name for path in folder.iterdir()] == ["release"]


@pytest.mark.parametrize("source", [
    "etl/protect/walk.py", "src/dashboard/model/filters.py", "data/sample/manifest.toml",
    "data/countries/bgd/gazetteer.csv", "tests/support/sample.py",
])  # fmt: skip
def test_the_sample_follows_from_each_of_its_sources(tmp_path: Path, source: str) -> None:
    for folder in ("etl", "src/dashboard/model", "data", "tests/support"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copyfile(ROOT / source, _in(tmp_path, source))
    before = follows_from(tmp_path)
    assert follows_from(tmp_path) == before
    _in(tmp_path, source).write_bytes((ROOT / source).read_bytes() + b"\n")
    assert follows_from(tmp_path) != before


@pytest.mark.parametrize("room", ["analysis", "components", "exhibits", "exports", "figures"])
def test_no_test_of_an_exhibit_or_a_format_publishes(room: str) -> None:
    tests = files(ROOT / "tests" / "unit" / "dashboard" / room)
    assert tests
    publishing = ("etl.", "tests.support.sample", "tests.unit.etl")
    assert not [
        (test, name) for test in tests for name in imports(test) if name.startswith(publishing)
    ]


def _in(root: Path, path: str) -> Path:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    return root / path
