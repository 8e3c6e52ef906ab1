"""Fields: what a field is, what it may hold, and a short way to make a coded one.

The fields themselves stand in the modules beside this one, by topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from dashboard.model.codes import CodeList
from dashboard.model.languages import LOCAL, in_words_of, label_in


class Kind(Enum):
    """What a field holds."""

    KEY = "key"  # keyed hash of an identifier, never the identifier
    CODE = "code"  # one code of a closed list
    CODES = "codes"  # several codes, the first one leads
    PLACE = "place"  # one code of the gazetteer
    PLACES = "places"  # several codes of the gazetteer
    NAME = "name"  # a value that its source declares, such as a route
    MONTH = "month"  # first day of a month
    QUARTER = "quarter"  # first day of a quarter
    COUNT = "count"  # how many, 0 or more
    DAYS = "days"  # a duration in days
    GRADE = "grade"  # 1 to 5
    FLAG = "flag"

    @property
    def sql(self) -> str:
        """DuckDB column type."""
        return _SQL_TYPES.get(self, "VARCHAR")

    @property
    def many(self) -> bool:
        """Whether a value is a list."""
        return self in (Kind.CODES, Kind.PLACES)


_SQL_TYPES = {
    Kind.CODES: "VARCHAR[]",
    Kind.PLACES: "VARCHAR[]",
    Kind.MONTH: "DATE",
    Kind.QUARTER: "DATE",
    Kind.COUNT: "INTEGER",
    Kind.DAYS: "INTEGER",
    Kind.GRADE: "INTEGER",
    Kind.FLAG: "BOOLEAN",
}


@dataclass(frozen=True)
class Field:
    """One attribute.

    Attributes:
        name: Column name.
        label: English label for menus, tables and headers.
        kind: What it holds.
        codes: Closed list for CODE and CODES, else None.
        standard: Standard it follows, as the dictionary names it.
        about: What it means, one sentence.
        required: Whether a register row without it is refused.
        restricted: Whether it may never leave the register.
        is_coarse: Whether it is counted by districts and quarters at the finest.
    """

    name: str
    label: str
    kind: Kind
    codes: CodeList | None = None
    standard: str = ""
    about: str = ""
    required: bool = False
    restricted: bool = False
    is_coarse: bool = False

    def __post_init__(self) -> None:
        if (self.kind in (Kind.CODE, Kind.CODES)) != (self.codes is not None):
            raise ValueError(f"field {self.name}: a code list belongs to coded fields only")

    @property
    def label_local(self) -> str:
        """Label in the country's own language, '' where none is known."""
        return label_in(LOCAL, f"field.{self.name}")

    def label_in(self, lang: str) -> str:
        """Label in a language; English where the other is not known."""
        return in_words_of(lang, self.label, self.label_local)

    @property
    def standard_name(self) -> str:
        """The field's standard, or that of its code list."""
        return self.standard or (self.codes.standard if self.codes else "")


def coded(
    name: str,
    code_list: CodeList,
    about: str = "",
    *,
    label: str = "",
    required: bool = False,
    many: bool = False,
) -> Field:
    """A field of one code of a list, or of many; its label is by default that of the list."""
    return Field(
        name,
        label or code_list.label,
        Kind.CODES if many else Kind.CODE,
        code_list,
        about=about,
        required=required,
    )
