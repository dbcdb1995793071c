"""How pieces of evidence add up. Every number of the proposer that is not a fact stands here."""

from __future__ import annotations

from collections.abc import Mapping

from crossdock.mapping.proposing.scorer import OWN, Evidence

#: What each kind of evidence adds when it speaks for a place, and takes away when against.
FOR: Mapping[str, float] = {"values": 0.30, "types": 0.08, "structure": 0.12}
AGAINST: Mapping[str, float] = {"values": 0.45, "types": 0.25, "structure": 0.80}
#: Kinds of evidence that are grounds of their own; the others only confirm or contradict.
GROUNDS: Mapping[str, float] = {"names": 1.0, "embeddings": 0.75, "model": 0.9}
#: Likeness counts more than in proportion: half a likeness is next to none.
SHARPNESS = 1.0
#: What being the tenant's own field is worth before anything is known, and what speaks for it.
OWN_AT_FIRST, OWN_MARKED = 0.42, 0.35
#: A field of the destination is worth a little less than a column that the route knows.
FIELD = 0.97


def total(key: str, evidence: Mapping[str, Evidence]) -> float:
    """Return what all evidence for one place comes to; `evidence` is by the scorer's name.

    Values, types and the list confirm a likeness and are no likeness themselves: a column of phone
    numbers is not the customer's phone because of that alone.
    """
    if key == OWN:
        said = max((max(e.score, 0.0) for e in evidence.values()), default=0.0)
        return OWN_AT_FIRST + OWN_MARKED * said
    likeness = max(
        (weight * evidence[name].score for name, weight in GROUNDS.items() if name in evidence),
        default=0.0,
    )
    if likeness <= 0:
        return 0.0
    grounds = float(likeness**SHARPNESS)
    confirming = sum(w * max(evidence[n].score, 0.0) for n, w in FOR.items() if n in evidence)
    against = sum(w * min(evidence[n].score, 0.0) for n, w in AGAINST.items() if n in evidence)
    worth = grounds * (1 + confirming) + against
    return worth * FIELD if key.startswith("field:") else worth
