"""What a rule over records is."""

from __future__ import annotations

from dataclasses import dataclass

from etl.findings import Severity


@dataclass(frozen=True)
class Rule:
    """One rule over records.

    Attributes:
        id: Stable id that findings carry.
        sentence: The rule in words, as a finding and the dictionary say it.
        sql: Query for file_no and row_no of each record that breaks it.
        fields: Register fields it speaks of, to name the columns of the file.
        needs: Fields of which the source must declare at least one; empty for all sources.
        severity: error or review.
        incident: Whether the row it names stands for a whole incident.
    """

    id: str
    sentence: str
    sql: str
    fields: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    severity: Severity = "error"
    incident: bool = False
