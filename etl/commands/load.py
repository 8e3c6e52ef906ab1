"""``load``: take a set of files into the register, all of them or nothing unless asked."""

from __future__ import annotations

import argparse
from datetime import date

from etl.commands.answer import Answer, steps
from etl.commands.check import (
    EXIT_CODES,
    open_areas,
    report_answer,
    report_lines,
    workbook_lines,
)
from etl.commands.understanding import consent, identity_lines, unread_lines
from etl.declaration import find_source
from etl.intake.load import STEPS, load_files
from etl.register.replay import rebuild
from etl.secrets import open_secrets
from etl.settings import OperatorError, Settings


def run(arguments: argparse.Namespace, settings: Settings) -> Answer:
    """Load the files; 0 when they load whole, 2 in part, 1 when a finding refuses them."""
    if arguments.rebuild:
        if arguments.files or arguments.source or arguments.accept_valid:
            raise OperatorError("`load --rebuild` takes no files and no source.")
        open_secrets(settings)
        count = rebuild(settings)
        return Answer({"extracts": count}, [f"The register was built again from {count} extracts."])
    if not arguments.files or not arguments.source:
        raise OperatorError("`load` needs files and --source NAME.")
    source = find_source(settings, arguments.source)
    today = date.today()
    # Before anybody is asked the rules are applied once more, beside the register as it is.
    with steps(len(arguments.files) + STEPS + 2) as bar:
        areas = open_areas(settings, source, today, bar)
        report = load_files(
            settings,
            arguments.files,
            source,
            areas,
            today,
            bar,
            accept_valid=arguments.accept_valid,
            shared_caseload=arguments.shared_caseload,
            agree=consent(bar, yes=arguments.yes, expect=arguments.expect),
        )
    lines = [
        *unread_lines(report.understood),
        *identity_lines(report.identity),
        *report_lines(report),
        *workbook_lines(report, source, arguments.workbook),
    ]
    return report_answer(report, lines, EXIT_CODES[report.result])
