"""What was deleted, for a while and for good."""

from __future__ import annotations

from tests.emulator.conftest import Api

DAY = 86_400


def test_what_was_deleted_can_be_restored_for_ninety_days(api: Api) -> None:
    contact = api.contact()["id"]
    api("DELETE", f"contacts/{contact}")
    api.clock.pass_(89 * DAY)
    assert api.put(f"/contacts/{contact}/restore", {})["contact"]["id"] == contact


def test_after_ninety_days_the_bin_has_let_go_of_it(api: Api) -> None:
    contact = api.contact()["id"]
    api("DELETE", f"contacts/{contact}")
    view = api.view("contacts", "Recycle Bin")
    assert len(api.get(f"contacts/view/{view}")["contacts"]) == 1
    api.clock.pass_(91 * DAY)
    assert api.get(f"contacts/view/{view}")["contacts"] == []
    assert api("PUT", f"/contacts/{contact}/restore").status_code == 404


def test_what_hangs_on_a_forgotten_record_is_forgotten_with_it(api: Api) -> None:
    contact = api.contact()["id"]
    target = {"targetable_type": "Contact", "targetable_id": contact}
    api.post("notes", {"note": {"description": "n", **target}})
    task = api.post("tasks", {"task": {"title": "t", "due_date": "2026-01-01", **target}})["task"]
    form = {"targetable_type": "Contact", "targetable_id": str(contact)}
    api("POST", "documents", files={"file": ("a.txt", b"abc")}, data=form)
    assert api.account.files.used == 3
    api("DELETE", f"contacts/{contact}/forget")
    left = api.dump()
    assert (left["notes"], left["tasks"], left["documents"]) == ([], [], [])
    assert api("GET", f"tasks/{task['id']}").status_code == 404
    assert api.account.files.used == 0


def test_a_record_in_the_bin_keeps_what_hangs_on_it(api: Api) -> None:
    contact = api.contact()["id"]
    note = {"description": "n", "targetable_type": "Contact", "targetable_id": contact}
    api.post("notes", {"note": note})
    api("DELETE", f"contacts/{contact}")
    api.put(f"/contacts/{contact}/restore", {})
    assert len(api.get(f"contacts/{contact}/notes")["notes"]) == 1
