"""A provider of OpenID Connect of the tests' own, as Keycloak is one, that can be made to lie.

It knows one client, wants PKCE and the client's secret, takes each code once, and signs with a key
that it publishes. Whoever comes to its page of sign-in is the person whose subject a test set.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response as Answer

from dashboard.settings import ProviderSettings

CLIENT, SECRET = "situation-atlas", "a secret of both: 7 boats & 100 % rain"
_REALM = "/realms/agencies"


@dataclass
class Lies:
    """What the provider says in place of what is so.

    Attributes:
        claims: Of a token; None takes one out.
        metadata: Of itself.
        sign: Makes a token of claims, or None for a good one.
        back: Of the way back; None takes one out.
        status: Of every answer, 200 for the right one.
        for_codes: Of every answer for a code.
        pause: Seconds before it answers for a code.
    """

    claims: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    back: dict[str, str | None] = field(default_factory=dict)
    status: int = 200
    for_codes: int = 200
    pause: float = 0.0


@dataclass
class Agency:
    """The provider.

    Attributes:
        address: Its issuer.
        subject: Whose sign-in it says that this is.
        lies: What it says in place of what is so.
        asked: Paths that it was asked for.
        key: With which it signs.
    """

    address: str = ""
    subject: str = "8d3f-nusrat"
    lies: Lies = field(default_factory=Lies)
    asked: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def settings(self, folder: Path, **changed: Any) -> ProviderSettings:
        """How an operator names it."""
        folder.mkdir(parents=True, exist_ok=True)
        secret = folder / "oidc-secret"
        secret.write_text(f"{SECRET}\n", encoding="utf-8")
        given = {"issuer": self.address, "client_id": CLIENT, "secret": secret, "name": "Agencies"}
        return ProviderSettings(**{**given, **changed})

    def signed(self, claims: dict[str, Any], key: Any = None, **header: Any) -> str:
        """A token with these claims."""
        return jwt.encode(
            {"alg": "RS256", "kid": "one", **header}, claims, key or self.key, algorithms=None
        )

    def app(self) -> Flask:
        """The server of it."""
        server = Flask("provider")
        server.before_request(self._before)
        rule = server.add_url_rule
        rule(f"{_REALM}/.well-known/openid-configuration", "metadata", self._metadata)
        rule(f"{_REALM}/auth", "auth", self._auth)
        rule(f"{_REALM}/token", "token", self._token, methods=["POST"])
        rule(f"{_REALM}/certs", "certs", self._certs)
        rule("/favicon.ico", "icon", lambda: Response(status=204))
        rule(f"{_REALM}/logout", "logout", lambda: Response("Signed out of the agencies.\n"))
        return server

    def _before(self) -> Response | None:
        self.asked.append(request.path)
        return None if self.lies.status == 200 else Response("busy", self.lies.status)

    def _metadata(self) -> Response:
        base = self.address
        return jsonify(
            {
                "issuer": base, "authorization_endpoint": f"{base}/auth",
                "token_endpoint": f"{base}/token", "jwks_uri": f"{base}/certs",
                "end_session_endpoint": f"{base}/logout",
                "authorization_response_iss_parameter_supported": True,
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                **self.lies.metadata,
            }
        )  # fmt: skip

    def _auth(self) -> Answer:
        asked = request.args
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert (asked["scope"], asked["code_challenge_method"]) == ("openid", "S256")
        code = secrets.token_urlsafe(16)
        self.codes[code] = {name: asked[name] for name in asked}
        back = {"code": code, "state": asked["state"], "iss": self.address, **self.lies.back}
        query = urlencode({name: value for name, value in back.items() if value is not None})
        return redirect(f"{asked['redirect_uri']}?{query}")

    def _token(self) -> Response | tuple[Response, int]:
        time.sleep(self.lies.pause)
        if self.lies.for_codes != 200:
            return jsonify({"error": "server_error"}), self.lies.for_codes
        given, form = request.authorization, request.form
        if given is None or (given.username, given.password) != (CLIENT, SECRET):
            # Basic, percent-encoded first (RFC 6749, 2.3.1), is as well.
            return jsonify({"error": "invalid_client"}), 401
        asked = self.codes.pop(form["code"], None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge:
            return jsonify({"error": "invalid_grant"}), 400
        if asked["redirect_uri"] != form["redirect_uri"]:
            return jsonify({"error": "invalid_grant"}), 400
        now = int(time.time())
        claims = {
            "iss": self.address, "sub": self.subject, "aud": CLIENT, "exp": now + 300, "iat": now,
            "nonce": asked["nonce"], "email": "administrator@agency.example",
            "email_verified": True, **self.lies.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        token = (self.lies.sign or self.signed)(claims)
        return jsonify({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _certs(self) -> Response:
        odd = {"kty": "OKP2", "kid": "of another kind"}
        return jsonify({"keys": [odd, self.key.as_dict(private=False, use="sig", alg="RS256")]})


@contextmanager
def agency() -> Iterator[Agency]:
    """A provider that answers on this machine."""
    made = Agency()
    server = make_server("127.0.0.1", 0, made.app(), threaded=True)
    made.address = f"http://127.0.0.1:{server.server_port}{_REALM}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
