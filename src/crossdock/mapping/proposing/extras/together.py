"""The proposal with a model's help: it may point elsewhere, and is never sure by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crossdock.mapping.proposing.columns import HIGH, ColumnProposal, propose_columns
from crossdock.mapping.proposing.extras.model import ModelScorer
from crossdock.mapping.proposing.scorer import ColumnProfile, Place, Scorer, Surroundings

#: The highest confidence of a proposal that only a model makes: it is shown as less sure.
LESS_SURE = HIGH - 0.01


def propose_together(
    profiles: Sequence[ColumnProfile],
    places: Sequence[Place],
    around: Surroundings,
    scorers: Sequence[Scorer],
    model: ModelScorer,
) -> list[ColumnProposal]:
    """Return a proposal for each column of one list, with what a model answered.

    Where the other scorers would have chosen another place, the confidence is LESS_SURE at most.
    """
    alone = propose_columns(profiles, places, around, scorers)
    helped = propose_columns(profiles, places, around, (*scorers, model))
    return [_limited(*pair) for pair in zip(alone, helped, strict=True)]


def _limited(alone: ColumnProposal, helped: ColumnProposal) -> ColumnProposal:
    if alone.place.key == helped.place.key:
        return helped
    return replace(helped, confidence=min(helped.confidence, LESS_SURE))
