"""What the README and the operator's page show is true, and short enough to be read."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

from dashboard.model.shipped import COUNTRY
from etl.__main__ import COMMANDS
from etl.declaration import read_source
from etl.declaration.source import SourceError
from etl.progress import silent
from tests.support.served import ROOT
from tests.unit.etl.stores import TODAY, new_store, said

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATORS = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")


def test_the_declaration_of_the_readme_loads_a_file_and_is_the_shortest(tmp_path: Path) -> None:
    from etl.harmonise.areas import Areas
    from etl.intake.load import check_files
    from etl.intake.report import Report
    from etl.places.gazetteer import Gazetteer

    (text,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    path = tmp_path / f"{tomllib.loads(text)['name']}.toml"
    file = tmp_path / "cases.csv"
    file.write_text("Case no,Date,Sex,District,Notes\n1,25/03/2025,F,Cox's Bazar,x\n", "utf-8")
    areas = Areas(Gazetteer.load(COUNTRY), TODAY)
    settings = new_store(tmp_path / "store", areas).settings

    def report(lines: list[str]) -> Report:
        path.write_text("\n".join(lines), encoding="utf-8")
        source = read_source(path)
        return check_files(settings, [file], source, areas, TODAY, silent, accept_valid=False)

    lines = text.splitlines()
    whole = report(lines)
    assert (whole.accepted, said(whole.findings)) == (True, [])
    assert whole.understood[0].passed_over == ("Notes",)
    for at, line in enumerate(lines):
        if line and not line.startswith(('"Sex"', '"District"')):
            try:
                assert not report([*lines[:at], *lines[at + 1 :]]).accepted, line
            except SourceError:
                continue


def test_the_operators_page_is_read_in_one_sitting_and_begins_with_a_month() -> None:
    assert len(OPERATORS.split()) <= 5_000
    first = OPERATORS.partition("\n## ")[0]
    for command in ("status", "month", "draft", "check", "load", "publish", "backup"):
        assert f"`{command}" in first or f"etl {command}" in first, command


def test_commands_that_the_pages_name_exist() -> None:
    for page in (README, OPERATORS):
        named = set(re.findall(r"python -m etl (\w+)", page))
        assert named <= {*COMMANDS, "COMMAND"}


def test_declarations_that_a_group_makes_stay_out_of_the_history_of_the_product(
    tmp_path: Path,
) -> None:
    git = shutil.which("git")
    assert git is not None
    (tmp_path / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    subprocess.run([git, "init", "-q", str(tmp_path)], check=True)  # noqa: S603
    shipped = ["missing-migrants-sea", "published-iom", "sample-a-people"]
    own = ["agency-x-people", "agency-x-referrals-form", "october", "drafts/october"]
    paths = [f"data/sources/{name}.toml" for name in (*shipped, *own)]
    asked = [git, "-C", str(tmp_path), "check-ignore", *paths]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603
    assert told.stdout.split() == paths[len(shipped) :]
    kept = {path.stem for path in (ROOT / "data" / "sources").glob("*.toml")}
    assert set(shipped) <= kept
