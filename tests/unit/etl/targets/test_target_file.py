"""An operator writes targets: all of them or none, with file, entry and rule of what is wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.model.periods import Span
from dashboard.model.target import MEASURED, Target
from etl.__main__ import main
from etl.release.contents.geography import read_geography
from etl.settings import OperatorError, Settings
from etl.targets.target_file import read_file, read_targets
from tests.unit.etl.stores import Intake

PLACES = ("BD2022", "BD20220094")
GOOD = {
    "indicator": '"services.legal_aid"',
    "area": '"BD2022"',
    "group": '"girls"',
    "period": '"2026-01..2026-12"',
    "target": "30",
    "source": '"Response plan  2026"',
}


def given(folder: Path, *entries: dict[str, str]) -> Path:
    path = folder / "mine.toml"
    tables = ["\n".join(["[[target]]", *(f"{k} = {v}" for k, v in e.items())]) for e in entries]
    path.write_text("\n\n".join(tables), encoding="utf-8")
    return path


def test_a_target_is_read(tmp_path: Path) -> None:
    (entry,) = read_file(given(tmp_path, GOOD), PLACES)
    span = Span.parse("2026-01..2026-12")
    assert entry.target == Target(
        "services.legal_aid", "BD2022", "girls", span, 30, "Response plan 2026"
    )
    assert not entry.invented
    assert (entry.target.name, entry.target.service) == ("services", "legal_aid")
    assert Target.of_row(entry.target.row) == entry.target


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("indicator", '"declined"', r"indicator: .*\[unknown_indicator\]"),
        ("indicator", '"people.legal_aid"', r"indicator: .*\[no_service\]"),
        ("indicator", '"services.legal"', r"indicator: .*\[unknown_service\]"),
        ("indicator", '"incidents"', r"group: .*\[no_group\]"),
        ("group", '"girl"', r"group: .*\[unknown_group\]"),
        ("area", '"BD9999"', r"area: .*\[unknown_place\]"),
        ("period", '"2026"', r"period: .*\[bad_period\]"),
        ("period", '"2026-12..2026-01"', r"period: .*\[bad_period\]"),
        ("target", "0", r"target: must be a whole number from 1"),
        ("target", '"many"', r"target: must be a whole number from 1"),
        ("source", '" "', r"source: .*\[empty_text\]"),
        ("source", f'"{"x" * 121}"', r"source: .*\[long_text\]"),
        ("source", '"Call 01711234567"', r"source: .*\[phone_number\]"),
        ("note", '"x"', "note: is not a key of the format"),
    ],
)
def test_what_is_wrong_is_named_by_file_entry_and_rule(
    tmp_path: Path, key: str, value: str, said: str
) -> None:
    other = GOOD | {"group": '"boys"'}
    with pytest.raises(OperatorError, match=rf"^mine\.toml: target 2\.{said}"):
        read_file(given(tmp_path, other, GOOD | {key: value}), PLACES)


def test_a_share_is_of_a_hundred_and_none_stands_twice(tmp_path: Path) -> None:
    share = GOOD | {"indicator": '"in_time"', "target": "101"}
    with pytest.raises(OperatorError, match="bad_share"):
        read_file(given(tmp_path, share), PLACES)
    with pytest.raises(OperatorError, match=r"target 2: Target 1 .*\[repeated_target\]"):
        read_file(given(tmp_path, GOOD, GOOD | {"target": "40"}), PLACES)


@pytest.mark.parametrize("months", ["2026-02..2026-12", "2026-01..2026-11", "2026-05"])
def test_a_share_in_time_is_of_whole_quarters(tmp_path: Path, months: str) -> None:
    share = GOOD | {"indicator": '"in_time"', "period": f'"{months}"'}
    said = r"^mine\.toml: target 2\.period: .*whole quarters.*\[whole_quarters\]"
    with pytest.raises(OperatorError, match=said):
        read_file(given(tmp_path, GOOD, share), PLACES)
    other = share | {"indicator": '"open"'}
    assert len(read_file(given(tmp_path, GOOD, other), PLACES)) == 2


@pytest.mark.parametrize("missing", ["indicator", "period", "target", "source"])
def test_a_key_that_is_missing_is_named(tmp_path: Path, missing: str) -> None:
    entry = {key: value for key, value in GOOD.items() if key != missing}
    with pytest.raises(OperatorError, match=rf"target 1\.{missing}: is missing"):
        read_file(given(tmp_path, entry), PLACES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("target = 3", "begins with a line"),
        ("[[target]\n", "is not valid TOML"),
        ("[[targets]]\n", "targets: is not a key"),
    ],
)
def test_what_is_no_list_of_targets_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OperatorError, match=said):
        read_file(path, PLACES)


def test_an_operator_names_a_file_that_must_be_there(tmp_path: Path) -> None:
    settings = Settings.from_environment({"ATLAS_TARGETS": str(tmp_path / "none.toml")})
    with pytest.raises(OperatorError, match="There is no file"):
        read_targets(settings, PLACES)
    own = replace(settings, targets=given(tmp_path, GOOD))
    assert [entry.target.number for entry in read_targets(own, PLACES)] == [30]


def test_the_examples_of_the_product_are_right_invented_and_of_each_kind() -> None:
    settings = Settings.from_environment({})
    places = [place[0] for place in read_geography(settings).places]
    entries = read_targets(settings, places)
    assert all(entry.invented and "invented" in entry.target.source for entry in entries)
    assert {entry.target.name for entry in entries} <= set(MEASURED)
    aided = {e.target.group for e in entries if e.target.indicator == "services.legal_aid"}
    assert aided >= {"girls", "boys", "women", "men"}


def test_status_counts_the_targets_of_a_store_and_says_what_is_wrong(
    intake: Intake, capsys: pytest.CaptureFixture[str]
) -> None:
    def status(settings: Settings) -> dict[str, Any]:
        assert main(["status", "--json"], settings) == 0
        return json.loads(capsys.readouterr().out)

    assert status(intake.settings)["targets"] == 0
    own = replace(intake.settings, targets=given(intake.folder, GOOD))
    assert status(own)["targets"] == 1
    given(intake.folder, GOOD | {"group": '"girl"'})
    told = status(own)
    assert told["targets"] is None
    assert told["beside_trouble"].startswith("mine.toml: target 1.group: ")
