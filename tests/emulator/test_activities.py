from __future__ import annotations

from collections.abc import Callable
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


def test_a_task_is_created_with_201(api: Api) -> None:
    response = api("POST", "tasks", {"title": "Call", "due_date": "2020-01-01"})
    assert response.status_code == 201
    assert response.json()["task"]["due_date"] == "2020-01-01T00:00:00+11:00"


def test_a_task_needs_a_title_and_a_due_date(api: Api) -> None:
    refusal = api.refused("POST", "tasks", {"task": {"description": "x"}})
    assert refusal == (400, ["Title can't be blank", "Due date can't be blank"])


def test_the_server_says_when_a_task_was_completed(api: Api) -> None:
    body = {"title": "T", "due_date": "2020-01-01", "completed_date": "2020-01-01"}
    task = api.post("tasks", {"task": body})["task"]
    assert task["completed_date"] is None
    done = api.put(f"tasks/{task['id']}", {"task": {"status": 1}})["task"]
    assert done["completed_date"] == "2026-03-02T12:00:00+11:00"


def test_tasks_are_listed_by_filter(api: Api) -> None:
    for title, due in (("late", "2020-01-01"), ("today", "2026-03-02T18:00:00+11:00")):
        api.post("tasks", {"task": {"title": title, "due_date": due}})
    titles = {
        name: [task["title"] for task in api.get(f"tasks?filter={name}")["tasks"]]
        for name in ("open", "overdue", "due_today", "completed")
    }
    assert titles == {
        "open": ["late", "today"],
        "overdue": ["late"],
        "due_today": ["today"],
        "completed": [],
    }


def test_page_nought_of_tasks_breaks_the_server(api: Api) -> None:
    assert api("GET", "tasks?filter=open&page=0&per_page=0").status_code == 500


def test_a_blank_appointment_is_refused_with_all_its_reasons(api: Api) -> None:
    assert api.refused("POST", "appointments", {"appointment": {"location": "x"}}) == (
        400,
        ["Title can't be blank", "From date can't be blank", "End date can't be blank"],
    )


def test_an_appointment_may_lie_in_the_past(api: Api) -> None:
    body = {
        "title": "Visit",
        "from_date": "Mon Jun 20 2016 10:30:00 GMT+0530 (IST)",
        "end_date": "2016-06-20T11:30:00+05:30",
        "time_zone": "Chennai",
    }
    response = api("POST", "appointments", {"appointment": body})
    assert response.status_code == 201
    shown = response.json()["appointment"]
    assert shown["from_date"] == "2016-06-20T15:00:00+10:00"
    assert api.get("appointments?filter=upcoming")["appointments"] == []
    assert api.get("appointments?filter=complete")["meta"]["total"] == 1


def test_an_appointment_refuses_an_iana_zone(api: Api) -> None:
    body = {"title": "V", "from_date": "2020-01-01", "end_date": "2020-01-01", "time_zone": "UTC+1"}
    refusal = api.refused("POST", "appointments", {"appointment": body})
    assert refusal == (400, ["Not a supported time zone"])


def activity(api: Api, type_name: str) -> dict[str, Any]:
    owner = api.get("selector/owners")["users"][0]["id"]
    return on(
        api.deal(),
        "Deal",
        title="Payment",
        start_date="2017-12-04T17:00:00+05:30",
        end_date="2017-12-04T17:30:00+05:30",
        owner_id=owner,
        sales_activity_type_id=api.choice("sales_activity_types", type_name),
    )


def test_a_sales_activity_of_a_custom_type_can_be_dated_back(api: Api) -> None:
    api.account.catalog.add_activity_type("Payment", "payment", default=False)
    made = api.post("sales_activities", {"sales_activity": activity(api, "Payment")})
    shown = made["sales_activity"]
    assert shown["conversation_time"] == shown["end_date"] == "2017-12-04T23:00:00+11:00"


def test_a_sales_activity_of_a_default_type_is_refused(api: Api) -> None:
    refusal = api.refused("POST", "sales_activities", {"sales_activity": activity(api, "Phone")})
    assert refusal == (400, ["Sales activity type doesn't exist"])


def test_sales_activities_belong_to_enterprise(open_account: Callable[..., Api]) -> None:
    api = open_account(plan="pro")
    body = {"sales_activity": activity(api, "Phone")}
    assert api.refused("POST", "sales_activities", body)[0] == 403


def test_a_link_is_listed_on_its_record(api: Api) -> None:
    deal = api.deal()
    body = on(deal, "Deal", url="https://x.co/a", name="Photo")
    assert api.post("document_links", body)["url"] == "https://x.co/a"
    listed = api.get(f"deals/{deal['id']}/document_associations")["document_links"]
    assert [each["name"] for each in listed] == ["Photo"]


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


def test_a_record_has_no_emails(api: Api) -> None:
    contact = api.contact()
    path = f"contacts/{contact['id']}/conversations/all"
    assert api.get(f"/{path}") == {"email_conversations": []}
    assert api("GET", path).status_code == 404


def test_tags_of_settings_have_their_quirks(api: Api) -> None:
    assert api("POST", "/settings/tags", {}).status_code == 500
    made = api.post("/settings/tags", {"tag": {"name": "VIP"}})["tag"]
    api.put(f"/settings/tags/{made['id']}", {"tag": {"name": "Other"}})
    assert [tag["name"] for tag in api.get("/settings/tags")["tags"]] == ["VIP"]


def test_a_single_note_cannot_be_read(api: Api) -> None:
    made = api.post("notes", {"note": on(api.deal(), "Deal", description="x")})["note"]
    assert api("GET", f"notes/{made['id']}").status_code == 404
