"""``check``: what would load, and every finding, without touching the store."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from etl.commands.answer import answer, steps
from etl.declaration import find_source
from etl.harmonise.areas import Areas
from etl.load import Report, check_files
from etl.places import Gazetteer
from etl.settings import Settings

NAME = "check"
HELP = "say what a file would load, and every finding, without touching the store"

_SHOWN = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Files and their source."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--source", required=True, metavar="NAME", help="declaration to use")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Dry run of a load; 1 when a finding refuses the files."""
    source = find_source(settings, arguments.source)
    today = date.today()
    with steps(len(arguments.files) + 2) as tell:
        tell("Opening the gazetteer")
        areas = Areas(Gazetteer.load(settings.data), today)
        report = check_files(settings, arguments.files, source, areas, today, tell)
    tell_report(report, as_json=arguments.json)
    return 0 if report.accepted else 1


def tell_report(report: Report, *, as_json: bool) -> None:
    """Print a report of a load or a dry run."""
    document = {
        "accepted": report.accepted,
        "files": [vars(entry) for entry in report.files],
        "tables": report.tables if report.accepted else {},
        "findings": [finding.as_json for finding in report.findings],
    }
    answer(document, report_lines(report), as_json=as_json)


def report_lines(report: Report) -> list[str]:
    """A report in words: files, rows per table, findings with their place."""
    words = {
        "loads": "would load",
        "loaded": "loaded",
        "refused": "refused",
        "known": "was loaded before, nothing changes",
    }
    lines = [
        f"{entry.file}: {words[entry.outcome]}"
        + (f", {entry.rows} rows" if entry.rows else "")
        + (f", {entry.held} rows held back" if entry.held else "")
        for entry in report.files
    ]
    if report.accepted:
        lines += [f"  {name}: {count}" for name, count in report.tables.items() if count]
    errors = sum(finding.severity == "error" for finding in report.findings)
    if report.findings:
        lines.append(f"Findings: {errors} that refuse, {len(report.findings) - errors} to review")
    ranked = sorted(report.findings, key=lambda finding: finding.severity != "error")
    lines += [
        f"  {'refused' if f.severity == 'error' else 'review'}: {f.where}: {f.message} [{f.rule}]"
        for f in ranked[:_SHOWN]
    ]
    if len(ranked) > _SHOWN:
        lines.append(f"  and {len(ranked) - _SHOWN} more; --json lists them all")
    return lines
