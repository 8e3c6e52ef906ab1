"""A report as one picture with a text to go with it, as people send it in a message.

The picture has the report's sentences, large numbers, what the group wrote, the first of its limits
and its foot; the text has as much of these as fits into four hundred characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dashboard.figures import theme
from dashboard.figures.text import broken
from dashboard.report.contents import Page, Report
from dashboard.report.forms import Line
from dashboard.report.maps import Drawer

#: Characters of the text.
MOST_TEXT = 400
_WIDTH, _EDGE = 1080, 56


def as_png(report: Report, drawer: Drawer) -> bytes:
    """The picture, 1080 pixels wide and as high as what it says."""
    painter = _Painter(drawer)
    painter.text(f"{report.title} · {report.month}", 26, theme.BLUE, bold=True)
    painter.text(report.opening, 44, bold=True, gap=22)
    for page in report.pages:
        for number, change in _numbers(report, page):
            painter.text(number, 30, bold=True)
            painter.text(change, 24, theme.TEXT_2, gap=10)
        for line in page.form.lines:
            painter.mark(line)
            painter.text(line.lead, 30, bold=bool(line.word or line.text), inset=44)
            rest = " ".join(filter(None, (line.word, line.text)))
            painter.text(rest, 25, theme.TEXT_2, gap=12, inset=44)
        if page.words:
            painter.text(f"{page.exhibit.title}: {page.words}", 25, bold=True, gap=14)
    painter.text(report.limits[0], 22, theme.TEXT_2, gap=6)
    painter.text(report.foot, 20, theme.TEXT_2)
    return drawer.picture(painter.svg(), zoom=1)


def message(report: Report) -> str:
    """The text that goes with the picture: its title and as many sentences as fit, whole.

    A last line says that the picture has the rest, and whether words of the group are in that.
    """
    head = report.phrase("message", title=report.title, month=report.month)
    lines = [f"{head} ({report.handling})", report.opening]
    group_words = [page.words for page in report.pages if page.words]
    sentences = [*group_words, *_plain_sentences(report)]
    if len("\n".join([*lines, *sentences])) <= MOST_TEXT:
        return "\n".join([*lines, *sentences])
    words_elsewhere = report.phrase("message_words")
    for sentence in sentences:
        if len("\n".join([*lines, sentence, words_elsewhere])) <= MOST_TEXT:
            lines.append(sentence)
    has_all_words = all(sentence in lines for sentence in group_words)
    text = "\n".join([*lines, report.phrase("message_more") if has_all_words else words_elsewhere])
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 2].rsplit(' ', 1)[0]} …"


def _plain_sentences(report: Report) -> Iterator[str]:
    """Each large number and each judged sentence of the figures, without the rest of its line."""
    for page in report.pages:
        for number, _ in _numbers(report, page):
            yield number
        for line in page.form.lines:
            yield " · ".join(filter(None, (line.lead, line.word, line.when))).rstrip(".")


def _numbers(report: Report, page: Page) -> Iterator[tuple[str, str]]:
    """Large numbers with their names, and their months where the title has others; changes."""
    for label, number, change in page.form.figures:
        dated = report.phrase("dated", label=label, months=page.months) if page.months else label
        yield f"{dated}: {number}", change


class _Painter:
    """Lines of text one below the other, as elements of SVG."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer, self._y, self._marks = drawer, float(_EDGE), list[str]()

    def text(
        self, text: str, size: float, colour: str = theme.TEXT, *, bold: bool = False,
        gap: float = 4, inset: float = 0,
    ) -> None:  # fmt: skip
        """Add a text in as many lines as it takes, with ``inset`` left of it and a gap below it."""
        look, room = "bold" if bold else "plain", _WIDTH - 2 * _EDGE - inset
        for line in broken(text, lambda line: self._drawer.width_of(line, size, look) <= room):
            self._y += size * 1.42
            self._marks.append(
                f'<text x="{_EDGE + inset}" y="{self._y:.1f}" font-size="{size}" fill="{colour}" '
                f'font-weight="{700 if bold else 400}">{escape(line, quote=False)}</text>'
            )
        self._y += gap if text else 0

    def mark(self, line: Line) -> None:
        """Add the mark before a judged sentence: a triangle that points up or down, or a dot."""
        x, y = _EDGE + 12, self._y + 30
        tip_and_base = {"up": (y - 12, y + 8), "down": (y + 10, y - 10)}.get(line.direction)
        _, colour = line.mark
        if tip_and_base is None:
            self._marks.append(f'<circle cx="{x}" cy="{y}" r="6" fill="{colour}"/>')
        else:
            tip, base = tip_and_base
            corners = f"{x},{tip} {x - 12},{base} {x + 12},{base}"
            self._marks.append(f'<polygon points="{corners}" fill="{colour}"/>')

    def svg(self) -> str:
        """The picture so far."""
        height = round(self._y + _EDGE)
        bar = f'<rect width="{_WIDTH}" height="14" fill="{theme.BLUE}"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
            f'viewBox="0 0 {_WIDTH} {height}">{bar}{"".join(self._marks)}</svg>'
        )
