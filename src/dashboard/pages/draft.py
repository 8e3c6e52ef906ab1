"""Draft: a report as the address of its page says it, in codes alone.

What a group writes under figures is no part of it; the browser keeps that until a file is made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, cast
from urllib.parse import parse_qs, urlencode

from dashboard.exhibits.registry import definitions
from dashboard.model.edition import Audience
from dashboard.model.languages import ENGLISH, LOCAL
from dashboard.model.periods import Month

#: What stands between two figures in an address, and how many there may be.
BETWEEN, MOST = "!", 30
Form = Literal["pptx", "docx", "xlsx", "png", "zip"]
FORMS: tuple[Form, ...] = ("pptx", "docx", "xlsx", "png", "zip")
#: Languages of a report: that of the page, or English and the country's own.
LANGS = ("", f"{ENGLISH},{LOCAL}")
#: Parts of an address that are read; what follows is left out.
_MOST_PARTS = 60
_CODE = re.compile(r"[a-z][a-z-]{0,39}")
_PLACE = re.compile(r"[A-Za-z0-9_-]{1,40}")
_FIGURE = re.compile(r"[a-z]+\.[a-z-]+(\?[\w.,=&-]{0,600})?")


@dataclass(frozen=True)
class Draft:
    """A report as an address says it.

    Attributes:
        template: Code of the template that it began with.
        about: Code of the area or corridor that the template asks for, or ''.
        month: The last month that it is about, or None for that of the release.
        figures: Exhibits with their query strings, or none for those of the template.
        readers: Whom it is for; None for whom the template is.
        form: What is made of it.
        langs: Languages of its files, '' for that of the page.
        at: Index of the figure that is looked at.
    """

    template: str = "monthly"
    about: str = ""
    month: Month | None = None
    figures: tuple[str, ...] = ()
    readers: Audience | None = None
    form: Form = "pptx"
    langs: str = ""
    at: int = 0

    def query(self, lang: str) -> str:
        """Its query string without '?': only what differs from the usual."""
        parameters = {
            "about": self.about,
            "at": str(self.at) if self.at else "",
            "figures": BETWEEN.join(self.figures),
            "form": self.form if self.form != FORMS[0] else "",
            "lang": lang if lang != ENGLISH else "",
            "langs": self.langs,
            "month": str(self.month) if self.month else "",
            "readers": self.readers or "",
            "template": self.template if self.template != "monthly" else "",
        }
        return urlencode({name: value for name, value in parameters.items() if value}, safe="!,")

    def moved(self, at: int, to: int) -> Draft:
        """A copy with the figure of one index at another, which is looked at."""
        figures = [*self.figures]
        figures.insert(to, figures.pop(at))
        return replace(self, figures=tuple(figures), at=to)

    def without(self, at: int) -> Draft:
        """A copy without the figure of an index."""
        figures = (*self.figures[:at], *self.figures[at + 1 :])
        return replace(self, figures=figures, at=min(self.at, max(0, len(figures) - 1)))


def read(query: str) -> Draft:
    """Read a query string; what no report can have is left out.

    >>> read("figures=overview.trend%3Fsex%3Dfemale!nothing.there&form=exe").figures
    ('overview.trend?sex=female',)
    """
    parts = "&".join(query.split("&", _MOST_PARTS)[:_MOST_PARTS])
    parameters = {name: values[-1] for name, values in parse_qs(parts).items()}
    exhibits = {entry.id for entry in definitions()}
    figures = [
        figure
        for figure in parameters.get("figures", "").split(BETWEEN)[:MOST]
        if _FIGURE.fullmatch(figure) and figure.partition("?")[0] in exhibits
    ]
    template, about = parameters.get("template", ""), parameters.get("about", "")
    form, langs = parameters.get("form"), parameters.get("langs", "")
    readers, at = parameters.get("readers"), parameters.get("at", "")
    return Draft(
        template=template if _CODE.fullmatch(template) else "monthly",
        about=about if _PLACE.fullmatch(about) else "",
        month=_month(parameters.get("month", "")),
        figures=tuple(figures),
        readers=cast(Audience, readers) if readers in ("member", "public") else None,
        form=form if form in FORMS else FORMS[0],
        langs=langs if langs in LANGS else "",
        at=min(int(at), MOST) if re.fullmatch(r"\d{1,2}", at) else 0,
    )


def _month(text: str) -> Month | None:
    """The month that a text names, None where it names none."""
    try:
        return Month.parse(text)
    except ValueError:
        return None
