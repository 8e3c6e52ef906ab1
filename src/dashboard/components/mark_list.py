"""The list under a chart of what its numbered marks mean (``figures.marks``).

Flags are told apart from what somebody noted: by arrow, by colour and by a line that says whose
they are and leads to the table of all flags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components import links
from dashboard.components.elements import html
from dashboard.figures.marks import FLAGS
from dashboard.words.catalogue import say

_SIGNALS = "hotspots.signals"


def mark_list(
    exhibit_id: str, marks: Sequence[Mapping[str, str]], lang: str
) -> list[html.Ol | html.P]:
    """The list, in the order of the numbers; nothing for a chart without marks."""
    if not marks:
        return []
    listed = html.Ol([_entry(mark) for mark in marks], **{"aria-label": say("marks.label", lang)})
    has_flags = any(mark["kind"] in FLAGS for mark in marks)
    return [listed, *([_whose(exhibit_id, lang)] if has_flags else [])]


def _entry(mark: Mapping[str, str]) -> html.Li:
    when = [html.Strong(f"{mark['when']}:"), " "] if mark["when"] else []
    return html.Li(
        [
            html.Span(mark["number"], className=f"mark mark--{mark['kind']}"),
            html.Span([*when, mark["text"]]),
        ],
        title=mark["said"] or None,
    )


def _whose(exhibit_id: str, lang: str) -> html.P:
    is_beside = exhibit_id.startswith("hotspots.")
    target = f"#title-{_SIGNALS}" if is_beside else f"{links.page('/hotspots', lang)}#{_SIGNALS}"
    leads = {} if is_beside else {"data-nav": "/hotspots"}
    link = html.A(say("marks.flags_link", lang), href=target, **leads)
    said = say("marks.flags_own" if is_beside else "marks.flags", lang)
    return html.P([html.Span(said, className="marks-flags"), " ", link])
