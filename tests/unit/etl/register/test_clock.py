"""A clock that was set back is told by every command, and orders nothing wrongly."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from etl.__main__ import main
from etl.register import clock, seal
from tests.unit.etl.stores import Intake


def set_to(monkeypatch: pytest.MonkeyPatch, time: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: time)


@pytest.mark.parametrize("command", [
    ["status"], ["publish", "--as-of", "2020-01-20"], ["retain", "--years", "3"], ["editions"],
])  # fmt: skip
def test_every_command_says_that_the_clock_was_set_back_and_what_it_judges(
    intake: Intake,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    last = seal.last_change(intake.settings)
    set_to(monkeypatch, last - timedelta(days=40))
    capsys.readouterr()
    main(command, intake.settings)
    said = capsys.readouterr().err
    assert f"the store was changed on {last:%Y-%m-%d %H:%M}: the clock was set back" in said
    assert "Which months may close" in said


@pytest.mark.parametrize("behind", [timedelta(0), timedelta(minutes=4), timedelta(days=-40)])
def test_a_clock_that_goes_on_or_is_put_right_by_seconds_is_no_matter(
    intake: Intake,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    behind: timedelta,
) -> None:
    set_to(monkeypatch, seal.last_change(intake.settings) - behind)
    capsys.readouterr()
    assert main(["status"], intake.settings) == 0
    assert "clock" not in capsys.readouterr().err


def test_a_load_under_a_clock_that_was_set_back_is_not_before_what_was_done(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its corrections would be older than the release that they correct."""
    last = seal.last_change(intake.settings)
    set_to(monkeypatch, last - timedelta(days=40))
    intake.load("line-list", intake.line_list())
    assert intake.ask("SELECT min(loaded_at) FROM load") == [(last,)]
    assert seal.last_change(intake.settings) >= last


def test_a_damaged_manifest_is_not_asked_for_the_time(intake: Intake) -> None:
    for content in (b"", b"[]", b"{}", b'{"at": 5}', b'{"at": "x"}', b"[" * 9000):
        seal.manifest_file(intake.settings).write_bytes(content)
        assert clock.set_back(intake.settings) is None
    seal.manifest_file(intake.settings).unlink()
    assert clock.set_back(intake.settings) is None
