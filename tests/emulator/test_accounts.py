from __future__ import annotations

from .conftest import Api


def account(api: Api, **fields: object) -> dict[str, object]:
    made: dict[str, object] = api.post("sales_accounts", {"sales_account": fields})["sales_account"]
    return made


def test_an_account_needs_a_name(api: Api) -> None:
    refusal = api.refused("POST", "sales_accounts", {"sales_account": {"name": " "}})
    assert refusal == (400, ["Name can't be empty"])


def test_an_account_name_is_unique_whatever_its_case(api: Api) -> None:
    account(api, name="Acme")
    refusal = api.refused("POST", "sales_accounts", {"sales_account": {"name": "ACME "}})
    assert refusal == (400, ["Name has already been taken"])


def test_an_account_name_has_255_characters_at_most(api: Api) -> None:
    account(api, name="x" * 255)
    refusal = api.refused("POST", "sales_accounts", {"sales_account": {"name": "y" * 256}})
    assert refusal == (400, ["Name is not in required length"])


def test_employees_fall_into_buckets(api: Api) -> None:
    assert account(api, name="A", number_of_employees=50)["number_of_employees"] == 11


def test_an_invalid_phone_becomes_null_without_a_word(api: Api) -> None:
    assert account(api, name="A", phone="none yet")["phone"] is None
    assert account(api, name="B", phone="+61 2 9000 0000")["phone"] == "+61 2 9000 0000"


def test_an_invalid_website_is_refused(api: Api) -> None:
    body = {"sales_account": {"name": "A", "website": "not a site"}}
    refusal = api.refused("POST", "sales_accounts", body)
    assert refusal == (400, ["website is not in required format"])


def test_an_account_shows_its_owner_without_being_asked(api: Api) -> None:
    assert "owner_id" in account(api, name="A")


def test_a_parent_can_be_named(api: Api) -> None:
    child = account(api, name="Child", parent_sales_account={"name": "Parent"})
    parent = child["parent_sales_account_id"]
    shown = api.get(f"sales_accounts/{parent}?include=child_sales_accounts")
    assert shown["sales_account"]["name"] == "Parent"
    assert shown["child_sales_accounts"][0]["id"] == child["id"]


def test_a_restored_account_has_lost_its_deals(api: Api) -> None:
    made = account(api, name="A")
    deal = api.deal(sales_account_id=made["id"])
    api("DELETE", f"sales_accounts/{made['id']}")
    api.put(f"sales_accounts/{made['id']}/restore", None)
    shown = api.get(f"deals/{deal['id']}?include=sales_account")["deal"]
    assert shown["sales_account_id"] is None


def test_an_account_counts_its_children(api: Api) -> None:
    parent = account(api, name="Parent")
    path = f"sales_accounts/{parent['id']}"
    children = [account(api, name=each, parent_sales_account_id=parent["id"]) for each in "AB"]
    assert api.get(path)["sales_account"]["child_sales_accounts_count"] == 2
    api("DELETE", f"sales_accounts/{children[0]['id']}")
    assert api.get(path)["sales_account"]["child_sales_accounts_count"] == 1


def test_an_account_tells_its_record_type_and_that_it_has_no_connections(api: Api) -> None:
    made = account(api, name="A")
    api.clock.pass_(60)
    (hit,) = api.get("search?q=a&include=sales_account")
    assert (made["record_type_id"], made["has_connections"]) == (hit["record_type_id"], False)
