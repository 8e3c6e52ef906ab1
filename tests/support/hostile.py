"""Labels that a browser would run if anything wrote them as markup, and a release full of them."""

from __future__ import annotations

from pathlib import Path

import duckdb

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
#: Columns that hold what an operator or a partner could have written.
_WRITTEN = (
    ("place", "name_en"),
    ("place", "name_bn"),
    ("code", "label_en"),
    ("code", "label_bn"),
    ("incidents", "route"),
    ("edition", "title"),
    ("edition", "source_note"),
    ("edition", "approved_by"),
)


def plant(path: Path) -> Path:
    """Put a hostile label wherever a release that nobody has opened yet holds a written name."""
    with duckdb.connect(str(path)) as connection:
        for table, column in _WRITTEN:
            connection.execute(
                f"UPDATE {table} SET {column} = (?::VARCHAR[])[1 + rowid % {len(LABELS)}]"  # noqa: S608 -- our own names
                f" WHERE {column} IS NOT NULL",
                [list(LABELS)],
            )
        connection.execute("CHECKPOINT")
    return path
