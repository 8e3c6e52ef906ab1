"""``check``: what was understood, what would load, and every finding; the store stays untouched."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from etl.commands.answer import Answer, lines_of, steps
from etl.commands.draft import ASKED, drafted_file, name_of
from etl.commands.understanding import identity_lines, report_page, understood_lines
from etl.declaration import find_source
from etl.declaration.source import Source, require_areas
from etl.draft.summary import open_lines, summary_lines, uses
from etl.findings import Finding, row_runs
from etl.findings_workbook import write_findings_workbook
from etl.harmonise.areas import Areas
from etl.intake.load import check_files
from etl.intake.report import Report, Result
from etl.page import write_page
from etl.places.gazetteer import Gazetteer
from etl.progress import OnStep
from etl.settings import Settings

#: Exit code of a load and of a dry run.
EXIT_CODES: Mapping[Result, int] = {"whole": 0, "part": 2, "refused": 1}

#: Findings of one rule about one column that are listed one by one; more become row numbers.
_MOST_SINGLE = 5


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Dry run of a load; 0 when the files would load whole, 2 in part, 1 not as they are."""
    if arguments.source is None:
        return _would_draft(arguments, settings)
    source = find_source(settings, arguments.source, drafted=True)
    today = date.today()
    with steps(len(arguments.files) + 2) as bar:
        areas = open_areas(settings, source, today, bar)
        report = check_files(
            settings,
            arguments.files,
            source,
            areas,
            today,
            bar,
            accept_valid=arguments.accept_valid,
        )
    lines = [
        *understood_lines(report.understood),
        *identity_lines(report.identity),
        *report_lines(report),
    ]
    lines += [f"`load` would stop: {entry.sentence}" for entry in report.shared]
    if arguments.html:
        every = finding_lines(report.findings, every=True)
        write_page(arguments.html, report_page(report, every))
        lines.append(f"The page is {arguments.html}.")
    lines += workbook_lines(report, source, arguments.workbook)
    return report_answer(report, lines, 1 if report.shared else EXIT_CODES[report.result])


def open_areas(settings: Settings, source: Source, today: date, bar: OnStep) -> Areas:
    """The gazetteer, once it is known that it has the areas that a source declares."""
    bar("Opening the gazetteer")
    gazetteer = Gazetteer.load(settings.country)
    require_areas(source, {place.code: place.level for place in gazetteer.places()})
    return Areas(gazetteer, today)


def workbook_lines(report: Report, source: Source, path: Path | None) -> list[str]:
    """Write the workbook of findings where one is asked for; say so, or that there is none."""
    if path is None:
        return []
    if not report.findings:
        return ["There is no finding, so no workbook was written."]
    write_findings_workbook(report.findings, source, path)
    return [f"The workbook for the partner is {path}."]


def _would_draft(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """What `draft` would make of each file; 1, since nothing can load without a declaration."""
    drafts: list[dict[str, object]] = []
    lines = ["No source is named. This is what `draft` would make of it; nothing is written."]
    with tempfile.TemporaryDirectory() as folder:
        for file in arguments.files:
            name = name_of(file)
            options = argparse.Namespace(file=file, **dict.fromkeys(ASKED))
            path = Path(folder) / f"{name}.toml"
            drafted, refused = drafted_file(options, settings, name, path, None)
            lines += [f"{file.name}:", *summary_lines(drafted, refused), *open_lines(drafted)]
            drafts.append({"file": file.name, "columns": uses(drafted)})
    lines.append(f"Write it with `draft {arguments.files[0]}`.")
    return Answer({"drafted": drafts}, lines, 1)


def report_answer(report: Report, lines: list[str], code: int) -> Answer:
    """The answer of a load or a dry run: these lines, or all of the report as JSON."""
    document = {
        "accepted": report.accepted,
        "result": report.result,
        "files": [vars(entry) for entry in report.files],
        "tables": report.tables if report.accepted else {},
        "findings": [finding.as_json for finding in report.findings],
        "shared_caseload": [asdict(entry) for entry in report.shared],
        "identity": asdict(report.identity) if report.identity else None,
        "understood": [entry.as_json for entry in report.understood],
    }
    return Answer(document, [*lines, *_screen_lines(report)], code)


def _screen_lines(report: Report) -> list[str]:
    """Lines for the operator's own screen, none where output goes to a file."""
    if not report.asides or not sys.stdout.isatty():
        return []
    return ["On this screen only:", *(f"  {line}" for line in report.asides)]


def report_lines(report: Report) -> list[str]:
    """A report in words: files, rows per table, findings with their place."""
    errors = sum(finding.severity == "error" for finding in report.findings)
    return [*lines_of("report", report=report, errors=errors), *finding_lines(report.findings)]


def finding_lines(findings: Iterable[Finding], *, every: bool = False) -> list[str]:
    """Findings in words: those that refuse first, many of one rule and column in one line.

    Args:
        findings: The findings.
        every: Whether the line names every row, however many there are.
    """

    def kind(f: Finding) -> tuple[object, ...]:
        return (f.severity != "error", f.rule, f.file, f.sheet or "", f.column or "", f.message)

    lines: list[str] = []
    for _, group in groupby(sorted(findings, key=kind), kind):
        alike = sorted(group, key=lambda finding: finding.row or 0)
        rows = [finding.row for finding in alike if finding.row is not None]
        if len(alike) > _MOST_SINGLE and len(rows) == len(alike):
            first = replace(alike[0], row=None)
            runs = row_runs(rows, len(rows)) if every else row_runs(rows)
            lines.append(f"{_finding_line(first)}: {len(rows)} rows: {runs}")
        else:
            lines += [_finding_line(finding) for finding in alike]
    return lines


def _finding_line(finding: Finding) -> str:
    """A finding in one line, with where it is and its rule."""
    word = "refused" if finding.severity == "error" else "review"
    return f"  {word}: {finding.where}: {finding.message} [{finding.rule}]"
