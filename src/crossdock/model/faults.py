"""Named places in the real code where a test, and nobody else, may make the program die."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping


class FaultPoints:
    """Counts how often each named point was reached and fires what a test attached to it.

    In normal use nothing is attached and `reach` only counts. The points are listed in
    `docs/explain/crashes.md`.
    """

    def __init__(self, actions: Mapping[tuple[str, int], Callable[[], None]] | None = None) -> None:
        self._actions = dict(actions or {})
        self._reached: Counter[str] = Counter()

    def reach(self, point: str) -> None:
        """Say that the program is at this point; the nth time may be its last."""
        self._reached[point] += 1
        action = self._actions.get((point, self._reached[point]))
        if action is not None:
            action()
