"""A model helps to propose only when a person wants it, saw what is sent, and agreed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models.function import AgentInfo, FunctionModel

from crossdock.desk.mapping import propose_mapping
from crossdock.desk.proposer import Extras
from crossdock.errors import SettingsError
from tests.integration.desks import Desk, desk_for
from tests.integration.exports import export_of

SECRET = "Zanzibar-4711"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    customer = {"customer_id": "1", "first_name": "Ann", "last_name": "Lee", "email": "a@b.example"}
    export = export_of(tmp_path / "export", customers=[customer | {"Wotsit": f"{SECRET} 1"}])
    return desk_for(tmp_path / "project", export)


def _settings(desk: Desk) -> None:
    path = desk.bench.project.folder / "crossdock.toml"
    path.write_text(path.read_text("utf-8") + '\n[proposer]\nmodel = "test:one"\n', "utf-8")


def _propose(desk: Desk, extras: Extras) -> Any:
    with desk.bench.project.database() as connection:
        policies = desk.bench.default_policies()
        return propose_mapping(desk.bench, connection, policies, extras=extras)[0]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches a provider: the library's own model for tests answers in its place."""
    texts: list[str] = []

    def answer(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        texts.append(str(messages))
        raise RuntimeError("the provider is away")

    monkeypatch.setattr(
        "crossdock.mapping.proposing.extras.model.open_model", lambda name: FunctionModel(answer)
    )
    return texts


def test_without_a_wish_no_model_is_asked(desk: Desk, sent: list[str]) -> None:
    _settings(desk)
    _propose(desk, Extras(desk.bench))
    assert sent == []


def test_without_a_yes_nothing_is_sent_and_the_program_proposes_alone(
    desk: Desk, sent: list[str]
) -> None:
    _settings(desk)
    shown: list[str] = []
    extras = Extras(desk.bench, lambda text, digest: bool(shown.append(text)))
    proposed = _propose(desk, extras)
    assert sent == []
    assert "Wotsit" in shown[0]
    assert SECRET not in shown[0]
    assert extras.warnings == ["Nothing was sent to a model; the program proposed alone."]
    assert "custom:Wotsit" in {line.target for line in proposed.mapping.lines}


def test_a_provider_that_fails_is_told_and_the_proposal_is_made_without_it(
    desk: Desk, sent: list[str]
) -> None:
    _settings(desk)
    extras = Extras(desk.bench, lambda text, digest: True, by="Ann")
    proposed = _propose(desk, extras)
    assert len(sent) == 1
    assert SECRET not in sent[0]
    assert "[E331]" in extras.warnings[0]
    assert "custom:Wotsit" in {line.target for line in proposed.mapping.lines}
    kept = (desk.bench.project.reports / "model-proposals.json").read_text("utf-8")
    assert json.loads(kept)[0]["agreed_by"] == "Ann"


def test_a_model_that_is_not_named_is_E112(desk: Desk) -> None:  # noqa: N802
    extras = Extras(desk.bench, lambda text, digest: True)
    with pytest.raises(SettingsError, match=r"\[E112\] No model is named in crossdock.toml"):
        _propose(desk, extras)
