from __future__ import annotations

import httpx2
import pytest

from crossdock.emulator import Faults

from .conftest import Api


def test_a_contact_comes_back_as_it_was_written(wire: Api) -> None:
    made = wire.contact(first_name="Jane", last_name="Ö'Neil", emails="Jane@x.co")
    shown = wire.get(f"contacts/{made['id']}")["contact"]
    assert (shown["display_name"], shown["email"]) == ("Jane Ö'Neil", "Jane@x.co")


def test_every_answer_names_the_allowance(wire: Api) -> None:
    headers = wire("GET", "selector/owners").headers
    assert headers["X-RateLimit-Limit"] == "5000"
    assert headers["X-RateLimit-Remaining"] == "4999"
    assert headers["X-RateLimit-Reset"] == "020326020000"


def test_a_call_without_a_key_is_refused(wire: Api) -> None:
    response = wire.send("GET", "http://acme.test/crm/sales/api/selector/owners")
    assert (response.status_code, response.json()["login"]) == (401, "failed")


def test_a_wrong_key_is_refused(wire: Api) -> None:
    response = wire("GET", "selector/owners", headers={"Authorization": "Token token=other"})
    assert response.status_code == 401


def test_a_bare_list_is_forbidden(wire: Api) -> None:
    status, messages = wire.refused("GET", "contacts")
    assert status == 403
    assert "not authorized" in messages[0]


def test_leads_are_forbidden(wire: Api) -> None:
    assert wire.refused("POST", "leads", {"lead": {"last_name": "A"}})[0] == 403


def test_a_file_is_uploaded_as_multipart(wire: Api) -> None:
    contact = wire.contact()
    response = wire(
        "POST",
        "documents",
        files={"file": ("a.txt", b"hello", "text/plain")},
        data={"targetable_type": "Contact", "targetable_id": str(contact["id"])},
    )
    assert response.status_code == 200
    listed = wire.get(f"contacts/{contact['id']}/document_associations")["documents"]
    assert [(each["name"], each["content_file_size"]) for each in listed] == [("a.txt", 5)]


def test_settings_answer_without_api_too(wire: Api) -> None:
    assert wire.get("/settings/contacts/fields") == wire.get("settings/contacts/fields")


def test_contacts_do_not_answer_without_api(wire: Api) -> None:
    contact = wire.contact()
    assert wire("GET", f"/contacts/{contact['id']}").status_code == 404


def test_text_as_content_type_breaks_the_server(wire: Api) -> None:
    response = wire("POST", "contacts", content=b"{}", headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.json()) == (500, {"error_code": 500})


def test_xml_is_not_acceptable(wire: Api) -> None:
    assert wire("GET", "contacts/1.xml").status_code == 406


def test_a_body_that_is_no_json_is_refused(wire: Api) -> None:
    response = wire("POST", "contacts", content=b"{", headers={"Content-Type": "application/json"})
    assert response.json()["errors"]["message"] == ["Invalid or missing attributes"]


def test_a_lost_answer_breaks_the_connection_after_the_write(wire: Api) -> None:
    wire.account.faults = Faults(lost_answer=1.0)
    with pytest.raises(httpx2.TransportError):
        wire.contact(emails="lost@x.co")
    wire.account.faults = Faults()
    found = wire.get("lookup?q=lost@x.co&f=email&entities=contact")
    assert len(found["contacts"]["contacts"]) == 1


def test_a_lost_request_breaks_the_connection_before_the_write(wire: Api) -> None:
    wire.account.faults = Faults(lost_request=1.0)
    with pytest.raises(httpx2.TransportError):
        wire.contact(emails="lost@x.co")
    assert len(wire.account.contacts.store) == 0
