"""The door to a server: the same release asked over HTTPS, with the standard library alone.

Certificates are verified, and no redirect is followed, so a token goes to no other host than the
one that was given. Waiting and length of an answer are limited. Rights are the server's to decide.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
import zlib
from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any
from urllib.error import URLError
from urllib.parse import parse_qsl, quote, urlsplit
from urllib.request import (
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from dashboard.analyst.asking import Answer
from dashboard.analyst.problems import (
    CannotBeAsked,
    NoAnswer,
    NotAllowed,
    NotSignedIn,
    NotThere,
    unknown,
)
from dashboard.release.description import NoRelease

#: Seconds that a connection may say nothing, and in which an answer has to have come whole.
SILENCE, WHOLE = 60.0, 300.0
#: Most bytes of an answer, unpacked, and of a refusal.
MOST, MOST_REFUSAL = 64 * 2**20, 2**20
#: Bytes that are read at once.
_AT_ONCE = 64 * 1024
#: What zlib calls data with a header of gzip.
_GZIP = 16 + zlib.MAX_WBITS
_TOKEN = re.compile(r"[!-~]+")
#: The parameter of the form of an answer, which no analyst gives.
_FORM = "form"
_PROBLEM = "application/problem+json"
#: Keys that the contents of a release have on every server of this version.
_CONTENTS = ("id", "months", "exhibits", "filters", "editions", "areas", "dimensions", "codes")


class _AsItIs(HTTPErrorProcessor):
    """Every status is an answer, a redirect too: following one would pass the token on."""

    def http_response(self, request: Any, response: Any) -> Any:
        """The answer as it came."""
        return response

    https_response = http_response


class Server:
    """One release of a server; every question names it, so that a publication changes nothing."""

    def __init__(self, address: str, token: str | None, edition: str | None) -> None:
        """Name a server, and another edition than the one that it shows.

        Every answer raises NoRelease if the server shows none, or the edition no more, and
        NotSignedIn, NotAllowed, NotThere or NoAnswer if it does not answer.

        Raises:
            ValueError: If the address or the token is none.
        """
        self._origin, self._host, is_here = _origin(address)
        if token is not None and not _TOKEN.fullmatch(token):
            raise ValueError("The token holds a blank or a sign that no token has.")
        self._token = token
        self._opener = _opener(is_here)
        self._id = edition
        self._is_closed = False

    def contents(self, lang: str) -> Mapping[str, Any]:
        """The contents of the release; the first answer decides which release that is."""
        contents = self._request("/release.json", f"lang={quote(lang)}", "The release")
        if not all(name in contents for name in _CONTENTS):
            raise NoAnswer(f"{self._host} does not answer as a Situation Atlas of this version.")
        self._id = str(contents["id"])
        return contents

    def exhibit(self, exhibit_id: str, query: str) -> Answer:
        """An exhibit; its figure and its features are asked for when somebody wants them."""
        path = f"/exhibit/{exhibit_id}"
        return Answer(
            self._request(f"{path}.json", _joined(query, f"{_FORM}=typed"), exhibit_id),
            lambda: self._get(f"{path}.json", _joined(query, f"{_FORM}=plotly"), exhibit_id),
            lambda: self._get(f"{path}.geojson", query, exhibit_id),
        )

    def count(self, query: str) -> Mapping[str, Any]:
        """A cross-table."""
        return self._request("/count.json", query, "A count")

    def close(self) -> None:
        """Refuse new questions; earlier answers may still fetch their figure."""
        self._is_closed = True

    def __repr__(self) -> str:
        return f"<server {self._host}>"

    def _request(self, path: str, query: str, subject: str) -> Mapping[str, Any]:
        """The server's answer to a question of the analyst, unless the release was closed."""
        if self._is_closed:
            raise ValueError("This release was closed; open it again.")
        return self._get(path, query, subject)

    def _get(self, path: str, query: str, subject: str) -> Mapping[str, Any]:
        """The server's answer, whatever was closed: figures of earlier answers come so too."""
        request = Request(f"{self._origin}{path}?{self._pinned(query, subject)}")  # noqa: S310 -- http and https alone, by ``_origin``
        request.add_header("Accept", "application/json")
        request.add_header("Accept-Encoding", "gzip")
        if self._token is not None:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with self._opener.open(request, timeout=SILENCE) as answer:
                if answer.status == HTTPStatus.OK:
                    return self._object(answer, MOST)
                problem = self._problem(answer, subject)
        except NoAnswer:
            raise
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise NoAnswer(self._why(error)) from error
        raise problem

    def _pinned(self, query: str, subject: str) -> str:
        """The query with the id of this release.

        Raises:
            CannotBeAsked: If it names another edition.
        """
        edition = dict(parse_qsl(query, keep_blank_values=True)).get("edition")
        if self._id is None or edition == self._id:
            return query
        if edition is not None:
            raise unknown(subject, "edition", edition, [self._id])
        return _joined(query, f"edition={quote(self._id)}")

    def _read(self, answer: Any, most: int) -> bytes:
        """The whole body of an answer, of so many bytes at most.

        Raises:
            NoAnswer: If it is longer, takes too long, or breaks off.
        """
        deadline, content = time.monotonic() + WHOLE, bytearray()
        is_packed = answer.headers.get("Content-Encoding") == "gzip"
        unpack = zlib.decompressobj(_GZIP) if is_packed else None
        while chunk := answer.read1(_AT_ONCE):
            content += unpack.decompress(chunk, most + 1 - len(content)) if unpack else chunk
            if len(content) > most:
                raise NoAnswer(f"What {self._host} answers is longer than {most // 2**20} MB.")
            if time.monotonic() > deadline:
                raise NoAnswer(f"{self._host} takes longer than {WHOLE:g} seconds to answer.")
        if answer.length or (unpack and not unpack.eof):
            raise NoAnswer(f"The answer of {self._host} broke off.")
        return bytes(content)

    def _problem(self, answer: Any, subject: str) -> Exception:
        """The exception for a status, in plain words."""
        match answer.status:
            case 400 if answer.headers.get_content_type() == _PROBLEM:
                try:
                    return self._refusal(answer, subject)
                except (AttributeError, KeyError, TypeError):
                    return NoAnswer(f"What {self._host} says is no answer of a Situation Atlas.")
            case 401 if self._token is None:
                return NotSignedIn(
                    f"People sign in at {self._host}: give `token=`, which an analyst makes on the "
                    "page of their account."
                )
            case 401:
                return NotSignedIn(
                    f"{self._host} does not know this token: it ended, another one took its place, "
                    "or it is not whole. Make a new one on the page of your account."
                )
            case 403:
                return NotAllowed(
                    f"The role of whose token this is may not ask {self._host} for this."
                )
            case 404:
                return NotThere(f"{self._host} has nothing at {urlsplit(answer.url).path}.")
            case 503:
                return NoRelease(
                    self._problem_text(answer) or f"{self._host} shows no release now."
                )
            case code if 300 <= code < 400:
                return NoAnswer(
                    f"{self._host} sends this question on to {answer.headers.get('Location')}. "
                    "That was not followed, and no token sent there; if you trust it, open it."
                )
            case code:
                return NoAnswer(f"{self._host} answers {code} ({answer.reason}).")

    def _refusal(self, answer: Any, subject: str) -> Exception:
        """The exception for a refused question: that of an edition, or of any other part."""
        body = self._json(answer)
        refused = [
            {**refusal, "allowed": [name for name in refusal["allowed"] if name != _FORM]}
            for refusal in body.get("errors", [])
        ]
        for refusal in refused:
            if refusal["parameter"] == "edition":
                editions = ", ".join(refusal["allowed"]) or "none"
                return NoRelease(
                    f"{self._host} shows no edition {refusal['value']}: there never was one, or it "
                    f"was taken or held back. There are {editions}."
                )
        return CannotBeAsked(body.get("detail", subject).partition(" cannot be asked")[0], refused)

    def _problem_text(self, answer: Any) -> str:
        """Why the server shows no release, in its words; '' where it does not say."""
        text = self._json(answer).get("problem", "")
        return text if isinstance(text, str) else ""

    def _json(self, answer: Any) -> Mapping[str, Any]:
        """The JSON of a refusal; empty where it is none."""
        if "json" not in answer.headers.get_content_type():
            return {}
        return self._object(answer, MOST_REFUSAL)

    def _object(self, answer: Any, most: int) -> Mapping[str, Any]:
        """The answer, of so many bytes at most, as an object of JSON.

        Raises:
            NoAnswer: If it is none.
        """
        content = self._read(answer, most)
        try:
            document = json.loads(content)
        except (ValueError, RecursionError):
            document = None
        if not isinstance(document, dict):
            raise NoAnswer(f"What {self._host} says is no answer of a Situation Atlas.")
        return document

    def _why(self, error: Exception) -> str:
        """Why no answer came, in plain words."""
        cause = error.reason if isinstance(error, URLError) else error
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f"The certificate of {self._host} cannot be verified ({cause.verify_message}); "
                "nothing was sent."
            )
        if isinstance(cause, TimeoutError):
            return f"{self._host} said nothing for {SILENCE:g} seconds."
        return f"No answer from {self._host}: {cause}."


def _origin(address: str) -> tuple[str, str, bool]:
    """Scheme and host of an address, the host alone, and whether it is this machine."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("This is no address of a server.") from None
    if not host or parts.username is not None or parts.password is not None:
        raise ValueError("Give the address of the server alone, such as https://atlas.example.org.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"Give the address of the server alone: {parts.scheme}://{parts.netloc}.")
    is_here = host == "localhost" or _is_loopback(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here):
        raise ValueError(
            "A server is asked over https://; http:// is for one on this machine alone."
        )
    host_part = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host_part}{f':{port}' if port else ''}", host, is_here


def _is_loopback(host: str) -> bool:
    """Whether a host is an address of this machine; a name is none."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _opener(is_here: bool) -> OpenerDirector:
    """The opener: over the proxies of the environment, unless the server is on this machine."""
    proxies = ProxyHandler({}) if is_here else ProxyHandler()
    secure = HTTPSHandler(context=ssl.create_default_context())
    return build_opener(proxies, HTTPHandler(), secure, _AsItIs())


def _joined(query: str, part: str) -> str:
    """A query string with one more part."""
    return f"{query}&{part}" if query else part
