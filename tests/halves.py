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
#: Single tests of units and contracts that take six seconds and more, or wait as long for a store;
#: and two that show what protection would come to without a part of it.
LONG: tuple[str, ...] = (
    "tests/contract/test_another_country.py::test_a_broken_pack_is_one_clear_message",
    "tests/contract/test_another_country.py::test_a_file_in_the_countrys_language_is_drafted_without_what_tells_of_a_person",
    "tests/contract/test_another_country.py::test_a_form_asks_in_english_what_the_pack_has_no_words_for",
    "tests/contract/test_another_country.py::test_a_page_is_the_countrys_own_in_every_language",
    "tests/contract/test_another_country.py::test_a_rule_about_what_is_inside_the_country_holds_in_its_own_code",
    "tests/contract/test_another_country.py::test_files_are_the_countrys_own",
    "tests/contract/test_another_country.py::test_screens_know_the_countrys_words_and_numbers",
    "tests/contract/test_files.py::test_pages_and_all_other_files_load_nothing_that_only_a_geopackage_needs",
    "tests/contract/test_invented_stories.py::test_pages_tell_a_story_in_the_same_word_and_little_else",
    "tests/contract/test_null_changes.py::test_hardly_anything_is_called",
    "tests/contract/test_wheel.py::test_the_installed_commands_load_publish_and_serve_elsewhere",
    "tests/contract/test_wire.py::test_nothing_odd_of_people_who_signed_in_is_answered_500",
    "tests/contract/test_words.py::test_english_reads_easily",
    "tests/unit/dashboard/release/test_planning.py",
    "tests/unit/dashboard/report/test_files.py::test_the_same_report_is_the_same_bytes",
    "tests/unit/dashboard/report/test_public.py",
    "tests/unit/etl/commands/test_commands.py::test_the_demo_makes_a_store_of_published_sources_beside_the_other",
    "tests/unit/etl/commands/test_commands.py::test_the_demo_says_a_line_a_file_and_one_for_the_release",
    "tests/unit/etl/protect/test_echoes.py::test_equal_records_of_a_unit_fit_too_well",
    "tests/unit/etl/protect/test_late.py::test_after_late_blocks_every_total_is_within_two_bases",
    "tests/unit/etl/protect/test_public.py::test_public_places_are_districts_divisions_countries_and_seas",
    "tests/unit/etl/protect/test_public.py::test_public_units_are_at_least_twice_the_base",
    "tests/unit/etl/protect/test_stored_echoes.py::test_what_is_kept_changes_nothing",
    "tests/unit/etl/protect/test_units.py::test_without_the_carry_the_year_would_be_worse",
    "tests/unit/etl/release/signoff/test_sign_off.py::test_a_preview_that_asks_the_same_keeps_the_round",
    "tests/unit/etl/release/test_context.py::test_a_note_alone_makes_an_edition_of_the_same_numbers",
    "tests/unit/etl/release/test_public.py::test_the_choice_is_remembered_and_can_be_taken_back",
    "tests/unit/tools/test_geography.py::test_rebuilding_gives_the_committed_bytes",
    "tests/unit/tools/test_sample.py::test_the_committed_sample_loads_without_a_finding_that_refuses",
)
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
    "tests/unit/etl/release/test_editions.py::test_a_damaged_edition_is_listed_as_such",
    "tests/unit/etl/release/test_editions.py::test_every_edition_is_listed_the_newest_first",
    "tests/unit/etl/release/test_editions.py::test_going_back_shows_the_one_before_to_members_and_public",
    "tests/unit/etl/release/test_editions.py::test_no_reader_opens_what_was_taken_back",
    "tests/unit/etl/release/test_waiting.py::test_corrections_of_closed_months_are_named",
)
#: Those whose tests take long with all their cases: of each test ``make test`` runs the first case
#: and then one in so many.
ONE_IN: dict[str, int] = {
    "tests/browser/test_journey.py::test_a_filter_changes_the_figures_and_back_undoes_it": 100,
    "tests/contract/test_access.py::test_no_other_way_to_write_an_address_gives_a_role_more": 4,
    "tests/contract/test_analyst.py": 4,
    "tests/contract/test_asked.py": 100,
    "tests/contract/test_explored.py": 100,
    "tests/contract/test_features.py": 4,
    "tests/contract/test_files.py": 4,
    "tests/contract/test_hostile_labels.py": 4,
    "tests/contract/test_languages.py": 4,
    "tests/contract/test_matrix.py::"
    "test_what_is_not_kept_by_a_filter_is_not_counted_under_its_words": 8,
    "tests/contract/test_no_contradiction.py": 100,
    "tests/contract/test_one_number.py": 4,
    "tests/contract/test_referral_totals.py": 4,
    "tests/contract/test_shares.py": 100,
    "tests/contract/test_starts.py": 100,
    "tests/contract/test_story.py": 100,
    "tests/contract/test_two_doors.py": 4,
    "tests/unit/dashboard/access/test_audit.py::test_a_changed_byte_is_found": 4,
    "tests/unit/dashboard/access/test_editions.py": 4,
    "tests/unit/dashboard/components/test_written.py": 4,
    "tests/unit/dashboard/exhibits/parts/test_empty_state.py": 8,
    "tests/unit/dashboard/exhibits/referrals/test_extremes.py": 4,
    "tests/unit/dashboard/exports/test_tidy.py": 4,
    "tests/unit/dashboard/meeting": 4,
    "tests/unit/dashboard/report/test_numbers.py": 100,
    "tests/unit/dashboard/report/test_template.py": 4,
    "tests/unit/dashboard/test_answers.py": 8,
    "tests/unit/dashboard/test_application.py": 4,
    "tests/unit/dashboard/test_door.py": 4,
    "tests/unit/etl/draft/test_layouts.py": 3,
    "tests/unit/etl/intake/test_journal.py": 100,
    "tests/unit/etl/malformed": 4,
    "tests/unit/etl/register/test_seal.py": 4,
    "tests/unit/etl/register/test_whole_store.py": 4,
    "tests/unit/etl/release/contents": 3,
    "tests/unit/etl/release/preview": 100,
    "tests/unit/etl/release/signoff": 100,
    "tests/unit/etl/test_erasure.py": 100,
    "tests/unit/etl/test_retention.py": 100,
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
