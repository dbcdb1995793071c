from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api


def listed(api: Api, collection: str, view: str, query: str = "") -> list[str]:
    path = f"{collection}/view/{api.view(collection, view)}?{query}"
    names = ("name", "last_name")
    rows = api.get(path)[collection]
    return [next(row[name] for name in names if name in row) for row in rows]


def test_contacts_have_the_views_of_the_real_thing(api: Api) -> None:
    names = [each["name"] for each in api.get("contacts/filters")["filters"]]
    assert (len(names), names[3], names[10]) == (14, "All Contacts", "Recycle Bin")


def test_what_a_user_may_do_with_a_view_is_told(api: Api) -> None:
    rights = {
        each["name"]: each["current_user_permissions"]
        for each in api.get("contacts/filters")["filters"]
    }
    assert rights["All Contacts"] == []
    assert rights["Active"] == ["read_edit_only", "can_delete_only"]


@pytest.mark.parametrize(("kind", "order"), [("asc", ["Poor", "Rich"]), ("desc", ["Rich", "Poor"])])
def test_accounts_are_ordered_by_their_open_deals(api: Api, kind: str, order: list[str]) -> None:
    for name, amount in (("Rich", 1000), ("Poor", 90)):
        api.deal(sales_account={"name": name}, amount=amount)
    query = f"sort=open_deals_amount&sort_type={kind}"
    assert listed(api, "sales_accounts", "All Accounts", query) == order


def test_an_order_by_deals_follows_the_deals(api: Api) -> None:
    deals = [api.deal(sales_account={"name": name}, amount=5) for name in ("A", "B")]
    query = "sort=open_deals_amount&sort_type=asc"
    assert listed(api, "sales_accounts", "All Accounts", query) == ["A", "B"]
    api.put(f"deals/{deals[0]['id']}", {"deal": {"amount": 50}})
    assert listed(api, "sales_accounts", "All Accounts", query) == ["B", "A"]


def test_my_deals_are_ordered_for_me_alone(api: Api) -> None:
    other = api.account.add_user("Jo", "jo@x.co", key="jo")["id"]
    mine = api.get("selector/owners")["users"][0]["id"]
    api.deal(name="Mine", owner_id=mine)
    api.deal(name="Jo's", owner_id=other)
    assert listed(api, "deals", "My Deals", "sort=amount") == ["Mine"]
    path = f"deals/view/{api.view('deals', 'My Deals')}?sort=amount"
    as_jo = api("GET", path, headers={"Authorization": "Token token=jo"}).json()
    assert [each["name"] for each in as_jo["deals"]] == ["Jo's"]


def test_deals_that_close_this_week_are_in_a_view(api: Api) -> None:
    api.deal(name="Soon", expected_close="2026-03-05")
    api.deal(name="Later", expected_close="2026-05-05")
    assert listed(api, "deals", "Closing this week") == ["Soon"]
    api.clock.pass_(30 * 86_400)
    assert listed(api, "deals", "Closing this week") == []


def test_sales_of_the_month_are_in_a_view(api: Api) -> None:
    won = {"deal_stage_id": api.choice("deal_stages", "Won")}
    api.deal(name="Now", **won)
    api.deal(name="Then", closed_date="2025-01-01", **won)
    assert listed(api, "deals", "This month's sales") == ["Now"]


def test_a_contact_s_tasks_come_with_their_outcomes(api: Api) -> None:
    contact = api.contact()
    outcome = api.choice("sales_activity_outcomes", "Interested")
    task = {"title": "T", "due_date": "2030-01-01", "outcome_id": outcome}
    task |= {"targetable_type": "Contact", "targetable_id": contact["id"]}
    api.post("tasks", {"task": task})
    shown = api.get(f"contacts/{contact['id']}?include=tasks")
    assert [each["id"] for each in shown["outcomes"]] == [outcome]


def test_files_and_links_share_pages(api: Api) -> None:
    deal = api.deal()
    target: dict[str, Any] = {"targetable_type": "Deal", "targetable_id": deal["id"]}
    parts = {name: (None, str(value)) for name, value in target.items()}
    parts |= {"file": ("a.txt", b"abc", "text/plain")}  # type: ignore[dict-item]
    api.good(api("POST", "documents", files=parts))
    api.post("document_links", {"url": "https://x.co/a", "name": "A"} | target)
    path = f"deals/{deal['id']}/document_associations?per_page=1"
    first, second = api.get(path), api.get(f"{path}&page=2")
    assert ([each["name"] for each in first["documents"]], first["document_links"]) == (
        ["a.txt"],
        [],
    )
    assert (second["documents"], [each["name"] for each in second["document_links"]]) == ([], ["A"])
    assert first["meta"] == {"total": 2, "totalPages": 2}


def test_contacts_are_active_for_30_days_after_a_call(api: Api) -> None:
    api.contact(last_name="Silent")
    target = {"id": api.contact(last_name="Called")["id"]}
    call = {"call_direction": True, "targetable_type": "contact", "targetable": target}
    api.post("phone_calls", {"phone_call": call})
    views = ("Active", "Inactive", "Never Contacted")
    found = [listed(api, "contacts", view) for view in views]
    assert found == [["Called"], ["Silent"], ["Silent"]]
    api.clock.pass_(31 * 86_400)
    found = [listed(api, "contacts", view) for view in views]
    assert found == [[], ["Silent", "Called"], ["Silent"]]


def test_the_web_application_names_the_view_in_the_query(api: Api) -> None:
    api.deal(name="D")
    view = api.view("deals", "All Deals")
    assert [each["name"] for each in api.get(f"/deals?segment_id={view}")["deals"]] == ["D"]
    for path in (f"deals?segment_id={view}", "/deals"):
        assert api.refused("GET", path)[0] == 403


def test_users_join_the_team_of_a_deal_and_leave_it(api: Api) -> None:
    path = f"deals/{api.deal()['id']}"
    ids = [api.account.add_user(name, f"{name}@x.co")["id"] for name in ("jo", "al")]
    for user in ids:
        body = {"team_users": [{"user_id": user, "designation_id": 1}]}
        team = api.post(f"{path}/manage_team_members", body)["team_users"]
    assert [each["user_id"] for each in team] == ids
    body = {"team_users": [{"user_id": ids[0], "_destroy": True}]}
    api.post(f"{path}/manage_team_members", body)
    assert api.get(path)["deal"]["team_user_ids"] == ids[1:]
