"""Classifications changed: decisions after the first that gave a person another class.

A decision that confirms the class is no change. The band counts months since the incident.
"""

RECLASSIFICATIONS = """
CREATE TABLE events.reclassifications AS
WITH decision AS (
    SELECT
        classification.*,
        lag(class) OVER (PARTITION BY person_id ORDER BY seq) AS class_before
    FROM register.classification AS classification
)
SELECT
    decision.person_id || '|' || decision.seq AS record_key,
    person.incident_id AS holder,
    person.n,
    date_trunc('quarter', decision.decided_month)::DATE AS quarter,
    decision.class_before AS from_class,
    decision.class AS to_class,
    CASE
        WHEN date_diff('month', person.incident_month, decision.decided_month) <= 1 THEN 'within_1'
        WHEN date_diff('month', person.incident_month, decision.decided_month) <= 3 THEN '2_3'
        WHEN date_diff('month', person.incident_month, decision.decided_month) <= 6 THEN '4_6'
        ELSE 'over_6'
    END AS decision_band
FROM decision
JOIN events.counted_person AS person USING (person_id)
WHERE decision.class_before IS NOT NULL AND decision.class_before <> decision.class
"""
