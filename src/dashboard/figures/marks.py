"""Marks over time: small numbered boxes above a chart, each with a dotted line down to its period.

A name would lie across the lines of a narrow chart, so a mark carries a number and its words stand
in the list under the figure (``layout.meta.marks``), which pages, pictures and files write. Boxes
whose periods are near each other stand on rows of their own, so that none covers another at any
width. The few marks of a wide chart may have their names at a short line instead (``are_named``).
What is marked is decided by the exhibits (``exhibits.parts.time_marks``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.figures import theme
from dashboard.figures.text import escaped, wrapped
from dashboard.figures.theme import Figure

#: A note of somebody; how many partners report; more and fewer than usual, by the judge of change.
Kind = Literal["note", "reporting", "more", "fewer"]
#: The kinds that are results of an analysis.
FLAGS: tuple[Kind, ...] = ("more", "fewer")

#: Width of a box and height of a row of them, in pixels.
_WIDE, _ROW = 20, 18
#: Pixels from the plot to the lowest box, above the label at the upper end of an axis; and letters
#: in a line where a reader points.
_FREE, _HOVER = 9, 44
#: Letters in a line of a name at its line.
_NAME = 44
#: Letters of a number that fit into a box of the usual width; one of more is as wide as it needs.
_FITS = 2
#: Width in pixels of the narrowest plot, on a phone with a label at its right end.
_NARROWEST = 210
#: Share of a plot's height that the line of a named mark has.
_SHORT = 0.14
#: Colours of the fill and of the line of a box.
_LOOK: dict[Kind, tuple[str, str]] = {
    "note": (theme.SURFACE, theme.TEXT_2),
    "reporting": (theme.SUNKEN, theme.TEXT_2),
    "more": (theme.MORE_SOFT, theme.MORE),
    "fewer": (theme.FEWER_SOFT, theme.FEWER),
}
#: Flags have an arrow before their number, so that colour is never the only difference.
_ARROWS: dict[Kind, str] = {"note": "", "reporting": "", "more": "↑", "fewer": "↓"}


@dataclass(frozen=True)
class Mark:
    """Something to know about a period of a chart.

    Attributes:
        at: Index of the period.
        kind: What it is.
        when: When it was, in words.
        text: Its name, as the list under the figure has it.
        hover: More about it, where a reader points at it; '' for nothing.
    """

    at: int
    kind: Kind
    when: str
    text: str
    hover: str = ""


@dataclass(frozen=True)
class Marks:
    """The marks of a chart.

    Attributes:
        marks: Marks in any order.
        digits: Numbers from one on, as a reader reads them; as many as marks.
        lacking: Indices of the periods in which fewer partners reported than in most.
        lacking_text: The words for that.
        are_named: Whether the name of each stands at its line, and none in a list under the figure.
    """

    marks: Sequence[Mark] = ()
    digits: Sequence[str] = ()
    lacking: Sequence[int] = ()
    lacking_text: str = ""
    are_named: bool = False

    @property
    def ordered(self) -> list[Mark]:
        """Marks in order of time, as they are numbered; flags follow notes that may explain one."""
        return sorted(self.marks, key=lambda mark: (mark.at, mark.kind in FLAGS))

    @property
    def listed(self) -> list[dict[str, str]]:
        """The list under the figure: ``number``, ``kind``, ``when``, ``text``, ``said`` of each.

        The last entry, without a number, says what periods with fewer partners look like.
        """
        if self.are_named:
            return []
        entries = [
            {
                "number": f"{_ARROWS[mark.kind]}{number}",
                "kind": mark.kind,
                "when": mark.when,
                "text": mark.text,
                "said": mark.hover,
            }
            for number, mark in zip(self.digits, self.ordered, strict=True)
        ]
        key = {"number": "", "kind": "lacking", "when": "", "text": self.lacking_text, "said": ""}
        return [*entries, *([key] if self.lacking else [])]


def rows(marks: Marks, periods: int) -> list[int]:
    """The row of each mark in order, 0 the lowest: apart from its neighbours on the same row.

    >>> some = [Mark(at, "note", "", "") for at in (3, 4, 9)]
    >>> rows(Marks(some, "123"), 12)
    [0, 1, 0]
    """
    least_distance = (_WIDE + 1) * periods / _NARROWEST
    last_places: list[float] = []  # of the last mark of each row
    row_of_mark: list[int] = []
    for mark in marks.ordered:
        place = _place(mark)
        free = (row for row, last in enumerate(last_places) if place - last >= least_distance)
        row = next(free, len(last_places))
        last_places[row : row + 1] = [place]
        row_of_mark.append(row)
    return row_of_mark


def room_above(marks: Marks, periods: int) -> int:
    """Pixels that marks need above a chart."""
    if marks.are_named:
        return 0
    number = max(rows(marks, periods), default=-1) + 1
    return _ROW * number + (_FREE if number else 0)


def boxes(marks: Marks, periods: int, letters: int = _NAME) -> list[Figure]:
    """The numbered boxes above the plot, or names at the foot of their lines, as annotations.

    Args:
        marks: The marks.
        periods: How many periods the chart has.
        letters: Letters in a line of a name.
    """
    if marks.are_named:
        return [_name(mark, periods, letters) for mark in marks.ordered]
    return [
        theme.annotation(
            entry["number"],
            _place(mark),
            1,
            size=11,
            xanchor="center",
            yshift=_FREE + _ROW * row,
            hovertext=_hover(entry),
            **dict(zip(("bgcolor", "bordercolor"), _LOOK[mark.kind], strict=True)),
            borderwidth=1,
            borderpad=1,
            height=12,
        )
        | ({"width": _WIDE - 4} if len(entry["number"]) <= _FITS else {})
        for mark, row, entry in zip(marks.ordered, rows(marks, periods), marks.listed, strict=False)
    ]


def _name(mark: Mark, periods: int, letters: int) -> Figure:
    """The name of a mark beside its short line, on the side that has more room."""
    place = _place(mark)
    is_late = 2 * place > periods
    side, shift = ("right", -4) if is_late else ("left", 4)
    return theme.annotation(
        wrapped(mark.text, letters),
        place,
        0,
        colour=theme.TEXT_2,
        xanchor=side,
        xshift=shift,
        align=side,
        bgcolor=theme.faded(theme.SURFACE, 0.75),
    )


def _hover(entry: dict[str, str]) -> str:
    """What pointing at the box of an entry of ``Marks.listed`` says."""
    more = f"<br>{wrapped(entry['said'], _HOVER)}" if entry["said"] else ""
    return f"<b>{escaped(entry['when'])}</b><br>{escaped(entry['text'])}{more}"


def stems(marks: Marks, periods: int) -> list[Figure]:
    """The dotted lines from boxes to the axis, and bars under periods with fewer partners."""
    figures: list[Figure] = []
    for mark, row in zip(marks.ordered, rows(marks, periods), strict=True):
        place, (_, colour) = _place(mark), _LOOK[mark.kind]
        common: Figure = {
            "type": "line",
            "x0": place,
            "x1": place,
            "xref": "x",
            "yref": "paper",
            "line": {"color": colour, "width": 1, "dash": "dot"},
            "layer": "below",
        }
        figures.append(common | {"y0": 0, "y1": _SHORT if marks.are_named else 1})
        if row and not marks.are_named:
            reach = {"ysizemode": "pixel", "yanchor": 1, "y0": 0, "y1": _FREE + _ROW * row}
            figures.append(common | reach)
    return [*figures, *map(_lacking, marks.lacking)]


def _lacking(index: int) -> Figure:
    """A bar below the axis at a period in which fewer partners reported."""
    ends = {"ysizemode": "pixel", "yanchor": 0, "y0": -5, "y1": -2}
    return theme.ground(index - 0.4, index + 0.4, theme.TEXT_3, **ends)


def _place(mark: Mark) -> float:
    """Place of a mark on the axis: of a flag its period, of all others the start of that."""
    if mark.kind in FLAGS:
        return float(mark.at)
    return max(mark.at - 0.5, -0.3)
