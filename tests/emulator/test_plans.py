"""What a plan has and what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator.conftest import Api

Open = Callable[..., Api]
FORBIDDEN = (403, ["You are not authorized to perform this operation."])
MODULE = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "x"}
ACTIVITY = {"title": "t", "start_date": "2026-01-01", "end_date": "2026-01-01"}


@pytest.mark.parametrize(
    ("plan", "hourly"),
    [("free", 1000), ("growth", 1000), ("pro", 2000), ("enterprise", 5000), ("trial", 1000)],
)
def test_an_hour_has_so_many_requests(open_account: Open, plan: str, hourly: int) -> None:
    api = open_account(plan=plan)
    answer = api("GET", "selector/owners")
    assert answer.headers["x-ratelimit-limit"] == str(hourly)
    assert answer.headers["x-ratelimit-remaining"] == str(hourly - 1)
    api.account.limiter.take(api.account.now(), others=hourly)
    assert api("GET", "selector/owners").status_code == 429


def test_a_minute_can_have_a_limit_too(open_account: Open) -> None:
    api = open_account(per_minute=3)
    statuses = [api("GET", "selector/owners").status_code for _ in range(4)]
    api.clock.pass_(60)
    statuses.append(api("GET", "selector/owners").status_code)
    assert statuses == [200, 200, 200, 429, 200]


@pytest.mark.parametrize("plan", ["free", "growth"])
def test_without_a_catalogue_there_are_no_products(open_account: Open, plan: str) -> None:
    api = open_account(plan=plan)
    assert api.refused("POST", "cpq/products", {"product": {"name": "Clean"}}) == FORBIDDEN


@pytest.mark.parametrize("plan", ["free", "growth", "pro"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("settings/module_customizations", {"module_customization": MODULE}),
        ("sales_activities", {"sales_activity": ACTIVITY}),
    ],
)
def test_only_enterprise_has_modules_and_sales_activities(
    open_account: Open, plan: str, path: str, body: Any
) -> None:
    assert open_account(plan=plan).refused("POST", path, body) == FORBIDDEN


def test_only_enterprise_has_teams_on_deals(open_account: Open) -> None:
    api = open_account(plan="pro")
    path = f"deals/{api.deal()['id']}/manage_team_members"
    assert api.refused("POST", path, {"team_users": []}) == FORBIDDEN


@pytest.mark.parametrize(("plan", "most"), [("growth", 1), ("pro", 10), ("enterprise", 25)])
def test_a_plan_has_so_many_pipelines(open_account: Open, plan: str, most: int) -> None:
    api = open_account(plan=plan)
    made = [{"name": f"P{i}", "stages": [["New", "Open", 10]]} for i in range(most)]
    answer = api("POST", "http://acme.test/emulator/pipelines", made)
    assert answer.json()["errors"]["message"] == [f"You have reached the limit of {most} pipelines"]
    assert len(api.get("selector/deal_pipelines")["deal_pipelines"]) == most


def test_a_second_currency_needs_a_plan_for_it(open_account: Open) -> None:
    currency = [{"list": "currencies", "name": "NZD"}]
    refused = open_account(plan="growth")("POST", "http://acme.test/emulator/choices", currency)
    assert refused.status_code == 403
    api = open_account(plan="pro")
    api.control("POST", "choices", currency)
    codes = [each["currency_code"] for each in api.get("selector/currencies")["currencies"]]
    assert codes == ["AUD", "NZD"]


@pytest.mark.parametrize(
    ("plan", "kind", "most"),
    [
        ("growth", "text", 20),
        ("growth", "textarea", 5),
        ("pro", "dropdown", 40),
        ("enterprise", "multi_select_dropdown", 30),
    ],
)
def test_a_plan_has_so_many_fields_of_a_type(
    open_account: Open, plan: str, kind: str, most: int
) -> None:
    api = open_account(plan=plan)
    for i in range(most):
        field = {"label": f"F{i}", "type": kind, "choices": [{"value": "a"}]}
        api.post("settings/contacts/forms/1/fields", field)
    refused = api.refused("POST", "settings/contacts/forms/1/fields", {**field, "label": "More"})
    assert refused[0] == 400
    assert refused[1][0].startswith(f"You have reached the limit of {most} ")


def test_the_free_plan_has_no_custom_fields_and_no_storage(open_account: Open) -> None:
    api = open_account(plan="free")
    field = {"label": "F", "type": "text"}
    assert api.refused("POST", "settings/contacts/forms/1/fields", field)[0] == 400
    target = {"targetable_type": "Contact", "targetable_id": str(api.contact()["id"])}
    answer = api("POST", "documents", files={"file": ("a.txt", b"x")}, data=target)
    assert answer.json()["errors"]["message"] == ["Storage limit exceeded"]
