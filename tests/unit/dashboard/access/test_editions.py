"""An administrator holds an edition back, and shows it again; nobody else does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.access.audit import Entry, latest
from dashboard.model.release import TAKEN_BACK_SUFFIX
from dashboard.release.withheld import FILE
from tests.support.accounts import Signed, signed_application
from tests.support.application import RELEASE
from tests.support.releases import LAST_MONTH, copy_of_release, point_to

NEWER = "2026-10-20261116t094000-1b2c3d4e"
FEW = {"months": 3, "per_month": 20}


@pytest.fixture
def signed(tmp_path: Path) -> Signed:
    """An application with two editions."""
    made = signed_application(tmp_path, **FEW)
    folder = tmp_path / "releases"
    copy_of_release(folder / f"{NEWER}.duckdb", seed=2, last_month=LAST_MONTH.plus(1), **FEW)
    point_to(folder, NEWER)
    return made


def change(signed: Signed, release: str, what: str, who: str = "administrator") -> int:
    """Send the form of a change; the status of the answer."""
    return signed.post(signed.client(who), f"/editions/{release}/{what}").status_code


def entered(signed: Signed) -> list[Entry]:
    """What the record says of holding back, the newest first."""
    events = ("edition held back", "edition shown again")
    return [entry for entry in latest(signed.accounts.folder, 9) if entry.event in events]


def shown_to(signed: Signed, who: str) -> str:
    """The id of the edition that a role sees."""
    return (
        signed.client(who).get("/exhibit/overview.trend.json").get_json()["release"]["release_id"]
    )


def test_readers_see_the_edition_before_until_it_is_shown_again(signed: Signed) -> None:
    assert shown_to(signed, "analyst") == NEWER
    assert change(signed, NEWER, "hold") == 303
    assert shown_to(signed, "analyst") == RELEASE
    page = signed.client("administrator").get("/editions").text
    assert page.index("Held back") < page.index("Shown to readers")
    assert f"/editions/{NEWER}/show" in page
    older = signed.client("analyst").get(f"/exhibit/overview.trend.json?edition={NEWER}")
    assert older.status_code != 200 or older.get_json()["release"]["release_id"] == RELEASE
    assert change(signed, NEWER, "show") == 303
    assert shown_to(signed, "analyst") == NEWER
    told = [(e.event, e.who, e.about["release"]) for e in entered(signed)]
    who = "administrator@agency.example"
    assert told == [("edition shown again", who, NEWER), ("edition held back", who, NEWER)]


def test_where_all_are_held_back_the_page_still_gives_them_back(signed: Signed) -> None:
    for release in (NEWER, RELEASE):
        assert change(signed, release, "hold") == 303
    page = signed.client("administrator").get("/editions")
    assert page.status_code == 200
    assert "Nobody sees any edition now." in page.text
    for path in ("/decisions", "/flags", "/views", "/data-requests"):
        told = signed.client("administrator").get(path, headers={"Accept": "text/html"})
        assert 'href="/editions"' in told.text, path
    for lang, said in (("en", "do not show it now"), ("bn", "দেখাচ্ছেন না")):
        layout = signed.client("member").get("/_dash-layout", headers={"Referer": f"/?lang={lang}"})
        assert said in layout.get_data(as_text=True).encode().decode("unicode_escape") or (
            said in layout.text
        )
        assert "etl demo" not in layout.text
    assert change(signed, RELEASE, "show") == 303
    assert shown_to(signed, "analyst") == RELEASE


@pytest.mark.parametrize("who", ["member", "partner", "coordinator", "analyst"])
def test_nobody_else_does(signed: Signed, who: str) -> None:
    assert signed.client(who).get("/editions", headers={"Accept": "text/html"}).status_code == 403
    assert change(signed, NEWER, "hold", who) == 403
    assert shown_to(signed, "analyst") == NEWER


def test_who_is_second_is_led_on_and_the_record_says_it_once(signed: Signed) -> None:
    for _ in range(2):
        assert change(signed, NEWER, "hold") == 303
    for _ in range(2):
        assert change(signed, NEWER, "show") == 303
    events = [entry.event for entry in entered(signed)]
    assert events == ["edition shown again", "edition held back"]


def test_what_is_shown_though_its_file_went_away_can_be_held_back(
    signed: Signed, tmp_path: Path
) -> None:
    assert shown_to(signed, "analyst") == NEWER
    (tmp_path / "releases" / f"{NEWER}.duckdb").unlink()
    page = signed.client("administrator").get("/editions").text
    assert f"/editions/{NEWER}/hold" in page
    assert change(signed, NEWER, "hold") == 303
    assert shown_to(signed, "analyst") == RELEASE


def test_a_torn_list_can_still_be_read_and_mended(signed: Signed) -> None:
    (signed.accounts.folder / FILE).write_bytes(b"\0\0 nothing\n")
    assert signed.client("administrator").get("/editions").status_code == 200


@pytest.mark.parametrize("release", ["2026-01-none", "..", "%00", "x" * 300, "উ"])
@pytest.mark.parametrize("what", ["hold", "show"])
def test_what_is_no_edition_is_not_kept(signed: Signed, release: str, what: str) -> None:
    assert change(signed, release, what) in (400, 404)
    assert entered(signed) == []


def test_an_edition_waits_until_an_administrator_shows_it(tmp_path: Path) -> None:
    signed, folder = signed_application(tmp_path, editions_wait=True, **FEW), tmp_path / "releases"
    assert "Nobody sees any edition now." in signed.client("administrator").get("/editions").text
    assert change(signed, RELEASE, "show") == 303
    assert shown_to(signed, "analyst") == RELEASE
    copy_of_release(folder / f"{NEWER}.duckdb", seed=2, last_month=LAST_MONTH.plus(1), **FEW)
    point_to(folder, NEWER)
    assert shown_to(signed, "analyst") == RELEASE
    older = signed.client("analyst").get(f"/exhibit/overview.trend.json?edition={NEWER}")
    assert older.status_code != 200 or older.get_json()["release"]["release_id"] == RELEASE
    page = signed.client("administrator").get("/editions").text
    assert "A new edition waits here until you show it." in page
    assert page.index("Waits until you show it") < page.index("Shown to readers")
    assert f'aria-label="Show to readers: {NEWER}"' in page
    assert f'action="/editions/{NEWER}/show"' in page
    assert [change(signed, NEWER, "show", who) for who in ("coordinator", "analyst")] == [403, 403]
    assert shown_to(signed, "analyst") == RELEASE
    assert change(signed, NEWER, "hold") == 303  # it is shown to nobody as it is
    assert change(signed, NEWER, "show") == 303
    assert shown_to(signed, "analyst") == NEWER
    assert change(signed, NEWER, "hold") == 303  # and back
    assert shown_to(signed, "analyst") == RELEASE
    assert change(signed, NEWER, "show") == 303
    events = ("edition shown", "edition held back", "edition shown again")
    told = [entry.event for entry in latest(signed.accounts.folder, 20) if entry.event in events]
    assert told == ["edition shown again", "edition held back", "edition shown", "edition shown"]


@pytest.mark.parametrize("editions_wait", [True, False])
def test_what_the_operator_took_back_is_nobodys_to_show(
    tmp_path: Path, *, editions_wait: bool
) -> None:
    signed = signed_application(tmp_path, editions_wait=editions_wait, **FEW)
    if not editions_wait:
        assert change(signed, RELEASE, "hold") == 303
    assert RELEASE in signed.client("administrator").get("/editions").text
    (tmp_path / "releases" / f"{RELEASE}.duckdb{TAKEN_BACK_SUFFIX}").touch()
    assert RELEASE not in signed.client("administrator").get("/editions").text
    assert change(signed, RELEASE, "show") == 404
