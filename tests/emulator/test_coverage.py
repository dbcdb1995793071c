from __future__ import annotations

import re

import pytest

from crossdock.emulator import Account
from crossdock.emulator.coverage import Operation, Status, markdown, operations
from crossdock.emulator.http.router import Doors, Route
from crossdock.emulator.http.table import build

from .conftest import Api

ROUTER = build(Account())
ROUTES = list(ROUTER.routes())


def nameless(path: str) -> str:
    return re.sub(r":\w+", ":", path)


def calls(operation: Operation) -> set[tuple[str, str]]:
    return {(operation.method, nameless(path)) for path in operation.paths()}


SERVED = {(route.method, nameless(route.pattern)): route for route in ROUTES}
TOLD = {call: each for each in operations() for call in calls(each)}


def answers(api: Api, operation: Operation) -> list[int]:
    """Call every path of an operation through every door it has."""
    pet = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}
    api.account.modules.create(pet)
    found = []
    for path in operation.paths():
        route = SERVED.get((operation.method, nameless(path)))
        doors = [""] if route is not None and route.doors is Doors.API else ["", "/"]
        found += [api(operation.method, door + probe(path)).status_code for door in doors]
    return found


def probe(path: str) -> str:
    """Return a path with something in place of every name."""
    return re.sub(r":\w+", "1", path.replace(":entity_name", "cm_pet"))


def with_status(*wanted: Status) -> pytest.MarkDecorator:
    some = [each for each in operations() if each.status in wanted]
    return pytest.mark.parametrize("operation", some, ids=lambda each: each.name)


@with_status(Status.EMULATED, Status.REFUSED)
def test_what_the_table_of_coverage_promises_has_a_route(operation: Operation) -> None:
    for path in operation.paths():
        assert ROUTER.find(operation.method, probe(path)), path


@pytest.mark.parametrize("route", ROUTES, ids=lambda each: f"{each.method} {each.pattern}")
def test_every_route_is_in_the_table_of_coverage(route: Route) -> None:
    assert (route.method, nameless(route.pattern)) in TOLD


@with_status(Status.REFUSED)
def test_what_is_refused_on_purpose_says_no(api: Api, operation: Operation) -> None:
    telephony = operation.name == "log-telephony-call"
    assert set(answers(api, operation)) == {400 if telephony else 403}


@with_status(Status.ABSENT, Status.MISSING)
def test_what_is_not_there_answers_404(api: Api, operation: Operation) -> None:
    assert set(answers(api, operation)) == {404}


def test_what_is_inferred_or_missing_says_what_is_unknown() -> None:
    silent = [
        each.name
        for each in operations()
        if not each.unknown and (each.certainty == "inferred" or each.status is Status.MISSING)
    ]
    assert silent == []


def test_the_page_lists_the_operations() -> None:
    assert "| create-link | `POST document_links` | emulated | documented |" in markdown()
