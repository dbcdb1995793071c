from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2
import pytest

from crossdock.connectors.base import Outcome, OutcomeState, WriteRecord
from crossdock.connectors.freshsales import Freshsales
from crossdock.errors import KeyRefusedError, PermissionRefusedError, UnreachableError
from crossdock.model.times import VirtualClock

from .fakes import KEY, URL, FakeAccount, refusal, run


def write(account: FakeAccount, entity: str, *records: WriteRecord) -> list[Outcome]:
    return run(account.destination().write(entity, records))


def task(key: str = "T-1") -> WriteRecord:
    return WriteRecord(key, {"title": key, "due_date": "2026-01-01T00:00:00Z"})


def test_a_created_record_comes_back_with_its_id() -> None:
    account = FakeAccount().on("POST", "tasks", httpx2.Response(201, json={"task": {"id": 7}}))
    assert write(account, "task", task()) == [Outcome("T-1", OutcomeState.CREATED, "7")]
    assert account.bodies("POST", "tasks")[0]["task"]["title"] == "T-1"


def test_a_refused_record_is_rejected_with_the_words_of_the_destination() -> None:
    account = FakeAccount().on("POST", "tasks", refusal(400, "Title can't be blank"))
    outcome = write(account, "task", task())[0]
    assert outcome == Outcome("T-1", OutcomeState.REJECTED, None, ("Title can't be blank",))


@pytest.mark.parametrize("lost", [httpx2.ReadTimeout("x"), httpx2.Response(500, json={})])
def test_a_lost_answer_is_unknown_and_never_sent_again(lost: Exception | httpx2.Response) -> None:
    account = FakeAccount().on("POST", "notes", lost)
    outcome = write(account, "note", WriteRecord("N-1", {"description": "x"}))[0]
    assert outcome.state is OutcomeState.UNKNOWN
    assert account.count("notes") == 1


def test_a_success_without_an_id_is_unknown() -> None:
    account = FakeAccount().on("POST", "tasks", httpx2.Response(201, content=b"<html>"))
    assert write(account, "task", task())[0].state is OutcomeState.UNKNOWN


def test_a_refused_connection_raises() -> None:
    account = FakeAccount().on("POST", "tasks", httpx2.ConnectError("refused"))
    with pytest.raises(UnreachableError) as caught:
        write(account, "task", task())
    assert caught.value.next_command == "crossdock doctor"


def test_permission_missing_for_some_rejects_those() -> None:
    account = FakeAccount().on("POST", "tasks", refusal(403, "no"), {"task": {"id": 1}})
    states = [o.state for o in write(account, "task", task("T-1"), task("T-2"))]
    assert states == [OutcomeState.REJECTED, OutcomeState.CREATED]


def test_permission_missing_for_all_raises() -> None:
    account = FakeAccount().on("POST", "tasks", refusal(403, "no"))
    with pytest.raises(PermissionRefusedError):
        write(account, "task", task("T-1"), task("T-2"))


def test_after_a_refused_key_nothing_more_begins() -> None:
    account = FakeAccount().on("POST", "tasks", httpx2.Response(401))
    with pytest.raises(KeyRefusedError):
        run(account.destination(in_flight=2).write("task", [task(str(n)) for n in range(50)]))
    assert account.count("tasks") <= 2


def test_at_most_so_many_are_in_flight() -> None:
    flying, most = 0, 0

    async def slow(request: httpx2.Request) -> httpx2.Response:
        nonlocal flying, most
        flying += 1
        most = max(most, flying)
        await asyncio.sleep(0.001)
        flying -= 1
        return httpx2.Response(201, json={"task": {"id": 1}})

    destination = Freshsales(
        URL, KEY, clock=VirtualClock(), transport=httpx2.MockTransport(slow), in_flight=5
    )
    run(destination.write("task", [task(str(n)) for n in range(40)]))
    assert most == 5


def test_a_product_is_created_and_then_priced() -> None:
    account = (
        FakeAccount()
        .on("POST", "cpq/products", {"product": {"id": 9}})
        .on("PUT", "cpq/products/9", {"product": {"id": 9}})
    )
    prices = [{"currency_code": "AUD", "unit_price": 90}]
    payload = {"name": "Clean", "pricing_type": 1, "product_pricings": prices}
    outcome = write(account, "product", WriteRecord("SRV-1", payload))[0]
    assert outcome == Outcome("SRV-1", OutcomeState.CREATED, "9")
    assert account.bodies("POST", "cpq/products") == [{"product": {"name": "Clean"}}]
    assert account.bodies("PUT", "cpq/products/9") == [
        {"product": {"pricing_type": 1, "product_pricings": prices}}
    ]
    assert account.calls[1].url.params["include"] == "product_pricings"


def test_a_product_whose_prices_are_refused_says_so() -> None:
    account = (
        FakeAccount()
        .on("POST", "cpq/products", {"product": {"id": 9}})
        .on("PUT", "cpq/products/9", refusal(400, "Currency"))
    )
    payload = {"name": "Clean", "product_pricings": [{"unit_price": 1}]}
    outcome = write(account, "product", WriteRecord("SRV-1", payload))[0]
    assert outcome.destination_id == "9"
    assert outcome.reasons == ("its prices were refused: Currency",)


def test_products_of_a_deal_are_put_on_it() -> None:
    account = FakeAccount().on("PUT", "deals/3", {"deal": {"id": 3}})
    payload = {"deal_id": 3, "products": [{"id": 9, "quantity": 1}]}
    outcome = write(account, "deal_products", WriteRecord("B-1", payload))[0]
    assert outcome == Outcome("B-1", OutcomeState.UPDATED, "3")
    assert account.bodies("PUT", "deals/3") == [{"deal": {"products": payload["products"]}}]


def test_a_file_goes_up_as_a_form_and_whole_again_after_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8picture")
    account = FakeAccount().on("POST", "documents", refusal(429, "slow"), {"id": 4, "msg": "ok"})
    payload = {
        "path": str(path),
        "file_name": "B-1-photo.jpg",
        "targetable_type": "Deal",
        "targetable_id": 3,
    }
    outcome = write(account, "document", WriteRecord("F-1", payload))[0]
    assert outcome == Outcome("F-1", OutcomeState.CREATED, "4")
    body = account.calls[1].content
    assert b"\xff\xd8picture" in body and b'name="targetable_type"\r\n\r\nDeal' in body
    assert b'filename="B-1-photo.jpg"' in body and b"image/jpeg" in body


def test_a_file_that_is_not_there_is_rejected() -> None:
    payload = {"path": "/nowhere", "targetable_type": "Deal", "targetable_id": 3}
    outcome = write(FakeAccount(), "document", WriteRecord("F-1", payload))[0]
    assert outcome.state is OutcomeState.REJECTED


def test_a_module_record_goes_to_its_module() -> None:
    account = FakeAccount().on("POST", "custom_module/cm_pet", {"cm_pet": {"id": 8}})
    assert write(account, "cm_pet", WriteRecord("P-1", {"name": "Rex"}))[0].destination_id == "8"


def test_a_payload_with_an_id_updates() -> None:
    account = FakeAccount().on("PUT", "notes/5", {"note": {"id": 5}})
    outcome = write(account, "note", WriteRecord("N-1", {"id": 5, "description": "new"}))[0]
    assert outcome == Outcome("N-1", OutcomeState.UPDATED, "5")


def test_users_cannot_be_written() -> None:
    with pytest.raises(TypeError):
        write(FakeAccount(), "user", WriteRecord("U-1", {}))
