"""What people write does nothing in a browser or in the store: it is kept as it was typed."""

from __future__ import annotations

from html import escape

import pytest

from dashboard.meeting import decisions, views
from tests.support.accounts import signed_application
from tests.support.hostile import LABELS, SQL
from tests.unit.dashboard.meeting.conftest import FIGURE, Group, main_of


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Group:
    """One for this module, which writes much."""
    folder = tmp_path_factory.mktemp("written")
    return Group(signed_application(folder, months=13, per_month=20), folder / "releases")


def test_there_are_forty_of_each() -> None:
    assert (len(set(LABELS)), len(set(SQL))) == (40, 40)


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_an_action_is_kept_as_it_was_typed_and_escaped(tried: Group, text: str) -> None:
    before = decisions.count(tried.signed.accounts, is_open=True)
    client = tried.client("coordinator")
    answer = tried.form(client, "sheet.people", action=text)
    assert answer.status_code == 303, main_of(answer)
    assert decisions.count(tried.signed.accounts, is_open=True) == before + 1
    number = int(answer.location.rpartition("/")[2])
    decision = decisions.find(tried.signed.accounts, number)
    assert decision is not None
    assert decision.action == text
    page = client.get(answer.location).text
    shown = escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    assert f'<p class="log-action">{shown}</p>' in page
    if "<" in text:
        assert text not in page


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_a_name_of_a_view_is_kept_as_it_was_typed_and_escaped(tried: Group, text: str) -> None:
    kept = text[: views.LONGEST].strip()
    made = tried.post("member", "/views/new", name=kept, address="/routes")
    assert made.status_code == 303
    account = tried.signed.session("member").account.id
    (view,) = [one for one in views.listed(tried.signed.accounts, account) if one.is_own]
    assert view.name == kept
    if "<" in kept:
        assert kept not in tried.client("member").get("/views").text
    assert tried.post("member", f"/views/{view.id}/delete").status_code == 303


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_what_stands_in_a_choice_or_a_figure_is_no_text(tried: Group, text: str) -> None:
    before = decisions.count(tried.signed.accounts, is_open=True)
    client = tried.client("coordinator")
    for fields in ({"owner": text}, {"due": text}):
        assert tried.form(client, "sheet.people", **fields).status_code == 400
    for figure in (text, f"sheet.people?area={text}", f"sheet.people?{text}"):
        answer = tried.post("coordinator", "/decisions/new", figure=figure, action="x")
        assert answer.status_code in (400, 409), figure
        assert "<" not in text or text not in answer.text
    assert decisions.count(tried.signed.accounts, is_open=True) == before


def test_all_of_it_left_the_store_and_the_record_whole(tried: Group) -> None:
    assert tried.entries() > 0
    with tried.signed.accounts.store.reading() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        roles = {row[0] for row in connection.execute("SELECT role FROM account")}
    assert roles <= {"member", "coordinator"}


@pytest.mark.parametrize("who", ["member", "partner", "coordinator", "analyst", "administrator"])
def test_a_form_without_its_own_token_changes_nothing(shared: Group, who: str) -> None:
    client = shared.client(who)
    foreign = shared.signed.token(shared.client("analyst"))
    fields = {"name": "Forged", "address": "/routes", "figure": FIGURE, "action": "Forged",
              "owner": "government", "due": "2026-12"}  # fmt: skip
    for token in ("", "0" * 96, foreign, "উ"):
        for path in ("/views/new", "/decisions/new", "/decisions/1/done", "/views/1/delete"):
            assert client.post(path, data={"token": token, **fields}).status_code == 400
    assert decisions.count(shared.signed.accounts, is_open=True) == 0
    assert "Forged" not in main_of(client.get("/views"))


@pytest.mark.parametrize("who", ["member", "partner"])
def test_who_may_only_read_writes_no_decision(shared: Group, who: str) -> None:
    client = shared.client(who)
    fields = {"figure": FIGURE, "action": "Not mine", "owner": "government", "due": "2026-12"}
    assert shared.post(who, "/decisions/new", **fields).status_code == 403
    assert shared.post(who, "/decisions/1/done", **fields).status_code == 403
    assert client.get("/decisions/new").status_code == 403
    assert "<form" not in main_of(client.get("/decisions"))
