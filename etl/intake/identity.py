"""Identity: which records of a set of files are which of those that the partner sent before.

A record is known by its key. Where the key says one thing and the content another, a load would
overwrite people or count them twice, so that is told and asked about: keys that stand for others
than before, people under another key, corrections of many rows at once, months that hold far more
or fewer records than others. What a whole list no longer holds is proposed for withdrawal; nothing
is ever withdrawn here. Which records are compared stands in ``matched``; what a file says by
itself, and how its shares differ from the last files, in ``understood`` and ``differences``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import cast

import duckdb

from etl.declaration.source import Source
from etl.intake.matched import COURSE, DAY, PART, REPEATED, WITHIN, alike_by_chance, match
from etl.intake.shape import label_of
from etl.register.access import number_of_rows
from etl.register.content import JOURNEY, content_fields

#: Fewest records that are many, whatever part they are; and fewest known rows of which a field can
#: have changed "in most".
_MANY, _KNOWN = 3, 5
#: Fewest records alike with held ones: one is a chance.
_PAIR_OR_MORE = 2
#: Records from which it is known how often two of a partner are alike by chance.
_BASELINE, _DEVIATIONS = 20, 3
#: So many times more or fewer records of a month than of any other, and so many records apart.
_TIMES, _APART = 3, 10
_CORRECTED = "NOT other AND NOT moved AND differs"
_LABELS = {JOURNEY: "Journey", "movement.month": "Month of the journey", DAY: "Day"}
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
        changed: Records whose field has another value now.
        lost: Records whose field had a value and is now empty.
        told: Records whose field was empty and now has a value.
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
    """Which records of a set are which; each is one of ``new`` to ``repeated``.

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


def identify(
    connection: duckdb.DuckDBPyConnection, source: Source, *, in_part: bool = False
) -> Identity | None:
    """Compare what is staged with what the partner sent before; None where either is nothing.

    Args:
        connection: Has the set staged, its records noted, and the register as ``register``.
        source: The declaration of the set.
        in_part: Whether rows are left out: then nobody is told as no longer listed.
    """
    if not number_of_rows(connection, "register.load WHERE partner = ?", [source.partner]):
        return None
    fields = content_fields(source.row)
    if not match(connection, source, fields):
        return None
    respelled = number_of_rows(connection, "respelled")
    chance = alike_by_chance(connection)
    repeated = number_of_rows(connection, f"({REPEATED})")
    paired, others, moved, corrected = (
        number_of_rows(connection, f"known WHERE {condition}")
        for condition in ("true", "other", "NOT other AND moved", _CORRECTED)
    )
    rows = number_of_rows(connection, "arriving")
    fresh = rows - paired - respelled
    renamed = repeated >= _PAIR_OR_MORE and repeated > _by_chance(chance, fresh)
    changes = _changes(connection, (*fields, DAY))
    identity = Identity(
        noun=_NOUNS[source.row],
        held=number_of_rows(connection, "before"),
        new=fresh - repeated,
        same=paired - others - moved - corrected,
        corrected=corrected,
        moved=moved,
        others=others,
        respelled=respelled,
        repeated=repeated,
        within=number_of_rows(connection, f"({WITHIN})"),
        fields=tuple(changes.values()),
        whole=source.files == "whole_list",
        unlisted=() if in_part else _unlisted(connection, source, renamed=renamed),
    )
    odd = (
        *_odd_keys(identity, chance, rows, renamed=renamed),
        *_odd_list(identity, source),
        *_odd_corrections(connection, identity, changes, rows),
        *_odd_months(connection, source),
    )
    return replace(identity, odd=odd)


def _changes(connection: duckdb.DuckDBPyConnection, fields: Sequence[str]) -> dict[str, Change]:
    """What became of each field of records that came again, most first; unchanged ones left out."""
    # The states of ``matched``, in the order of what a change counts.
    counts_sql = ", ".join(
        f'count(*) FILTER ("{field}" = {state})' for field in fields for state in (1, 2, 3)
    )
    query = f"SELECT {counts_sql} FROM known WHERE NOT other"  # noqa: S608
    row = connection.execute(query).fetchone()
    counts = iter(cast("tuple[int, ...]", row))
    changes = {
        name: Change(_label(name), next(counts), next(counts), next(counts)) for name in fields
    }
    nonzero = {name: entry for name, entry in changes.items() if entry.records}
    return dict(sorted(nonzero.items(), key=lambda pair: (-pair[1].records, pair[1].field)))


def _label(name: str) -> str:
    """Label of a field of a record's content."""
    return _LABELS.get(name) or label_of(name)


def _unlisted(
    connection: duckdb.DuckDBPyConnection, source: Source, *, renamed: bool
) -> tuple[Unlisted, ...]:
    """Records of the source that are no longer listed.

    Of a source that sends months, only those of months of which at least half came again. Where
    records were ``renamed``, each that is alike under a new key is one of those held before.
    """
    whole = source.files == "whole_list"
    rows = connection.execute(
        f"""WITH fresh AS (
            SELECT content, day, count(*) AS n
            FROM arriving SEMI JOIN ({REPEATED}) USING (key) WHERE ? GROUP BY content, day
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


def _odd_keys(identity: Identity, chance: float, rows: int, *, renamed: bool) -> Iterator[str]:
    """Sentences where keys stand for others than before, or records came under another key."""
    if identity.others:
        yield (
            f"{identity.others} keys stood for other {identity.noun} before: most of what is known "
            "of them differs. Loaded, they would take their place. Does the partner number anew?"
        )
    if identity.respelled:
        yield (
            f"{identity.respelled} {identity.noun} are held under another spelling of their key "
            "(case, spaces, punctuation, prefix or leading zeros). Loaded, they would count twice."
        )
    if renamed:
        yield (
            f"{identity.repeated} {identity.noun} are alike with held ones in all but the key, "
            "more than chance explains. Loaded, they would count twice."
        )
    if identity.held >= _BASELINE and identity.within > _by_chance(chance, rows):
        yield (
            f"{identity.within} {identity.noun} say just what others of the set say under another "
            "key, more than chance explains."
        )


def _odd_list(identity: Identity, source: Source) -> Iterator[str]:
    """A sentence where a whole list lacks records, and the command that takes one out."""
    if not identity.whole or not identity.unlisted:
        return
    sentence = f"{identity.missing} {identity.noun} are no longer listed. They stay as they are"
    if source.row == "classification":  # is part of its person, and no record to be erased
        yield f"{sentence}."
        return
    first = identity.unlisted[0]
    yield (
        f"{sentence}; what the partner withdrew is to be erased, such as the first of them: `erase "
        f"--source {source.name} --record {source.row} --load {first.load_no} "
        f"--row {first.rows[0]}`."
    )


def _by_chance(part: float, rows: int) -> float:
    """The most rows that chance explains where a part of all, from 0 to 1, is alike by chance."""
    return part * rows + _DEVIATIONS * sqrt(part * (1 - part) * rows)


def _odd_corrections(
    connection: duckdb.DuckDBPyConnection,
    identity: Identity,
    changes: Mapping[str, Change],
    rows: int,
) -> Iterator[str]:
    """Sentences where many records are corrected at once, or one field in most of them.

    Many are more than a fifth of the set and of what is held of its months: a file may bring
    nothing but a few corrections.
    """
    corrected = number_of_rows(connection, "known WHERE NOT other AND differs_outside_course")
    basis = max(rows, number_of_rows(connection, f"({_OF_ITS_MONTHS})"))
    if corrected >= _MANY and corrected * PART > basis:
        yield f"{corrected} {identity.noun} are corrected, more than a fifth of {basis}."
    again = number_of_rows(connection, "known WHERE NOT other")
    for name, entry in changes.items() if again >= _KNOWN else ():
        changed = entry.changed + entry.lost
        if name not in COURSE and changed * 2 > again and changed * PART > basis:
            yield f"{entry.field} changes in {changed} of {again} {identity.noun} that came before."


#: Records that are held of the months of those that came again.
_OF_ITS_MONTHS = """SELECT key FROM before SEMI JOIN (
    SELECT month FROM arriving UNION SELECT month FROM before SEMI JOIN arriving USING (key)
) USING (month)"""


def _odd_months(connection: duckdb.DuckDBPyConnection, source: Source) -> Iterator[str]:
    """Sentences where a month would hold far more records of the source than any other, or fewer.

    Few records of an older month are late ones.
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
