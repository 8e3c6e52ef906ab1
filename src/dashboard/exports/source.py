"""What a file is made from: the exhibit, the question that it answers, and its address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dashboard.exhibits.exhibit import Exhibit
from dashboard.exhibits.question import Question
from dashboard.exhibits.registry import Definition, Geometry
from dashboard.filters import Filters, Reading
from dashboard.model.facts import Fact, fact
from dashboard.model.languages import Language
from dashboard.model.periods import Span
from dashboard.release.open_release import Release


@dataclass(frozen=True)
class Source:
    """What a file is made from.

    Attributes:
        exhibit: The rendered exhibit.
        entry: What the registry says about it.
        reading: The view that it answers.
        release: Its release, for names of places in both languages and bases of protection.
        address: Where the same numbers are shown, so that the file leads back to them.
        geography: Folder of the basemap's files.
        form: The form of the file that was asked for, or ''.
    """

    exhibit: Exhibit
    entry: Definition
    reading: Reading
    release: Release
    address: str
    geography: Path
    form: str = ""

    @property
    def filters(self) -> Filters:
        """The filters that it answers."""
        return self.reading.filters

    @property
    def lang(self) -> Language:
        """Language of the words in the file."""
        return self.filters.lang

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the exhibit counts, first the fact that was asked for."""
        leading = self.exhibit.options.get("count")
        return tuple(map(fact, sorted(self.entry.facts, key=lambda name: name != leading)))

    @property
    def geometry(self) -> Geometry | None:
        """What its rows are on the ground; None of what is no map, or is not drawn as one.

        Points become areas where their outlines are drawn.
        """
        if self.exhibit.figure is not None and not self.exhibit.is_map:
            return None
        layers = (self.exhibit.figure or {}).get("layers", ())
        outlined = any(layer["kind"] == "areas" for layer in layers)
        return "areas" if self.entry.geometry == "points" and outlined else self.entry.geometry

    @property
    def period(self) -> Span | None:
        """Months that it counts, in whole periods of its fact with data; None for no fact."""
        if not self.facts:
            return None
        span = self.entry.period(self.filters, self.release, self.reading.options)
        return Question(self.release, self.filters, span, {}).counted_span(self.facts[0].grain)
