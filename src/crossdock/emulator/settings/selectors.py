"""Selectors: the choices that ids in records stand for.

Reference: Freshsales API, selectors; certainty: observed.
"""

from __future__ import annotations

from typing import Any

from crossdock.emulator import errors
from crossdock.emulator.catalog import Catalog
from crossdock.emulator.http.call import Call, Reply
from crossdock.emulator.http.router import Router
from crossdock.emulator.stamps import utc_text

Item = dict[str, Any]

NAMES = (
    "owners",
    "territories",
    "deal_stages",
    "deal_pipelines",
    "currencies",
    "deal_reasons",
    "deal_types",
    "lead_sources",
    "industry_types",
    "business_types",
    "campaigns",
    "deal_payment_statuses",
    "deal_products",
    "contact_statuses",
    "lifecycle_stages",
    "sales_activity_types",
    "sales_activity_outcomes",
    "sales_activity_entity_types",
    "designations",
    "teams",
)

_CONFIGS = [
    {"field_name": "amount", "position": 1, "highlight": True},
    {"field_name": "sales_account_id", "position": 2, "highlight": False},
    {"field_name": "expected_close", "position": 3, "highlight": False},
]


def selector_item(catalog: Catalog, name: str, item: Item) -> Item:
    """Return one item as its selector shows it."""
    shape = _SHAPES.get(name)
    if shape is not None:
        return shape(catalog, item)
    shown = {"id": item["id"], "name": item["name"], "position": item["position"]}
    return shown if name == "territories" else {**shown, "partial": True}


def _user(catalog: Catalog, item: Item) -> Item:
    names = ("id", "display_name", "email", "is_active", "work_number", "mobile_number")
    return {name: item[name] for name in names}


def _stage(catalog: Catalog, item: Item) -> Item:
    return {
        "partial": True,
        "id": item["id"],
        "name": item["name"],
        "position": item["position"],
        "forecast_type": item["forecast_type"],
        "updated_at": utc_text(item["updated_at"]),
        "deal_pipeline_id": item["deal_pipeline_id"],
        "choice_type": item["choice_type"],
        "probability": item["probability"],
    }


def _pipeline(catalog: Catalog, item: Item) -> Item:
    stages = [
        {**_stage(catalog, stage), "value": stage["name"], "is_deleted": False}
        for stage in catalog.items("deal_stages")
        if stage["deal_pipeline_id"] == item["id"]
    ]
    for stage in stages:
        del stage["partial"]
    return {
        "partial": True,
        "id": item["id"],
        "name": item["name"],
        "position": item["position"],
        "is_default": item["is_default"],
        "rotting_days": item["rotting_days"],
        "configs": _CONFIGS,
        "aggregated_field": "expected_deal_value",
        "deal_stages": stages,
    }


def _currency(catalog: Catalog, item: Item) -> Item:
    return {
        "partial": True,
        "id": item["id"],
        "is_active": item["is_active"],
        "currency_code": item["name"],
        "exchange_rate": item["exchange_rate"],
        "currency_type": item["currency_type"],
        "schedule_info": None,
    }


def _status(catalog: Catalog, item: Item) -> Item:
    return {
        "id": item["id"],
        "name": item["name"],
        "position": item["position"],
        "partial": True,
        "forecast_type": item["forecast_type"],
        "lifecycle_stage_id": item["lifecycle_stage_id"],
    }


def _lifecycle(catalog: Catalog, item: Item) -> Item:
    return {
        "id": item["id"],
        "name": item["name"],
        "position": item["position"],
        "disabled": False,
        "default": True,
        "type": item["name"],
        "contact_status_ids": [
            status["id"]
            for status in catalog.items("contact_statuses")
            if status["lifecycle_stage_id"] == item["id"]
        ],
    }


def _activity_type(catalog: Catalog, item: Item) -> Item:
    return {
        "partial": True,
        "id": item["id"],
        "name": item["name"],
        "internal_name": item["internal_name"],
        "show_in_conversation": item["internal_name"] != "reminder",
        "position": item["position"],
        "is_default": item["is_default"],
        "is_checkedin": item["internal_name"] == "appointment",
        "is_checkedin_mandatory": False,
        "is_outcome_mandatory": False,
    }


def _outcome(catalog: Catalog, item: Item) -> Item:
    return {
        "partial": True,
        "id": item["id"],
        "name": item["name"],
        "sales_activity_type_id": item["sales_activity_type_id"],
        "position": item["position"],
    }


def _task_type(catalog: Catalog, item: Item) -> Item:
    kind = catalog.find("sales_activity_types", item["sales_activity_type_id"])
    return {**_outcome(catalog, item), "sales_activity_type_name": kind["name"] if kind else None}


_SHAPES = {
    "owners": _user,
    "deal_stages": _stage,
    "deal_pipelines": _pipeline,
    "currencies": _currency,
    "contact_statuses": _status,
    "lifecycle_stages": _lifecycle,
    "sales_activity_types": _activity_type,
    "sales_activity_outcomes": _outcome,
    "sales_activity_entity_types": _task_type,
}


def selector(call: Call) -> Reply:
    """List the choices of one selector; users come under `users`."""
    name = call.params["name"]
    if name == "lead_statuses":
        # Leads are classic only; the selector of their statuses is refused as they are (inferred).
        raise errors.forbidden()
    if name not in NAMES:
        raise errors.not_found("selector")
    items = call.account.catalog.items(name)
    if name == "sales_activity_outcomes":
        items = sorted(items, key=lambda item: item["position"])  # Of all types mixed (observed).
    return _listed(call, name, items)


def stages_of_pipeline(call: Call) -> Reply:
    """List the stages of one pipeline."""
    return _listed(call, "deal_stages", _of(call, "deal_stages", "deal_pipeline_id"))


def outcomes_of_type(call: Call) -> Reply:
    """List the outcomes of one activity type."""
    found = _of(call, "sales_activity_outcomes", "sales_activity_type_id")
    return _listed(call, "sales_activity_outcomes", found)


def _of(call: Call, name: str, column: str) -> list[Item]:
    owner = {"deal_stages": "deal_pipelines"}.get(name, "sales_activity_types")
    if call.account.catalog.find(owner, call.id()) is None:
        raise errors.not_found("selector")
    return [item for item in call.account.catalog.items(name) if item[column] == call.id()]


def _listed(call: Call, name: str, items: list[Item]) -> Reply:
    catalog = call.account.catalog
    key = "users" if name == "owners" else name
    return Reply({key: [selector_item(catalog, name, item) for item in items]})


def mount(router: Router) -> None:
    """Add the selectors."""
    router.add("GET", "selector/:name", selector)
    router.add("GET", "selector/deal_pipelines/:id/deal_stages", stages_of_pipeline)
    router.add("GET", "selector/sales_activity_types/:id/sales_activity_outcomes", outcomes_of_type)
