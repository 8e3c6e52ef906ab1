"""HXL: which hashtag of the Humanitarian Exchange Language (version 1.1) a column carries.

Hashtags follow the columns of a release; files and the data dictionary read them here. What the
standard has no hashtag for gets one of its own, ``#x_`` with the column's name, as HXL asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.model.country import FIRST, SECOND, THIRD
from dashboard.model.languages import words_of

#: Column of a release to its hashtag; levels of places among them.
HASHTAGS: Mapping[str, str] = MappingProxyType(
    {
        "month": "#date",
        "quarter": "#date",
        "place": "#loc",
        THIRD: "#adm3",
        SECOND: "#adm2",
        FIRST: "#adm1",
        "country": "#country",
        "class": "#event+type",
        "class_group": "#event+type",
        "rescuing_authority": "#org+type",
        "from_agency_type": "#org+type",
        "to_agency_type": "#org+type",
        "service": "#service",
        "status": "#status",
    }
)
#: A number of people, and any other number.
PEOPLE = "#affected+ind"
NUMBER = "#indicator+value+num"


def hashtag(column: str) -> str:
    """The hashtag of a column.

    >>> hashtag("month"), hashtag("age_band")
    ('#date', '#x_age_band')
    """
    return HASHTAGS.get(column, f"#x_{column.lower().replace('-', '_')}")


def code_of(column: str, about: str = "") -> str:
    """The hashtag of a column's codes; ``about`` is a further attribute such as ``+origin``.

    >>> code_of("district"), code_of("place", "+dest")
    ('#adm2+code', '#loc+dest+code')
    """
    return f"{hashtag(column)}{about}+code"


def name_of(column: str, lang: str, about: str = "") -> str:
    """The hashtag of a column's names in a language.

    >>> name_of("district", "bn-beng")
    '#adm2+name+i_bn'
    """
    return f"{hashtag(column)}{about}+name+i_{words_of(lang)}"
