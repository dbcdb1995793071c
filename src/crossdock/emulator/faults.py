"""What goes wrong on purpose: a seeded choice for every request and every job.

A file for `--faults`, or the body of `POST /emulator/faults`, has the fields of `Faults`::

    seed = 7
    too_many_requests = 0.01
    lost_answer = 0.005
    slow_jobs = 0.1
    neighbour_per_hour = 300

    [[rules]]
    on = "POST contacts/bulk_upsert"
    fault = "lost_answer"
    nth = 3
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any


class Fault(StrEnum):
    """What happens to one request."""

    NONE = ""
    #: Refused though there is allowance left; the second one says how many seconds to wait.
    TOO_MANY_REQUESTS = "too_many_requests"
    RETRY_AFTER = "retry_after"
    SERVER_ERROR = "server_error"
    #: The contact service behind the API is throttled, and says so in a 400.
    THROTTLED_BEHIND = "throttled_behind"
    #: The connection breaks before the request is carried out.
    LOST_REQUEST = "lost_request"
    #: The request is carried out and its answer never arrives.
    LOST_ANSWER = "lost_answer"
    #: The request is carried out and the connection breaks in the middle of its answer.
    HALF_ANSWER = "half_answer"
    #: The answer takes `slow_seconds` of real time.
    SLOW = "slow"


@dataclass(slots=True)
class Rule:
    """A fault at a certain request: the `nth` one of an operation, and `times` - 1 after it."""

    #: A method with a pattern: `POST contacts/bulk_upsert`, `GET contacts/:id`.
    on: str
    fault: Fault
    nth: int = 1
    times: int = 1
    _seen: int = field(default=0, init=False, repr=False)

    def __post_init__(self) -> None:
        self.fault = Fault(self.fault)
        for name in ("nth", "times"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 1:
                raise ValueError(f"a rule's {name} is a whole number from 1 on")

    def hits(self, operation: str) -> bool:
        """Say whether it is this request's turn."""
        if operation != self.on:
            return False
        self._seen += 1
        return self.nth <= self._seen < self.nth + self.times


@dataclass(slots=True)
class Faults:
    """Probabilities between 0 and 1; all zero means that nothing goes wrong."""

    seed: int = 1
    too_many_requests: float = 0.0
    retry_after: float = 0.0
    server_error: float = 0.0
    throttled_behind: float = 0.0
    lost_request: float = 0.0
    lost_answer: float = 0.0
    half_answer: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 2.0
    #: Whether reading requests can fail too, or writing ones only.
    reads: bool = True
    #: How many jobs take `slow_job_factor` times as long.
    slow_jobs: float = 0.0
    slow_job_factor: float = 20.0
    #: How many jobs fail in part: each of their records fails with this chance.
    failing_jobs: float = 0.0
    failing_share: float = 0.3
    #: How many jobs stop half way and never end.
    endless_jobs: float = 0.0
    #: Requests an hour that somebody else takes out of the account's allowance.
    neighbour_per_hour: float = 0.0
    #: How often a person does something on a screen just after a writing request.
    person_edits: float = 0.0
    person_merges: float = 0.0
    person_deletes: float = 0.0
    rules: list[Rule] = field(default_factory=list)
    random: Random = field(init=False, repr=False, compare=False)
    #: What can happen at all: with nothing set, a request need not be asked about.
    _chances: tuple[tuple[str, float], ...] = field(init=False, repr=False)
    _people: tuple[tuple[str, float], ...] = field(init=False, repr=False)
    _neighbour_since: float = field(default=0.0, init=False, repr=False)
    _neighbour_owed: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        self._check()
        self.random = Random(self.seed)
        each = [(fault.value, getattr(self, fault.value)) for fault in _BY_CHANCE]
        self._chances = tuple(pair for pair in each if pair[1])
        people = (
            ("edit", self.person_edits),
            ("merge", self.person_merges),
            ("delete", self.person_deletes),
        )
        self._people = tuple(pair for pair in people if pair[1])

    def _check(self) -> None:
        """Raise ValueError for a value that would break what comes after."""
        if type(self.seed) is not int or not isinstance(self.reads, bool):
            raise ValueError("seed is a whole number, reads is true or false")
        for each in fields(self):
            if each.type != "float" or not each.init:
                continue
            value = getattr(self, each.name)
            most = float("inf") if each.name in _AMOUNTS else 1.0
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ValueError(f"{each.name} is a number")
            if not 0 <= value <= most:
                raise ValueError(f"{each.name} lies between 0 and {most:g}")

    def shown(self) -> dict[str, Any]:
        """Return what is set, as a faults file would have it."""
        names = [each.name for each in fields(self) if each.init and each.name != "rules"]
        rules = [
            {"on": rule.on, "fault": rule.fault, "nth": rule.nth, "times": rule.times}
            for rule in self.rules
        ]
        return {name: getattr(self, name) for name in names} | {"rules": rules}

    def draw(self, operation: str) -> Fault:
        """Decide what happens to the next request."""
        ruled = [rule.fault for rule in self.rules if rule.hits(operation)]
        if ruled:
            return ruled[0]
        if operation.startswith("GET ") and not self.reads:
            return Fault.NONE
        return Fault(self._drawn(self._chances)) if self._chances else Fault.NONE

    def person(self) -> str:
        """Return what a person does now: `edit`, `merge`, `delete`, or nothing."""
        return self._drawn(self._people) if self._people else ""

    def _drawn(self, chances: Sequence[tuple[str, float]]) -> str:
        """Draw one of several things that exclude each other, or nothing."""
        drawn = self.random.random()
        for what, chance in chances:
            if drawn < chance:
                return what
            drawn -= chance
        return ""

    def neighbour_took(self, now: float) -> int:
        """Return how many requests somebody else has sent since this was last asked."""
        if not self.neighbour_per_hour:
            return 0
        passed = min(now - self._neighbour_since, 3600.0) if self._neighbour_since else 0.0
        self._neighbour_since = now
        # Now more, now less, and in the long run as many as were said.
        pace = self.neighbour_per_hour / 3600 * 2 * self.random.random()
        self._neighbour_owed += passed * pace
        taken = int(self._neighbour_owed)
        self._neighbour_owed -= taken
        return taken

    def job_factor(self) -> float:
        """Return how much longer than usual the next job takes."""
        return self.slow_job_factor if self._happens(self.slow_jobs) else 1.0

    def job_fails(self) -> bool:
        """Say whether the next job fails in part."""
        return self._happens(self.failing_jobs)

    def job_never_ends(self) -> bool:
        """Say whether the next job stops half way."""
        return self._happens(self.endless_jobs)

    def record_fails(self) -> bool:
        """Say whether the next record of a failing job fails."""
        return self._happens(self.failing_share)

    def _happens(self, chance: float) -> bool:
        return bool(chance) and self.random.random() < chance


#: Numbers that are no chances.
_AMOUNTS = frozenset({"slow_seconds", "slow_job_factor", "neighbour_per_hour"})
_BY_CHANCE = tuple(fault for fault in Fault if fault)


def read_faults(found: Mapping[str, Any]) -> Faults:
    """Return the faults that a document describes. Raises ValueError for what means nothing."""
    known = {each.name for each in fields(Faults) if each.init}
    unknown = sorted(set(found) - known)
    if unknown:
        raise ValueError(f"unknown {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    given = found.get("rules", [])
    parts = {each.name for each in fields(Rule) if each.init}
    if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
        raise ValueError("rules are a list, each with on, fault, nth and times")
    for rule in given:
        if not {"on", "fault"} <= set(rule) <= parts:
            raise ValueError("a rule has on, fault, nth and times")
    rules = [Rule(**rule) for rule in given]
    return Faults(**{**found, "rules": rules})


def load_faults(path: Path) -> Faults:
    """Read a faults file, TOML or JSON. Raises ValueError for what means nothing."""
    text = path.read_text("utf-8")
    try:
        return read_faults(json.loads(text) if path.suffix == ".json" else tomllib.loads(text))
    except ValueError as problem:
        raise ValueError(f"{path.name}: {problem}") from problem
