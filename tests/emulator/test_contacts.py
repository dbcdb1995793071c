from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crossdock.emulator import Assumptions

from .conftest import Api


def test_a_contact_needs_an_email(api: Api) -> None:
    refusal = api.refused("POST", "contacts", {"contact": {"mobile_number": "0400"}})
    assert refusal == (400, ["Need to fill this Email"])


def test_the_form_can_accept_a_mobile_number_instead(open_account: Callable[..., Api]) -> None:
    api = open_account(mandatory_contact_fields=("emails", "mobile_number"))
    assert api.contact(emails=None, mobile_number="0400")["mobile_number"] == "0400"
    form = api.get("settings/contacts/forms")["forms"][0]
    assert form["groupedMandatoryFields"] == [["emails", "mobile_number"]]


def test_an_email_is_unique_whatever_its_case(api: Api) -> None:
    api.contact(emails="Jane@x.co")
    refusal = api.refused("POST", "contacts", {"contact": {"emails": "jANE@x.co"}})
    assert refusal == (400, ["jANE@x.co already exists."])


def test_an_email_of_the_recycle_bin_is_free_again(api: Api) -> None:
    gone = api.contact(emails="jane@x.co")
    api("DELETE", f"contacts/{gone['id']}")
    api.contact(emails="jane@x.co")
    assert api.refused("PUT", f"contacts/{gone['id']}/restore")[0] == 400


def test_an_email_of_the_recycle_bin_may_stay_taken(open_account: Callable[..., Api]) -> None:
    api = open_account(assumptions=Assumptions(bin_keeps_unique_values=True))
    gone = api.contact(emails="jane@x.co")
    api("DELETE", f"contacts/{gone['id']}")
    assert api.refused("POST", "contacts", {"contact": {"emails": "jane@x.co"}})[0] == 400


@pytest.mark.parametrize(
    "emails",
    ["a@x.co", ["a@x.co"], [{"value": "a@x.co", "is_primary": True}]],
    ids=["text", "texts", "objects"],
)
def test_emails_come_in_three_shapes(api: Api, emails: Any) -> None:
    shown = api.contact(emails=emails)
    assert shown["email"] == "a@x.co"
    assert [(e["value"], e["is_primary"]) for e in shown["emails"]] == [("a@x.co", True)]


def test_an_email_object_can_be_destroyed(api: Api) -> None:
    made = api.contact(emails=["a@x.co", "b@x.co"])
    change = {"emails": [{"value": "a@x.co", "_destroy": True}]}
    shown = api.put(f"contacts/{made['id']}", {"contact": change})["contact"]
    assert [each["value"] for each in shown["emails"]] == ["b@x.co"]
    assert shown["email"] == "b@x.co"


def test_a_malformed_email_is_refused(api: Api) -> None:
    status, messages = api.refused("POST", "contacts", {"contact": {"emails": "nobody"}})
    assert (status, messages) == (400, ["nobody is an invalid email address"])


def test_an_external_id_is_unique(api: Api) -> None:
    api.contact(external_id="CUS-1")
    body = {"contact": {"emails": "n@x.co", "external_id": "CUS-1"}}
    assert api.refused("POST", "contacts", body) == (400, ["External ID is not unique"])


def test_a_long_first_name_is_refused(api: Api) -> None:
    body = {"contact": {"emails": "n@x.co", "first_name": "x" * 300}}
    assert api.refused("POST", "contacts", body) == (
        400,
        ["First name is not in required length"],
    )


def test_junk_is_accepted_as_a_mobile_number(api: Api) -> None:
    assert api.contact(mobile_number="call me")["mobile_number"] == "call me"


def test_unknown_keys_and_custom_fields_in_plural_are_dropped(api: Api) -> None:
    shown = api.contact(shoe_size=44, custom_fields={"cf_a": 1}, created_at="2019-01-01")
    assert "shoe_size" not in shown
    assert shown["custom_field"] == {}
    assert shown["created_at"] == "2026-03-02T12:00:00+11:00"


def test_null_clears_a_field(api: Api) -> None:
    made = api.contact(city="Sydney")
    shown = api.put(f"contacts/{made['id']}", {"contact": {"city": None}})["contact"]
    assert shown["city"] is None


def test_an_unwrapped_body_is_accepted(api: Api) -> None:
    assert api.post("contacts", {"emails": "u@x.co"})["contact"]["email"] == "u@x.co"


def test_an_empty_body_is_refused(api: Api) -> None:
    refusal = api.refused("POST", "contacts", {"contact": {}})
    assert refusal == (400, ["Invalid or missing attributes"])


def test_ids_of_other_records_are_hidden_unless_included(api: Api) -> None:
    owner = api.get("selector/owners")["users"][0]["id"]
    made = api.contact(owner_id=owner)
    assert "owner_id" not in made
    shown = api.get(f"contacts/{made['id']}?include=owner,lifecycle_stage")
    assert shown["contact"]["owner_id"] == shown["users"][0]["id"] == owner
    assert shown["lifecycle_stages"][0]["name"] == "Lead"


def test_a_system_dropdown_takes_an_id_and_no_label(api: Api) -> None:
    source = api.choice("lead_sources", "Referral")
    made = api.contact(lead_source_id=source)
    shown = api.get(f"contacts/{made['id']}?include=source")
    assert shown["contact"]["lead_source_id"] == source
    body = {"contact": {"lead_source_id": "Referral"}}
    assert api.refused("PUT", f"contacts/{made['id']}", body)[0] == 400


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("contact_status_id", "Invalid contact status provided."),
        ("lifecycle_stage_id", "Invalid lifecycle stage provided."),
    ],
)
def test_an_unknown_stage_is_refused(api: Api, field: str, text: str) -> None:
    body = {"contact": {"emails": "n@x.co", field: 12}}
    assert api.refused("POST", "contacts", body) == (400, [text])


def test_an_inactive_user_cannot_own_a_record(api: Api) -> None:
    gone = api.account.add_user("Old", "old@x.co", active=False)
    body = {"contact": {"emails": "n@x.co", "owner_id": gone["id"]}}
    assert api.refused("POST", "contacts", body) == (400, ["Sales owner is not active"])


def test_accounts_of_a_contact_have_one_primary(api: Api) -> None:
    ids = [
        api.post("sales_accounts", {"sales_account": {"name": name}})["sales_account"]["id"]
        for name in ("A", "B")
    ]
    made = api.contact(sales_accounts=[{"id": each, "is_primary": True} for each in ids])
    shown = api.get(f"contacts/{made['id']}?include=sales_accounts")["contact"]
    assert [(a["name"], a["is_primary"]) for a in shown["sales_accounts"]] == [
        ("A", True),
        ("B", False),
    ]


def in_account(api: Api, contact: int) -> list[tuple[str, bool]]:
    shown = api.get(f"contacts/{contact}?include=sales_accounts")["contact"]
    return [(each["name"], each["is_primary"]) for each in shown["sales_accounts"]]


def accounts(api: Api, *names: str) -> list[int]:
    made = (api.post("sales_accounts", {"sales_account": {"name": each}}) for each in names)
    return [each["sales_account"]["id"] for each in made]


def test_a_contact_hangs_on_an_account_only_once(api: Api) -> None:
    first, second = accounts(api, "A", "B")
    links = [{"id": first}, {"id": second}, {"id": first, "is_primary": True}, {"id": second}]
    assert in_account(api, api.contact(sales_accounts=links)["id"]) == [("A", True), ("B", False)]


def test_when_the_primary_account_is_deleted_the_next_one_is_it(api: Api) -> None:
    ids = accounts(api, "A", "B", "C")
    contact = api.contact(sales_accounts=[{"id": each} for each in ids], last_name="Zed")["id"]
    assert in_account(api, contact)[0] == ("A", True)
    api("DELETE", f"sales_accounts/{ids[0]}")
    assert in_account(api, contact) == [("B", True), ("C", False)]
    api.clock.pass_(60)
    assert api.get("search?q=zed")[0]["primary_sales_account_name"] == "B"


def test_an_account_that_comes_back_is_the_primary_one_again(api: Api) -> None:
    ids = accounts(api, "A", "B")
    contact = api.contact(sales_accounts=[{"id": each} for each in ids])["id"]
    api("DELETE", f"sales_accounts/{ids[0]}")
    api.put(f"sales_accounts/{ids[0]}/restore", None)
    assert in_account(api, contact) == [("A", True), ("B", False)]


def test_when_the_primary_account_is_unlinked_the_next_one_is_it(api: Api) -> None:
    ids = accounts(api, "A", "B", "C")
    contact = api.contact(sales_accounts=[{"id": each} for each in ids])["id"]
    kept = [{"id": each, "is_primary": False} for each in ids[1:]]
    api.put(f"contacts/{contact}", {"contact": {"sales_accounts": kept}})
    assert in_account(api, contact) == [("B", True), ("C", False)]


def test_a_time_zone_is_a_rails_name(api: Api) -> None:
    assert api.contact(time_zone="Sydney")["time_zone"] == "Sydney"
    body = {"contact": {"emails": "n@x.co", "time_zone": "Australia/Sydney"}}
    assert api.refused("POST", "contacts", body) == (400, ["Not a supported time zone"])


def test_a_deleted_contact_is_gone_and_can_be_restored(api: Api) -> None:
    made = api.contact()
    path = f"contacts/{made['id']}"
    assert api("DELETE", path).json() is True
    assert api("GET", path).status_code == 404
    assert api("DELETE", path).status_code == 404
    assert api.put(f"{path}/restore", None)["contact"]["id"] == made["id"]
    assert api("GET", path).status_code == 200


def test_a_forgotten_contact_cannot_be_restored(api: Api) -> None:
    made = api.contact()
    assert api("DELETE", f"contacts/{made['id']}/forget").json() is True
    assert api("PUT", f"contacts/{made['id']}/restore").status_code == 404


def test_several_contacts_are_deleted_at_once(api: Api) -> None:
    ids = [api.contact()["id"] for _ in range(2)]
    answer = api.post("contacts/bulk_destroy", {"selected_ids": ids})
    assert answer == {"message": "Contact deleted."}
    assert api("GET", f"contacts/{ids[0]}").status_code == 404


def test_an_id_that_is_no_number_is_not_in_the_crm(api: Api) -> None:
    status, messages = api.refused("GET", "contacts/abc")
    assert status == 404
    assert messages[0].endswith("not in the CRM")


def test_an_upsert_creates_and_then_updates(api: Api) -> None:
    body = {"unique_identifier": {"emails": "u@x.co"}, "contact": {"last_name": "U"}}
    first, second = (api("POST", "contacts/upsert", body) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["contact"]["id"] == second.json()["contact"]["id"]


def test_ids_exceed_what_small_integers_and_floats_hold(api: Api) -> None:
    made = api.contact()
    assert made["id"] > 2**31
    assert made["mcr_id"] > 2**53


def test_the_same_seed_gives_the_same_ids(open_account: Callable[..., Api]) -> None:
    first, second, other = (open_account(seed=seed).contact()["id"] for seed in (7, 7, 8))
    assert first == second != other


def test_mobile_numbers_are_unique_where_the_account_says_so(
    open_account: Callable[..., Api],
) -> None:
    api = open_account(assumptions=Assumptions(unique_mobile=True))
    api.contact(mobile_number="0400 000 001")
    again = {"contact": {"emails": "b@x.co", "mobile_number": "0400 000 001"}}
    assert api.refused("POST", "contacts", again) == (400, ["MobileNumber is not unique"])
