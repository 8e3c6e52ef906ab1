"""The route that gives a report's file to a browser.

Words that somebody wrote come with the request and are kept nowhere. One report is made at a time
in a process: it takes a processor and some memory.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import cast

from flask import Flask, Response, request

from dashboard.access.reader import note_export, reader
from dashboard.filters import read_language
from dashboard.model.languages import Language
from dashboard.pages.draft import read
from dashboard.release.folder import NoRelease, Releases
from dashboard.report import files
from dashboard.report.contents import LONGEST, NoReport, ReportRequest, make_report
from dashboard.report.files import TYPES, Places
from dashboard.report.page import ENDPOINT, read_request
from dashboard.report.template import MOST_FIGURES, BadTemplate
from dashboard.security.limits import MAX_BODY

#: Seconds for which a second report waits for the first.
_PATIENCE = 30.0


def install(
    server: Flask, members: Releases, public: Releases, places: Places, state: Path
) -> None:
    """Add the route.

    Args:
        server: The server.
        members: The members' releases.
        public: Releases for the public made beside them.
        places: What drawings need.
        state: Where a group's own look may lie: ``report.pptx`` and ``report.docx``.
    """
    view = partial(_send, members, public, places, state, Lock())
    server.add_url_rule("/report/file", ENDPOINT, view, methods=["POST"])


def own_look(state: Path) -> dict[str, bytes]:
    """Files of a group's own look by kind, where they lie in the folder of the server's state."""
    looks = {kind: state / f"report.{kind}" for kind in ("pptx", "docx")}
    return {kind: path.read_bytes() for kind, path in looks.items() if path.is_file()}


def _send(members: Releases, public: Releases, places: Places, state: Path, lock: Lock) -> Response:
    """The report that the form of the page asks for, as a file; else a sentence why not."""
    request.max_content_length = MAX_BODY
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return _text_response("Only the page of a report asks for its file.", 403)
    search = request.form.get("address", "").removeprefix("?")
    try:
        words = _words(request.form.get("words", "{}"))
        readable = reader().releases(members)
        requests, kind = _requests(search, words, readable)
        reports = [make_report(asked, readable, public) for asked in requests]
        if not lock.acquire(timeout=_PATIENCE):
            return _text_response("Another report is being made. Try again in a moment.", 503)
        try:
            kinds = [kind, *(["zip"] if len(reports) > 1 or kind == "png" else [])]
            name = read(search).template
            (file,), _ = files.make(reports, kinds, places, own_look(state), name)
        finally:
            lock.release()
    except (NoReport, BadTemplate) as error:
        return _text_response(str(error), 400)
    except NoRelease as error:
        return _text_response(str(error), 503)
    note_export(file.content, exhibit="report", kind=kind, query=search[:2000],
                release=reports[0].release_id)  # fmt: skip
    ending = file.name.rpartition(".")[2]
    response = Response(file.content, content_type=TYPES[ending])
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _requests(
    search: str, words: dict[str, str], members: Releases
) -> tuple[list[ReportRequest], str]:
    """The report in each of its languages, and its kind."""
    draft, latest = read(search), members.current().span.end
    langs = draft.langs.split(",") if draft.langs else [read_language(search)]
    requests: list[ReportRequest] = []
    for lang in langs:
        asked = read_request(draft, cast(Language, lang), latest)
        written = {at: words[figure] for at, figure in enumerate(asked.figures) if figure in words}
        requests.append(replace(asked, words=written, host=request.host_url.rstrip("/")))
    return requests, draft.form


def _words(text: str) -> dict[str, str]:
    """What the group wrote, by figure (id of the exhibit with its query string).

    Raises:
        NoReport: If the text is no such JSON, or too long.
    """
    try:
        words = json.loads(text)
    except (ValueError, RecursionError):
        words = None
    if not isinstance(words, dict) or len(words) > 2 * MOST_FIGURES:
        raise NoReport("The words under the figures cannot be read.")
    if not all(isinstance(word, str) and len(word) <= 2 * LONGEST for word in words.values()):
        raise NoReport(f"Words under a figure have at most {LONGEST} letters.")
    return words


def _text_response(sentence: str, status: int) -> Response:
    return Response(f"{sentence}\n", status, mimetype="text/plain")
