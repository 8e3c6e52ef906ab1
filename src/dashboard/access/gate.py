"""The gate: whether a request is answered, by who asks and what for.

It stands in front of everything but the loopback promise, and lets nothing through that no role
names. What a request must look like is for ``security.guard``, which comes after.
"""

from __future__ import annotations

import hmac
import secrets

from flask import Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from dashboard.access import signing_in
from dashboard.access.accounts import Accounts, deny, look_at_clock
from dashboard.access.browser import BROWSER, HEADER, SESSION, Browser
from dashboard.access.reader import Reader
from dashboard.access.roles import FILES, may_request, may_save
from dashboard.access.sessions import Session

#: The endpoint of callbacks, which bring their token in a header.
_CALLBACK = "/_dash-update-component"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Most bytes and fields of a form.
_MOST, _FIELDS = 16_384, 20
#: Most bytes of a form that carries a group's own words, by its endpoint.
_MOST_WITH_TEXTS = {"report.file": 65_536}
#: Endpoints that answer a session whose code, or second factor, is to come; it is redirected to
#: the first of them.
STAGES = {"code": ("access.code",), "enrol": ("access.enrol", "access.passkey")}


def gate(accounts: Accounts, browser: Browser) -> Response | Answer | None:
    """The refusal of a request, None where it may be answered; sets ``g.reader``, ``g.session``."""
    g.session = g.reader = None
    look_at_clock(accounts)
    if request.endpoint is None:
        return None  # no such route: Flask answers 404 or 405 itself
    token = browser.token_of(request, SESSION)
    session = signing_in.session_of(accounts, token) if token else None
    g.session, g.holder = session, _holder(session, browser)
    if session and session.stage == "whole":
        account = session.account
        who = Reader(account.name, account.role, partner=account.partner or "")
    else:
        who = _program(accounts)
    g.reader = who
    if request.method not in _SAFE and not _is_genuine(session, browser):
        return _refuse_form()
    endpoint = request.endpoint
    if session and endpoint in STAGES.get(session.stage, ()):
        return None
    if not may_request(who.role if who else None, endpoint):
        return _refuse(accounts, browser, session)
    if endpoint in FILES and who and not _may_save_file(who):
        return _deny(accounts, browser, who.name)
    return None


def _program(accounts: Accounts) -> Reader | None:
    """The reader in whose name a program asks for a file, by its token; None for all else."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.casefold() != "bearer" or request.endpoint not in FILES:
        return None
    owner = signing_in.owner_of(accounts, token.strip())
    return Reader(owner.name, owner.role, is_program=True) if owner else None


def _holder(session: Session | None, browser: Browser) -> str:
    """Whom tokens of forms belong to: a session, or the browser by a name that it is given."""
    if session:
        return session.token
    name = browser.token_of(request, BROWSER)
    if not name and request.method == "GET" and (request.endpoint or "").startswith("access."):
        name = g.browser_named = secrets.token_urlsafe(32)
    return name


def _is_genuine(session: Session | None, browser: Browser) -> bool:
    """Whether a request that changes something was sent from a page of this server."""
    if not browser.is_own(request):
        return False
    if request.endpoint == _CALLBACK:
        expected = browser.echo(session.token) if session else ""
        sent = request.headers.get(HEADER, "")
        # Without a session it is refused a moment later, as who is not signed in.
        return session is None or hmac.compare_digest(expected.encode(), sent.encode())
    request.max_content_length = _MOST_WITH_TEXTS.get(request.endpoint or "", _MOST)
    request.max_form_parts = _FIELDS
    if request.mimetype != "application/x-www-form-urlencoded":
        return False
    return browser.is_form_token(g.holder, request.form.get("token", ""))


def _may_save_file(reader: Reader) -> bool:
    """Whether the reader's role may save files with the ending that is asked for, if any."""
    ending = (request.view_args or {}).get("ending")
    return ending is None or may_save(reader.role, ending)


def _refuse(accounts: Accounts, browser: Browser, session: Session | None) -> Response | Answer:
    """Lead to the next step of signing in, or answer 401; 403 for who has signed in."""
    if session and session.stage == "whole":
        return _deny(accounts, browser, session.account.name)
    if request.method != "GET" or not _is_page():
        answer = Response("Sign in first.\n", 401, mimetype="text/plain")
        if "Authorization" in request.headers:
            answer.headers["WWW-Authenticate"] = 'Bearer error="invalid_token"'
        return answer
    if session:
        return redirect(url_for(STAGES[session.stage][0]), 303)
    address, lang = request.full_path.removesuffix("?"), request.args.get("lang") or None
    target = None if address == "/" else address
    return redirect(url_for("access.sign_in", lang=lang, next=target), 303)


def _refuse_form() -> Response:
    """Answer 400 to a form of an old page, or of another site."""
    if not _is_page():
        return Response("The page is too old. Load it again.\n", 400, mimetype="text/plain")
    return Response(render_template("access/refused.html", why="old"), 400)


def _deny(accounts: Accounts, browser: Browser, who: str) -> Response:
    """Answer 403 and record it; ``who`` is the name of the account."""
    deny(accounts, who, address=browser.address(request), path=request.path[:200])
    if not _is_page():
        return Response("Your role may not do this.\n", 403, mimetype="text/plain")
    return Response(render_template("access/refused.html", why="role"), 403)


def _is_page() -> bool:
    """Whether a browser asks for a page to show, not for data."""
    return request.headers.get("Sec-Fetch-Dest", "document") == "document" and (
        "text/html" in request.headers.get("Accept", "")
    )
