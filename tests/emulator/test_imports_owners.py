"""Who owns what was imported."""

from __future__ import annotations

import pytest

from .conftest import Api
from .importing import CONTACT, Wizard, contacts, csv_file


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
