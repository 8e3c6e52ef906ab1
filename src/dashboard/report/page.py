"""The page of a report, from its address: what stands there, and which card is previewed.

It makes the whole report, as a file does, so readers see beforehand which figures fall away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from dashboard import door
from dashboard.access.reader import accounts, reader
from dashboard.access.roles import may_request
from dashboard.components import links
from dashboard.exhibits.registry import definition
from dashboard.filters import Reading
from dashboard.model.country import SECOND
from dashboard.model.filters import CODED_FILTERS
from dashboard.model.languages import ENGLISH, Language
from dashboard.model.periods import Month
from dashboard.pages import path_of, whole
from dashboard.pages.draft import FORMS, LANGS, Draft, read
from dashboard.pages.page import Slot
from dashboard.release.folder import NoRelease, Releases
from dashboard.release.open_release import Release
from dashboard.report import contents, files
from dashboard.report import template as templates
from dashboard.report.contents import NoReport, Report, ReportRequest
from dashboard.report.template import BadTemplate, Template
from dashboard.words import dates
from dashboard.words.catalogue import translate

#: The endpoint that makes files.
ENDPOINT = "report.file"


@dataclass(frozen=True)
class ReportPage:
    """What the page shows, and the question of the card in its preview.

    Attributes:
        view: What its template shows (``report.html``).
        reading: What the card answers; None without a preview.
        release: The release that the card is of.
    """

    view: dict[str, Any]
    reading: Reading | None = None
    release: Release | None = None


def read_request(draft: Draft, lang: Language, latest: Month) -> ReportRequest:
    """The report that an address asks for.

    Raises:
        NoReport: If the template needs more than the address says.
        BadTemplate: If there is no such template.
    """
    if draft.template not in templates.names():
        raise BadTemplate(f"There is no template {draft.template!r}.")
    template, month = templates.find(draft.template), draft.month or latest
    readers = draft.readers or template.audience
    if draft.figures:
        return ReportRequest(template.name(lang), draft.figures, month, lang, readers)
    if template.asks and not draft.about:
        raise NoReport(translate("report.page.choose", lang, name=template.name(lang)))
    codes = {template.asks: draft.about} if template.asks else {}
    return replace(contents.of_template(template, month, lang, **codes), audience=readers)


def report_page(
    search: str, lang: Language, release: Release, members: Releases, for_public: Releases | None
) -> ReportPage:
    """What stands on the page of an address.

    Args:
        search: Its query string.
        lang: Language of the words.
        release: The release that the page was loaded with.
        members: The releases that the reader may open.
        for_public: Releases for the public, or None where none are known.
    """
    draft, public = read(search.removeprefix("?")), for_public or members
    try:
        request = read_request(draft, lang, release.span.end)
        draft = replace(draft, figures=request.figures, at=min(draft.at, len(request.figures) - 1))
        report = contents.make_report(request, members, public, release)
    except (NoReport, BadTemplate, NoRelease) as error:
        return ReportPage(_view(draft, lang, release, None, str(error)))
    # The figure that the address points at, or the first one where that falls away.
    page = next((page for page in report.pages if page.at == draft.at), report.pages[0])
    draft = replace(draft, at=page.at)
    source, releases = (public.current(), public) if report.for_public else (release, members)
    query = draft.figures[page.at].partition("?")[2]
    reading, _ = door.read(f"{query}&lang={lang}", releases, source.id)
    slot = _slot(page.exhibit.id)
    shown = slot.exhibit, slot.shape, slot.is_scripted
    return ReportPage(_view(draft, lang, release, report, "") | {"shown": shown}, reading, source)


def _slot(exhibit: str) -> Slot:
    """The slot of an exhibit on its own page, or that of a table if no page has it."""
    slots = (slot for page in whole() for slot in (*page.slots, *page.more))
    return next((slot for slot in slots if slot.exhibit == exhibit), Slot(exhibit, "table"))


def _view(
    draft: Draft, lang: Language, release: Release, report: Report | None, problem: str
) -> dict[str, Any]:
    """All that the page shows, without a preview; ``problem`` says why there is no report."""
    month = draft.month or release.span.end
    template, _ = _find_template(draft.template)
    name, readers = (template.name(lang), template.audience) if template else ("", "member")
    readers = draft.readers or readers
    return {
        "title": ", ".join(filter(None, (name, dates.month(month, lang)))),
        "items": _items(draft, lang, report),
        "now": draft.at,
        "left_out": report.left_out if report else (),
        "problem": problem,
        "templates": _templates(draft, lang, release),
        "months": _months(draft, lang, release, month),
        "readers": [
            _explained(replace(draft, readers=each), lang, f"page.{each}", is_now=each == readers)
            for each in ("member", "public")
        ],
        "forms": [
            _explained(replace(draft, form=form), lang, f"form.{form}", is_now=form == draft.form)
            for form in FORMS
        ],
        "langs": [
            _choice(
                translate(f"report.page.langs_{'both' if langs else 'own'}", lang),
                replace(draft, langs=langs), lang, is_now=langs == draft.langs,
            )
            for langs in LANGS
        ],
        "more": _addable(draft, lang, month),
        "shown": None,
        "handling": report.handling if report else "",
        "foot": report.foot if report else "",
        "command": _command(draft, template, lang, month, readers) if template else "",
        "refused": _why_no_file(lang),
        "save": _save_link(draft, lang),
        "longest": contents.LONGEST,
    }  # fmt: skip


def _choice(
    label: str, draft: Draft, lang: str, *, is_now: bool = False, about: str = ""
) -> dict[str, Any]:
    """A link to the report as another draft has it, with a line about it, or ''."""
    return {"label": label, "href": _href(draft, lang), "is_now": is_now, "about": about}


def _explained(draft: Draft, lang: str, phrase: str, *, is_now: bool) -> dict[str, Any]:
    """A link whose label, and the line about it, are phrases."""
    label, about = (translate(f"report.{key}", lang) for key in (phrase, f"{phrase}_about"))
    return _choice(label, draft, lang, is_now=is_now, about=about)


def _find_template(name: str) -> tuple[Template | None, str]:
    """The template of a name, or None and why there is none; no name is a path of this server."""
    if name not in templates.names():
        return None, f"There is no template {name!r}."
    try:
        return templates.find(name), ""
    except BadTemplate as error:
        return None, str(error)


def _command(draft: Draft, template: Template, lang: str, month: Month, readers: str) -> str:
    """The command that makes the same report; '' where its template would make another."""
    if template.asks and not draft.about:
        return ""
    codes = {template.asks: draft.about} if template.asks else {}
    if draft.figures and draft.figures != template.figures_in(month, **codes):
        return ""
    parts = [f"atlas report {draft.template}"]
    parts += [f"--{name} {code}" for name, code in codes.items()]
    parts += [f"--month {month} --lang {draft.langs or lang} --to {draft.form}"]
    parts += [f"--audience {readers}"] if readers != template.audience else []
    return " ".join(parts)


def _href(draft: Draft, lang: str) -> str:
    return f"?{draft.query(lang)}"


def _why_no_file(lang: str) -> str:
    """Why the reader can have no file; '' where they can."""
    if not may_request(reader().role, ENDPOINT):
        return translate("report.page.role", lang)
    return files.missing()


def _save_link(draft: Draft, lang: str) -> str:
    """Link that saves it as a template of the group's own, without words; '' without accounts."""
    if accounts() is None or not may_request(reader().role, "meeting.save_view"):
        return ""
    address = quote(f"/report?{replace(draft, at=0).query(ENGLISH)}", safe="")
    return f"{links.page('/views/new', lang)}{'&' if lang != 'en' else '?'}address={address}"


def _items(draft: Draft, lang: Language, report: Report | None) -> list[dict[str, str]]:
    """The figures of the report with their links; one that falls away has no title of its own."""
    pages = {page.at: page for page in report.pages} if report else {}
    items: list[dict[str, str]] = []
    for at, figure in enumerate(draft.figures):
        exhibit, _, query = figure.partition("?")
        page, kicker = pages.get(at), translate(f"{exhibit}.kicker", lang)
        own_page = f"{path_of(exhibit) or '/'}?{query}"
        items.append({
            "figure": figure,
            "title": page.exhibit.title if page else kicker,
            "kind": kicker if page else translate("report.page.falls", lang),
            "subtitle": page.exhibit.subtitle if page else "",
            "look": _href(replace(draft, at=at), lang),
            "up": _href(draft.moved(at, at - 1), lang) if at else "",
            "down": _href(draft.moved(at, at + 1), lang) if at < len(draft.figures) - 1 else "",
            "away": _href(draft.without(at), lang) if len(draft.figures) > 1 else "",
            "page": f"{own_page}{f'&lang={lang}' if lang != 'en' else ''}",
        })  # fmt: skip
    return items


def _templates(draft: Draft, lang: Language, release: Release) -> list[dict[str, Any]]:
    """Every template, a broken one with its fault; one that asks for a place once for each."""
    choices: list[dict[str, Any]] = []
    for name in templates.names():
        fresh = Draft(name, month=draft.month, form=draft.form, langs=draft.langs)
        is_now = name == draft.template
        template, fault = _find_template(name)
        if template is None:
            choices.append(_choice(name, fresh, lang, is_now=is_now, about=fault))
            continue
        if not template.asks:
            title, about = template.name(lang), template.about(lang)
            choices.append(_choice(title, fresh, lang, is_now=is_now, about=about))
        for code, label in _subjects(template, lang, release):
            title = f"{template.name(lang)}: {label}"
            chosen = is_now and code == draft.about
            choices.append(_choice(title, replace(fresh, about=code), lang, is_now=chosen))
    return choices


def _subjects(template: Template, lang: Language, release: Release) -> list[tuple[str, str]]:
    """What a template can be about, as codes and names: districts by name, or corridors."""
    if template.asks == "area":
        districts = [code for code, place in release.places.items() if place.level == SECOND]
        return sorted(((code, release.place_name(code, lang)) for code in districts),
                      key=lambda subject: subject[1])  # fmt: skip
    if template.asks == "corridor":
        return [(code, release.label("corridor", code, lang)) for code in CODED_FILTERS["corridor"]]
    return []


def _months(draft: Draft, lang: Language, release: Release, month: Month) -> list[dict[str, Any]]:
    """Links to the month before and after, if the release has them, with the template's figures."""
    neighbours = {"earlier": month.plus(-1), "later": month.plus(1)}
    return [
        _choice(translate(f"report.page.{name}", lang, month=dates.month(neighbour, lang)),
                replace(draft, month=neighbour, figures=(), at=0), lang)
        for name, neighbour in neighbours.items()
        if neighbour in release.span
    ]  # fmt: skip


def _addable(draft: Draft, lang: Language, month: Month) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every figure that can be added, over twelve months, under the name of its page."""
    groups: list[tuple[str, list[dict[str, Any]]]] = []
    for page in whole():
        choices = [
            _choice(
                translate(f"{slot.exhibit}.kicker", lang),
                _with_figure(draft, f"{slot.exhibit}?{_period(slot.exhibit, month)}"), lang,
            )
            for slot in (*page.slots, *page.more)
        ]  # fmt: skip
        if choices:
            groups.append((translate(f"shell.page.{page.name}.name", lang), choices))
    return groups


def _with_figure(draft: Draft, figure: str) -> Draft:
    """The draft with one more figure at the end, which is looked at."""
    figures = (*draft.figures, figure)
    return replace(draft, figures=figures, at=len(figures) - 1)


def _period(exhibit: str, month: Month) -> str:
    """The parameter ``period`` of an added figure: the month, or the twelve that end with it."""
    months = 1 if definition(exhibit).by_month else 12
    return f"period={month.plus(1 - months)}..{month}"
