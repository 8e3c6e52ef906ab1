"""``make test`` and ``make test-all`` run every test once, and say what they leave out."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests import halves
from tests.browser import test_journey
from tests.support import programs
from tests.support.pages import PAGES
from tests.support.served import ROOT, ran

LISTED = (*halves.REST, *halves.WHOLE, *halves.ONE_IN, *halves.NEEDS)


def recipe(target: str) -> str:
    """What the Makefile does for a target."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.split(r"\n\n", text.partition(f"\n{target}:")[2])[0]


def functions(folder: str) -> list[str]:
    """Every test function below a folder of tests, as pytest names it."""
    return [
        f"{path.relative_to(ROOT).as_posix()}::{name}"
        for path in sorted((ROOT / "tests" / folder).rglob("test_*.py"))
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]


@pytest.mark.parametrize("listed", LISTED)
def test_every_path_that_is_listed_is_there(listed: str) -> None:
    path, _, function = listed.partition("::")
    assert (ROOT / path).exists()
    assert not function or f"def {function}(" in (ROOT / path).read_text(encoding="utf-8")


def test_each_half_is_what_the_other_leaves() -> None:
    assert "-m 'not rest'" in recipe("test")
    assert "-m rest" in recipe("test-all")
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^run (\S+)", run, re.MULTILINE) == ["test", "test-all"]
    assert "check lowest QUICK=1" in run
    ignored = re.findall(r"--ignore=(\S+)", run)
    assert ignored
    assert all(path in recipe("check") for path in ignored)


def test_every_unit_and_contract_is_run_at_least_once_by_make_test() -> None:
    known = [*functions("unit"), *functions("contract")]
    left = halves.rest(f"{name}[{case}]" for name in known for case in "ab")
    wholly = {name for name in known if f"{name}[a]" in left}
    with_others = {name for name in wholly if set(halves.needs(name)) - {"Chromium"}}
    listed = (*halves.LIVES, *halves.SELDOM, *halves.LONG)
    apart = {name for name in known if {name, name.partition("::")[0]} & {*listed}}
    apart -= {*halves.WHOLE}
    assert len(known) > 1000
    assert wholly == with_others | apart
    assert len(apart) < len(known) / 12


def test_of_what_publishes_make_test_keeps_a_publication() -> None:
    for listed in halves.LIVES:
        text = (ROOT / listed.partition("::")[0]).read_text(encoding="utf-8")
        assert re.search(r"publish_to\(|\bpublish ?[(\"-]", text)
    kept = [name for name in functions("unit/etl/release") if not halves.rest([name])]
    assert any("test_publish.py::" in name for name in kept)


def test_make_test_runs_the_first_case_of_each_test_and_then_one_in_so_many() -> None:
    path, step = next(iter(halves.ONE_IN.items()))
    cases = [f"{path}::test_a[{case}]" for case in range(step + 2)] + [f"{path}::test_b"]
    assert set(cases) - halves.rest(cases) == {cases[0], cases[step], cases[-1]}


def test_make_test_opens_each_page_signs_in_and_tries_a_damage_and_an_attack() -> None:
    assert {page.path for page in PAGES} == set(test_journey.PATHS)
    opened = "tests/browser/test_journey.py::test_every_page_shows_its_exhibits_and_fits_the_screen"
    soon = {
        name
        for folder in ("browser", "endurance", "attack")
        for name in functions(folder)
        if not halves.rest([name])
    }
    assert halves.rest(f"{opened}[{path}]" for path in test_journey.PATHS) == set()
    for kind in ("browser/test_journey", "browser/test_access", "endurance/", "attack/"):
        assert any(name.startswith(f"tests/{kind}") for name in soon), kind


def test_what_cannot_be_run_is_counted_at_the_end() -> None:
    words = ["-p", "no:cacheprovider", "tests/browser/test_print.py"]
    place = {**os.environ, "CHROMIUM": "/nowhere", "PYTEST_ADDOPTS": ""}
    done = ran(sys.executable, "-m", "pytest", *words, place=place)
    number = len(functions("browser/"))
    match = re.search(r"^(\d+) tests left out: they need Chromium$", done.stdout, re.MULTILINE)
    assert match, done.stdout + done.stderr
    assert 0 < int(match[1]) < number
    assert done.returncode == 0


# --- programs of the system --------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is looked through for programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(programs, "BESIDE", str(tmp_path))
    return tmp_path


def put(path: Path, says: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(0o755)
    return path


def test_chromium_is_found_under_each_of_its_names(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert programs.found(programs.CHROMIUM) is None
    own = put(path / "browsers" / "chromium-1200" / "chrome-linux64" / "chrome")
    assert programs.found(programs.CHROMIUM) == str(own)
    for name in ("google-chrome", "chromium-browser", "chromium"):
        lying = put(path / name)
        assert programs.found(programs.CHROMIUM) == str(lying)
    named = put(path / "mine")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert programs.found(programs.CHROMIUM) == str(named)


def test_make_test_needs_fewer_programs_than_make_test_all(path: Path) -> None:
    soon, every = programs.missing(everything=False), programs.missing(everything=True)
    assert soon == (programs.CHROMIUM,)
    assert {program.name for program in every} > {"Chromium", "nginx", "LibreOffice", "Node.js"}
    put(path / "nginx")
    assert "nginx" not in {program.name for program in programs.missing(everything=True)}


def test_apt_installs_what_is_missing_where_it_may(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = path / "log"
    put(path / "apt-get", f'echo "$@" >> {log}')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs.set_up([programs.CHROMIUM, programs.SHELL])
    assert "Installing Chromium, Chromium's shell with apt" in capsys.readouterr().out
    done = [line.split() for line in log.read_text().splitlines()]
    assert [(words[0], words[-1]) for words in done] == [
        ("update", "-qq"), ("install", "chromium"), ("install", "chromium-headless-shell"),
    ]  # fmt: skip


@pytest.mark.parametrize("user", [0, 1000])
def test_the_line_is_named_where_apt_is_not_here_or_may_not_be_used(
    path: Path, user: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    if user:
        put(path / "apt-get", "exit 1")
    programs.set_up([programs.CHROMIUM])
    assert "apt install chromium\n" in capsys.readouterr().out
