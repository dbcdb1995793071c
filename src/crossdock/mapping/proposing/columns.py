"""The proposal for the columns of one list: each with its best places, a confidence, a reason."""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crossdock.mapping.proposing.assign import assign
from crossdock.mapping.proposing.names import Names
from crossdock.mapping.proposing.scorer import (
    OWN,
    ColumnProfile,
    Evidence,
    Place,
    Scorer,
    Surroundings,
)
from crossdock.mapping.proposing.structure import Structure
from crossdock.mapping.proposing.types import Types
from crossdock.mapping.proposing.values import Values
from crossdock.mapping.proposing.weights import GROUNDS, total

#: From this on a confidence is high: at most one such proposal in a hundred is meant to be wrong.
HIGH = 0.9
#: So many candidates are shown.
_SHOWN = 3
#: A place that is worth less is not like the column at all, and no reason speaks of it.
_ALIKE = 0.25
#: The scorers that are always on, none of which needs anything but the export.
ALWAYS_ON: tuple[Scorer, ...] = (Names(), Values(), Types(), Structure())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a column could have; `worth` is what its evidence comes to, about 0 to 1.4."""

    place: Place
    worth: float
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """What a column seems to be.

    `candidates` are the best places, the chosen one first. `lead` is how much more the chosen one
    is worth than the next best that was free. `confidence` is from 0 to 1: of labelled columns with
    such a lead, that share was right.
    """

    profile: ColumnProfile
    place: Place
    confidence: float
    reason: str
    candidates: Sequence[Candidate] = ()
    lead: float = 0.0

    @property
    def is_high(self) -> bool:
        """Return whether the confidence is high."""
        return self.confidence >= HIGH


def propose_columns(
    profiles: Sequence[ColumnProfile],
    places: Sequence[Place],
    around: Surroundings,
    scorers: Sequence[Scorer] = ALWAYS_ON,
) -> list[ColumnProposal]:
    """Return a proposal for each column of one list, in the order of the profiles.

    `places` are those of the list's object, see `places_of`; no place is proposed twice, but that
    of the tenant's own fields. `around` names all headers of the list and what is taken already.
    """
    found = [_evidence(profile, places, around, scorers) for profile in profiles]
    totals = [{key: total(key, e) for key, e in by_place.items()} for by_place in found]
    chosen = assign(totals, [f"{p.header}\n{p.column}" for p in profiles])
    held = {key for key in chosen if key != OWN}
    named = {place.key: place for place in places}
    return [
        _proposal(profile, named, key, worths, evidence, held - {key})
        for profile, key, worths, evidence in zip(profiles, chosen, totals, found, strict=True)
    ]


def _evidence(
    profile: ColumnProfile, places: Sequence[Place], around: Surroundings, scorers: Sequence[Scorer]
) -> dict[str, dict[str, Evidence]]:
    """Return all evidence by place and scorer.

    First come the scorers that may be grounds of their own; the others are asked only of places
    that one of these has named, for they confirm or contradict.
    """
    found: dict[str, dict[str, Evidence]] = {OWN: {}}
    likely = places
    for scorer in sorted(scorers, key=lambda s: s.name not in GROUNDS):
        if scorer.name not in GROUNDS:
            likely = [place for place in places if place.key in found]
        for key, evidence in scorer.score(profile, likely, around).items():
            found.setdefault(key, {})[scorer.name] = evidence
    return found


def _proposal(
    profile: ColumnProfile,
    places: Mapping[str, Place],
    key: str,
    worths: Mapping[str, float],
    evidence: Mapping[str, Mapping[str, Evidence]],
    held: set[str],
) -> ColumnProposal:
    free = {k: w for k, w in worths.items() if k not in held and k != key}
    rival = max(free.values(), default=0.0)
    ranked = sorted((k for k in worths if k != key), key=lambda k: (-worths[k], k))
    candidates = [
        Candidate(places[k], round(worths[k], 3), _reason(evidence[k]))
        for k in (key, *ranked)
        if worths[k] > 0
    ]
    best_other = next((k for k in ranked if k != OWN and worths[k] >= _ALIKE), None)
    reason = _reason(evidence[key])
    if key == OWN:
        reason = _own_reason(reason, places.get(best_other or ""), best_other in held, evidence)
    kind = OWN if key == OWN else "place"
    lead = worths[key] - rival
    confidence = confidence_of(kind, lead)
    return ColumnProposal(profile, places[key], confidence, reason, candidates[:_SHOWN], lead)


def _reason(evidence: Mapping[str, Evidence]) -> str:
    """Return what speaks for a place, in words, and what speaks against it."""
    said = [e.reason for e in evidence.values() if e.reason and e.score > 0]
    against = [e.reason for e in evidence.values() if e.reason and e.score < 0]
    return "; ".join(said + [f"but {reason}" for reason in against])


def _own_reason(
    said: str,
    other: Place | None,
    is_held: bool,
    evidence: Mapping[str, Mapping[str, Evidence]],
) -> str:
    """Say why a column is the tenant's own: what marks it, and why the likest place is not it."""
    if other is None:
        return said or "no column or field is called anything like it"
    against = [e.reason for e in evidence[other.key].values() if e.score < 0 and e.reason]
    if is_held:
        against = ["another column is that"]
    likest = f"the likest is {other.label}"
    return "; ".join(x for x in (said, likest + (f", but {against[0]}" if against else "")) if x)


def confidence_of(kind: str, margin: float) -> float:
    """Return the probability that belongs to a lead over the next best place, from 0 to 1."""
    leads, shares = _calibration()[kind]
    return shares[max(bisect_right(leads, margin) - 1, 0)]


@cache
def _calibration() -> Mapping[str, tuple[list[float], list[float]]]:
    """Return by kind the leads and the share of right proposals from each lead on."""
    text = resources.files(__package__).joinpath("calibration.toml").read_text("utf-8")
    return {
        kind: ([lead for lead, _ in steps], [share for _, share in steps])
        for kind, steps in tomllib.loads(text).items()
    }
