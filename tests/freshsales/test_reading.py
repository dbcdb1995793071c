from __future__ import annotations

from typing import Any

import httpx2
import pytest

from crossdock.connectors.base import ReadRecord
from crossdock.connectors.freshsales import marker
from crossdock.connectors.freshsales.views import choose
from crossdock.errors import RefusedError

from .fakes import FakeAccount, gathered, refusal, run

FIELDS = {
    "fields": [
        {"id": 1, "label": "Name", "name": "name", "type": "text", "default": True},
        {"id": 2, "label": "Source key", "name": "cf_src", "type": "text", "default": False},
    ]
}


def view(number: int, name: str, *, default: bool = False, user: int = 0) -> dict[str, Any]:
    return {"id": number, "name": name, "is_default": default, "user_id": user}


def read(account: FakeAccount, entity: str) -> list[ReadRecord]:
    return run(gathered(account.destination().read(entity)))


def paged(many: str, rows: list[dict[str, Any]], size: int = 100, **beside: Any) -> Any:
    def answer(request: httpx2.Request) -> httpx2.Response:
        start = (int(request.url.params["page"]) - 1) * size
        body = {many: rows[start : start + size], "meta": {"total": len(rows)}, **beside}
        return httpx2.Response(200, json=body)

    return answer


def contacts(rows: list[dict[str, Any]]) -> FakeAccount:
    return (
        FakeAccount()
        .on("GET", "contacts/filters", {"filters": [view(5, "All Contacts", default=True)]})
        .on("GET", "contacts/view/5", paged("contacts", rows))
    )


def test_all_pages_of_the_view_are_read() -> None:
    rows = [{"id": n, "external_id": f"C-{n}"} for n in range(250)]
    account = contacts(rows)
    found = read(account, "contact")
    assert [r.key for r in found] == [f"C-{n}" for n in range(250)]
    assert account.count("contacts/view/5") == 3
    assert account.calls[1].url.params["sort"] == "created_at"


def test_a_record_that_changed_places_between_pages_is_not_lost() -> None:
    rows = [{"id": n, "external_id": f"C-{n}"} for n in range(150)]

    def shifting(request: httpx2.Request) -> httpx2.Response:
        first = request.url.params["page"] == "1"
        part = rows[:100] if first else [rows[99], *rows[101:]]  # 100 is skipped, 99 shown twice
        if request.url.params["sort_type"] == "desc":
            part = rows[::-1][:100] if first else rows[::-1][100:]
        return httpx2.Response(200, json={"contacts": part, "meta": {"total": 150}})

    account = contacts(rows).on("GET", "contacts/view/5", shifting)
    assert sorted(int(r.id) for r in read(account, "contact")) == list(range(150))


def test_records_in_the_bin_are_left_out() -> None:
    account = contacts([{"id": 1}, {"id": 2, "is_deleted": True}])
    assert [r.id for r in read(account, "contact")] == ["1"]


def test_older_accounts_need_three_views_for_all_deals() -> None:
    account = (
        FakeAccount()
        .on("GET", "settings/deals/fields", FIELDS)
        .on(
            "GET",
            "deals/filters",
            {
                "filters": [
                    view(1, "Open Deals", default=True),
                    view(2, "Won Deals"),
                    view(3, "Lost Deals"),
                    view(4, "Recycle Bin"),
                ]
            },
        )
        .on("GET", "deals/view/1", paged("deals", [{"id": 1, "custom_field": {"cf_src": "B-1"}}]))
        .on("GET", "deals/view/2", paged("deals", [{"id": 2}, {"id": 1}]))
        .on("GET", "deals/view/3", paged("deals", []))
    )
    assert [(r.id, r.key) for r in read(account, "deal")] == [("1", "B-1"), ("2", None)]


@pytest.mark.parametrize(
    ("many", "views", "chosen"),
    [
        ("contacts", [view(1, "My Contacts"), view(2, "ALL contacts ")], [2]),
        ("contacts", [view(1, "All Contacts", user=9), view(2, "All Contacts")], [2]),
        ("contacts", [view(1, "Mine"), view(2, "Todos los contactos", default=True)], [2]),
        (
            "deals",
            [view(1, "Offene", default=True), view(2, "Gewonnen"), view(3, "X", user=4)],
            [1, 2],
        ),
        ("deals", [view(1, "Open Deals", default=True), view(2, "All Deals")], [2]),
        ("sales_accounts", [], []),
    ],
)
def test_the_view_of_all(many: str, views: list[dict[str, Any]], chosen: list[int]) -> None:
    assert [v["id"] for v in choose(many, views)] == chosen


def test_ids_of_inline_objects_stand_beside_them() -> None:
    deal = {
        "id": 1,
        "sales_account": {"id": 7},
        "contacts": [{"id": 8}],
        "fc_widget_collaboration": {"auth_token": "eyJhbGciOi.x.y"},
    }
    account = (
        FakeAccount()
        .on("GET", "settings/deals/fields", FIELDS)
        .on("GET", "deals/1", {"deal": deal})
    )
    found = run(gathered(account.destination().read_ids("deal", ["1", "404"])))
    assert len(found) == 1
    assert found[0].values["sales_account_id"] == 7
    assert found[0].values["contact_ids"] == [8]
    assert "fc_widget_collaboration" not in found[0].values


def test_notes_come_beside_the_records_they_hang_on_and_once_each() -> None:
    note = {"id": 3, "description": marker("N-1"), "targetable": {"id": 1, "type": "Contact"}}
    account = contacts([{"id": 1}])
    account.on("GET", "contacts/view/5", paged("contacts", [{"id": 1}], notes=[note]))
    for many in ("sales_accounts", "deals"):
        account.on("GET", f"{many}/filters", {"filters": [view(6, f"All {many}", default=True)]})
        account.on("GET", f"{many}/view/6", paged(many, [{"id": 2}], notes=[note]))
    found = read(account, "note")
    assert [(r.id, r.key) for r in found] == [("3", "N-1")]
    assert found[0].values["targetable_id"] == 1


def test_tasks_are_read_open_and_completed() -> None:
    def listed(request: httpx2.Request) -> httpx2.Response:
        done = request.url.params["filter"] == "completed"
        rows = [{"id": 2 if done else 1, "description": marker("T-2" if done else "T-1")}]
        return httpx2.Response(200, json={"tasks": rows, "meta": {"total": 1}})

    account = FakeAccount().on("GET", "tasks", listed)
    assert [r.key for r in read(account, "task")] == ["T-1", "T-2"]


def test_a_list_without_total_that_ignores_the_page_ends() -> None:
    account = FakeAccount().on("GET", "appointments", {"appointments": [{"id": 1}]})
    assert len(read(account, "appointment")) == 1
    assert account.count("appointments") == 2


def test_products_of_deals_only_of_deals_that_have_some() -> None:
    rows = [{"id": 1, "products": []}, {"id": 2, "products": [{"id": 9, "quantity": 1}]}]
    account = (
        FakeAccount()
        .on("GET", "settings/deals/fields", FIELDS)
        .on("GET", "deals/filters", {"filters": [view(1, "All Deals")]})
        .on("GET", "deals/view/1", paged("deals", rows))
    )
    found = read(account, "deal_products")
    assert [(r.id, r.values["deal_id"]) for r in found] == [("2", 2)]


def test_an_account_that_lists_no_products_says_so() -> None:
    with pytest.raises(RefusedError, match="one by one"):
        read(FakeAccount(), "product")


def test_files_are_read_per_record() -> None:
    account = FakeAccount().on(
        "GET", "deals/3/document_associations", {"documents": [{"id": 1, "name": "F-1.jpg"}]}
    )
    found = run(gathered(account.destination().read_targets("deal", ["3"])))
    assert [(r.key, r.values["targetable_type"]) for r in found] == [("F-1.jpg", "Deal")]
    with pytest.raises(TypeError):
        read(account, "document")


def test_module_records_are_completed_where_the_search_is_thin() -> None:
    account = (
        FakeAccount()
        .on("POST", "filtered_search/cm_pet", {"cm_pets": [{"id": 1}], "meta": {"total": 1}})
        .on("GET", "custom_module/cm_pet/1", {"cm_pet": {"id": 1, "external_name": "P-1"}})
    )
    assert [r.key for r in read(account, "cm_pet")] == ["P-1"]


def test_reads_are_sent_again_when_an_answer_is_lost() -> None:
    account = FakeAccount().on(
        "GET",
        "selector/owners",
        httpx2.ReadError("x"),
        httpx2.Response(503),
        {"users": [{"id": 1}]},
    )
    assert len(read(account, "user")) == 1


def test_a_refused_list_is_not_the_end_of_the_data() -> None:
    account = contacts([]).on("GET", "contacts/view/5", refusal(400, "bad page"))
    with pytest.raises(RefusedError):
        read(account, "contact")
