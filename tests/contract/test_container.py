"""Container and compose files keep what they promise, as far as it shows without an engine.

Every step that copies, installs, starts or asks is carried out here but for the base image.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from dashboard import settings
from tests.support.served import ROOT, environment, free_port, running
from tests.support.wheels import build_wheel

#: One instruction of a container file and what stands after it.
Step = tuple[str, str]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SCRIPTS = PYPROJECT["project"]["scripts"]


@pytest.fixture(scope="module")
def stages() -> list[list[Step]]:
    """The stages of the container file, each with its steps."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    steps = [
        (word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines) if word
    ]
    starts = [at for at, (word, _) in enumerate(steps) if word == "FROM"]
    return [steps[at:end] for at, end in zip(starts, [*starts[1:], len(steps)], strict=True)]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]


def rests(stage: list[Step], word: str) -> list[str]:
    return [rest for name, rest in stage if name == word]


def test_what_is_copied_is_there_and_enough_for_the_wheel(
    stages: list[list[Step]], tmp_path: Path
) -> None:
    context = tmp_path / "context"
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    for rest in rests(stages[0], "COPY"):
        *sources, target = rest.split()
        for source in sources:
            assert source in allowed, f"{source} is left out by .dockerignore"
            here = ROOT / source
            there = context / (target if here.is_dir() else source)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(here, there) if here.is_dir() else shutil.copy(here, there)
    names = [
        set(zipfile.ZipFile(build_wheel(source, folder)).namelist())
        for source, folder in ((context, tmp_path / "copied"), (ROOT, tmp_path / "whole"))
    ]
    assert names[0] == names[1]


def test_nothing_of_a_store_can_get_into_an_image(stages: list[list[Step]]) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert next(line for line in ignored if not line.startswith("#")) == "*"
    copied = [source for rest in rests(stages[0], "COPY") for source in rest.split()[:-1]]
    for path in [*copied, *(line.removeprefix("!") for line in ignored if line.startswith("!"))]:
        assert Path(path).parts[0] != "data" or Path(path).parts[1] in {
            "countries", "reports", "sample", "sources",
        }, path  # fmt: skip
    assert [rest for rest in rests(stages[-1], "COPY") if "--from=build" not in rest] == []


def test_the_image_runs_a_script_of_the_project_and_never_as_root(stages: list[list[Step]]) -> None:
    final = stages[-1]
    (user,) = rests(final, "USER")
    assert all(int(number) > 0 for number in user.split(":"))
    (command,) = rests(final, "CMD")
    assert json.loads(command)[0] in SCRIPTS
    order = [word for word, _ in final]
    assert order.index("USER") > max(at for at, word in enumerate(order) if word == "RUN")


def test_the_health_check_is_true_of_a_server_that_answers_and_of_no_other(
    stages: list[list[Step]], tmp_path: Path
) -> None:
    (rest,) = rests(stages[-1], "HEALTHCHECK")
    command = json.loads(rest.partition(" CMD ")[2])
    assert command[0] == "python"
    command[0] = sys.executable
    port = free_port()
    place = environment(tmp_path, ATLAS_PORT=str(port))

    def healthy() -> bool:
        done = subprocess.run(command, env=place, capture_output=True, timeout=20, check=False)
        return done.returncode == 0

    assert not healthy()
    atlas = str(Path(sys.executable).with_name("atlas"))
    with running([atlas], port, place, tmp_path / "log", answers="/healthz"):
        assert healthy()


def test_both_services_are_locked_down(services: dict[str, Any]) -> None:
    assert set(services) == {"reader", "operator"}
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
        assert "ports" not in service, name  # peers behind a bridge cannot be told apart
        assert service["build"] == {"context": ".", "dockerfile": "Containerfile"}, name
        assert (ROOT / service["build"]["dockerfile"]).is_file()
        assert service["image"].endswith(":" + PYPROJECT["project"]["version"]), name


def test_the_reader_listens_on_the_loopback_of_its_host_and_sees_releases_alone(
    services: dict[str, Any], stages: list[list[Step]]
) -> None:
    reader = services["reader"]
    assert reader["network_mode"] == "host"
    assert reader["environment"]["ATLAS_HOST"] == "127.0.0.1"
    assert reader["environment"]["ATLAS_PUBLISHED"] == "/published"
    assert "user" not in reader  # that of the image
    mounts = [mount.rsplit(":", 2) for mount in reader["volumes"]]
    assert mounts == [
        ["${ATLAS_SECRET_FILE:-/dev/null}", "/secret", "ro"],
        ["${ATLAS_COUNTRY:-/dev/null}", "/country", "ro"],
        ["${ATLAS_OIDC_SECRET_FILE:-/dev/null}", "/oidc-secret", "ro"],
        ["${ATLAS_STORE:-./data/store}/releases", "/releases", "ro"],
        ["${ATLAS_PUBLISHED:-./data/published/releases}", "/published", "ro"],
        ["state", "/state"],
    ]
    (variables,) = rests(stages[-1], "ENV")
    assert {"ATLAS_RELEASES=/releases", "ATLAS_STATE=/state"} <= set(variables.split())
    code = (ROOT / "src" / "dashboard" / "settings.py").read_text(encoding="utf-8")
    asked = set(re.findall(r"\.get\(\"(ATLAS_[A-Z_]+)\"", code)) | set(settings._OIDC)
    given = {*reader["environment"], *(each.partition("=")[0] for each in variables.split())}
    assert asked - given == {"ATLAS_STORE"}  # of which it sees the releases alone


def test_the_operator_has_no_network_and_a_folder_for_each_of_its_settings(
    services: dict[str, Any],
) -> None:
    operator = services["operator"]
    assert operator["network_mode"] == "none"
    assert operator["entrypoint"][0] in SCRIPTS
    assert not operator["user"].startswith(("0", "root", "${ATLAS_OPERATOR:-0"))
    targets = {re.search(r":(/\w+)", mount).group(1) for mount in operator["volumes"]}  # pyright: ignore[reportOptionalMemberAccess]
    folders = {own for own in operator["environment"].values() if own.startswith("/")}
    assert len(folders) == 3
    assert targets >= folders
    assert operator["environment"]["ATLAS_COUNTRY"] == "${ATLAS_COUNTRY:+/country}"
    assert all("/country" in " ".join(services[name]["volumes"]) for name in ("reader", "operator"))
    assert operator["environment"]["ATLAS_HOME_AREA"] == "${ATLAS_HOME_AREA:-}"
    assert operator["working_dir"] in targets
