"""The neutral figure: the data of a chart, before anything is drawn.

Categories, series, every number with its range and its words, and marks. Plotly's figures are made
of it, and so are all other drawings and files of a chart; the look of each form stands in its own
module. Maps have a description of their own (``map_description``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.figures.marks import Marks

#: Bars one below the other, alone, as percents of 100, beside each other, as parts of one bar or
#: back to back; lines over time, together or each in a panel of its own; a matrix, a series a row;
#: small multiples over time, one a series.
Form = Literal[
    "bars", "shares", "grouped", "stacked", "mirrored", "lines", "panels", "matrix", "strips"
]


#: Colour or pattern of a whole series, or of each of its numbers.
Look = str | tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """A number with its range and its words.

    Attributes:
        value: The number.
        low, high: Its range; itself twice where it is exact.
        text: Its words at a bar, point or cell: "27".
        hover: Its words where a reader points at it: "about 27 people".
    """

    value: int
    low: int
    high: int
    text: str
    hover: str

    @property
    def reach(self) -> int:
        """The upper end of the number and its range."""
        return max(self.value, self.high)


@dataclass(frozen=True)
class NumberFormat:
    """How numbers of one kind are worded.

    Attributes:
        mark: A number at its bar, line or cell, where there is little room: "27".
        hover: The number where a reader points at it, with its unit: "about 27 people".
        tick: A number of the scale beside the figure: "300".
        interval: The range of a number; itself twice where it is exact.
        rough: Whether marks are ranges, since the numbers are mostly protection.
    """

    mark: Callable[[int], str]
    hover: Callable[[int], str]
    tick: Callable[[int], str]
    interval: Callable[[int], tuple[int, int]] = lambda value: (value, value)
    rough: bool = False

    def number(self, value: int) -> Number:
        """A number with its range and its words."""
        return Number(value, *self.interval(value), self.mark(value), self.hover(value))

    def numbers(self, values: Iterable[int | None]) -> tuple[Number | None, ...]:
        """Numbers with their ranges and words; None stays None."""
        return tuple(None if value is None else self.number(value) for value in values)


@dataclass(frozen=True)
class Series:
    """Numbers of one kind, one per category; None where there is none.

    Attributes:
        name: What they count, as a reader reads it; '' of the only series of bars.
        numbers: One per category.
        colour, pattern: Look of all, or of each category.
        dash: Look of a line; no two lines of a chart share colour and dash.
        is_target: Whether they are targets of a plan and not counts.
        expected: Final numbers that are expected of periods that still fill up; may be empty.
        usual: The usual range of each period of a panel.
        subtitle: Lines under the name of a panel.
    """

    name: str
    numbers: tuple[Number | None, ...]
    colour: Look = ""
    pattern: Look = ""
    dash: str = "solid"
    is_target: bool = False
    expected: tuple[Number | None, ...] = ()
    usual: tuple[Number | None, ...] = ()
    subtitle: str = ""

    @property
    def known_numbers(self) -> list[Number]:
        """Its numbers, without the places where there is none."""
        return [number for number in self.numbers if number]

    @property
    def last(self) -> int:
        """Index of its last number."""
        return max((index for index, number in enumerate(self.numbers) if number), default=0)

    @property
    def values(self) -> list[int | None]:
        """The plain numbers."""
        return [number and number.value for number in self.numbers]


@dataclass(frozen=True)
class Clicks:
    """What a click on a category chooses.

    Attributes:
        name: A filter.
        codes: Its code per category, '' for one without.
        labels: Name of each category.
        hints: What a click on each category does, in words.
    """

    name: str
    codes: Sequence[str]
    labels: Sequence[str]
    hints: Sequence[str]


@dataclass(frozen=True)
class Plot:
    """A chart as data.

    Attributes:
        form: The form of the chart.
        categories: Names of bars, periods or columns, in order.
        series: At least one unless there is no category.
        is_rough: Whether the numbers are mostly protection, and are drawn lighter.
        totals: The total of each stack; may be empty.
        texts: Texts behind bars or stacks instead of their numbers.
        usual: The usual number of each category: a value for bars, a range for lines.
        usual_name: The name of that.
        provisional: How many of the last categories may still rise.
        provisional_name: The word above these.
        clicks: What a click on a category chooses.
        marks: Marks on periods.
        tick: A number of the scale in words.
        meta: Further data for card and scripts. Of a matrix, whether cells are ``signs``, more (1),
            less (-1) or neither, and the last row and column ``sums``.

    Raises:
        ValueError: If a series has another length than the categories.
    """

    form: Form
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_rough: bool = False
    totals: tuple[Number, ...] = ()
    texts: tuple[str, ...] = ()
    usual: tuple[Number | None, ...] = ()
    usual_name: str = ""
    provisional: int = 0
    provisional_name: str = ""
    clicks: Clicks | None = None
    marks: Marks = field(default_factory=Marks)
    tick: Callable[[int], str] = field(default=str, repr=False, compare=False)
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for series in self.series:
            if len(series.numbers) != len(self.categories):
                raise ValueError(
                    f"{series.name}: {len(series.numbers)} numbers for "
                    f"{len(self.categories)} categories"
                )

    @property
    def settled(self) -> int:
        """How many categories come before those that may still rise."""
        return len(self.categories) - min(self.provisional, len(self.categories))
