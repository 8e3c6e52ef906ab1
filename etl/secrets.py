"""The two secrets of a store, checked against what the store knows of them.

The store keeps a fingerprint of each, so that a changed secret is noticed before it splits a
person in two or protects a closed month a second time. How they lie on the disk stands in
``secret_files``.
"""

from __future__ import annotations

import hmac

from etl.register.store import read_store
from etl.secret_files import Secrets, fingerprint, read_secrets
from etl.settings import OperatorError, Settings


def open_secrets(settings: Settings) -> Secrets:
    """Both secrets, checked against the fingerprints of the store.

    Raises:
        OperatorError: If a secret is missing, damaged, or not the one the store was made with.
    """
    facts = read_store(settings)
    secrets = read_secrets(settings)
    for name, secret, expected in (
        ("identifiers", secrets.identifiers, facts.identifiers),
        ("protection", secrets.protection, facts.protection),
    ):
        if not hmac.compare_digest(fingerprint(secret).encode(), expected.encode()):
            raise OperatorError(
                f"The secret {name}.key is not the one this store was made with; "
                "restore it from your backup."
            )
    return secrets
