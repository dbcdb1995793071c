"""Whatever is called: no record is lost, and a refused call changes nothing."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.emulator import Account
from crossdock.emulator.activities.kinds import KINDS
from crossdock.emulator.control.dump import dump

from .conftest import Api, ManualClock, in_process
from .invariants import broken
from .populated import aimed, populate

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(["doe@x.co", "new@x.co", "Acme", "2026-01-01", "1e400", "9" * 5000, "\0"]),
)
_WORDS = (
    "id ids data name emails email amount title description due_date from_date end_date tags "
    "sales_accounts sales_account sales_account_id parent_sales_account contacts_added_list "
    "deal_stage_id owner_id custom_field products product_pricings unit_price currency_code "
    "quantity unique_identifier selected_ids targetable_type targetable_id external_id value "
    "is_primary _destroy last_name team_users"
)
_NAMES = st.sampled_from(_WORDS.split())
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=4)
    ),
    max_leaves=8,
)
#: Path → name of the record in a body, and a body that is almost right.
_KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "contacts": ("contact", {"emails": "new@x.co"}),
    "sales_accounts": ("sales_account", {"name": "New"}),
    "deals": ("deal", {"name": "New", "amount": 1}),
    "cpq/products": ("product", {"name": "New"}),
    "custom_module/cm_job": ("cm_job", {"name": "New"}),
    "notes": ("note", {"description": "n", "targetable_type": "Contact", "targetable_id": 1}),
    "tasks": ("task", {"title": "t", "due_date": "2026-01-01"}),
    "appointments": (
        "appointment",
        {"title": "t", "from_date": "2026-01-01", "end_date": "2026-01-01"},
    ),
}
_WITH_ID = [
    ("GET", "/{}?include=owner,deals,contacts,products"),
    ("PUT", "/{}?include=products,product_pricings"),
    ("DELETE", "/{}"),
]
_VERBS = [("POST", ""), *_WITH_ID]
_OF_RECORDS = [*_VERBS, ("PUT", "/{}/restore"), ("POST", "/{}/clone"), ("POST", "/bulk_destroy")]
_OF_STANDARD = [
    *_OF_RECORDS,
    ("DELETE", "/{}/forget"),
    ("POST", "/upsert"),
    ("POST", "/bulk_upsert"),
]
_CALLS = {
    "contacts": _OF_STANDARD,
    "sales_accounts": _OF_STANDARD,
    "deals": _OF_STANDARD,
    "cpq/products": [*_VERBS, ("PUT", "/{}/restore"), ("POST", "/products_bulk_delete")],
    "custom_module/cm_job": [*_OF_RECORDS, ("DELETE", "/{}/forget")],
}


@dataclass(frozen=True)
class Rough:
    """A call whose ids are numbers to aim with."""

    kind: str
    method: str
    rest: str
    number: int
    body: Any

    @property
    def forgets(self) -> bool:
        """Say whether what it removes is gone for good."""
        return self.method == "DELETE" and (self.kind in KINDS or "forget" in self.rest)

    def send(self, api: Api) -> httpx2.Response:
        """Send it about a record of its kind."""
        root = _KINDS[self.kind][0]
        store = api.account.stores()[self.kind if self.kind in KINDS else root]
        own = list(store.bin if "restore" in self.rest else store.rows) or [1]
        others = [each for store in api.account.stores().values() for each in store.rows]
        path = self.kind + self.rest.format(own[self.number % len(own)])
        return api(self.method, path, aimed(self.body, [*own, *own, *others]))


@st.composite
def rough_calls(draw: st.DrawFn) -> Rough:
    kind = draw(st.sampled_from(list(_KINDS)))
    root, almost = _KINDS[kind]
    method, rest = draw(st.one_of(*map(st.just, _CALLS.get(kind, _VERBS))))
    fields = draw(st.dictionaries(_NAMES, _VALUES, max_size=3))
    inner = draw(st.sampled_from([almost, {**almost, **fields}, fields]))
    number = draw(st.integers(0, 9))
    bodies: list[Any] = [{root: inner}, draw(_VALUES)]
    if "bulk" in rest:
        item = {**draw(st.sampled_from([almost, fields])), "data": inner}
        bodies = [{kind: [item, {"id": number, "data": inner}], "selected_ids": [number, 3]}]
    elif rest == "/upsert":
        means = draw(st.sampled_from([dict([*almost.items()][:1]), {"id": number}, fields]))
        bodies = [{"unique_identifier": means, root: inner}]
    return Rough(kind, method, rest, number, draw(st.sampled_from(bodies)))


SEQUENCES = st.lists(rough_calls(), min_size=6, max_size=14)


def opened() -> Api:
    clock = ManualClock()
    account = Account(limits=False, clock=clock)
    user = populate(account)["users"]
    for kind, records in (
        ("contacts", account.contacts),
        ("sales_accounts", account.sales_accounts),
        ("deals", account.deals),
        ("cpq/products", account.products),
    ):
        records.delete(records.create(_KINDS[kind][1], user))
    return Api(account, clock, in_process(account))


def everything(account: Account) -> str:
    """Return all records as text, without the jobs: they go on whatever is called."""
    found = [each for each in dump(account) if each[0] != "jobs"]
    return json.dumps(found, sort_keys=True, default=str)


def rough(max_examples: int) -> settings:
    return settings(
        max_examples=max_examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


@rough(40)
@given(SEQUENCES)
def test_a_refused_call_changes_nothing(sequence: list[Rough]) -> None:
    api = opened()
    for call in sequence:
        before = everything(api.account)
        response = call.send(api)
        assert response.status_code < 500, response.text
        if response.status_code >= 400:
            assert everything(api.account) == before, response.text


@rough(40)
@given(SEQUENCES)
def test_every_record_that_was_made_is_there(sequence: list[Rough]) -> None:
    api = opened()
    stores = api.account.stores()
    held = {name: len(store.rows) for name, store in stores.items()}
    first = api.account.ids.state()
    gone: Counter[str] = Counter()
    for call in sequence:
        done = call.send(api).is_success
        gone[call.kind if call.kind in KINDS else _KINDS[call.kind][0]] += done and call.forgets
        api.clock.pass_(5)
    api.account.jobs.run_due()
    drawn = api.account.ids.state()
    for name in ("contact", "sales_account", "deal", "product", "cm_job", *KINDS):
        made = drawn.get(name, 0) - first.get(name, drawn.get(name, 0))
        assert len(stores[name].rows) == held[name] + made - gone[name]
    assert broken(api.account) == []


@rough(10)
@given(SEQUENCES)
def test_a_file_holds_what_rough_calls_left(sequence: list[Rough]) -> None:
    api = opened()
    with TemporaryDirectory() as folder:
        api.account.keep(Path(folder) / "state.db")
        for call in sequence:
            call.send(api)
        api.account.close()
        again = Account(limits=False, clock=api.clock)
        again.keep(Path(folder) / "state.db")
        again.close()
    assert everything(again) == everything(api.account)
    assert broken(again) == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("contacts", {"contact": {"sales_account": {"name": "New"}}}),
        ("deals", {"deal": {"sales_account": {"name": "New"}}}),
        ("sales_accounts", {"sales_account": {"parent_sales_account": {"name": "New"}}}),
        (
            "sales_accounts",
            {"sales_account": {"name": "New", "parent_sales_account": {"name": " new "}}},
        ),
        (
            "phone_calls",
            {
                "phone_call": {
                    "call_direction": True,
                    "targetable_type": "contact",
                    "targetable": {"emails": "new@x.co"},
                    "note": {"description": "x" * 70_000},
                }
            },
        ),
    ],
)
def test_what_a_refused_call_names_is_not_made(path: str, body: Any) -> None:
    api = opened()
    before = everything(api.account)
    assert api.refused("POST", path, body)[0] == 400
    assert everything(api.account) == before


def test_an_account_inside_an_account_is_made_without_its_own_parent(api: Api) -> None:
    inner: dict[str, Any] = {"name": "0"}
    for level in range(1, 80):
        inner = {"name": str(level), "parent_sales_account": inner}
    made = api.post("sales_accounts", {"sales_account": inner})["sales_account"]
    parent = api.get(f"sales_accounts/{made['parent_sales_account_id']}")["sales_account"]
    assert (made["name"], parent["name"]) == ("79", "78")
    assert parent["parent_sales_account_id"] is None
