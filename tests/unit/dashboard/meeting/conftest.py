"""An application with accounts over an edition, and the way to publish a newer one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.access.audit import verify
from dashboard.meeting.pages.frame import month_of
from tests.support.accounts import Signed, signed_application
from tests.support.releases import LAST_MONTH, copy_of_release, point_to

NEWER = "2026-10-20261116t094000-1b2c3d4e"
FIGURE = "overview.trend?sex=female"
ACTION = "More night patrols at the river crossing"


@dataclass(frozen=True)
class Group:
    """Who sits before the application, and its folder of releases."""

    signed: Signed
    releases: Path

    def client(self, who: str) -> FlaskClient:
        """The browser of a role."""
        return self.signed.client(who)

    def entries(self) -> int:
        """How many entries the record has, which is whole."""
        accounts = self.signed.accounts
        with accounts.store.reading() as connection:
            return verify(connection, accounts.folder, accounts.keys).number

    def post(self, who: str, path: str, **fields: str) -> TestResponse:
        """Send a form with the token of a role's browser."""
        client = self.client(who)
        return client.post(path, data={"token": self.signed.token(client), **fields})

    def publish(self, **rest: int) -> None:
        """Publish an edition of other units that ends a month later."""
        made = {"seed": 12, "months": 31, "per_month": 120, **rest}
        last = LAST_MONTH.plus(1)
        copy_of_release(self.releases / f"{NEWER}.duckdb", last_month=last, **made)
        point_to(self.releases, NEWER)

    def form(self, client: FlaskClient, figure: str = FIGURE, **fields: str) -> TestResponse:
        """Open the form of a decision for a figure, fill it in and send it."""
        page = f"/decisions/new?figure={quote(figure, safe='')}"
        due = str(month_of(self.signed.accounts.clock()).plus(1))
        filled = {"action": ACTION, "owner": "partner_agency", "due": due, "figure": figure}
        return self.signed.send(client, page, **{**filled, **fields})

    def noted(self, figure: str = FIGURE, who: str = "coordinator", **fields: str) -> str:
        """Where a decision stands that a role has noted."""
        answer = self.form(self.client(who), figure, **fields)
        assert (answer.status_code, "/decisions/" in answer.location) == (303, True), answer.text
        return answer.location


def main_of(page: TestResponse) -> str:
    """What stands in the middle of a page, in one line."""
    match = re.search(r"<main.*</main>", page.text, re.DOTALL)
    assert match, page.text
    return " ".join(match[0].split())


@pytest.fixture
def group(tmp_path: Path) -> Group:
    """A group that a test has for itself."""
    return Group(signed_application(tmp_path), tmp_path / "releases")


@pytest.fixture(scope="package")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Group:
    """One for the tests that publish nothing."""
    folder = tmp_path_factory.mktemp("group")
    return Group(signed_application(folder), folder / "releases")
