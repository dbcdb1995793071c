from __future__ import annotations

import httpx2

from crossdock.connectors.base import WriteRecord
from crossdock.connectors.freshsales import Freshsales, marker

from .fakes import FakeAccount, contact, job, run, submitted
from .test_reading import FIELDS

NONE = {"contacts": {"contacts": []}}


def find(account: FakeAccount, entity: str, record: WriteRecord) -> list[str]:
    return run(account.destination().find(entity, record))


def test_a_contact_is_looked_up_by_its_external_id() -> None:
    row = {"id": 5, "external_id": "C-1"}
    account = FakeAccount().on("GET", "lookup", {"contacts": {"contacts": [row]}})
    assert find(account, "contact", contact("C-1")) == ["5"]
    asked = account.calls[0].url.params
    assert (asked["f"], asked["q"], asked["entities"]) == ("external_id", "C-1", "contact")


def test_what_the_lookup_finds_is_compared_whole() -> None:
    rows = [{"id": 5, "external_id": "C-10"}, {"id": 6, "external_id": "C-1"}]
    account = FakeAccount().on("GET", "lookup", {"contacts": {"contacts": rows}})
    assert find(account, "contact", contact("C-1")) == ["6"]


def test_a_deal_is_looked_up_by_the_field_with_the_label() -> None:
    row = {"id": 5, "custom_field": {"cf_src": "B-1"}}
    account = (
        FakeAccount()
        .on("GET", "settings/deals/fields", FIELDS)
        .on("GET", "lookup", {"deals": {"deals": [row, {**row, "id": 6}]}})
    )
    assert find(account, "deal", WriteRecord("B-1", {})) == ["5", "6"]
    assert account.calls[-1].url.params["f"] == "cf_src"


def test_an_empty_answer_is_not_believed_right_after_a_write() -> None:
    account = (
        FakeAccount()
        .on("POST", "contacts/bulk_upsert", submitted())
        .on("GET", "job_statuses/4", job(1, 0))
        .on("GET", "lookup", NONE, {"contacts": {"contacts": [{"id": 5}]}})
    )

    async def work(destination: Freshsales) -> list[str]:
        await account.clock.sleep(3600)
        await destination.write("contact", [contact("C-1")])
        return await destination.find("contact", contact("C-1"))

    assert run(work(account.destination())) == ["5"]
    assert 3630 <= account.seconds() < 3640


def test_an_empty_answer_long_after_any_write_is_believed() -> None:
    account = FakeAccount().on("GET", "lookup", NONE)

    async def work(destination: Freshsales) -> list[str]:
        await account.clock.sleep(60)
        return await destination.find("contact", contact("C-1"))

    assert run(work(account.destination())) == []
    assert account.count("lookup") == 1


def test_a_note_is_looked_for_at_its_target() -> None:
    notes = [
        {"id": 1, "description": "another"},
        {"id": 2, "description": f"<p>x</p><p>{marker('N-1')}</p>"},
    ]
    account = FakeAccount().on("GET", "deals/3/notes", {"notes": notes})
    record = WriteRecord("N-1", {"targetable_type": "Deal", "targetable_id": 3})
    assert find(account, "note", record) == ["2"]


def test_a_note_is_found_beside_its_target_where_it_has_no_list() -> None:
    notes = [{"id": 2, "description": marker("N-1")}]
    account = FakeAccount().on(
        "GET", "sales_accounts/3", {"sales_account": {"id": 3}, "notes": notes}
    )
    record = WriteRecord("N-1", {"targetable_type": "SalesAccount", "targetable_id": 3})
    assert find(account, "note", record) == ["2"]


def test_a_task_is_looked_for_at_its_target() -> None:
    tasks = [{"id": 4, "description": f"done\n{marker('T-1')}"}]
    account = FakeAccount().on("GET", "contacts/3", {"contact": {"id": 3}, "tasks": tasks})
    record = WriteRecord("T-1", {"targetable_type": "Contact", "targetable_id": 3})
    assert find(account, "task", record) == ["4"]
    assert account.calls[0].url.params["include"] == "tasks"


def test_nothing_hangs_on_a_target_that_is_gone() -> None:
    record = WriteRecord("T-1", {"targetable_type": "Contact", "targetable_id": 3})
    assert find(FakeAccount(), "task", record) == []


def test_a_file_is_found_by_its_name() -> None:
    files = [{"id": 1, "name": "a.jpg"}, {"id": 2, "name": "F-1.jpg"}]
    account = FakeAccount().on("GET", "deals/3/document_associations", {"documents": files})
    payload = {"targetable_type": "Deal", "targetable_id": 3, "file_name": "F-1.jpg"}
    assert find(account, "document", WriteRecord("F-1", payload)) == ["2"]


def test_a_product_is_found_by_its_code() -> None:
    rows = [{"id": 1, "product_code": "S-2"}, {"id": 2, "product_code": "S-1"}]
    account = FakeAccount().on("GET", "cpq/products", {"products": rows, "meta": {"total": 2}})
    assert find(account, "product", WriteRecord("S-1", {})) == ["2"]


def test_a_module_record_is_searched_by_its_key() -> None:
    account = FakeAccount().on(
        "POST",
        "filtered_search/cm_pet",
        lambda r: httpx2.Response(200, json={"cm_pet": [{"id": 1, "external_name": "P-1"}]}),
    )
    assert find(account, "cm_pet", WriteRecord("P-1", {})) == ["1"]
    rule = account.bodies("POST", "filtered_search/cm_pet")[0]["filter_rule"][0]
    assert rule == {"attribute": "external_name", "operator": "is_in", "value": "P-1"}
