"""Rules about the class of a person: the elements of the crimes, as far as data tells them.

Decisions that the law leaves to the reading of data:

* The elements of confirmed trafficking are demanded of sources that record them (they declare an
  act, a means or a purpose); any other source gets one review finding for the file.
* Smuggling must not be internal: it is an error when its last leg stays inside the country and no
  leg crosses a border. A scope that nobody recorded is accepted.
* An aggravated case cannot be told from its row, so it is never demanded; deaths on a smuggling
  record that is not called aggravated raise a review.
"""

from __future__ import annotations

from dashboard.model import codes
from etl.rules.rule import Rule

#: Classes given by the file set: to its own people, by decisions about people loaded before, and
#: by the last decision that the register holds about people that the set corrects.
_DECIDED = """decided AS (
    SELECT person_id, incident_id, class, exploitation, exploitation_stage, file_no, row_no
    FROM staged.person
    UNION ALL
    SELECT c.person_id, p.incident_id, c.class, p.exploitation, p.exploitation_stage,
        c.file_no, c.row_no
    FROM staged.classification c JOIN held.person p USING (person_id)
    UNION ALL
    SELECT p.person_id, p.incident_id, c.class, p.exploitation, p.exploitation_stage,
        p.file_no, p.row_no
    FROM staged.person p JOIN (
        SELECT person_id, arg_max(class, seq) AS class FROM held.classification GROUP BY person_id
    ) c USING (person_id))"""

_CONFIRMED = f"class = '{codes.TRAFFICKING_CONFIRMED.code}'"
_ELEMENTS = ("classification.act", "classification.means", "classification.purpose")

CLASSES: tuple[Rule, ...] = (
    Rule(
        "no_act",
        "Confirmed trafficking has an act.",
        f"""SELECT file_no, row_no FROM staged.classification
            WHERE {_CONFIRMED}
              AND len(list_filter(coalesce(act, []), lambda a: a <> 'unknown')) = 0""",  # noqa: S608
        ("classification.act",),
        _ELEMENTS,
    ),
    Rule(
        "no_purpose",
        "Confirmed trafficking has a purpose or a form of exploitation.",
        f"""WITH told AS (
               SELECT person_id FROM staged.person WHERE len(exploitation) > 0
               UNION ALL SELECT person_id FROM held.person WHERE len(exploitation) > 0)
           SELECT file_no, row_no FROM staged.classification ANTI JOIN told USING (person_id)
           WHERE {_CONFIRMED} AND len(coalesce(purpose, [])) = 0""",  # noqa: S608
        ("classification.purpose", "person.exploitation"),
        _ELEMENTS,
    ),
    Rule(
        "no_means",
        "Confirmed trafficking has a means, unless the person is a child.",
        f"""WITH told AS (
               SELECT person_id FROM staged.person
               WHERE len(means_of_control) > 0 OR is_child = 'yes'
               UNION ALL SELECT person_id FROM held.person
               WHERE len(means_of_control) > 0 OR is_child = 'yes')
           SELECT file_no, row_no FROM staged.classification ANTI JOIN told USING (person_id)
           WHERE {_CONFIRMED} AND len(coalesce(means, [])) = 0""",  # noqa: S608
        ("classification.means", "person.means_of_control"),
        _ELEMENTS,
    ),
    Rule(
        "elements_not_recorded",
        "The source records no act, means or purpose, so confirmed trafficking is taken as sent.",
        f"""SELECT p.file_no, NULL::INTEGER FROM staged.person p
            WHERE p.{_CONFIRMED}
              AND NOT EXISTS (SELECT 1 FROM staged.classification c
                              WHERE c.file_no = p.file_no AND c.row_no = p.row_no)
            GROUP BY p.file_no""",  # noqa: S608
        severity="review",
    ),
    Rule(
        "internal_smuggling",
        "Smuggling crosses a border; internal movement never is.",
        f"""WITH {_DECIDED}, moved AS (
                SELECT incident_id, person_id, leg_no, scope FROM staged.movement
                UNION ALL SELECT incident_id, person_id, leg_no, scope FROM held.movement
            ), legs AS (
                SELECT * FROM moved QUALIFY row_number() OVER (
                    PARTITION BY incident_id, person_id ORDER BY leg_no DESC) = 1
            ), crossing AS (
                SELECT DISTINCT incident_id, person_id FROM moved WHERE scope = 'cross_border')
            SELECT d.file_no, d.row_no FROM decided d
            JOIN legs l ON l.incident_id = d.incident_id
                       AND coalesce(l.person_id, d.person_id) = d.person_id
            WHERE d.class IN {codes.SMUGGLING_CLASSES} AND l.scope = '{codes.INSIDE}'
              AND NOT EXISTS (SELECT 1 FROM crossing c WHERE c.incident_id = d.incident_id
                              AND coalesce(c.person_id, d.person_id) = d.person_id)""",  # noqa: S608
        ("person.class", "movement.scope"),
    ),
    Rule(
        "exploited_smuggling",
        "Smuggling that exploitation followed is classed as smuggling that became trafficking.",
        f"""WITH {_DECIDED}
            SELECT file_no, row_no FROM decided
            WHERE class IN {codes.SMUGGLING_CLASSES}
              AND (len(exploitation) > 0 OR exploitation_stage = 'exploited')""",  # noqa: S608
        ("person.class", "person.exploitation"),
    ),
    Rule(
        "unexploited_after_smuggling",
        "Smuggling that became trafficking names the exploitation that followed.",
        f"""SELECT p.file_no, p.row_no FROM staged.person p
           WHERE p.class = '{codes.SMUGGLING_THEN_TRAFFICKING.code}'
             AND len(coalesce(p.exploitation, [])) = 0""",  # noqa: S608
        ("person.class", "person.exploitation"),
        ("person.exploitation",),
        severity="review",
    ),
    Rule(
        "deadly_smuggling",
        "Smuggling in which people died or went missing may be aggravated.",
        f"""SELECT p.file_no, p.row_no FROM staged.person p
           JOIN staged.incident i USING (incident_id)
           WHERE p.class = '{codes.SMUGGLING.code}' AND i.dead_or_missing > 0""",  # noqa: S608
        ("person.class", "incident.dead_or_missing"),
        severity="review",
    ),
    Rule(
        "ransom_on_smuggling",
        "A ransom was asked on a smuggling record, which may be trafficking.",
        f"""SELECT p.file_no, p.row_no FROM staged.person p
            JOIN staged.incident i USING (incident_id)
            WHERE p.class IN {codes.SMUGGLING_CLASSES} AND i.ransom""",  # noqa: S608
        ("person.class", "incident.ransom"),
        severity="review",
    ),
)
