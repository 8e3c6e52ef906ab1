"""``make approve``: write down what everybody gets now."""

from __future__ import annotations

import json

from tests.contract.approved import APPROVED, digests, operators, readers, signed_in

made = {
    "readers": digests(readers.answers()),
    "signed in": digests(signed_in.answers()),
    "operators": digests(operators.answers()),
}
APPROVED.write_text(json.dumps(made, indent=0) + "\n", encoding="ascii")
