"""The entry point refuses in one sentence where it cannot serve."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

from tests.support.served import ROOT, environment


def start(folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment(folder, **extra), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = start(tmp_path, ATLAS_PORT=port)
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert "http://" not in done.stdout


def test_a_host_beyond_the_loopback_is_refused(tmp_path: Path) -> None:
    done = start(tmp_path, ATLAS_HOST="0.0.0.0")  # noqa: S104 -- the refusal is what is tested
    assert done.returncode == 1
    assert "this machine only" in done.stderr
