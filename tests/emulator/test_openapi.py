from __future__ import annotations

import json
import re
from typing import Any

import pytest

from crossdock.emulator import Account
from crossdock.emulator.http.table import build
from crossdock.emulator.openapi import document
from crossdock.emulator.openapi.operations import operations

from .conftest import Api


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return document(Account(limits=False))


def test_every_route_is_described() -> None:
    routes = {f"{route.method} {route.pattern}" for route in build(Account()).routes()}
    assert routes - set(operations()) == set()


def test_every_reference_leads_to_a_component(described: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/(\w+)/(\w+)"', json.dumps(described)))
    assert {
        (kind, name) for kind in described["components"] for name in described["components"][kind]
    } >= named


def test_a_path_stands_where_its_door_is(described: dict[str, Any]) -> None:
    paths = described["paths"]
    assert "/api/contacts/{id}" in paths
    assert "/settings/tags" in paths
    assert "/api/settings/tags" not in paths
    assert "Also without `/api`" in paths["/api/notes"]["post"]["description"]


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    names = [each["operationId"] for path in described["paths"].values() for each in path.values()]
    assert len(names) == len(set(names))


def test_fields_have_the_types_and_the_choices_of_the_account(open_account: Any) -> None:
    account = open_account().account
    fields = document(account)["components"]["schemas"]["deal_fields"]["properties"]
    stages = [stage["id"] for stage in account.catalog.items("deal_stages")]
    assert fields["deal_stage_id"]["enum"] == [*stages, None]
    assert fields["closed_date"] == {
        "type": ["string", "null"],
        "format": "date",
        "title": "Closed date",
    }


def test_a_new_custom_field_is_in_the_document(api: Api) -> None:
    body = {"label": "Gate code", "type": "text"}
    api.post("settings/contacts/forms/1/fields", body)
    fields = document(api.account)["components"]["schemas"]["contact_fields"]["properties"]
    assert fields["custom_field"]["properties"]["cf_gate_code"]["maxLength"] == 256


def test_a_call_that_always_refuses_promises_nothing(described: dict[str, Any]) -> None:
    assert set(described["paths"]["/api/leads"]["get"]["responses"]) == {
        "401",
        "403",
        "404",
        "406",
        "429",
    }


def test_what_breaks_the_real_server_is_told(described: dict[str, Any]) -> None:
    operation = described["paths"]["/settings/tags"]["post"]
    assert operation["x-quirk"] == "Answers 500 to a tag without a name."
    assert "500" in operation["responses"]


def test_browsers_read_of_the_login_page_and_of_the_token(described: dict[str, Any]) -> None:
    paths = described["paths"]
    assert {"302", "422"} <= set(paths["/settings/tags"]["post"]["responses"])
    assert "422" not in paths["/settings/tags"]["get"]["responses"]
    assert "302" not in paths["/api/contacts"]["post"]["responses"]


def test_the_document_is_served_without_a_key(wire: Api) -> None:
    shown = wire.send("GET", "http://acme.test/emulator/openapi.json")
    assert shown.status_code == 200
    assert shown.json() == json.loads(json.dumps(document(wire.account)))
