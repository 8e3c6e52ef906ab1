"""The decision log: from a figure to what was then, what is now, and what cannot be said."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from dashboard.access.audit import latest
from dashboard.exhibits import load
from dashboard.exhibits.registry import definitions
from dashboard.meeting import decisions, figure, follow_up
from dashboard.model.languages import LANGUAGES
from dashboard.model.periods import Month, Span
from dashboard.release.folder import Releases
from dashboard.release.open_release import QueryTimeout
from tests.support.accounts import checked
from tests.support.application import RELEASE, answer_body
from tests.unit.dashboard.meeting.conftest import ACTION, FIGURE, NEWER, Group, main_of

#: Exhibits that count months and quarters.
QUARTERS_TOO = ["routes.corridor", "referrals.pathway"]


def test_a_decision_is_noted_from_a_figure_and_everybody_reads_it(group: Group) -> None:
    place = group.noted()
    page = group.client("member").get(place)
    (decision,) = decisions.listed(group.signed.accounts, is_open=True, most=9)
    told = decisions.stored_answer(group.signed.accounts, decision, "en")
    assert told
    assert decision.release == RELEASE
    for text in (ACTION, "Partner agency", told.title, told.subtitle, "There is no newer edition"):
        assert text in main_of(page)
    partner = group.client("partner")
    assert ACTION in main_of(partner.get("/decisions"))
    asked = answer_body(group.signed.app, "/#want=view")
    headers = group.signed.echo(partner)
    brief = partner.post("/_dash-update-component", json=asked, headers=headers).get_json()
    assert ACTION in brief["response"]["answer"]["data"]["words"]["page-meeting"]
    assert "coordinator@agency.example" not in page.text
    (entry, *_) = latest(group.signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("decision noted", "coordinator@agency.example")
    assert entry.about["exhibit"] == "overview.trend"
    assert entry.about["release"] == RELEASE
    assert ACTION not in json.dumps(dict(entry.about))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_then_is_byte_for_byte_what_the_old_edition_answers(group: Group, lang: str) -> None:
    """The door of exhibits is asked after a newer edition was published."""
    figures = ["overview.trend?sex=female", "hotspots.ranking?level=district",
               "overview.indicators?period=2026-01..2026-06", "routes.map", "sheet.people",
               "referrals.matrix?compare=last-year"]  # fmt: skip
    for asked in figures:
        group.noted(asked)
    group.publish()
    analyst = group.client("analyst")
    kept = decisions.listed(group.signed.accounts, is_open=True, most=99)
    assert len(kept) == len(figures)
    for decision in kept:
        asked = filter(None, (decision.figure.query, f"edition={RELEASE}", f"lang={lang}"))
        query = "&".join(asked)
        answer = analyst.get(f"/exhibit/{decision.figure.exhibit}.json?{query}")
        assert answer.status_code == 200
        stored_answer = decisions.stored_answer(group.signed.accounts, decision, lang)
        assert stored_answer
        assert stored_answer.text.encode() == answer.data, decision.figure


def test_every_exhibit_can_be_kept_and_told_again(group: Group) -> None:
    releases = Releases(group.releases)
    before = releases.current()
    kept = {}
    for entry in definitions():
        found = figure.find(entry.id, releases)
        kept[entry.id] = found.figure, figure.answers_in(found.figure, before, releases)
    group.publish()
    later = Releases(group.releases)
    lists_editions = {"quality.editions"}
    for exhibit_id, (asked, answers) in kept.items():
        again = figure.answer_in(asked, later.open(before.id), "bn", later)
        same = figure.unpack(answers["bn"]) == again
        assert same or exhibit_id in lists_editions, exhibit_id


def test_now_is_what_the_newest_edition_answers(group: Group) -> None:
    place = group.noted()
    group.publish()
    analyst = group.client("analyst")
    now = json.loads(analyst.get("/exhibit/overview.trend.json?sex=female").data)
    then = json.loads(
        analyst.get(f"/exhibit/overview.trend.json?sex=female&edition={RELEASE}").data
    )
    assert now["release"]["release_id"] == NEWER
    ((_, *numbers),) = [row[:4] for row in then["table"]["rows"] if row[0] == "2025-03"]
    march = "{}, from {}–{}".format(*numbers)
    for who in ("member", "partner", "coordinator", "analyst", "administrator"):
        page = main_of(group.client(who).get(place))
        assert f"Edition {RELEASE}" in page
        assert f"Edition {NEWER}" in page
        assert page.count(f"<strong>{then['title']}</strong>") >= 1
        assert f"<strong>{now['title']}</strong>" in page
        may_older = who in ("analyst", "administrator")
        assert (f"edition={RELEASE}" in page) == may_older, who
        assert f'row">Mar 2025 · All classes</th><td data-label="Then">{march}</td>' in page, who


def test_an_edition_that_was_taken_back_says_nothing_of_then(group: Group) -> None:
    place = group.noted()
    (decision,) = decisions.listed(group.signed.accounts, is_open=True, most=9)
    answer = decisions.stored_answer(group.signed.accounts, decision, "en")
    assert answer
    group.publish()
    analyst = group.client("analyst")
    assert answer.title in main_of(analyst.get(place))
    (group.releases / f"{RELEASE}.duckdb.taken-back").touch()
    for who in ("member", "analyst"):
        for address in (place, "/decisions"):
            page = main_of(group.client(who).get(address))
            assert "Cannot say: the edition of then is there no more." in page
            assert answer.title not in page
            assert answer.subtitle not in page


def test_how_a_decision_stands_changes_and_the_record_says_so(group: Group) -> None:
    place = group.noted()
    client = group.client("analyst")
    done = group.signed.post(client, f"{place}/done")
    assert (done.status_code, done.location) == (303, place)
    assert ACTION not in main_of(client.get("/decisions"))
    assert ACTION in main_of(client.get("/decisions?show=closed"))
    group.signed.post(client, f"{place}/done")
    group.signed.post(client, f"{place}/open")
    events = [(e.event, e.about.get("state")) for e in latest(group.signed.accounts.folder, 3)]
    assert events == [("decision changed", "open"), ("decision changed", "done"),
                      ("decision noted", None)]  # fmt: skip
    assert checked(group.signed.accounts).number == 4
    assert group.signed.post(client, "/decisions/999/done").status_code == 404


def test_what_was_typed_is_not_lost_and_the_fault_stands_at_its_field(shared: Group) -> None:
    client = shared.client("coordinator")
    answer = shared.form(client, action="Call 01712 345678", owner="", due="2031-01")
    page = main_of(answer)
    assert answer.status_code == 400
    assert "Call 01712 345678</textarea>" in page
    faults = {"action": "looks like a phone", "owner": "Choose one", "due": "Choose one"}
    for field, said in faults.items():
        assert f'id="fault-{field}">' in page
        assert said in page
    assert 'aria-invalid="true" aria-describedby="fault-action action-hint"' in page
    assert decisions.count(shared.signed.accounts, is_open=True) == 0


@pytest.mark.parametrize(
    "given",
    ["nothing.here", "overview.trend?sex=unicorn", "overview.trend?edition=2020-01",
     "overview.trend?x=1", "https://elsewhere.example/", "overview.trend?sex=female&sex=male",
     "../etc/passwd", "\x00", "উ", "overview.trend?" + "sex=female&" * 200],
)  # fmt: skip
def test_what_is_no_figure_is_no_form(shared: Group, given: str) -> None:
    client = shared.client("coordinator")
    answer = client.get("/decisions/new", query_string={"figure": given})
    assert (answer.status_code, 'name="action"' in answer.text) in ((400, False), (409, True))
    fields = {"action": ACTION, "owner": "government", "due": "2026-12", "figure": given}
    sent = shared.signed.post(client, "/decisions/new", **fields)
    assert sent.status_code in (400, 409)
    assert decisions.count(shared.signed.accounts, is_open=True) == 0


def test_the_file_of_accounts_keeps_it_for_another_process(group: Group) -> None:
    place = group.noted()
    (decision,) = decisions.listed(group.signed.accounts, is_open=True, most=9)
    answer = decisions.stored_answer(group.signed.accounts, decision, "en")
    assert answer
    asked = (
        "import sys; from pathlib import Path\n"
        "from dashboard.access.accounts import open_accounts\n"
        "from dashboard.access.keys import read_keys\n"
        "from dashboard.meeting import decisions\n"
        "folder = Path(sys.argv[1])\n"
        "accounts = open_accounts(folder / 'state', read_keys(folder / 'secret'))\n"
        "(one,) = decisions.listed(accounts, is_open=True, most=9)\n"
        "answer = decisions.stored_answer(accounts, one, 'en')\n"
        "sys.stdout.write(one.action + chr(10) + answer.text)\n"
    )
    folder = str(group.releases.parent)
    ran = subprocess.run([sys.executable, "-c", asked, folder], capture_output=True, check=True)
    assert ran.stdout.decode() == f"{ACTION}\n{answer.text}"
    assert ACTION in main_of(group.client("member").get(place))


def test_a_figure_of_the_last_months_is_asked_of_the_newest_ones_or_of_the_same_again(
    group: Group,
) -> None:
    asked = "sheet.people?period=2026-07..2026-09"
    follows, same = group.noted(asked, follows="1"), group.noted(asked, follows="0")
    assert "Jul – Sep 2026" in main_of(group.client("member").get(follows))
    group.publish()
    moved = main_of(group.client("member").get(follows))
    assert "Aug – Oct 2026" in moved
    assert "Now tells of the newest months, as many as then." in moved
    assert "period=2026-08..2026-10" in moved
    again = main_of(group.client("member").get(same))
    assert "Aug – Oct 2026" not in again
    assert "Then and now tell of the same months." in again
    assert "period=2026-07..2026-09" in again


def test_a_decision_is_late_after_the_month_in_which_it_was_due(group: Group) -> None:
    place = group.noted()
    assert ">Late<" not in main_of(group.client("analyst").get(place))
    clock = group.signed.accounts.clock
    object.__setattr__(group.signed.accounts, "clock", lambda: clock() + 65 * 86_400)
    client = group.client("analyst")
    assert ">Late<" in main_of(client.get(place))
    group.signed.post(client, f"{place}/done")
    page = main_of(client.get(place))
    assert ">Late<" not in page
    assert "Done since" in page


def test_a_long_log_is_read_page_by_page(group: Group) -> None:
    accounts = group.signed.accounts
    releases = Releases(group.releases)
    found = figure.find("sheet.people", releases)
    kept = figure.answers_in(found.figure, found.release, releases)
    for number in range(17):
        draft = decisions.Draft(
            f"Action {number:02}", "secretariat", Month(2026, 1).plus(number), found.figure,
            found.release.id, found.months, follows=False,
        )  # fmt: skip
        decisions.note(accounts, draft, kept, "somebody")
    client = group.client("member")
    first, second = (main_of(client.get(f"/decisions?page={page}")) for page in (1, 2))
    assert ["Action 00" in first, "Action 14" in first, "Action 15" in first] == [True, True, False]
    assert ["Action 15" in second, "Action 16" in second] == [True, True]
    for page in ("0", "-3", "99", "x", "9" * 30):
        assert client.get(f"/decisions?page={page}").status_code == 200


def test_what_fails_now_is_told_in_the_log_and_cannot_be_said(
    group: Group, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    place = group.noted()
    group.publish()

    def fails(*_: object) -> str:
        raise QueryTimeout("too long")

    monkeypatch.setattr(follow_up, "answer_in", fails)
    page = main_of(group.client("member").get(place))
    assert "Cannot say: the newest edition does not answer this." in page
    assert "overview.trend failed" in caplog.text
    times = caplog.text.count("overview.trend failed")
    assert page == main_of(group.client("member").get(place))
    assert caplog.text.count("overview.trend failed") == times  # not asked again at once


@pytest.mark.parametrize(
    "broken",
    [
        "DELETE FROM decision_answer",  # a language that the product learned later
        "UPDATE decision_answer SET answer = x'00'",
        "UPDATE decision SET exhibit = 'overview.gone'",
        "UPDATE decision SET query = 'level=ward'",
    ],
)
def test_one_decision_that_cannot_be_read_is_not_the_whole_log(group: Group, broken: str) -> None:
    place = group.noted()
    with group.signed.accounts.store.writing() as connection:
        connection.execute(broken)
    whole = group.noted("sheet.people", action="Another one")
    for publish in (lambda: None, group.publish):
        publish()
        client = group.client("member")
        for address in ("/decisions", place, whole):
            assert client.get(address).status_code == 200
    log = main_of(client.get("/decisions"))
    assert ACTION in log
    assert "Another one" in log
    assert "Cannot say: the newest edition does not answer this." in main_of(client.get(place))


def test_an_answer_of_another_shape_is_not_the_whole_log(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later version may name what an answer holds otherwise."""
    place = group.noted()
    group.publish()
    monkeypatch.setattr(follow_up, "answer_in", lambda *_: '{"heading": "x"}')
    page = main_of(group.client("member").get(place))
    assert "Cannot say: the newest edition does not answer this." in page


def test_an_older_edition_is_no_source_of_a_decision(group: Group) -> None:
    """Members read what is noted, and may open no older edition; it may be replaced meanwhile."""
    clients = [group.client(who) for who in ("coordinator", "analyst", "administrator")]
    group.publish()
    for client in clients:
        answer = group.form(client, f"{FIGURE}&edition={RELEASE}")
        page = main_of(answer)
        assert answer.status_code == 409
        for text in ("A newer edition is out", f"{ACTION}</textarea>", f"edition={NEWER}"):
            assert text in page
    assert decisions.count(group.signed.accounts, is_open=True) == 0


def test_months_that_an_edition_did_not_hold_yet_are_not_compared_with_more(group: Group) -> None:
    """Of seven months asked for it held six, and the next one holds all seven."""
    same = group.noted("sheet.people?period=2026-04..2026-10", follows="0")
    moved = group.noted("sheet.people?period=2026-04..2026-10", follows="1")
    group.publish()
    page = main_of(group.client("member").get(same))
    assert "Cannot say: the two do not count the same whole months, or as many." in page
    again = main_of(group.client("member").get(moved))
    assert "May – Oct 2026" in again  # as many as were counted
    assert "as many." not in again


def test_what_an_edition_does_not_know_any_more_is_not_left_out_of_the_question(
    group: Group,
) -> None:
    releases = Releases(group.releases)
    strange = figure.Figure("sheet.people", "area=BD999999&period=2026-07..2026-09")
    release = releases.current()
    assert figure.moved_on(strange, 3, release) == strange
    assert figure.months_in(strange, release) is None


@pytest.mark.parametrize(
    ("exhibits", "asked", "known", "lengths"),
    [(QUARTERS_TOO, "2026-07..2026-09", "2024-01..2026-09", [3, 3, 3]),
     (QUARTERS_TOO, "2026-07..2026-09", "2024-01..2026-08", [2, 2, None]),
     (QUARTERS_TOO, "2025-11..2026-10", "2024-01..2026-10", [12, 13, 12]),
     (QUARTERS_TOO, "2027-01..2027-03", "2024-01..2026-09", [None, None, None]),
     (["routes.map"], "2025-11..2026-10", "2024-01..2026-10", [12]),
     (["overview.indicators"], "2025-11..2026-10", "2024-01..2026-08", [10])],
)  # fmt: skip
def test_who_counts_quarters_counts_those_that_are_closed_and_what_is_held_of_others(
    exhibits: list[str], asked: str, known: str, lengths: list[int | None]
) -> None:
    load()
    for exhibit in exhibits:
        asking = figure.Figure(exhibit, "")
        found = figure.counted_months(asking, Span.parse(asked), Span.parse(known))
        assert [span and span.months for span in found] == lengths
