"""A planted person is erased, and no byte that the product wrote holds them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dashboard.application import create_app
from dashboard.settings import Settings as Served
from etl.settings import Settings
from tests.endurance import erased, stores

#: The one place where an erased id stays, so that no file brings the record back.
LIST = "store/operator/decisions.json"
PATHS = ("/", "/overview", "/quality", "/exhibit/overview.trend.json",
         "/exhibit/quality.editions.csv", "/exhibit/hotspots.map.geojson", "/readyz")  # fmt: skip


@dataclass
class Planted:
    """A store in which somebody was planted, and all that was said and shown of it.

    Attributes:
        settings: The store.
        marks: What the person would be known by.
        said: What commands printed and the dashboard answered.
    """

    settings: Settings
    marks: erased.Marks
    said: list[bytes] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """Everything that was written lies below it."""
        return self.settings.store.parent

    def run(self, *words: str) -> None:
        self.said.append(stores.must(self.settings, *words).text.encode())

    def show(self) -> None:
        """Ask the dashboard for pages and files, of a copy: commands open files as they like."""
        with TemporaryDirectory() as folder:
            releases = shutil.copytree(self.settings.releases, Path(folder) / "releases")
            place = {"ATLAS_RELEASES": str(releases), "ATLAS_STATE": str(self.folder / "state")}
            client = create_app(Served.from_environment(place)).server.test_client()
            for path in PATHS:
                answer = client.get(path, headers={"Host": "localhost"})
                assert answer.status_code == 200, path
                self.said.append(answer.data)

    def holding(self) -> dict[str, set[str]]:
        return erased.holding(self.folder, self.marks)


@pytest.fixture(scope="module")
def planted(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    settings = stores.copied(made / "loaded", tmp_path_factory.mktemp("planted") / "all")
    found = Planted(settings, erased.plant(settings, made))
    for name in (stores.ERASED, stores.CONSENT):
        (found.folder / name).unlink(missing_ok=True)
    found.run("feedback", "partner-b", "--html", str(found.folder / "feedback.html"))
    found.run("backup", str(found.folder / "before.tar"))
    found.run("duplicates")
    found.run("status")
    found.show()
    return found


@pytest.fixture(scope="module")
def before(planted: Planted) -> dict[str, set[str]]:
    """What held a mark before the person was erased."""
    return planted.holding()


@pytest.fixture(scope="module")
def after(planted: Planted, before: dict[str, set[str]]) -> dict[str, set[str]]:
    """What holds one after it, and after everything that is done next."""
    assert before
    done = erased.erase(planted.settings)
    assert done.code == 0, done.text
    planted.said.append(done.text.encode())
    (planted.folder / "before.tar").unlink()  # as the erasure asks for
    planted.run("load", "--rebuild")
    planted.run("rollback")
    planted.run("feedback", "partner-b", "--html", str(planted.folder / "later.html"))
    planted.run("backup", str(planted.folder / "after.tar"))
    planted.run("status")
    planted.show()
    return planted.holding()


def test_before_it_ids_are_found_where_they_are_and_nothing_holds_the_words(
    planted: Planted, before: dict[str, set[str]]
) -> None:
    ids = set(planted.marks.ids)
    assert all(marks <= ids for marks in before.values())
    assert {"store/operator/register.duckdb", "store/operator/units/units.duckdb"} <= before.keys()
    assert any(name.startswith("store/operator/extracts/") for name in before)
    assert before["before.tar"] == ids
    assert not [name for name in before if name.startswith(("store/releases", "state", "secrets"))]


def test_after_it_only_the_list_of_erased_ids_holds_one(
    planted: Planted, after: dict[str, set[str]]
) -> None:
    assert after.keys() <= {LIST, "after.tar"}
    assert after[LIST] <= set(planted.marks.ids)
    assert after.get("after.tar", set()) <= set(planted.marks.ids)


def test_no_command_and_no_page_said_who_it_was(
    planted: Planted, after: dict[str, set[str]]
) -> None:
    assert after is not None
    assert [text for text in planted.said if set(planted.marks.in_bytes(text))] == []
