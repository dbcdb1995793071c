"""What goes wrong on purpose: a seeded choice for every request and every job.

A file for `--faults` is TOML or JSON with the fields of `Faults`::

    seed = 7
    too_many_requests = 0.01
    server_error = 0.01
    lost_request = 0.005
    lost_answer = 0.005
    slow_jobs = 0.1
    slow_job_factor = 20.0
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path
from random import Random


class Fault(Enum):
    """What happens to one request."""

    NONE = "none"
    TOO_MANY_REQUESTS = "too_many_requests"
    SERVER_ERROR = "server_error"
    #: The contact service behind the API is throttled, and says so in a 400.
    THROTTLED_BEHIND = "throttled_behind"
    #: The connection breaks before the request is carried out.
    LOST_REQUEST = "lost_request"
    #: The request is carried out and its answer never arrives.
    LOST_ANSWER = "lost_answer"


@dataclass(slots=True)
class Faults:
    """Probabilities between 0 and 1; all zero means that nothing goes wrong."""

    seed: int = 1
    too_many_requests: float = 0.0
    server_error: float = 0.0
    throttled_behind: float = 0.0
    lost_request: float = 0.0
    lost_answer: float = 0.0
    #: How many jobs take `slow_job_factor` times as long.
    slow_jobs: float = 0.0
    slow_job_factor: float = 20.0
    #: Whether reading requests can fail too, or writing ones only.
    reads: bool = True
    _random: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)

    def draw(self, method: str) -> Fault:
        """Decide what happens to the next request."""
        if method == "GET" and not self.reads:
            return Fault.NONE
        chances = (
            (Fault.TOO_MANY_REQUESTS, self.too_many_requests),
            (Fault.SERVER_ERROR, self.server_error),
            (Fault.THROTTLED_BEHIND, self.throttled_behind),
            (Fault.LOST_REQUEST, self.lost_request),
            (Fault.LOST_ANSWER, self.lost_answer),
        )
        if not any(chance for _, chance in chances):
            return Fault.NONE
        drawn = self._random.random()
        for fault, chance in chances:
            if drawn < chance:
                return fault
            drawn -= chance
        return Fault.NONE

    def job_factor(self) -> float:
        """Return how much longer than usual the next job takes."""
        if self.slow_jobs and self._random.random() < self.slow_jobs:
            return self.slow_job_factor
        return 1.0


def load_faults(path: Path) -> Faults:
    """Read a faults file. Raises ValueError for a name that means nothing."""
    text = path.read_text("utf-8")
    found = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    known = {each.name for each in fields(Faults) if each.init}
    unknown = sorted(set(found) - known)
    if unknown:
        raise ValueError(f"{path.name}: unknown {', '.join(unknown)}; known: {sorted(known)}")
    return Faults(**found)
