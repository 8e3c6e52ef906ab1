"""What the sheets of all partners share: their shape, keys, countries and coded referrals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboard.model import codes
from tools.sample.dialect import Cells, Dialect
from tools.sample.draws import NONE, Codes, Numbers
from tools.sample.invention import Invention

#: A cell of a workbook keeps its type.
Cell = str | int | date | None


@dataclass(frozen=True)
class Sheet:
    """Headers and columns of one sheet or file; every column has the same length."""

    headers: tuple[str, ...]
    columns: tuple[list[Cell] | Cells, ...]


def case_numbers(invention: Invention, incident: Numbers, prefix: str) -> Cells:
    """Case numbers of incidents: prefix, year of report, running number."""
    start = invention.plan.span.start
    months = start.year * 12 + start.month - 1 + invention.incidents.report_month
    texts = [
        f"{prefix}{month // 12}-{number:05d}"
        for number, month in enumerate(months.tolist(), start=1)
    ]
    return np.array(texts, dtype=object)[incident]


def referral_codes(
    dialect: Dialect, headers: dict[str, str], invention: Invention, referrals: Numbers
) -> dict[str, Cells]:
    """The coded columns of referrals under a partner's headers."""
    records = invention.referrals
    values = {
        "service": (codes.SERVICE, records.service),
        "step": (codes.REFERRAL_STEP, records.step),
        "priority": (codes.PRIORITY, records.priority),
        "from_agency": (codes.AGENCY_TYPE, records.from_agency),
        "to_agency": (codes.AGENCY_TYPE, records.to_agency),
        "status": (codes.REFERRAL_STATUS, records.status),
        "reason": (codes.NO_SERVICE_REASON, records.reason),
        "consent": (codes.CONSENT, records.consent),
    }
    return {
        headers[name]: dialect.code(headers[name], code_list, positions[referrals])
        for name, (code_list, positions) in values.items()
    }


def scope(crosses: Codes) -> Codes:
    """Positions in the scopes: across the border, inside, NONE where not recorded."""
    inside, across = codes.SCOPE.values.index("internal"), codes.SCOPE.values.index("cross_border")
    return np.select([crosses == 1, crosses == 0], [across, inside], NONE).astype(np.int16)


def citizenship(invention: Invention, people: Numbers, *, names: bool) -> Cells:
    """Country of citizenship by group; empty for stateless people and where it is not known."""
    group = invention.people.population[people]
    labels = [""] * (len(codes.POPULATION_GROUP.values) + 1)
    for code in ("host_community", "other_bangladeshi"):
        labels[codes.POPULATION_GROUP.values.index(code)] = "Bangladesh" if names else "BD"
    foreign = codes.POPULATION_GROUP.values.index("other_foreign")
    labels[foreign] = "Myanmar" if names else "MM"
    return np.array(labels, dtype=object)[group]
