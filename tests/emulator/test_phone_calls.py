"""Calls logged by hand."""

from __future__ import annotations

from .conftest import Api


def test_a_call_is_logged_with_its_note(api: Api) -> None:
    contact = api.contact()
    body = {
        "call_direction": True,
        "targetable_type": "contact",
        "targetable": {"id": contact["id"]},
        "note": {"description": "asked for a quote"},
    }
    response = api("POST", "phone_calls", {"phone_call": body})
    assert response.status_code == 201
    logged = response.json()["phone_calls"][0]
    assert logged["targetable"] == {"id": contact["id"], "type": "contact"}
    assert api.get(f"phone_calls/{logged['id']}")["call"] == logged
    feed = api.get(f"contacts/{contact['id']}/activities")
    assert {each["actionable_type"] for each in feed["activities"]} == {"Note", "PhoneCall"}


def test_a_call_is_logged_by_a_form(api: Api) -> None:
    contact = api.contact()
    fields = {
        "phone_call[call_direction]": "true",
        "phone_call[targetable_type]": "contact",
        "phone_call[targetable][id]": str(contact["id"]),
        "phone_call[note][description]": "asked for a quote",
    }
    parts = {name: (None, value) for name, value in fields.items()}
    response = api("POST", "phone_calls", files=parts)
    assert response.status_code == 201
    body = response.json()
    assert body["phone_calls"][0]["targetable"]["id"] == contact["id"]
    assert body["notes"][0]["description"] == "asked for a quote"


def test_a_call_makes_the_contact_and_its_company(api: Api) -> None:
    target = {"last_name": "New", "email": "n@x.co", "company": {"name": "Acme"}}
    body = {"call_direction": False, "targetable_type": "contact", "targetable": target}
    made = api.post("phone_calls", {"phone_call": body})["contacts"][0]
    assert [each["name"] for each in made["sales_accounts"]] == ["Acme"]


def test_calls_of_a_telephony_system_are_refused(api: Api) -> None:
    refusal = api.refused("POST", "cti_phone_calls", {"phone_call": {"call_direction": True}})
    assert refusal == (400, ["Invalid or missing attributes"])


def test_a_call_counts_as_the_last_contact(api: Api) -> None:
    contact = api.contact()
    body = {"call_direction": False, "targetable_type": "contact", "targetable": {}}
    body["targetable"] = {"id": contact["id"]}
    api.post("phone_calls", {"phone_call": body})
    assert api.get(f"contacts/{contact['id']}")["contact"]["last_contacted_mode"] == "Call Outgoing"
