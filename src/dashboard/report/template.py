"""Templates: which exhibits a report has; its months and places are filled in when it is made.

They are TOML files of ``data/reports``. A fault in one is a sentence that names its file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl

from dashboard.exhibits.parameters import FILTER_PARAMETERS, option_parameters
from dashboard.exhibits.registry import definition, definitions
from dashboard.model.edition import Audience
from dashboard.model.languages import ENGLISH, LOCAL, in_words_of
from dashboard.model.periods import Month, Span
from dashboard.model.shipped import DATA
from dashboard.words.catalogue import phrases, translate

FOLDER = DATA / "reports"
Asks = Literal["", "area", "corridor"]
#: Figures and bytes of a template, and characters of a name.
MOST_FIGURES, _MOST_BYTES, _LONGEST = 30, 50_000, 120
#: Parameters that a report has once, and no figure of it.
THE_REPORTS_OWN = ("edition", "audience", "lang")
#: Values that some keys may have (the first where the key is missing), and the same in words.
_VALUES: Mapping[str, tuple[tuple[object, ...], str]] = {
    "asks": (("", "area", "corridor"), "'area' or 'corridor'"),
    "audience": (("member", "public"), "'member' or 'public'"),
    "pages": ((None, 2), "2, or left out"),
}
_KEYS = {"name", "about", "figures", "asks", "audience", "pages", "span"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LAST = re.compile(r"last:(\d{1,3})")


class BadTemplate(Exception):  # noqa: N818 -- says a state, as its message does
    """A template that cannot be read; the message says where and why."""


@dataclass(frozen=True)
class Template:
    """A kind of report, without its month.

    Attributes:
        code: Its name in commands and addresses.
        names, abouts: What it is called and is for, in English and in the country's language.
        figures: Exhibits with query strings, with placeholders in braces.
        asks: What it needs beside the month.
        audience: Whom it is for unless the request says otherwise.
        pages: Sides of A4 that its paper fills, or None for as many as it takes.
        span: The placeholder of the months that it covers ("year"), or '' for the month alone.
    """

    code: str
    names: tuple[str, str]
    abouts: tuple[str, str]
    figures: tuple[str, ...]
    asks: Asks = ""
    audience: Audience = "member"
    pages: int | None = None
    span: str = ""

    def months(self, month: Month) -> Span:
        """The months that it covers, when it is asked for a month; they end no later."""
        return Span.parse(_fill_in(self.span or "month", month, {}))

    def name(self, lang: str) -> str:
        """What it is called."""
        return in_words_of(lang, *self.names)

    def about(self, lang: str) -> str:
        """What it is for."""
        return in_words_of(lang, *self.abouts)

    def figures_in(self, month: Month, **codes: str) -> tuple[str, ...]:
        """Its figures with every placeholder filled in: ids of exhibits with query strings.

        Args:
            month: The last month that it covers.
            **codes: Code of the area or corridor, where it asks for one.
        """
        end = self.months(month).end
        return tuple(
            _PLACEHOLDER.sub(lambda match: _fill_in(match[1], end, codes), figure)
            for figure in self.figures
        )


def _fill_in(placeholder: str, month: Month, codes: Mapping[str, str]) -> str:
    """The value of a placeholder at a last month; ``codes`` are those of places by placeholder.

    >>> [_fill_in(place, Month(2026, 8), {}) for place in ("month", "last:12", "quarter", "year")]
    ['2026-08', '2025-09..2026-08', '2026-04..2026-06', '2025-01..2025-12']
    """
    if placeholder in codes:
        return codes[placeholder]
    if last := _LAST.fullmatch(placeholder):
        return str(Span.last(int(last[1]), until=month))
    return str(_PLACEHOLDERS[placeholder](month))


def _quarter(month: Month) -> Span:
    """The last whole quarter that ends with a month or before it."""
    start = month.plus(1).quarter_start
    return Span(start.plus(-3), start.plus(-1))


def _year(month: Month) -> Span:
    """The last whole calendar year that ends with a month or before it."""
    year = month.year if month.month == 12 else month.year - 1  # noqa: PLR2004
    return Span(Month(year, 1), Month(year, 12))


_PLACEHOLDERS: Mapping[str, Callable[[Month], Month | Span]] = {
    "month": lambda month: month,
    "quarter": _quarter,
    "year": _year,
}


def names() -> tuple[str, ...]:
    """Names of the product's own templates, in the order in which they are offered."""
    first = ("monthly", "quarterly", "corridor", "area", "public", "annual")
    found = {path.stem for path in FOLDER.glob("*.toml")}
    return (*(name for name in first if name in found), *sorted(found - set(first)))


def find(name: str) -> Template:
    """The template of a name, or that of a file of the group's own.

    Raises:
        BadTemplate: If there is none, or it cannot be read.
    """
    path = FOLDER / f"{name}.toml" if name in names() else Path(name)
    if path.suffix != ".toml":
        raise BadTemplate(f"There is no template {name!r}; there are {', '.join(names())}.")
    return read(path)


def read(path: Path) -> Template:
    """A template of a file.

    Raises:
        BadTemplate: If it cannot be read, or names something that does not exist.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadTemplate(f"{path.name}: it cannot be read ({error.strerror}).") from error
    try:
        if len(content) > _MOST_BYTES:
            raise ValueError(f"it has {len(content)} bytes, at most {_MOST_BYTES} are read")
        return _read(path.stem, tomllib.loads(content.decode("utf-8")))
    except (ValueError, RecursionError) as error:  # of TOML and of UTF-8 too
        reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise BadTemplate(f"{path.name}: {reason.rstrip('.')}.") from error


def _read(code: str, document: Mapping[str, Any]) -> Template:
    """The template of a document, checked.

    Raises:
        ValueError: If something in it cannot be; the message says what.
    """
    if strange := sorted(document.keys() - _KEYS):
        keys = ", ".join(sorted(_KEYS))
        raise ValueError(f"{strange[0]!r} is no key of a template; it has {keys}")
    for key, (values, words) in _VALUES.items():
        if (value := document.get(key, values[0])) not in values:
            raise ValueError(f"{key} is {value!r}; it may be {words}")
    asks = document.get("asks", "")
    span = document.get("span", "{month}")
    match = _PLACEHOLDER.fullmatch(span) if isinstance(span, str) else None
    if not (match and (match[1] in _PLACEHOLDERS or _is_last_months(match[1]))):
        raise ValueError(f"span is {str(span)[:40]!r}; it may be {{month}}, {{quarter}}, {{year}} "
                         "or {last:12}")  # fmt: skip
    name, about = (_in_both_languages(document, key, code) for key in ("name", "about"))
    figures, audience = _figures(document.get("figures"), asks), document.get("audience", "member")
    return Template(code, name, about, figures, asks, audience, document.get("pages"), match[1])


def _in_both_languages(document: Mapping[str, Any], key: str, code: str) -> tuple[str, str]:
    """A text in English and the country's language; shipped templates have theirs in ``words``.

    In the group's own templates English may stand for both.
    """
    value, phrase = document.get(key), f"report.template.{code}.{key}"
    if value is None and phrase in phrases(ENGLISH):
        return translate(phrase, ENGLISH), translate(phrase, LOCAL)
    texts = value if isinstance(value, dict) else {ENGLISH: value}
    english, local = texts.get(ENGLISH), texts.get(LOCAL, "")
    if not (isinstance(english, str) and english.strip() and isinstance(local, str)):
        raise ValueError(f"{key} must be a text, or {{ en = a text, {LOCAL} = a text }}")
    if max(len(english), len(local)) > _LONGEST:
        raise ValueError(f"{key} has more than {_LONGEST} characters")
    return english, local


def _figures(figures: Any, asks: str) -> tuple[str, ...]:
    """The figures of a template, checked: ids and parameters exist, placeholders are known."""
    if not (isinstance(figures, list) and figures and all(isinstance(one, str) for one in figures)):
        raise ValueError("figures must be a list of exhibits, such as 'overview.trend'")
    if len(figures) > MOST_FIGURES:
        raise ValueError(f"it has {len(figures)} figures, at most {MOST_FIGURES} are made")
    exhibits = {entry.id for entry in definitions()}
    for figure in figures:
        exhibit = figure.partition("?")[0]
        if exhibit not in exhibits:
            raise ValueError(f"there is no exhibit {exhibit[:60]!r}")
        allowed = _parameters(exhibit)
        for parameter, _ in parse_qsl(figure.partition("?")[2], keep_blank_values=True):
            if parameter not in allowed:
                listed = ", ".join(allowed)
                raise ValueError(f"{exhibit} has no {parameter[:30]!r}; it has {listed}")
        for name in _PLACEHOLDER.findall(figure):
            if not (name in _PLACEHOLDERS or _is_last_months(name) or name == (asks or None)):
                raise ValueError(f"{exhibit}: nothing is known of {{{name[:30]}}}")
    return tuple(figures)


def _parameters(exhibit: str) -> tuple[str, ...]:
    """The parameters that a figure may have; edition, audience and language are the report's."""
    parameters = (*FILTER_PARAMETERS, *option_parameters(definition(exhibit)))
    return tuple(known.name for known in parameters if known.name not in THE_REPORTS_OWN)


def _is_last_months(placeholder: str) -> bool:
    """Whether a placeholder stands for the last months, as ``last:12`` does."""
    match = _LAST.fullmatch(placeholder)
    return match is not None and int(match[1]) > 0
