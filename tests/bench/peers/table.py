"""What the report says of the peers beside the product."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.pages import FLAGS, PageFigures, Waits
from tests.bench.peers.measure import BARE_SVG, PRODUCT, PeerFigures

NOTHING = "draws nothing"


def goal_lines(pages: Sequence[PageFigures], peers: Sequence[PeerFigures]) -> list[str]:
    """How far the product is ahead of plain Dash and of Streamlit, the lesser of p50 and p95."""
    lines: list[str] = []
    for peer in dict.fromkeys(entry.peer for entry in peers if entry.peer != BARE_SVG):
        waits = {entry.flags: entry.waits for entry in peers if entry.peer == peer}
        ahead = (_least(_product(pages, flags), waits[flags]) for flags in FLAGS)
        lines.append(
            f"| {PRODUCT} ahead of {peer.name}, the lesser of p50 and p95, with / without "
            f"software GL | 2 x | {' / '.join(ahead)} |"
        )
    return lines


def peer_lines(pages: Sequence[PageFigures], peers: Sequence[PeerFigures]) -> list[str]:
    """The section of the peers."""
    lines = [
        "## Peers",
        "",
        "The same question (people by district, the same release and filters) in the same run and "
        "browsers; no view of the product was asked for before. Plain Dash and Streamlit draw "
        "`px.choropleth_map`, the bare page gets shapes from Flask. A change begins with the press "
        "of a box, which peers are given after a rest of 0.3 s. It ends two frames after the "
        "product shows every card in sight, the map among them; two frames after the map of plotly "
        "holds other numbers and MapLibre says that "
        "all is loaded and no frame is due, which is before `plotly_afterplot`; two frames after "
        "other shapes stand in the bare page. With software GL the browser paints those through it "
        "as well. A ratio is the peer's time over the product's. In a browser without WebGL, maps "
        "of plotly draw nothing.",
        "",
        "| what | flags | p50 ms | p95 | p50 / product | p95 / product |",
        "|---|---|---|---|---|---|",
    ]
    for flags in FLAGS:
        product = _product(pages, flags)
        lines.append(_line(f"Situation Atlas, {PRODUCT}", flags, product, product))
        lines += [_line(e.peer.name, flags, e.waits, product) for e in peers if e.flags == flags]
    return [*lines, ""]


def _product(pages: Sequence[PageFigures], flags: str) -> Waits:
    return next(page.sight for page in pages if (page.path, page.flags) == (PRODUCT, flags))


def _least(product: Waits, peer: Waits | None) -> str:
    if peer is None:
        return NOTHING
    return f"{min(peer.p50 / product.p50, peer.p95 / product.p95):.1f} x"


def _line(name: str, flags: str, waits: Waits | None, product: Waits) -> str:
    if waits is None:
        return f"| {name} | {flags} | {NOTHING} | | | |"
    return (
        f"| {name} | {flags} | {waits.p50:.0f} | {waits.p95:.0f} | "
        f"{waits.p50 / product.p50:.1f} | {waits.p95 / product.p95:.1f} |"
    )
