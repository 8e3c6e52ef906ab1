"""Shape: how often each value stands in each field of a file, of this one or of an earlier one.

What a shape says of a file stands in ``understood``, how two differ in ``differences``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from dashboard.model.codes import PLACE_ROLE
from dashboard.model.fields import Field, Kind
from dashboard.model.tables import table
from etl.declaration.source import Source
from etl.harmonise.cells import Texts
from etl.register.access import number_of_rows
from etl.register.connections import in_memory_only
from etl.register.extracts import read_about, read_extract
from etl.settings import OperatorError, Settings

#: Earlier files of a source with which a new one is compared.
LAST_FILES = 3
#: What is told or compared of a file; keys, days and names are not.
_KINDS = (Kind.CODE, Kind.CODES, Kind.FLAG, Kind.PLACE, Kind.MONTH, Kind.COUNT)
_INCIDENT = "incident.incident_id"
#: What the loader fills by itself.
_OWN = ("linkage.", "incident.partner", "incident_place.location_precision", "movement.month")


@dataclass(frozen=True)
class Shape:
    """A file as counts.

    Attributes:
        rows: Its rows.
        values: Wide column to the rows of each of its values; None is an empty cell. A row with
            several codes counts under each.
        incidents: Incidents of which the rows tell, 0 where rows are no part of any. Rows of one
            incident say much the same, so chance goes by incidents.
    """

    rows: int
    values: Mapping[str, Counter[str | None]]
    incidents: int = 0

    @property
    def independent(self) -> int:
        """Number of records that say something of their own: incidents, else rows."""
        return self.incidents or self.rows


def field_of(column: str) -> Field:
    """The register field of a wide column, whatever its role or leg."""
    name = column.partition("[")[0]
    owner, _, field = name.partition(".")
    return table(owner)[field]


def label_of(column: str) -> str:
    """A wide column in words, its role or leg included."""
    part = column.partition("[")[2].rstrip("]")
    if not part:
        return field_of(column).label
    part_label = f"leg {part}" if part.isdigit() else PLACE_ROLE.label_of(part).lower()
    return f"{field_of(column).label} ({part_label})"


def is_counted(column: str) -> bool:
    """Whether a wide column is one of those that a shape counts."""
    return not column.startswith(_OWN) and field_of(column).kind in _KINDS


def shape_of(columns: Mapping[str, Texts], rows: int) -> Shape:
    """The shape of a harmonised file."""
    values = {name: _count_values(name, c) for name, c in columns.items() if is_counted(name)}
    incidents = columns[_INCIDENT].codes if _INCIDENT in columns else ()
    return Shape(rows, values, len(set(incidents)))


def _count_values(column: str, texts: Texts) -> Counter[str | None]:
    """How many rows of a harmonised column have each value."""
    times: list[int] = np.bincount(texts.codes, minlength=len(texts.values)).tolist()
    return +_counted(column, zip(texts.values, times, strict=True))


def _counted(column: str, rows_of: Iterable[tuple[str | None, int]]) -> Counter[str | None]:
    """Rows of each value, given a cell's texts with their rows: sets are taken apart."""
    is_set = field_of(column).kind is Kind.CODES
    counts: Counter[str | None] = Counter()
    for value, rows in rows_of:
        for part in value.split(";") if is_set and value else [value]:
            counts[part] += rows
    return counts


def earlier_shapes(settings: Settings, source: Source) -> tuple[Shape, ...]:
    """Shapes of the last files of a source that the store holds, the oldest first.

    No lock is taken and nothing is written. An extract that another command removes in the meantime
    is not among them, nor is a file of which the store holds no row.

    Raises:
        OperatorError: If an extract is damaged.
    """
    with in_memory_only() as connection:
        of_source: list[tuple[int, Path]] = []
        for path in settings.extracts.glob("*.parquet"):
            with _unless_gone(path):
                about = read_about(connection, path)
                if about.source == source.name and about.rows:
                    of_source.append((about.load_no, path))
        shapes: list[Shape] = []
        for _, path in sorted(of_source)[-LAST_FILES:]:
            with _unless_gone(path):
                columns = read_extract(connection, path)
                shapes.append(_shape(connection, columns))
                connection.execute("DROP TABLE wide")
    return tuple(shapes)


@contextmanager
def _unless_gone(path: Path) -> Generator[None]:
    """Pass over a file that was removed after it was listed."""
    try:
        yield
    except OperatorError:
        if path.exists():
            raise


def _shape(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> Shape:
    """The shape of the extract in the table ``wide``."""
    values: dict[str, Counter[str | None]] = {}
    for name in filter(is_counted, columns):
        counts = connection.execute(f'SELECT "{name}", count(*) FROM wide GROUP BY ALL')  # noqa: S608
        values[name] = _counted(name, counts.fetchall())
    incidents = (
        number_of_rows(connection, f'(SELECT DISTINCT "{_INCIDENT}" FROM wide)')  # noqa: S608
        if _INCIDENT in columns
        else 0
    )
    return Shape(number_of_rows(connection, "wide"), values, incidents)
