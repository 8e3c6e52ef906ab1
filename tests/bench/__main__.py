"""``make bench``: measure the budgets side by side and write docs/benchmarks.md.

Ratios against a bare query or a bare read are the figures to compare; milliseconds and seconds
are of the machine that ran it. Nothing here is a test: no figure fails a build.
"""

from __future__ import annotations

import platform
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from dashboard import exhibits
from dashboard.releases import Releases
from tests.bench.exhibits import ExhibitFigures, measure_exhibits
from tests.bench.pages import PageFigures, measure_pages
from tests.support.served import ROOT, command, served

REPORT = ROOT / "docs" / "benchmarks.md"
PEOPLE = 50_000
ROUNDS = 60


def main() -> None:
    """Measure everything and write the report."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        start, sample = _timed(lambda: command(folder, "etl", "demo"))
        print(f"sample loaded and published in {start:.1f} s")
        exhibits.load()
        release = Releases(folder / "store" / "releases").current()
        found = measure_exhibits(release, rounds=ROUNDS, seed=7)
        release.close()
        with served(folder) as address:
            pages = measure_pages(address)
        loading = _loading(folder / "large")
    REPORT.write_text(_report(start, found, pages, loading), encoding="utf-8")
    print(f"written: {REPORT.relative_to(ROOT)}")


def _timed(action: Callable[[], str]) -> tuple[float, str]:
    started = time.perf_counter()
    said = action()
    return time.perf_counter() - started, said


def _loading(folder: Path) -> tuple[int, float, float, float]:
    """Rows, seconds to check, seconds to load, and seconds of DuckDB's bare read of one CSV."""
    folder.mkdir()
    command(folder, "etl", "sample", "--people", str(PEOPLE), "--months", "36", "--seed", "1",
            "--out", str(folder / "files"))  # fmt: skip
    file = next((folder / "files").glob("partner-b-people*.csv"))
    command(folder, "etl", "init")
    checked, _ = _timed(
        lambda: command(folder, "etl", "check", str(file), "--source", "sample-b-people")
    )
    loaded, _ = _timed(
        lambda: command(folder, "etl", "load", str(file), "--source", "sample-b-people")
    )
    read = f"FROM read_csv('{file}', delim=';', header=true, all_varchar=true)"
    started = time.perf_counter()
    duckdb.sql(f"CREATE TABLE bare AS {read}")
    bare = time.perf_counter() - started
    rows = duckdb.sql("SELECT count(*) FROM bare").fetchall()[0][0]
    return int(rows), checked, loaded, bare


def _report(
    start: float,
    found: list[ExhibitFigures],
    pages: list[PageFigures],
    loading: tuple[int, float, float, float],
) -> str:
    rows, checked, loaded, bare = loading
    worst = max(found, key=lambda entry: entry.ratio or 0.0)
    largest = max(found, key=lambda entry: entry.kilobytes)
    first = pages[0]
    lines = [
        "# Benchmarks",
        "",
        f"Written by `make bench` on {datetime.now(UTC):%d %B %Y}, Python "
        f"{platform.python_version()}, DuckDB {duckdb.__version__}, {platform.machine()}. "
        "Compare the ratios; the times are of that machine, which other work shared.",
        "",
        "| budget | first goal | measured |",
        "|---|---|---|",
        f"| exhibit response against its bare queries, p95, worst exhibit | 5 x | "
        f"{worst.ratio or 0:.1f} x ({worst.id}) |",
        f"| exhibit JSON, gzip, largest | 50 kB | {largest.kilobytes:.1f} kB ({largest.id}) |",
        f"| first load of the overview, compressed | 1.8 MB | {first.first_load / 1e6:.2f} MB |",
        f"| filter to pixels on the hotspot map, software GL, p50 and p95 | measured | "
        f"{pages[1].filter_p50:.0f} and {pages[1].filter_p95:.0f} ms |",
        f"| the sample (1,800 people, 36 months) loaded and published from nothing | measured | "
        f"{start:.1f} s |",
        f"| a file of {rows:,} people: checked with all rules | measured | {checked:.1f} s |",
        f"| the same file loaded, against DuckDB's bare read of it | measured | {loaded:.1f} s, "
        f"{loaded / bare:.0f} x |",
        "",
        "## Exhibits",
        "",
        f"{ROUNDS} random views each. The response is read, asked, worded and written as JSON; "
        "the bare queries are the same statements on a second connection.",
        "",
        "| exhibit | p50 ms | p95 ms | bare p95 ms | ratio | JSON gzip kB |",
        "|---|---|---|---|---|---|",
        *(
            f"| {e.id} | {e.p50:.1f} | {e.p95:.1f} | {e.bare_p95:.1f} | "
            f"{f'{e.ratio:.1f}' if e.ratio else 'asks nothing'} | {e.kilobytes:.1f} |"
            for e in found
        ),
        "",
        "## Pages",
        "",
        "In headless Chromium at 1440 x 900. The first load counts what crosses the wire with an "
        "empty cache; a filter change ends when every card shows its new figure.",
        "",
        "| page | first load kB | first figures ms | filter p50 ms | filter p95 ms |",
        "|---|---|---|---|---|",
        *(
            f"| {p.path} | {p.first_load / 1000:.0f} | {p.first_figures:.0f} | "
            f"{p.filter_p50:.0f} | {p.filter_p95:.0f} |"
            for p in pages
        ),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
