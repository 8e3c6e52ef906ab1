"""Class split of a ranked row: trafficking, smuggling, mixed and other, never summed together.

Every ranking uses it. The looks are those of all charts; the words stand in ``splits.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.analysis.expected_error import ExpectedError, leads
from dashboard.figures.theme import CLASS_LOOK
from dashboard.filters import Filters
from dashboard.model import codes
from dashboard.model.counted_by import Gathered
from dashboard.model.facts import Fact
from dashboard.words.catalogue import translate

#: Parts in the order in which they are drawn.
PARTS = ("trafficking", "smuggling", "mixed", "other")
#: Women and men, girls and boys by sex and whether they are children.
WHO: Mapping[tuple[str, str], str] = {own: who for who, own in codes.SEX_AND_CHILD_OF.items()}
#: The part of what has no class.
OTHER = "other"
#: The part of each class group.
PART_OF = {
    **dict.fromkeys(codes.TRAFFICKING_GROUPS, "trafficking"),
    codes.SMUGGLING.code: "smuggling",
    codes.MIXED.code: "mixed",
    codes.OTHER_CLASSES.code: OTHER,
}


def parts_of(fact: Fact) -> tuple[str, ...]:
    """Parts that a fact can have: only incidents are mixed."""
    mixed = codes.MIXED.code in (fact["class_group"].codes or ())
    return tuple(part for part in PARTS if part != "mixed" or mixed)


def by_part() -> Gathered:
    """Events counted by part: by their class group, those without a class as OTHER."""
    return Gathered("class_group", PART_OF, missing=OTHER)


def main_part(parts: Mapping[str, int], error: ExpectedError) -> str:
    """The part with the largest number, or "other" where protection could have put it first.

    A single unit says little of a class: its class was drawn apart from its places.
    """
    largest = max(parts, key=lambda part: parts[part])
    ranked = sorted(parts.values(), reverse=True)
    return largest if leads(ranked, error) else OTHER


def label(part: str, lang: str) -> str:
    """A part in words."""
    return translate(f"splits.{part}", lang)


def legend(fact: Fact, lang: str) -> list[dict[str, str]]:
    """The parts of a fact with label, colour and pattern, as a ranking's figure holds them."""
    return [
        {
            "code": part,
            "label": label(part, lang),
            "colour": CLASS_LOOK[part].colour,
            "pattern": CLASS_LOOK[part].pattern,
        }
        for part in parts_of(fact)
    ]


def ramp(filters: Filters) -> str:
    """Name of the colour ramp: a class's own where only that class is counted, else ``total``."""
    chosen = set(filters.codes_of("class"))
    trafficking = {"trafficking", *codes.TRAFFICKING_GROUPS, *codes.TRAFFICKING_CLASSES}
    if chosen and chosen <= trafficking:
        return "trafficking"
    return "smuggling" if chosen and chosen <= set(codes.SMUGGLING_CLASSES) else "total"
