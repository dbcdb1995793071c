"""Accounts, alone and as companies of contacts."""

from __future__ import annotations

import pytest

from .conftest import Api
from .importing import CONTACT, Wizard, accounts, counts, custom, make_account, shown


def test_an_account_is_imported_with_its_parent_and_its_size(api: Api, wizard: Wizard) -> None:
    parent = make_account(api, "Holding")
    header = ["Name", "Parent account", "Number of employees", "Industry type"]
    wizard.run("accounts", header, ["Acme", "Holding", "60", "Banking"])
    account = accounts(api)["Acme"]
    assert account["parent_sales_account_id"] == parent
    assert account["number_of_employees"] == 51
    assert account["owner_id"] == api.account.keys["emulator"]


@pytest.mark.parametrize("text", ["51-200", "about 60", "60.5"])
def test_a_range_of_employees_makes_the_row_fail(wizard: Wizard, text: str) -> None:
    run = wizard.run("accounts", ["Name", "Number of employees"], ["Acme", text])
    assert wizard.reasons(run) == ["Number of employees must be an exact number"]


def test_a_parent_that_does_not_exist_makes_the_row_fail(wizard: Wizard) -> None:
    run = wizard.run("accounts", ["Name", "Parent account"], ["Acme", "Nobody"])
    assert wizard.reasons(run) == ["Parent account doesn't exist"]


def test_an_account_whose_name_is_taken_makes_the_row_fail(api: Api, wizard: Wizard) -> None:
    make_account(api, "Acme")
    run = wizard.run("accounts", ["Name", "City"], ["ACME", "Perth"], ["", "Perth"])
    assert wizard.reasons(run) == ["Name has already been taken", "Name can't be empty"]


def test_an_account_is_found_by_its_name_and_updated(api: Api, wizard: Wizard) -> None:
    make_account(api, "Acme", phone="0299990000")
    rows = [["Name", "City"], ["Acme", "Perth"]]
    run = wizard.run("accounts", *rows, mode="update", match_by="Name")
    assert counts(run) == (0, 1, 0, 0)
    assert (accounts(api)["Acme"]["city"], accounts(api)["Acme"]["phone"]) == (
        "Perth",
        "0299990000",
    )


def test_contacts_bring_their_accounts(api: Api, wizard: Wizard) -> None:
    make_account(api, "Old", website="old.example")
    run = wizard.run(
        "contacts_with_accounts",
        [*CONTACT, "Account name", "Website"],
        ["Roe", "a@x.co", "Acme", "acme.example"],
        ["Poe", "b@x.co", "Acme", "other.example"],
        ["Moe", "c@x.co", "Old", "new.example"],
        ["Loe", "d@x.co", "", ""],
    )
    assert counts(run) == (4, 0, 0, 0)
    assert {name: each["website"] for name, each in accounts(api).items()} == {
        "Old": "old.example",
        "Acme": "acme.example",
    }
    people = shown(api, "contacts", "All Contacts", "sales_accounts")
    ids = {each["id"]: each["name"] for each in accounts(api).values()}
    linked = [[ids[a["id"]] for a in each["sales_accounts"]] for each in people]
    assert linked == [["Acme"], ["Acme"], ["Old"], []]


def test_the_columns_of_an_account_can_be_mapped(api: Api, wizard: Wizard) -> None:
    custom(api, "sales_account", "Tier", "dropdown", choices=["A", "B"])
    wizard.run(
        "contacts_with_accounts",
        [*CONTACT, "Company", "City", "Town", "Tier", "Employees"],
        ["Roe", "a@x.co", "Acme", "Perth", "Sydney", "B", "12"],
        mapping="Company = sales_account.name\nTown = sales_account.city\n"
        "Employees = Number of employees",
    )
    account = accounts(api)["Acme"]
    assert (account["city"], account["number_of_employees"]) == ("Sydney", 11)
    assert account["custom_field"] == {"cf_tier": "B"}
    assert shown(api, "contacts", "All Contacts")[0]["city"] == "Perth"


def test_a_row_that_fails_leaves_no_account_behind(api: Api, wizard: Wizard) -> None:
    api.contact(emails="a@x.co")
    run = wizard.run(
        "contacts_with_accounts", [*CONTACT, "Account name"], ["Roe", "a@x.co", "Acme"]
    )
    assert wizard.reasons(run) == ["a@x.co already exists."]
    assert accounts(api) == {}


def test_a_row_whose_account_fails_brings_no_contact(api: Api, wizard: Wizard) -> None:
    header = [*CONTACT, "Account name", "Website"]
    run = wizard.run("contacts_with_accounts", header, ["Roe", "a@x.co", "Acme", "no address"])
    assert wizard.reasons(run) == ["website is not in required format"]
    assert shown(api, "contacts", "All Contacts") == []


def test_contacts_alone_are_linked_by_the_exact_name(api: Api, wizard: Wizard) -> None:
    made = make_account(api, "Acme")
    rows = [["Roe", "a@x.co", "Acme"], ["Poe", "b@x.co", "Acme Ltd"]]
    run = wizard.run("contacts", [*CONTACT, "Accounts"], *rows)
    assert wizard.reasons(run) == ["Account 'Acme Ltd' doesn't exist"]
    (person,) = shown(api, "contacts", "All Contacts", "sales_accounts")
    assert [(each["id"], each["is_primary"]) for each in person["sales_accounts"]] == [(made, True)]


def test_an_update_adds_an_account_to_those_of_the_contact(api: Api, wizard: Wizard) -> None:
    one, two = make_account(api, "One"), make_account(api, "Two")
    api.contact(emails="a@x.co", sales_accounts=[{"id": one, "is_primary": True}])
    rows = [[*CONTACT, "Accounts"], ["Roe", "a@x.co", "Two"], ["Roe", "a@x.co", "Two"]]
    wizard.run("contacts", *rows, mode="update", match_by="Email")
    (person,) = shown(api, "contacts", "All Contacts", "sales_accounts")
    assert [(each["id"], each["is_primary"]) for each in person["sales_accounts"]] == [
        (one, True),
        (two, False),
    ]
