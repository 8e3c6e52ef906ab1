"""Rules about keys: each record once, in the file set and in the register."""

from __future__ import annotations

from etl.rules.rule import Rule

KEYS: tuple[Rule, ...] = (
    Rule(
        "duplicate_incident",
        "error",
        "An incident stands in the file set once.",
        """SELECT file_no, row_no FROM staged.incident WHERE incident_id IS NOT NULL QUALIFY
           row_number() OVER (PARTITION BY incident_id ORDER BY file_no, row_no) > 1""",
    ),
    Rule(
        "duplicate_person",
        "error",
        "A person stands in the file set once.",
        """SELECT file_no, row_no FROM staged.person WHERE person_id IS NOT NULL QUALIFY
           row_number() OVER (PARTITION BY person_id ORDER BY file_no, row_no) > 1""",
    ),
    Rule(
        "duplicate_referral",
        "error",
        "A referral stands in the file set once.",
        """SELECT file_no, row_no FROM staged.referral WHERE referral_id IS NOT NULL QUALIFY
           row_number() OVER (PARTITION BY referral_id ORDER BY file_no, row_no) > 1""",
    ),
    Rule(
        "duplicate_classification",
        "error",
        "A decision of one number about a person stands in the file set once.",
        """SELECT file_no, row_no FROM staged.classification WHERE person_id IS NOT NULL QUALIFY
           row_number() OVER (PARTITION BY person_id, seq ORDER BY file_no, row_no) > 1""",
    ),
    Rule(
        "incident_in_register",
        "error",
        "The register already holds the incident.",
        """SELECT s.file_no, s.row_no FROM staged.incident s
           SEMI JOIN register.incident r USING (incident_id)""",
    ),
    Rule(
        "person_in_register",
        "error",
        "The register already holds the person.",
        """SELECT s.file_no, s.row_no FROM staged.person s
           SEMI JOIN register.person r USING (person_id)""",
    ),
    Rule(
        "referral_in_register",
        "error",
        "The register already holds the referral.",
        """SELECT s.file_no, s.row_no FROM staged.referral s
           SEMI JOIN register.referral r USING (referral_id)""",
    ),
    Rule(
        "classification_in_register",
        "error",
        "The register already holds the decision.",
        """SELECT s.file_no, s.row_no FROM staged.classification s
           SEMI JOIN register.classification r USING (person_id, seq)""",
    ),
    Rule(
        "unknown_person",
        "error",
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
        "error",
        "Decisions about a person are numbered 1, 2, 3 without gap.",
        """WITH every AS (SELECT person_id, seq FROM staged.classification
                          UNION SELECT person_id, seq FROM register.classification)
           SELECT s.file_no, s.row_no FROM staged.classification s
           WHERE s.seq <> (SELECT count(*) FROM every e
                           WHERE e.person_id = s.person_id AND e.seq <= s.seq)""",
        ("classification.seq",),
    ),
)
