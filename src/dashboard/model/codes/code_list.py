"""Code lists: what a code and a closed list of them are, and the standards they follow.

The two codes that many lists share belong here. The lists themselves stand in the modules beside
this one, by topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from dashboard.model.country import PACK, Entry
from dashboard.model.languages import LOCAL, in_words_of, label_in

HTCDS = "HTCDS 2.0"
PALERMO = "Palermo Protocol"
SMUGGLING_PROTOCOL = "Smuggling Protocol"
ICTIP = "IC-TIP"
UNHCR = "UNHCR population categories"
PRIMERO = "Primero v2"
REFERRAL_FORM = "Inter-agency referral form"
ISIC = "ISIC rev. 4"
OCHA = "OCHA P-codes"
WORKING_GROUP = "Working group sheet"
OWN = "Situation Atlas"


@dataclass(frozen=True)
class Code:
    """One value of a code list: its code, English label, code elsewhere, and label in LOCAL."""

    code: str
    en: str
    standard_code: str = ""
    local: str = field(default="", compare=False)


@dataclass(frozen=True)
class CodeList:
    """A closed list of codes in the order in which menus and tables show them.

    Attributes:
        id, label, standard: What it is called, and whose it is.
        codes: Its codes.
        is_scale: Whether they go from low to high, so that charts keep their order.
    """

    id: str
    label: str
    standard: str
    codes: tuple[Code, ...]
    is_scale: bool = False

    def __post_init__(self) -> None:
        labelled = (
            replace(code, local=code.local or label_in(LOCAL, f"{self.id}.{code.code}", code.code))
            for code in self.codes
        )
        object.__setattr__(self, "codes", tuple(labelled))

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.codes)

    @property
    def values(self) -> tuple[str, ...]:
        """The codes alone, in order."""
        return tuple(entry.code for entry in self.codes)

    def label_of(self, code: str, lang: str = "en") -> str:
        """Label in a language (English where the other is not known); KeyError for no such code."""
        for entry in self.codes:
            if entry.code == code:
                return in_words_of(lang, entry.en, entry.local)
        raise KeyError(f"{code!r} is not in the code list {self.id}")


def of_country(entry: Entry) -> Code:
    """A code that the country's pack has."""
    return Code(entry.code, entry.labels["en"], entry.standard_code, entry.labels.get(LOCAL, ""))


def codes_of_country(list_id: str) -> tuple[Code, ...]:
    """The codes of a list that the country's pack has, in its order."""
    return tuple(of_country(entry) for entry in PACK.lists[list_id])


def code_of_level(role: str) -> Code:
    """The level of a role as a code."""
    level = PACK.levels[role]
    return Code(level.code, level.names["en"], local=level.names.get(LOCAL, ""))


UNKNOWN = Code("unknown", "Unknown")
OTHER = Code("other", "Other")
