"""The routes of the server are a committed list: a new one is a decision, never an accident."""

from __future__ import annotations

from pathlib import Path

from dashboard.security.guard import ALLOWED
from tests.support.application import application

LIST = Path(__file__).with_name("routes.txt")


def test_routes_are_those_of_the_list(tmp_path: Path) -> None:
    app = application(tmp_path, published=False)
    found = sorted(
        f"{rule.rule} {','.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} "
        f"{'open' if rule.endpoint in ALLOWED else 'closed'}"
        for rule in app.server.url_map.iter_rules()
    )
    assert found == LIST.read_text(encoding="utf-8").splitlines()


def test_nothing_is_allowed_that_does_not_exist(tmp_path: Path) -> None:
    app = application(tmp_path, published=False)
    assert {rule.endpoint for rule in app.server.url_map.iter_rules()} >= ALLOWED
