"""Flags that the group explains: beside the flag, as somebody's word, until its time is over."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

import pytest

from dashboard.access.audit import latest
from dashboard.exhibits.counts.signals import signals
from dashboard.meeting import flags
from dashboard.meeting.flags import Key, open_flags
from dashboard.model.facts import INCIDENTS
from dashboard.model.periods import Month
from dashboard.release.open_release import Release
from tests.support.accounts import signed_application
from tests.support.application import RELEASE, answer_body, application, client_of
from tests.support.fragments import said
from tests.support.hostile import LABELS, SQL
from tests.support.usual import MONTHS, STEADY, TEKNAF, UKHIA, opened, risen, units
from tests.unit.dashboard.meeting.conftest import Group, main_of

RISEN = {
    "months": MONTHS,
    "units": {"incidents": [*STEADY, *units(TEKNAF, 5, until=34), *units(TEKNAF, 30, since=34)]},
}
CALLBACK = "/_dash-update-component"
CARD = "/hotspots#want=rest&cards=hotspots.signals"


@pytest.fixture(scope="module")
def flagged(tmp_path_factory: pytest.TempPathFactory) -> Group:
    """A group whose newest edition flags Teknaf."""
    folder = tmp_path_factory.mktemp("flagged")
    return Group(signed_application(folder, **RISEN), folder / "releases")


def key_in(group: Group) -> Key:
    """The one flag of the edition."""
    return _key_in(group.releases / f"{RELEASE}.duckdb")


@cache
def _key_in(path: Path) -> Key:
    release = Release(path)
    (key,) = open_flags(release)
    release.close()
    return key


def explain(group: Group, who: str = "coordinator", **fields: str) -> tuple[int, str]:
    """Send the form of the flag; the status, and what the page says then."""
    filled = {"flag": str(key_in(group)), "reason": "event", "words": "The river rose", **fields}
    sent = group.post(who, "/flags/explain", **filled)
    return sent.status_code, sent.text


def marks_of(group: Group, who: str, search: str = "") -> str:
    """What stands under the table of flags on the page of hotspots."""
    client = group.client(who)
    body = answer_body(group.signed.app, CARD.replace("#", f"{search}#"))
    given = client.post(CALLBACK, json=body, headers=group.signed.echo(client))
    return given.json["response"]["answer"]["data"]["cards"]["hotspots.signals"]["parts"]["marks"]


def test_a_flag_is_explained_and_everybody_reads_it_beside_the_flag(flagged: Group) -> None:
    assert "Nobody has explained it yet." in main_of(flagged.client("member").get("/flags"))
    assert explain(flagged)[0] == 303
    for who in ("member", "partner", "analyst"):
        page = main_of(flagged.client(who).get("/flags"))
        assert "Teknaf" in page
        assert "<strong>A flood or another event</strong>: The river rose" in page
        assert "Explained by: Coordinator" in page
        marks = marks_of(flagged, who)
        assert "A flood or another event: The river rose" in marks
        assert "coordinator@agency.example" not in page + marks
        assert ('action="/flags/explain"' in page) == (who == "analyst")
    (entry, *_) = latest(flagged.signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("flag explained", "coordinator@agency.example")
    assert entry.about["flag"] == f"{TEKNAF}.more.{key_in(flagged).first}"
    assert "river" not in str(entry.about)
    assert explain(flagged, "analyst", reason="real_change", words="")[0] == 303
    page = main_of(flagged.client("member").get("/flags"))
    assert "<strong>A real rise or fall</strong>" in page
    assert "The river rose" not in page


def test_beside_an_edition_that_was_asked_for_stands_nothing_said_later(flagged: Group) -> None:
    assert explain(flagged)[0] == 303
    assert "The river rose" in marks_of(flagged, "analyst")
    assert "The river rose" not in (marks_of(flagged, "analyst", f"?edition={RELEASE}") or "")


def test_a_server_without_accounts_shows_flags_alone(tmp_path: Path) -> None:
    app = application(tmp_path, **RISEN)
    given = client_of(app).post(CALLBACK, json=answer_body(app, CARD))
    parts = given.json["response"]["answer"]["data"]["cards"]["hotspots.signals"]["parts"]
    assert "Teknaf" in parts["heading"]
    assert "/flags" not in (parts["marks"] or "")


def test_a_flag_is_open_until_the_window_after_it_is_over(tmp_path: Path) -> None:
    rows = STEADY, risen(3), units("BD20220094", 20)
    with opened(tmp_path, *rows) as release:
        assert len(signals(release, INCIDENTS)) == 1
        assert open_flags(release) == {}


def test_the_newest_flag_comes_first(tmp_path: Path) -> None:
    earlier = [*units(TEKNAF, 5, until=33), *units(TEKNAF, 30, since=33)]
    later = [*units(UKHIA, 5, until=35), *units(UKHIA, 60, since=35)]
    with opened(tmp_path, STEADY, earlier, later) as release:
        assert [key.area for key in open_flags(release)] == [UKHIA, TEKNAF]


@pytest.mark.parametrize("who", ["member", "partner"])
def test_who_may_only_read_explains_nothing(flagged: Group, who: str) -> None:
    assert explain(flagged, who)[0] == 403


def test_what_is_no_flag_or_no_reason_is_not_kept(flagged: Group) -> None:
    before = dict(flags.explanations(flagged.signed.accounts))
    for flag in ("", "BD3026.more.2026-09", str(Key(TEKNAF, "fewer", Month(2026, 9)))):
        assert explain(flagged, flag=flag)[0] == 404
    for fields in ({"reason": "unicorn"}, {"words": "Ring 01712 345678"}, {"words": "x" * 161}):
        status, page = explain(flagged, **fields)
        assert status == 400
        assert 'class="field-fault"' in page
        assert f'value="{fields.get("words", "The river rose")}"' in page
    client = flagged.client("coordinator")
    data = {"flag": str(key_in(flagged)), "reason": "event", "token": "0" * 96}
    assert client.post("/flags/explain", data=data).status_code == 400
    assert dict(flags.explanations(flagged.signed.accounts)) == before


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_words_are_kept_as_they_were_typed_and_escaped(flagged: Group, text: str) -> None:
    assert explain(flagged, words=text)[0] == 303
    assert flags.explanations(flagged.signed.accounts)[key_in(flagged)].words == text
    page = flagged.client("member").get("/flags").text
    assert escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    marks = marks_of(flagged, "member")
    if "<" in text:
        assert text not in page + marks
    assert text in said(marks)
