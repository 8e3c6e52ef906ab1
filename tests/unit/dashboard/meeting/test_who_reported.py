"""The brief tells who reported by name to those who may know, and to nobody else."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.access import account_table
from dashboard.access.reader import Reader
from dashboard.access.roles import BY_NAME, OPEN, ROLES
from dashboard.meeting.who_reported import who_reported
from dashboard.model.partner_state import FILE, PartnerState, PartnerStates, write_states
from dashboard.model.periods import Month, Span
from dashboard.security.guard import CALLBACK
from tests.support.application import answer_body, answered, application
from tests.unit.dashboard.meeting.conftest import Group

SEPTEMBER = Month(2026, 9)
YEAR = Span.last(12, until=SEPTEMBER)
SHOWN = Span(Month(2024, 4), SEPTEMBER)
HOSTILE = "<img src=x onerror=alert(1)>{n}"
STATES = PartnerStates(
    SEPTEMBER,
    (PartnerState("partner-a", "Agency A", frozenset(YEAR)),
     PartnerState("partner-b", "", frozenset()),
     PartnerState("partner-e", HOSTILE, frozenset({Month(2025, 12), Month(2026, 3)})),
     PartnerState("partner-f", "Agency F", frozenset())),
)  # fmt: skip
NAMES = "Not heard from in Jul – Sep 2026, of 3 partners that agreed to be named: "
UNREADABLE = "Who reported by name cannot be read. Tell your operator."
COORDINATOR = Reader("c", BY_NAME["coordinator"])


def of(partner: str) -> Reader:
    return Reader("p", BY_NAME["partner"], partner=partner)


def told(folder: Path, who: Reader, month: Month = SEPTEMBER, shown: Span = SHOWN) -> list[str]:
    return [sentence for _, sentence in who_reported(who, folder, month, shown, "en")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_bytes(write_states(STATES))
    return tmp_path


# --- what is told to whom -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("partner", "sentence"),
    [
        ("partner-a", "Your agency reported each month, Oct 2025 – Sep 2026."),
        ("  partner-a ", "Your agency reported each month, Oct 2025 – Sep 2026."),
        ("partner-b", "Your agency reported nothing, Oct 2025 – Sep 2026."),
        ("partner-e", "Your agency reported each month of Oct 2025 – Sep 2026 except Oct – Nov "
                      "2025, Jan – Feb 2026, Apr – Sep 2026."),
    ],
)  # fmt: skip
def test_a_partner_reads_of_itself_alone(folder: Path, partner: str, sentence: str) -> None:
    assert told(folder, of(partner)) == [sentence]


def test_a_partner_that_the_register_does_not_know_reads_nothing(folder: Path) -> None:
    assert told(folder, of("partner-z")) == []


def test_a_coordinator_reads_who_is_silent_of_those_that_agreed(folder: Path) -> None:
    silent = f"{HOSTILE} (last Mar 2026), Agency F (nothing Oct 2025 – Sep 2026)."
    assert told(folder, COORDINATOR) == [NAMES + silent]
    march = told(folder, COORDINATOR, Month(2026, 3))
    assert march == ["Not heard from in Jan – Mar 2026, of 3 partners that agreed to be named: "
                     "Agency F (nothing Oct 2025 – Mar 2026)."]  # fmt: skip


@pytest.mark.parametrize(
    ("partners", "sentence"),
    [
        (STATES.partners[:2], "The partner that agreed to be named reported in Jul – Sep 2026."),
        (STATES.partners[1:2], "No partner agreed to be named."),
        (STATES.partners[3:], "Not heard from in Jul – Sep 2026, the one partner that agreed to be "
                              "named: Agency F (nothing Oct 2025 – Sep 2026)."),
    ],
)  # fmt: skip
def test_few_that_agreed_are_told_in_words(
    folder: Path, partners: tuple[PartnerState, ...], sentence: str
) -> None:
    (folder / FILE).write_bytes(write_states(PartnerStates(SEPTEMBER, partners)))
    assert told(folder, COORDINATOR) == [sentence]


def test_nothing_is_told_of_months_that_are_not_known_or_not_shown(folder: Path) -> None:
    assert told(folder, COORDINATOR, Month(2025, 11)) == []
    assert told(folder, of("partner-a"), Month(2025, 11)) == [
        "Your agency reported each month, Oct – Nov 2025."
    ]
    assert told(folder, of("partner-a"), Month(2025, 9)) == []
    assert told(folder, of("partner-a"), shown=Span(Month(2026, 8), SEPTEMBER)) == [
        "Your agency reported each month, Aug – Sep 2026."
    ]


def test_nobody_else_has_the_file_opened_for_them(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / FILE).write_text("damaged")
    others = [Reader("x", role) for role in (*ROLES, OPEN) if role.name != "coordinator"]
    assert [told(folder, who) for who in others] == [[]] * 5
    assert caplog.records == []
    assert [role.name for role in (*ROLES, OPEN) if role.reads_names] == ["coordinator"]


@pytest.mark.parametrize(
    "content", [b"damaged", b'{"format": 9, "until": "2026-09", "partners": []}']
)
@pytest.mark.parametrize("who", [COORDINATOR, of("partner-a")], ids=["coordinator", "partner"])
def test_a_file_that_cannot_be_read_is_one_sentence_and_stands_in_the_log(
    folder: Path, caplog: pytest.LogCaptureFixture, who: Reader, content: bytes
) -> None:
    (folder / FILE).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert told(folder, who) == [UNREADABLE]
    assert [record.getMessage().startswith(f"{FILE} in ") for record in caplog.records] == [True]
    (folder / FILE).unlink()
    assert told(folder, who) == []
    (folder / FILE).mkdir()
    assert told(folder, who) == [UNREADABLE]


# --- on the page --------------------------------------------------------------------------------

ASKED = "/#want=rest&cards=brief.reported&tables=brief.reported"


def given(group: Group, client: FlaskClient, asked: str = ASKED) -> str:
    """The whole answer to a browser, as JSON."""
    app, signed = group.signed.app, group.signed
    answer = client.post(CALLBACK, json=answer_body(app, asked), headers=signed.echo(client))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return json.dumps(answer.json, ensure_ascii=False)


@pytest.fixture
def known(group: Group) -> Group:
    """A group whose operator left states, and whose focal point belongs to a partner."""
    (group.releases / FILE).write_bytes(write_states(STATES))
    focal = group.signed.session("partner").account
    with group.signed.accounts.store.writing() as connection:
        account_table.change(connection, focal.id, partner="partner-f")
    return group


def test_each_reader_is_given_their_own_whoever_asked_before(known: Group) -> None:
    everybody = ["coordinator", "member", "partner", "analyst", "administrator", "coordinator"]
    for asked in (ASKED, "/", "/?lang=bn"):
        for who in everybody:
            text = given(known, known.client(who), asked)
            assert ("Agency F" in text) == (who == "coordinator"), (asked, who)
            assert ("brief-partners" in text) == (who in ("coordinator", "partner")), (asked, who)
            assert "Agency A" not in text
            assert "partner-b" not in text
    assert "Your agency reported nothing" in given(known, known.client("partner"))


def test_a_name_is_text_and_never_markup(known: Group) -> None:
    text = given(known, known.client("coordinator"))
    assert "&lt;img src=x" in text
    assert "<img" not in text


def test_no_other_page_exhibit_or_file_tells_it(known: Group) -> None:
    client = known.client("coordinator")
    paths = ("/overview", "/quality", "/sheet", "/quality#want=rest&cards=brief.reported")
    for path in paths:
        assert "brief-partners" not in given(known, client, path), path
    for who in ("coordinator", "analyst"):
        for ending in ("csv", "json", "xlsx")[: 1 if who == "coordinator" else 3]:
            answer = known.client(who).get(f"/exhibit/brief.reported.{ending}")
            assert answer.status_code == 200
            assert b"Agency" not in answer.data


def test_a_damaged_file_takes_nothing_else_of_the_card_along(known: Group) -> None:
    (known.releases / FILE).write_text("{")
    text = given(known, known.client("coordinator"))
    assert UNREADABLE in text
    assert "reported-month" in text
    assert UNREADABLE not in given(known, known.client("member"))


def test_a_server_without_accounts_tells_nobody(tmp_path: Path) -> None:
    app = application(tmp_path)
    (tmp_path / "releases" / FILE).write_bytes(write_states(STATES))
    answer: dict[str, Any] = answered(app, ASKED)
    assert "reported-month" in json.dumps(answer)
    assert "brief-partners" not in json.dumps(answer)
