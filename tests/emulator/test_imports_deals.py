"""Deals, with what a row names beside them."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api
from .importing import DEAL, Wizard, counts, make_account, shown


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
