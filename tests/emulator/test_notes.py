"""Notes on records."""

from __future__ import annotations

from typing import Any

from .conftest import Api


def on(record: dict[str, Any], model: str, **fields: Any) -> dict[str, Any]:
    return {"targetable_type": model, "targetable_id": record["id"], **fields}


def test_a_note_hangs_on_a_record_and_is_listed_there(api: Api) -> None:
    deal = api.deal()
    made = api.post("notes", {"note": on(deal, "Deal", description="Gate code 12")})["note"]
    assert made["targetables"] == [{"id": deal["id"], "type": "Deal"}]
    for path in (f"deals/{deal['id']}/notes", f"/deals/{deal['id']}/notes"):
        assert [each["description"] for each in api.get(path)["notes"]] == ["Gate code 12"]
    assert api.get(f"deals/{deal['id']}")["deal"]["recent_note"] == "Gate code 12"


def test_an_empty_note_is_refused(api: Api) -> None:
    body = {"note": on(api.deal(), "Deal", description="")}
    assert api.refused("POST", "notes", body) == (400, ["Description can't be empty"])


def test_a_note_on_nothing_is_refused(api: Api) -> None:
    body = {"note": {"description": "x", "targetable_type": "Deal", "targetable_id": 1}}
    assert api.refused("POST", "notes", body)[0] == 400


def test_a_deleted_note_is_gone_for_good(api: Api) -> None:
    made = api.post("notes", {"note": on(api.deal(), "Deal", description="x")})["note"]
    assert api("DELETE", f"notes/{made['id']}").json() == {"success": "200"}
    assert api("DELETE", f"notes/{made['id']}").status_code == 404


def test_a_single_note_cannot_be_read(api: Api) -> None:
    made = api.post("notes", {"note": on(api.deal(), "Deal", description="x")})["note"]
    assert api("GET", f"notes/{made['id']}").status_code == 404


def test_an_account_lists_its_notes(api: Api) -> None:
    account = api.post("sales_accounts", {"name": "Acme"})["sales_account"]
    api.post("notes", {"note": on(account, "SalesAccount", description="Key under the mat")})
    listed = api.get(f"sales_accounts/{account['id']}/notes")["notes"]
    assert [each["description"] for each in listed] == ["Key under the mat"]


def test_a_record_shows_its_latest_note_whatever_becomes_of_it(api: Api) -> None:
    deal = api.deal()
    path = f"deals/{deal['id']}"
    api.post("notes", {"note": on(deal, "Deal", description="first")})
    second = api.post("notes", {"note": on(deal, "Deal", description="second")})["note"]["id"]
    api.put(f"notes/{second}", {"note": {"description": "changed"}})
    assert api.get(path)["deal"]["recent_note"] == "changed"
    api.good(api("DELETE", f"notes/{second}"))
    assert api.get(path)["deal"]["recent_note"] == "first"
