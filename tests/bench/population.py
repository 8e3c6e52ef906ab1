"""Population: registers of any size as files of the committed invented layouts, written fast.

A few thousand people are invented as ``tools.sample`` does it; larger files repeat them
under other case numbers, which DuckDB writes a million rows a second. Every repetition keeps
months, places and codes, so that rules, blocks and units see what they see of the sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from tests.support.served import command

#: People that are invented; larger registers repeat them.
_INVENTED = 16_000
#: Share of the people of all partners who are in the file of partner B.
_SHARE = 0.17
_LAST = "2026-09"
PEOPLE_SOURCE, REFERRAL_SOURCE = "sample-b-people", "sample-b-referrals"


@dataclass(frozen=True)
class Population:
    """Files of one partner.

    Attributes:
        people: File of people, a row each.
        referrals: File of their referrals, a row each.
        rows: Rows of the two files.
    """

    people: Path
    referrals: Path
    rows: tuple[int, int]


def write_population(folder: Path, people: int, months: int) -> Population:
    """Write the files of about so many people over so many months.

    Args:
        folder: Empty folder.
        people: At least a hundred.
        months: Months of history, to September 2026.
    """
    invented = min(round(people / _SHARE), _INVENTED)
    made = folder / "invented"
    command(folder, "tools.sample", "--people", str(invented), "--months", str(months),
            "--seed", "1", "--until", _LAST, "--out", str(made))  # fmt: skip
    sources = [made / f"partner-b-{name}-INVENTED.csv" for name in ("people", "referrals")]
    with duckdb.connect() as connection:
        for name, source in zip(("people", "referrals"), sources, strict=True):
            connection.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, delim = ';', header = true, "  # noqa: S608
                "all_varchar = true)",
                [str(source)],
            )
        held = _count(connection, "people")
        times = max(1, round(people / held))
        files = [folder / f"{name}.csv" for name in ("people", "referrals")]
        rows = [_repeat(connection, path.stem, path, times) for path in files]
    return Population(files[0], files[1], (rows[0], rows[1]))


def _repeat(connection: duckdb.DuckDBPyConnection, table: str, path: Path, times: int) -> int:
    """Write a table so many times, each time with other case numbers; return the rows."""
    connection.execute(
        f"""COPY (
            SELECT case_id || '-' || copy.range AS case_id, {table}.* EXCLUDE (case_id)
            FROM range({times}) AS copy, {table}
        ) TO '{path}' (FORMAT csv, DELIMITER ';', HEADER)"""  # noqa: S608
    )
    return times * _count(connection, table)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    rows = connection.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
    return int(rows[0][0])
