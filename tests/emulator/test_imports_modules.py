"""Products, custom modules, sales goals, and what is left of an import."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import Api
from .importing import CONTACT, DEAL, Wizard, counts, csv_file, custom, make_account, shown


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
    custom(api, "cm_site", "Floor", "number")
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
