"""A model of any provider as one more scorer: asked once, with a person's consent.

The provider's key is read by its own client from its own environment variable; Crossdock neither
reads nor keeps it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from crossdock.errors import (
    ExtraMissingError,
    ExtraUnusableError,
    ModelFailedError,
    ModelNotAgreedError,
)
from crossdock.mapping.proposing.extras.recording import Record
from crossdock.mapping.proposing.extras.sending import INSTRUCTIONS, Request, digest, name_of
from crossdock.mapping.proposing.scorer import ColumnProfile, Evidence, Place, Surroundings

if TYPE_CHECKING:
    from pydantic_ai import Agent
    from pydantic_ai.models import Model

#: How far a place is a place by the model's own words; a mere guess never beats "own" alone.
_WORTH = {"sure": 1.0, "less sure": 0.75, "a guess": 0.5}
_SECONDS = 120
_REASON_LENGTH = 160
_SETTINGS = "docs/how-to/let-a-model-help.md"


@dataclass
class Answer:
    """One column's place, as the model answers."""

    column: int
    place: str
    sure: Literal["sure", "less sure", "a guess"]
    reason: str


@dataclass(frozen=True, slots=True)
class ModelScorer:
    """What a model answered, as evidence. It holds answers and asks nothing."""

    answers: Mapping[tuple[str, str], tuple[str, Evidence]] = field(default_factory=dict)
    name = "model"

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return the model's evidence for one place, if it named one of `places`."""
        key, evidence = self.answers.get((profile.object, name_of(profile)), ("", Evidence(0.0)))
        return {place.key: evidence for place in places if place.key == key}


def open_model(name: str) -> Model:
    """Return the client for `provider:model`. Sends nothing.

    Raises ExtraMissingError, ExtraUnusableError.
    """
    if not name:
        raise ExtraUnusableError(
            "crossdock.toml names no model.", next_command=f"add [proposer] model  ({_SETTINGS})"
        )
    try:
        from pydantic_ai.exceptions import UserError
        from pydantic_ai.models import infer_model
    except ImportError as error:
        raise _missing(name, error) from error
    try:
        return infer_model(name)
    except ImportError as error:
        raise _missing(name, error) from error
    except (UserError, ValueError) as error:
        raise ExtraUnusableError(
            f"The model {name!r} of crossdock.toml cannot be used: {_first_sentence(error)}.",
            next_command=f"correct [proposer] model, set the provider's key, or remove the line "
            f"({_SETTINGS})",
        ) from error


def ask(
    model: Model,
    name: str,
    messages: Sequence[Request],
    record: Record,
    *,
    agreed_to: str,
    agreed_by: str,
) -> tuple[ModelScorer, list[ModelFailedError]]:
    """Send the messages, and return the answers as a scorer, and what failed as warnings.

    `name` is `provider:model`; `agreed_to` is the `digest` of what `agreed_by` saw and agreed to.
    After a failure nothing more is sent: the answers so far count. Raises ModelNotAgreedError.
    """
    _require_consent(name, messages, agreed_to)
    answers: dict[tuple[str, str], tuple[str, Evidence]] = {}
    for message in messages:
        record.sending(name, agreed_by, message)
        try:
            answers |= _evidence(message, _answers(model, message, record))
        except ModelFailedError as failure:
            return ModelScorer(answers), [failure]
    return ModelScorer(answers), []


def _require_consent(name: str, messages: Sequence[Request], agreed_to: str) -> None:
    if agreed_to != digest(name, messages):
        raise ModelNotAgreedError(
            f"What would be sent to {name} is not what was agreed to.",
            written="Nothing was sent.",
            next_command="crossdock map propose --with-model  (it shows what would be sent, "
            "and asks)",
        )


def _answers(model: Model, message: Request, record: Record) -> list[Answer]:
    """Ask about one list; whatever happens, the record says it."""
    from pydantic_ai import Agent, capture_run_messages
    from pydantic_ai.messages import ModelMessagesTypeAdapter

    agent: Agent[None, list[Answer]] = Agent(
        model,
        output_type=list[Answer],
        instructions=INSTRUCTIONS,
        model_settings={"timeout": _SECONDS},
    )
    with capture_run_messages() as conversation:
        try:
            found = asyncio.run(agent.run(message.text)).output
        # A provider's client raises whatever its library raises; none of it may stop a proposal.
        except Exception as error:
            failure = _failure(error)
            record.answered(
                ModelMessagesTypeAdapter.dump_python(conversation, mode="json"), failure
            )
            raise ModelFailedError(
                f"The model gave no answer about the columns of {message.object}: {failure}.",
                written="The proposal was made without it.",
                next_command="run the same command again, or go on without a model",
            ) from error
    record.answered(ModelMessagesTypeAdapter.dump_python(conversation, mode="json"))
    return found


def _failure(error: Exception) -> str:
    """Return what went wrong without the provider's own text, which may hold a part of the key."""
    status: Any = getattr(error, "status_code", None)
    return type(error).__name__ + (f" {status}" if isinstance(status, int) else "")


def _evidence(
    message: Request, answers: Sequence[Answer]
) -> dict[tuple[str, str], tuple[str, Evidence]]:
    """Keep answers about columns and places that exist; the last one about a column counts."""
    return {
        (message.object, message.columns[answer.column - 1]): (
            answer.place,
            Evidence(_WORTH[answer.sure], f"the model: {_plain(answer.reason)}"),
        )
        for answer in answers
        if 1 <= answer.column <= len(message.columns) and answer.place in message.keys
    }


def _plain(reason: str) -> str:
    """Return a reason as one printable line: it goes to a terminal and into the mapping file."""
    line = " ".join(reason.split())
    return "".join(c for c in line if c.isprintable())[:_REASON_LENGTH]


def _first_sentence(error: Exception) -> str:
    return str(error).partition(". ")[0].rstrip(".")


def _missing(name: str, error: ImportError) -> ExtraMissingError:
    return ExtraMissingError(
        f"crossdock.toml names the model {name!r}, but {error.name or 'its package'} is not "
        "installed.",
        next_command=f"pip install 'crossdock[model]', or remove the line ({_SETTINGS})",
    )
