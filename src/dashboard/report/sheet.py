"""A report as a workbook: what a reader must know, then a sheet of numbers for each figure."""

from __future__ import annotations

import re

from dashboard.exports import xlsx
from dashboard.exports.about import about
from dashboard.report.contents import Page, Report
from dashboard.report.grid import table_of

#: What no name of a sheet may hold, and characters of one.
_FORBIDDEN, _LONGEST = re.compile(r"[\[\]:*?/\\']"), 31


def as_xlsx(report: Report) -> bytes:
    """The workbook; numbers that the public may not read stand in words, and nothing is hidden."""
    stream, workbook, looks = xlsx.new_workbook(
        report.title, report.opening, report.handling, report.lang
    )
    first = workbook.add_worksheet(report.phrase("contents"))
    xlsx.print_setup(first, report.pages[0].exhibit.release)
    xlsx.write_about(first, tuple(_about(report)), looks)
    for page in report.pages:
        sheet = workbook.add_worksheet(_sheet_name(page))
        xlsx.print_setup(sheet, page.exhibit.release)
        if report.for_public:
            grid = table_of(page.exhibit.table, report.lang, for_public=True)
            xlsx.write_table(sheet, grid.header, grid.cells, looks)
        else:
            xlsx.write_data(sheet, page.exhibit.table, looks)
    workbook.close()
    return stream.getvalue()


def _about(report: Report) -> list[tuple[str, str]]:
    """Names and texts of the first sheet."""
    lines = [(f"{report.title}, {report.month}", report.opening)]
    lines += [(report.phrase("since", when=report.since), text) for text in report.changed]
    for page in report.pages:
        number = report.name_of(page)
        lines.append((number, page.exhibit.title))
        if page.words:
            lines.append((number, page.words))
        if report.for_public:
            lines.append((number, page.exhibit.subtitle))
        else:
            texts = about(page.exhibit, page.link, report.lang)
            lines += [
                (f"{number}: {name}", text) for name, text in texts if text != page.exhibit.title
            ]
    lines += [(report.phrase("left_out"), text) for text in report.left_out]
    lines += [(report.phrase("limits"), text) for text in report.limits]
    lines.append((report.handling, report.foot))
    return lines


def _sheet_name(page: Page) -> str:
    # Names differ, also of texts that have no number.
    number = page.number or f"({page.at + 1})"
    return _FORBIDDEN.sub(" ", f"{number} {page.kind}")[:_LONGEST].strip()
