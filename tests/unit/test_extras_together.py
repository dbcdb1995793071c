"""A proposal with a model's help: it may point elsewhere, and is never sure by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crossdock.mapping.proposing import HIGH, OWN, ColumnProposal, propose_columns
from crossdock.mapping.proposing.extras.model import ModelScorer
from crossdock.mapping.proposing.extras.together import propose_together
from crossdock.mapping.proposing.scorer import ColumnProfile, Evidence, Place, Surroundings

PLACES = [
    Place("column:mobile", "Mobile", names=("Mobile",)),
    Place("column:suburb", "Suburb", names=("Suburb",)),
    Place(OWN, "your own field"),
]
AROUND = Surroundings("customer")


class Told:
    """Evidence from names that the test decides."""

    name = "names"

    def __init__(self, **scores: float) -> None:
        self.scores = {f"column:{place}": Evidence(score) for place, score in scores.items()}

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        return self.scores


def together(names: Told, answer: str) -> ColumnProposal:
    profile = ColumnProfile("customer", "Handy", "handy")
    model = ModelScorer({("customer", "handy"): (answer, Evidence(1.0, "the model: a phone"))})
    (proposal,) = propose_together([profile], PLACES, AROUND, [names], model)
    return proposal


def alone(names: Told) -> ColumnProposal:
    profile = ColumnProfile("customer", "Handy", "handy")
    return propose_columns([profile], PLACES, AROUND, [names])[0]


def test_a_place_that_only_the_model_names_is_proposed_as_less_sure() -> None:
    proposal = together(Told(), "column:mobile")

    assert proposal.place.key == "column:mobile"
    assert proposal.confidence < HIGH
    assert "the model: a phone" in proposal.reason


def test_a_model_that_says_otherwise_leaves_nothing_sure() -> None:
    assert not together(Told(mobile=0.7), "column:suburb").is_high


def test_a_model_that_agrees_changes_no_place_and_may_make_surer() -> None:
    names = Told(mobile=0.95)

    proposal = together(names, "column:mobile")

    assert proposal.place == alone(names).place
    assert proposal.confidence >= alone(names).confidence
