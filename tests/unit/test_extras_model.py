"""A model that helps to propose: asked only with consent, sent no value, never sure by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic_ai.exceptions import ModelHTTPError
from pydantic_ai.messages import ModelMessage, ModelResponse, ToolCallPart
from pydantic_ai.models import Model
from pydantic_ai.models.function import AgentInfo, FunctionModel
from pydantic_ai.models.test import TestModel

from crossdock.errors import (
    ExtraMissingError,
    ExtraUnusableError,
    ModelFailedError,
    ModelNotAgreedError,
    SettingsError,
)
from crossdock.mapping.proposing.extras.model import ModelScorer, ask, open_model
from crossdock.mapping.proposing.extras.recording import Record
from crossdock.mapping.proposing.extras.sending import digest, requests, sha256
from crossdock.mapping.proposing.scorer import OWN, ColumnProfile, Place, Surroundings

NAME = "somebody:clever-1"
MOBILE = Place("column:mobile", "Mobile")
PLACES = [MOBILE, Place("column:notes", "Notes"), Place(OWN, "your own field")]
COLUMNS = [
    ColumnProfile("customer", "Cust Hndy", "cust_hndy", rows=4, filled=4, distinct=4),
    ColumnProfile("customer", "Gate code", "gate_code", rows=4, filled=2, distinct=2),
]
MESSAGES = requests(COLUMNS, PLACES)
AROUND = Surroundings("customer")


def answer(column: int, place: str, sure: str = "sure", reason: str = "means a phone") -> Any:
    return {"column": column, "place": place, "sure": sure, "reason": reason}


def answering(*answers: Any) -> FunctionModel:
    def function(messages: Sequence[ModelMessage], info: AgentInfo) -> ModelResponse:
        tool = info.output_tools[0].name
        return ModelResponse(parts=[ToolCallPart(tool, {"response": list(answers)})])

    return FunctionModel(function)


def failing(error: Exception) -> FunctionModel:
    def function(messages: Sequence[ModelMessage], info: AgentInfo) -> ModelResponse:
        raise error

    return FunctionModel(function)


@pytest.fixture
def asked(tmp_path: Path) -> Callable[..., tuple[ModelScorer, list[ModelFailedError]]]:
    def run(model: Model, messages: Any = MESSAGES, agreed_to: str = "") -> Any:
        record = Record(tmp_path)
        agreed = agreed_to or digest(NAME, messages)
        return ask(model, NAME, messages, record, agreed_to=agreed, agreed_by="Dana")

    return run


def recorded(folder: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((folder / "model-proposals.json").read_text())
    return entries


def test_an_answer_becomes_evidence_with_the_models_reason(asked: Any) -> None:
    scorer, warnings = asked(answering(answer(1, "column:mobile"), answer(2, OWN, "a guess")))

    found = scorer.score(COLUMNS[0], PLACES, AROUND)
    assert list(found) == ["column:mobile"]
    assert found["column:mobile"].reason == "the model: means a phone"
    assert scorer.score(COLUMNS[1], PLACES, AROUND)[OWN].score < found["column:mobile"].score
    assert warnings == []


@pytest.mark.parametrize("column", [0, -1, 3])
def test_an_answer_about_no_column_is_left_out(asked: Any, column: int) -> None:
    scorer, _ = asked(answering(answer(column, "column:mobile")))

    assert scorer.answers == {}


def test_an_answer_with_a_place_that_was_not_offered_is_left_out(asked: Any) -> None:
    scorer, _ = asked(answering(answer(1, "column:bank_account")))

    assert scorer.score(COLUMNS[0], PLACES, AROUND) == {}


def test_whatever_a_client_invents_of_the_right_type_does_no_harm(asked: Any) -> None:
    scorer, warnings = asked(TestModel())

    assert (scorer.answers, warnings) == ({}, [])


def test_a_reason_is_one_short_printable_line(asked: Any) -> None:
    scorer, _ = asked(
        answering(answer(1, "column:mobile", reason="a\n\x1b[31mred\u202e" + "x" * 999))
    )

    reason = scorer.score(COLUMNS[0], PLACES, AROUND)["column:mobile"].reason
    assert reason.isprintable()
    assert len(reason) < 200


def test_nothing_is_sent_that_is_not_what_was_agreed_to(asked: Any, tmp_path: Path) -> None:
    other = requests(COLUMNS[:1], PLACES)

    with pytest.raises(ModelNotAgreedError) as caught:
        asked(failing(AssertionError("sent")), agreed_to=digest(NAME, other))

    assert caught.value.code == "E133"
    assert "is not what was agreed to. Nothing was sent." in str(caught.value)
    assert not (tmp_path / "model-proposals.json").exists()


def test_consent_to_one_model_is_no_consent_to_another() -> None:
    assert digest(NAME, MESSAGES) != digest("somebody:else", MESSAGES)


def test_what_was_sent_and_answered_is_recorded_with_time_model_and_digests(
    asked: Any, tmp_path: Path
) -> None:
    asked(answering(answer(1, "column:mobile")))

    (entry,) = recorded(tmp_path)
    assert (entry["provider"], entry["model"], entry["agreed_by"]) == (
        "somebody",
        "clever-1",
        "Dana",
    )
    assert entry["time"].endswith("+00:00")
    assert entry["sent"] == MESSAGES[0].text
    assert entry["sent_sha256"] == sha256(MESSAGES[0].text)
    assert entry["conversation"][0]["parts"][0]["content"] == MESSAGES[0].text
    assert entry["conversation"][0]["instructions"] == entry["instructions"]
    assert "column:mobile" in json.dumps(entry["conversation"][1])
    assert len(entry["conversation_sha256"]) == 64


def test_the_record_is_there_before_the_message_leaves(asked: Any, tmp_path: Path) -> None:
    seen = []

    def function(messages: Sequence[ModelMessage], info: AgentInfo) -> ModelResponse:
        seen.extend(recorded(tmp_path))
        return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, {"response": []})])

    asked(FunctionModel(function))

    assert [entry["sent"] for entry in seen] == [MESSAGES[0].text]


def test_a_later_run_keeps_the_record_of_an_earlier_one(asked: Any, tmp_path: Path) -> None:
    asked(answering())
    asked(answering())

    assert len(recorded(tmp_path)) == 2


def test_a_record_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "model-proposals.json").write_text("{half")

    with pytest.raises(SettingsError, match="it should tell what was sent to a model before"):
        Record(tmp_path)

    assert (tmp_path / "model-proposals.json").read_text() == "{half"


def test_a_provider_that_fails_is_a_warning_and_nothing_more_is_sent(
    asked: Any, tmp_path: Path
) -> None:
    error = ModelHTTPError(401, "clever-1", {"message": "Incorrect key sk-secret-1234"})
    two = [*MESSAGES, *requests(COLUMNS[:1], PLACES)]

    scorer, warnings = asked(failing(error), two)

    assert scorer.answers == {}
    assert [warning.code for warning in warnings] == ["E331"]
    assert "no answer about the columns of customer: ModelHTTPError 401." in str(warnings[0])
    assert "The proposal was made without it." in str(warnings[0])
    assert [entry["failure"] for entry in recorded(tmp_path)] == ["ModelHTTPError 401"]
    assert "sk-secret" not in (tmp_path / "model-proposals.json").read_text()


def test_answers_of_the_wrong_form_are_a_warning_too(asked: Any) -> None:
    _, warnings = asked(answering({"column": "first", "place": 7}))

    assert [warning.code for warning in warnings] == ["E331"]


def test_a_model_of_no_known_provider_is_refused_with_the_setting_to_correct() -> None:
    with pytest.raises(ExtraUnusableError) as caught:
        open_model("nobody:at-all")

    assert caught.value.code == "E132"
    assert "The model 'nobody:at-all' of crossdock.toml cannot be used" in str(caught.value)
    assert "correct [proposer] model" in str(caught.value)


def test_without_a_model_in_the_settings_the_message_says_where_to_add_it() -> None:
    with pytest.raises(ExtraUnusableError, match=r"names no model\. .* add \[proposer\] model"):
        open_model("")


def test_without_the_package_the_message_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pydantic_ai.exceptions", None)

    with pytest.raises(ExtraMissingError) as caught:
        open_model(NAME)

    assert caught.value.code == "E131"
    assert "names the model 'somebody:clever-1', but pydantic_ai" in str(caught.value)
    assert "pip install 'crossdock[model]'" in str(caught.value)


def test_the_program_starts_without_the_packages_behind_the_extras() -> None:
    code = (
        "import sys, crossdock.mapping.proposing.extras.together; "
        "sys.exit(bool({'pydantic_ai', 'sentence_transformers'} & set(sys.modules)))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_columns_without_a_staged_name_are_told_apart_by_their_headers(asked: Any) -> None:
    sampled = [ColumnProfile("customer", header) for header in ("Hndy", "Gate code")]

    scorer, _ = asked(answering(answer(1, "column:mobile")), requests(sampled, PLACES))

    assert [list(scorer.score(column, PLACES, AROUND)) for column in sampled] == [
        ["column:mobile"],
        [],
    ]
