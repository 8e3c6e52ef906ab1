"""A new exhibit is what CONTRIBUTING says: a declaration, its place, its phrases twice.

The product is copied, exactly these are added, and the copy is asked for the exhibit as a page and
a file would ask. So is a page of its own for it: a module that registers it, and its words twice.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path

from dashboard.model.shipped import COUNTRY
from tests.support.application import RELEASE
from tests.support.releases import build_release, point_to
from tests.support.served import ran

ROOT = Path(__file__).parents[2]
FUNCTION = '''"""Who recruited people, as far as they said. Id: overview.recruiters."""

from dashboard.exhibits.charts.chart import Chart
from dashboard.exhibits.charts.dimensions import by_leading
from dashboard.exhibits.charts.forms import bars
from dashboard.exhibits.charts.sentences import leader
from dashboard.model.facts import PEOPLE

Chart(
    "overview.recruiters",
    (PEOPLE,),
    by_leading("recruiters", "recruiter_relation"),
    bars(),
    leader("overview.recruiters"),
).declare()
'''
PHRASES = """
[recruiters]
kicker = "{kicker}"
leads = "{{label}}: {{share}}"
leads_unshared = "{{label}}"
close = "{{first}}, {{second}}"
"""
PAGE = '''"""Recruiters: a page of its own."""

from dashboard.pages.arrange import register
from dashboard.pages.page import Page, Section, Slot

PAGE = Page(
    path="/recruiters",
    name="recruiters",
    icon="overview",
    heading="shown",
    sections=(Section((Slot("overview.recruiters", "chart"),)),),
)
register(__name__, PAGE, order=2.5)
'''
OF_PAGE = """
[page.recruiters]
name = "{kicker}"
short = "{kicker}"
title = "{kicker}"
lead = "{kicker}"
"""
ASK = """
import json, sys
from pathlib import Path
from dashboard.application import create_app
from dashboard.pages import figure_number
from dashboard.settings import Settings
folder = Path(sys.argv[1])
app = create_app(Settings(releases=folder / "releases", state=folder / "state"))
client = app.server.test_client()
print(json.dumps({
    "json": client.get("/exhibit/overview.recruiters.json").json,
    "csv": client.get("/exhibit/overview.recruiters.csv?lang=bn").text,
    "listed": [entry["id"] for entry in client.get("/exhibits").json["exhibits"]],
    "number": figure_number("overview.recruiters"),
    "page": client.get("/recruiters?lang=bn").text,
    "layout": json.dumps(client.get("/_dash-layout").json),
}))
"""


def add(path: Path, before: str, text: str) -> None:
    """Put a text before the first place where another one stands."""
    source = path.read_text(encoding="utf-8")
    assert before in source, f"{path} has no {before!r}"
    path.write_text(source.replace(before, f"{text}{before}", 1), encoding="utf-8")


def test_an_exhibit_is_added_as_contributing_says(tmp_path: Path) -> None:
    package = tmp_path / "src" / "dashboard"
    shutil.copytree(ROOT / "src" / "dashboard", package)
    for name in ("assets", "data", "src/atlas_map"):
        (tmp_path / name).symlink_to(ROOT / name, target_is_directory=True)
    (package / "exhibits" / "overview" / "recruiters.py").write_text(FUNCTION, encoding="utf-8")
    add(
        package / "pages" / "overview.py",
        'Slot("overview.exploitation"',
        'Slot("overview.recruiters", "chart"),\n                ',
    )
    pack = shutil.copytree(COUNTRY, tmp_path / "pack")
    for words, kicker in ((package / "words" / "en", "Recruiters"),
                          (pack / "words" / "bn", "নিয়োগকারী")):  # fmt: skip
        with (words / "overview.toml").open("a", encoding="utf-8") as file:
            file.write(PHRASES.format(kicker=kicker))
        with (words / "shell.toml").open("a", encoding="utf-8") as file:
            file.write(OF_PAGE.format(kicker=kicker))
    (package / "pages" / "recruiters.py").write_text(PAGE, encoding="utf-8")
    releases = tmp_path / "releases"
    releases.mkdir()
    build_release(releases / f"{RELEASE}.duckdb", seed=11, months=30, per_month=120)
    point_to(releases, RELEASE)

    place = {
        **os.environ, "ATLAS_COUNTRY": str(pack), "PYTHONPATH": str(tmp_path / "src"),
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    asked = ran(sys.executable, "-c", ASK, str(tmp_path), cwd=tmp_path, place=place)
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert answer["json"]["title"]
    assert answer["json"]["table"]["rows"]
    assert answer["json"]["figure"]["data"][0]["type"] == "bar"
    assert "overview.recruiters" in answer["listed"]
    assert answer["number"] is not None
    assert "<title>নিয়োগকারী · " in answer["page"]
    ways = re.findall(r'class=\\"nav-link\\" data-nav=\\"([^"\\]+)', answer["layout"])
    assert ways[ways.index("/hotspots") + 1] == "/recruiters"
    assert len(answer["csv"].splitlines()) > len(answer["json"]["table"]["rows"])
