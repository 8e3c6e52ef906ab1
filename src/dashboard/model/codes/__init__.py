"""Codes: every value a coded field may take, with its labels and its standard.

One module a subject, whose names all stand here as well (``codes.SEX``). A new list is written in
the module of its subject and takes its place in the order below, that of the dictionary. A code
list belongs here when more than one file or page uses it. Places do not: they are data
(``data/countries/bgd/gazetteer.csv``). Words of pages do not: see ``dashboard.words``.
"""

from __future__ import annotations

from dashboard.model.codes.agencies import *
from dashboard.model.codes.code_list import *
from dashboard.model.codes.crimes import *
from dashboard.model.codes.events import *
from dashboard.model.codes.journeys import *
from dashboard.model.codes.people import *
from dashboard.model.codes.recruitment import *
from dashboard.model.codes.referrals import *

CODE_LISTS: tuple[CodeList, ...] = (
    SEX,
    AGE_BAND,
    IS_CHILD,
    POPULATION_GROUP,
    COUNTED_GROUP,
    BOUNDARIES,
    SEX_AGE_GROUP,
    LEGAL_STATUS,
    CLASS,
    CLASS_OR_MIXED,
    CLASS_GROUP,
    CLASS_GROUP_OR_MIXED,
    STAGE,
    EXPLOITATION,
    MEANS,
    INDUSTRY,
    RECRUITER,
    RECRUITMENT_PLACE,
    PROMISE,
    RESCUING_AUTHORITY,
    AGENCY_TYPE,
    IDENTIFICATION_STEP,
    SERVICE,
    PRIORITY,
    REFERRAL_STATUS,
    NO_SERVICE_REASON,
    CONSENT,
    REFERRAL_STEP,
    DELAY_BAND,
    MODE,
    MODE_DETAIL,
    SCOPE,
    LEG_ROLE,
    COMPLETED,
    SEA_OUTCOME,
    CORRIDOR,
    PLACE_ROLE,
    LOCATION_PRECISION,
    DATE_PRECISION,
    VERIFICATION,
    EVENT,
    DEAD_OR_MISSING_BAND,
    DECISION_BAND,
    LAG_QUARTERS,
    REPORTING_BAND,
    EVENT_NOTE,
    ACT,
)
_BY_ID = {listed.id: listed for listed in CODE_LISTS}


def label_of(name: str, lang: str) -> str:
    """Label in a language of a code named ``list.code``; KeyError for no such list or code.

    >>> label_of("sex.female", "en")
    'Female'
    """
    list_id, _, code = name.partition(".")
    return _BY_ID[list_id].label_of(code, lang)
