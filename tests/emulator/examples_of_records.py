"""Answers about records."""

from __future__ import annotations

from typing import Any

from . import shapes
from .conftest import Api
from .exampling import ADDRESS, WEB, example, full_contact, me, priced
from .shaping import keys


@example("contact")
def _contact(api: Api) -> tuple[Any, Any]:
    shown = api.get(f"contacts/{full_contact(api)}?include=sales_accounts")
    shape = shapes.CONTACT | {"sales_accounts": [shapes.ACCOUNT_IN_CONTACT]}
    return shown, {"contact": shape, "meta": "object?"}


@example("view list")
def _view(api: Api) -> tuple[Any, Any]:
    contact = full_contact(api)
    meta = keys("total_pages:int total:int", avatar_data={"Contact": {str(contact): "text?"}})
    shown = api.get(f"contacts/view/{api.view('contacts', 'All Contacts')}")
    return shown, {"contacts": [shapes.CONTACT], "meta": meta}


@example("filters")
def _filters(api: Api) -> tuple[Any, Any]:
    return api.get("deals/filters"), {"filters": [shapes.FILTER], "meta": {}}


@example("account")
def _account(api: Api) -> tuple[Any, Any]:
    parent = api.post("sales_accounts", {"sales_account": {"name": "Parent"}})["sales_account"]
    body = {"name": "Acme", "website": "acme.co", "phone": "0712345", "number_of_employees": 50}
    body |= {"annual_revenue": 9, "parent_sales_account_id": parent["id"], "owner_id": me(api)}
    made = api.post("sales_accounts", {"sales_account": body | ADDRESS | WEB | {"tags": ["A"]}})
    api.deal(sales_account_id=made["sales_account"]["id"])
    shown = api.get(f"sales_accounts/{made['sales_account']['id']}")
    return shown, {"sales_account": shapes.ACCOUNT, "meta": "object?"}


@example("deal")
def _deal(api: Api) -> tuple[Any, Any]:
    deal = api.deal(expected_close="2030-01-01", forecast_category=1, owner_id=me(api), tags=["A"])
    return api.get(f"deals/{deal['id']}"), {"deal": shapes.DEAL, "meta": "object?"}


@example("deal products")
def _deal_products(api: Api) -> tuple[Any, Any]:
    deal, product = api.deal(), priced(api)
    body = {"deal": {"products": [{"id": product, "quantity": 2}]}}
    shown = api.put(f"deals/{deal['id']}?include=products", body)["deal"]["products"]
    return shown, [shapes.DEAL_PRODUCT]


@example("product")
def _product(api: Api) -> tuple[Any, Any]:
    return api.get(f"cpq/products/{priced(api)}"), {"product": shapes.PRODUCT}


@example("product with prices")
def _prices(api: Api) -> tuple[Any, Any]:
    shown = api.get(f"cpq/products/{priced(api)}?include=product_pricings")
    return shown, {"product": shapes.PRODUCT | {"product_pricings": [shapes.PRICE]}}


@example("upserted contact")
def _upserted(api: Api) -> tuple[Any, Any]:
    body = {"unique_identifier": {"emails": "a@x.co"}, "contact": {"last_name": "B"}}
    shape = shapes.CONTACT | keys("type:text")
    return api.post("contacts/upsert", body), {"contact": shape, "meta": "object?*"}


@example("upserted account")
def _upserted_account(api: Api) -> tuple[Any, Any]:
    body = {"unique_identifier": {"name": "Acme"}, "sales_account": {"city": "Oslo"}}
    shape = {"sales_account": shapes.ACCOUNT, "meta": "object?*"}
    return api.post("sales_accounts/upsert", body), shape


@example("upserted deal")
def _upserted_deal(api: Api) -> tuple[Any, Any]:
    body = {"unique_identifier": {"id": str(api.deal()["id"])}, "deal": {"amount": 23}}
    return api.post("deals/upsert", body), {"deal": shapes.DEAL, "meta": "object?*"}


@example("bulk upsert")
def _bulk(api: Api) -> tuple[Any, Any]:
    body = {"deals": [{"name": "D", "data": {"amount": 1}}]}
    return api.post("deals/bulk_upsert", body), keys("message:text job_status_url:text")


@example("job")
def _job(api: Api) -> tuple[Any, Any]:
    items = [{"emails": "no address", "data": {"last_name": "B"}}]
    url = api.post("contacts/bulk_upsert", {"contacts": items})["job_status_url"]
    api.clock.pass_(60)
    return api.get(f"job_statuses/{url.rpartition('/')[2]}"), shapes.JOB


@example("bulk assignment")
def _assigned(api: Api) -> tuple[Any, Any]:
    body = {"selected_ids": [api.contact()["id"]], "owner_id": me(api)}
    return api.post("contacts/bulk_assign_owner", body), shapes.MESSAGE


@example("document")
def _document(api: Api) -> tuple[Any, Any]:
    body = {"deal_id": api.deal()["id"], "document_type": "Quote", "amount": 5}
    made = api.post("cpq/cpq_documents", {"cpq_document": body})
    return made, {"cpq_document": shapes.DOCUMENT}


@example("team")
def _team(api: Api) -> tuple[Any, Any]:
    body = {"team_users": [{"user_id": me(api), "designation_id": 1}]}
    return api.post(f"deals/{api.deal()['id']}/manage_team_members", body), shapes.TEAM
