"""The files around the code say what is so: versions, settings, and the checks that others run."""

from __future__ import annotations

import re
import tomllib

import yaml
from hypothesis import settings

from tests.support.served import ROOT

SETTING = re.compile(r"\bATLAS_[A-Z_]+\b")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_setting_stands_in_the_example_and_no_other() -> None:
    code = [*(ROOT / "src").rglob("*.py"), *(ROOT / "etl").rglob("*.py"), ROOT / "compose.yaml"]
    used = {name for path in code for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    assert set(SETTING.findall(text(".env.example"))) == used


def test_the_changes_begin_with_the_version_of_the_project() -> None:
    version = tomllib.loads(text("pyproject.toml"))["project"]["version"]
    heads = re.findall(r"^## (\S+)", text("docs/CHANGELOG.md"), flags=re.MULTILINE)
    assert heads[0] == version


def test_the_tests_that_the_security_page_names_are_there() -> None:
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", text("SECURITY.md"))
    assert len(named) > 30
    files = {name: [*(ROOT / "tests").rglob(name)] for name, _ in named}
    gone = {
        (name, test)
        for name, test in named
        if not any(f"def {test}(" in path.read_text(encoding="utf-8") for path in files[name])
    }
    assert gone == set()


def test_a_pull_request_is_checked_by_the_script_that_checks_everything() -> None:
    workflow = yaml.safe_load(text(".github/workflows/checks.yml"))
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]
    assert (ROOT / ".ci" / "run").stat().st_size > 0


def test_checks_draw_the_same_examples_and_every_week_others_are_drawn() -> None:
    drawn = {name: settings.get_profile(name) for name in ("atlas", "few", "explore")}
    assert [drawn[name].derandomize for name in drawn] == [True, True, False]
    assert "HYPOTHESIS_PROFILE=explore" in text("Makefile").partition("\nexplore:")[2]
    workflow = yaml.safe_load(text(".github/workflows/explore.yml"))
    (job,) = workflow["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["make explore"]


def test_every_python_that_is_allowed_is_looked_for() -> None:
    least, end = re.findall(r"3\.(\d+)", text("pyproject.toml").partition("requires-python")[2])[:2]
    wanted = [f"python3.{minor}" for minor in reversed(range(int(least), int(end)))]
    match = re.search(r"^CANDIDATES := (.*)$", text("Makefile"), flags=re.MULTILINE)
    assert match is not None
    assert match[1].split() == [*wanted, "python3"]
