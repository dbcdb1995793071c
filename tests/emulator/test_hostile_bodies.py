"""Bodies of the wrong shape: lists for objects, objects for lists, floods, and words that bite."""

from __future__ import annotations

from typing import Any

import pytest

from crossdock.emulator.openapi import document

from .conftest import BASE, Api
from .populated import populate

INVALID = (400, ["Invalid or missing attributes"])
SHAPES: list[Any] = [None, True, 0, 1.5, "x", [], [[]], [None], {}, {"": {}}, {"x": [{}]}]
BITING = [
    "'; DROP TABLE contacts; --",
    "' OR '1'='1",
    "%' AND 1=0 UNION SELECT * FROM users --",
    "(a+)+$",
    ".*",
    "[",
    "(?P<x>",
    "\\",
    "{}",
    "{0.__class__}",
    "%s%n",
    "${jndi:ldap://x}",
    "<script>alert(1)</script>",
    "\0",
    "\u202e",
]


@pytest.fixture
def full(api: Api) -> tuple[Api, dict[str, int]]:
    return api, populate(api.account)


def test_no_body_of_another_shape_breaks_any_call(full: tuple[Api, dict[str, int]]) -> None:
    api, ids = full
    api.account.limiter.on = False
    described = document(api.account)
    named = {"module": "contacts", "entity": "contact", "entity_name": "cm_job"}
    for path, methods in described["paths"].items():
        known = {"id": ids.get(path.split("/")[2], 1), "form_id": 1, "a": 1, "b": 1, **named}
        for method, operation in methods.items():
            if "requestBody" not in operation:
                continue
            root = _root(described, operation)
            for body in SHAPES:
                for sent in (body, {root: body}):
                    response = api(method.upper(), BASE + path.format(**known), sent)
                    if "x-quirk" not in operation:
                        assert response.status_code < 500, (method, path, sent)


def _root(described: dict[str, Any], operation: dict[str, Any]) -> str:
    """Return the first name that a body must have."""
    (content,) = operation["requestBody"]["content"].values()
    name = content["schema"]["$ref"].rpartition("/")[2]
    required = described["components"]["schemas"][name].get("required", ["x"])
    return str(required[0])


@pytest.mark.parametrize("count", [101, 10_000])
def test_more_than_a_hundred_records_at_once_are_refused(api: Api, count: int) -> None:
    items = [{"emails": f"{i}@x.co", "data": {"last_name": "A"}} for i in range(count)]
    status, texts = api.refused("POST", "contacts/bulk_upsert", {"contacts": items})
    assert (status, texts) == (400, ["Maximum of 100 records can be upserted at once"])
    api.clock.pass_(60)
    assert api.get(f"contacts/view/{api.view('contacts', 'All Contacts')}")["meta"]["total"] == 0


@pytest.mark.parametrize("item", [1, "x", None, [], [{}], True])
def test_a_bulk_item_that_is_no_object_refuses_the_call(api: Api, item: Any) -> None:
    good = {"emails": "a@x.co", "data": {"last_name": "A"}}
    assert api.refused("POST", "contacts/bulk_upsert", {"contacts": [good, item]}) == INVALID


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"data": {"last_name": "A"}},
        {"emails": None, "data": {}},
        {"emails": "", "data": {}},
        {"shoe": 1, "data": {}},
        {"id": "x", "data": {}},
        {"id": "9" * 5000, "data": {}},
        {"emails": "a@x.co", "data": "x"},
        {"emails": "a@x.co", "data": [1]},
        {"emails": "a@x.co", "data": 7},
        {"emails": "no address", "data": {}},
    ],
)
def test_a_bulk_item_that_means_nothing_fails_alone(api: Api, item: dict[str, Any]) -> None:
    good = {"emails": "good@x.co", "data": {"last_name": "A"}}
    body = {"contacts": [good, item, good]}
    address = api.post("contacts/bulk_upsert", body)["job_status_url"]
    api.clock.pass_(5)
    done = api.get(address)
    assert done["status"] == "completed"
    assert done["data"]["record_status"] == {"succeeded": 2, "failed": 1}


def test_of_two_identifiers_the_first_one_counts(api: Api) -> None:
    one, two = api.contact(external_id="1"), api.contact(external_id="2")
    item = {"external_id": "1", "id": two["id"], "data": {"job_title": "Baker"}}
    api.post("contacts/bulk_upsert", {"contacts": [item]})
    api.clock.pass_(5)
    titles = [api.get(f"contacts/{each['id']}")["contact"]["job_title"] for each in (one, two)]
    assert titles == ["Baker", None]


@pytest.mark.parametrize("text", BITING)
def test_a_filter_takes_every_text_as_text(api: Api, text: str) -> None:
    made = api.contact(job_title=text, tags=[text])["id"]
    api.contact()
    api.clock.pass_(10)
    for operator in ("equals", "is_in", "contains"):
        rule = {"attribute": "job_title", "operator": operator, "value": text}
        found = api.post("filtered_search/contact", {"filter_rule": [rule]})["contacts"]
        assert made in [each["id"] for each in found]
        assert len(found) == 1 or operator == "contains"
    for rule in ({"attribute": text, "operator": "equals"}, {"attribute": "id", "operator": text}):
        assert api.refused("POST", "filtered_search/contact", {"filter_rule": [rule]}) == INVALID


@pytest.mark.parametrize("text", BITING)
def test_search_and_lookup_take_every_text_as_text(api: Api, text: str) -> None:
    made = api.contact(last_name=f"A{text}Z", external_id=f"A{text}Z")["id"]
    api.contact()
    api.clock.pass_(10)
    asked = {"q": f"A{text}Z", "f": "external_id", "entities": "contact"}
    found = api("GET", "lookup", params=asked).json()["contacts"]["contacts"]
    assert [each["id"] for each in found] == [made]
    hits = api("GET", "search", params={"q": f"a{text}z"}).json()
    assert [each["id"] for each in hits] == [str(made)]


@pytest.mark.parametrize("text", BITING)
def test_a_text_comes_back_as_it_was_sent(api: Api, text: str) -> None:
    shown = api.get(f"contacts/{api.contact(last_name=text)['id']}")["contact"]
    assert shown["last_name"] == text


def test_a_text_of_a_million_characters_is_too_long_for_every_field(api: Api) -> None:
    long = "x" * 1_000_000
    sent = {"contact": {"emails": "a@x.co", "last_name": long, "job_title": long}}
    assert api.refused("POST", "contacts", sent) == (
        400,
        ["Last name is not in required length", "Job title is not in required length"],
    )
    contact = api.contact()["id"]
    note = {"description": long, "targetable_type": "Contact", "targetable_id": contact}
    refused = api.refused("POST", "notes", {"note": note})
    assert refused == (400, ["Description is not in required length"])


@pytest.mark.parametrize("amount", ["1e400", "-1e400", "9" * 20, "9" * 5000, "NaN", "sNaN", "inf"])
def test_an_amount_beyond_counting_is_refused(api: Api, amount: str) -> None:
    sent = {"deal": {"name": "D", "amount": amount}}
    assert api.refused("POST", "deals", sent)[1][0] == "Deal value is not valid"
