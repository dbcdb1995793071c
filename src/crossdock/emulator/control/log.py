"""Which requests came, and how they were answered."""

from __future__ import annotations

from collections import Counter, deque
from datetime import UTC, datetime
from typing import Any

#: How many requests the log keeps; the counts keep them all.
LONGEST = 10_000


class RequestLog:
    """Counts by operation and status, and the latest requests one by one."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()
        self._entries: deque[tuple[float, str, str, int, str]] = deque(maxlen=LONGEST)

    def note(self, moment: float, operation: str, path: str, status: int, fault: str) -> None:
        """Remember a request.

        `operation` is a method with a pattern (`GET contacts/:id`); `status` 0 stands for an
        answer that never arrived; `fault` says what was made to go wrong, or is empty.
        """
        self.counts[operation, status] += 1
        self._entries.append((moment, operation, path, status, fault))

    def show(self, last: int) -> dict[str, Any]:
        """Return the counts, and the latest requests, oldest first."""
        routes: Counter[str] = Counter()
        for (operation, _), count in self.counts.items():
            routes[operation] += count
        latest = list(self._entries)[-last:] if last > 0 else []
        return {
            "total": sum(routes.values()),
            "routes": dict(routes),
            "operations": [
                {"operation": operation, "status": status, "count": count}
                for (operation, status), count in sorted(self.counts.items())
            ],
            "log": [
                {
                    "at": datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds"),
                    "operation": operation,
                    "path": path,
                    "status": status,
                    "fault": fault,
                }
                for moment, operation, path, status, fault in latest
            ],
        }
