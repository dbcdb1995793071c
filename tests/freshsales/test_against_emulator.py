"""The connector against the emulator: each was written from the reference, without the other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from crossdock.connectors.base import OutcomeState, WriteRecord
from crossdock.connectors.freshsales import Freshsales, marker
from crossdock.emulator import Account, Faults, create_app
from crossdock.errors import PermissionRefusedError
from crossdock.model.fields import Choice, Field, FieldType
from crossdock.model.times import VirtualClock

from .fakes import gathered, run

URL = "https://emulator.test/crm/sales"
KEY_FIELD = Field("", "Source key", FieldType.TEXT)


@asynccontextmanager
async def opened(account: Account, **options: Any) -> AsyncIterator[Freshsales]:
    transport = httpx2.ASGITransport(app=create_app(account))
    destination = Freshsales(URL, "emulator", clock=account.clock, transport=transport, **options)
    try:
        yield destination
    finally:
        await destination.aclose()


def account(**options: Any) -> Account:
    return Account(**{"clock": VirtualClock(), **options})


def with_one(work: Callable[[Freshsales], Coroutine[Any, Any, None]], **options: Any) -> None:
    async def main() -> None:
        async with opened(account(**options)) as destination:
            await work(destination)

    run(main())


async def key_fields(destination: Freshsales) -> tuple[str, str]:
    accounts = await destination.create_field("sales_account", KEY_FIELD)
    deals = await destination.create_field("deal", KEY_FIELD)
    return accounts.name, deals.name


async def tenant(destination: Freshsales) -> dict[str, str]:
    """Write one account, contact and deal; return their ids."""
    account_key, deal_key = await key_fields(destination)
    ids: dict[str, str] = {}

    async def write(entity: str, key: str, payload: dict[str, Any]) -> None:
        record = WriteRecord(key, payload)
        outcomes = await destination.write(entity, [record])
        assert outcomes[0].state is OutcomeState.ACCEPTED, outcomes
        (ids[entity],) = await destination.find(entity, record)

    await write("sales_account", "A-1", {"name": "Acme", "custom_field": {account_key: "A-1"}})
    await write(
        "contact",
        "C-1",
        {
            "last_name": "Ng",
            "email": "ng@x.test",
            "external_id": "C-1",
            "sales_accounts": [{"id": int(ids["sales_account"]), "is_primary": True}],
        },
    )
    await write(
        "deal",
        "B-1",
        {
            "name": "Clean (B-1)",
            "amount": 120.5,
            "sales_account_id": int(ids["sales_account"]),
            "contacts_added_list": [int(ids["contact"])],
            "custom_field": {deal_key: "B-1"},
        },
    )
    return ids


def test_accounts_contacts_and_deals_come_back_with_keys_and_links() -> None:
    async def work(destination: Freshsales) -> None:
        ids = await tenant(destination)
        for entity, key in (("sales_account", "A-1"), ("contact", "C-1"), ("deal", "B-1")):
            found = [r for r in await gathered(destination.read(entity)) if r.key == key]
            assert [r.id for r in found] == [ids[entity]]
        (deal,) = await gathered(destination.read_ids("deal", [ids["deal"]]))
        assert str(deal.values["sales_account_id"]) == ids["sales_account"]
        assert [str(i) for i in deal.values["contact_ids"]] == [ids["contact"]]
        assert float(deal.values["amount"]) == 120.5
        (contact,) = await gathered(destination.read_ids("contact", [ids["contact"]]))
        assert [str(i) for i in contact.values["sales_account_ids"]] == [ids["sales_account"]]
        assert contact.values["lifecycle_stage_id"] and "owner_id" in contact.values

    with_one(work)


@pytest.mark.parametrize("target", ["Contact", "Deal", "SalesAccount"])
@pytest.mark.parametrize(
    ("entity", "more"),
    [
        ("note", {"description": f"Called.\n{marker('X-1')}"}),
        (
            "task",
            {
                "title": "Call",
                "due_date": "2024-01-01T09:00:00Z",
                "status": 1,
                "description": marker("X-1"),
            },
        ),
        (
            "appointment",
            {
                "title": "Visit",
                "from_date": "2024-01-01T09:00:00Z",
                "end_date": "2024-01-01T10:00:00Z",
                "time_zone": "Sydney",
                "description": marker("X-1"),
            },
        ),
    ],
)
def test_what_hangs_on_a_record_comes_back(entity: str, target: str, more: dict[str, Any]) -> None:
    async def work(destination: Freshsales) -> None:
        ids = await tenant(destination)
        name = {"Contact": "contact", "Deal": "deal", "SalesAccount": "sales_account"}[target]
        hook = {"targetable_type": target, "targetable_id": int(ids[name])}
        record = WriteRecord("X-1", {**more, **hook})
        (outcome,) = await destination.write(entity, [record])
        assert outcome.state is OutcomeState.CREATED, outcome
        assert await destination.find(entity, record) == [outcome.destination_id]
        (found,) = await gathered(destination.read(entity))
        assert (found.id, found.key) == (outcome.destination_id, "X-1")
        assert found.values["targetable_type"] == target
        assert str(found.values["targetable_id"]) == ids[name]

    with_one(work)


def test_products_get_prices_and_go_on_deals() -> None:
    async def work(destination: Freshsales) -> None:
        ids = await tenant(destination)
        prices = [{"currency_code": "AUD", "unit_price": 60.25}]
        payload = {
            "name": "Window",
            "product_code": "S-1",
            "pricing_type": 1,
            "product_pricings": prices,
        }
        (made,) = await destination.write("product", [WriteRecord("S-1", payload)])
        assert (made.state, made.reasons) == (OutcomeState.CREATED, ())
        assert made.destination_id is not None
        (product,) = await gathered(destination.read_ids("product", [made.destination_id]))
        assert product.key == "S-1"
        assert product.values["product_pricings"][0]["unit_price"] == 60.25
        line = {"id": int(made.destination_id), "quantity": 2, "unit_price": 60.25}
        on_deal = WriteRecord("B-1", {"deal_id": ids["deal"], "products": [line]})
        (put,) = await destination.write("deal_products", [on_deal])
        assert put.state is OutcomeState.UPDATED
        assert await destination.find("deal_products", on_deal) == [ids["deal"]]
        (found,) = await gathered(destination.read("deal_products"))
        assert (found.key, found.values["products"][0]["quantity"]) == ("B-1", 2)

    with_one(work)


def test_files_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF")

    async def work(destination: Freshsales) -> None:
        ids = await tenant(destination)
        payload = {
            "path": str(path),
            "file_name": "F-1.pdf",
            "targetable_type": "Deal",
            "targetable_id": int(ids["deal"]),
            "is_shared": True,
        }
        record = WriteRecord("F-1", payload)
        (outcome,) = await destination.write("document", [record])
        assert outcome.state is OutcomeState.CREATED, outcome
        assert await destination.find("document", record) == [outcome.destination_id]
        (found,) = await gathered(destination.read_targets("deal", [ids["deal"]]))
        assert (found.id, found.key) == (outcome.destination_id, "F-1.pdf")

    with_one(work)


def test_the_description_fits_what_is_written() -> None:
    async def work(destination: Freshsales) -> None:
        await key_fields(destination)
        found = await destination.describe()
        assert (found.plan, found.requests_per_hour) == ("enterprise", 5000)
        assert {"products", "custom_modules"} <= found.features
        assert found.currencies[0] == "AUD"
        assert [user.email for user in found.users] == ["admin@example.com"]
        assert found.entity("deal").field_by_label("source KEY") is not None
        assert ("emails",) in found.entity("contact").required_groups
        stages = found.entity("deal").field("deal_stage_id")
        assert stages is not None
        assert {"Open", "Closed Won", "Closed Lost"} == {
            c.facts["forecast_type"] for c in stages.choices
        }
        assert destination.requests < 40

    with_one(work)


@pytest.mark.parametrize(
    ("plan", "features"), [("growth", frozenset()), ("pro", frozenset({"products"}))]
)
def test_smaller_plans_have_less(plan: str, features: frozenset[str]) -> None:
    async def work(destination: Freshsales) -> None:
        found = await destination.describe()
        assert (found.plan, found.features) == (plan, features)

    with_one(work, plan=plan)


def test_a_plan_without_a_catalogue_refuses_products() -> None:
    async def work(destination: Freshsales) -> None:
        with pytest.raises(PermissionRefusedError):
            await destination.write("product", [WriteRecord("S-1", {"name": "Window"})])

    with_one(work, plan="growth")


@pytest.mark.parametrize("entity", ["contact", "sales_account", "deal", "product"])
@pytest.mark.parametrize(
    "kind",
    [
        FieldType.TEXT,
        FieldType.LONG_TEXT,
        FieldType.NUMBER,
        FieldType.PICKLIST,
        FieldType.MULTI_PICKLIST,
        FieldType.CHECKBOX,
        FieldType.DATE,
    ],
)
def test_fields_of_every_kind_can_be_created(entity: str, kind: FieldType) -> None:
    async def work(destination: Freshsales) -> None:
        chosen = kind in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST)
        choices = (Choice("", "Cat"), Choice("", "Dog")) if chosen else ()
        made = await destination.create_field(
            entity, Field("", "Größe des Tiers", kind, choices=choices)
        )
        assert (made.type, made.custom) == (kind, True)
        assert [choice.label for choice in made.choices] == [c.label for c in choices]

    with_one(work)


def test_a_refused_contact_is_named_among_those_taken() -> None:
    async def work(destination: Freshsales) -> None:
        good = [
            WriteRecord(f"C-{n}", {"last_name": "x", "email": f"c{n}@x.test"}) for n in range(5)
        ]
        bad = WriteRecord("C-9", {"last_name": "x", "email": "no address"})
        outcomes = await destination.write("contact", [*good[:2], bad, *good[2:]])
        assert [o.state for o in outcomes].count(OutcomeState.ACCEPTED) == 5
        assert outcomes[2].state is OutcomeState.REJECTED
        assert outcomes[2].reasons

    with_one(work)


def test_an_hour_is_never_overdrawn_and_the_load_goes_on_after_it() -> None:
    async def main() -> None:
        clock = VirtualClock()
        made = account(plan="growth", clock=clock)
        started = clock.now()
        async with opened(made, keep_free=0.2) as destination:
            tasks = [
                WriteRecord(f"T-{n}", {"title": "x", "due_date": "2026-01-01T00:00:00Z"})
                for n in range(1700)
            ]
            outcomes = await destination.write("task", tasks)
            assert {o.state for o in outcomes} == {OutcomeState.CREATED}
            assert destination.requests == 1700
            hours = (clock.now() - started).total_seconds() / 3600
            assert 2 <= hours < 2.5

    run(main())


def test_with_faults_every_task_is_there_once_after_looking() -> None:
    """Lost answers are unknown; looking, and sending only what is not there, doubles nothing."""

    async def main() -> None:
        faults = Faults(
            seed=3,
            too_many_requests=0.05,
            server_error=0.05,
            throttled_behind=0.02,
            lost_answer=0.1,
        )
        calm = account(faults=faults)
        faults_off = Faults()
        calm.faults = faults_off
        async with opened(calm) as destination:
            ids = await tenant(destination)
            calm.faults = faults
            hook = {"targetable_type": "Deal", "targetable_id": int(ids["deal"])}
            waiting = [
                WriteRecord(
                    f"T-{n}",
                    {
                        "title": "x",
                        "due_date": "2026-01-01T00:00:00Z",
                        "description": marker(f"T-{n}"),
                        **hook,
                    },
                )
                for n in range(60)
            ]
            for _ in range(10):
                outcomes = await destination.write("task", waiting)
                unsure = [
                    record
                    for record, outcome in zip(waiting, outcomes, strict=True)
                    if outcome.state is OutcomeState.UNKNOWN
                ]
                waiting = [r for r in unsure if not await destination.find("task", r)]
            assert not waiting
            calm.faults = faults_off
            keys = [record.key for record in await gathered(destination.read("task"))]
            assert sorted(str(key) for key in keys) == sorted(f"T-{n}" for n in range(60))

    run(main())


def test_module_records_come_back() -> None:
    async def main() -> None:
        made = account()
        module = {
            "module_customization": {
                "entity_name": "cm_pet",
                "singular_name": "Pet",
                "plural_name": "Pets",
                "icon": "paw",
            }
        }
        async with opened(made) as destination:
            admin = httpx2.AsyncClient(
                transport=httpx2.ASGITransport(app=create_app(made)),
                headers={"Authorization": "Token token=emulator"},
            )
            answer = await admin.post(f"{URL}/api/settings/module_customizations", json=module)
            await admin.aclose()
            assert answer.is_success, answer.text
            described = await destination.describe()
            assert described.modules == {"cm_pet": "Pet"}
            field = await destination.create_field("cm_pet", KEY_FIELD)
            record = WriteRecord("P-1", {"name": "Rex", "custom_field": {field.name: "P-1"}})
            (outcome,) = await destination.write("cm_pet", [record])
            assert outcome.state is OutcomeState.CREATED, outcome
            assert await destination.find("cm_pet", record) == [outcome.destination_id]
            found = await gathered(destination.read("cm_pet"))
            assert [(r.id, r.key) for r in found] == [(outcome.destination_id, "P-1")]
            (alone,) = await gathered(destination.read_ids("cm_pet", [found[0].id]))
            assert alone.key == "P-1"

    run(main())


def test_many_contacts_are_written_read_and_updated_by_id() -> None:
    async def work(destination: Freshsales) -> None:
        records = [
            WriteRecord(
                f"C-{n}", {"last_name": "x", "email": f"c{n}@x.test", "external_id": f"C-{n}"}
            )
            for n in range(250)
        ]
        outcomes = await destination.write("contact", records)
        assert {o.state for o in outcomes} == {OutcomeState.ACCEPTED}
        ids = {r.key: r.id for r in await gathered(destination.read("contact"))}
        assert len(ids) == 250
        changed = WriteRecord("C-7", {"id": ids["C-7"], "last_name": "y"})
        (outcome,) = await destination.write("contact", [changed])
        assert (outcome.state, outcome.destination_id) == (OutcomeState.ACCEPTED, ids["C-7"])
        (found,) = await gathered(destination.read_ids("contact", [ids["C-7"]]))
        assert (found.values["last_name"], found.values["email"]) == ("y", "c7@x.test")

    with_one(work)
