"""Rules about incidents, people and legs, except those about classes."""

from __future__ import annotations

from dashboard.model import codes
from etl.rules.rule import Rule

RECORDS: tuple[Rule, ...] = (
    Rule(
        "no_people",
        "A row of people stands for one person or more.",
        "SELECT file_no, row_no FROM staged.person WHERE n < 1",
        ("person.n",),
    ),
    Rule(
        "report_before_incident",
        "A report does not come before its incident.",
        """SELECT file_no, row_no FROM staged.incident
           WHERE report_month < incident_month AND date_precision = 'month'""",
        ("incident.report_month",),
        incident=True,
    ),
    Rule(
        "child_contradicts_age",
        "The age and the mark of a child do not contradict.",
        """SELECT file_no, row_no FROM staged.person
           WHERE (age_band = 'under_15' AND is_child = 'no')
              OR (age_band IN ('19_24', '25_49', '50_60', 'over_60') AND is_child = 'yes')""",
        ("person.is_child", "person.age_band"),
    ),
    Rule(
        "exploited_without_form",
        "A person who was exploited has a form of it.",
        """SELECT file_no, row_no FROM staged.person
           WHERE exploitation_stage = 'exploited' AND len(coalesce(exploitation, [])) = 0""",
        ("person.exploitation",),
        ("person.exploitation",),
        severity="review",
    ),
    Rule(
        "fewer_than_dead",
        "An incident has no fewer people than dead or missing.",
        """SELECT file_no, row_no FROM staged.incident WHERE persons_count < dead_or_missing""",
        ("incident.persons_count",),
        severity="review",
    ),
    Rule(
        "internal_leg_abroad",
        "A leg inside the country does not cross a border.",
        f"""SELECT m.file_no, m.row_no FROM staged.movement m
           JOIN staged.place_country f ON f.code = m.from_place
           JOIN staged.place_country t ON t.code = m.to_place
           WHERE m.scope = '{codes.INSIDE}' AND f.country <> t.country""",  # noqa: S608
        ("movement.scope",),
    ),
    Rule(
        "border_not_crossed",
        "A leg across the border begins and ends in two countries.",
        """SELECT m.file_no, m.row_no FROM staged.movement m
           JOIN staged.place_country f ON f.code = m.from_place
           JOIN staged.place_country t ON t.code = m.to_place
           WHERE m.scope = 'cross_border' AND f.country = t.country""",
        ("movement.scope",),
        severity="review",
    ),
)
