"""What the work of signing in tells and takes: ``python -m tests.bench.sign_in``.

Whether the time of a refusal tells that there is an account: a test counts the work
(``tests/unit/dashboard/access/test_signing_in.py``), this measures the time, in turn so that a busy
machine is busy for all. And how long a reader waits for a page beside many who try names at once.
"""

from __future__ import annotations

import http.client
import itertools
import json
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from werkzeug.wrappers import Response

from dashboard.access import signing_in, users
from dashboard.access.account_table import Account
from dashboard.access.accounts import OPERATOR, Accounts, open_accounts
from dashboard.access.browser import BROWSER, Browser
from dashboard.access.keys import Keys
from dashboard.access.roles import BY_NAME
from dashboard.release.folder import Releases
from dashboard.security.guard import CALLBACK
from tests.bench.exhibits import random_queries
from tests.bench.readers import body_of
from tests.support.accounts import PASSWORD, SECRET, Clock, accounts_in, entered, joined, secret_in
from tests.support.application import RELEASE
from tests.support.pages import PAGES
from tests.support.releases import build_release, point_to
from tests.support.served import served

#: Tries at each name; within these no name is locked, since the clock goes on.
ROUNDS = 15
#: How many try a name at once, and how often all of them do.
AT_ONCE, WAVES = 40, 15
#: Views that the reader goes through, and seconds for which each is looked at.
_VIEWS, _LOOKING = 20, 0.05
_HOST = "atlas.example"
#: The page that is read meanwhile, with the cards that it begins with.
_READ = next(page for page in PAGES if page.slots)


def measure_sign_in(folder: Path, rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds of a refusal, the median, by what there is of a name.

    Addresses change, so that none is locked.
    """
    clock = Clock()
    accounts = accounts_in(folder, clock)
    joined(accounts, "known")
    users.add(accounts, "invited", BY_NAME["member"], OPERATOR)
    users.disable(accounts, joined(accounts, "disabled"), OPERATOR)
    took: dict[str, list[float]] = {name: [] for name in ("known", "invited", "disabled", "nobody")}
    for number in range(rounds):
        clock.now += 1_000
        for name, times in took.items():
            began = time.perf_counter()
            found = signing_in.sign_in(accounts, name, "not the password", f"192.0.2.{number}")
            times.append((time.perf_counter() - began) * 1_000)
            assert found == "wrong"
    return {name: statistics.median(times) for name, times in took.items()}


@dataclass
class BesideFigures:
    """What others waited for while many tried names, in seconds.

    Attributes:
        pages: Each page of somebody who had signed in.
        owner: Each sign-in of the owner of the name that was tried, in a browser that is known.
        owners: How many of these were let in.
        tries: How many of those who tried were given which status.
    """

    pages: list[float] = field(default_factory=list)
    owner: list[float] = field(default_factory=list)
    owners: int = 0
    tries: Counter[int] = field(default_factory=Counter)


def measure_beside(folder: Path, waves: int = WAVES) -> BesideFigures:
    """Let many try names at once from as many addresses, while a reader and an owner ask."""
    releases, state = folder / "releases", folder / "state"
    releases.mkdir()
    state.mkdir()
    build_release(releases / f"{RELEASE}.duckdb", seed=11, months=30, per_month=120)
    point_to(releases, RELEASE)
    accounts = open_accounts(state, Keys(SECRET))
    owner = joined(accounts, f"owner@{_HOST}")
    reader, _ = entered(state, f"reader@{_HOST}", "member")
    reader["Cookie"] = _over_https(reader["Cookie"])
    release = Releases(releases).current()
    views = itertools.cycle(random_queries(release, _VIEWS, 0))
    release.close()
    found = BesideFigures()
    place = {
        "ATLAS_RELEASES": str(releases),
        "ATLAS_SECRET_FILE": str(secret_in(folder)),
        "ATLAS_PUBLIC_HOST": _HOST,
    }
    with served(folder, state, **place) as address:
        for _ in range(_VIEWS):
            _page(address, reader, next(views))
        for wave in range(waves):
            numbers = range(wave * AT_ONCE, (wave + 1) * AT_ONCE)
            asking = [threading.Thread(target=_try, args=(address, n, found)) for n in numbers]
            asking.append(threading.Thread(target=_let_in, args=(address, accounts, owner, found)))
            for thread in asking:
                thread.start()
            while any(thread.is_alive() for thread in asking):
                found.pages.append(_page(address, reader, next(views)))
                time.sleep(_LOOKING)
    return found


def _over_https(cookies: str) -> str:
    return "; ".join(f"__Host-{cookie}" for cookie in cookies.split("; "))


def _page(address: str, reader: Mapping[str, str], view: str) -> float:
    """Seconds for a page and what it begins with."""
    began = time.perf_counter()
    asked = f"{_READ.path}?{view}#want=view&cards={','.join(_READ.leading)}"
    sent = {"Content-Type": "application/json", **reader}
    body = json.dumps(body_of(asked, RELEASE))
    assert _asked(address, "GET", _READ.path, reader) == 200
    assert _asked(address, "POST", CALLBACK, sent, body) == 200
    return time.perf_counter() - began


def _try(address: str, number: int, found: BesideFigures) -> None:
    """One try of somebody with a name and at an address of its own."""
    where = f"198.51.{number >> 8}.{number & 255}"
    found.tries[_sign_in(address, f"name{number}@{_HOST}", "not the password", where)] += 1


def _let_in(address: str, accounts: Accounts, owner: Account, found: BesideFigures) -> None:
    """The owner of an account signs in, in a browser that is known."""
    browser, response = Browser(accounts.keys, _HOST), Response()
    browser.know(response, owner, accounts.now())
    known = response.headers["Set-Cookie"].partition(";")[0]
    began = time.perf_counter()
    found.owners += _sign_in(address, owner.name, PASSWORD, "192.0.2.1", known) == 303
    found.owner.append(time.perf_counter() - began)


def _sign_in(address: str, name: str, password: str, where: str, *cookies: str) -> int:
    browser, holder = Browser(Keys(SECRET), _HOST), "f" * 32
    form = {"token": browser.form_token(holder), "name": name, "password": password}
    return _asked(
        address,
        "POST",
        "/sign-in",
        {
            "Cookie": "; ".join([f"{browser.cookie(BROWSER)}={holder}", *cookies]),
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": where,
        },
        urlencode(form),
    )


def _asked(
    address: str, method: str, path: str, headers: Mapping[str, str], body: str | None = None
) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request(method, path, body, {"Host": _HOST, **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def _lines(found: BesideFigures) -> Iterator[str]:
    yield f"beside {AT_ONCE} tries at once:"
    for what, times in (("a page", found.pages), ("sign-in of an owner", found.owner)):
        middle, last = statistics.median(times), max(times)
        yield f"{what}: {middle:.2f} s, {last:.2f} s at worst of {len(times)}"
    yield f"owner let in {found.owners} of {len(found.owner)}; tries by status {dict(found.tries)}"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        took = measure_sign_in(Path(folder) / "times")
        beside = measure_beside(Path(folder))
    for name, milliseconds in took.items():
        print(f"{name}: {milliseconds:.0f} ms, {milliseconds / took['known'] - 1:+.1%}")
    for line in _lines(beside):
        print(line)


if __name__ == "__main__":
    main()
