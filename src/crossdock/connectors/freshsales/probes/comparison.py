"""Where two accounts answer differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crossdock.connectors.freshsales.probes.probe import Observation, Probe, Reply

ABSENT: Final = "absent"
_HIDDEN_BY_PLAN: Final = (402, 403, 404)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two accounts say differently.

    `kind` is status, text, body or fact; `what` names the step and the path or fact.
    """

    probe: str
    kind: str
    what: str
    one: Any
    other: Any


def compare(
    probe: Probe, one: Observation, other: Observation, *, plan_known: bool = True
) -> list[Difference]:
    """Return where two observations of a probe differ, in a stable order.

    Only what both were asked is compared, and only where there is something on both sides: an empty
    list says nothing about its items, null nothing about a type. A feature that one account
    does not show is no difference while its plan is unknown.
    """
    if one.skipped or other.skipped:
        return []
    if probe.feature and not plan_known and _hidden(other):
        return []
    found: list[Difference] = []
    for step, reply in one.replies.items():
        if step in other.replies:
            found += _replies(probe.name, reply, other.replies[step])
    for name in sorted(one.facts.keys() & other.facts.keys()):
        mine, theirs = one.facts[name], other.facts[name]
        if mine != theirs:
            found.append(Difference(probe.name, "fact", name, *_apart(mine, theirs)))
    if one.failed != other.failed:
        found.append(
            Difference(
                probe.name, "status", "the probe itself", one.failed or "ok", other.failed or "ok"
            )
        )
    return found


def _hidden(observation: Observation) -> bool:
    return any(reply.status in _HIDDEN_BY_PLAN for reply in observation.replies.values())


def _replies(probe: str, one: Reply, other: Reply) -> Iterator[Difference]:
    step = one.step
    if one.status != other.status:
        yield Difference(probe, "status", step, _status(one), _status(other))
    if one.text != other.text:
        yield Difference(probe, "text", step, list(one.text), list(other.text))
    if one.ok == other.ok:
        for path, mine, theirs in _shapes(one.shape, other.shape):
            yield Difference(probe, "body", f"{step}: {path}", mine, theirs)


def _status(reply: Reply) -> Any:
    return reply.lost or reply.status


def _shapes(one: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for path in sorted(one.keys() | other.keys()):
        mine, theirs = one.get(path), other.get(path)
        if mine is not None and theirs is not None:
            types, others = _types(mine), _types(theirs)
            if types and others and types != others:
                yield path, mine, theirs
        elif _comparable(path, other if mine is not None else one, mine or theirs or ""):
            yield path, mine or ABSENT, theirs or ABSENT


def _comparable(path: str, lacking: Mapping[str, str], types: str) -> bool:
    """Say whether the side that lacks a path has the place where it would stand.

    Items of an empty list and keys that are a customer's are no difference.
    """
    if path.endswith(("[]", "*")):
        return False
    parent = path.rpartition(".")[0]
    if not parent:
        # One body has something and the other is empty.
        return bool(types)
    return "object" in _types(lacking.get(parent, ""))


def _types(joined: str) -> set[str]:
    return {part for part in joined.split("|") if part and part != "null"}


def _apart(one: Any, other: Any) -> tuple[Any, Any]:
    """Return two facts; of two lists, only what each has alone."""
    if not (isinstance(one, list) and isinstance(other, list)):
        return one, other
    return [v for v in one if v not in other], [v for v in other if v not in one]
