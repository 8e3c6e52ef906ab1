"""Partners: who reported each event, so that no exact total gives one partner another's number.

An event of a merged incident was reported by every partner that sent it. A referral or a
decision was reported by the partner whose file brought it, which need not be the incident's.
How many partners a total needs is decided in ``etl.protect``.
"""

from __future__ import annotations

#: Partner of the file that brought a referral or a decision.
_BROUGHT_BY = """
    SELECT arrival.table_name, arrival.key, load.partner
    FROM register.arrival AS arrival
    JOIN register.load AS load USING (load_no)
"""

PARTNER = f"""
CREATE TABLE events.partner AS
WITH brought_by AS ({_BROUGHT_BY}),
person_partner AS (
    SELECT person.person_id, every.partner
    FROM events.known_person AS person
    JOIN events.told_by AS own USING (incident_id)
    JOIN events.told_by AS every USING (counted_as)
),
referral_partner AS (
    SELECT referral_id, coalesce(brought_by.partner, person.partner) AS partner
    FROM register.referral AS referral
    LEFT JOIN brought_by
        ON brought_by.table_name = 'referral' AND brought_by.key = referral.referral_id
    LEFT JOIN person_partner AS person
        ON person.person_id = referral.person_id AND brought_by.key IS NULL
),
reported AS (
    SELECT 'incidents' AS fact, counted_as AS record_key, partner FROM events.told_by
    UNION ALL
    SELECT 'people', people.record_key, partner
    FROM events.people AS people
    JOIN person_partner ON person_id = record_key
    UNION ALL
    SELECT 'journeys', journeys.record_key, partner
    FROM events.journeys AS journeys
    JOIN person_partner ON person_id = record_key
    UNION ALL
    SELECT 'legs', leg.person_id || '|' || leg.leg_no, partner
    FROM events.person_leg AS leg
    JOIN events.counted_person USING (person_id)
    JOIN person_partner USING (person_id)
    UNION ALL
    SELECT 'requests', record_key, partner
    FROM events.requests
    JOIN referral_partner ON referral_id = record_key
    UNION ALL
    SELECT 'endings', record_key, partner
    FROM events.endings
    JOIN referral_partner ON referral_id = record_key
    UNION ALL
    SELECT 'reclassifications', changed.record_key, coalesce(brought_by.partner, person.partner)
    FROM events.reclassifications AS changed
    LEFT JOIN brought_by
        ON brought_by.table_name = 'classification' AND brought_by.key = changed.record_key
    LEFT JOIN person_partner AS person
        ON person.person_id = split_part(changed.record_key, '|', 1) AND brought_by.key IS NULL
)
SELECT DISTINCT fact, record_key, partner FROM reported WHERE partner IS NOT NULL
"""  # noqa: S608
