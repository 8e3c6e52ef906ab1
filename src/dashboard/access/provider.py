"""Provider: signing in elsewhere (OpenID Connect, authorization code with PKCE).

How a provider is asked, and which of its answers are believed. Only this module needs the extra
``oidc``. A provider names a person by issuer and subject, which it gives to nobody else; mail
addresses and names are not read, since people and their administrators change them. To which
account somebody belongs is decided in ``identities``.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet, import_key
from joserfc.jws import JWSRegistry
from requests import RequestException

from dashboard.access.identities import Busy, Identity, Unanswered, Unproven
from dashboard.access.keys import Keys
from dashboard.settings import ProviderSettings, SettingsError, is_own_host

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")

#: Seconds that one answer, and all that a sign-in needs, may take.
_ANSWER, _PATIENCE = 4, 8.0
#: Seconds for which the metadata of a provider are kept.
_BELIEVED = 3_600.0
#: Seconds for which it is not asked again after it did not answer.
_SILENT = 10.0
#: Seconds after which its keys may be asked for again, for a key that is not among them.
_NEW_KEYS = 60.0
#: Seconds by which its clock and ours may differ.
_LEEWAY = 60
#: Signatures that need a key which the provider alone has; so neither "none" nor a shared one.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
               "Ed25519", "EdDSA"]  # fmt: skip
#: What of ``amr`` (RFC 8176) and ``acr`` says that somebody proved twice who they are: EAP ACR
#: values, REFEDS, PAPE.
_TWICE = "mfa"
_TWICE_BY_CLASS = frozenset(
    {
        "phr",
        "phrh",
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    }
)
#: Characters of a subject (OpenID Connect Core, 2).
_LONGEST_SUBJECT = 255
#: Addresses that a provider has to name.
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class _ProviderData:
    """The metadata of a provider.

    Attributes:
        asked_at: When it was asked, by the monotonic clock.
        metadata: Its addresses and what it supports.
        keys: Its keys.
    """

    asked_at: float
    metadata: Mapping[str, Any]
    keys: KeySet


class Provider:
    """One provider, asked about one person at a time in each process."""

    def __init__(
        self, settings: ProviderSettings, keys: Keys, clock: Callable[[], float] = time.time
    ) -> None:
        """Read the secret that the provider gave this server.

        Args:
            settings: What the operator set of the provider.
            keys: What nonces and proofs are made of.
            clock: Seconds since 1970.

        Raises:
            SettingsError: If the file of its secret cannot be read or holds none.
        """
        try:
            secret = settings.secret.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"The secret of the provider {settings.secret} cannot be read."
            ) from error
        if not secret:
            raise SettingsError(f"The secret of the provider {settings.secret} is empty.")
        self._settings, self._secret, self._keys, self._clock = settings, secret, keys, clock
        self._data: _ProviderData | None = None
        self._silent_until = float("-inf")
        self._turn = threading.BoundedSemaphore(1)

    @property
    def name(self) -> str:
        """What people call it."""
        return self._settings.name

    @property
    def issuer(self) -> str:
        """Its address, as it says of itself."""
        return self._settings.issuer

    def way_there(self, state: str, back: str) -> str:
        """Address at the provider where somebody signs in.

        Args:
            state: A word of ours that has to come back; nonce and proof follow from it.
            back: Address of ours to which it leads back.

        Raises:
            Unanswered: If it does not answer.
            Busy: If somebody else is being asked about.
        """
        metadata = (self._cached() or self._in_thread(self._load)).metadata
        with self._client(metadata, back) as client:
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=state,
                code_verifier=self._proof(state),
                nonce=self._nonce(state),
            )
        return address

    def who(self, state: str, code: str, issuer: str | None, back: str) -> Identity:
        """The identity of whoever came back from the provider.

        Args:
            state: The word that came back, which was used up.
            code: The code that came back.
            issuer: The provider that it came from, as it says (RFC 9207).
            back: Address of ours to which it led back.

        Raises:
            Unproven: If it proves nobody.
            Unanswered: If it does not answer.
            Busy: If somebody else is being asked about.
        """
        return self._in_thread(lambda: self._identify(state, code, issuer, back))

    def way_out(self, back: str) -> str | None:
        """Address at the provider where somebody signs out there too, None where none is known.

        Args:
            back: Address of ours to which it leads back.
        """
        try:
            data = self._cached() or self._in_thread(self._load)
        except (Busy, Unanswered):
            return None
        there = data.metadata.get("end_session_endpoint")
        if not isinstance(there, str) or not self._is_safe(there):
            return None
        query = {"client_id": self._settings.client_id, "post_logout_redirect_uri": back}
        return f"{there}{'&' if '?' in there else '?'}{urlencode(query)}"

    def _identify(self, state: str, code: str, issuer: str | None, back: str) -> Identity:
        """Exchange the code that came back for a token, and read the identity in that."""
        data = self._load()
        must_say = data.metadata.get("authorization_response_iss_parameter_supported") is True
        if issuer != self.issuer and (issuer is not None or must_say):
            raise Unproven("it came from another issuer")
        with self._client(data.metadata, back) as client:
            try:
                token = client.fetch_token(
                    data.metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=self._proof(state),
                    timeout=_ANSWER,
                    allow_redirects=False,
                )
            except OAuthError as error:
                raise Unproven(f"the provider refused the code ({error.error!r})") from error
        try:
            return self._identity_in(token, data, self._nonce(state))
        except (JoseError, ValueError, TypeError) as error:
            raise Unproven(f"its token does not hold ({error})") from error

    def _identity_in(
        self, token: Mapping[str, Any], provider_data: _ProviderData, nonce: str
    ) -> Identity:
        """The identity that a token names, if all its claims are valid."""
        raw = token.get("id_token")
        if not isinstance(raw, str):
            raise Unproven("it gave no token of who it is")
        rules = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
        try:
            decoded = jwt.decode(raw, provider_data.keys, registry=rules)
        except InvalidKeyIdError:
            decoded = jwt.decode(raw, self._newer_keys(provider_data), registry=rules)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.issuer},
                "aud": {"essential": True, "value": self._settings.client_id},
            },
            {
                "nonce": nonce,
                "client_id": self._settings.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(now=int(self._clock()), leeway=_LEEWAY)
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise Unproven("its token names nobody")
        methods, context = claims.get("amr") or [], claims.get("acr")
        by_class = isinstance(context, str) and context in _TWICE_BY_CLASS
        return Identity(self.issuer, subject, proved_twice=_TWICE in methods or by_class)

    def _cached(self) -> _ProviderData | None:
        """The provider's metadata as kept, None where they are too old or were never asked for."""
        data = self._data
        return data if data and time.monotonic() - data.asked_at < _BELIEVED else None

    def _load(self) -> _ProviderData:
        """The provider's metadata and keys, as kept or asked for anew.

        Raises:
            Unanswered: If it does not answer, or with metadata that cannot be used.
        """
        if cached := self._cached():
            return cached
        now = time.monotonic()
        if now < self._silent_until:
            raise Unanswered("it did not a moment ago")
        self._silent_until = now + _SILENT  # unless it answers now
        metadata = self._json_at(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != self.issuer:
            raise Unanswered(f"it says that its issuer is {metadata.get('issuer')!r}")
        for name in _NEEDED:
            if not isinstance(metadata.get(name), str) or not self._is_safe(metadata[name]):
                raise Unanswered(f"it names no address that is safe as its {name}")
        self._data = _ProviderData(time.monotonic(), metadata, self._keys_at(metadata["jwks_uri"]))
        self._silent_until = now
        return self._data

    def _newer_keys(self, provider_data: _ProviderData) -> KeySet:
        """The provider's keys as they are now; those kept where they are younger than _NEW_KEYS."""
        if time.monotonic() - provider_data.asked_at < _NEW_KEYS:
            return provider_data.keys
        keys = self._keys_at(provider_data.metadata["jwks_uri"])
        self._data = _ProviderData(time.monotonic(), provider_data.metadata, keys)
        return keys

    def _keys_at(self, address: str) -> KeySet:
        """The keys that an address lists, without those of unknown kinds.

        Raises:
            Unanswered: If there are none.
        """
        entries, keys = self._json_at(address).get("keys"), list[Any]()
        for entry in entries if isinstance(entries, list) else ():
            try:
                keys.append(import_key(entry))
            except (JoseError, ValueError, TypeError, KeyError, AttributeError):
                continue
        if not keys:
            raise Unanswered(f"{address} has no keys")
        return KeySet(keys)

    def _json_at(self, address: str) -> dict[str, Any]:
        """The JSON object at an address; Unanswered where there is none."""
        answer = requests.get(address, timeout=_ANSWER, allow_redirects=False)
        if answer.status_code != 200:
            raise Unanswered(f"{address} answers {answer.status_code}")
        content = answer.json()
        if not isinstance(content, dict):
            raise Unanswered(f"{address} answers with no object")
        return content

    def _client(self, metadata: Mapping[str, Any], back: str) -> Any:
        """A client of authlib that proves itself with the secret, in a way that is supported."""
        methods = metadata.get("token_endpoint_auth_methods_supported")
        posted = isinstance(methods, list) and "client_secret_basic" not in methods
        return OAuth2Session(
            self._settings.client_id,
            self._secret,
            token_endpoint_auth_method="client_secret_post" if posted else "client_secret_basic",
            scope="openid",
            redirect_uri=back,
            code_challenge_method="S256",
        )

    def _is_safe(self, address: str) -> bool:
        """Whether an address has HTTPS, or is on this machine as the issuer then is too."""
        parts = urlsplit(address)
        is_here = parts.scheme == "http" and is_own_host(parts.hostname or "")
        return parts.scheme == "https" or (is_here and self.issuer.startswith("http://"))

    def _nonce(self, state: str) -> str:
        """The word that the provider's token has to hold for a state."""
        return self._keys.digest("nonce", state).hex()

    def _proof(self, state: str) -> str:
        """The code verifier of a state, whose hash the provider is given first (RFC 7636)."""
        return self._keys.digest("proof", state).hex()

    def _in_thread(self, ask: Callable[[], _Result]) -> _Result:
        """Run ``ask`` in a thread, and wait at most _PATIENCE for it.

        Raises:
            Unproven: If it proves nobody.
            Unanswered: If it does not answer.
            Busy: If somebody else is being asked about.
        """
        if not self._turn.acquire(blocking=False):
            raise Busy
        future: Future[_Result] = Future()

        def run() -> None:
            try:
                future.set_result(ask())
            except BaseException as error:  # it is raised where it was asked
                future.set_exception(error)
            finally:
                self._turn.release()

        try:
            threading.Thread(target=run, daemon=True).start()
        except RuntimeError:
            self._turn.release()
            raise
        try:
            return future.result(timeout=_PATIENCE)
        except (TimeoutError, RequestException, ValueError) as error:
            raise Unanswered(str(error) or "it takes too long") from error
