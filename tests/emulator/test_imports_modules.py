from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crossdock.emulator.settings.creation import add_field

from .conftest import Api
from .importing import Wizard, counts, csv_file

CONTACT = ["Last name", "Email"]
DEAL = ["Deal name", "Deal value"]


@pytest.fixture
def wizard(api: Api) -> Wizard:
    return Wizard(api)


def shown(api: Api, collection: str, view: str, include: str = "owner") -> list[dict[str, Any]]:
    found = api.get(f"{collection}/view/{api.view(collection, view)}?include={include}")
    records: list[dict[str, Any]] = found[collection]
    return records


def accounts(api: Api) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in shown(api, "sales_accounts", "All Accounts")}


def make_account(api: Api, name: str, **fields: Any) -> int:
    body = {"sales_account": {"name": name, **fields}}
    found: int = api.post("sales_accounts", body)["sales_account"]["id"]
    return found


# -- accounts ----------------------------------------------------------------------------------


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


# -- contacts with accounts ----------------------------------------------------------------------


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
    schema = api.account.schemas["sales_account"]
    add_field(api.account, schema, "Tier", "dropdown", choices=["A", "B"])
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


# -- deals -------------------------------------------------------------------------------------


def stage_of(api: Api, deal: dict[str, Any]) -> tuple[str, str]:
    catalog = api.account.catalog
    pipeline = catalog.find("deal_pipelines", deal["deal_pipeline_id"]) or {}
    stage = catalog.find("deal_stages", deal["deal_stage_id"]) or {}
    return pipeline["name"], stage["name"]


def test_a_deal_is_imported_with_contacts_account_and_dates(api: Api, wizard: Wizard) -> None:
    people = [api.contact(emails=f"{name}@x.co")["id"] for name in "ab"]
    account = make_account(api, "Acme")
    wizard.run(
        "deals",
        [*DEAL, "Account name", "Related contacts", "Deal stage", "Closed date", "Currency"],
        ["Clean", "1250.50", "Acme", "a@x.co; B@x.co;", "Won", "05/06/2023", "AUD"],
    )
    (deal,) = shown(api, "deals", "Won Deals", "contacts,sales_account")
    assert (deal["amount"], deal["closed_date"]) == ("1250.5", "2023-06-05")
    assert (deal["sales_account_id"], deal["contact_ids"]) == (account, people)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("Related contacts", "n@x.co", "Contact 'n@x.co' doesn't exist"),
        ("Account name", "Nobody", "Account name doesn't exist"),
        ("Currency", "XXX", "Currency is not in the list of choices"),
        ("Expected close date", "soon", "Expected close date is not a date in the format"),
    ],
)
def test_a_deal_that_names_what_does_not_exist_fails(
    wizard: Wizard, column: str, text: str, reason: str
) -> None:
    run = wizard.run("deals", [*DEAL, column], ["Clean", "1", text], ["Clean", "1", ""])
    assert counts(run) == (1, 0, 0, 1)
    assert wizard.reasons(run)[0].startswith(reason)


def test_a_deal_needs_a_name_and_a_value(wizard: Wizard) -> None:
    run = wizard.run("deals", DEAL, ["", "1"], ["Clean", ""], ["Clean", "a lot"])
    assert wizard.reasons(run) == [
        "Deal name can't be empty",
        "Deal value can't be empty",
        "Deal value is not a number",
    ]


@pytest.mark.parametrize(
    ("pipeline", "stage", "found"),
    [
        ("", "", ("Default Pipeline", "New")),
        ("", "Demo", ("Default Pipeline", "Demo")),
        ("Second", "", ("Second", "First")),
        ("Second", "Signed", ("Second", "Signed")),
        ("Third", "Demo", ("Default Pipeline", "Demo")),
        ("Second", "Demo", ("Default Pipeline", "New")),
        ("", "Signed", ("Default Pipeline", "New")),
    ],
)
def test_pipeline_and_stage_are_meant_by_name_or_else_the_default(
    api: Api, wizard: Wizard, pipeline: str, stage: str, found: tuple[str, str]
) -> None:
    api.account.catalog.add_pipeline("Second", [["First", "Open", 10], ["Signed", "Open", 90]])
    wizard.run("deals", [*DEAL, "Deal pipeline", "Deal stage"], ["Clean", "1", pipeline, stage])
    (deal,) = shown(api, "deals", "All Deals")
    assert stage_of(api, deal) == found


def test_a_stage_alone_is_one_of_the_deals_own_pipeline(api: Api, wizard: Wizard) -> None:
    second = api.account.catalog.add_pipeline("Second", [["New", "Open", 1], ["Demo", "Open", 9]])
    made = api.deal(deal_pipeline_id=second["id"])
    wizard.run(
        "deals",
        ["Freshworks CRM ID", *DEAL, "Deal stage"],
        [str(made["id"]), "Clean", "100", "Demo"],
        mode="update",
        match_by="id",
    )
    (deal,) = shown(api, "deals", "All Deals")
    assert stage_of(api, deal) == ("Second", "Demo")


@pytest.mark.parametrize("text", ["100", "100.00"])
def test_a_deal_is_found_by_its_value(api: Api, wizard: Wizard, text: str) -> None:
    api.deal(name="Old")
    run = wizard.run("deals", DEAL, ["New", text], mode="skip", match_by="Deal value")
    assert counts(run) == (0, 0, 1, 0)


def test_an_imported_deal_moves_its_contacts_along(api: Api, wizard: Wizard) -> None:
    api.contact(emails="a@x.co")
    wizard.run("deals", [*DEAL, "Related contacts"], ["Clean", "1", "a@x.co"])
    (person,) = shown(api, "contacts", "All Contacts", "lifecycle_stage")
    assert person["lifecycle_stage_id"] == api.choice("lifecycle_stages", "Sales Qualified Lead")


# -- products, custom modules, sales goals ---------------------------------------------------------


def test_products_are_imported(api: Api, wizard: Wizard) -> None:
    header = ["Name", "Category", "Product code", "Valid till", "Active"]
    run = wizard.run("products", header, ["Mop", "Hardware", "M1", "31/12/2027", "false"])
    assert counts(run) == (1, 0, 0, 0)
    (row,) = api.account.products.store.rows.values()
    product = api.get(f"cpq/products/{row['id']}")["product"]
    assert (product["category"], product["product_code"]) == ("Hardware", "M1")
    assert (product["valid_till"], product["is_active"]) == ("2027-12-31", False)


def test_records_of_a_custom_module_are_imported(api: Api, wizard: Wizard) -> None:
    names = {"singular_name": "Site", "plural_name": "Sites", "icon": "pin"}
    api.account.modules.create({"entity_name": "cm_site", **names})
    add_field(api.account, api.account.schemas["cm_site"], "Floor", "number")
    run = wizard.run("cm_site", ["Name", "Floor"], ["Yard", "2"], ["Shed", "low"])
    assert counts(run) == (1, 0, 0, 1)
    assert wizard.reasons(run) == ["Floor is not a number"]
    (row,) = api.account.modules.records["cm_site"].store.rows.values()
    assert (row["name"], row["custom_field"]) == ("Yard", {"cf_floor": 2})


def test_sales_goals_are_imported(api: Api, wizard: Wizard) -> None:
    header = ["Goal name", "Target", "Owner", "Start date", "End date"]
    rows = [
        ["Spring", "5000", "admin@example.com", "01/09/2026", "30/11/2026"],
        ["Low", "", "", "", ""],
    ]
    run = wizard.run("sales_goals", header, *rows)
    assert counts(run) == (1, 0, 0, 1)
    assert wizard.reasons(run) == ["Target can't be empty"]


@pytest.mark.parametrize(
    ("plan", "module", "text"),
    [
        ("growth", "products", "Products need Pro or Enterprise"),
        ("free", "sales_goals", "Sales goals need Pro or Enterprise"),
        ("pro", "cm_site", "Custom modules need Enterprise"),
    ],
)
def test_a_module_that_the_plan_lacks_is_forbidden(
    open_account: Callable[..., Api], plan: str, module: str, text: str
) -> None:
    wizard = Wizard(open_account(plan=plan))
    assert wizard.refused(csv_file(["Name"], ["x"]), module=module) == (403, text)


@pytest.mark.parametrize("module", ["", "notes", "contact", "cm_nothing"])
def test_an_unknown_module_is_refused(wizard: Wizard, module: str) -> None:
    status, text = wizard.refused(csv_file(["Name"], ["x"]), module=module)
    assert status == 400
    assert text.startswith(f"{module!r} is no module that can be imported: choose one of contacts")


# -- what is left of an import -------------------------------------------------------------------


def test_imported_records_stand_in_the_view_of_their_own(api: Api, wizard: Wizard) -> None:
    api.contact(emails="a@x.co")
    api.contact(last_name="Other")
    rows = [["Roe", "a@x.co"], ["Poe", "n@x.co"]]
    wizard.run("contacts", CONTACT, *rows, mode="update", match_by="Email")
    names = [each["last_name"] for each in shown(api, "contacts", "Recently Imported")]
    assert names == ["Roe", "Poe"]


def test_accounts_that_came_with_contacts_count_as_imported(api: Api, wizard: Wizard) -> None:
    make_account(api, "Old")
    header = [*CONTACT, "Account name"]
    rows = [["Roe", "a@x.co", "Acme"], ["Poe", "b@x.co", "Old"]]
    wizard.run("contacts_with_accounts", header, *rows)
    names = [each["name"] for each in shown(api, "sales_accounts", "Recently Imported")]
    assert names == ["Acme"]


def test_deals_stand_in_the_view_of_imported_ones(api: Api, wizard: Wizard) -> None:
    api.deal(name="Old")
    wizard.run("deals", DEAL, ["New", "1"])
    assert [each["name"] for each in shown(api, "deals", "Recently Imported")] == ["New"]


def test_the_mark_of_an_import_is_not_shown(api: Api, wizard: Wizard) -> None:
    wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    (person,) = shown(api, "contacts", "All Contacts")
    assert "import_id" not in person


def test_the_history_lists_imports_on_the_web_door_only(api: Api, wizard: Wizard) -> None:
    first = wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    second = wizard.run("deals", DEAL, ["Clean", "1"], ["", "1"])
    listed = api.get("/import_csv/recent_imports")["recent_imports"]
    assert [each["id"] for each in listed] == [second["id"], first["id"]]
    assert (listed[0]["file_name"], listed[0]["status"]) == ("rows.csv", "completed")
    assert (listed[0]["total"], counts(listed[0])) == (2, (1, 0, 0, 1))
    assert listed[0]["created_at"] == "2026-03-02T12:00:00+11:00"
    assert api.refused("GET", "import_csv/recent_imports")[0] == 404


def test_an_import_costs_nothing_of_the_allowance(api: Api, wizard: Wizard) -> None:
    wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    assert api("GET", "selector/owners").headers["X-RateLimit-Remaining"] == "4999"
