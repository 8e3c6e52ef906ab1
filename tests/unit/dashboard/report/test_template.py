"""Templates: those that come along can be made, and what is wrong in one is a sentence."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import exhibits
from dashboard.model.periods import Month, Span
from dashboard.release.folder import Releases
from dashboard.report import template
from dashboard.report.contents import NoReport, make_report, of_template
from dashboard.report.page import report_page
from dashboard.report.template import BadTemplate

MONTH = Month(2026, 9)
exhibits.load()
GOOD = 'name = "A"\nabout = "B"\nfigures = ["overview.trend?period={last:12}"]\n'
#: What is wrong, and a word of the sentence that says so.
BAD = [
    ("", "name"),
    ("name = 5", "name"),
    ("figures = [", "nvalid"),
    ("\x00", ""),
    ('name = "A"', "about"),
    ('name = "A"\nabout = "B"', "figures"),
    ('name = "A"\nabout = "B"\nfigures = []', "figures"),
    ('name = "A"\nabout = "B"\nfigures = "overview.trend"', "figures"),
    ('name = "A"\nabout = "B"\nfigures = [5]', "figures"),
    ('name = "A"\nabout = "B"\nfigures = ["nothing.there"]', "nothing.there"),
    ('name = "A"\nabout = "B"\nfigures = ["overview.trend?period={week}"]', "week"),
    ('name = "A"\nabout = "B"\nfigures = ["overview.trend?period={last:0}"]', "last:0"),
    ('name = "A"\nabout = "B"\nfigures = ["overview.trend?period={last:9999}"]', "last"),
    ('name = "A"\nabout = "B"\nfigures = ["overview.trend?area={area}"]', "area"),
    (GOOD.replace("period", "perod"), "overview.trend has no 'perod'; it has period"),
    (GOOD.replace("period", "lang"), "'lang'"),
    (GOOD + 'span = "{week}"', "span"),
    (GOOD + "span = 12", "span"),
    (GOOD + "colour = 1", "colour"),
    (GOOD + 'asks = "people"', "asks"),
    (GOOD + "asks = 1", "asks"),
    (GOOD + 'audience = "press"', "audience"),
    (GOOD + "pages = 3", "pages"),
    (GOOD + 'pages = "2"', "pages"),
    (GOOD.replace('"A"', f'"{"A" * 121}"'), "120"),
    (GOOD.replace('"A"', '{ bn = "ক" }'), "name"),
    (GOOD.replace('"A"', "{ en = 3 }"), "name"),
    (GOOD.replace('"A"', '"  "'), "name"),
    ('name = "A"\nabout = "B"\nfigures = [' + '"overview.trend",' * 31 + "]", "31"),
    (GOOD + "#" * 60_000, "bytes"),
    ("a = " + "[" * 5000, ""),
    (GOOD + GOOD, "overwrite"),
]  # fmt: skip


@pytest.mark.parametrize("name", template.names())
@pytest.mark.parametrize("lang", ["en", "bn", "bn-beng"])
def test_each_that_comes_along_is_a_report(
    name: str, lang: str, members: Releases, public: Releases
) -> None:
    own = template.find(name)
    given_ = {"area": "BD2022", "corridor": "air_gulf"}
    request = of_template(own, MONTH, lang, **given_)  # pyright: ignore[reportArgumentType]
    report = make_report(request, members, public)
    assert len(report.pages) + len(report.left_out) == len(own.figures)
    assert report.title == own.name(lang)
    # Nothing in it is refused: what falls away does so since the release has nothing to show.
    refused = [text for text in report.left_out if "knows no" in text or "জানে না" in text]
    assert refused == []


@pytest.mark.parametrize(("text", "word"), BAD, ids=range(len(BAD)))
def test_what_is_wrong_in_one_is_a_sentence_with_its_file(
    text: str, word: str, tmp_path: Path
) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadTemplate) as refusal:
        template.find(str(path))
    sentence = str(refusal.value)
    assert sentence.startswith("ours.toml: ")
    assert sentence.endswith(".")
    assert word in sentence
    assert len(sentence) < 300


def test_a_broken_one_stands_on_the_page_with_its_fault(
    tmp_path: Path, members: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(template, "FOLDER", tmp_path)
    (tmp_path / "monthly.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "ours.toml").write_text("", encoding="utf-8")
    view = report_page("?template=ours", "en", members.current(), members, None).view
    assert (view["title"], view["problem"][:11]) == ("Sep 2026", "ours.toml: ")
    offered = [(choice["label"], choice["about"]) for choice in view["templates"]]
    assert offered == [("A", "B"), ("ours", view["problem"])]


def test_one_of_the_groups_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text(GOOD, encoding="utf-8")
    own = template.find(str(path))
    assert own.name("bn") == "A"
    assert own.figures_in(MONTH) == ("overview.trend?period=2025-10..2026-09",)


@pytest.mark.parametrize("asked", ["nothing", "../monthly", "monthly.pptx", "/etc/passwd"])
def test_a_name_of_none_says_which_there_are(asked: str) -> None:
    with pytest.raises(BadTemplate, match="monthly, quarterly"):
        template.find(asked)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match=r"gone\.toml: it cannot be read"):
        template.find(str(tmp_path / "gone.toml"))


def spans_of(figures: tuple[str, ...]) -> list[Span]:
    """The months that figures are about."""
    queries = (parse_qs(figure.partition("?")[2]) for figure in figures)
    return [Span.parse(period) for query in queries for period in query.get("period", ())]


@pytest.mark.parametrize(("name", "month", "said"), [
    ("annual", Month(2026, 9), "Jan – Dec 2025"), ("quarterly", Month(2026, 8), "Apr – Jun 2026"),
    ("monthly", MONTH, "Sep 2026"),
])  # fmt: skip
def test_a_report_says_the_months_that_it_tells_of(
    name: str, month: Month, said: str, members: Releases, public: Releases
) -> None:
    report = make_report(of_template(template.find(name), month, "en"), members, public)
    assert report.month == said
    ends = {span.end for span in spans_of(template.find(name).figures_in(month))}
    assert ends == {report.asked_month}
    assert report.file_months.endswith(str(report.asked_month))


@given(st.integers(2000, 2090), st.integers(1, 12))
def test_places_are_whole_and_end_no_later_than_the_month(year: int, month: int) -> None:
    last = Month(year, month)
    figures = template.read(template.FOLDER / "quarterly.toml").figures_in(last)
    spans = spans_of(figures)
    assert all(span.end <= last for span in spans)
    (quarter,) = {span for span in spans if span.months == 3}
    assert quarter.snapped("quarter") == quarter
    assert last.minus(quarter.end) in (0, 1, 2)


def test_a_template_that_asks_is_given_or_says_what_it_needs(
    members: Releases, public: Releases
) -> None:
    with pytest.raises(NoReport, match="--corridor"):
        of_template(template.find("corridor"), MONTH, "en")
