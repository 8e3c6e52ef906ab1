"""Edition: what a release says about itself, its one row of the contract's table ``edition``.

It is written when a release is built and read when one is opened. The other tables of a release
stand in ``release``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from dashboard.model.country import FIRST, SECOND
from dashboard.model.periods import Month, Span

Audience = Literal["member", "public"]

#: Levels of places that an edition for the public may name.
PUBLIC_LEVELS = ("country", FIRST, SECOND, "sea_area")


@dataclass(frozen=True)
class Edition:
    """What a release says about itself.

    Attributes:
        release_id: Its id, the same for the members' release and the public one made from it.
        contract_version: Version of the contract that it follows.
        kind: invented, published or real.
        audience: member or public.
        title: Its title.
        source_note: Where its data come from, in words.
        first_month: First month that it holds.
        last_month: Last month that it holds.
        as_of: Day on which its months were closed.
        built_at: Time of building, UTC.
        approved_by: Who cleared it, or "".
        registry_digest: Digest of the registry that it was built with.
        signed: How many partners signed it, in a band (``model.signoff``), or "" where none was
            asked. It stands in a table of its own, ``sign_off``.
    """

    release_id: str
    contract_version: int
    kind: str
    audience: Audience
    title: str
    source_note: str
    first_month: Month
    last_month: Month
    as_of: date
    built_at: datetime
    approved_by: str
    registry_digest: str
    signed: str = ""

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Edition:
        """The edition of a row in the contract's order."""
        values = dict(zip(COLUMNS, row, strict=True))
        for name in ("first_month", "last_month"):
            values[name] = Month.of(values[name])
        for name in ("audience", "title", "source_note", "approved_by"):
            values[name] = values[name] or ""
        return cls(**values)

    @property
    def row(self) -> tuple[object, ...]:
        """Its row, in the contract's order; null where nobody cleared it."""
        values = {name: getattr(self, name) for name in COLUMNS}
        values["first_month"] = self.first_month.first_day
        values["last_month"] = self.last_month.first_day
        values["approved_by"] = self.approved_by or None
        return tuple(values.values())

    @property
    def span(self) -> Span:
        """First to last month."""
        return Span(self.first_month, self.last_month)

    @property
    def is_public(self) -> bool:
        """Whether it was made for everybody and not for the working group alone."""
        return self.audience == "public"

    def offers_level(self, level: str) -> bool:
        """Whether places of a level may be asked for; the public's end at districts."""
        return not self.is_public or level in PUBLIC_LEVELS


#: Its columns in the table ``edition``, in the contract's order.
COLUMNS = tuple(field.name for field in fields(Edition) if field.name != "signed")
