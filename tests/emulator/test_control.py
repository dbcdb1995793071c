from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.emulator.conftest import Api


def test_the_dump_shows_every_id(api: Api) -> None:
    contact = api.contact()["id"]
    api.deal(contacts_added_list=[contact])
    found = api.dump()
    assert found["deals"][0]["contact_ids"] == [contact]
    assert found["contacts"][0]["lifecycle_stage_id"]


def test_the_dump_of_one_kind_has_nothing_else(api: Api) -> None:
    api.contact()
    api.deal(name="Clean")
    lines = api("GET", "http://acme.test/emulator/dump?entity=deals").text.splitlines()
    assert len(lines) == 1
    assert '"entity":"deals"' in lines[0]


def test_requests_are_counted_by_operation_and_status(api: Api) -> None:
    api.contact(emails="a@x.co")
    api("POST", "contacts", {"contact": {"emails": "A@x.co"}})
    found = api.control("GET", "requests")
    assert found["total"] == 2
    assert found["routes"] == {"POST contacts": 2}
    assert found["operations"] == [
        {"operation": "POST contacts", "status": 200, "count": 1},
        {"operation": "POST contacts", "status": 400, "count": 1},
    ]


def test_the_log_shows_the_latest_requests_in_their_order(api: Api) -> None:
    made = api.contact()
    api.get(f"contacts/{made['id']}")
    (entry,) = api.control("GET", "requests?last=1")["log"]
    assert entry == {
        "at": "2026-03-02T01:00:00.000+00:00",
        "operation": "GET contacts/:id",
        "path": f"api/contacts/{made['id']}",
        "status": 200,
        "fault": "",
    }


def test_a_request_for_an_unknown_address_is_counted_too(api: Api) -> None:
    api("GET", "nowhere/at/all")
    assert api.control("GET", "requests")["operations"] == [
        {"operation": "404", "status": 404, "count": 1}
    ]


def test_the_control_surface_costs_nothing_of_the_allowance(api: Api) -> None:
    before = api("GET", "selector/owners").headers["x-ratelimit-remaining"]
    for _ in range(5):
        api.control("GET", "requests")
    after = api("GET", "selector/owners").headers["x-ratelimit-remaining"]
    assert int(before) - int(after) == 1


def test_the_clock_can_be_driven(api: Api) -> None:
    made = api.contact()
    api.control("POST", "clock", {"seconds": 3600})
    later = api.contact()
    assert (made["created_at"], later["created_at"]) == (
        "2026-03-02T12:00:00+11:00",
        "2026-03-02T13:00:00+11:00",
    )


@pytest.mark.parametrize(
    "body", [{"seconds": "soon"}, {}, {"seconds": -1}, {"seconds": True}, {"seconds": 1e30}]
)
def test_a_clock_that_is_told_nonsense_says_so(api: Api, body: Any) -> None:
    answer = api("POST", "http://acme.test/emulator/clock", body)
    assert answer.status_code == 400
    assert "seconds" in answer.json()["error"]


def fill(api: Api, names: list[str]) -> None:
    for name in names:
        made = api.contact(last_name=name, emails=f"{name}@x.co")
        api.deal(name=f"Deal of {name}", contacts_added_list=[made["id"]])
        note = {"description": "n", "targetable_type": "Contact", "targetable_id": made["id"]}
        api.post("notes", {"note": note})


def test_the_digest_does_not_mind_ids_order_and_times(
    open_account: Callable[..., Api],
) -> None:
    one, other = open_account(seed=1), open_account(seed=2)
    other.clock.pass_(1000)
    fill(one, ["a", "b", "c"])
    fill(other, ["c", "a", "b"])
    assert one.control("GET", "digest") == other.control("GET", "digest")


def test_the_digest_changes_with_any_field(api: Api) -> None:
    fill(api, ["a"])
    before = api.control("GET", "digest")
    (deal,) = api.dump()["deals"]
    api.put(f"deals/{deal['id']}", {"deal": {"amount": 101}})
    after = api.control("GET", "digest")
    assert before["digest"] != after["digest"]
    changed = [k for k, v in after["entities"].items() if before["entities"][k] != v]
    assert changed == ["deals"]


def test_the_digest_knows_whom_a_deal_belongs_to(api: Api) -> None:
    fill(api, ["a", "b"])
    before = api.control("GET", "digest")["entities"]["deals"]
    deal, contact = api.dump()["deals"][0], api.dump()["contacts"][1]
    api.put(f"deals/{deal['id']}", {"deal": {"contacts_added_list": [contact["id"]]}})
    assert api.control("GET", "digest")["entities"]["deals"] != before


def test_what_is_in_the_bin_is_no_business(api: Api) -> None:
    before = api.control("GET", "digest")
    api("DELETE", f"contacts/{api.contact()['id']}")
    assert api.control("GET", "digest") == before


def test_persons_act_on_screens(api: Api) -> None:
    made = api.contact(emails="a@x.co")
    act = {"act": "edit", "entity": "contact", "email": "a@x.co", "fields": {"job_title": "Boss"}}
    (done,) = api.control("POST", "people", [act])["people"]
    assert (done["act"], done["id"]) == ("edit", made["id"])
    assert api.get(f"contacts/{made['id']}")["contact"]["job_title"] == "Boss"


def test_an_act_that_means_nothing_is_refused(api: Api) -> None:
    answer = api("POST", "http://acme.test/emulator/people", [{"act": "sing"}])
    assert answer.status_code == 400
    assert "sing" in answer.json()["error"]


def test_the_import_page_stands_beside_the_api(api: Api) -> None:
    answer = api("GET", "http://acme.test/emulator/import", headers={"accept": "text/html"})
    assert answer.status_code == 200
    assert "<form" in answer.text


def test_a_body_that_is_no_json_is_refused(api: Api) -> None:
    answer = api.send("POST", "http://acme.test/emulator/users", content=b"{")
    assert answer.status_code == 400
    assert "the body is no JSON" in answer.json()["error"]


def test_a_user_without_an_email_is_refused(api: Api) -> None:
    answer = api("POST", "http://acme.test/emulator/users", [{"name": "Jo"}])
    assert (answer.status_code, answer.json()) == (400, {"error": "'email' is missing"})


def test_refusals_are_in_the_language_of_the_keys_owner(api: Api) -> None:
    user = {"name": "Ana", "email": "ana@x.co", "key": "spanish", "language": "es"}
    api.control("POST", "users", [user])
    api.contact(emails="a@x.co")
    again = {"contact": {"last_name": "Doe", "emails": "A@x.co"}}
    spanish = api("POST", "contacts", again, headers={"Authorization": "Token token=spanish"})
    assert spanish.json()["errors"]["message"] == ["A@x.co ya existe."]
    assert api.refused("POST", "contacts", again) == (400, ["A@x.co already exists."])


def test_a_job_reports_in_the_language_of_the_keys_owner(api: Api) -> None:
    user = {"name": "Ana", "email": "ana@x.co", "key": "spanish", "language": "es"}
    api.control("POST", "users", [user])
    body = {"sales_accounts": [{"name": "Acme", "data": {"website": "no"}}]}
    key = {"Authorization": "Token token=spanish"}
    api("POST", "sales_accounts/bulk_upsert", body, headers=key)
    api.clock.pass_(60)
    (failure,) = api.get("job_statuses/1")["data"]["detailed_failure_report"]
    assert failure["error_message"] != ["website is not in required format"]
    assert "website" in failure["error_message"][0]


def test_a_browser_without_a_session_is_led_to_the_login(api: Api) -> None:
    browser = {"Authorization": "", "Accept": "text/html"}
    answer = api("GET", "/deals/1/tasks", headers=browser)
    assert (answer.status_code, answer.headers["location"]) == (302, "/crm/sales/login")


def test_a_browser_that_writes_needs_its_token(api: Api) -> None:
    browser = {"Authorization": "", "Cookie": "session=1"}
    answer = api("POST", "/notes", {"note": {}}, headers=browser)
    assert (answer.status_code, answer.json()) == (422, {"error_code": 422})


def test_a_clock_that_was_told_nonsense_goes_on(api: Api) -> None:
    api("POST", "http://acme.test/emulator/clock", {"seconds": 1e30})
    assert api.contact()["created_at"] == "2026-03-02T12:00:00+11:00"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("dump?entity=contact", "there is no contact; there are users, contacts"),
        ("requests?last=many", "last is how many requests to show"),
    ],
)
def test_a_question_that_means_nothing_is_refused(api: Api, path: str, says: str) -> None:
    answer = api("GET", f"http://acme.test/emulator/{path}")
    assert answer.status_code == 400
    assert says in answer.json()["error"]


def busy(api: Api) -> None:
    """Do things whose rows hold ids and moments of writing."""
    made = api.contact(last_name="a", emails="a@x.co")
    target = {"targetable_type": "Contact", "targetable_id": made["id"]}
    deal = api.deal(name="D", contacts_added_list=[made["id"]])
    owner = api.get("selector/owners")["users"][0]["id"]
    attendee = {"attendee_type": "Contact", "attendee_id": made["id"]}
    meeting = {"title": "m", "from_date": "2026-01-01", "end_date": "2026-01-02", **target}
    meeting["appointment_attendees_attributes"] = [attendee]
    api.post("appointments", {"appointment": meeting})
    call = {"call_direction": True, "targetable_type": "contact", "targetable": {"id": made["id"]}}
    api.post("phone_calls", {"phone_call": call})
    team = {"team_users": [{"user_id": owner}]}
    api.post(f"deals/{deal['id']}/manage_team_members", team)
    task = {"title": "t", "due_date": "2026-01-01", "task_users_attributes": [{"user_id": owner}]}
    api.post("tasks", {"task": {**task, **target}})
    quote = {"deal_id": deal["id"], "contact_id": made["id"], "document_type": "Quote"}
    api.post("cpq/cpq_documents", {"cpq_document": quote})


def test_the_digest_minds_no_id_of_whatever_kind(open_account: Callable[..., Api]) -> None:
    one, other = open_account(seed=1), open_account(seed=2)
    other.clock.pass_(1000)
    busy(one)
    busy(other)
    assert one.control("GET", "digest") == other.control("GET", "digest")


def test_a_note_that_came_and_went_leaves_no_trace_in_the_digest(api: Api) -> None:
    made = api.contact()
    before = api.control("GET", "digest")
    note = {"description": "n", "targetable_type": "Contact", "targetable_id": made["id"]}
    api("DELETE", f"notes/{api.post('notes', {'note': note})['note']['id']}")
    assert api.control("GET", "digest") == before
