from __future__ import annotations

import pytest

from .conftest import Api


def test_a_view_is_read_in_pages(api: Api) -> None:
    ids = [api.contact()["id"] for _ in range(5)]
    view = api.view("contacts", "All Contacts")
    pages = [api.get(f"contacts/view/{view}?per_page=2&page={page}") for page in (1, 2, 3, 4)]
    assert [[each["id"] for each in page["contacts"]] for page in pages] == [
        ids[:2],
        ids[2:4],
        ids[4:],
        [],
    ]
    assert (pages[0]["meta"]["total"], pages[0]["meta"]["total_pages"]) == (5, 3)


def test_a_page_holds_100_records_at_most(api: Api) -> None:
    for _ in range(101):
        api.contact()
    view = api.view("contacts", "All Contacts")
    assert len(api.get(f"contacts/view/{view}?per_page=1000")["contacts"]) == 100
    assert api.get(f"contacts/view/{view}?per_page=0")["contacts"] == []


def test_an_unknown_view_is_forbidden(api: Api) -> None:
    assert api.refused("GET", "contacts/view/1")[0] == 403


@pytest.mark.parametrize(("order", "names"), [("asc", ["B", "C", "A"]), ("desc", ["A", "C", "B"])])
def test_a_view_is_sorted_by_value(api: Api, order: str, names: list[str]) -> None:
    for name, amount in (("A", 100), ("B", 9), ("C", 20.5)):
        api.deal(name=name, amount=amount)
    view = api.view("deals", "All Deals")
    found = api.get(f"deals/view/{view}?sort=amount&sort_type={order}")["deals"]
    assert [each["name"] for each in found] == names


def test_a_view_can_be_read_from_the_newest(api: Api) -> None:
    ids = [api.deal()["id"] for _ in range(3)]
    view = api.view("deals", "All Deals")
    path = f"deals/view/{view}?sort=created_at&sort_type=desc&per_page=2"
    assert [d["id"] for d in api.get(path)["deals"]] == ids[:0:-1]
    assert [d["id"] for d in api.get(path + "&page=2")["deals"]] == ids[:1]


def test_deleted_records_stand_in_the_recycle_bin(api: Api) -> None:
    gone, kept = api.deal(), api.deal()
    api("DELETE", f"deals/{gone['id']}")
    for name, ids in (("Recycle Bin", [gone["id"]]), ("All Deals", [kept["id"]])):
        view = api.view("deals", name)
        assert [d["id"] for d in api.get(f"deals/view/{view}")["deals"]] == ids


def test_won_deals_have_their_view(api: Api) -> None:
    api.deal()
    won = api.deal(deal_stage_id=api.choice("deal_stages", "Won"))
    view = api.view("deals", "Won Deals")
    assert [d["id"] for d in api.get(f"deals/view/{view}")["deals"]] == [won["id"]]


def test_a_lookup_is_nested_twice_and_does_not_lag(api: Api) -> None:
    made = api.contact(emails="Look@x.co", external_id="CUS-1")
    for query in ("q=look@x.co&f=email", "q=CUS-1&f=external_id"):
        found = api.get(f"lookup?{query}&entities=contact")
        assert [each["id"] for each in found["contacts"]["contacts"]] == [made["id"]]


def test_a_lookup_finds_a_changed_value_and_not_the_former(api: Api) -> None:
    made = api.contact(emails="old@x.co")
    api.get("lookup?q=doe&f=name&entities=contact")
    api.put(f"contacts/{made['id']}", {"contact": {"emails": "new@x.co", "last_name": "Roe"}})
    found = [
        len(api.get(f"lookup?{query}&entities=contact")["contacts"]["contacts"])
        for query in ("q=old@x.co&f=email", "q=new@x.co&f=email", "q=doe&f=name", "q=roe&f=name")
    ]
    assert found == [0, 1, 0, 1]


def test_search_lags_behind(api: Api) -> None:
    api.contact(last_name="Quokka")
    assert api.get("search?q=quokka&include=contact") == []
    api.clock.pass_(3)
    assert [hit["type"] for hit in api.get("search?q=quokka&include=contact")] == ["contact"]


def test_filtered_search_finds_by_email_and_lags_behind(api: Api) -> None:
    made = api.contact(emails="f@x.co")
    rule = {"attribute": "contact_email.email", "operator": "is_in", "value": "f@x.co"}
    body = {"filter_rule": [rule]}
    assert api.post("filtered_search/contact", body)["meta"]["total"] == 0
    api.clock.pass_(3)
    found = api.post("filtered_search/contact", body)["contacts"]
    assert [(each["id"], each["partial"]) for each in found] == [(made["id"], True)]


def test_filtered_search_finds_what_was_updated_after_a_moment(api: Api) -> None:
    api.deal(name="before")
    api.clock.pass_(60)
    api.deal(name="after")
    api.clock.pass_(60)
    rule = {
        "attribute": "updated_at",
        "operator": "is_after",
        "value": "2026-03-02T12:00:30+11:00",
    }
    found = api.post("filtered_search/deal", {"filter_rule": [rule]})["deals"]
    assert [each["name"] for each in found] == ["after"]


def test_a_hit_tells_what_its_kind_has(api: Api) -> None:
    owner = api.get("selector/owners")["users"][0]
    api.deal(name="Zed deal", owner_id=owner["id"])
    account = {"name": "Zed & Co", "website": "zed.co", "country": "Chad"}
    api.contact(last_name="Zed", sales_account=account)
    api.clock.pass_(60)
    hits = {each["type"]: each for each in api.get("search?q=zed")}
    assert hits["contact"]["primary_sales_account_name"] == "Zed & Co"
    assert (hits["sales_account"]["website"], hits["sales_account"]["country"]) == (
        "zed.co",
        "Chad",
    )
    assert hits["deal"]["stage_name"] == "New"
    assert hits["deal"]["owner"] == {"id": owner["id"], "name": owner["display_name"]}


def test_a_rule_compares_values_of_deals_as_numbers(api: Api) -> None:
    for amount in (90, 1000):
        api.deal(name=f"D{amount}", amount=amount)
    api.clock.pass_(60)
    rule = {"attribute": "amount", "operator": "is_after", "value": 100}
    found = api.post("filtered_search/deal", {"filter_rule": [rule]})["deals"]
    assert [each["name"] for each in found] == ["D1000"]


def test_a_rule_finds_one_of_several_tags(api: Api) -> None:
    api.deal(name="Tagged", tags=["Old", "Big"])
    api.deal(name="Plain")
    api.clock.pass_(60)
    rule = {"attribute": "tags", "operator": "is_in", "value": "big"}
    found = api.post("filtered_search/deal", {"filter_rule": [rule]})["deals"]
    assert [each["name"] for each in found] == ["Tagged"]


def test_leads_cannot_be_searched(api: Api) -> None:
    assert api.refused("POST", "filtered_search/lead", {"filter_rule": []})[0] == 403


@pytest.mark.parametrize("entity", ["product", "cpq_document", "user", "cm_none"])
def test_filtered_search_knows_few_kinds(api: Api, entity: str) -> None:
    refusal = api.refused("POST", f"filtered_search/{entity}", {"filter_rule": []})
    assert refusal == (404, ["The requested module is not in the CRM"])


def test_search_and_lookup_pass_over_kinds_that_they_do_not_know(api: Api) -> None:
    api.post("cpq/products", {"product": {"name": "Quokka"}})
    api.deal(name="Quokka")
    api.clock.pass_(60)
    hits = api.get("search?q=quokka&include=product,cpq_document,deal")
    assert [each["type"] for each in hits] == ["deal"]
    assert list(api.get("lookup?q=quokka&f=name&entities=product,deal,lead")) == ["deals"]


def test_search_and_filtered_search_know_custom_modules_and_lookup_does_not(api: Api) -> None:
    api.account.modules.create(
        {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}
    )
    pet = api.post("custom_module/cm_pet", {"cm_pet": {"name": "Rex"}})["cm_pet"]["id"]
    api.clock.pass_(60)
    assert [each["id"] for each in api.get("search?q=rex&include=cm_pet")] == [str(pet)]
    rule = {"attribute": "name", "operator": "is_in", "value": "Rex"}
    found = api.post("filtered_search/cm_pet", {"filter_rule": [rule]})["cm_pet"]
    assert [each["id"] for each in found] == [pet]
    assert api.get("lookup?q=rex&f=name&entities=cm_pet") == {}
