from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crossdock.emulator import Assumptions, Faults

from .conftest import Api


def submit(api: Api, collection: str, items: list[dict[str, Any]]) -> str:
    answer = api.post(f"{collection}/bulk_upsert", {collection: items})
    return str(answer["job_status_url"])


def test_a_bulk_call_is_carried_out_later(api: Api) -> None:
    url = submit(api, "contacts", [{"emails": "a@x.co", "data": {"last_name": "A"}}])
    assert api.get(url)["status"] == "queued"
    assert api.get("lookup?q=a@x.co&f=email")["contacts"]["contacts"] == []
    api.clock.pass_(2)
    assert (api.get(url)["status"], api.get(url)["progress"]) == ("completed", 100)
    assert len(api.get("lookup?q=a@x.co&f=email")["contacts"]["contacts"]) == 1


def test_a_job_shows_how_far_it_is(api: Api) -> None:
    items = [{"emails": f"{i}@x.co", "data": {"last_name": "A"}} for i in range(100)]
    url = submit(api, "contacts", items)
    api.clock.pass_(1.2)
    job = api.get(url)
    assert job["status"] == "in_progress"
    assert 0 < job["progress"] < 100
    assert job["data"]["record_status"]["succeeded"] == job["progress"]


def test_a_job_reports_failures_by_the_identifier_and_no_ids(api: Api) -> None:
    items = [{"emails": "bad", "data": {}}, {"emails": "ok@x.co", "data": {}}]
    url = submit(api, "contacts", items)
    api.clock.pass_(2)
    data = api.get(url)["data"]
    assert data["record_status"] == {"succeeded": 1, "failed": 1}
    assert data["detailed_failure_report"] == [
        {"emails": "bad", "error_message": ["bad is an invalid email address"]}
    ]


def test_a_bulk_call_updates_what_exists(api: Api) -> None:
    contact = api.contact(emails="a@x.co", city="Sydney")
    submit(api, "contacts", [{"emails": "A@x.co", "data": {"last_name": "New"}}])
    api.clock.pass_(2)
    shown = api.get(f"contacts/{contact['id']}")["contact"]
    assert (shown["last_name"], shown["city"]) == ("New", "Sydney")


def test_a_custom_field_identifies_in_bulk(api: Api) -> None:
    form = api.get("settings/deals/forms")["forms"][0]["id"]
    api.post(f"settings/deals/forms/{form}/fields", {"label": "Legacy id", "field_type": 1})
    for amount in (1, 2):
        item = {"cf_legacy_id": "BOK-1", "data": {"name": "D", "amount": amount}}
        submit(api, "deals", [item])
        api.clock.pass_(2)
    found = api.get("lookup?q=BOK-1&f=cf_legacy_id&entities=deal")["deals"]["deals"]
    assert [each["amount"] for each in found] == ["2.0"]


def test_of_deals_with_one_name_the_oldest_is_updated(api: Api) -> None:
    first, second = api.deal(name="Same"), api.deal(name="Same")
    submit(api, "deals", [{"name": "Same", "data": {"amount": 7}}])
    api.clock.pass_(2)
    assert api.get(f"deals/{first['id']}")["deal"]["amount"] == "7.0"
    assert api.get(f"deals/{second['id']}")["deal"]["amount"] == "100.0"


def test_more_than_100_records_are_refused(api: Api) -> None:
    items = [{"name": str(i), "data": {}} for i in range(101)]
    assert api.refused("POST", "sales_accounts/bulk_upsert", {"sales_accounts": items})[0] == 400


def test_more_than_100_records_may_be_cut_off(open_account: Callable[..., Api]) -> None:
    api = open_account(assumptions=Assumptions(refuse_large_bulk=False))
    url = submit(api, "sales_accounts", [{"name": str(i), "data": {}} for i in range(101)])
    api.clock.pass_(9)
    assert api.get(url)["data"]["record_status"]["succeeded"] == 100


def test_a_slow_job_takes_longer(open_account: Callable[..., Api]) -> None:
    api = open_account(faults=Faults(slow_jobs=1.0, slow_job_factor=10))
    url = submit(api, "contacts", [{"emails": f"{i}@x.co", "data": {}} for i in range(100)])
    api.clock.pass_(10)
    assert api.get(url)["status"] == "in_progress"


def test_the_allowance_is_used_up_and_comes_back_after_an_hour(
    open_account: Callable[..., Api],
) -> None:
    api = open_account(plan="growth")
    api.account.limiter.hour.allowed = 3
    assert [api("GET", "selector/owners").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = api("GET", "selector/owners")
    assert (refused.text, refused.headers["X-RateLimit-Remaining"]) == ("Too many requests", "0")
    assert "Retry-After" not in refused.headers
    api.clock.pass_(3600)
    assert api("GET", "selector/owners").status_code == 200


def test_limits_can_be_switched_off_and_are_still_shown(open_account: Callable[..., Api]) -> None:
    api = open_account(limits=False)
    api.account.limiter.hour.allowed = 1
    answers = [api("GET", "selector/owners") for _ in range(3)]
    assert [each.status_code for each in answers] == [200] * 3
    # Nothing is used up.
    assert {each.headers["X-RateLimit-Remaining"] for each in answers} == {"1"}
    assert {each.headers["X-RateLimit-Limit"] for each in answers} == {"1"}


def test_the_contact_service_can_be_throttled_behind_a_400(
    open_account: Callable[..., Api],
) -> None:
    api = open_account(faults=Faults(throttled_behind=1.0))
    status, messages = api.refused("POST", "contacts", {"contact": {"emails": "a@x.co"}})
    assert status == 400
    assert "429" in messages[0]


def test_a_server_error_writes_nothing(open_account: Callable[..., Api]) -> None:
    api = open_account(faults=Faults(server_error=1.0))
    assert api("POST", "contacts", {"contact": {"emails": "a@x.co"}}).status_code == 500
    assert len(api.account.contacts.store) == 0
