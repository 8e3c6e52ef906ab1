"""Headers of every response: the content security policy and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, request

#: On every response.
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a page asks for its layout in its language
    "Cross-Origin-Resource-Policy": "same-origin",
}
#: On documents, which alone have windows, frames and devices.
OF_DOCUMENTS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
#: Endpoints whose answers no browser and no proxy keeps: figures under an address that says nothing
#: of them.
UNKEPT = frozenset({"/_dash-layout", "/_dash-update-component"})
#: Where there are accounts, endpoints of what is the program itself, which may be kept.
PROGRAM = frozenset(
    {
        "_dash_assets.static",
        "bundle",
        "definitions",
        "geography",
        "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    }
)
#: Two years, as browsers' lists ask for.
OVER_HTTPS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
#: Endpoints of plain forms, and the policy of their pages: they run nothing else.
FORMS = ("access.", "meeting.")
OF_FORMS = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
#: Endpoints whose pages may offer passkeys, which need the one script of plain forms.
SCRIPTED = frozenset(
    {
        *("access.sign_in", "access.code", "access.by_passkey", "access.passkey"),
        *("access.to_provider", "access.from_provider"),
    }
)
#: Policy of what is no document: a hundred files of a page carry it, so it is short.
NOTHING = "default-src 'none'"


def policy(script_hashes: Sequence[str]) -> str:
    """The content security policy; nothing needs eval, a worker or another host.

    Args:
        script_hashes: Hashes of the inline scripts, taken when all callbacks are registered.
    """
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *script_hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'none'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "frame-src 'none'",
        )
    )


def install(
    server: Flask, script_hashes: Sequence[str], *, accounts: bool = False, https: bool = False
) -> None:
    """Put the headers on every response, errors among them.

    Args:
        server: The server.
        script_hashes: Hashes of the inline scripts.
        accounts: Whether answers are for who signed in, so that no browser or proxy keeps them.
        https: Whether readers come over HTTPS alone, through a proxy.
    """
    fixed = {**FIXED, **(OVER_HTTPS if https else {})}
    documents = {**fixed, **OF_DOCUMENTS, "Content-Security-Policy": policy(script_hashes)}
    others = {**fixed, "Content-Security-Policy": NOTHING}

    def add(response: Response) -> Response:
        """An answer with its headers: by its type, and by the endpoint that it is from."""
        response.headers.update(documents if response.mimetype == "text/html" else others)
        if (request.endpoint or "").startswith(FORMS) and response.mimetype == "text/html":
            runs = "; script-src 'self'" if request.endpoint in SCRIPTED else ""
            response.headers["Content-Security-Policy"] = OF_FORMS + runs
        if request.endpoint in UNKEPT or (accounts and request.endpoint not in PROGRAM):
            response.headers["Cache-Control"] = "private, no-store"
        response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.pop("Server", None)
        return response

    server.after_request(add)
