"""Rules about voyages: what became of people sums to those who set out, always."""

from __future__ import annotations

from dashboard.model.codes import SEA_OUTCOME
from etl.rules.rule import Rule

#: Column of the register that counts the people of each outcome.
COLUMN_OF = {code: "status_unknown" if code == "unknown" else code for code in SEA_OUTCOME.values}
_PARTS = " + ".join(f"coalesce({column}, 0)" for column in COLUMN_OF.values())

VOYAGES: tuple[Rule, ...] = (
    Rule(
        "parts_of_voyage",
        "What became of people sums to those who set out.",
        f"SELECT file_no, row_no FROM staged.voyage WHERE set_out <> {_PARTS}",  # noqa: S608
        ("voyage.set_out",),
    ),
    Rule(
        "empty_voyage",
        "A row of voyages counts a boat or a person.",
        f"""SELECT file_no, row_no FROM staged.voyage
            WHERE coalesce(boats, 0) = 0 AND coalesce(set_out, 0) = 0 AND {_PARTS} = 0""",  # noqa: S608
    ),
)
