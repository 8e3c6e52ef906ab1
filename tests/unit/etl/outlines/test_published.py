"""Outlines that an operator loaded stand in the next edition, and not in that for the public."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.model.outline import Outline
from dashboard.model.periods import Month
from dashboard.release.open_release import Release
from etl.outlines.outlines import keep_outlines
from etl.settings import OperatorError
from tests.unit.etl.protect import invented
from tests.unit.etl.release import registers

MARCH = Month(2023, 3)
CORNERS = "[[[[92.1,21.2],[92.2,21.2],[92.2,21.3],[92.1,21.2]]]]"
TRIANGLE = f'{{"type":"MultiPolygon","coordinates":{CORNERS}}}'


def outlined(path: Path) -> set[str]:
    release = Release(path)
    release.scan()
    held = set(release.outlines)
    release.close()
    return held


def test_outlines_alone_make_an_edition_and_the_public_gets_none(tmp_path: Path) -> None:
    settings = registers.make(tmp_path)
    registers.fill(settings, registers.register_rows(invented.people(40, 3, seed=4), referrals=0))
    first = registers.publish_to(settings, MARCH, public=True)
    assert outlined(first.path) == set()
    # A place that the release does not name is left out of it.
    keep_outlines(settings, [Outline(code, TRIANGLE) for code in (invented.CAMPS[0], "CXB-999")])
    looked_at = registers.preview_to(settings, MARCH)
    (beside,) = looked_at.faces[0].differences.beside
    assert beside.sentence == "Outlines added: of 1 camp"
    second = registers.publish_to(settings, MARCH)
    assert outlined(second.path) == {invented.CAMPS[0]}
    assert second.public is not None
    assert outlined(second.public) == set()
    with pytest.raises(OperatorError, match="No month is due"):
        registers.publish_to(settings, MARCH)
    keep_outlines(settings, ())
    assert outlined(registers.publish_to(settings, MARCH).path) == set()
