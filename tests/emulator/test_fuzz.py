"""The API against calls made from its own description, by a fuzzer: sound ones and broken ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from crossdock.emulator import Account, create_app
from crossdock.emulator.openapi import document
from crossdock.emulator.server import running

from .conftest import KEY, ManualClock
from .invariants import broken
from .populated import aimed, populate

CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
NAMES = [
    operation["operationId"]
    for path in document(Account(limits=False))["paths"].values()
    for operation in path.values()
]
_QUICK, _LONG = 3, 50


def fuzzed(max_examples: int) -> Any:
    return settings(
        max_examples=max_examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@dataclass
class Opened:
    """A fresh account with one record of every kind: the same ids each time."""

    clock: ManualClock
    account: Account
    ids: dict[str, int]
    app: Any


def opened() -> Opened:
    clock = ManualClock()
    account = Account(limits=False, clock=clock)
    ids = populate(account)
    return Opened(clock, account, ids, create_app(account))


@cache
def described() -> dict[str, APIOperation[Any, Any, Any, Any]]:
    schema = schemathesis.openapi.from_asgi("/emulator/openapi.json", opened().app)
    found = [each.ok() for each in schema.get_all_operations()]
    return {each.definition.raw["operationId"]: each for each in found}


def cases(operation: APIOperation[Any, Any, Any, Any]) -> st.SearchStrategy[Case]:
    sound = operation.as_strategy(GenerationMode.POSITIVE)
    if not (operation.body or operation.query or operation.path_parameters):
        return sound
    return st.one_of(sound, operation.as_strategy(GenerationMode.NEGATIVE))


def aim(case: Case, ids: dict[str, int]) -> None:
    """Let a case mean records that exist, every other time one of its own kind; show the key."""
    case.headers = {}
    before = case.operation.path.partition("{id}")[0].split("/")
    own = [ids[part] for part in before if part in ids]
    number = case.path_parameters.get("id")
    case.path_parameters = aimed(case.path_parameters, [*ids.values()])
    if own and type(number) is int and number % 2 == 0:
        case.path_parameters["id"] = own[-1]
    if isinstance(case.body, dict | list):
        case.body = aimed(case.body, [*ids.values()])


def judged(case: Case, response: Any) -> None:
    """Fail for an answer that the description does not know, and for a server that breaks."""
    if response.status_code == 404 and response.text == "Not Found":
        return  # a name such as `..` left the API's paths altogether
    case.validate_response(response, checks=CHECKS)
    quirk = case.operation.definition.raw.get("x-quirk") or case.media_type == "text/plain"
    assert response.status_code != 500 or quirk, response.text


def fuzz(name: str, max_examples: int) -> None:
    target = opened()

    @fuzzed(max_examples)
    @given(case=cases(described()[name]))
    def run(case: Case) -> None:
        aim(case, target.ids)
        judged(case, case.call(app=target.app, headers=KEY))
        target.clock.pass_(30)
        target.account.jobs.run_due()

    run()
    assert broken(target.account) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_call_is_answered_as_it_is_described(name: str) -> None:
    fuzz(name, _QUICK)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_many_calls_are_answered_as_they_are_described(name: str) -> None:
    fuzz(name, _LONG)


def test_over_a_socket_the_answers_are_the_same() -> None:
    account = Account(limits=False)
    ids = populate(account)
    schema = schemathesis.openapi.from_dict(document(account))
    operations = [each.ok() for each in schema.get_all_operations()]
    with running(account) as url:

        @fuzzed(40)
        @given(case=st.sampled_from(operations).flatmap(cases))
        def run(case: Case) -> None:
            aim(case, ids)
            judged(case, case.call(base_url=url, headers=KEY))

        run()
    assert broken(account) == []
