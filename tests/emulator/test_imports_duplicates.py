"""What an import does with rows of records that exist: modes and match keys."""

from __future__ import annotations

import pytest

from .conftest import Api
from .importing import CONTACT, Wizard, contacts, counts, csv_file, custom


def test_every_row_is_added_where_no_duplicates_are_looked_for(api: Api, wizard: Wizard) -> None:
    api.contact(mobile_number="0400", emails="a@x.co")
    run = wizard.run(
        "contacts", ["Last name", "Email", "Mobile"], ["Roe", "b@x.co", "0400"], mode="add"
    )
    assert counts(run) == (1, 0, 0, 0)
    assert [each["last_name"] for each in contacts(api)] == ["Doe", "Roe"]


def test_an_address_that_is_taken_makes_an_added_row_fail(api: Api, wizard: Wizard) -> None:
    api.contact(emails="a@x.co")
    run = wizard.run("contacts", CONTACT, ["Roe", "A@X.co"], ["Poe", "b@x.co"])
    assert counts(run) == (1, 0, 0, 1)
    assert wizard.reasons(run) == ["A@X.co already exists."]


def test_a_custom_value_that_must_be_unique_makes_an_added_row_fail(
    api: Api, wizard: Wizard
) -> None:
    custom(api, "contact", "Legacy ID", unique=True)
    rows = [["Roe", "a@x.co", "7"], ["Poe", "b@x.co", "7"]]
    run = wizard.run("contacts", [*CONTACT, "Legacy ID"], *rows)
    assert counts(run) == (1, 0, 0, 1)
    assert wizard.reasons(run) == ["Legacy ID is not unique"]


def test_duplicates_are_updated(api: Api, wizard: Wizard) -> None:
    made = api.contact(first_name="Jane", emails="a@x.co")
    run = wizard.run(
        "contacts", CONTACT, ["Roe", "A@x.co"], ["New", "n@x.co"], mode="update", match_by="Email"
    )
    assert counts(run) == (1, 1, 0, 0)
    shown = api.get(f"contacts/{made['id']}")["contact"]
    assert (shown["first_name"], shown["last_name"]) == ("Jane", "Roe")


def test_duplicates_are_skipped(api: Api, wizard: Wizard) -> None:
    made = api.contact(emails="a@x.co")
    run = wizard.run(
        "contacts", CONTACT, ["Roe", "a@x.co"], ["New", "n@x.co"], mode="skip", match_by="Email"
    )
    assert counts(run) == (1, 0, 1, 0)
    assert api.get(f"contacts/{made['id']}")["contact"]["last_name"] == "Doe"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Mobile", "mobile_number"),
        ("Work", "work_number"),
        ("External ID", "external_id"),
        ("Job title", "job_title"),
    ],
)
def test_duplicates_are_found_by_a_text(api: Api, wizard: Wizard, label: str, name: str) -> None:
    made = api.contact(**{name: "K 17"})
    run = wizard.run(
        "contacts", ["Last name", label], ["Roe", "k 17"], mode="update", match_by=label
    )
    assert counts(run) == (0, 1, 0, 0)
    assert api.get(f"contacts/{made['id']}")["contact"]["last_name"] == "Roe"


def test_duplicates_are_found_by_the_id(api: Api, wizard: Wizard) -> None:
    made = api.contact()
    run = wizard.run(
        "contacts",
        ["Freshworks CRM ID", "Last name"],
        [str(made["id"]), "Roe"],
        ["12", "Poe"],
        mode="update",
        match_by="Freshworks CRM ID",
    )
    assert counts(run) == (0, 1, 0, 1)
    assert wizard.reasons(run) == ["The requested Contact is not in the CRM"]


@pytest.mark.parametrize(("kind", "text"), [("text", "A-7"), ("number", "7.0")])
def test_duplicates_are_found_by_a_custom_field(
    api: Api, wizard: Wizard, kind: str, text: str
) -> None:
    name = custom(api, "contact", "Legacy ID", kind)
    made = api.contact(custom_field={name: "A-7" if kind == "text" else 7})
    run = wizard.run(
        "contacts",
        ["Last name", "Legacy ID"],
        ["Roe", text],
        mode="update",
        match_by="Legacy ID",
    )
    assert counts(run) == (0, 1, 0, 0)
    assert api.get(f"contacts/{made['id']}")["contact"]["last_name"] == "Roe"


def test_only_the_primary_address_finds_a_duplicate(api: Api, wizard: Wizard) -> None:
    api.contact(emails=["a@x.co", "second@x.co"])
    run = wizard.run("contacts", CONTACT, ["Roe", "second@x.co"], mode="skip", match_by="Email")
    assert counts(run) == (1, 0, 0, 0)


def test_a_row_without_a_match_key_is_new(api: Api, wizard: Wizard) -> None:
    run = wizard.run(
        "contacts",
        [*CONTACT, "Mobile"],
        ["Roe", "a@x.co", ""],
        mode="update",
        match_by="Mobile",
    )
    assert counts(run) == (1, 0, 0, 0)


def test_the_second_row_of_a_file_finds_the_first(api: Api, wizard: Wizard) -> None:
    rows = [["Roe", "a@x.co"], ["Poe", "a@x.co"]]
    run = wizard.run("contacts", CONTACT, *rows, mode="update", match_by="Email")
    assert counts(run) == (1, 1, 0, 0)


def test_an_empty_cell_leaves_a_field_as_it_is(api: Api, wizard: Wizard) -> None:
    made = api.contact(city="Perth", emails="a@x.co")
    rows = [[*CONTACT, "City"], ["Roe", "a@x.co", ""]]
    wizard.run("contacts", *rows, mode="update", match_by="Email")
    assert api.get(f"contacts/{made['id']}")["contact"]["city"] == "Perth"


def test_an_update_keeps_the_other_addresses(api: Api, wizard: Wizard) -> None:
    made = api.contact(emails=["a@x.co", "b@x.co"])
    wizard.run("contacts", CONTACT, ["Roe", "a@x.co"], mode="update", match_by="Email")
    shown = api.get(f"contacts/{made['id']}")["contact"]["emails"]
    assert [each["value"] for each in shown] == ["a@x.co", "b@x.co"]


def test_duplicates_are_not_found_by_a_dropdown(wizard: Wizard) -> None:
    file = csv_file([*CONTACT, "Source"], ["Roe", "a@x.co", "Web"])
    status, text = wizard.refused(file, module="contacts", mode="skip", match_by="Source")
    assert (status, text) == (
        400,
        "Duplicates cannot be found by 'Source': choose a text or number",
    )


def test_the_match_key_must_be_a_column(wizard: Wizard) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mode="skip", match_by="Mobile")
    assert (status, text) == (400, "Map a column to Mobile")


def test_a_match_key_must_be_chosen(wizard: Wizard) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", mode="update")
    assert (status, text) == (400, "Choose the field that duplicates are found by")
