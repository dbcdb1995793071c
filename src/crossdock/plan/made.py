"""A plan that is made, in numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from crossdock.model.findings import Finding


@dataclass(slots=True)
class Plan:
    """A plan in numbers; its records stand in the tables `plan.<entity>`."""

    digest: str
    currency: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    hours: dict[str, float] = field(default_factory=dict)
    money: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    #: The account's subscription and its requests an hour, as far as they can be told.
    account: dict[str, Any] = field(default_factory=dict)
    #: Notes, requests and hours under each way of keeping the history.
    history: dict[str, dict[str, Any]] = field(default_factory=dict)
    storage: dict[str, Any] = field(default_factory=dict)
    fires: list[dict[str, Any]] = field(default_factory=list)
    needs: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the plan as the `--json` output shows it."""
        return asdict(self) | {"findings": [f.as_json() for f in self.findings]}
