"""What people get who are signed in: every page of access and of a meeting, to each role.

One group lives a few days here: it is invited, signs in, writes down and is refused, is asked to
sign, and reads a newer edition. What it asks stands in ``signed_in.txt``: who, how, where and with
which fields. Time stands where it is set, and what is drawn is counted.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shlex
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flask.testing import FlaskClient
from pyotp.totp import TOTP
from werkzeug.test import TestResponse

from dashboard.access import commands, passwords, program_tokens, published, users
from dashboard.access.accounts import OPERATOR
from dashboard.access.identities import Identity, Unanswered, Unproven
from dashboard.access.provider import Provider
from dashboard.access.roles import BY_NAME
from dashboard.model.partner_state import FILE, PartnerState, PartnerStates, write_states
from dashboard.model.periods import Month, Span
from dashboard.security.guard import CALLBACK
from dashboard.server import main
from dashboard.settings import ProviderSettings
from tests.contract.approved import story
from tests.support.accounts import (
    CHEAP,
    Clock,
    Signed,
    goes_by,
    known,
    secret_in,
    signed_application,
)
from tests.support.application import RELEASE, answer_body
from tests.support.device import Device
from tests.support.releases import LAST_MONTH, build_release, copy_of_release, point_to
from tests.support.rounds import put_key, put_round, round_of
from tests.support.usual import STEADY, TEKNAF, units

#: Small editions: two of random units, the second a month later, and one that flags an area.
_NEWER, _FLAGGED = "2026-10-20261116t094000-1b2c3d4e", "2026-11-20261216t094000-2c3d4e5f"
_DAY = 86_400
_ISSUER = "https://id.agencies.example"
#: Addresses of bundles, which change with each style sheet and script.
_BUNDLE = re.compile(r"(\.(?:css|js))\?[\w.=&-]+")
#: Headers that say nothing of an answer, or what its text says anyway.
_UNTOLD = ("Content-Length", "Date", "ETag", "Last-Modified")

#: What is found on pages by name.
_SEEN = {
    "link": r"http://localhost(/set-password/[\w-]+)",
    "token": r"http://localhost/set-password/([\w-]+)",
    "key": r'class="access-key">([A-Z2-7 ]+)<',
    "recovery": r"<code>(\w{5}-\w{5})</code>",
    "options": r'data-passkey="([^"]*)"',
    "number": r"a\.karim[^`]*?/users/(\d+)/",
    "state": r"state=([\w.-]+)",
    "proof": r'name="proof" value="([^"]*)"',
    "flag": r'name="flag" value="([^"]*)"',
}
#: What is drawn, or follows from it, and differs with each draw before it.
_DRAWN = re.compile(
    r"(?<=/set-password/)[\w-]+|(?<=state=)[\w.-]+|[0-9a-f]{40,}|(?<=access-key\">)[A-Z2-7 ]+|"
    r"(?<=<code>)\w{5}-\w{5}|atlas_\w+|(?<=Expires=)[^;]+|(?<=sha256-)[^']+|otpauth:[^\"]+|"
    r"(?<=atlas-session=)[^;']+|(?<=atlas-device=)[^;']+|(?<=challenge&#34;: &#34;)[\w-]+|"
    r"<svg.*?</svg>", re.DOTALL
)  # fmt: skip


def answers() -> Iterator[tuple[str, str]]:
    """Each request by who asks and for what, and the whole answer."""
    with tempfile.TemporaryDirectory() as made, _counted():
        folder, clock = Path(made), Clock()
        provider = ProviderSettings(_ISSUER, "atlas", secret_in(folder), "Agencies")
        signed = signed_application(folder / "app", provider=provider, months=14, per_month=40)
        clock.now -= 5 * _DAY
        goes_by(signed.accounts, clock)
        group = _Group(signed, clock, folder / "app" / "releases")
        for role in BY_NAME:
            signed.session(role)
        account = known(signed.accounts, "partner@agency.example")
        users.set_partner(signed.accounts, account, "partner-a", OPERATOR)
        clock.now += 5 * _DAY
        signing_in, meeting, pages, answered, flags, at_the_machine = story("signed_in")
        yield from group.told(signing_in)
        yield from group.told(meeting)
        analyst = known(signed.accounts, "analyst@agency.example").id
        with signed.accounts.store.writing() as connection:
            program_tokens.make(connection, analyst, signed.accounts.keys, signed.accounts.now())
        yield from group.read(pages, BY_NAME)
        yield from group.marked()
        yield from group.asked(answered)
        group.publishes(_NEWER, 1, lambda path, last: copy_of_release(
            path, last_month=last, seed=12, months=15, per_month=40))  # fmt: skip
        yield from group.read(pages, ("partner", "coordinator", "administrator"), "?lang=bn")
        rise = [*STEADY, *units(TEKNAF, 5, until=34), *units(TEKNAF, 30, since=34)]
        group.publishes(_FLAGGED, 0, lambda path, _: build_release(
            path, months=36, units={"incidents": rise}))  # fmt: skip
        yield from group.told(flags)
        yield from group.told(12 * ["guest POST /sign-in name=b@agency.example password=x"])
        yield from group.told(at_the_machine)


@dataclass
class _Group:
    """Who sits before an application, its time, and what they were shown last."""

    signed: Signed
    clock: Clock
    releases: Path
    clients: dict[str, FlaskClient] = field(default_factory=dict[str, FlaskClient])
    shown: dict[str, str] = field(default_factory=dict[str, str])
    device: Device = field(default_factory=lambda: Device(id=bytes(range(16))))

    def told(self, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Requests, one a line: who, how, where and with which fields."""
        for line in lines:
            who, *words = shlex.split(self._filled(line))
            if who == "machine":
                yield line, self._at_machine(words)
                continue
            post = words[0] == "POST"
            fields = dict(word.split("=", 1) for word in words[2:])
            yield line, self._answer(who, words[1 if post else 0], fields if post else None)

    def read(
        self, pages: Iterable[str], roles: Iterable[str], query: str = ""
    ) -> Iterator[tuple[str, str]]:
        """Every page as roles read it, and what their brief says of the meeting."""
        for path in pages:
            for role in roles:
                yield f"{path} as {role}", self._answer(role, f"{path}{query}", None)
        for role in roles:
            words = self._page(role, f"/{query}#want=view")["words"]
            yield f"brief as {role}", json.dumps(words, ensure_ascii=False)

    def marked(self) -> Iterator[tuple[str, str]]:
        """Pages whose cards bear what a group says of months."""
        for address in ("/overview", "/hotspots?area=BD2022&lang=bn"):
            cards = self._page("coordinator", f"{address}#want=page")["cards"]
            yield f"{address} as coordinator", json.dumps(cards, ensure_ascii=False)

    def _page(self, role: str, address: str) -> dict[str, Any]:
        """What a page brings to a role."""
        client = self._client(role)
        body = answer_body(self.signed.app, address, self._release())
        answer = client.post(CALLBACK, json=body, headers=self.signed.echo(client))
        return answer.get_json()["response"]["answer"]["data"]

    def asked(self, answers: Iterable[str]) -> Iterator[tuple[str, str]]:
        """A round of sign-off, whose end is over at last; and who reported by name."""
        today = datetime.fromtimestamp(self.clock.now, UTC).date()
        yield from self.told(["partner /sign-off"])
        put_key(self.signed.accounts.folder)
        asked = round_of(today)
        put_round(self.releases, asked)
        words = {"round": asked.name, "digest": asked.digest, "partner": "partner-a"}
        self.shown["round"] = " ".join(f"{name}='{text}'" for name, text in words.items())
        yield from self.told(answers)
        put_round(self.releases, round_of(date(2026, 3, 1)))
        yield from self.told(["partner /sign-off", "administrator /sign-off"])
        states = (
            PartnerState("partner-a", "Agency A", frozenset(Span.last(5, until=LAST_MONTH))),
            PartnerState("partner-f", "Agency <F>", frozenset({Month(2025, 12), Month(2026, 3)})),
        )
        told = write_states(PartnerStates(LAST_MONTH, states))
        (self.releases / FILE).write_bytes(told)

    def publishes(self, name: str, later: int, write: Callable[[Path, Month], object]) -> None:
        """Publish another edition, some days later."""
        write(self.releases / f"{name}.duckdb", LAST_MONTH.plus(later))
        point_to(self.releases, name)
        self.clock.now += 2 * _DAY
        self.clients.clear()

    def _release(self) -> str:
        return (self.releases / "current").read_text(encoding="ascii").strip()

    def _client(self, who: str) -> FlaskClient:
        if who not in self.clients:
            self.clients[who] = self.signed.client("nobody" if who == "guest" else who)
        return self.clients[who]

    def _filled(self, line: str) -> str:
        return re.sub(r"%(\w+)", lambda found: str(self._value(found[1])), line)

    def _value(self, name: str) -> str:
        if name in ("now", "later"):
            at = self.signed.accounts.clock() + (30 if name == "later" else 0)
            return TOTP(self.shown["key"]).at(at)
        if name == "passkey":
            return f"'{self.device.makes(self.shown['options'])}'"
        if name == "signed":
            return f"'{self.device.signs(self.shown['options'])}'"
        return {"release": RELEASE, **self.shown}[name]

    def _answer(self, who: str, path: str, fields: dict[str, str] | None) -> str:
        client = self._client(who)
        headers = {"Accept": "text/html", "User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"}
        if fields is None:
            answer = client.get(path, headers=headers)
        else:
            token = self.signed.token(client)
            answer = client.post(path, data={"token": token, **fields}, headers=headers)
        self._look(answer)
        text = "" if answer.location else answer.text  # Werkzeug's own words
        if answer.is_json:  # Dash names properties in the order of a set
            text = json.dumps(answer.get_json(), sort_keys=True)
        kept = [(name, text) for name, text in answer.headers if name not in _UNTOLD]
        told = _BUNDLE.sub(r"\1", f"{answer.status}\n{kept}\n{text}")
        return _DRAWN.sub("", told)

    def _at_machine(self, words: list[str]) -> str:
        """What a command of the server prints."""
        said, folder = StringIO(), self.releases.parent
        place = {"ATLAS_RELEASES": str(self.releases), "ATLAS_SECRET_FILE": f"{folder}/secret"}
        with (
            redirect_stdout(said), redirect_stderr(said), patch.dict(os.environ, place),
            patch.object(commands, "open_accounts", lambda *_: self.signed.accounts),
        ):  # fmt: skip
            code = main(words)
        return _DRAWN.sub("", f"{code}\n{said.getvalue()}")

    def _look(self, answer: TestResponse) -> None:
        """Keep what a browser would: links, keys, options and codes."""
        seen = f"{answer.headers.get('Location', '')}\n{answer.text}"
        for name, pattern in _SEEN.items():
            if found := re.search(pattern, seen):
                self.shown[name] = found[1].replace("&#34;", '"').replace("&amp;", "&")
        if "key" in self.shown:
            self.shown["key"] = self.shown["key"].replace(" ", "")


@contextmanager
def _counted() -> Generator[None]:
    """What is drawn is a count, passwords are kept with little work, and the provider is here."""
    drawn, asked = count(1), count()

    def number(size: int = 32) -> bytes:
        return next(drawn).to_bytes(size, "big")

    def there(_: Provider, state: str, back: str) -> str:
        if not next(asked):
            raise Unanswered("it is silent")
        return f"{_ISSUER}/auth?state={state}&back={back}"

    def who(_: Provider, state: str, code: str, issuer: str | None, back: str) -> Identity:
        if code == "none":
            raise Unproven(f"{state} of {issuer} to {back}")
        return Identity(_ISSUER, "8d3f", proved_twice=False)

    passwords._nobodys.cache_clear()
    with ExitStack() as stack:
        for where, name, made in (
            (published, "PAUSE", 0), (passwords, "_HASHER", CHEAP),
            (secrets, "token_bytes", number),
            (secrets, "token_hex", lambda size=32: number(size).hex()),
            (secrets, "token_urlsafe", lambda size=32: number(size).hex()),
            (secrets, "choice", lambda of: of[next(drawn) % len(of)]),
            (Provider, "way_there", there), (Provider, "who", who),
            (Provider, "way_out", lambda _, back: f"{_ISSUER}/out?back={back}"),
        ):  # fmt: skip
            stack.enter_context(patch.object(where, name, made))
        yield
