"""What an account holds, from the lines of its dump."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any


def grouped(lines: str) -> dict[str, list[dict[str, Any]]]:
    """Return the records of a dump by their kind; a kind without records is an empty list."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines.splitlines():
        record = json.loads(line)
        found[record.pop("entity")].append(record)
    return found
