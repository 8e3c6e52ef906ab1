"""Entry point: settings from the environment, then serve until stopped.

Everything that is built is built in ``dashboard.application``.
"""

from __future__ import annotations

import os
import sys

from waitress.server import create_server

from dashboard.application import create_app
from dashboard.settings import Settings, SettingsError

THREADS = 8


def main() -> int:
    """Serve the dashboard; 1 when it cannot start."""
    try:
        settings = Settings.from_environment(os.environ)
        app = create_app(settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        server = create_server(
            app.server, host=settings.host, port=settings.port, threads=THREADS, ident=None
        )
    except OSError as error:
        reason = error.strerror or str(error)
        print(f"Port {settings.port} cannot be used ({reason}); set ATLAS_PORT.", file=sys.stderr)
        return 1
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Situation Atlas is at http://{host}:{settings.port} (stop with Ctrl+C)", flush=True)
    server.run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
