from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .conftest import Api

BASE = "cpq/cpq_documents"


def quote(api: Api, **fields: Any) -> dict[str, Any]:
    deal = fields.pop("deal_id", None) or api.deal()["id"]
    body = {"deal_id": deal, "document_type": "Quote", "display_name": "Offer"} | fields
    return dict(api.post(BASE, {"cpq_document": body})["cpq_document"])


def product(api: Api, price: float) -> int:
    made = api.post("cpq/products", {"product": {"name": f"P{price}"}})["product"]["id"]
    prices = {
        "pricing_type": 1,
        "product_pricings": [{"currency_code": "AUD", "unit_price": price}],
    }
    api.put(f"cpq/products/{made}?include=product_pricings", {"product": prices})
    return int(made)


def test_a_document_belongs_to_a_deal(api: Api) -> None:
    made = quote(api)
    assert api.get(f"{BASE}/{made['id']}")["cpq_document"] == made
    assert (made["stage"], made["is_deal_primary"]) == ("Draft", True)
    assert quote(api, deal_id=made["deal_id"])["is_deal_primary"] is False


def test_a_document_needs_a_deal_and_a_type(api: Api) -> None:
    refusal = api.refused("POST", BASE, {"cpq_document": {"display_name": "Offer"}})
    assert refusal == (400, ["Deal can't be empty", "Document type can't be empty"])


def test_a_document_names_records_that_exist(api: Api) -> None:
    body = {"deal_id": 1, "document_type": "Quote", "contact_id": 2}
    refusal = api.refused("POST", BASE, {"cpq_document": body})
    assert refusal == (400, ["Deal doesn't exist", "Contact doesn't exist"])


def test_the_amount_of_a_document_is_a_number(api: Api) -> None:
    made = quote(api, amount="12.50")
    assert (made["amount"], made["base_currency_amount"]) == (12.5, 12.5)


def test_products_make_the_amount_of_a_document(api: Api) -> None:
    made, one = quote(api, amount=5), product(api, 20)
    path = f"{BASE}/{made['id']}?include=products"
    lines = [{"id": one, "quantity": 3, "discount": 10}]
    shown = api.put(path, {"cpq_document": {"products": lines}})["cpq_document"]
    assert (shown["amount"], shown["has_products"]) == (54.0, True)
    line = shown["products"][0]
    assert (line["product_id"], line["cpq_document_id"]) == (one, made["id"])
    related = api.get(f"{BASE}/{made['id']}/related_products")["products"]
    assert [each["id"] for each in related] == [one]


def test_a_deleted_document_can_be_restored(api: Api) -> None:
    path = f"{BASE}/{quote(api)['id']}"
    gone = api.good(api("DELETE", path))
    assert gone == {"msg": {"id": int(path.split("/")[-1]), "code": "success"}}
    assert api("GET", path).status_code == 404
    assert api.put(f"{path}/restore", None)["cpq_document"]["is_deleted"] is False


def test_a_forgotten_document_does_not_come_back(api: Api) -> None:
    path = f"{BASE}/{quote(api)['id']}"
    assert api.good(api("DELETE", f"{path}/forget")) is True
    assert api("PUT", f"{path}/restore").status_code == 404


def test_several_documents_are_changed_at_once(api: Api) -> None:
    ids = [quote(api)["id"], quote(api)["id"]]
    owner = api.account.add_user("Jo", "jo@x.co")["id"]
    bulk = f"{BASE}/cpq_documents_bulk_"
    api.put(f"{bulk}update", {"ids": ids, "cpq_document": {"stage": "Sent"}})
    api.post(f"{bulk}assign", {"selected_ids": ids, "owner_id": owner})
    shown = [api.get(f"{BASE}/{each}")["cpq_document"] for each in ids]
    assert {(each["stage"], each["owner_id"]) for each in shown} == {("Sent", owner)}
    api.post(f"{bulk}delete", {"selected_ids": ids})
    assert api("GET", f"{BASE}/{ids[0]}").status_code == 404
    api.post(f"{bulk}restore", {"selected_ids": ids})
    assert api("GET", f"{BASE}/{ids[0]}").status_code == 200


def test_documents_belong_to_plans_with_a_catalogue(open_account: Callable[..., Api]) -> None:
    api = open_account(plan="growth")
    body = {"cpq_document": {"deal_id": api.deal()["id"], "document_type": "Quote"}}
    refusal = api.refused("POST", BASE, body)
    assert refusal == (403, ["You are not authorized to perform this operation."])
