"""``atlas report``: a report as files, for whoever writes every month and for schedulers.

It prints what it made as one JSON document. Exit codes: 0 all is made; 1 it cannot be made, after
one sentence; 2 the command line was not understood; 3 no edition has the month yet, so that a
scheduler tries again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from dashboard import exhibits
from dashboard.exhibits.parameters import filters_at
from dashboard.model.command_line import declare, read_commands
from dashboard.model.languages import LANGUAGES, Language
from dashboard.model.periods import Month
from dashboard.release.folder import NoRelease, Releases
from dashboard.report import files
from dashboard.report import template as templates
from dashboard.report.contents import NoReport, ReportRequest, make_report, of_template
from dashboard.report.files import File, Places
from dashboard.report.template import BadTemplate
from dashboard.settings import Settings

#: Exit codes: the report cannot be made; no edition has the month yet.
CANNOT, NOT_YET = 1, 3
#: Bytes of a group's own template.
_MOST_OWN = 20_000_000


def add_parser(commands: Any) -> None:
    """Add ``report`` to a parser."""
    declared = read_commands(Path(__file__).with_name("command.toml"))
    names = {"templates": templates.names(), "languages": LANGUAGES, "types": files.TYPES}
    values = {name: ", ".join(listed) for name, listed in names.items()}
    declare(commands.add_parser("report", help=declared["help"]), declared, values)


def run(
    arguments: argparse.Namespace, settings: Settings, members: Releases, public: Releases
) -> int:
    """Make a report; the code with which the command ends."""
    exhibits.load()
    try:
        requests, kinds, releases = _read_arguments(arguments, settings, members, public)
        if requests[0].month > releases.current().span.end:
            last = releases.current().span.end
            raise _NotYet(
                f"The newest edition ends with {last}; {requests[0].month} is not in it yet."
            )
        _check_place(arguments, releases)
        reports = [make_report(asked, members, public) for asked in requests]
        places = Places(settings.assets, settings.geography)
        name = Path(arguments.template).stem
        written, lacks = files.make(reports, kinds, places, _own_looks(arguments.look), name)
        entries = _write_files(arguments.out, written)
    except (NoReport, BadTemplate, NoRelease) as error:
        print(error, file=sys.stderr)
        # Only the message tells a folder that has no release yet from a damaged one.
        is_early = isinstance(error, NoRelease) and "yet" in str(error)
        return NOT_YET if is_early or isinstance(error, _NotYet) else CANNOT
    first = reports[0]
    for lacking in (*first.left_out, *lacks):
        print(lacking, file=sys.stderr)
    document = {
        "template": name,
        "month": str(first.asked_month),
        "audience": first.audience,
        "release": first.release_id,
        "files": entries,
        "left_out": list(first.left_out),
        "template_lacks": lacks,
    }
    print(json.dumps(document, ensure_ascii=False, indent=1))
    return 0


class _NotYet(NoReport):
    """The month is not there yet."""


def _read_arguments(
    arguments: argparse.Namespace, settings: Settings, members: Releases, public: Releases
) -> tuple[list[ReportRequest], list[str], Releases]:
    """The report in each language, the kinds of file, and the releases of its audience.

    Raises:
        NoReport: If an argument cannot be used.
        BadTemplate: If there is no such template.
        NoRelease: If there is no release.
    """
    template = templates.find(arguments.template)
    audience = arguments.audience or template.audience
    releases = public if audience == "public" else members
    kinds = _listed("--to", arguments.to, tuple(files.TYPES))
    langs = _listed("--lang", arguments.lang, LANGUAGES)
    month = _month(arguments.month) if arguments.month else releases.current().span.end
    codes = {"area": arguments.area, "corridor": arguments.corridor}
    host = f"https://{settings.public_host}" if settings.public_host else ""
    requests = [
        replace(
            of_template(template, month, cast(Language, lang), **codes),
            audience=audience, since=arguments.since, host=host,
        )
        for lang in langs
    ]  # fmt: skip
    return requests, kinds, releases


def _check_place(arguments: argparse.Namespace, releases: Releases) -> None:
    """Refuse an area or corridor that the release does not know.

    Raises:
        NoReport: If it does not; the message lists the codes that it knows.
    """
    release = releases.current()
    values = {parameter.name: parameter.values for parameter in filters_at(release, ())}
    for name in ("area", "corridor"):
        known_codes = values[name]
        codes = (code for code in getattr(arguments, name).split(",") if code)
        if strange := next((code for code in codes if code not in known_codes), ""):
            raise NoReport(
                f"--{name} knows no {strange[:40]!r}; it may be {', '.join(sorted(known_codes))}."
            )


def _listed(option: str, text: str, allowed: Sequence[str]) -> list[str]:
    """The values of an option, with commas between them.

    Raises:
        NoReport: If one of them is not allowed.
    """
    listed = [value.strip() for value in text.split(",")]
    strange = next((value for value in listed if value not in allowed), None)
    if strange is not None:
        raise NoReport(f"{option} knows no {strange[:40]!r}; it may be {', '.join(allowed)}.")
    return [*dict.fromkeys(listed)]


def _month(text: str) -> Month:
    """The month that ``--month`` names.

    Raises:
        NoReport: If it is none.
    """
    try:
        return Month.parse(text)
    except ValueError as error:
        raise NoReport(f"--month is {text[:40]!r}; write it as YYYY-MM.") from error


def _own_looks(paths: Sequence[Path]) -> dict[str, bytes]:
    """The group's own files of a look, by kind (pptx, docx).

    Raises:
        NoReport: If one is of another kind, too large, or cannot be read.
    """
    looks: dict[str, bytes] = {}
    for path in paths:
        kind = path.suffix.lower().removeprefix(".")
        if kind not in ("pptx", "docx"):
            raise NoReport(f"{path.name}: a look is a PPTX or a DOCX file.")
        try:
            if path.stat().st_size > _MOST_OWN:
                raise NoReport(f"{path.name}: it has more than {_MOST_OWN // 1_000_000} MB.")
            looks[kind] = path.read_bytes()
        except OSError as error:
            raise NoReport(f"{path.name}: it cannot be read ({error.strerror}).") from error
    return looks


def _write_files(folder: Path, written: Sequence[File]) -> list[dict[str, Any]]:
    """Write the files, each whole or not at all; returns what is printed of each.

    Raises:
        NoReport: If the folder is none, or cannot be written.
    """
    if not folder.is_dir():
        raise NoReport(f"--out is {folder}, which is no folder. Make it first.")
    entries: list[dict[str, Any]] = []
    try:
        for file in written:
            with tempfile.TemporaryDirectory(dir=folder, prefix=".atlas-") as made:
                new = Path(made) / file.name
                new.write_bytes(file.content)
                new.chmod(0o640)
                new.replace(folder / file.name)
            entries.append({
                "file": file.name, "pages": file.pages, "bytes": len(file.content),
                "sha256": hashlib.sha256(file.content).hexdigest(),
            })  # fmt: skip
    except OSError as error:
        raise NoReport(f"{folder}: it cannot be written ({error.strerror}).") from error
    return entries
