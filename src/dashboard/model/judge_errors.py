"""Errors of the judge: measured rates at which the judge of change is wrong.

``make judge`` measures it on invented registers of 50 incidents or people a month, a tenth of them
late (docs/judge-report.md), by the rule in ``analysis.judge``. All are times in a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping

#: "More" or "fewer" for the whole country although nothing changed: the lowest and highest rate of
#: months, quarters and half-years, of incidents and of people.
FALSE_OF_COUNTRY = (1, 4)
#: Months in which any row of any map is "more" although nothing changed: the lower and the higher
#: rate of incidents and people.
FALSE_ON_MAPS = (6, 8)
#: How often three times as many at one camp are noticed, by the months since they began.
NOTICED: Mapping[int, int] = {3: 22, 6: 77}
