"""Fields: each attribute of the register and of a release, described once.

One module a subject, whose names all stand here as well (``fields.SEX``); a new field is written
there and nowhere else. From a field follow its column type, its rules, its menu, its entry in the
dictionary and its header in an export. Which table or fact uses it stands in ``tables`` and
``facts``.
"""

from __future__ import annotations

from dashboard.model.fields.classes import *
from dashboard.model.fields.counts import *
from dashboard.model.fields.field import *
from dashboard.model.fields.incidents import *
from dashboard.model.fields.journeys import *
from dashboard.model.fields.keys import *
from dashboard.model.fields.people import *
from dashboard.model.fields.places import *
from dashboard.model.fields.referrals import *
from dashboard.model.fields.time import *
from dashboard.model.fields.voyages import *
