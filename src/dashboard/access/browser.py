"""What a browser sends and keeps: cookies, the token against forged requests, its address.

Over HTTPS cookies have the prefix ``__Host-``, so no other host and no plain connection sets them.
A token belongs to one session, or to one browser before it has one; forms hold it masked anew each
time, since compressed pages must not hold a secret twice the same.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from dataclasses import dataclass

from flask import Request
from werkzeug.wrappers import Response

from dashboard.access.account_table import Account, plain_name
from dashboard.access.keys import Keys
from dashboard.access.passkeys import Place

#: Names of cookies without a prefix: of a session, of a browser without one, what scripts of the
#: page send back with every callback, and of a browser that somebody signed in with.
SESSION, BROWSER, ECHO, DEVICE = "atlas-session", "atlas-browser", "atlas-echo", "atlas-device"
#: Name of the cookie with the address to which somebody returns who signs in at a provider.
ON_THE_WAY = "atlas-next"
_DAY = 86_400
#: Seconds for which a browser is known: a quarter.
_KNOWN_SECONDS = 90 * _DAY
#: The header in which a callback brings what ``ECHO`` holds.
HEADER = "X-CSRFToken"
#: Random bytes of a mask, and of the token of a known browser.
_MASK = 16
#: Browsers and systems by the words with which they name themselves, the most telling first.
_BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
    "Mac OS X": "macOS", "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True)
class Browser:
    """Cookies and tokens of this server.

    Attributes:
        keys: What tokens are made of.
        public_host: The name it is asked for over HTTPS, or None on this machine alone.
    """

    keys: Keys
    public_host: str | None

    def cookie(self, name: str) -> str:
        """A cookie's name with its prefix."""
        return f"__Host-{name}" if self.public_host else name

    def token_of(self, request: Request, name: str) -> str:
        """The value of a cookie, by its name without a prefix; '' where there is none."""
        return request.cookies.get(self.cookie(name), "")

    def set_cookie(self, response: Response, name: str, value: str, age: int | None = None) -> None:
        """Have a browser keep a cookie; one without a value is deleted.

        Args:
            response: What is answered.
            name: Name of the cookie without a prefix.
            value: What it holds.
            age: Seconds for which it is kept; until the browser is closed where this is None.
        """
        response.set_cookie(
            self.cookie(name),
            value,
            max_age=age if value else 0,
            secure=self.public_host is not None,
            httponly=name != ECHO,
            samesite="Lax",
        )

    def remember(self, response: Response, account: Account, now: int) -> None:
        """Set the cookie that tells this browser for a quarter as one of an account's sign-ins.

        A new password makes it void.
        """
        token, day = secrets.token_hex(_MASK), str(now // _DAY)
        code = self._device(account.name, account.password or "", token, day)
        self.set_cookie(response, DEVICE, f"{token}.{day}.{code}", _KNOWN_SECONDS)

    def device_of(self, request: Request, name: str, account: Account | None, now: int) -> str:
        """The token of a browser that somebody signed in with by this name, '' of any other.

        Args:
            request: What the browser sent.
            name: The name as it was typed.
            account: The account of that name, where there is one.
            now: Seconds since 1970.
        """
        token, _, rest = self.token_of(request, DEVICE).partition(".")
        day, _, code = rest.partition(".")
        # The same work for a name without an account, so that time does not tell which there are.
        password = (account.password if account else None) or ""
        expected = self._device(name, password, token, day)
        is_ours = hmac.compare_digest(code.encode(), expected.encode())
        # Only with a code of ours the day is known to be a number.
        is_known = is_ours and 0 <= now - int(day) * _DAY <= _KNOWN_SECONDS
        return token if is_known and account else ""

    def _device(self, name: str, password: str, token: str, day: str) -> str:
        """The code with which only this server makes a cookie of a known browser."""
        return self.keys.digest("device", plain_name(name), password, token, day).hex()

    def echo(self, session: str) -> str:
        """The token that callbacks of a session bring in their header."""
        return self.keys.digest("echo", session).hex()

    def form_token(self, holder: str) -> str:
        """A token for a form, masked.

        Args:
            holder: The session, or the browser, to which it belongs.
        """
        mask = secrets.token_hex(_MASK)
        return mask + self.keys.digest("form", holder, mask).hex()

    def is_form_token(self, holder: str, token: str) -> bool:
        """Whether a form brought a token that belongs to its session or browser."""
        mask = token[: 2 * _MASK]
        expected = mask + self.keys.digest("form", holder, mask).hex()
        sent = token.encode("utf-8", "replace")
        return bool(holder) and hmac.compare_digest(expected.encode(), sent)

    def is_own(self, request: Request) -> bool:
        """Whether a request that changes something comes from a page of this server."""
        site = request.headers.get("Sec-Fetch-Site", "same-origin")
        origin = request.headers.get("Origin")
        is_same_host = origin is None or origin.partition("://")[2] == request.host
        return is_same_host and site == "same-origin"

    def address(self, request: Request) -> str:
        """The address of a request; of IPv6 the /64 network, which one household has.

        Behind a proxy it is what the proxy itself says, not what anybody before it said.
        """
        text = request.remote_addr or ""
        if self.public_host:
            text = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        try:
            ip = ipaddress.ip_address(text)
        except ValueError:
            return "unknown"
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        return str(ip if ip.version == 4 else ipaddress.ip_network(f"{ip}/64", strict=False))

    def kind(self, request: Request) -> str:
        """Browser and system as its ``User-Agent`` names them, '' where it names neither."""
        text = request.user_agent.string
        names = (
            next((name for word, name in by_word.items() if word in text), "")
            for by_word in (_BROWSERS, _SYSTEMS)
        )
        return ", ".join(filter(None, names))

    def place(self, request: Request) -> Place | None:
        """The site that passkeys belong to; None where browsers allow none, as for 127.0.0.1."""
        if self.public_host:
            return Place(self.public_host, f"https://{self.public_host}")
        if request.host.partition(":")[0] != "localhost":
            return None
        return Place("localhost", f"http://{request.host}")

    def link(self, request: Request, path: str) -> str:
        """A whole address of this server, to be handed on."""
        host = f"https://{self.public_host}" if self.public_host else request.host_url.rstrip("/")
        return host + path
