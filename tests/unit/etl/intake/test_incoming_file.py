"""A file of a set at each stage: what comes next is another value, and the earlier one stays."""

from __future__ import annotations

import pytest

from etl.declaration import find_source
from etl.intake import incoming_file
from etl.intake.incoming_file import read_file, refuse_whole, to_codes
from tests.unit.etl.stores import ROWS, TODAY, Intake, said

FAULTY = ROWS[1].replace("Male,", "Herr,")


@pytest.fixture
def given(intake: Intake) -> incoming_file.Intake:
    source = find_source(intake.settings, "line-list")
    return incoming_file.Intake(source, intake.areas, b"a secret of a test", TODAY)


def test_leaving_out_a_row_makes_another_value(intake: Intake, given: incoming_file.Intake) -> None:
    read = read_file(intake.line_list(ROWS[0], FAULTY, ROWS[2]), given.source, given.secret)
    passed = to_codes(read, given)
    left = to_codes(read, given, frozenset({3}))
    assert (passed.rows, said(passed.findings)) == (3, [("unknown_code", 3, "Sex")])
    assert (left.rows, said(left.findings), left.left_out) == (2, [], {3})
    assert left.content is not None
    assert left.content.rows == [2, 4]
    assert left.original is passed.original is read


def test_a_row_that_the_reader_names_is_left_out_with_its_finding(
    intake: Intake, given: incoming_file.Intake
) -> None:
    read = read_file(intake.line_list(ROWS[0], ROWS[1] + ",one more"), given.source, given.secret)
    assert said(to_codes(read, given).findings) == [("cell_count", 3, None)]
    assert to_codes(read, given, frozenset({3})).findings == ()
    assert said(read.findings) == [("cell_count", 3, None)]


def test_a_refused_file_keeps_what_was_read(intake: Intake, given: incoming_file.Intake) -> None:
    path = intake.line_list(*ROWS, ROWS[0] + ",one more")
    passed = to_codes(read_file(path, given.source, given.secret), given)
    refused = refuse_whole(passed, given)
    assert (refused.rows, refused.held_back, refused.findings) == (0, 0, ())
    assert (refused.rows, refused.left_out) == (0, {2, 3, 4, 5})
    assert refused.original is passed.original
    assert passed.rows == len(ROWS)


def test_of_a_file_that_cannot_be_read_no_row_is_known(
    intake: Intake, given: incoming_file.Intake
) -> None:
    path = intake.write("bad.csv", "Case no,Mobile", "9,1")
    refused = refuse_whole(to_codes(read_file(path, given.source, given.secret), given), given)
    assert (refused.left_out, refused.content) == (frozenset(), None)
    assert refused.findings == ()
