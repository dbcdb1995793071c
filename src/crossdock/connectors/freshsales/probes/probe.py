"""A question to an account, and what was answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from crossdock.connectors.freshsales.probes.asker import Asker

Work: TypeAlias = Callable[["Asker"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Probe:
    """One question: `work` asks it with at most `requests` requests.

    `topic` is where the reference leaves it open. `creates` counts the records that it makes, by
    the path of their kind; each costs one more request to delete. `feature` names what the plan
    must have, as a `Description` does, where not every plan has it.
    """

    name: str
    question: str
    topic: str
    work: Work
    requests: int = 1
    creates: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    feature: str = ""

    @property
    def cost(self) -> int:
        """Return how many requests the probe may take, deleting included."""
        return self.requests + sum(self.creates.values())


@dataclass(slots=True)
class Reply:
    """One request of a probe and its answer, without values.

    `status` is None when no answer came; `lost` then says why. `shape` has the types of the body by
    path.
    """

    step: str
    method: str
    path: str
    sent: tuple[str, ...] = ()
    status: int | None = None
    lost: str = ""
    text: tuple[str, ...] = ()
    shape: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Return whether the request was done."""
        return self.status is not None and 200 <= self.status < 300

    def as_json(self) -> dict[str, Any]:
        """Return the answer as a file holds it; the request stands elsewhere."""
        shown: dict[str, Any] = {"step": self.step, "status": self.status, "body": self.shape}
        if self.lost:
            shown["lost"] = self.lost
        if self.text:
            shown["text"] = list(self.text)
        return shown


@dataclass(slots=True)
class Observation:
    """What one account answered to one probe.

    `facts` are compared, `noted` is only written down. `skipped` says why nothing was asked,
    `failed` why the probe ended early.
    """

    replies: dict[str, Reply] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    noted: dict[str, Any] = field(default_factory=dict)
    skipped: str = ""
    failed: str = ""

    def requests(self) -> list[dict[str, Any]]:
        """Return what was asked: method, path without ids, keys of the body."""
        return [
            {"step": r.step, "method": r.method, "path": r.path, "body_keys": list(r.sent)}
            for r in self.replies.values()
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the answers as a file holds them."""
        shown: dict[str, Any] = {
            "answers": [reply.as_json() for reply in self.replies.values()],
            "facts": self.facts,
            "noted": self.noted,
        }
        if self.skipped:
            shown["skipped"] = self.skipped
        if self.failed:
            shown["failed"] = self.failed
        return shown
