"""Notes on months: beside the lines of their months, as somebody's word, until taken back."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from dashboard.access.audit import latest
from dashboard.meeting import month_notes
from dashboard.meeting.month_notes import MonthNote
from dashboard.model.codes import EVENT_NOTE
from dashboard.model.event_note import EventNote
from dashboard.model.periods import Month, Span
from tests.support.accounts import signed_application
from tests.support.application import RELEASE, answer_body, application, client_of
from tests.support.fragments import said
from tests.support.hostile import LABELS, SQL
from tests.unit.dashboard.meeting.conftest import Group, main_of

CALLBACK = "/_dash-update-component"
TEKNAF, UKHIA = "BD20220090", "BD20220094"
NOTE = {"month": "2026-06", "last_month": "", "kind": "flood", "area": "everywhere",
        "words": "Roads were cut"}  # fmt: skip


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Group:
    """One for the tests that look at nothing but their own note."""
    folder = tmp_path_factory.mktemp("notes")
    return Group(signed_application(folder), folder / "releases")


def write(group: Group, who: str = "coordinator", **fields: str) -> tuple[int, str]:
    """Send the form of a note; the status, and the text of the answer."""
    sent = group.signed.post(group.client(who), "/notes/new", **{**NOTE, **fields})
    return sent.status_code, sent.text


def notes(group: Group) -> list[MonthNote]:
    return month_notes.listed(group.signed.accounts, most=100)


def marks_of(group: Group, who: str, card: str, search: str = "", path: str = "/overview") -> str:
    """What stands under the figure of a card."""
    client = group.client(who)
    body = answer_body(group.signed.app, f"{path}{search}#want=rest&cards={card}")
    given = client.post(CALLBACK, json=body, headers=group.signed.echo(client))
    return given.json["response"]["answer"]["data"]["cards"][card]["parts"]["marks"] or ""


def trend_of(group: Group, who: str = "member", search: str = "") -> str:
    return marks_of(group, who, "overview.trend", search)


def test_a_note_is_read_by_everybody_beside_the_lines_of_its_months(group: Group) -> None:
    assert "Nobody has written a note yet." in main_of(group.client("member").get("/notes"))
    assert write(group, last_month="2026-07", area=TEKNAF)[0] == 303
    told = "Jun – Jul 2026, Flood or cyclone in Teknaf"
    for who in ("member", "partner", "coordinator", "analyst"):
        page = main_of(group.client(who).get("/notes"))
        time = marks_of(group, who, "hotspots.time", path="/hotspots")
        for shown in (page, trend_of(group, who), time):
            assert told in shown
            assert "Roads were cut" in shown
            assert "Noted by: Coordinator" in shown
            assert "coordinator@agency.example" not in shown
        assert ("take-back" in page) == (who in ("coordinator", "analyst"))
    (entry, *_) = latest(group.signed.accounts.folder, 1)
    assert (entry.event, entry.who) == ("note written", "coordinator@agency.example")
    assert entry.about["months"] == "2026-06..2026-07"
    assert (entry.about["kind"], entry.about["area"]) == ("flood", TEKNAF)
    assert "Roads" not in str(entry.about)


def test_it_stands_only_beside_what_it_is_about(group: Group) -> None:
    assert write(group, area=TEKNAF)[0] == 303
    assert "Roads were cut" in trend_of(group, search=f"?area={TEKNAF}")
    assert "Roads were cut" in trend_of(group, search="?area=BD2022")
    assert "Roads were cut" not in trend_of(group, search=f"?area={UKHIA}")
    assert "Roads were cut" not in trend_of(group, search="?period=2024-01..2024-03")
    assert "Roads were cut" not in marks_of(group, "member", "overview.exploitation")


def test_beside_an_edition_that_was_asked_for_stands_nothing_said_later(group: Group) -> None:
    assert write(group)[0] == 303
    assert "Roads were cut" in trend_of(group, "analyst")
    assert "Roads were cut" not in trend_of(group, "analyst", f"?edition={RELEASE}")


def test_a_note_changes_no_figure_and_no_file(group: Group) -> None:
    def answers() -> list[bytes]:
        client = group.client("analyst")
        exhibits = ("overview.trend", "hotspots.time", "sheet.months")
        return [
            client.get(f"/exhibit/{name}.{ending}").data
            for name in exhibits
            for ending in ("json", "csv", "csv?form=tidy")
        ]

    before = answers()
    assert write(group)[0] == 303
    assert answers() == before


def test_a_note_is_taken_back_and_the_record_keeps_that_it_was(group: Group) -> None:
    assert write(group)[0] == 303
    (note,) = notes(group)
    for who, status in (("member", 403), ("partner", 403), ("analyst", 303), ("analyst", 404)):
        sent = group.signed.post(group.client(who), f"/notes/{note.id}/take-back")
        assert sent.status_code == status, who
    assert notes(group) == []
    assert "Roads were cut" not in trend_of(group)
    (entry, *_) = latest(group.signed.accounts.folder, 1)
    assert (entry.event, entry.about) == ("note taken back", {"note": str(note.id)})


def test_a_page_that_was_open_takes_back_no_later_note(group: Group) -> None:
    assert write(group)[0] == 303
    (note,) = notes(group)
    assert month_notes.take_back(group.signed.accounts, note.id, "coordinator@agency.example")
    assert write(group, words="Another")[0] == 303
    late = group.signed.post(group.client("analyst"), f"/notes/{note.id}/take-back")
    assert late.status_code == 404
    assert [each.event.text_en for each in notes(group)] == ["Another"]


def test_the_form_begins_with_what_a_reader_looked_at(group: Group) -> None:
    search = f"?area={TEKNAF}&period=2025-11..2026-03"
    assert f'href="/notes/new?month=2026-03&amp;area={TEKNAF}"' in trend_of(
        group, "coordinator", search
    )
    page = main_of(group.client("coordinator").get(f"/notes/new?month=2026-03&area={TEKNAF}"))
    assert '<option value="2026-03" selected>Mar 2026' in page
    assert f'<option value="{TEKNAF}" selected>Teknaf' in page
    assert "/notes/new" not in trend_of(group, "member", search)
    several = trend_of(group, "coordinator", f"?area={TEKNAF},{UKHIA}")
    assert 'href="/notes/new?area=several"' in several
    for asked, chosen in (("", "everywhere"), ("?area=several", None)):
        page = main_of(group.client("coordinator").get(f"/notes/new{asked}"))
        area = page[page.index('name="area"') : page.index('name="words"')]
        assert re.findall(r'value="(\w*)" selected', area) == ([chosen] if chosen else [])


def test_a_page_in_bangla_says_it_in_bangla(group: Group) -> None:
    assert write(group, area=TEKNAF)[0] == 303
    page = main_of(group.client("member").get("/notes?lang=bn"))
    assert "বন্যা বা ঘূর্ণিঝড়" in page
    assert "টেকনাফ" in page
    assert "টেকনাফ" in trend_of(group, search="?lang=bn")


@pytest.mark.parametrize("who", ["member", "partner"])
def test_who_may_only_read_writes_nothing(group: Group, who: str) -> None:
    assert write(group, who)[0] == 403
    assert group.client(who).get("/notes/new").status_code == 403
    assert notes(group) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"month": "2030-01"}, "Choose one of the list."), ({"month": ""}, "Choose one of the list."),
     ({"last_month": "2026-05"}, "This lies before the first month."),
     ({"last_month": "1999-01"}, "Choose one of the list."),
     ({"kind": "unicorn"}, "Choose one of the list."),
     ({"area": "BD9999"}, "Choose one of the list."), ({"area": ""}, "Choose one of the list."),
     ({"words": ""}, "Write something here."), ({"words": "x" * 161}, "This is too long."),
     ({"words": "Ring 01712 345678"}, "This looks like a phone number.")],
)  # fmt: skip
def test_what_is_no_note_is_not_kept_and_not_lost(
    tried: Group, fields: dict[str, str], said: str
) -> None:
    before = notes(tried)
    status, page = write(tried, **fields)
    assert status == 400
    assert said in page
    assert "Nothing was kept yet." in page
    assert f">{fields.get('words', 'Roads were cut')}</textarea>" in page
    assert notes(tried) == before


def test_notes_have_an_end(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_notes, "MOST", 2)
    assert [write(group)[0] for _ in range(3)] == [303, 303, 409]
    assert "Take one back first." in write(group)[1]
    assert month_notes.count(group.signed.accounts) == 2


def test_a_card_has_the_newest_few_and_the_page_all(group: Group) -> None:
    for month in range(1, 9):
        assert write(group, month=f"2026-0{month}", words=f"Note number {month}")[0] == 303
    marks = trend_of(group)
    assert [n for n in range(1, 9) if f"Note number {n}" in marks] == [4, 5, 6, 7, 8]
    assert "Further notes: 3." in marks
    page = main_of(group.client("member").get("/notes"))
    assert [n for n in range(1, 9) if f"Note number {n}" in page] == [*range(1, 9)]
    assert page.index("Note number 8") < page.index("Note number 1")


def test_a_long_log_has_pages(group: Group) -> None:
    event = EventNote(Month(2026, 6), Month(2026, 6), "flood", "", "Roads were cut", "")
    for _ in range(16):
        assert month_notes.write(group.signed.accounts, event, role="analyst", who="analyst")
    first, second = (group.client("member").get(f"/notes?page={n}").text for n in (1, 2))
    assert (first.count("Roads were cut"), second.count("Roads were cut")) == (15, 1)
    assert 'href="/notes?page=2"' in first


def test_notes_of_some_months_are_found(group: Group) -> None:
    accounts, kind = group.signed.accounts, EVENT_NOTE.values[0]
    for first, last in ((1, 3), (4, 4), (5, 9)):
        event = EventNote(Month(2026, first), Month(2026, last), kind, "", f"From {first}", "")
        assert month_notes.write(accounts, event, role="analyst", who="analyst")
    found = month_notes.within(accounts, Span(Month(2026, 3), Month(2026, 4)))
    assert [note.event.text_en for note in found] == ["From 1", "From 4"]


def test_a_server_without_accounts_has_no_notes(tmp_path: Path) -> None:
    app = application(tmp_path)
    body = answer_body(app, "/overview#want=rest&cards=overview.trend")
    given = client_of(app).post(CALLBACK, json=body)
    parts = given.json["response"]["answer"]["data"]["cards"]["overview.trend"]["parts"]
    assert "/notes" not in (parts["marks"] or "")
    assert client_of(app).post("/notes/new", data=NOTE).status_code in (404, 405)


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_words_are_kept_as_they_were_typed_and_escaped(tried: Group, text: str) -> None:
    status, page = write(tried, words=text)
    assert status == 303, page
    (note,) = notes(tried)
    assert note.event.text_en == text
    page = tried.client("member").get("/notes").text
    assert escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    marks = trend_of(tried)
    if "<" in text:
        assert text not in page + marks
    assert text in said(marks)
    assert month_notes.take_back(tried.signed.accounts, note.id, "coordinator@agency.example")


@pytest.mark.parametrize("text", [*LABELS, *SQL])
def test_what_stands_in_a_choice_is_no_text(tried: Group, text: str) -> None:
    before = notes(tried)
    for field in ("month", "last_month", "kind", "area"):
        status, page = write(tried, **{field: text})
        assert status == 400, field
        assert "<" not in text or text not in page
    assert notes(tried) == before
