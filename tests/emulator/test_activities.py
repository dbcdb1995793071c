"""Tasks, appointments, sales activities and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .conftest import Api


def on(record: dict[str, Any], model: str, **fields: Any) -> dict[str, Any]:
    return {"targetable_type": model, "targetable_id": record["id"], **fields}


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


def test_a_record_has_no_emails(api: Api) -> None:
    contact = api.contact()
    path = f"contacts/{contact['id']}/conversations/all"
    assert api.get(f"/{path}") == {"email_conversations": []}
    assert api("GET", path).status_code == 404


def task(api: Api, **fields: Any) -> dict[str, Any]:
    made = api.post("tasks", {"task": {"title": "T", "due_date": "2030-01-01"} | fields})
    return dict(made["task"])


def test_a_task_tells_which_of_its_targets_have_an_email(api: Api) -> None:
    contact = api.contact(last_name="Mailed")
    made = task(api, **on(contact, "Contact"))
    assert made["targetables_with_email"] == [
        {"id": contact["id"], "name": "Mailed", "type": "Contact"}
    ]
    assert task(api, **on(api.deal(), "Deal"))["targetables_with_email"] == []


def test_a_task_can_be_said_to_be_made_by_somebody_else(api: Api) -> None:
    other = api.account.add_user("Jo", "jo@x.co")["id"]
    assert task(api, creater_id=other)["creater_id"] == other


def test_the_tasks_of_a_record_come_with_what_include_asks_for(api: Api) -> None:
    deal = api.deal()
    follow_up = api.choice("sales_activity_entity_types", "Follow up")
    task(api, task_type_id=follow_up, **on(deal, "Deal"))
    shown = api.get(f"/deals/{deal['id']}/tasks?include=creater,targetable,task_type")
    assert [each["display_name"] for each in shown["users"]] == ["Avery Admin"]
    assert [each["name"] for each in shown["deals"]] == ["Clean"]
    assert [each["id"] for each in shown["sales_activity_entity_types"]] == [follow_up]


def test_a_contact_has_no_reminders_connections_or_duplicates(api: Api) -> None:
    path = f"/contacts/{api.contact()['id']}"
    for name in ("reminders", "connections", "duplicates"):
        assert api.get(f"{path}/{name}") == {name: []}


def test_an_older_activity_does_not_count_as_the_last_contact(api: Api) -> None:
    api.account.catalog.add_activity_type("Payment", "payment", default=False)
    body = activity(api, "Payment")
    path = f"deals/{body['targetable_id']}"
    for year in ("2018", "2015"):
        times = dict.fromkeys(("start_date", "end_date"), f"{year}-01-01T00:00:00+11:00")
        api.post("sales_activities", {"sales_activity": body | times})
    shown = api.get(path)["deal"]
    assert shown["last_contacted_via_sales_activity"] == "2018-01-01T00:00:00+11:00"


def test_a_single_task_brings_along_its_owner_and_target(api: Api) -> None:
    owner = api.get("selector/owners")["users"][0]["id"]
    made = task(api, owner_id=owner, **on(api.contact(last_name="Doe"), "Contact"))
    path = f"tasks/{made['id']}"
    for shown in (api.get(path), api.put(path, {"task": {"status": 1}})):
        assert [each["id"] for each in shown["users"]] == [owner]
        assert [each["display_name"] for each in shown["contacts"]] == ["Doe"]
        assert shown["task"]["targetable"]["type"] == "contact"


def test_no_plan_below_enterprise_lists_sales_activities(open_account: Callable[..., Api]) -> None:
    assert open_account(plan="pro").refused("GET", "sales_activities")[0] == 403
