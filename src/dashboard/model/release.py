"""The release contract: every table and column that a release file holds.

The publisher builds exactly this and the dashboard opens nothing else. A table of units per
fact follows from ``facts``; the rest is named here. No column about a person, a partner or an
exact count of the register may be added.
"""

from __future__ import annotations

from dashboard.model.facts import FACTS, Fact
from dashboard.model.languages import LOCAL

#: Raised by one whenever a release of the old shape can no longer be read: none of another version
#: is opened.
CONTRACT_VERSION = 9
#: Added to the name of a release file, the name of the file with its digest: the line that
#: ``sha256sum`` writes. Where it lies beside the release, the release must agree with it.
DIGEST_SUFFIX = ".sha256"
#: Added to the name of a release file, the name of an empty file beside it that says: this one was
#: taken back, no reader may open it.
TAKEN_BACK_SUFFIX = ".taken-back"
#: Folder of releases for the public, inside that of the members'.
PUBLIC_FOLDER = "public"

Columns = tuple[tuple[str, str], ...]


def echo_table(fact: Fact) -> str:
    """Name of the table that holds the echoes of a fact."""
    return f"echo_{fact.id}"


def echo_columns(fact: Fact) -> Columns:
    """Columns of the echoes of a fact: those of its units, in several replicates from 1 on.

    An echo is the units taken as if they were the truth and protected again. A row of a size above
    0 is a unit of the echo, one of -1 a record that it was made of: so the sum of a figure over one
    replicate is the error that protection gave it there. Units that are records have no echoes.
    """
    return (("replicate", "INTEGER"), *fact.columns)


#: Columns of each table, by its name.
TABLES: dict[str, Columns] = {
    # The three columns of population repeat one row of ``population``, that of the newest year.
    "place": (
        ("code", "VARCHAR"),
        ("level", "VARCHAR"),
        ("name_en", "VARCHAR"),
        (f"name_{LOCAL}", "VARCHAR"),
        ("lon", "DOUBLE"),
        ("lat", "DOUBLE"),
        ("population", "INTEGER"),
        ("population_year", "INTEGER"),
        ("population_group", "VARCHAR"),
    ),
    # A place's ancestors, one row per level and validity; null dates are open ends.
    "place_parent": (
        ("code", "VARCHAR"),
        ("level", "VARCHAR"),
        ("parent", "VARCHAR"),
        ("valid_from", "DATE"),
        ("valid_to", "DATE"),
    ),
    "neighbour": (("level", "VARCHAR"), ("code", "VARCHAR"), ("neighbour", "VARCHAR")),
    "dimension": (
        ("fact", "VARCHAR"),
        ("name", "VARCHAR"),
        ("label_en", "VARCHAR"),
        (f"label_{LOCAL}", "VARCHAR"),
        ("kind", "VARCHAR"),
        ("code_list", "VARCHAR"),
        ("filter", "VARCHAR"),
        ("standard", "VARCHAR"),
        ("position", "INTEGER"),
    ),
    "code": (
        ("code_list", "VARCHAR"),
        ("code", "VARCHAR"),
        ("label_en", "VARCHAR"),
        (f"label_{LOCAL}", "VARCHAR"),
        ("standard", "VARCHAR"),
        ("standard_code", "VARCHAR"),
        ("position", "INTEGER"),
    ),
    # One row. kind is invented, published or real; periods are first days of months.
    "edition": (
        ("release_id", "VARCHAR"),
        ("contract_version", "INTEGER"),
        ("kind", "VARCHAR"),
        ("audience", "VARCHAR"),
        ("title", "VARCHAR"),
        ("source_note", "VARCHAR"),
        ("first_month", "DATE"),
        ("last_month", "DATE"),
        ("as_of", "DATE"),
        ("built_at", "TIMESTAMP"),
        ("approved_by", "VARCHAR"),
        ("registry_digest", "VARCHAR"),
    ),
    # How many partners signed the edition, as a band of ``model.signoff``: one row in the members'
    # file where some were asked, else none. The release does not say who signed, or was asked.
    "sign_off": (("band", "VARCHAR"),),
    # Protection base per fact: 1 means that the units are the records themselves.
    "protection": (("fact", "VARCHAR"), ("base", "INTEGER")),
    # Whether the total of a fact's period is that of the records in it: exact as reported when it
    # closed. It is not where too few partners stood behind it or late arrivals were added.
    "block_total": (("fact", "VARCHAR"), ("period", "DATE"), ("exact", "BOOLEAN")),
    # The area on which maps open where the operator chose one: one row, else none.
    "home": (("code", "VARCHAR"),),
    # What the operator noted of the months that the edition holds: first and last month, both first
    # days and included, a code of ``event_note``, the area that it is about (null: all of them),
    # and the text in both languages ("" where there is none in the country's own).
    "event_note": (
        ("month", "DATE"),
        ("last_month", "DATE"),
        ("kind", "VARCHAR"),
        ("area", "VARCHAR"),
        ("text_en", "VARCHAR"),
        (f"text_{LOCAL}", "VARCHAR"),
    ),
    # How many people lived in a place: one row a place, group (``counted_group``) and year, within
    # the boundaries (``boundaries``) in which they were counted.
    "population": (
        ("place", "VARCHAR"),
        ("population_group", "VARCHAR"),
        ("year", "INTEGER"),
        ("boundaries", "VARCHAR"),
        ("population", "INTEGER"),
    ),
    # Where partners declare the areas in which they work: from the first day of a month until that
    # of another, null while it still does, some agency reported from an area (third areas; for the
    # public second ones). No rows at all mean that none of this is known; who reports is never
    # told.
    "reporting": (("area", "VARCHAR"), ("from_month", "DATE"), ("until_month", "DATE")),
    # The ground that camps take up, where the operator loaded it: a place, and a GeoJSON geometry
    # of type MultiPolygon (longitude and latitude in degrees, WGS 84).
    "outline": (("place", "VARCHAR"), ("geometry", "VARCHAR")),
    # What plans want: of an indicator (``model.target``; with a dot and a service where it is of
    # one), of an area (null: all of them) and a group (``sex_age_group``), from a first month to a
    # last one, both first days and included, and whose plan says so. A share is in percent.
    "target": (
        ("indicator", "VARCHAR"),
        ("area", "VARCHAR"),
        ("target_group", "VARCHAR"),
        ("month", "DATE"),
        ("last_month", "DATE"),
        ("target", "INTEGER"),
        ("source", "VARCHAR"),
    ),
    # Places that a service has in an area for a group (``sex_age_group``), on a day.
    "capacity": (
        ("area", "VARCHAR"),
        ("service", "VARCHAR"),
        ("target_group", "VARCHAR"),
        ("places", "INTEGER"),
        ("as_of", "DATE"),
    ),
    # Named checks the publisher made on the finished file, each with what it found.
    "build_check": (("name", "VARCHAR"), ("passed", "BOOLEAN"), ("finding", "VARCHAR")),
    # Per month, number of reporting partners as a band.
    "coverage": (("month", "DATE"), ("reporting_band", "VARCHAR")),
    # What editions showed, in the whole country, of the months up to their own last one: a fact,
    # the last month of an edition and a month, both first days, and the sum of the units. Editions
    # before the first one follow from report months of the records, as rounded shares of the
    # present sizes.
    "edition_series": (
        ("fact", "VARCHAR"),
        ("edition", "DATE"),
        ("month", "DATE"),
        ("size", "INTEGER"),
    ),
    # How much of the months before a month came from who is silent in it, and how much of it from
    # who is new, as bands of ``model.partner_share``: one row a fact and month, fixed when it
    # closed.
    "partner_share": (
        ("fact", "VARCHAR"),
        ("month", "DATE"),
        ("silent", "VARCHAR"),
        ("new", "VARCHAR"),
    ),
    **{fact.id: fact.columns for fact in FACTS},
    **{echo_table(fact): echo_columns(fact) for fact in FACTS},
}


def create_statements() -> list[str]:
    """DDL of an empty release, one statement a table."""
    return [
        f"CREATE TABLE {name} ({', '.join(f'{column} {type_}' for column, type_ in columns)})"
        for name, columns in TABLES.items()
    ]
