"""Exports of a mobile form: what the tool writes around the answers of each submission."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np

from tools.sample.dialect import Cells, numbers
from tools.sample.sheet import Sheet

#: Numbers of the forms, and the answer that is the day of the submission.
_DAYS = {"people": (1, "case/report_date"), "referrals": (2, "referral/requested_on")}


def submissions(sheet: Sheet, kind: str, seed: int) -> Sheet:
    """A sheet of people or of referrals with the columns that the collection tool adds."""
    number, header = _DAYS[kind]
    day = cast(Cells, sheet.columns[sheet.headers.index(header)])
    count = len(day)
    rng = np.random.default_rng([seed, 2, number])
    minute = rng.integers(0, 480, count)
    started = [f"T{9 + m // 60:02d}:{m % 60:02d}:00.000+06:00" for m in minute.tolist()]
    ended = [f"T{9 + m // 60:02d}:{m % 60:02d}:59.000+06:00" for m in minute.tolist()]
    device = [f"invented-device-{n}" for n in rng.integers(1, 9, count).tolist()]
    before = {
        "start": day + np.array(started, dtype=object),
        "end": day + np.array(ended, dtype=object),
        "deviceid": np.array(device, dtype=object),
    }
    after = {
        "_id": numbers(np.arange(1001, 1001 + count, dtype=np.int32)),
        "_uuid": _uuids(rng, count),
        "_submission_time": day + np.array([text[:9] for text in ended], dtype=object),
        "_submitted_by": np.full(count, "invented", dtype=object),
        "_index": numbers(np.arange(1, 1 + count, dtype=np.int32)),
    }
    return replace(
        sheet,
        headers=(*before, *sheet.headers, *after),
        columns=(*before.values(), *sheet.columns, *after.values()),
    )


def _uuids(rng: np.random.Generator, count: int) -> Cells:
    """Ids of letters only, so that none of them reads like a number of a document."""
    letters = np.array(list("abcdef"))[rng.integers(0, 6, (count, 32))]
    texts = ["".join(row) for row in letters.tolist()]
    return np.array(
        [f"{t[:8]}-{t[8:12]}-{t[12:16]}-{t[16:20]}-{t[20:]}" for t in texts], dtype=object
    )
