"""The application: settings in, a complete Dash app out. Nothing happens at import."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dash import Dash, html
from flask import Flask, Response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from dashboard import answers, bundles, callbacks, delivery, door, exhibits, features, pages
from dashboard.access import installed
from dashboard.access.accounts import Accounts, open_accounts, troubles
from dashboard.access.browser import ECHO, HEADER, Browser
from dashboard.access.keys import WeakSecret, read_keys
from dashboard.access.pages.frame import Context
from dashboard.access.reader import reader
from dashboard.access.store import NewerStore, UnwritableState
from dashboard.access.users import everybody
from dashboard.components import writer
from dashboard.components.filter_bar import filter_bar
from dashboard.components.shell import Destination, SignedIn, shell
from dashboard.components.states import no_release, withheld_state
from dashboard.figures import theme
from dashboard.figures.graph import CONFIG
from dashboard.meeting import installed as meeting
from dashboard.model.filters import FILTERS
from dashboard.model.html import CHECKS
from dashboard.model.languages import ENGLISH, LANGUAGES, LOCAL, OWN, direction, words_of
from dashboard.model.release import PUBLIC_FOLDER
from dashboard.model.shipped import COUNTRY
from dashboard.pages import OF_FIRST, OVERVIEW, entries, entry_at, is_view, whole
from dashboard.pages.arrange import LAYOUT, request_language
from dashboard.release import admission
from dashboard.release.folder import POINTER, NoRelease, Releases, withhold_none
from dashboard.release.withheld import Withheld
from dashboard.report import installed as report
from dashboard.report.files import Places
from dashboard.security import guard, headers, loopback
from dashboard.settings import Settings, SettingsError
from dashboard.words.catalogue import phrases, translate
from dashboard.words.glossary import glossary

if TYPE_CHECKING:
    from dashboard.access.provider import Provider

_log = logging.getLogger(__name__)

#: What Dash writes of the page itself.
_OF_DASH = ("metas", "css", "config", "renderer")
#: The font of most letters of a language, fetched before the style sheet asks for it.
_FONTS = {ENGLISH: "NotoSans", LOCAL: OWN.font}
#: The style sheet of plain forms where the system is dark.
_DARK = "css/tokens-dark.css"
#: Variables with which Dash and Flask show what went wrong inside, and let it be tried.
_SHOWS_INSIDES = ("DASH_DEBUG", "FLASK_DEBUG")


class _Product(Dash):
    """Dash whose first answer is in the language that its address asks for.

    Attributes:
        addresses: Addresses of styles and scripts, by what ``templates/index.html`` calls them.
    """

    addresses: Mapping[str, str] = {}

    def interpolate_index(self, **parts: str) -> str:  # pyright: ignore[reportIncompatibleMethodOverride] -- dash calls it by name
        """The page before any script runs: its ``lang``, its title, and that it is loading."""
        lang = request_language()
        words, entry = words_of(lang), entry_at(request.path)
        before, after = delivery.around_controls(parts["scripts"])
        of_dash = {name: parts[name] for name in _OF_DASH} | {"before": before, "after": after}
        template = self.server.jinja_env.get_template("index.html")
        return template.render(
            {name: Markup(part) for name, part in of_dash.items()},  # noqa: S704 # nosec B704
            **self.addresses,
            lang=words,
            dir=direction(lang),
            digits=OWN.digits,
            font=_FONTS[words],
            title=entry["title"]() if entry else translate("shell.product", lang),
            loading=translate("shell.state.loading", lang),
        )

    def enable_pages(self) -> None:
        """Register the pages; answers bring them with their cards, and no callback of Dash."""
        pages.load()


def create_app(settings: Settings | None = None) -> Dash:
    """Build everything: exhibits, layout, callbacks, routes, guard and headers.

    No release is opened yet: servers that fork may build first, and a file that is open or a
    thread that runs does not outlive a fork.

    Args:
        settings: What to serve; from the environment when none are given.

    Raises:
        SettingsError: If a variable cannot be used, or one is set that opens every callback or
            shows the insides of the program.
    """
    settings = settings or Settings.from_environment(os.environ)
    if "DASH_MCP_ENABLED" in os.environ:
        raise SettingsError(
            "DASH_MCP_ENABLED is set. It would open every callback without sign-in, so "
            "Situation Atlas does not start with it; unset it."
        )
    for name in _SHOWS_INSIDES:
        if os.environ.get(name, "0") not in ("", "0", "false"):
            raise SettingsError(f"{name} is set, which would show the insides of errors. Unset it.")
    _read_words()
    accounts, browser = _access(settings)
    exhibits.load()
    writer.load()
    withheld = _open_withheld(settings)
    releases, public = releases_of(settings, withheld)
    server = Flask("dashboard", static_folder=None)
    server.jinja_options = {"autoescape": True}
    server.jinja_env.filters.update(CHECKS)
    loopback.install(server, settings.public_host)
    own_bundles = bundles.read_bundles(settings.assets)
    bundles.install(server, own_bundles)
    if accounts and browser and withheld:
        context = Context(
            accounts,
            browser,
            own_bundles.plain.address,
            delivery.address_of(settings.assets, _DARK),
            settings.releases,
            releases,
            withheld,
            delivery.address_of(settings.assets, bundles.PASSKEYS),
            _provider(settings, accounts),
        )
        installed.install(server, context)
    csrf_options = _csrf_options(browser)
    app = _Product(
        "dashboard",
        server=server,  # pyright: ignore[reportArgumentType] -- dash takes a Flask here
        title=translate("shell.product", ENGLISH),
        update_title="",
        assets_folder=str(settings.assets),
        assets_ignore=".",  # pages ask for bundles
        serve_locally=True,
        use_pages=True,
        pages_folder="",
        suppress_callback_exceptions=True,
        enable_mcp=False,
        add_log_handler=False,
        **csrf_options,
    )
    app.addresses = _addresses(settings.assets, own_bundles)
    app.layout = partial(_layout, (releases, public), settings, own_bundles, csrf_options)
    callbacks.register(app, releases, public)
    door.install(
        server, releases, settings.geography, partial(troubles, accounts) if accounts else None
    )
    features.install(server, releases, settings.geography, settings.public_host)
    if accounts:
        meeting.install(server, accounts, releases, public)
    report.install(
        server, releases, public, Places(settings.assets, settings.geography), settings.state
    )
    guard.install(app, cache(lambda: delivery.suites(app.index())), accounts=accounts is not None)
    _lead_views_on(server)
    _mark_answers(server)
    delivery.install(server, settings.assets, settings.geography)
    https = settings.public_host is not None
    headers.install(server, app.csp_hashes(), accounts=accounts is not None, https=https)
    _warn_if_nothing_is_published(settings)
    return app


def _read_words() -> None:
    """Read what pages say before the first one asks.

    Raises:
        SettingsError: If words of the country's pack are none.
    """
    try:
        for lang in LANGUAGES:
            phrases(lang)
        glossary()
    except (ValueError, KeyError) as problem:
        raise SettingsError(f"Words of the pack {COUNTRY} cannot be used: {problem}") from problem


def _access(settings: Settings) -> tuple[Accounts, Browser] | tuple[None, None]:
    """The accounts, and the cookies and forms of their browsers, where there is a secret.

    Raises:
        SettingsError: If the secret is weak, or the file of accounts is newer or cannot be written.
    """
    if settings.secret is None:
        return None, None
    try:
        accounts = open_accounts(settings.state, read_keys(settings.secret))
    except (WeakSecret, NewerStore, UnwritableState) as error:
        raise SettingsError(str(error)) from error
    if not everybody(accounts):
        _log.warning("There are no accounts yet: atlas users add NAME --role administrator")
    return accounts, Browser(accounts.keys, settings.public_host)


def _provider(settings: Settings, accounts: Accounts) -> Provider | None:
    """The provider of sign-in, where the operator set one.

    Raises:
        SettingsError: If the packages for it are not there, or its secret cannot be read.
    """
    if settings.provider is None:
        return None
    try:
        from dashboard.access.provider import Provider
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"ATLAS_OIDC_ISSUER is set, but the package {error.name} is not there. Install "
            "situation-atlas[oidc], or unset it."
        ) from error
    return Provider(settings.provider, accounts.keys, accounts.clock)


def _csrf_options(browser: Browser | None) -> dict[str, Any]:
    """Options of Dash by which callbacks repeat a cookie in a header, where there are accounts."""
    if browser is None:
        return {}
    return {"csrf_token_name": browser.cookie(ECHO), "csrf_header_name": HEADER}


def _open_withheld(settings: Settings) -> Withheld | None:
    """The editions that a server with accounts shows to nobody; None without accounts."""
    if settings.secret is None:
        return None
    return Withheld(settings.state, editions_wait=settings.editions_wait)


def releases_of(settings: Settings, withheld: Withheld | None = None) -> tuple[Releases, Releases]:
    """The folder of releases that are shown, and that of their counterparts for the public.

    Args:
        settings: Which folders; a folder of published sources is opened beside the first.
        withheld: Editions that nobody is shown; read from the state folder when left out.
    """
    withheld = withheld or _open_withheld(settings)
    local = settings.is_local
    published = None
    if settings.published:
        published = Releases(settings.published, admits=partial(admission.beside, local=local))
    admits = partial(admission.members, local=local, accounts=settings.secret is not None)
    holds = withheld.contains if withheld else withhold_none
    members = Releases(settings.releases, beside=published, admits=admits, holds=holds)
    return members, Releases(settings.releases / PUBLIC_FOLDER, admits=admits, holds=holds)


def _warn_if_nothing_is_published(settings: Settings) -> None:
    """Warn in the log of each folder without a release, as the pages say it to readers."""
    if not (settings.releases / POINTER).is_file():
        _log.warning(
            "No release has been published yet in %s; pages say so until there is one.",
            settings.releases,
        )
    if settings.published and not (settings.published / POINTER).is_file():
        _log.warning(
            "No published source has been published yet in %s; its card says so until one is.",
            settings.published,
        )


def _addresses(assets: Path, own_bundles: bundles.Bundles) -> dict[str, str]:
    """Addresses of styles and scripts by what ``templates/index.html`` calls them."""
    return {
        "theme": delivery.address_of(assets, bundles.THEME),
        "styles": own_bundles.styles.address,
        "own": own_bundles.scripts.address,
        "controls": delivery.address_of(assets, delivery.CONTROLS),
    }


def _layout(
    folders: tuple[Releases, Releases],
    settings: Settings,
    own_bundles: bundles.Bundles,
    csrf_options: dict[str, Any],
) -> Any:
    """The shell with the page at the ``Referer``, or the page that says why no release is shown."""
    releases, public = folders
    if request.path != LAYOUT:
        return html.Div()  # dash looks at it before its first answer, whatever is asked for
    lang = request_language()
    try:
        release = releases.current()
    except NoRelease as reason:
        if releases.trouble and releases.trouble.kind == "held":
            return withheld_state(lang)
        return no_release(str(reason), settings.releases, lang)
    mark = door.geography_mark(settings.geography)
    browser_settings = {
        "geography": f"/geography/{{file}}{f'?v={mark}' if mark else ''}",
        "dark": theme.in_the_dark(),
        "maps": [own_bundles.maps.address],
        "charts": [delivery.address_of(settings.assets, delivery.CHARTS)],
        "lists": [delivery.address_of(settings.assets, delivery.LISTS)],
        "graph": dict(CONFIG),
        "pictures": [own_bundles.pictures.address],
        "titles": {entry["path"]: entry["title"]() for entry in entries()},
        "first": {"keeps": OF_FIRST, "views": OVERVIEW},
        "product": translate("shell.product", lang),
        "filters": {entry.name: entry.menu for entry in FILTERS},
        "proof": csrf_options,
    }
    opened = reader().releases(releases)
    page_request = answers.request_of_referrer(request.referrer)
    first = answers.answer(page_request, opened, release.id, releases, public)
    bar = filter_bar(release, lang)
    return shell(_destinations(lang), release, bar, browser_settings, first, lang, _signed_in())


def _signed_in() -> SignedIn | None:
    """Who reads, where there are accounts."""
    token = installed.form_token()
    if token is None:
        return None
    return SignedIn(reader().name, tuple(sorted(reader().role.files)), token)


def _destinations(lang: str) -> list[Destination]:
    """The pages that the navigation leads to, in their order."""
    return [
        Destination(
            page.path,
            translate(f"shell.page.{page.name}.name", lang),
            translate(f"shell.page.{page.name}.short", lang),
            page.icon,
            page.key,
        )
        for page in whole()
        if page.listed
    ]


def _lead_views_on(server: Flask) -> None:
    """Redirect views at the first page's address, as older links have them, to the overview."""

    def lead() -> Answer | None:
        query = request.query_string.decode("utf-8", "replace")
        return redirect(f"{OVERVIEW}?{query}") if is_view(request.path, query) else None

    server.before_request(lead)


def _mark_answers(server: Flask) -> None:
    """Give layouts ``Vary: Referer`` and the shell at a path of no page the status 404."""

    def mark(response: Response) -> Response:
        if request.path == LAYOUT:
            response.vary.add("Referer")
        lost = request.endpoint == "/<path:path>" and entry_at(request.path) is None
        if lost and response.status_code == 200:
            response.status_code = 404
        return response

    server.after_request(mark)
