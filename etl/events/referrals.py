"""Requests and endings: two events of a referral, each in its own month and never changed.

Who was referred follows from the person where the register knows one, counted or not: a person of
an incident that two partners report keeps class and sex. Mode and corridor are those of the
person's last leg. Places are generalised to the third level; a referral that names its second area
alone has the third of its person in that, so that no second area counts another number for it. A
referral that is still open has a request and no ending. A referral whose person refused to be
counted in shared statistics is neither, nor is one of an event that is neither trafficking nor
smuggling.
"""

from __future__ import annotations

from dashboard.model import codes
from dashboard.model.country import SECOND, THIRD
from etl.events.relations import OF_THE_TWO_CRIMES, delay_band_sql

#: Areas above places as they stand in the month of a request or an ending, those of one level.
_AREA = """LEFT JOIN events.place_parent AS {name}
    ON {name}.code = {place} AND {name}.level = '{level}'
    AND {month} >= coalesce({name}.valid_from, {month})
    AND {month} < coalesce({name}.valid_to, DATE '9999-01-01')"""

#: The referral's own third area, else that of its person where it lies in the second area that the
#: referral names, else the place as coarse as the referral names it.
_PLACE = """coalesce(
    own_third.parent,
    CASE WHEN person_second.parent = own_second.parent THEN person_third.parent END,
    own_second.parent,
    referral.place
)"""


def _areas(month: str) -> str:
    """SQL joins of the areas from which a referral's place follows; ``month`` is a column."""
    joins = (
        ("own_third", "referral.place", THIRD),
        ("own_second", "referral.place", SECOND),
        ("person_third", "event_place.place", THIRD),
        ("person_second", "event_place.place", SECOND),
    )
    return "\n".join(
        _AREA.format(name=name, place=place, level=level, month=month)
        for name, place, level in joins
    )


#: The counted incident of the person; else the person, else the referral itself.
_HOLDER = """coalesce(
    told.counted_as, person.incident_id, 'person|' || referral.person_id,
    'referral|' || referral.referral_id
)"""

_PERSON = f"""
    coalesce(person.class, '{codes.UNDER_REVIEW.code}') AS class,
    coalesce(person.class_group, '{codes.OTHER_CLASSES.code}') AS class_group,
    person.sex, person.is_child, person.population_group,
    last_leg.leg.mode AS mode, last_leg.leg.corridor AS corridor
FROM register.referral AS referral
LEFT JOIN events.known_person AS person USING (person_id)
LEFT JOIN events.last_leg AS last_leg USING (person_id)
LEFT JOIN events.told_by AS told USING (incident_id)
LEFT JOIN events.event_place AS event_place USING (incident_id)"""
#: Referrals that are counted.
_SHARED = f"""WHERE referral.share_consent IS DISTINCT FROM false AND NOT EXISTS (
    FROM register.person AS referred JOIN register.incident AS happened USING (incident_id)
    WHERE referred.person_id = referral.person_id AND NOT (happened.{OF_THE_TWO_CRIMES})
)"""

REQUESTS = f"""
CREATE TABLE events.requests AS
SELECT
    referral.referral_id AS record_key,
    {_HOLDER} AS holder,
    1 AS n,
    referral.requested_month AS month,
    {_PLACE} AS place,
    referral.from_agency_type, referral.to_agency_type,
    referral.service, referral.step, referral.priority,
    {_PERSON}
{_areas("referral.requested_month")}
{_SHARED}
"""

ENDINGS = f"""
CREATE TABLE events.endings AS
SELECT
    referral.referral_id AS record_key,
    {_HOLDER} AS holder,
    1 AS n,
    referral.ended_month AS month,
    {_PLACE} AS place,
    referral.to_agency_type, referral.service, referral.step, referral.priority,
    referral.status, referral.no_service_reason,
    {delay_band_sql("referral.days_to_response")} AS response_band,
    {delay_band_sql("referral.days_to_service")} AS service_band,
    CASE date_diff('quarter', referral.requested_month, referral.ended_month)
        WHEN 0 THEN '0' WHEN 1 THEN '1' ELSE '2_plus'
    END AS lag_quarters,
    {_PERSON}
{_areas("referral.ended_month")}
{_SHARED}
    AND list_contains({list(codes.ENDED_STATUSES)}, referral.status)
    AND referral.ended_month IS NOT NULL
"""
