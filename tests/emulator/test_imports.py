from __future__ import annotations

import pytest

from crossdock.emulator.settings.creation import add_field

from .conftest import Api
from .importing import Wizard, counts, csv_file

CONTACT = ["Last name", "Email"]


@pytest.fixture
def wizard(api: Api) -> Wizard:
    return Wizard(api)


def contacts(api: Api) -> list[dict[str, object]]:
    view = api.view("contacts", "All Contacts")
    found: list[dict[str, object]] = api.get(f"contacts/view/{view}?include=owner")["contacts"]
    return found


def custom(api: Api, entity: str, label: str, kind: str = "text", **more: object) -> str:
    schema = api.account.schemas[entity]
    return add_field(api.account, schema, label, kind, **more).name  # type: ignore[arg-type]


# -- modes and match keys ----------------------------------------------------------------------


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


# -- columns -----------------------------------------------------------------------------------


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


# -- cells -------------------------------------------------------------------------------------


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


# -- owners ------------------------------------------------------------------------------------


def owner_of(api: Api) -> str:
    (shown,) = contacts(api)
    users = {each["id"]: each["email"] for each in api.account.catalog.items("owners")}
    return str(users[shown["owner_id"]])


def test_an_owner_is_meant_by_the_login_address(api: Api, wizard: Wizard) -> None:
    api.account.add_user("Sam", "sam@example.com")
    wizard.run("contacts", [*CONTACT, "Sales owner"], ["Roe", "a@x.co", "SAM@example.com"])
    assert owner_of(api) == "sam@example.com"


@pytest.mark.parametrize("text", ["", "nobody@example.com", "Sam"])
def test_who_imports_owns_what_nobody_is_found_for(api: Api, wizard: Wizard, text: str) -> None:
    api.account.add_user("Sam", "sam@example.com")
    wizard.run("contacts", [*CONTACT, "Sales owner"], ["Roe", "a@x.co", text])
    assert owner_of(api) == "admin@example.com"


def test_another_owner_is_chosen_for_what_nobody_is_found_for(api: Api, wizard: Wizard) -> None:
    api.account.add_user("Sam", "sam@example.com")
    wizard.run("contacts", CONTACT, ["Roe", "a@x.co"], owner="sam@example.com")
    assert owner_of(api) == "sam@example.com"


def test_an_update_keeps_the_owner_where_the_file_names_none(api: Api, wizard: Wizard) -> None:
    sam = api.account.add_user("Sam", "sam@example.com")
    api.contact(emails="a@x.co", owner_id=sam["id"])
    wizard.run("contacts", CONTACT, ["Roe", "a@x.co"], mode="update", match_by="Email")
    assert owner_of(api) == "sam@example.com"


def test_an_owner_who_left_makes_the_row_fail(api: Api, wizard: Wizard) -> None:
    api.account.add_user("Gone", "gone@example.com", active=False)
    run = wizard.run("contacts", [*CONTACT, "Sales owner"], ["Roe", "a@x.co", "gone@example.com"])
    assert wizard.reasons(run) == ["Sales owner is not active"]


def test_an_unknown_fallback_owner_is_refused(wizard: Wizard) -> None:
    file = csv_file(CONTACT, ["Roe", "a@x.co"])
    status, text = wizard.refused(file, module="contacts", owner="nobody@example.com")
    assert (status, text) == (400, "No user has the e-mail 'nobody@example.com'")
