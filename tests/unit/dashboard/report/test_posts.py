"""The route that gives a file: what it takes, and fifty things that it refuses with a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.report.contents import LONGEST
from tests.support.application import RELEASE, answered, application, client_of

ONE = "?figures=overview.people%3Fperiod%3D2025-10..2026-09&form=xlsx"
WORDS = [
    "", "x", "[]", "5", "null", '{"overview.trend": 5}', '{"a": ["b"]}', '{"a": null}',
    '{"a": "' + "x" * (2 * LONGEST + 1) + '"}', "[" * 3000, '{"a"}', "{" * 50, "NaN", '"text"',
    json.dumps({str(at): "x" for at in range(61)}),
]  # fmt: skip
ADDRESSES = [
    "?template=nothing", "?template=corridor", "?template=area", "?template=corridor&about=nowhere",
    "?template=area&about=BD99", "?month=2026-12", "?month=1999-01", "?readers=public",
    "?figures=overview.trend%3Fsex%3Drobot", "?figures=overview.trend%3Fcolour%3Dred",
    "?figures=overview.trend%3Fperiod%3D2026-13", "?figures=overview.trend%3Farea%3DXX",
    "?figures=overview.trend%3Fsex%3Dfemale%26sex%3Dmale", "?template=corridor&about=../x",
    "?figures=" + "!".join(["overview.trend%3Farea%3DXX"] * 30), "?month=2030-01&readers=public",
    "?template=area&about=%00", "?figures=hotspots.camps%3Fcamp%3Dx",
    "?template=public&month=2031-01",
    "?figures=routes.map%3Fview%3Dnowhere",
]  # fmt: skip
TEXTS = [
    "Call 01712345678", "a@b.org", "House 12, Road 5", "x" * (LONGEST + 1), "a\u202eb",
    "NID 1234567890", "block C-3", "case REG 12345", "at 21.2134, 92.1612", "number 12345678",
    "AB1234567 is a passport", "\u0000", "c/o somebody", "01812-345-678", "+8801712345678",
]  # fmt: skip
REFUSED = [
    *((ONE, words) for words in WORDS),
    *((address, "{}") for address in ADDRESSES),
    *((ONE, json.dumps({"overview.people?period=2025-10..2026-09": text})) for text in TEXTS),
]


def ask(client: FlaskClient, address: str, words: str = "{}") -> tuple[int, str]:
    answer = client.post("/report/file", data={"address": address, "words": words})
    return answer.status_code, answer.text if answer.mimetype == "text/plain" else answer.mimetype


def test_a_file_is_given_with_its_name(client: FlaskClient) -> None:
    answer = client.post("/report/file", data={"address": ONE})
    assert answer.status_code == 200
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    name = answer.headers["Content-Disposition"]
    assert RELEASE in name
    assert name.endswith('.xlsx"')
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("address", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_makes_no_report_is_refused_with_a_sentence_that_does_not_repeat_it(
    address: str, words: str, client: FlaskClient
) -> None:
    status, sentence = ask(client, address, words)
    assert status in (400, 503), (status, sentence)
    assert sentence.count("\n") == 1
    assert sentence[:1].isupper() or sentence[:1] in "0123456789"
    assert not [text for text in ("Traceback", *TEXTS) if text.strip("\x00") and text in sentence]


def test_another_site_makes_no_report(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/report/file", data={"address": ONE}, headers=headers).status_code == 403


def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    assert client.post("/report/file", data={"words": "x" * 70_000}).status_code == 413


def test_the_page_says_what_the_file_holds(app: Dash) -> None:
    page = answered(app, "/report?month=2026-08#want=page")
    html = page["words"]["report"]
    assert "Monthly brief, Aug 2026" in html
    assert html.count('class="report-item"') == 8
    # Template, figure that is looked at, readers, form and language; no month and no other figure.
    assert html.count('aria-current="true"') == 5
    assert list(page["cards"]) == ["brief.sentences"]
    assert "data-report-file" in html


def test_a_figure_is_listed_by_its_finding_and_by_its_name_where_it_falls_away(app: Dash) -> None:
    figures = "overview.trend!hotspots.camps%3Fcamp%3DCXB-999"
    html = answered(app, f"/report?figures={figures}#want=page")["words"]["report"]
    item = r'report-look"[^>]*><strong>([^<]*)</strong><span>([^<]*)<'
    (trend, kind), *others = re.findall(item, html)
    assert "incidents" in trend
    assert (kind, others) == ("Trend", [("Camps", "Falls away in this report")])


def test_the_page_says_why_there_is_no_report(app: Dash) -> None:
    html = answered(app, "/report?template=corridor#want=page")["words"]["report"]
    assert "Corridor brief: choose what it is about." in html
    assert "report-problem" in html


def test_a_groups_own_look_lies_beside_what_the_server_keeps(tmp_path: Path) -> None:
    app = application(tmp_path)
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "report.pptx").write_bytes(b"no deck")
    status, sentence = ask(client_of(app), ONE.replace("xlsx", "pptx"))
    assert (status, sentence) == (400, "The template is no PPTX file that can be opened.\n")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("month=2026-08", "atlas report monthly --month 2026-08 --lang en --to pptx<"),
        ("template=corridor&about=air_gulf&month=2026-08",
         "atlas report corridor --corridor air_gulf --month 2026-08 --lang en --to pptx<"),
        ("month=2026-08&readers=member&at=2", "--month 2026-08 --lang en --to pptx<"),
        ("template=public&readers=member&month=2026-08", "--to pptx --audience member<"),
        ("figures=overview.trend%3Fperiod%3D2025-10..2026-09", ""),
        ("template=corridor", ""),
    ],
)  # fmt: skip
def test_the_command_makes_the_report_that_is_shown(app: Dash, address: str, said: str) -> None:
    html = answered(app, f"/report?{address}#want=page")["words"]["report"]
    assert ("atlas report" in html) is bool(said)
    assert said in html
