"""How often a property is tried: a little in the quick suite, more where time is plenty."""

from __future__ import annotations

import os


def tries(few: int) -> int:
    """Return how many examples to try; CROSSDOCK_TRIES multiplies the few of the quick suite."""
    return few * int(os.environ.get("CROSSDOCK_TRIES", "1"))
