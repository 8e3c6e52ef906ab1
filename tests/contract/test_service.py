"""The unit of docs/deploy.md is one that systemd understands, and shuts away what it runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.served import ROOT, ran

#: Exposure as systemd reckons it, out of 10; what no unit restricts has 9.
MOST_EXPOSED = 3.0


@pytest.fixture
def analysed(tmp_path: Path) -> list[str]:
    """What systemd says of the unit, to which only program and user of this machine are given."""
    program = shutil.which("systemd-analyze")
    assert program, "this test needs systemd-analyze: apt install systemd"
    document = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    match = re.search(r"```ini\n(.*?)```", document, re.DOTALL)
    assert match
    unit = match[1]
    for written, here in (("/opt/atlas/bin/atlas", "/bin/true"), ("User=atlas", "User=daemon")):
        assert unit.count(written) == 1
        unit = unit.replace(written, here)
    path = tmp_path / "situation-atlas.service"
    path.write_text(unit)
    return [program, str(path)]


def test_systemd_understands_every_line(analysed: list[str]) -> None:
    program, unit = analysed
    done = ran(program, "verify", "--man=no", unit)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_little_is_left_that_a_taken_over_process_could_reach(analysed: list[str]) -> None:
    program, unit = analysed
    done = ran(program, "security", "--offline=true", "--no-pager", unit)
    match = re.search(r"Overall exposure level for .*: ([\d.]+)", done.stdout)
    assert match, done.stderr
    assert float(match[1]) <= MOST_EXPOSED
