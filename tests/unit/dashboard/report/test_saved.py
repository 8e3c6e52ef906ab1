"""A report that is kept among the saved views, and what each role sees of the page."""

from __future__ import annotations

import pytest

from dashboard.meeting.address import Address, in_words, read
from dashboard.release.folder import Releases
from tests.support.accounts import Signed, signed_application
from tests.support.application import answer_body

FIGURES = "overview.trend%3Fsex%3Dfemale!hotspots.map"


def test_a_report_is_kept_by_its_codes_alone(members: Releases) -> None:
    address = read(f"/report?figures={FIGURES}&form=docx&at=1&words=secret&x=y&lang=bn", members)
    assert address == Address("/report", f"figures={FIGURES}&form=docx")
    assert in_words(address, members.current(), "en") == "Report · monthly, figures chosen: 2"
    assert address.in_language("bn").endswith("&lang=bn")


@pytest.mark.parametrize("given", ["//elsewhere/report?figures=x", "https://elsewhere/report"])
def test_no_report_of_another_place_is_kept(given: str, members: Releases) -> None:
    assert read(given, members) is None


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Signed:
    return signed_application(tmp_path_factory.mktemp("signed"))


@pytest.mark.parametrize(
    ("who", "saves"),
    [("member", False), ("coordinator", False), ("analyst", True), ("administrator", False)],
)
def test_who_may_save_is_offered_the_file_and_all_others_are_told(
    who: str, saves: bool, signed: Signed
) -> None:
    client = signed.client(who)
    answer = client.post(
        "/_dash-update-component", json=answer_body(signed.app, "/report#want=page"),
        headers=signed.echo(client),
    )  # fmt: skip
    html = answer.json["response"]["answer"]["data"]["words"]["report"]  # pyright: ignore[reportOptionalSubscript]
    assert ("data-report-file" in html) is saves
    assert ("analysts save them" in html) is not saves
    assert "/views/new?address=%2Freport%3F" in html
    form = {"address": "?figures=overview.people&form=xlsx", "token": signed.token(client)}
    assert client.post("/report/file", data=form).status_code == (200 if saves else 403)
