from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api

BASE = "cpq/products"


def product(api: Api, **facts: Any) -> int:
    made = api.post(BASE, {"product": {"name": "Sample"} | facts})["product"]
    return int(made["id"])


def price(api: Api, product_id: int, **facts: Any) -> dict[str, Any]:
    prices = [{"currency_code": "AUD", "unit_price": 10} | facts]
    body = {"product": {"pricing_type": 1, "product_pricings": prices}}
    shown = api.put(f"{BASE}/{product_id}?include=product_pricings", body)["product"]
    return dict(shown)


def test_the_name_of_a_product_is_needed_and_unique(api: Api) -> None:
    product(api)
    taken = api.refused("POST", BASE, {"product": {"name": "Sample"}})
    assert taken == (400, ["Name has already been taken"])
    assert api.refused("POST", BASE, {"product": {"category": "Software"}}) == (
        400,
        ["Name can't be empty"],
    )


def test_a_price_is_changed_and_taken_away_by_its_id(api: Api) -> None:
    made = product(api)
    first = price(api, made)["product_pricings"][0]
    assert (first["unit_price"], first["is_locked"]) == (10.0, False)
    changed = price(api, made, id=first["id"], unit_price=12.5)["product_pricings"]
    assert [each["unit_price"] for each in changed] == [12.5]
    assert price(api, made, id=first["id"], _destroy=True)["product_pricings"] == []


def test_prices_are_written_and_shown_with_include_only(api: Api) -> None:
    made = product(api)
    body = {"product": {"product_pricings": [{"currency_code": "AUD", "unit_price": 1}]}}
    assert "product_pricings" not in api.put(f"{BASE}/{made}", body)["product"]
    shown = api.get(f"{BASE}/{made}?include=product_pricings")["product"]
    assert shown["product_pricings"] == []


def test_the_first_price_locks_the_type_of_pricing(api: Api) -> None:
    made = product(api)
    price(api, made)
    refusal = api.refused("PUT", f"{BASE}/{made}", {"product": {"pricing_type": 2}})
    assert refusal == (400, ["Pricing type can't be changed"])


def test_a_pricing_type_is_none_one_time_or_subscription(api: Api) -> None:
    refusal = api.refused("POST", BASE, {"product": {"name": "P", "pricing_type": 7}})
    assert refusal == (400, ["Pricing type is not valid"])


def test_a_subscription_brings_its_cycle_to_a_deal(api: Api) -> None:
    made = product(api, pricing_type=2)
    facts = {"currency_code": "AUD", "unit_price": 10, "billing_cycle": 6, "setup_fee": 200}
    body = {"product": {"product_pricings": [facts]}}
    api.put(f"{BASE}/{made}?include=product_pricings", body)
    path = f"deals/{api.deal()['id']}?include=products"
    line = api.put(path, {"deal": {"products": [{"id": made}]}})["deal"]["products"][0]
    assert (line["billing_cycle"], line["setup_fee"], line["pricing_type"]) == (6, 200, 2)


@pytest.mark.parametrize(("kind", "amount"), [(1, "18.0"), (2, "10.0")])
def test_a_discount_is_a_percentage_or_an_amount(api: Api, kind: int, amount: str) -> None:
    made = product(api)
    price(api, made)
    line = {"id": made, "quantity": 2, "discount": 10, "discount_type": kind}
    path = f"deals/{api.deal()['id']}?include=products"
    assert api.put(path, {"deal": {"products": [line]}})["deal"]["amount"] == amount


def test_a_deleted_product_is_restored_by_put_and_not_by_post(api: Api) -> None:
    path = f"{BASE}/{product(api)}"
    api.good(api("DELETE", path))
    assert api("GET", path).status_code == 404
    assert api("POST", f"{path}/restore", {}).status_code == 404
    assert api.put(f"{path}/restore", None)["product"]["is_deleted"] is False


def test_several_products_are_changed_at_once(api: Api) -> None:
    ids = [product(api, name=name) for name in "AB"]
    owner = api.account.add_user("Jo", "jo@x.co")["id"]
    api.put(f"{BASE}/products_bulk_update", {"ids": ids, "product": {"category": "Hardware"}})
    api.post(f"{BASE}/products_bulk_assign", {"selected_ids": ids, "owner_id": owner})
    shown = [api.get(f"{BASE}/{each}")["product"] for each in ids]
    assert {(each["category"], each["owner_id"]) for each in shown} == {("Hardware", owner)}
    api.post(f"{BASE}/products_bulk_delete", {"selected_ids": ids})
    assert api("GET", f"{BASE}/{ids[0]}").status_code == 404
    api.post(f"{BASE}/products_bulk_restore", {"selected_ids": ids})
    assert api("GET", f"{BASE}/{ids[0]}").status_code == 200
