"""Rules about keys: each record once in the file set, and from one source in the register.

A record that its own source brings again is a correction; what it changes stands in
``register.records``.
"""

from __future__ import annotations

from etl.rules.rule import Rule


def _once(table: str, subject: str, *keys: str, incident: bool = False) -> Rule:
    """The rule that a file set holds no two rows of a table with the same key columns."""
    return Rule(
        f"duplicate_{table}",
        f"{subject} stands in the file set once.",
        f"""SELECT file_no, row_no FROM staged.{table} WHERE {keys[0]} IS NOT NULL QUALIFY
            row_number() OVER (PARTITION BY {", ".join(keys)} ORDER BY file_no, row_no) > 1""",  # noqa: S608
        incident=incident,
    )


def _from_one_source(table: str, noun: str, *, incident: bool = False) -> Rule:
    """The rule that no other source brought a record of a table before."""
    return Rule(
        f"{table}_in_register",
        f"Another source already brought the {noun}.",
        f"""SELECT r.file_no, r.row_no FROM staged.record r
            JOIN register.arrival a USING (table_name, key) JOIN register.load l USING (load_no)
            WHERE r.table_name = '{table}' AND l.source NOT IN (FROM staged.source)""",  # noqa: S608
        incident=incident,
    )


#: Records of the register that the file set would change.
_CORRECTED = """corrected AS (
    SELECT r.table_name, r.key FROM staged.record r
    JOIN register.arrival a USING (table_name, key) WHERE r.content <> a.content)"""

KEYS: tuple[Rule, ...] = (
    _once("incident", "An incident", "incident_id", incident=True),
    _once("person", "A person", "person_id"),
    _once("referral", "A referral", "referral_id"),
    _once("classification", "A decision of one number about a person", "person_id", "seq"),
    _once("voyage", "A row of voyages", "voyage_id"),
    _from_one_source("incident", "incident", incident=True),
    _from_one_source("person", "person"),
    _from_one_source("referral", "referral"),
    _from_one_source("classification", "decision"),
    _from_one_source("voyage", "row of voyages"),
    Rule(
        "unknown_person",
        "A referral or a decision is about a person that is known.",
        """WITH known AS (SELECT person_id FROM staged.person
                          UNION ALL SELECT person_id FROM register.person),
                asked AS (SELECT person_id, file_no, row_no FROM staged.referral
                          UNION ALL SELECT person_id, file_no, row_no FROM staged.classification)
           SELECT file_no, row_no FROM asked ANTI JOIN known USING (person_id)
           WHERE person_id IS NOT NULL""",
    ),
    Rule(
        "gap_in_decisions",
        "Decisions about a person are numbered 1, 2, 3 without gap.",
        """WITH every AS (SELECT person_id, seq FROM staged.classification
                          UNION SELECT person_id, seq FROM held.classification)
           SELECT s.file_no, s.row_no FROM staged.classification s
           WHERE s.seq <> (SELECT count(*) FROM every e
                           WHERE e.person_id = s.person_id AND e.seq <= s.seq)""",
        ("classification.seq",),
    ),
    Rule(
        "moved_month",
        "A correction moves the record to another month.",
        """SELECT s.file_no, s.row_no FROM staged.incident s
           JOIN register.incident r USING (incident_id)
           WHERE s.incident_month <> r.incident_month
           UNION ALL
           SELECT s.file_no, s.row_no FROM staged.referral s
           JOIN register.referral r USING (referral_id)
           WHERE s.requested_month <> r.requested_month OR s.ended_month <> r.ended_month
           UNION ALL
           SELECT s.file_no, s.row_no FROM staged.voyage s
           JOIN register.voyage r USING (voyage_id) WHERE s.month <> r.month""",
        ("incident.incident_month", "referral.requested_month", "voyage.month"),
        severity="review",
    ),
    Rule(
        "moved_person",
        "A correction moves the person to another incident; the earlier incident is kept.",
        """SELECT s.file_no, s.row_no FROM staged.person s
           JOIN register.person r USING (person_id) WHERE s.incident_id <> r.incident_id""",
        severity="review",
    ),
    Rule(
        "people_not_repeated",
        "A correction of the incident leaves out people that the register holds; they are kept.",
        f"""WITH {_CORRECTED}
           SELECT s.file_no, s.row_no FROM staged.incident s
           JOIN corrected c ON c.table_name = 'incident' AND c.key = s.incident_id
           WHERE s.incident_id IN (SELECT incident_id FROM held.person)
             AND s.incident_id IN (SELECT incident_id FROM staged.person)""",  # noqa: S608
        severity="review",
    ),
)
