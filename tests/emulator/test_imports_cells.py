"""How the cells of a file are read."""

from __future__ import annotations

import pytest

from .conftest import Api
from .importing import CONTACT, Wizard, contacts, csv_file, custom


@pytest.mark.parametrize(
    ("written", "text"),
    [("DD/MM/YYYY", "03/04/2024"), ("MM/DD/YYYY", "04/03/2024"), ("YYYY/MM/DD", "2024/04/03")],
)
def test_dates_are_read_as_the_person_said(
    api: Api, wizard: Wizard, written: str, text: str
) -> None:
    name = custom(api, "contact", "Since", "date")
    wizard.run("contacts", [*CONTACT, "Since"], ["Roe", "a@x.co", text], date_format=written)
    (shown,) = contacts(api)
    assert shown["custom_field"] == {name: "2024-04-03"}


@pytest.mark.parametrize("text", ["2024-04-03", "31/02/2024", "3/4/2024", "03/04/2024 10:00"])
def test_a_date_in_another_format_makes_its_row_fail(api: Api, wizard: Wizard, text: str) -> None:
    custom(api, "contact", "Since", "date")
    run = wizard.run("contacts", [*CONTACT, "Since"], ["Roe", "a@x.co", text])
    assert wizard.reasons(run) == ["Since is not a date in the format DD/MM/YYYY"]


def test_an_unknown_date_format_is_refused(wizard: Wizard) -> None:
    status, text = wizard.refused(
        csv_file(CONTACT, ["Roe", "a@x.co"]), module="contacts", date_format="YYYY-MM-DD"
    )
    assert status == 400
    assert text.startswith("'YYYY-MM-DD' is no date format: choose one of DD/MM/YYYY")


def test_system_dropdowns_are_read_by_their_label(api: Api, wizard: Wizard) -> None:
    header = [*CONTACT, "Lifecycle stage", "Status", "Subscription types", "Time zone"]
    row = ["Roe", "a@x.co", "Customer", "Churned", "Newsletter; Promotional", "(GMT+10:00) Sydney"]
    wizard.run("contacts", header, row)
    view = api.view("contacts", "All Contacts")
    found = api.get(f"contacts/view/{view}?include=lifecycle_stage,contact_status")
    assert [each["name"] for each in found["contact_status"]] == ["Churned"]
    assert found["contacts"][0]["subscription_types"] == "2;3"
    assert found["contacts"][0]["time_zone"] == "Sydney"


def test_custom_choices_are_read_by_their_text(api: Api, wizard: Wizard) -> None:
    size = custom(api, "contact", "Size", "dropdown", choices=["S", "L"])
    likes = custom(api, "contact", "Likes", "multi_select_dropdown", choices=["Tea", "Rain"])
    wizard.run("contacts", [*CONTACT, "Size", "Likes"], ["Roe", "a@x.co", "L", "Rain ;Tea"])
    (shown,) = contacts(api)
    assert shown["custom_field"] == {size: "L", likes: "Rain;Tea"}


@pytest.mark.parametrize("label", ["Size", "Lifecycle stage", "Likes"])
def test_an_unknown_choice_makes_its_row_fail(api: Api, wizard: Wizard, label: str) -> None:
    custom(api, "contact", "Size", "dropdown", choices=["S", "L"])
    custom(api, "contact", "Likes", "multi_select_dropdown", choices=["Tea"])
    run = wizard.run("contacts", [*CONTACT, label], ["Roe", "a@x.co", "Nowhere"])
    assert wizard.reasons(run) == [f"{label} is not in the list of choices"]


def test_the_id_of_a_system_choice_is_not_what_a_screen_shows(api: Api, wizard: Wizard) -> None:
    stage = str(api.choice("lifecycle_stages", "Customer"))
    run = wizard.run("contacts", [*CONTACT, "Lifecycle stage"], ["Roe", "a@x.co", stage])
    assert wizard.reasons(run) == ["Lifecycle stage is not in the list of choices"]


def test_a_lookup_is_read_by_the_name_of_the_record(api: Api, wizard: Wizard) -> None:
    name = custom(api, "contact", "Site", "auto_complete", lookup="sales_account")
    site = api.post("sales_accounts", {"sales_account": {"name": "Yard"}})["sales_account"]
    rows = [["Roe", "a@x.co", "Yard"], ["Poe", "b@x.co", "Nowhere"]]
    run = wizard.run("contacts", [*CONTACT, "Site"], *rows)
    assert wizard.reasons(run) == ["Site doesn't exist"]
    assert contacts(api)[0]["custom_field"] == {name: site["id"]}


@pytest.mark.parametrize("text", ["1,200", "1E999999999", "NaN", "٣", "a few"])
def test_a_number_is_written_in_plain_digits(api: Api, wizard: Wizard, text: str) -> None:
    custom(api, "contact", "Visits", "number")
    rows = [["Roe", "a@x.co", text], ["Poe", "b@x.co", "-3.5"]]
    run = wizard.run("contacts", [*CONTACT, "Visits"], *rows)
    assert wizard.reasons(run) == ["Visits is not a number"]
    assert contacts(api)[0]["custom_field"] == {"cf_visits": -3.5}


def test_an_absurd_match_key_finds_nothing(api: Api, wizard: Wizard) -> None:
    header = ["Freshworks CRM ID", *CONTACT]
    run = wizard.run("contacts", header, ["1" * 5_000, "Roe", "a@x.co"], mode="skip", match_by="id")
    assert wizard.reasons(run) == ["The requested Contact is not in the CRM"]


def test_everything_that_is_wrong_with_a_row_is_named(api: Api, wizard: Wizard) -> None:
    custom(api, "contact", "Since", "date")
    run = wizard.run("contacts", [*CONTACT, "Since", "Source"], ["", "a@x.co", "x", "y"])
    assert wizard.reasons(run) == [
        "Last name can't be empty; Since is not a date in the format DD/MM/YYYY; "
        "Source is not in the list of choices"
    ]
