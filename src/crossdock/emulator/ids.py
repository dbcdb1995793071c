"""Ids: as large as the real ones, and the same ones again for the same seed.

Reference: Freshsales API, emulator requirements 2; certainty: observed. Ids are integers above
2^31 that start with the number of the pod; every kind of record counts for itself, so that the
same id can name a contact and a deal.
"""

from __future__ import annotations

from random import Random

#: The pod of recent Indian and Australian trial accounts.
POD = 402_000_000_000
_SPREAD = 900_000_000


class Ids:
    """One counter per kind of record, each starting where the seed says."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._next: dict[str, int] = {}

    def next(self, kind: str) -> int:
        """Return a fresh id for this kind of record."""
        value = self._next.get(kind)
        if value is None:
            value = POD + Random(f"{self._seed}:{kind}").randrange(1_000_000, _SPREAD)
        self._next[kind] = value + 1
        return value

    def state(self) -> dict[str, int]:
        """Return the counters, for the account's file."""
        return dict(self._next)

    def restore(self, state: dict[str, int]) -> None:
        """Continue from the counters of a file."""
        self._next = dict(state)


def mcr_id(record_id: int) -> int:
    """Return the 64-bit id that a contact carries beside its own.

    It exceeds 2^53 on purpose: whoever reads numbers as floats loses its last digits.
    """
    return 1_600_000_000_000_000_001 + record_id * 65_537
