"""Numbers of decks, papers and sheets against the JSON of the door: by position, 0 differ."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard import door
from dashboard.exhibits.registry import definitions
from dashboard.exports.json import as_json
from dashboard.model.periods import Month
from dashboard.release.folder import Releases
from dashboard.report import files
from dashboard.report.contents import NoReport, Report, ReportRequest, make_report
from dashboard.report.files import Places
from tests.unit.dashboard.report.reading import (
    ReadChart,
    charts_of_deck,
    charts_of_paper,
    faults_of,
    tables_of_deck,
)

MONTH = Month(2026, 9)
VIEWS = (
    "", "period=2025-10..2026-09", "class=trafficking", "area=BD2022", "mode=sea",
    "corridor=air_gulf", "period=2026-09..2026-09", "period=2026-04..2026-09&sex=male",
    "compare=none",
)  # fmt: skip
FEW = {"en": "a few", "bn": "অল্প কয়েক"}


def asked(query: str, lang: str, ids: list[str]) -> ReportRequest:
    figures = tuple(f"{one}?{query}" for one in ids)
    return ReportRequest("Report", figures, MONTH, lang)  # pyright: ignore[reportArgumentType]


def batches() -> Iterator[list[str]]:
    from dashboard import exhibits  # noqa: PLC0415

    exhibits.load()
    ids = [entry.id for entry in definitions()]
    yield from (ids[at : at + 15] for at in range(0, len(ids), 15))


def answer(query: str, lang: str, exhibit: str, members: Releases) -> dict[str, Any]:
    answered = door.answer_exhibit(exhibit, f"{query}&lang={lang}", members)
    return json.loads(as_json(answered.exhibit, answered.reading.filters))


def columns_of(figure: dict[str, Any]) -> list[list[float | None]]:
    """All columns of numbers that the figure of an answer has, nought for none."""
    form, rows = figure.get("form"), figure.get("rows", ())
    columns = [column for trace in figure.get("data", ()) for column in drawn_by(trace)]
    for each, key in ((rows, "value"), (figure.get("months", ()), "value"),
                      (figure.get("bars", ()), "share"), (rows, "at")):  # fmt: skip
        values = [row[key] for row in each if key in row and row.get("known", True)]
        columns.append(values[:12] if form == "ranking" else values)
    for group in figure.get("groups", ()):
        columns.append([row["value"] for row in group["rows"] if isinstance(row["value"], int)])
    if form == "days":
        columns.append([int(row["text"]) for row in rows if row["text"]])
    if form == "open":  # its bars are the rows, part by part
        columns += [list(part) for part in zip(*(row["parts"] for row in rows), strict=True)]
    return columns


def drawn_by(trace: dict[str, Any]) -> Iterator[list[float | None]]:
    """Columns of numbers that a trace draws."""
    if trace["type"] == "sankey":
        yield from bands_of(trace)
    elif trace["type"] == "bar" and trace.get("orientation") == "h":
        yield [abs(x) for x in trace["x"]]
    elif trace["type"] in ("bar", "scatter"):
        yield [y for y in trace["y"] if not isinstance(y, str)]


def bands_of(trace: dict[str, Any]) -> list[list[float | None]]:
    """Of the bands of a pathway how many of each of its services came to each end."""
    links = trace["link"]
    sizes = dict(
        zip(zip(links["source"], links["target"], strict=True), links["value"], strict=True)
    )
    services, ends = ([*dict.fromkeys(links[side])] for side in ("source", "target"))
    return [[sizes.get((service, end), 0) for service in sorted(services)] for end in ends]


def begins(column: list[Any], columns: list[list[Any]]) -> bool:
    """Whether a column is one of those known, or its first rows and its last for lack of room."""
    plain = [None if value is None else abs(value) for value in column]
    for each in columns:
        some = each if len(each) == len(plain) else [*each[: len(plain) - 1], *each[-1:]]
        if len(some) == len(plain) and all(
            a == b or a is None for a, b in zip(plain, some, strict=True)
        ):
            return True
    return False


def check(chart: ReadChart, answered: dict[str, Any]) -> int:
    """Hold a chart against the answer it was made of; how many numbers were the same."""
    columns = columns_of(answered["figure"])
    same = 0
    # What is cached for programs that open no workbook is what the workbook holds.
    for (name, cached), labels in zip(chart.cached, chart.labels, strict=True):
        assert chart.columns[name] == [None if v is None else int(v) for v in cached], name
        assert len(labels) <= len(cached)
    bands = [name for name, _ in chart.cached if name.endswith((" >",))]
    for name, _ in chart.cached:
        if name in bands or is_band(name, chart):
            continue
        column = chart.columns[name]
        if answered["id"] == "sheet.recruitment-place":  # rows of two or three series in turn
            flat = [x for t in answered["figure"]["data"] for x in t["x"]]
            assert set(column) <= set(flat), (answered["id"], name)
        else:
            assert begins(column, columns), (answered["id"], name, column, columns)
        same += sum(value is not None for value in column)
    return same


def is_band(name: str, chart: ReadChart) -> bool:
    """The width of a usual band: with its lower edge it is the upper one, checked by itself."""
    return name in list(chart.columns)[:2] and "usual" in name.lower() or "স্বাভাবিক" in name


def report_of(query: str, lang: str, ids: list[str], members: Releases) -> Report | None:
    try:
        return make_report(asked(query, lang, ids), members, members)
    except NoReport as error:  # none of these says anything under this filter
        assert str(error).startswith(("None of the figures", "কোনো চিত্রই দেখানো যায় না"))
        return None


@pytest.mark.usefixtures("one_map")
@pytest.mark.parametrize(
    ("query", "lang"),
    [*((query, "en") for query in VIEWS), *((query, "bn") for query in VIEWS[:2])],
)
def test_every_number_of_every_exhibit_is_the_doors(
    query: str, lang: str, members: Releases, places: Places, tmp_path: Path
) -> None:
    same = 0
    for ids in batches():
        # The last list of ids that a view refuses says so as what falls away, never silently.
        report = report_of(query, lang, ids, members)
        if report is None:
            continue
        answers = [answer(query, lang, page.exhibit.id, members) for page in report.pages]
        by_number = {p.number: a for p, a in zip(report.pages, answers, strict=True) if p.number}
        made_files, _ = files.make([report], ["pptx", "docx", "xlsx"], places, {}, "test")
        deck, paper, book = (file.content for file in made_files)
        if not query:  # one view of all: schemas know no numbers
            for kind, content in zip(("pptx", "docx", "xlsx"), (deck, paper, book), strict=True):
                assert faults_of(content, kind, tmp_path) == []
        for charts in (charts_of_deck(deck), charts_of_paper(paper)):
            charted = {page.number for page in report.pages if page.form.kind == "charts"}
            assert {chart.figure for chart in charts} == charted
            for chart in charts:
                same += check(chart, by_number[chart.figure])
        tables = tables_of_deck(deck)
        for number, one in by_number.items():
            if number in tables and not {"layers", "data"} & set(one["figure"]):
                same += check_table(tables[number], one)
        same += check_book(book, answers)
    assert same > 300, same


def check_table(cells: list[list[str]], answered: dict[str, Any]) -> int:
    """Every number of a table on a slide stands in the same row of the answer."""
    rows = answered["table"]["rows"]
    if answered["figure"].get("form") == "gaps":  # drawn by the people concerned, not by number
        by_name = {row[1]: row for row in rows}
        rows = [by_name[texts[0]] for texts in cells[1:]]
    same = 0
    for texts, row in zip(cells[1:], rows, strict=False):
        numbers = {f"{v:,}" for v in row if isinstance(v, int)}
        numbers |= {f"{v:,.1f}".removesuffix(".0") for v in row if isinstance(v, float)}
        words = {str(v) for v in row if isinstance(v, str)}
        for cell in texts:
            text = cell.partition(" (")[0]  # what stands before its range
            if text.replace(",", "").isdigit():
                assert text in numbers | words, (answered["id"], text, row)
                same += 1
    return same


def check_book(book: bytes, answers: list[dict[str, Any]]) -> int:
    """Each sheet is the table of its answer, cell by cell."""
    sheets = openpyxl.load_workbook(io.BytesIO(book)).worksheets[1:]
    assert len(sheets) == len(answers)
    same = 0
    for sheet, one in zip(sheets, answers, strict=True):
        rows = [[_told(cell) for cell in row] for row in sheet.iter_rows(min_row=2)]
        want = [[cell or None for cell in row] for row in one["table"]["rows"]]
        assert rows == want, one["id"]
        same += sum(isinstance(cell, int | float) for row in want for cell in row)
    return same


def _told(cell: Any) -> Any:
    """What a cell of a workbook shows: a month or a day of a date, as its format says."""
    if not cell.is_date:
        return cell.value or None
    return cell.value.strftime({"yyyy-mm": "%Y-%m", "yyyy-mm-dd": "%Y-%m-%d"}[cell.number_format])


@pytest.mark.parametrize("lang", ["en", "bn"])
def test_a_few_is_never_a_digit(lang: str, members: Releases, places: Places) -> None:
    ids = ["sheet.age-sex", "overview.exploitation", "sheet.promises"]
    report = make_report(asked("", lang, ids), members, members)
    (deck,), _ = files.make([report], ["pptx"], places, {}, "test")
    few = labelled = 0
    for chart in charts_of_deck(deck.content):
        plot = report.pages[chart.figure - 1].exhibit.plot
        assert plot
        for series in plot.series:
            name = series.name
            for number, form in zip(series.numbers, chart.formats[name], strict=True):
                assert number
                if number.text.startswith(FEW[lang]):
                    few += 1
                    assert f'"{number.text}"' in form
        labelled += sum(word.startswith(FEW[lang]) for words in chart.labels for word in words)
    assert few > 0
    assert labelled > 0


def test_a_sum_that_is_not_there_would_be_found(members: Releases) -> None:
    """The proof can fail: a number that is off by one is no column of the answer."""
    columns = columns_of(answer("", "en", "overview.people", members)["figure"])
    column = [int(value or 0) for value in columns[0]]
    assert begins(column, columns)
    assert not begins([column[0] + 1, *column[1:]], columns)
