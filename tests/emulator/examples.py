"""One answer of each kind, with the shape that the real Freshsales gives it."""

from __future__ import annotations

from . import examples_of_finding, examples_of_records, examples_of_work
from .exampling import EXAMPLES, MEETING, priced

__all__ = [
    "EXAMPLES",
    "MEETING",
    "examples_of_finding",
    "examples_of_records",
    "examples_of_work",
    "priced",
]
