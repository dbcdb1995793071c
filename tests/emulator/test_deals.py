from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Api


def test_a_deal_needs_a_name_and_a_value(api: Api) -> None:
    refusal = api.refused("POST", "deals", {"deal": {"name": ""}})
    assert refusal == (400, ["Deal name can't be empty", "Deal value can't be empty"])


@pytest.mark.parametrize(
    ("sent", "shown"),
    [(5600, "5600.0"), (174.75, "174.75"), ("10.50", "10.5"), (-5, "-5.0"), (0, "0.0")],
)
def test_a_value_is_shown_as_text_with_a_decimal(api: Api, sent: Any, shown: str) -> None:
    assert api.deal(amount=sent)["amount"] == shown


@pytest.mark.parametrize("amount", ["ten", 9007199254740992, True])
def test_a_value_that_is_no_number_or_too_large_is_refused(api: Api, amount: Any) -> None:
    assert api.refused("POST", "deals", {"deal": {"name": "D", "amount": amount}})[0] == 400


def test_a_deal_starts_in_the_first_stage(api: Api) -> None:
    deal = api.deal()
    assert deal["deal_stage_id"] == api.choice("deal_stages", "New")


def test_an_unknown_stage_is_refused(api: Api) -> None:
    body = {"deal": {"name": "D", "amount": 1, "deal_stage_id": 7}}
    assert api.refused("POST", "deals", body) == (400, ["Deal stage doesn't exist"])


def test_a_stage_sets_the_probability(api: Api) -> None:
    deal = api.deal(deal_stage_id=api.choice("deal_stages", "Qualification"))
    assert (deal["probability"], deal["expected_deal_value"]) == (30, "30.0")


def test_winning_a_deal_closes_it_today(api: Api) -> None:
    deal = api.deal(deal_stage_id=api.choice("deal_stages", "Won"))
    assert (deal["closed_date"], deal["probability"]) == ("2026-03-02", 100)


def test_a_closed_date_that_comes_with_the_stage_is_kept(api: Api) -> None:
    won = api.choice("deal_stages", "Won")
    deal = api.deal(deal_stage_id=won, closed_date="2024-05-06")
    api.clock.pass_(86_400)
    shown = api.put(f"deals/{deal['id']}", {"deal": {"name": "New name"}})["deal"]
    assert shown["closed_date"] == "2024-05-06"


def test_an_invalid_date_becomes_null_without_a_word(api: Api) -> None:
    assert api.deal(expected_close="31/12/2024")["expected_close"] is None
    assert api.deal(expected_close="2024-02-30")["expected_close"] is None


def test_contacts_are_linked_and_unlinked_by_lists(api: Api) -> None:
    one, two = api.contact()["id"], api.contact()["id"]
    deal = api.deal(contacts_added_list=[one, two])
    path = f"deals/{deal['id']}?include=contacts"
    assert [each["id"] for each in api.get(path)["contacts"]] == [one, two]
    api.put(f"deals/{deal['id']}", {"deal": {"contacts_removed_list": [one]}})
    assert [each["id"] for each in api.get(path)["contacts"]] == [two]


def test_an_unknown_contact_is_refused(api: Api) -> None:
    body = {"deal": {"name": "D", "amount": 1, "contacts_added_list": [9]}}
    assert api.refused("POST", "deals", body) == (400, ["Contact doesn't exist"])


def stage_of(api: Api, contact_id: int) -> str:
    shown = api.get(f"contacts/{contact_id}?include=lifecycle_stage")
    return str(shown["lifecycle_stages"][0]["name"])


def test_a_deal_moves_its_contact_along_the_life_cycle(api: Api) -> None:
    contact = api.contact()["id"]
    deal = api.deal(contacts_added_list=[contact])
    assert stage_of(api, contact) == "Sales Qualified Lead"
    won = {"deal_stage_id": api.choice("deal_stages", "Won")}
    api.put(f"deals/{deal['id']}", {"deal": won})
    assert stage_of(api, contact) == "Customer"


def test_a_contact_shows_what_its_deals_are_worth(api: Api) -> None:
    contact = api.contact()["id"]
    api.deal(amount=10, contacts_added_list=[contact])
    won = api.choice("deal_stages", "Won")
    api.deal(amount="20.25", contacts_added_list=[contact], deal_stage_id=won)
    shown = api.get(f"contacts/{contact}")["contact"]
    assert (shown["open_deals_amount"], shown["won_deals_amount"]) == ("10.0", "20.25")


def product(api: Api, name: str = "Clean", price: float = 50.0) -> int:
    made: int = api.post("cpq/products", {"product": {"name": name}})["product"]["id"]
    prices = [{"currency_code": "AUD", "unit_price": price}]
    body = {"product": {"pricing_type": 1, "product_pricings": prices}}
    api.put(f"cpq/products/{made}?include=product_pricings", body)
    return made


def test_products_make_the_value_of_a_deal(api: Api) -> None:
    deal = api.deal(amount=1)
    lines = [{"id": product(api), "quantity": 3, "discount": 10, "discount_type": 1}]
    path = f"deals/{deal['id']}?include=products"
    shown = api.put(path, {"deal": {"products": lines}})["deal"]
    assert (shown["amount"], shown["has_products"]) == ("135.0", True)
    assert shown["products"][0]["unit_price"] == 50.0


def test_the_value_of_a_deal_with_products_cannot_be_written(api: Api) -> None:
    deal = api.deal()
    path = f"deals/{deal['id']}"
    api.put(f"{path}?include=products", {"deal": {"products": [{"id": product(api)}]}})
    assert api.put(path, {"deal": {"amount": 999}})["deal"]["amount"] == "50.0"


def test_an_empty_list_takes_all_products_off(api: Api) -> None:
    deal = api.deal()
    path = f"deals/{deal['id']}?include=products"
    api.put(path, {"deal": {"products": [{"id": product(api)}]}})
    assert api.put(path, {"deal": {"products": []}})["deal"]["has_products"] is False


def test_a_deal_takes_100_products(api: Api) -> None:
    deal, one = api.deal(), product(api)
    path = f"deals/{deal['id']}?include=products"
    api.put(path, {"deal": {"products": [{"id": one}] * 100}})
    refusal = api.refused("PUT", path, {"deal": {"products": [{"id": one}] * 101}})
    assert refusal == (400, ["Maximum of 100 products can be added to the deal"])


def test_a_refused_product_changes_nothing(api: Api) -> None:
    deal = api.deal()
    path = f"deals/{deal['id']}?include=products"
    body = {"deal": {"name": "Other", "products": [{"id": 1}]}}
    assert api.refused("PUT", path, body) == (400, ["Product doesn't exist"])
    assert api.get(f"deals/{deal['id']}")["deal"]["name"] == "Clean"


@pytest.mark.parametrize("plan", ["free", "growth"])
def test_there_is_no_catalogue_below_pro(open_account: Callable[..., Api], plan: str) -> None:
    api = open_account(plan=plan)
    assert api.refused("POST", "cpq/products", {"product": {"name": "P"}})[0] == 403


def test_a_value_that_is_no_number_is_refused_once(api: Api) -> None:
    deal = {"deal": {"name": "D", "amount": "abc"}}
    assert api.refused("POST", "deals", deal) == (400, ["Deal value is not valid"])
