"""Checks: what must hold in a finished file before it may be published.

Each check is a question in SQL whose answer is a list of faults; an empty list passes. All are
recorded in the release, so that a reader can see what was made sure of. Faults name tables,
columns and sums, never a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as attribute

import duckdb

from dashboard.model import codes, partner_share
from dashboard.model.edition import PUBLIC_LEVELS, Audience
from dashboard.model.facts import FACTS, MONTHLY_FACTS, PARENT_LEVELS, parent_prefix
from dashboard.model.fields import Kind
from dashboard.model.protection import is_protected
from dashboard.model.release import TABLES, echo_table
from dashboard.model.signoff import BANDS
from etl.register.access import number_of_rows
from etl.release.contents.echoes import differing_facts, number_of_echoes
from etl.release.contents.labels import code_list_of
from etl.release.contents.series import AGES, EDITIONS
from etl.release.contents.stored_echoes import NO_ECHOES, StoredEchoes

_MOST_FAULTS = 3
#: Coded columns of the tables beside the units, and the lists of their codes.
_CODED_BESIDE = (
    ("event_note", "kind", codes.EVENT_NOTE.id),
    ("population", "population_group", codes.COUNTED_GROUP.id),
    ("population", "boundaries", codes.BOUNDARIES.id),
    ("target", "target_group", codes.SEX_AGE_GROUP.id),
    ("capacity", "target_group", codes.SEX_AGE_GROUP.id),
    ("capacity", "service", codes.SERVICE.id),
)
#: Columns of places of the tables beside the units.
_PLACED_BESIDE = (
    ("event_note", "area"),
    ("population", "place"),
    ("reporting", "area"),
    ("outline", "place"),
    ("target", "area"),
    ("capacity", "area"),
)
#: Rows of the tables beside the units whose number cannot be, and the sentence for it.
_WRONG_NUMBERS = {
    "population WHERE NOT population > 0": "population has places without people",
    "target WHERE NOT target > 0": "target wants nothing",
    "capacity WHERE NOT places >= 0": "capacity has fewer than no places",
}
#: Words of columns that only the operator's side may have.
_SECRET_WORDS = ("true", "truth", "record", "residual", "dither", "carry", "partner", "ledger")


@dataclass(frozen=True)
class Check:
    """One check: what must hold, whether it does, and the faults found as text."""

    name: str
    passed: bool
    finding: str


@dataclass(frozen=True)
class Requirements:
    """What a release must hold to.

    Attributes:
        audience: member or public.
        bases: Fact id to the smallest size of its units; 1 means records.
        echoed: Whether it has the echoes of its units.
        stored_echoes: Blocks of its echoes that need not be made again to compare them.
    """

    audience: Audience
    bases: dict[str, int]
    echoed: bool = True
    stored_echoes: StoredEchoes = attribute(default_factory=lambda: NO_ECHOES)


def run_checks(connection: duckdb.DuckDBPyConnection, required: Requirements) -> list[Check]:
    """Ask every question of the file attached as ``release`` and record the answers in it.

    Args:
        connection: Also has the stored units attached as ``units``.
        required: What the release must hold to.
    """
    checks = [_check_of(name, list(ask(connection, required))) for name, ask in _QUESTIONS]
    for check in checks:
        connection.execute(
            "INSERT INTO release.build_check VALUES (?, ?, ?)",
            [check.name, check.passed, check.finding],
        )
    return checks


def _check_of(name: str, faults: list[str]) -> Check:
    """A check that names its first faults and counts the rest."""
    more = f" and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
    return Check(name, not faults, "; ".join(faults[:_MOST_FAULTS]) + more if faults else "none")


#: Yields a sentence for each fault, that is where what its docstring says does not hold.
Question = Callable[[duckdb.DuckDBPyConnection, Requirements], Iterator[str]]


def _contract(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """Tables and columns are those of the contract, in its order, and no others."""
    columns_of: dict[str, list[tuple[str, str]]] = {}
    for table, column, type_ in connection.execute(
        """SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE database_name = 'release' ORDER BY table_name, column_index"""
    ).fetchall():
        columns_of.setdefault(str(table), []).append((str(column), str(type_)))
    for table in sorted({*columns_of, *TABLES}):
        if tuple(columns_of.get(table, ())) != TABLES.get(table):
            yield f"table {table} is not that of the contract"


def _secret(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """No column speaks of the truth, of what is left over, or of a partner."""
    for table, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'release'"
    ).fetchall():
        if set(str(column).split("_")) & set(_SECRET_WORDS):
            yield f"{table}.{column} is the operator's"


def _period_sums(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """The sizes of a period's units are those of the stored units of the period."""
    for fact in FACTS:
        summed = f"SELECT {fact.time.name} AS period, sum(size) AS n"  # noqa: S608
        rows = connection.execute(
            f"""SELECT strftime(period, '%Y-%m')
            FROM ({summed} FROM units.{fact.id} GROUP BY ALL) AS stored
            FULL JOIN ({summed} FROM release.{fact.id} GROUP BY ALL) AS shown USING (period)
            WHERE coalesce(stored.n, 0) <> coalesce(shown.n, 0) ORDER BY period"""  # noqa: S608
        ).fetchall()
        yield from (f"{fact.id} of {row[0]} do not sum to their units" for row in rows)


def _block_sums(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """The units of an exact block sum to it; those of another all have the smallest size."""
    for fact in FACTS:
        rows = connection.execute(
            f"""SELECT strftime(block.period, '%Y-%m')
            FROM (FROM units.block WHERE fact = ?) AS block
            LEFT JOIN (
                SELECT block_period AS period, block_kind AS kind, sum(size) AS n,
                    max(size) AS largest
                FROM units.{fact.id} GROUP BY ALL
            ) AS unit USING (period, kind)
            WHERE (block.exact AND coalesce(unit.n, 0) <> block.n)
                OR (NOT block.exact AND (coalesce(unit.n, 0) > block.n OR unit.largest > ?))
            ORDER BY block.period""",  # noqa: S608
            [fact.id, required.bases[fact.id]],
        ).fetchall()
        yield from (f"{fact.id} of {row[0]} do not sum to their block" for row in rows)


def _sizes(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """No unit is smaller than the base."""
    for fact in FACTS:
        base = required.bases[fact.id]
        small = f"release.{fact.id} WHERE size IS NULL OR size < ?"
        if number_of_rows(connection, small, [base]):
            yield f"{fact.id} has units below {base}"


def _forbidden(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """Smuggling is never inside the country."""
    for fact in FACTS:
        if "class_group" in fact and "scope" in fact:
            inside = f"release.{fact.id} WHERE class_group = ? AND scope = ?"
            if number_of_rows(connection, inside, [codes.SMUGGLING.code, codes.INSIDE]):
                yield f"{fact.id} has smuggling inside the country"


def _codes(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """Every code is in its list and every place in the gazetteer."""
    for fact in FACTS:
        used = " UNION ALL ".join(
            f"""SELECT DISTINCT ? AS field, ? AS code_list,
            {f"unnest({field.name})" if field.kind.many else field.name} AS code
            FROM release.{fact.id}"""  # noqa: S608
            for field in fact.dimensions
        )
        rows = connection.execute(
            f"""SELECT DISTINCT field FROM ({used}) AS used ANTI JOIN (
                SELECT code_list, code FROM release.code
                UNION ALL SELECT '', code FROM release.place
            ) AS listed USING (code_list, code) WHERE code IS NOT NULL""",  # noqa: S608
            [text for field in fact.dimensions for text in (field.name, code_list_of(field) or "")],
        ).fetchall()
        unknown_in = {str(name) for (name,) in rows}
        for field in fact.dimensions:
            if field.name in unknown_in:
                yield f"{fact.id}.{field.name} has unknown codes"


def _edition(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """One edition, at most one band of how many signed it, and no unit outside its months."""
    rows = connection.execute("SELECT first_month, last_month FROM release.edition").fetchall()
    if len(rows) != 1:
        yield f"{len(rows)} editions"
        return
    bands = [band for (band,) in connection.execute("FROM release.sign_off").fetchall()]
    if len(bands) > 1 or not set(bands) <= set(BANDS):
        yield "how many partners signed is no band"
    first, last = rows[0]
    for fact in FACTS:
        start = "date_trunc('quarter', ?::DATE)" if fact.grain == "quarter" else "?"
        outside = f"release.{fact.id} WHERE {fact.time.name} NOT BETWEEN {start} AND ?"
        if number_of_rows(connection, outside, [first, last]):
            yield f"{fact.id} has units outside the edition"


def _areas(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """A public release names no place finer than a district."""
    if required.audience != "public":
        return
    fine = "release.place WHERE NOT list_contains(?, level)"
    if number_of_rows(connection, fine, [list(PUBLIC_LEVELS)]):
        yield "place has levels below the district"
    hidden = [level for level in PARENT_LEVELS if level not in PUBLIC_LEVELS]
    for fact in FACTS:
        columns = [f"unnest({f.name})" if f.kind.many else f.name for f in fact.dimensions
                 if f.kind in (Kind.PLACE, Kind.PLACES)]  # fmt: skip
        columns += [f"{parent_prefix(p)}{level}" for p in fact.place_dimensions for level in hidden]
        for name in columns:
            hidden_places = f"""(SELECT {name} AS code FROM release.{fact.id}) AS used
                LEFT JOIN release.place AS place USING (code)
                WHERE used.code IS NOT NULL AND place.code IS NULL"""  # noqa: S608
            if number_of_rows(connection, hidden_places):
                yield f"{fact.id} names places below the district"


def _context(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """What stands beside the units is of places and months of the release, in codes it lists."""
    for table, column in _PLACED_BESIDE:
        unknown = f"""release.{table} AS entry LEFT JOIN release.place ON code = entry.{column}
            WHERE entry.{column} IS NOT NULL AND code IS NULL"""
        if number_of_rows(connection, unknown):
            yield f"{table} names places that the release does not"
    for table, column, code_list in _CODED_BESIDE:
        unlisted = f"""release.{table} WHERE {column} NOT IN (
            SELECT code FROM release.code WHERE code_list = ?)"""  # noqa: S608
        if number_of_rows(connection, unlisted, [code_list]):
            yield f"{table}.{column} has unknown codes"
    for table in ("event_note", "target"):
        outside = f"""release.{table} AS entry, release.edition
            WHERE entry.month > edition.last_month OR entry.last_month < edition.first_month"""
        if number_of_rows(connection, outside):
            yield f"{table} tells of no month of the edition"
    outside = """release.reporting, release.edition
        WHERE from_month < first_month OR from_month > last_month
            OR until_month <= from_month OR until_month > last_month"""
    if number_of_rows(connection, outside):
        yield "reporting tells of no month of the edition"
    for wrong, sentence in _WRONG_NUMBERS.items():
        if number_of_rows(connection, f"release.{wrong}"):
            yield sentence


def _changes(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """Series of editions and shares of partners are of known facts, editions, months and bands.

    The edition's own rows are the sums of its units. Either table may be empty as a whole.
    """
    facts, bands = [fact.id for fact in MONTHLY_FACTS], list(partner_share.BANDS)
    astray = f"""release.edition_series AS entry, release.edition AS own
        WHERE NOT coalesce(list_contains(?, fact) AND size >= 0
            AND entry.edition = date_trunc('month', entry.edition)
            AND entry.month = date_trunc('month', entry.month)
            AND entry.edition BETWEEN own.last_month - INTERVAL {EDITIONS} MONTH AND own.last_month
            AND entry.month BETWEEN entry.edition - INTERVAL {AGES - 1} MONTH AND entry.edition,
            false)"""
    if number_of_rows(connection, astray, [facts]):
        yield "edition_series tells of no fact, edition or month that there is"
    doubled = """(FROM release.edition_series SELECT 1
        GROUP BY fact, edition, month HAVING count(*) > 1)"""
    if number_of_rows(connection, doubled):
        yield "edition_series tells a month of an edition twice"
    for fact in facts:
        unlike = f"""release.edition_series AS entry
            JOIN release.edition AS own ON entry.edition = own.last_month
            LEFT JOIN (FROM release.{fact} SELECT month, sum(size) AS n GROUP BY month) AS unit
                ON unit.month = entry.month
            WHERE fact = ? AND entry.size <> coalesce(unit.n, 0)"""  # noqa: S608
        if number_of_rows(connection, unlike, [fact]):
            yield f"edition_series shows {fact} unlike its units"
    unknown = """release.partner_share WHERE NOT coalesce(list_contains($facts, fact)
        AND list_contains($bands, silent) AND list_contains($bands, new), false)"""
    ((strange,),) = connection.execute(
        f"SELECT count(*) FROM {unknown}",  # noqa: S608
        {"facts": facts, "bands": bands},
    ).fetchall()
    if strange:
        yield "partner_share has unknown facts or bands"
    rows = connection.execute(
        """WITH own AS (
            SELECT unnest(generate_series(first_month, last_month, INTERVAL 1 MONTH))::DATE AS month
            FROM release.edition
        ), wanted AS (SELECT unnest(?::VARCHAR[]) AS fact, month FROM own)
        SELECT 1 FROM (FROM release.partner_share SELECT fact, month, count(*) AS n GROUP BY ALL)
            FULL JOIN wanted USING (fact, month)
        WHERE n IS DISTINCT FROM 1 OR wanted.month IS NULL LIMIT 1""",
        [facts],
    ).fetchall()
    if rows and number_of_rows(connection, "release.partner_share"):
        yield "partner_share does not tell each month of the edition once"


def _echoes(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """Echoes follow from the units; those of one sum to its records but for what may wait."""
    for fact in FACTS:
        base, table = required.bases[fact.id], echo_table(fact)
        expected = number_of_echoes(connection, fact) if required.echoed else 0
        rows = connection.execute(
            f"""SELECT replicate, sum(size) BETWEEN -{base + base} AND 0
                AND coalesce(min(size) FILTER (size > 0), {base}) >= {base}
                AND min(size) >= -1 AND min(abs(size)) > 0
            FROM release.{table} GROUP BY replicate ORDER BY replicate"""  # noqa: S608
        ).fetchall()
        if [replicate for replicate, _ in rows] != list(range(1, expected + 1)):
            yield f"{table} has not {expected} echoes"
        yield from (f"echo {number} of {fact.id} does not sum to its records"
                    for number, has_right_sizes in rows if not has_right_sizes)  # fmt: skip
    if required.echoed:
        yield from (f"{echo_table(fact)} is not what its units give"
                    for fact in differing_facts(connection, required.stored_echoes))  # fmt: skip


def _published(connection: duckdb.DuckDBPyConnection, required: Requirements) -> Iterator[str]:
    """Facts of published sources are in no release that holds partners' records."""
    for fact in FACTS:
        if not fact.published or not number_of_rows(connection, f"release.{fact.id}"):
            continue
        is_real = number_of_rows(connection, "release.edition WHERE kind = 'real'")
        others = [other.id for other in FACTS if not other.published
                  and number_of_rows(connection, f"release.{other.id}")]  # fmt: skip
        is_invented = number_of_rows(connection, "release.edition WHERE kind = 'invented'")
        if is_real or is_protected(required.bases[fact.id]) or (is_invented and others):
            yield f"{fact.id} stands beside what partners reported"


_QUESTIONS: tuple[tuple[str, Question], ...] = (
    ("tables and columns of the contract", _contract),
    ("no column of the operator's side", _secret),
    ("periods show their stored units", _period_sums),
    ("units sum to their blocks", _block_sums),
    ("no unit below the base", _sizes),
    ("no smuggling inside the country", _forbidden),
    ("published figures stand by themselves", _published),
    ("every code is known", _codes),
    ("no place too fine for the audience", _areas),
    ("what is told beside the units fits the release", _context),
    ("what tells of changes fits the release", _changes),
    ("echoes follow from the units", _echoes),
    ("one edition that holds every unit", _edition),
)
