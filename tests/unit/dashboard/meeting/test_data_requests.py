"""Data requests: noted by organisation, answered with an edition for the public or not at all."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboard.access.audit import latest
from dashboard.meeting import data_requests
from dashboard.meeting.data_requests import ASKERS, DECIDERS, OUTCOMES, SHOWN_NO_MORE, Answer, Draft
from dashboard.model.languages import LANGUAGES
from dashboard.model.release import PUBLIC_FOLDER, TAKEN_BACK_SUFFIX
from dashboard.release.withheld import Withheld
from dashboard.words.catalogue import translate
from tests.support.accounts import Clock, checked, goes_by, signed_application
from tests.support.application import RELEASE
from tests.support.hostile import LABELS, SQL
from tests.support.releases import build_release, point_to
from tests.unit.dashboard.meeting.conftest import Group, main_of

ORGANISATION, PURPOSE = "Bay of Bengal Institute", "Numbers by district, for a study of sea routes"
FEW = {"months": 3, "per_month": 20}
#: When editions of tests were made.
BUILT = datetime(2026, 10, 16, 9, 40, tzinfo=UTC)
READERS = ("member", "partner", "coordinator", "analyst", "administrator")
WRITERS = READERS[2:]


@pytest.fixture
def group(tmp_path: Path) -> Group:
    """A group that a test has for itself, over few units."""
    return Group(signed_application(tmp_path, **FEW), tmp_path / "releases")


def day(group: Group, ago: int = 0) -> str:
    """A day before that of the clock."""
    now = datetime.fromtimestamp(group.signed.accounts.clock(), UTC).date()
    return str(now - timedelta(ago))


def sent(group: Group, who: str = "coordinator", **fields: str) -> TestResponse:
    """Send the form of a request."""
    filled = {"asker": "research", "organisation": ORGANISATION, "purpose": PURPOSE,
              "asked_on": day(group, 9)}  # fmt: skip
    return group.signed.send(group.client(who), "/data-requests/new", **{**filled, **fields})


def noted(group: Group, **fields: str) -> str:
    """Where a request stands that was noted."""
    answer = sent(group, **fields)
    assert answer.status_code == 303, main_of(answer)
    return answer.location


def answered(group: Group, place: str, who: str = "coordinator", **fields: str) -> TestResponse:
    """Send the form of an answer as its page shows it now."""
    filled = {"outcome": "declined", "decider": "working_group", "answered_on": day(group, 2)}
    filled |= {"seen": seen_on(group.client(who).get(place))}
    client = group.client(who)
    return group.signed.post(client, f"{place}/answer", **{**filled, **fields})


def corrected(group: Group, place: str, who: str = "coordinator", **fields: str) -> TestResponse:
    """Send the form with which a request is corrected, filled in as it is shown now."""
    client = group.client(who)
    page = client.get(f"{place}/correct")
    filled = {"asker": "research", "organisation": ORGANISATION, "purpose": PURPOSE,
              "asked_on": day(group, 9), "seen": seen_on(page)}  # fmt: skip
    return group.signed.post(client, f"{place}/correct", **{**filled, **fields})


def seen_on(page: TestResponse) -> str:
    """The revision that a page shows, "" where it has no form."""
    match = re.search(r'name="seen" value="(\d+)"', page.text)
    return match[1] if match else ""


def with_public(group: Group, audience: str = "public", **rest: Any) -> Path:
    """Put an edition into the folder of those for the public, and wait ten days; its file."""
    folder = group.releases / PUBLIC_FOLDER
    folder.mkdir()
    file = folder / f"{RELEASE}.duckdb"
    build_release(file, audience=audience, **FEW, **rest)
    point_to(folder, RELEASE)
    set_clock(group, BUILT + timedelta(10))
    return file


def set_clock(group: Group, now: datetime) -> None:
    """Let it be then for everybody."""
    goes_by(group.signed.accounts, Clock(int(now.timestamp())))


def test_a_request_is_noted_and_everybody_in_the_group_reads_it(group: Group) -> None:
    place = noted(group)
    for who in READERS:
        for page in ("/data-requests", place):
            said = main_of(group.client(who).get(page))
            for text in (ORGANISATION, PURPOSE, "University or research", "Waits 9 days"):
                assert text in said, (who, page)
            assert "coordinator@agency.example" not in said
    (entry,) = latest(group.signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("data request noted", "coordinator@agency.example")
    assert ORGANISATION not in json.dumps(dict(entry.about))


@pytest.mark.parametrize("who", READERS[:2])
def test_who_may_only_read_notes_and_answers_nothing(group: Group, who: str) -> None:
    place = noted(group)
    client = group.client(who)
    assert client.get("/data-requests/new").status_code == 403
    assert corrected(group, place, who).status_code == 403
    assert group.signed.post(client, "/data-requests/new").status_code == 403
    assert answered(group, place, who).status_code == 403
    assert "<form" not in main_of(client.get(place))
    assert "/data-requests/new" not in main_of(client.get("/data-requests"))
    (kept,) = data_requests.listed(group.signed.accounts, waits=True, most=9)
    assert kept.answer is None


@pytest.mark.parametrize("who", WRITERS)
def test_an_edition_for_the_public_is_given(group: Group, who: str) -> None:
    with_public(group)
    place = noted(group)
    assert RELEASE in main_of(group.client(who).get(place))
    answer = answered(group, place, who, outcome="given", release=RELEASE)
    assert (answer.status_code, answer.location) == (303, place)
    said = main_of(group.client("member").get(place))
    assert f"Given: edition for the public {RELEASE}, data to" in said
    assert "Whole working group" in said
    assert ORGANISATION not in main_of(group.client("member").get("/data-requests"))
    assert ORGANISATION in main_of(group.client("member").get("/data-requests?show=closed"))
    (entry, *_) = latest(group.signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("data request answered", f"{who}@agency.example")
    assert dict(entry.about) == {
        "request": "1", "outcome": "given", "decider": "working_group", "release": RELEASE,
        "answered_on": day(group, 2),
    }  # fmt: skip
    assert checked(group.signed.accounts).number == 3


@pytest.mark.parametrize("audience", ["member", None])
def test_what_is_not_for_the_public_is_never_given(group: Group, audience: str | None) -> None:
    """Neither the members' edition nor one of theirs that was laid into the other folder."""
    if audience:
        with_public(group, audience)
    place = noted(group)
    assert "There is no edition for the public yet." in main_of(group.client("analyst").get(place))
    for release in (RELEASE, "", "no such edition"):
        answer = answered(group, place, outcome="given", release=release)
        assert answer.status_code == 400
        assert "Choose the edition that was given." in main_of(answer)
    (kept,) = data_requests.listed(group.signed.accounts, waits=True, most=9)
    assert kept.answer is None


def test_a_public_dashboard_gives_its_own_editions(tmp_path: Path) -> None:
    own = Group(signed_application(tmp_path, audience="public", **FEW), tmp_path / "releases")
    place = noted(own)
    assert f'<option value="{RELEASE}"' in main_of(own.client("coordinator").get(place))


def test_records_themselves_are_nothing_to_give_beyond_this_machine(tmp_path: Path) -> None:
    """An invented store may be published for the public without protection, for trying."""
    for place, offered in ((None, True), ("atlas.example", False)):
        folder = tmp_path / str(offered)
        signed = signed_application(folder, place, **FEW)
        with_public(Group(signed, folder / "releases"), base=1)
        view: Any = signed.app.server.view_functions["meeting.data_requests"]
        (room,) = view.args
        found = data_requests.editions_to_give(room.releases, room.public)
        assert (RELEASE in found) == offered


def test_an_edition_that_was_taken_back_since_is_said_to_be(group: Group) -> None:
    file = with_public(group)
    place = noted(group)
    answered(group, place, outcome="given", release=RELEASE)
    told = "If it was taken back, tell"
    assert told not in main_of(group.client("member").get("/data-requests"))
    file.with_name(file.name + TAKEN_BACK_SUFFIX).touch()
    said = main_of(group.client("member").get(place))
    assert "It is shown no more. If it was taken back, tell the organisation." in said
    first = main_of(group.client("member").get("/data-requests"))
    assert f'{told}: <a href="{place}">{ORGANISATION}</a>' in first


def test_an_edition_that_is_only_held_back_is_told_once_it_is_taken_back(group: Group) -> None:
    file = with_public(group)
    place = noted(group)
    answered(group, place, outcome="given", release=RELEASE)
    Withheld(group.signed.accounts.folder).withhold(RELEASE)
    assert "It is shown no more." in main_of(group.client("member").get(place))
    first = main_of(group.client("member").get("/data-requests"))
    assert "If it was taken back, tell" not in first
    file.with_name(file.name + TAKEN_BACK_SUFFIX).touch()
    first = main_of(group.client("member").get("/data-requests"))
    assert "If it was taken back, tell" in first


def test_the_answer_of_an_edition_that_is_gone_can_still_be_corrected(group: Group) -> None:
    file = with_public(group)
    place, other = noted(group), noted(group)
    answered(group, place, outcome="given", release=RELEASE)
    file.with_name(file.name + TAKEN_BACK_SUFFIX).touch()
    again = answered(group, place, outcome="given", release=RELEASE, decider="secretariat")
    assert again.status_code == 303
    assert answered(group, other, outcome="given", release=RELEASE).status_code == 400
    first = group.client("member").get("/data-requests")
    assert main_of(first).count("If it was taken back, tell") == 1
    late = answered(group, other, outcome="given", release=SHOWN_NO_MORE)
    assert late.status_code == 303
    for each, held in ((place, RELEASE), (other, SHOWN_NO_MORE)):
        assert "The organisation knows that" in main_of(group.client("analyst").get(each))
        known = answered(group, each, outcome="given", release=held, knows="1")
        assert known.status_code == 303
        assert "The organisation knows." in main_of(group.client("member").get(each))
    first = group.client("member").get("/data-requests")
    assert "If it was taken back, tell" not in main_of(first)
    assert RELEASE in main_of(group.client("member").get(place))
    told = main_of(group.client("member").get(other))
    assert "Given: an edition for the public that is shown no more." in told


def test_no_edition_was_given_before_it_was_made(group: Group) -> None:
    with_public(group)
    before = str(BUILT.date() - timedelta(3))
    place = noted(group, asked_on=before)
    answer = answered(group, place, outcome="given", release=RELEASE, answered_on=before)
    assert answer.status_code == 400
    assert "made after that day" in main_of(answer)


def test_an_edition_stands_only_where_one_was_given(group: Group) -> None:
    with_public(group)
    place = noted(group)
    answered(group, place, outcome="declined", release=RELEASE)
    (kept,) = data_requests.listed(group.signed.accounts, waits=False, most=9)
    assert kept.answer
    assert kept.answer.release == ""
    assert RELEASE not in main_of(group.client("member").get(place))


def test_an_answer_is_corrected_and_the_record_keeps_both(group: Group) -> None:
    place = noted(group)
    answered(group, place)
    assert "Correct the answer" in main_of(group.client("coordinator").get(place))
    answered(group, place, outcome="withdrawn", decider="secretariat")
    (kept,) = data_requests.listed(group.signed.accounts, waits=False, most=9)
    on = date.fromisoformat(day(group, 2))
    assert kept.answer == Answer("withdrawn", "", None, on)
    assert "Decided by" not in main_of(group.client("member").get(place))
    told = [entry.about.get("outcome") for entry in latest(group.signed.accounts.folder, 3)]
    assert told == ["withdrawn", "declined", None]


def test_what_was_written_by_mistake_stands_nowhere_any_more(group: Group) -> None:
    place = noted(group, organisation="Mr Somebody")
    answered(group, place)
    late = corrected(group, place, asked_on=day(group, 1))
    assert late.status_code == 400
    assert "not after that of the answer" in main_of(late)
    answer = corrected(group, place, asked_on=day(group, 8))
    assert (answer.status_code, answer.location) == (303, place)
    for page in (place, "/data-requests?show=closed", f"{place}/correct"):
        said = main_of(group.client("coordinator").get(page))
        assert ORGANISATION in said
        assert "Mr Somebody" not in said
    with group.signed.accounts.store.reading() as connection:
        assert connection.execute("PRAGMA secure_delete").fetchone()[0] == 1
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in group.signed.accounts.folder.iterdir():
        assert b"Mr Somebody" not in file.read_bytes(), file
    (entry, *_) = latest(group.signed.accounts.folder, 1)
    assert entry.event == "data request corrected"
    assert dict(entry.about) == {"request": "1", "asker": "research", "asked_on": day(group, 8)}


def test_who_changes_what_somebody_changed_meanwhile_is_shown_it_first(group: Group) -> None:
    place = noted(group)
    answered(group, place)
    for send, said in ((answered, "Declined"), (corrected, ORGANISATION)):
        late = send(group, place, who="analyst", seen="0")
        assert late.status_code == 409
        assert "Somebody changed this request meanwhile." in main_of(late)
        assert said in main_of(late)
        assert send(group, place, seen="").status_code == 409
        assert send(group, place, seen="9" * 30).status_code == 409
    faulty = corrected(group, place, seen="0", organisation="")
    assert faulty.status_code == 409  # or the form with its fault would bring the newer revision
    faulty = answered(group, place, seen="0", decider="")
    assert faulty.status_code == 409
    (kept,) = data_requests.listed(group.signed.accounts, waits=False, most=9)
    assert kept.revision == 1


def test_what_was_typed_is_not_lost_and_the_fault_stands_at_its_field(group: Group) -> None:
    answer = sent(group, asker="", organisation="", purpose="Call 01712 345678", asked_on="soon")
    page = main_of(answer)
    assert answer.status_code == 400
    assert "Call 01712 345678</textarea>" in page
    for field, said in (
        ("asker", "Choose one"),
        ("organisation", "Write something"),
        ("purpose", "looks like a phone"),
        ("asked_on", "at most three years back"),
    ):
        fault = page.partition(f'id="fault-{field}">')[2].partition("</p>")[0]
        assert said in fault, field
    assert data_requests.listed(group.signed.accounts, waits=True, most=9) == []


@pytest.mark.parametrize("ago", [-1, -2, -400, 4_000])
def test_a_day_that_has_not_begun_or_is_long_over_is_none(group: Group, ago: int) -> None:
    set_clock(group, BUILT)
    assert sent(group, asked_on=day(group, ago)).status_code == 400


@pytest.mark.parametrize("ago", [-1, -2, 10, 400])
def test_no_answer_before_the_request_or_after_today(group: Group, ago: int) -> None:
    set_clock(group, BUILT)
    place = noted(group)
    answer = answered(group, place, answered_on=day(group, ago))
    assert answer.status_code == 400
    assert "not before it was asked" in main_of(answer)


def test_whose_day_begins_earlier_may_write_it(group: Group) -> None:
    set_clock(group, BUILT.replace(hour=10, minute=0))  # the next day has begun in Kiribati
    place = noted(group, asked_on=day(group, -1))
    assert answered(group, place, answered_on=day(group, -1)).status_code == 303
    assert "Waits" not in main_of(group.client("member").get(place))


@pytest.mark.parametrize("field", ["outcome", "decider", "answered_on"])
@pytest.mark.parametrize("text", ["", "x", "' OR 1=1 --"])
def test_an_answer_lacks_nothing(group: Group, field: str, text: str) -> None:
    place = noted(group)
    assert answered(group, place, **{field: text}).status_code == 400
    assert data_requests.tally(group.signed.accounts).waiting == 1


def test_the_log_tells_its_year_in_numbers(group: Group) -> None:
    accounts = group.signed.accounts
    for waited, outcome in ((1, "declined"), (4, "given"), (8, "given"), (30, "withdrawn")):
        asked = date.fromisoformat(day(group, 60))
        number = data_requests.note(accounts, Draft("media", ORGANISATION, PURPOSE, asked), "x")
        given = Answer(outcome, "", "co_leads", asked + timedelta(waited))  # pyright: ignore[reportArgumentType]
        assert data_requests.answer(accounts, number, given, "x", revision=0)
    noted(group, asked_on=day(group, 364))
    noted(group, asked_on=day(group, 365))
    tally = data_requests.tally(accounts)
    assert (tally.waiting, tally.closed, tally.days) == (2, 4, 4)
    assert tally.of_year == {"given": 2, "declined": 1, "withdrawn": 1, "": 1}
    said = main_of(group.client("member").get("/data-requests"))
    assert "Asked in the last twelve months: 2 given, 1 declined, 1 waiting." in said
    assert "Half of those answered had their answer within 4 days." in said


def test_who_waits_longest_comes_first_and_all_can_be_paged(group: Group) -> None:
    accounts = group.signed.accounts
    for ago in range(20):
        asked = date.fromisoformat(day(group, ago))
        data_requests.note(accounts, Draft("ngo", f"Agency {ago}.", PURPOSE, asked), "x")
    first = main_of(group.client("member").get("/data-requests"))
    last = main_of(group.client("member").get("/data-requests?page=2"))
    assert first.index("Agency 19.") < first.index("Agency 18.")
    assert "Page 1 of 2" in first
    for ago in range(20):
        assert (f"Agency {ago}." in first) != (f"Agency {ago}." in last)


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_words_are_kept_as_they_were_typed_and_escaped(shared: Group, text: str) -> None:
    name, purpose = text[:80].strip(), text[:300]
    asked = date(2026, 9, 1)
    accounts = shared.signed.accounts
    number = data_requests.note(accounts, Draft("other", name, purpose, asked), "x")
    kept = data_requests.find(accounts, number)
    assert kept is not None
    assert (kept.organisation, kept.purpose) == (name, purpose)
    page = shared.client("member").get(f"/data-requests/{number}").text
    shown = escape(name).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")
    assert f'<p class="log-action">{shown}</p>' in page
    if "<" in text:
        assert text not in page


@pytest.mark.parametrize("page", ["", "/new", "/1", "/1/correct"])
def test_the_pages_speak_bangla(tmp_path: Path, page: str) -> None:
    group = Group(signed_application(tmp_path, **FEW), tmp_path / "releases")
    noted(group)
    said = main_of(group.client("coordinator").get(f"/data-requests{page}?lang=bn"))
    assert "meeting." not in said
    assert "অনুরোধ" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_is_said_in_words(group: Group, lang: str) -> None:
    client = group.client("coordinator")
    for asker in ASKERS:
        place = noted(group, asker=asker)
        told = main_of(client.get(f"{place}?lang={lang}"))
        assert translate(f"meeting.asker.{asker}", lang) in told
    for decider in DECIDERS:
        assert answered(group, place, decider=decider).status_code == 303
        told = main_of(client.get(f"{place}?lang={lang}"))
        assert f"<strong>{translate(f'meeting.decider.{decider}', lang)}</strong>" in told
    for outcome in OUTCOMES:
        answer = answered(group, place, outcome=outcome, release=SHOWN_NO_MORE)
        assert answer.status_code == 303
        told = main_of(client.get(f"{place}?lang={lang}"))
        assert f">{translate(f'meeting.outcome.{outcome}', lang)}</span>" in told


def test_what_is_not_there_is_not_found(group: Group) -> None:
    found = group.client("analyst").get("/data-requests/7")
    assert (found.status_code, "To the first page" in found.text) == (404, True)
    assert answered(group, "/data-requests/7").status_code == 404
    assert corrected(group, "/data-requests/7").status_code == 404
