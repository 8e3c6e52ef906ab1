"""Texts that a browser or a database would run if anything wrote them so, and releases of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from dashboard.model.event_note import EventNote
from dashboard.model.periods import Span
from dashboard.model.target import Target
from tests.support.releases import LAST_MONTH

#: Each is what a name of a place, a route or a code could be; run, most of them set ``hurt``.
LABELS = (
    '<img src=x onerror="window.hurt=1">',
    "<img src=x onerror=window.hurt=1>",
    "<IMG SRC=x OnErRoR=window.hurt=1//",
    '"><img src=x onerror=window.hurt=1>',
    "'><img src=x onerror=window.hurt=1>",
    "</p><img src=x onerror=window.hurt=1>",
    "</td></tr></table><img src=x onerror=window.hurt=1>",
    "</title></textarea><img src=x onerror=window.hurt=1>",
    "<script>window.hurt=1</script>",
    "</script><script>window.hurt=1</script>",
    "<svg onload=window.hurt=1>",
    "<svg><script>window.hurt=1</script></svg>",
    "<svg/onload=window.hurt=1>",
    '<math><a xlink:href="javascript:window.hurt=1">x</a></math>',
    '<a href="javascript:window.hurt=1">x</a>',
    '<a href="//example.org">x</a>',
    "<iframe src=javascript:window.hurt=1>",
    '<iframe srcdoc="<script>parent.hurt=1</script>">',
    "<object data=javascript:window.hurt=1>",
    "<embed src=javascript:window.hurt=1>",
    "<form action=javascript:window.hurt=1><button>x</button></form>",
    "<input autofocus onfocus=window.hurt=1>",
    "<details open ontoggle=window.hurt=1>",
    "<video><source onerror=window.hurt=1></video>",
    "<style>*{display:none}</style>",
    '<link rel=stylesheet href="//example.org">',
    '<meta http-equiv=refresh content="0;url=//example.org">',
    "<base href=//example.org/>",
    "<marquee onstart=window.hurt=1>",
    "<template><img src=x onerror=window.hurt=1></template>",
    "<!-- <img src=x --> onerror=window.hurt=1>",
    "<![CDATA[<img src=x onerror=window.hurt=1>]]>",
    "<?xml version='1.0'?>",
    '" onmouseover="window.hurt=1" x="',
    "' onmouseover='window.hurt=1' x='",
    "` onmouseover=`window.hurt=1`",
    "javascript:window.hurt=1",
    "&lt;img src=x onerror=window.hurt=1&gt;",
    "&#60;img src=x onerror=window.hurt=1&#62;",
    "{{constructor.constructor('window.hurt=1')()}}",
)
#: Each is what a statement would run if anything wrote it into one.
SQL = (
    "'", "''", '"', "';", "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "') OR ('1'='1",
    "'; DROP TABLE decision; --", "'; DELETE FROM account; --", "1; UPDATE account SET role='x'",
    "' UNION SELECT name FROM account --", "' UNION SELECT NULL, NULL --", "admin'--", "x' AND 1=0",
    "'||(SELECT password FROM account)||'", "\\'; DROP TABLE session; --", "%27 OR 1=1", "NULL",
    "'; ATTACH 'x' AS y; --", "'; PRAGMA user_version = 0; --", "' AND sleep(5) --", "$1", "?1",
    ":name", "@name", "x'; VACUUM; --", "' LIMIT 1 OFFSET 1 --", "1' ORDER BY 9 --", "{0}",
    "'; INSERT INTO saved_view VALUES (1); --", "(SELECT 1)", "' GLOB '*", "' LIKE '%", "%", "_",
    "; SELECT load_extension('x')", "'/**/OR/**/1=1", "' IS NOT NULL --", "%s %d %(x)s",
)  # fmt: skip
#: What an operator writes beside the numbers, of months that all stand in the first view.
_MONTHS = [LAST_MONTH.plus(-ago) for ago in range(12)]
NOTES = [EventNote(month, month, "flood", "", "Flood", "বন্যা") for month in _MONTHS]
TARGETS = [Target("people", "", "all", Span(month, month), 60, "Plan") for month in _MONTHS]
#: Columns that hold what an operator or a partner could have written.
_WRITTEN = (
    ("place", "name_en"), ("place", "name_bn"), ("code", "label_en"), ("code", "label_bn"),
    ("dimension", "label_en"), ("dimension", "label_bn"), ("event_note", "text_en"),
    ("event_note", "text_bn"), ("target", "source"), ("incidents", "route"), ("edition", "title"),
    ("edition", "source_note"), ("edition", "approved_by"),
)  # fmt: skip


def plant(path: Path, texts: Sequence[str] = LABELS) -> Path:
    """Put a hostile text wherever a release that nobody has opened yet holds a written one."""
    with duckdb.connect(str(path)) as connection:
        for table, column in _WRITTEN:
            connection.execute(
                f"UPDATE {table} SET {column} = (?::VARCHAR[])[1 + rowid % {len(texts)}]"  # noqa: S608 -- our own names
                f" WHERE {column} IS NOT NULL",
                [list(texts)],
            )
        connection.execute("CHECKPOINT")
    return path
