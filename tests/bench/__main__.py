"""``make bench``: measure the budgets side by side and write docs/benchmarks.md.

Ratios against a bare query or a bare read are the figures to compare; milliseconds and seconds
are of the machine that ran it. Nothing here is a test: no figure fails a build. With ``--full`` a
register of a million people is measured as well, which takes half an hour; with ``--peers`` the
map of hotspots is measured beside plain Dash, Streamlit and bare SVG.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard import exhibits
from dashboard.release.folder import Releases
from tests.bench.exhibits import ExhibitFigures, measure_exhibits
from tests.bench.pages import BRIEF, PAGES, PageFigures, Waits, measure_pages
from tests.bench.peers.measure import ENVIRONMENT, PRODUCT, PeerFigures, measure_peers
from tests.bench.peers.table import goal_lines, peer_lines
from tests.bench.readers import ReadersFigures, measure_readers
from tests.bench.registers import RegisterFigures, measure_register
from tests.bench.signed_in import SignedFigures, measure_signed_in
from tests.support.served import ROOT, command, served

REPORT = ROOT / "docs" / "benchmarks.md"
ROUNDS = 60
READERS = 100
#: Milliseconds of bare queries from which a card's ratio is told apart: of shorter ones it is that
#: of a request, which takes two.
_LONG = 5
#: People of the registers that are measured, and their months of history.
SIZES = ((600, 12), (5_000, 60), (100_000, 60))
FULL_SIZES = (*SIZES, (1_000_000, 60))


def main(words: Sequence[str] | None = None) -> None:
    """Measure everything and write the report."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--full", action="store_true", help="a million people as well")
    parser.add_argument("--peers", action="store_true", help="plain Dash, Streamlit, bare SVG")
    asked = parser.parse_args(words)
    if asked.peers and not ENVIRONMENT.is_dir():
        parser.error(f"there is no {ENVIRONMENT.name}: `make bench PEERS=1` makes it")
    exhibits.load()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        start = _seconds(lambda: command(folder, "etl", "demo"))
        print(f"sample loaded and published in {start:.1f} s")
        release = Releases(folder / "store" / "releases").current()
        found = measure_exhibits(release, rounds=ROUNDS, seed=7)
        release.close()
        pages = measure_pages(folder, (*PAGES, PRODUCT) if asked.peers else PAGES)
        reading = {in_common: _read(folder, in_common=in_common) for in_common in (True, False)}
        signed = measure_signed_in(folder, READERS)
        peers = measure_peers(release.path, folder) if asked.peers else []
    registers: list[RegisterFigures] = []
    for people, months in FULL_SIZES if asked.full else SIZES:
        registers.append(measure_register(people, months, rounds=ROUNDS))
        print(f"a register of {people:,} people measured", flush=True)
    text = _report(start, found, pages, peers, reading, signed, registers)
    REPORT.write_text(text, encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")


def _read(folder: Path, *, in_common: bool) -> ReadersFigures:
    """Readers of a server that has answered nobody yet."""
    with served(folder) as address:
        return measure_readers(
            address, folder / "store" / "releases", readers=READERS, in_common=in_common
        )


def _seconds(action: Callable[[], str]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


#: What readers look at, by whether they have it in common.
_VIEWS = {True: "a group's 40 views", False: "each at views of their own"}
#: Most milliseconds, p95, without and with software GL: in sight, or the whole page.
_PAGE_GOALS = {
    ("/overview", "sight"): (250, 450), ("/overview", "whole"): (600, 900),
    ("/quality", "sight"): (200, 450), ("/hotspots", "sight"): (120, 180),
    ("/hotspots?level=upazila", "sight"): (150, 220), ("/routes", "sight"): (150, 250),
    ("/referrals", "sight"): (200, 400),
}  # fmt: skip


def _page_goals(pages: list[PageFigures]) -> list[str]:
    """Goals of pages beside what was measured, without and with software GL."""
    by_name = {(page.path, page.flags): page for page in pages}
    lines: list[str] = []
    for (path, part), goals in _PAGE_GOALS.items():
        without, with_gl = (getattr(by_name[path, flags], part).p95 for flags in ("none", "gl"))
        said = "whole page" if part == "whole" else "in sight"
        lines.append(
            f"| control to pixels, {path}, {said}, p95, without / with software GL | "
            f"{goals[0]} / {goals[1]} ms | {without:.0f} / {with_gl:.0f} ms |"
        )
    return lines


def _page_line(page: PageFigures) -> str:
    heap = f"{page.heap:.2f}" if page.heap else ""
    return (
        f"| {page.path} | {page.flags} | {page.first_load / 1000:.0f} | "
        f"{page.first_figures:.0f} | {_waits(page.sight)} | {_waits(page.whole)} | "
        f"{page.requests or ''} | {heap} |"
    )


def _waits(waits: Waits | None) -> str:
    return f"{waits.p50:.0f} | {waits.p95:.0f}" if waits else " | "


#: Goals of publishing, for small and for large registers.
_PUBLISHING = (
    "a month in 2 s beside echoes",
    "100,000 in 45 s beside echoes, 1 GB; 1,000,000 in 15 min, 4 GB",
)


def _register_lines(registers: list[RegisterFigures]) -> list[str]:
    """The tables of registers by size."""
    return [
        "## Registers by size",
        "",
        "Files of one partner's invented layouts, people and their referrals, loaded with all "
        "rules, screens and hashed keys. The bare read is DuckDB's of the same files as text. The "
        "history is every month but the last, closed one after the other and published at once; "
        "then the last month is. Computing is the time of the processors, which other work on the "
        "machine does not lengthen; that of a long history is spread over two of them. Each of "
        "both publications makes and checks all echoes of the release, from which the error of "
        "every figure follows; what that takes alone is told beside them. Memory is what the "
        "processes of the command that needs most had at most together.",
        "",
        "| people | referrals | months | bare read s | load s (computing) | rows a second | load "
        "/ bare | history s (computing) | history / load | last month s (computing) | echoes of "
        "it s (computing) | memory MB | units | release MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(_register_line(entry) for entry in registers),
        "",
        "An exhibit asks units, so its time follows their number and not that of the people:",
        "",
        "| people | units | worst exhibit p95 ms | its bare queries ms | worst ratio | median of "
        "the ratios |",
        "|---|---|---|---|---|---|",
        *(_answer_line(entry) for entry in registers),
        "",
    ]


def _register_line(entry: RegisterFigures) -> str:
    computing = sum(run.computing for run in entry.load)
    return (
        f"| {entry.people:,} | {entry.referrals:,} | {entry.months} | {entry.read:.2f} | "
        f"{entry.load_seconds:.1f} ({computing:.1f}) | {entry.rows_a_second:,.0f} | "
        f"{entry.load_seconds / entry.read:.1f} | "
        f"{entry.history.seconds:.1f} ({entry.history.computing:.1f}) | "
        f"{entry.history_to_load:.1f} | "
        f"{entry.month.seconds:.1f} ({entry.month.computing:.1f}) | "
        f"{entry.echoes.seconds:.1f} ({entry.echoes.computing:.1f}) | {entry.megabytes:,.0f} | "
        f"{entry.units:,} | {entry.release:.1f} |"
    )


def _times(ratio: float | None) -> str:
    return f"{ratio:.1f}" if ratio else "asks nothing"


def _answer_line(entry: RegisterFigures) -> str:
    asking = [e for e in entry.exhibits if e.ratio]
    slowest = max(asking, key=lambda e: e.p95)
    ratios = sorted(e.ratio or 0.0 for e in asking)
    return (
        f"| {entry.people:,} | {entry.units:,} | {slowest.p95:.1f} ({slowest.id}) | "
        f"{slowest.bare_p95:.1f} | {ratios[-1]:.1f} | {ratios[len(ratios) // 2]:.1f} |"
    )


def _report(
    start: float, found: list[ExhibitFigures], pages: list[PageFigures], peers: list[PeerFigures],
    reading: dict[bool, ReadersFigures], signed: SignedFigures, registers: list[RegisterFigures],
) -> str:  # fmt: skip
    worst = max(found, key=lambda entry: entry.ratio or 0.0)
    cards = max(found, key=lambda entry: entry.card_ratio or 0.0)
    long = max((e for e in found if e.bare_p95 >= _LONG), key=lambda entry: entry.card_ratio or 0.0)
    largest = max(found, key=lambda entry: entry.kilobytes)
    first, without = (page for page in pages if page.path == BRIEF)
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}, Python "
        f"{platform.python_version()}, DuckDB {duckdb.__version__}, {platform.machine()}. "
        "Compare the ratios; the times are of that machine, which other work shared.",
        "",
        "| budget | first goal | measured |",
        "|---|---|---|",
        f"| exhibit response against its bare queries, p95, worst exhibit | 2 x | "
        f"{worst.ratio or 0:.1f} x ({worst.id}) |",
        f"| its card by the callback, fragments and JSON, likewise | 3 x | "
        f"{cards.card_ratio or 0:.1f} x ({cards.id}: {cards.card_p95:.1f} ms); of those whose bare "
        f"queries take {_LONG} ms, {long.card_ratio or 0:.1f} x ({long.id}) |",
        f"| exhibit JSON, gzip, largest | 50 kB | {largest.kilobytes:.1f} kB ({largest.id}) |",
        f"| first load of the brief, compressed | 700 kB | {first.first_load / 1000:.0f} kB |",
        f"| first figures of the brief, without / with software GL | 1,200 / 1,800 ms | "
        f"{without.first_figures:.0f} / {first.first_figures:.0f} ms |",
        *_page_goals(pages),
        *goal_lines(pages, peers),
        *(
            f"| {told.readers} readers, 2 s to think, {_VIEWS[in_common]}: an answer, p95; errors "
            f"| 300 ms; 0 | {told.p95:.0f} ms (median {told.p50:.0f}, {told.answers:,} "
            f"answers); {told.errors} |"
            for in_common, told in reading.items()
        ),
        f"| {signed.reading.readers} signed-in readers for two minutes, {_VIEWS[True]}: an answer, "
        f"p95; errors | 300 ms; 0 | {signed.reading.p95:.0f} ms (median {signed.reading.p50:.0f}, "
        f"{signed.reading.answers:,} answers); {signed.reading.errors} |",
        f"| memory of their server after one and two minutes | steady | {signed.half:.0f} and "
        f"{signed.end:.0f} MB |",
        f"| the sample (2,948 people, 36 months) loaded and published from nothing | measured | "
        f"{start:.1f} s |",
        *(
            f"| {r.people:,} people: history and its last month published; of each, its echoes; "
            f"most memory | {_PUBLISHING[r.people > 10_000]} | {r.history.seconds:.0f} and "
            f"{r.month.seconds:.1f} s; {r.echoes.seconds:.1f} s; {r.megabytes:,.0f} MB |"
            for r in registers
        ),
        "",
        *_register_lines(registers),
        "## Exhibits",
        "",
        f"{ROUNDS} random views each. The response is read, asked, worded and written as JSON; "
        "the bare queries are the same questions as statements, one for each count and each error "
        "of a figure, on a connection to a copy, as anybody opens it. Columns are in memory. The "
        "card is what the callback answers when a page asks for this one alone.",
        "",
        "| exhibit | p50 ms | p95 ms | bare p95 ms | ratio | card p95 ms | ratio | JSON gzip kB |",
        "|---|---|---|---|---|---|---|---|",
        *(
            f"| {e.id} | {e.p50:.1f} | {e.p95:.1f} | {e.bare_p95:.1f} | "
            f"{_times(e.ratio)} | {e.card_p95:.1f} | {_times(e.card_ratio)} | {e.kilobytes:.1f} |"
            for e in found
        ),
        "",
        "## Pages",
        "",
        "In headless Chromium at 1440 x 900, with software GL and without any flag for graphics. "
        "The first load counts what crosses the wire with an empty cache until every figure in "
        "sight is shown. A change begins with the press of a control and ends two frames after "
        "every card in sight, or every card of the page, shows its new figure. No view was asked "
        "for before.",
        "",
        "| page | flags | first load kB | first figures ms | in sight p50 ms | p95 | whole p50 "
        "| p95 | requests a change | heap after 200 changes / 20 |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *map(_page_line, pages),
        "",
        *(peer_lines(pages, peers) if peers else []),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
