"""What `make lock` wrote is what is installed, for every Python and by hashes alone."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.support.audit import told
from tests.support.served import ROOT

FILES = ("install", "dev", "run", "tools")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = ("linux", "darwin", "win32")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


class Pin(NamedTuple):
    """A line of a lock: what is installed, where its marker holds, and how many hashes it has."""

    requirement: Requirement
    hashes: int

    @property
    def name(self) -> str:
        return canonicalize_name(self.requirement.name)

    @property
    def version(self) -> Version:
        (only,) = self.requirement.specifier
        assert only.operator == "=="
        return Version(only.version)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def pins(name: str) -> tuple[Pin, ...]:
    lines = re.sub(r"^\s*#.*\n", "", text(f"requirements/{name}.txt"), flags=re.MULTILINE)
    entries = lines.replace("\\\n", " ").strip().splitlines()
    return tuple(
        Pin(Requirement(entry.partition(" --hash=")[0].strip()), entry.count("--hash=sha256:"))
        for entry in entries
    )


def installed(name: str, python: str, system: str) -> dict[str, Version]:
    """What a lock installs on a machine."""
    place = {
        "python_version": python, "python_full_version": f"{python}.0", "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system],
        "platform_python_implementation": "CPython", "implementation_name": "cpython",
    }  # fmt: skip
    found: dict[str, list[Version]] = defaultdict(list)
    for pin in pins(name):
        if pin.requirement.marker is None or pin.requirement.marker.evaluate(place):
            found[pin.name].append(pin.version)
    assert all(len(versions) == 1 for versions in found.values())
    return {package: version for package, (version,) in found.items()}


@pytest.mark.parametrize("name", FILES)
def test_every_package_has_one_version_and_hashes_and_no_host_is_named(name: str) -> None:
    assert pins(name)
    assert [pin.name for pin in pins(name) if not pin.hashes] == []
    assert "://" not in text(f"requirements/{name}.txt")
    assert not re.search(r"^(-|--)", text(f"requirements/{name}.txt"), flags=re.MULTILINE)


@pytest.mark.parametrize(("python", "system"), [*product(PYTHONS, SYSTEMS)])
def test_what_pyproject_asks_for_is_locked_for_every_python_and_system(
    python: str, system: str
) -> None:
    extras = PROJECT["optional-dependencies"]
    run = installed("run", python, system)
    dev = installed("dev", python, system)
    # A server signs in by a provider and makes reports where it is asked to; tests do both.
    served = [*PROJECT["dependencies"], *extras["oidc"], *extras["report"]]
    own = [line for line in extras["dev"] if Requirement(line).name == PROJECT["name"]]
    assert [Requirement(line).extras for line in own] == [{"oidc", "report", "image"}]
    wanted = [(run, served), (dev, served)]
    wanted += [(dev, [line for line in extras["dev"] if line not in own])]
    wanted += [(dev, extras["geography"]), (dev, extras["image"])]
    for held, lines in wanted:
        for asked in map(Requirement, lines):
            version = held.get(canonicalize_name(asked.name))
            assert version is not None, f"{asked} is not locked: run `make lock`"
            assert asked.specifier.contains(version), f"{asked} is locked as {version}: `make lock`"
    assert run.items() <= dev.items(), "what runs is not what was tested"
    install = installed("install", python, system)
    assert {"hatchling", "editables", "uv"} <= install.keys()
    assert {k: v for k, v in install.items() if k in dev and v != dev[k]} == {}


def test_make_ci_and_the_container_install_what_is_locked_and_nothing_else() -> None:
    makefile = text("Makefile")
    define = makefile[makefile.index("define install") : makefile.index("endef")]
    commands = [line.strip() for line in define.splitlines() if "install --quiet" in line]
    commands += re.findall(r"^PIP_LOCKED := (.*)$", makefile, flags=re.MULTILINE)
    for command in commands:
        assert "--require-hashes" in command or "--no-deps" in command, command
    assert {"run", "dev"} == set(re.findall(r"\$\(call install,(\w+)\)", makefile))
    assert "make -j2 setup" in text(".ci/run")
    container = text("Containerfile").replace("\\\n", " ")
    for command in re.findall(r"pip install ([^&\n]*)", container):
        assert "--require-hashes -r requirements/" in command or "--no-deps" in command, command


def test_actions_are_named_by_the_digest_of_their_commit() -> None:
    used = [
        line.partition("uses:")[2].strip()
        for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(used) > 3
    assert [u for u in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d[\d.]*", u)] == []


def test_who_keeps_versions_fresh_pins_actions_and_images_by_digest() -> None:
    data = json.loads(text(".github/renovate.json"))
    assert {"helpers:pinGitHubActionDigests", "docker:pinDigests"} <= set(data["extends"])
    (pattern,) = data["pip-compile"]["managerFilePatterns"]
    for name in FILES:
        path = f"requirements/{name}.txt"
        assert re.search(pattern.strip("/"), path)
        assert "uv pip compile" in text(path).splitlines()[1], "which command wrote it"


def test_an_audit_says_what_it_could_not_ask() -> None:
    fault = {"id": "PYSEC-1", "fix_versions": ["1.1"]}
    asked = {"name": "a", "version": "1.0", "vulns": []}
    faulty = {"name": "b", "version": "1.0", "vulns": [fault]}
    silent = {"name": "c", "skip_reason": "not found"}
    assert told({"dependencies": [asked]}) == (["1 of 1 packages asked about, 0 known faults."], 0)
    lines, code = told({"dependencies": [asked, faulty, silent]})
    assert code == 1
    assert lines == [
        "b 1.0: PYSEC-1, mended in 1.1",
        "2 of 3 packages asked about, 1 known faults.",
        "Could not ask about 1, so nothing is known of: c.",
    ]
    assert told({"dependencies": [asked, silent]})[1] == 1
    assert told({"dependencies": []})[1] == 1
