"""Identity: who of a set of files is who among what the partner sent before.

A record is known by its key. Where the key says one thing and the content another, a load would
overwrite people or count them twice, so that is told and asked about: keys that stand for others
than before, people under another key, corrections of many rows at once, months that hold far more
or fewer records than others. What a whole list no longer holds is proposed for withdrawal; nothing
is ever withdrawn here. What a file says by itself, and how its shares differ from the last files,
stands in ``understood`` and ``unlike``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import sqrt
from typing import cast

import duckdb

from dashboard.model import codes
from etl.declaration.source import Source
from etl.intake.shape import label_of
from etl.register.access import number_of_rows
from etl.register.said import JOURNEY, said_fields, said_sql

#: A part of the rows from which corrections are many.
_PART = 5
#: Fewest records that are many, whatever part they are; and fewest known rows of which a field can
#: have changed "in most".
_MANY, _KNOWN = 3, 5
#: Fewest fields that both tell, to say of whom a key is.
_COMPARED = 3
#: A field tells people apart unless two of them agree in it so often by chance.
_AGREES = 0.8
#: Fewest records alike with held ones: one is a chance.
_PAIR_OR_MORE = 2
#: Records from which it is known how often two of a partner are alike by chance.
_BASELINE, _DEVIATIONS = 20, 3
#: So many times more or fewer records of a month than of any other, and so many records apart.
_TIMES, _APART = 3, 10
#: What tells nothing by itself: it follows from another field.
_FOLLOWING = (
    "incident.report_month",
    "incident.date_precision",
    "person.is_child",
    "movement.month",
    "classification.decided_month",
)
#: What changes while a referral takes its course.
_COURSE = (
    "referral.status",
    "referral.ended_month",
    "referral.days_to_response",
    "referral.days_to_service",
    "referral.no_service_reason",
)
#: Name of the day of the event among what changes; of it no more than a hash is kept.
_DAY = "day"
_LABELS = {JOURNEY: "Journey", "movement.month": "Month of the journey", _DAY: "Day"}
_NOTHING = ("unknown", "[]", "[unknown]", codes.UNDER_REVIEW.code)
_NOUNS = {
    "incident": "incidents",
    "person": "people",
    "referral": "referrals",
    "classification": "decisions",
    "voyage": "rows of voyages",
}


@dataclass(frozen=True)
class Change:
    """What became of one field of the records that came again.

    Attributes:
        field: Its label.
        changed: Records that say another value.
        lost: Records that said one and say none any more.
        told: Records that say one for the first time.
    """

    field: str
    changed: int
    lost: int
    told: int

    @property
    def records(self) -> int:
        """Records in which it became anything else."""
        return self.changed + self.lost + self.told


@dataclass(frozen=True)
class Unlisted:
    """Records of one load that are no longer listed: the load, its day, and rows of its file."""

    load_no: int
    on: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Identity:
    """Who of a set of files is who; numbers are records, each in one of the first seven.

    Attributes:
        noun: What a record is, in the plural.
        held: Records that the register holds of the partner.
        new: Records under a key that it does not hold, of whom nothing is alike.
        same: Records that say what it holds.
        corrected: Records that say something else.
        moved: Records that belong to another month now.
        others: Records of which most differs from what their key stood for.
        respelled: Records whose key the register holds in another spelling.
        repeated: Records that are alike in all but the key.
        within: Records that say just what another incident's of the set says; they are among
            the others.
        fields: What was corrected, most records first.
        whole: Whether the source sends whole lists.
        unlisted: Records that are no longer listed, by load.
        odd: What somebody should look at before it is loaded.
    """

    noun: str
    held: int
    new: int
    same: int
    corrected: int
    moved: int
    others: int
    respelled: int
    repeated: int
    within: int
    fields: tuple[Change, ...]
    whole: bool
    unlisted: tuple[Unlisted, ...]
    odd: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Records that are no longer listed."""
        return sum(len(entry.rows) for entry in self.unlisted)

    @property
    def as_json(self) -> dict[str, object]:
        """It with plain values."""
        return asdict(self)


def identify(connection: duckdb.DuckDBPyConnection, source: Source) -> Identity | None:
    """Compare what is staged with what the partner sent before; None where either is nothing.

    Args:
        connection: Has the set staged, its records noted, and the register as ``register``.
        source: The declaration of the set.
    """
    if not number_of_rows(connection, "register.load WHERE partner = ?", [source.partner]):
        return None
    fields = said_fields(source.row)
    _lay_out(connection, source, fields)
    if not number_of_rows(connection, "arriving"):
        return None
    apart = _telling(connection, [name for name in fields if name not in _FOLLOWING])
    _pair(connection, "known", "arriving.key = before.key", fields, apart)
    # Where most keys stand for others, so do those of whom little is known.
    if number_of_rows(connection, "known WHERE other") * 2 > number_of_rows(connection, "known"):
        connection.execute("UPDATE known SET other = true WHERE moved")
    respelled = _respelled(connection, fields, apart)
    chance = _alike_by_chance(connection)
    repeated = number_of_rows(connection, f"({_REPEATED})")
    known, others, moved, corrected = (
        number_of_rows(connection, f"known WHERE {condition}")
        for condition in ("true", "other", "NOT other AND moved", _CORRECTED)
    )
    rows = number_of_rows(connection, "arriving")
    fresh = rows - known - respelled
    renamed = repeated >= _PAIR_OR_MORE and repeated > _by_chance(chance, fresh)
    changes = _changes(connection, (*fields, _DAY))
    found = Identity(
        _NOUNS[source.row],
        number_of_rows(connection, "before"),
        fresh - repeated,
        known - others - moved - corrected,
        corrected,
        moved,
        others,
        respelled,
        repeated,
        number_of_rows(connection, f"({_WITHIN})"),
        tuple(changes.values()),
        source.files == "whole_list",
        _unlisted(connection, source, renamed=renamed),
    )
    odd = (
        *_odd_keys(found, chance, rows, renamed=renamed),
        *_odd_list(found, source),
        *_odd_corrections(connection, found, changes, rows),
        *_odd_months(connection, source),
    )
    return replace(found, odd=odd)


def _lay_out(connection: duckdb.DuckDBPyConnection, source: Source, fields: Sequence[str]) -> None:
    """Make ``arriving`` and ``before``: what is staged, and what the partner's records say."""
    said = ", ".join(f'"{name}"' for name in fields)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE arriving AS
        SELECT said.*, own.spelling, event.day, hash({said}) AS content
        FROM ({said_sql(source.row, "staged")}) AS said
        JOIN staged.record AS own ON own.table_name = ? AND own.key = said.key
            AND own.file_no = said.file_no
        LEFT JOIN staged.record AS event ON event.table_name = 'incident'
            AND event.key = said.home AND event.file_no = said.file_no""",  # noqa: S608
        [source.row],
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE before AS
        SELECT said.*, own.spelling, event.day, hash({said}) AS content,
            own.load_no, own.row_no, load.source, load.loaded_at
        FROM ({said_sql(source.row, "register")}) AS said
        JOIN register.arrival AS own ON own.table_name = ? AND own.key = said.key
        JOIN register.load AS load ON load.load_no = own.load_no AND load.partner = ?
        LEFT JOIN register.arrival AS event ON event.table_name = 'incident'
            AND event.key = said.home""",  # noqa: S608
        [source.row, source.partner],
    )


def _known(column: str) -> str:
    """SQL of whether a value tells anything."""
    nothing = ", ".join(f"'{value}'" for value in _NOTHING)
    return f"({column} IS NOT NULL AND {column} NOT IN ({nothing}))"


def _telling(connection: duckdb.DuckDBPyConnection, fields: Sequence[str]) -> tuple[str, ...]:
    """Fields in which two records agree by chance less than four times in five."""
    named = [f'"{name}"' for name in fields]
    asked = ", ".join(
        f"""(SELECT sum(n * n) / pow(sum(n), 2) FROM (
            SELECT count(*) AS n FROM every WHERE {_known(column)} GROUP BY {column}))"""  # noqa: S608
        for column in named
    )
    listed = ", ".join(named)
    row = connection.execute(
        f"""WITH every AS (SELECT {listed} FROM arriving UNION ALL SELECT {listed} FROM before)
        SELECT {asked}"""  # noqa: S608
    ).fetchone()
    chances = cast("tuple[float | None, ...]", row or ())
    pairs = zip(fields, chances, strict=True)
    return tuple(name for name, chance in pairs if chance is not None and chance <= _AGREES)


def _pair(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    condition: str,
    fields: Sequence[str],
    apart: Sequence[str],
) -> None:
    """Make a table of pairs of a record that arrives and one from before.

    Of each field it says whether both say the same (0), another value (1), none any more (2) or
    one for the first time (3), and of ``day`` whether it is another of the same month (1);
    ``told`` counts fields of ``apart``, and the day, that both tell, ``against`` those of them
    that differ.
    """
    states = ", ".join(f'{_state(field)} AS "{field}"' for field in fields)
    told = " + ".join(f"({_both_tell(field)})::INTEGER" for field in apart)
    against = " + ".join(f'("{field}" = 1)::INTEGER' for field in apart)
    every = ", ".join(f'"{field}"' for field in fields)
    outside = ", ".join(f'"{field}"' for field in fields if field not in _COURSE)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {name} AS
        WITH compared AS (
            SELECT arriving.key AS key, before.key AS before_key,
                coalesce(arriving.month <> before.month, false) AS moved,
                coalesce(arriving.day <> before.day, false)::INTEGER AS other_day,
                (other_day = 1 AND NOT moved)::INTEGER AS {_DAY},
                (arriving.day IS NOT NULL AND before.day IS NOT NULL)::INTEGER
                    + {told or "0"} AS told, {states}
            FROM arriving JOIN before ON {condition}
        )
        SELECT *, other_day + {against or "0"} AS against,
            told >= {_COMPARED} AND against * 2 > told AS other,
            greatest({_DAY}, {every}) > 0 AS differs,
            greatest({_DAY}, {outside}) > 0 AS differs_outside_course
        FROM compared"""  # noqa: S608
    )


def _both_tell(field: str) -> str:
    return " AND ".join(_known(f'{side}."{field}"') for side in ("arriving", "before"))


def _state(field: str) -> str:
    """SQL of what became of a field."""
    arriving, before = (f'{side}."{field}"' for side in ("arriving", "before"))
    return (
        f"CASE WHEN {arriving} IS NOT DISTINCT FROM {before} THEN 0 "
        f"WHEN {_both_tell(field)} THEN 1 WHEN {_known(before)} THEN 2 "
        f"WHEN {_known(arriving)} THEN 3 ELSE 0 END"
    )


_CORRECTED = "NOT other AND NOT moved AND differs"
#: Records under a new key that say what one of another incident says, on the same day if it is
#: known of both. Referrals and decisions about two people often say the same and have no incident.
_SAME_DAY = "coalesce(held.day = own.day, true) AND held.home IS DISTINCT FROM own.home"
_REPEATED = f"""SELECT key FROM arriving AS own
    WHERE key NOT IN (SELECT key FROM before) AND key NOT IN (SELECT key FROM respelled)
        AND EXISTS (FROM before AS held WHERE held.content = own.content AND {_SAME_DAY})"""  # noqa: S608
_WITHIN = f"""SELECT key FROM arriving AS own
    WHERE EXISTS (FROM arriving AS held WHERE held.content = own.content AND {_SAME_DAY}
        AND held.key < own.key)"""  # noqa: S608


def _respelled(
    connection: duckdb.DuckDBPyConnection, fields: Sequence[str], apart: Sequence[str]
) -> int:
    """Note as ``respelled`` the records whose key is held in another spelling.

    None where the partner tells its own records apart by what a plain spelling leaves out.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE single AS
        WITH gone AS (
            SELECT spelling, any_value(key) AS key FROM before GROUP BY 1 HAVING count(*) = 1
        ), fresh AS (
            SELECT spelling, any_value(key) AS key FROM arriving GROUP BY 1 HAVING count(*) = 1
        )
        SELECT fresh.key AS key, gone.key AS before_key FROM fresh JOIN gone USING (spelling)
        WHERE fresh.key NOT IN (SELECT key FROM before)
            AND gone.key NOT IN (SELECT key FROM arriving)"""
    )
    condition = "(arriving.key, before.key) IN (SELECT (key, before_key) FROM single)"
    _pair(connection, "spelled", condition, fields, apart)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE respelled AS
        SELECT key, before_key FROM spelled WHERE against * {_PART} <= told"""  # noqa: S608
    )
    shared = connection.execute(
        """SELECT count(*), coalesce(sum(n) FILTER (n > 1), 0) FROM (
            SELECT count(*) AS n FROM before WHERE spelling IS NOT NULL GROUP BY spelling)"""
    ).fetchone()
    distinct, alike = cast("tuple[int, int]", shared)
    if alike * 2 * _PART > distinct:
        connection.execute("DELETE FROM respelled")
    return number_of_rows(connection, "respelled")


def _alike_by_chance(connection: duckdb.DuckDBPyConnection) -> float:
    """Part of the partner's records that are alike with one of another incident."""
    held = number_of_rows(connection, "before")
    twins = number_of_rows(
        connection,
        f"""before AS own WHERE EXISTS (FROM before AS held WHERE held.content = own.content
            AND held.key <> own.key AND {_SAME_DAY})""",
    )
    return (twins + 1) / (held + 2)


def _changes(connection: duckdb.DuckDBPyConnection, fields: Sequence[str]) -> dict[str, Change]:
    """What became of each field of records that came again, where anything did; most first."""
    asked = ", ".join(
        f'count(*) FILTER ("{field}" = {state})' for field in fields for state in (1, 2, 3)
    )
    row = connection.execute(f"SELECT {asked} FROM known WHERE NOT other").fetchone()  # noqa: S608
    counts = iter(cast("tuple[int, ...]", row))
    made = {name: Change(_label(name), next(counts), next(counts), next(counts)) for name in fields}
    told = {name: entry for name, entry in made.items() if entry.records}
    return dict(sorted(told.items(), key=lambda pair: (-pair[1].records, pair[1].field)))


def _label(name: str) -> str:
    return _LABELS.get(name) or label_of(name)


def _unlisted(
    connection: duckdb.DuckDBPyConnection, source: Source, *, renamed: bool
) -> tuple[Unlisted, ...]:
    """Records of the source that are no longer listed.

    Of a source that sends months, only those of months of which at least half came again. Where
    more are alike under a new key than chance explains, each of them is one that was held.
    """
    whole = source.files == "whole_list"
    rows = connection.execute(
        f"""WITH fresh AS (
            SELECT content, day, count(*) AS n
            FROM arriving SEMI JOIN ({_REPEATED}) USING (key) WHERE ? GROUP BY content, day
        ), held AS (
            SELECT *, key IN (SELECT key FROM arriving)
                OR key IN (SELECT before_key FROM respelled) AS kept
            FROM before WHERE source = ?
        ), own AS (
            SELECT held.*, kept OR coalesce(n, 0) >= row_number() OVER (
                PARTITION BY held.content, held.day, kept ORDER BY load_no, row_no) AS listed
            FROM held LEFT JOIN fresh
                ON fresh.content = held.content AND fresh.day IS NOT DISTINCT FROM held.day
        ), again AS (
            SELECT month FROM own GROUP BY month HAVING count(*) FILTER (listed) * 2 >= count(*)
        )
        SELECT load_no, any_value(loaded_at)::DATE::VARCHAR, list(row_no ORDER BY row_no)
        FROM own WHERE NOT listed AND {"true" if whole else "month IN (FROM again)"}
        GROUP BY load_no ORDER BY load_no""",  # noqa: S608
        [renamed, source.name],
    ).fetchall()
    return tuple(Unlisted(int(load), str(on), tuple(numbers)) for load, on, numbers in rows)


def _odd_keys(found: Identity, chance: float, rows: int, *, renamed: bool) -> Iterator[str]:
    """What is odd of who is under which key."""
    if found.others:
        yield (
            f"{found.others} keys stood for other {found.noun} before: most of what is known of "
            "them differs. Loaded, they would take their place. Does the partner number anew?"
        )
    if found.respelled:
        yield (
            f"{found.respelled} {found.noun} are held under another spelling of their key (case, "
            "spaces, punctuation, prefix or leading zeros). Loaded, they would count twice."
        )
    if renamed:
        yield (
            f"{found.repeated} {found.noun} are alike with held ones in all but the key, more "
            "than chance explains. Loaded, they would count twice."
        )
    if found.held >= _BASELINE and found.within > _by_chance(chance, rows):
        yield (
            f"{found.within} {found.noun} say just what others of the set say under another key, "
            "more than chance explains."
        )


def _odd_list(found: Identity, source: Source) -> Iterator[str]:
    """That a whole list no longer holds records, and what takes out one that was withdrawn."""
    if not found.whole or not found.unlisted:
        return
    told = f"{found.missing} {found.noun} are no longer listed. They stay as they are"
    if source.row == "classification":  # is part of its person, and no record to be erased
        yield f"{told}."
        return
    first = found.unlisted[0]
    yield (
        f"{told}; what the partner withdrew is to be erased, such as the first of them: `erase "
        f"--source {source.name} --record {source.row} --load {first.load_no} "
        f"--row {first.rows[0]}`."
    )


def _by_chance(part: float, rows: int) -> float:
    """The most rows that chance explains."""
    return part * rows + _DEVIATIONS * sqrt(part * (1 - part) * rows)


def _odd_corrections(
    connection: duckdb.DuckDBPyConnection,
    found: Identity,
    changes: Mapping[str, Change],
    rows: int,
) -> Iterator[str]:
    """Corrections of many records at once, and of one field in most of them.

    Many are more than a fifth of the set and of what is held of its months: a file may bring
    nothing but a few corrections.
    """
    corrected = number_of_rows(connection, "known WHERE NOT other AND differs_outside_course")
    of = max(rows, number_of_rows(connection, f"({_OF_ITS_MONTHS})"))
    if corrected >= _MANY and corrected * _PART > of:
        yield f"{corrected} {found.noun} are corrected, more than a fifth of {of}."
    again = number_of_rows(connection, "known WHERE NOT other")
    for name, entry in changes.items() if again >= _KNOWN else ():
        hit = entry.changed + entry.lost
        if name not in _COURSE and hit * 2 > again and hit * _PART > of:
            yield f"{entry.field} changes in {hit} of {again} {found.noun} that came before."


#: Records that are held of the months of those that came again.
_OF_ITS_MONTHS = """SELECT key FROM before SEMI JOIN (
    SELECT month FROM arriving UNION SELECT month FROM before SEMI JOIN arriving USING (key)
) USING (month)"""


def _odd_months(connection: duckdb.DuckDBPyConnection, source: Source) -> Iterator[str]:
    """Months that would hold far more records of the source than any other, or far fewer.

    Few of an older month are late ones.
    """
    rows = connection.execute(
        """WITH own AS (SELECT key, month FROM before WHERE source = ?), after AS (
            SELECT month, count(*) AS n FROM (
                SELECT key, month FROM arriving
                UNION ALL SELECT key, month FROM own ANTI JOIN arriving USING (key)
            ) SEMI JOIN arriving USING (month) GROUP BY month
        ), held AS (SELECT month, count(*) AS n FROM own GROUP BY month)
        SELECT strftime(after.month, '%Y-%m'), after.n, min(other.n), max(other.n),
            after.month > max(other.month)
        FROM after JOIN held AS other ON other.month <> after.month
        LEFT JOIN held AS own ON own.month = after.month
        WHERE own.n IS DISTINCT FROM after.n
        GROUP BY after.month, after.n ORDER BY 1""",
        [source.name],
    ).fetchall()
    for month, n, fewest, most, newest in cast("list[tuple[str, int, int, int, bool]]", rows):
        more = n - most > _APART and n > _TIMES * most
        fewer = fewest - n > _APART and n * _TIMES < fewest
        if more or (fewer and newest):
            usual = str(most) if most == fewest else f"{fewest} to {most}"
            yield f"{month} would hold {n} {_NOUNS[source.row]}; other months hold {usual}."
