"""Which column becomes which field."""

from __future__ import annotations

import pytest

from .conftest import Api
from .importing import CONTACT, Wizard, contacts, counts, csv_file, custom


def test_a_header_that_is_exactly_a_label_is_mapped(wizard: Wizard) -> None:
    run = wizard.run("contacts", [*CONTACT, "city", "Shoe size"], ["Roe", "a@x.co", "Perth", "9"])
    assert run["mapping"] == {"Last name": "last_name", "Email": "emails"}
    assert run["ignored"] == ["city", "Shoe size"]


def test_a_mapping_goes_before_the_label(api: Api, wizard: Wizard) -> None:
    rows = [["Surname", "City", "Email"], ["Roe", "Perth", "a@x.co"]]
    wizard.run("contacts", *rows, mapping="Surname = Last name\nCity = state")
    (shown,) = contacts(api)
    assert (shown["last_name"], shown["city"], shown["state"]) == ("Roe", None, "Perth")


def test_a_column_is_left_out(wizard: Wizard) -> None:
    run = wizard.run("contacts", [*CONTACT, "City"], ["Roe", "a@x.co", "Perth"], mapping="City =")
    assert run["ignored"] == ["City"]


@pytest.mark.parametrize("name", ["Created at", "created_at", "Tags", "Lists", "cf_nothing"])
def test_what_cannot_be_mapped_is_refused(wizard: Wizard, name: str) -> None:
    file = csv_file([*CONTACT, "Since"], ["Roe", "a@x.co", "01/02/2020"])
    status, text = wizard.refused(file, module="contacts", mapping=f"Since = {name}")
    assert (status, text) == (400, f"{name!r} is no field that a column can be mapped to")


def test_created_at_is_not_mapped_by_its_label(wizard: Wizard) -> None:
    run = wizard.run("contacts", [*CONTACT, "Created at"], ["Roe", "a@x.co", "01/02/2020"])
    assert run["ignored"] == ["Created at"]


def test_a_column_that_the_file_lacks_is_refused(wizard: Wizard) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mapping="Surname = Last name")
    assert (status, text) == (400, "The file has no column 'Surname'")


def test_two_columns_for_one_field_are_refused(wizard: Wizard) -> None:
    file = csv_file(["A", "B", "Email"], ["Roe", "Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mapping="A = Last name\nB = last_name")
    assert (status, text) == (400, "Two columns are mapped to 'Last name'")


def test_a_line_of_the_mapping_without_a_field_is_refused(wizard: Wizard) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mapping="Last name")
    assert (status, text) == (400, "Write 'Last name' as 'column = field'")


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("contacts", "Map a column to Last name"),
        ("contacts_with_accounts", "Map a column to Last name and Account name"),
        ("accounts", "Map a column to Name"),
        ("deals", "Map a column to Deal name and Deal value"),
        ("products", "Map a column to Name"),
        ("sales_goals", "Map a column to Goal name and Target"),
    ],
)
def test_what_is_required_must_be_mapped(wizard: Wizard, module: str, text: str) -> None:
    file = csv_file(["Something"], ["x"])
    assert wizard.refused(file, module=module) == (400, text)


def test_a_contact_without_a_last_name_fails(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["", "a@x.co"], ["Roe", "b@x.co"])
    assert counts(run) == (1, 0, 0, 1)
    assert wizard.reasons(run) == ["Last name can't be empty"]


def test_the_rule_of_the_form_holds_for_imports(wizard: Wizard) -> None:
    run = wizard.run("contacts", CONTACT, ["Roe", ""])
    assert wizard.reasons(run) == ["Need to fill this Email"]


def test_a_required_custom_field_is_required_of_imports(api: Api, wizard: Wizard) -> None:
    custom(api, "contact", "Branch", required=True)
    run = wizard.run("contacts", CONTACT, ["Roe", "a@x.co"])
    assert wizard.reasons(run) == ["Branch can't be empty"]
