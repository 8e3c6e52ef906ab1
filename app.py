"""Entry point of a checkout: ``python app.py`` serves, other servers are given ``app:server``.

The one module of the product that builds something when it is imported, since gunicorn,
waitress-serve and flask expect it there. Everything that is built is built in ``dashboard``.
"""

from __future__ import annotations

import sys

from dashboard.server import build, main

if __name__ == "__main__":
    sys.exit(main())

server = build()
