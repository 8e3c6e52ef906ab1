"""Which tests ``make test`` runs, which only ``make test-all``, and which programs some need.

Chosen by risk: ``make test`` runs every test of ``unit`` and ``contract`` at least once but those
that are listed as lives, seldom or long, one journey of each page, one publication, one damage and
one attack. The rest repeats those under other languages, widths, secrets, views and seeds, lives
through several publications of a store, or needs a program that few machines have.
Paths are of folders, files or tests in a file; the longest around a test counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

#: Those of ``unit`` that publish again and again: what a store comes to over months. Of these
#: ``make test`` has tests/unit/etl/release/test_publish.py, and what ``WHOLE`` names of them.
LIVES: tuple[str, ...] = (
    "tests/unit/etl/operator_tables/test_published.py",
    "tests/unit/etl/release/contents/test_changes.py",
    "tests/unit/etl/release/contents/test_checks.py",
    "tests/unit/etl/release/contents/test_echoes.py",
    "tests/unit/etl/release/contents/test_stored_echoes.py",
    "tests/unit/etl/release/contents/test_reporting.py::test_an_area_that_is_none_stops_the_publication",
    "tests/unit/etl/release/contents/test_reporting.py::test_declared_areas_make_an_edition_that_tells_them",
    "tests/unit/etl/release/contents/test_reporting.py::test_the_public_edition_follows_from_that_of_the_members",
    "tests/unit/etl/release/test_missing_reports.py",
    "tests/unit/etl/release/test_editions.py",
    "tests/unit/etl/release/test_recovery.py",
    "tests/unit/etl/release/test_waiting.py",
    "tests/unit/etl/test_life.py",
)
#: Ways through the intake that few files take; each loads several times.
SELDOM: tuple[str, ...] = (
    "tests/unit/etl/duplicates/test_planted.py",
    "tests/unit/etl/intake/test_accept_valid.py",
    "tests/unit/etl/intake/test_caseload.py",
    "tests/unit/etl/intake/test_corrections.py::test_any_sequence_of_loads_and_corrections_is_rebuilt_the_same",
    "tests/unit/etl/intake/test_erased.py",
)
#: Units and contracts that cost most: a cheaper test beside each notices the same breakages, or it
#: shows what protection would come to without a part of it.
LONG = tuple(Path(__file__).with_name("long.txt").read_text(encoding="ascii").split())
#: Folders, files and tests of which ``make test`` runs nothing.
REST: tuple[str, ...] = (
    "tests/attack",
    "tests/bench",
    "tests/browser",
    "tests/endurance",
    "tests/files",
    "tests/mutations",
    "tests/words",
    *LIVES,
    *SELDOM,
    *LONG,
)
#: Those of which ``make test`` runs everything, although they lie in one of the above.
WHOLE: tuple[str, ...] = (
    "tests/attack/test_door.py",
    "tests/browser/test_access.py::test_a_figure_becomes_a_decision_and_a_view_is_kept",
    "tests/browser/test_journey.py::test_every_page_shows_its_exhibits_and_fits_the_screen",
    "tests/endurance/test_damage.py",
    "tests/unit/etl/intake/test_caseload.py::test_a_fifth_of_the_rows_is_enough_under_other_keys",
    "tests/unit/etl/intake/test_caseload.py::test_five_keys_are_enough_whatever_the_rows_say",
    "tests/unit/etl/intake/test_erased.py::test_a_row_of_an_erased_person_never_comes_back",
    "tests/unit/etl/intake/test_erased.py::test_rows_past_keeping_are_left_out",
    "tests/unit/etl/release/test_missing_reports.py::test_closing_asks_for_the_months_that_it_closes_alone",
)
#: Those whose tests take long with all their cases: of each test ``make test`` runs the first case
#: and then one in so many.
ONE_IN: dict[str, int] = {
    "tests/browser/test_journey.py::test_a_filter_changes_the_figures_and_back_undoes_it": 100,
    "tests/contract/test_access.py::test_no_other_way_to_write_an_address_gives_a_role_more": 100,
    "tests/contract/test_analyst.py": 11,
    "tests/contract/test_asked.py": 100,
    "tests/contract/test_explored.py": 100,
    "tests/contract/test_features.py": 4,
    "tests/contract/test_files.py": 11,
    "tests/contract/test_hostile_labels.py": 4,
    "tests/contract/test_languages.py": 4,
    "tests/contract/test_matrix.py": 7,
    "tests/contract/test_no_contradiction.py": 100,
    "tests/contract/test_one_number.py": 11,
    "tests/contract/test_referral_totals.py": 4,
    "tests/contract/test_shares.py": 100,
    "tests/contract/test_starts.py": 100,
    "tests/contract/test_story.py": 100,
    "tests/contract/test_two_doors.py": 11,
    "tests/unit/dashboard/access/test_audit.py::test_a_changed_byte_is_found": 4,
    "tests/unit/dashboard/access/test_editions.py": 4,
    "tests/unit/dashboard/components/test_written.py": 4,
    "tests/unit/dashboard/exhibits": 3,
    "tests/unit/dashboard/exhibits/parts/test_empty_state.py": 8,
    "tests/unit/dashboard/exhibits/referrals/test_extremes.py": 4,
    "tests/unit/dashboard/exports/test_tidy.py": 4,
    "tests/unit/dashboard/meeting": 4,
    "tests/unit/dashboard/report": 4,
    "tests/unit/dashboard/report/test_numbers.py": 100,
    "tests/unit/dashboard/test_answers.py": 8,
    "tests/unit/dashboard/test_application.py": 4,
    "tests/unit/dashboard/test_door.py": 4,
    "tests/unit/etl/draft/test_layouts.py": 3,
    "tests/unit/etl/duplicates": 4,
    "tests/unit/etl/events": 4,
    "tests/unit/etl/intake/test_identity.py": 7,
    "tests/unit/etl/intake/test_journal.py": 100,
    "tests/unit/etl/intake/test_validate.py::"
    "test_every_rule_runs_and_finds_nothing_in_an_empty_set": 7,
    "tests/unit/etl/malformed": 4,
    "tests/unit/etl/protect": 7,
    "tests/unit/etl/register": 7,
    "tests/unit/etl/release/contents": 3,
    "tests/unit/etl/release/preview": 100,
    "tests/unit/etl/release/signoff": 100,
    "tests/unit/etl/test_erasure.py": 100,
    "tests/unit/etl/test_retention.py": 100,
    "tests/unit/etl/test_voyages.py": 7,
}
#: The program that ``make test`` may need.
SOON = "Chromium"
#: Programs that tests need, as ``tests/support/programs.py`` names them.
NEEDS: dict[str, tuple[str, ...]] = {
    "tests/browser": (SOON,),
    "tests/browser/test_deploy.py": (SOON, "nginx", "Caddy", "openssl"),
    "tests/contract/test_service.py": ("systemd",),
    "tests/unit/dashboard/exports/test_libreoffice.py": ("LibreOffice",),
    "tests/unit/etl/duplicates/test_planted.py::test_the_sheet_comes_back_through_libreoffice": (
        "LibreOffice",
    ),
    "tests/unit/dashboard/report/test_libreoffice.py": ("Impress", "Writer", "pdftohtml"),
}


def rest(tests: Iterable[str]) -> set[str]:
    """Those of some tests, by their ids, that only ``make test-all`` runs."""
    left: set[str] = set()
    cases: Counter[str] = Counter()
    for test in tests:
        function = test.partition("[")[0]
        around = _longest(function, (*REST, *WHOLE, *ONE_IN))
        apart = around in REST or any(name != SOON for name in needs(function))
        if apart or cases[function] % ONE_IN.get(around, 1):
            left.add(test)
        cases[function] += 1
    return left


def needs(test: str) -> tuple[str, ...]:
    """Names of the programs that a test needs."""
    return NEEDS.get(_longest(test, NEEDS), ())


def _longest(test: str, paths: Iterable[str]) -> str:
    around = (p for p in paths if f"{test}/".startswith((f"{p}/", f"{p}::")))
    return max(around, key=len, default="")
