"""Entry: imported first by every command and server, so that a broken pack ends in a sentence.

Nothing else is done here. Code that imports the registry itself gets the error.
"""

from __future__ import annotations

import sys

from dashboard.model.shipped import COUNTRY

#: The code with which gunicorn's workers say that they cannot start; after any other gunicorn
#: starts them again without end.
CANNOT_START = 3


def sentence(problem: Exception) -> str:
    """The message about a pack that cannot be used."""
    return f"The pack {COUNTRY} (ATLAS_COUNTRY) cannot be used:\n{problem}\n"


try:
    from dashboard.model.country import CountryError as CountryError
except (ValueError, OSError) as problem:
    sys.stderr.write(sentence(problem))
    # To whoever asks for a report 3 says "not yet", and it would be asked for again.
    sys.exit(CANNOT_START if "gunicorn" in sys.modules else 1)
