"""People identified: one event a person (or group known only together), in the incident's month.

Place is the first known role of the incident; mode, corridor and authority are those of the
person's last leg; scope is cross_border when any leg crosses, else that of the last leg; the
destination is the intended one, else where the last leg ends.
"""

PEOPLE = """
CREATE TABLE events.people AS
SELECT
    person.person_id AS record_key,
    person.incident_id AS holder,
    person.n,
    person.incident_month AS month,
    event_place.place, event_place.place_role,
    person.population_group, person.sex, person.age_band, person.is_child,
    person.class, person.class_group, person.exploitation_stage, person.exploitation,
    last_leg.leg.mode AS mode, last_leg.scope, last_leg.leg.corridor AS corridor,
    coalesce(intended.place, last_leg.last_to_place) AS destination,
    person.recruitment_place, person.promise, person.recruiter_relation,
    last_leg.leg.rescuing_authority AS rescuing_authority,
    person.means_of_control, person.legal_status,
    person.identified_by, person.identification_step
FROM events.counted_person AS person
LEFT JOIN events.event_place AS event_place USING (incident_id)
LEFT JOIN events.intended_destination AS intended USING (incident_id)
LEFT JOIN events.last_leg AS last_leg USING (person_id)
"""
