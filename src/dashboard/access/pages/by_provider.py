"""Signing in by a provider: the way there, the way back, and the link that binds an account."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response as Answer

from dashboard.access import attempts, identities, own_account, signing_in, single_use
from dashboard.access.browser import ON_THE_WAY
from dashboard.access.identities import Busy, Identity, Unanswered, Unproven
from dashboard.access.pages.frame import Context, first, link_to, on_to, own_path, page, routes, way
from dashboard.access.pages.signing_in import next_step, sign_in_page
from dashboard.access.sessions import Origin, Session

if TYPE_CHECKING:
    from dashboard.access.provider import Provider

_log = logging.getLogger(__name__)
#: The purpose of the words that serve as ``state``.
_STATE = "provider"
#: Characters of an address that a browser keeps while it is at the provider.
_LONGEST = 2_000
#: Where a link of an administrator leads.
_LINK = "/set-password/"


def add(blueprint: Blueprint, context: Context) -> None:
    """Add the routes."""
    rule = routes(blueprint, context)
    rule("/sign-in/provider", "to_provider", _to_provider, "GET")
    rule("/sign-in/provider/back", "from_provider", _from_provider, "GET")
    rule("/sign-in/provider/connect", "connect", _connect, "POST")


def _to_provider(context: Context) -> Answer:
    """A redirect to the provider, with a state and a cookie of the address to go on to."""
    provider = _provider(context)
    if g.reader:
        return on_to(first())
    target = own_path(request.args.get("next", ""))
    if not context.browser.is_own(request):
        # Nobody is signed in by an address that another site leads to.
        return on_to(way("sign_in", next=target))
    state = single_use.make(_STATE, g.holder, context.accounts.keys, context.accounts.now())
    try:
        there = provider.way_there(state, link_to(context, "from_provider"))
    except (Busy, Unanswered) as error:
        return _unanswered(context, target, error)
    answer = on_to(there)
    kept = target if len(target) <= _LONGEST else "/"
    context.browser.set_cookie(answer, ON_THE_WAY, kept, single_use.LASTS)
    return answer


def _from_provider(context: Context) -> Answer:
    """Sign in who comes back from the provider, or show why not."""
    provider, accounts = _provider(context), context.accounts
    if g.reader:
        return on_to(first())
    target = own_path(context.browser.token_of(request, ON_THE_WAY))
    origin = _origin(context)
    state, query = request.args.get("state", ""), request.args
    with accounts.store.writing() as connection:
        now = accounts.now()
        chance = attempts.count(connection, None, origin.address, accounts.keys, now)
        if chance == "locked":
            return sign_in_page(context, target, "locked")
        if not single_use.use(connection, _STATE, g.holder, state, accounts.keys, now):
            return sign_in_page(context, target, "unproven")
    try:
        if "error" in query or "code" not in query:
            raise Unproven(f"the provider answered {query.get('error', 'without a code')[:60]!r}")
        back = link_to(context, "from_provider")
        identity = provider.who(state, query["code"], query.get("iss"), back)
    except (Busy, Unanswered) as error:
        return _unanswered(context, target, error)
    except Unproven as error:
        _log.warning("Nobody was let in by the provider: %s.", error)
        signing_in.note_failure(accounts, None, origin.address, chance, means="provider")
        return sign_in_page(context, target, "unproven")
    return _proceed(context, identity, target, origin)


def _proceed(context: Context, identity: Identity, target: str, origin: Origin) -> Answer:
    """Sign in by an identity, or ask whether to bind the account of a link to it."""
    if target.startswith(_LINK):
        link = target.removeprefix(_LINK).partition("?")[0]
        account = own_account.account_of_link(context.accounts, link, by_provider=True)
        if account is None:
            return page("refused", 404, why="link")
        proof = identities.proof(context.accounts, identity, link, g.holder)
        return page(
            "connect", name=account.name, link=link, proof=proof,
            subject=identity.subject, twice=identity.proved_twice,
        )  # fmt: skip
    session = identities.sign_in(context.accounts, identity, origin)
    if session is None:
        return page("refused", 403, why="unbound")
    return next_step(context, session, target)


def _connect(context: Context) -> Answer:
    """Bind the account of a link to an identity, as the form of ``_proceed`` brought both."""
    provider, form = _provider(context), request.form
    identity = Identity(provider.issuer, form.get("subject", ""), form.get("twice") == "True")
    link, proof, accounts = form.get("link", ""), form.get("proof", ""), context.accounts
    session = identities.connect(accounts, identity, link, g.holder, proof, _origin(context))
    if not isinstance(session, Session):
        return page("refused", 404, why="link" if session == "void" else "bound")
    return next_step(context, session, "/")


def _provider(context: Context) -> Provider:
    return context.provider or abort(404)


def _unanswered(context: Context, target: str, error: Exception) -> Answer:
    """The sign-in page after the provider was busy, or did not answer."""
    if isinstance(error, Busy):
        return sign_in_page(context, target, "busy")
    _log.warning("The provider of sign-in does not answer: %s.", error)
    return sign_in_page(context, target, "unanswered")


def _origin(context: Context) -> Origin:
    return Origin(context.browser.address(request), context.browser.kind(request), "provider")
