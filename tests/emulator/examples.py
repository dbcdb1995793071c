"""One answer of each kind, with the shape that the real Freshsales gives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import setting_shapes, shapes
from .conftest import Api
from .shaping import keys

Example = Callable[[Api], tuple[Any, Any]]
EXAMPLES: dict[str, Example] = {}
_ADDRESS = {"address": "1 Road", "city": "Ulm", "state": "BW", "zipcode": "89073", "country": "DE"}
_WEB = {"facebook": "f", "twitter": "t", "linkedin": "l"}
MEETING = {"title": "Visit", "from_date": "2020-01-01", "end_date": "2020-01-02"}


def example(name: str) -> Callable[[Example], Example]:
    def keep(found: Example) -> Example:
        EXAMPLES[name] = found
        return found

    return keep


def me(api: Api) -> int:
    return int(api.get("selector/owners")["users"][0]["id"])


def full_contact(api: Api) -> int:
    """Make a contact in which everything is filled, with an account, a deal and a note."""
    add_field(api, "contacts", "Vip", "checkbox")
    contact = api.contact(
        first_name="Jo",
        job_title="Chef",
        work_number="0712345",
        mobile_number="0412345",
        external_id="L-1",
        work_email="w@x.co",
        time_zone="Sydney",
        keyword="k",
        medium="m",
        owner_id=me(api),
        tags=["Old"],
        phone_numbers=[{"value": "0812345", "label": "Home"}],
        sales_account={"name": "Acme"},
        custom_field={"cf_vip": True},
        **_ADDRESS,
        **_WEB,
    )["id"]
    api.deal(contacts_added_list=[contact])
    api.post("notes", {"note": hung("Contact", contact, description="Hello")})
    return int(contact)


def add_field(api: Api, module: str, label: str, kind: str) -> Any:
    form = api.get(f"settings/{module}/forms")["forms"][0]["id"]
    return api.post(f"settings/{module}/forms/{form}/fields", {"label": label, "type": kind})


def hung(model: str, record_id: int, **fields: Any) -> dict[str, Any]:
    return {"targetable_type": model, "targetable_id": record_id, **fields}


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
    made = api.post("sales_accounts", {"sales_account": body | _ADDRESS | _WEB | {"tags": ["A"]}})
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


def priced(api: Api) -> int:
    facts = {"name": "Sample", "category": "Software", "description": "d", "sku_number": "S"}
    product = api.post("cpq/products", {"product": facts})["product"]["id"]
    prices = [{"currency_code": "AUD", "unit_price": 10.5}]
    body = {"product": {"pricing_type": 1, "product_pricings": prices}}
    api.put(f"cpq/products/{product}?include=product_pricings", body)
    return int(product)


@example("product")
def _product(api: Api) -> tuple[Any, Any]:
    return api.get(f"cpq/products/{priced(api)}"), {"product": shapes.PRODUCT}


@example("product with prices")
def _prices(api: Api) -> tuple[Any, Any]:
    shown = api.get(f"cpq/products/{priced(api)}?include=product_pricings")
    return shown, {"product": shapes.PRODUCT | {"product_pricings": [shapes.PRICE]}}


@example("note")
def _note(api: Api) -> tuple[Any, Any]:
    body = {"note": hung("Contact", full_contact(api), description="Hello")}
    return api.post("notes", body), {"note": shapes.NOTE}


@example("task")
def _task(api: Api) -> tuple[Any, Any]:
    body = {"title": "Call", "description": "d", "due_date": "Tue Jun 21 2099 11:00:00 GMT+0000"}
    body = hung("Contact", full_contact(api), owner_id=me(api), **body)
    return api.post("tasks", {"task": body}), {"task": shapes.TASK}


@example("tasks")
def _tasks(api: Api) -> tuple[Any, Any]:
    contact = full_contact(api)
    account = api.get(f"contacts/{contact}?include=sales_accounts")["contact"]["sales_accounts"][0]
    targets = {"Contact": contact, "SalesAccount": account["id"], "Deal": api.deal()["id"]}
    for model, record_id in targets.items():
        body = hung(model, record_id, title="T", due_date="2030-01-01", owner_id=me(api))
        api.post("tasks", {"task": body})
    return api.get("tasks?filter=open&include=owner,users,targetable"), shapes.TASKS


@example("appointment")
def _appointment(api: Api) -> tuple[Any, Any]:
    more = {"time_zone": "Chennai", "location": "Chennai", "latitude": 13.1, "longitude": 80.3}
    body = hung("Contact", full_contact(api), description="d", **MEETING, **more)
    return api.post("appointments", {"appointment": body}), shapes.APPOINTMENT


@example("sales activity")
def _activity(api: Api) -> tuple[Any, Any]:
    kind = api.account.catalog.add_activity_type("Payment", "payment", default=False)["id"]
    times = {"start_date": "2017-12-04T17:00:00+05:30", "end_date": "2017-12-04T17:30:00+05:30"}
    body = hung("Deal", api.deal()["id"], title="Paid", notes="n", owner_id=me(api), **times)
    made = api.post("sales_activities", {"sales_activity": body | {"sales_activity_type_id": kind}})
    return made, {"sales_activity": shapes.ACTIVITY}


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


@example("fields")
def _fields(api: Api) -> tuple[Any, Any]:
    add_field(api, "contacts", "Vip", "checkbox")
    return api.get("settings/contacts/fields"), {"fields": [setting_shapes.FIELD]}


@example("forms")
def _forms(api: Api) -> tuple[Any, Any]:
    add_field(api, "contacts", "Vip", "checkbox")
    return api.get("settings/contacts/forms"), setting_shapes.FORMS


@example("created field")
def _made_field(api: Api) -> tuple[Any, Any]:
    return add_field(api, "contacts", "Budget", "decimal"), {"field": setting_shapes.MADE_FIELD}


@example("file")
def _file(api: Api) -> tuple[Any, Any]:
    return upload(api, api.deal()["id"]), shapes.KEPT


def upload(api: Api, deal: int) -> Any:
    parts = {name: (None, str(value)) for name, value in hung("Deal", deal).items()}
    file = {"file": ("a.pdf", b"%PDF", "application/pdf")}
    return api.good(api("POST", "documents", files=parts | file))


@example("link")
def _link(api: Api) -> tuple[Any, Any]:
    body = hung("Deal", api.deal()["id"], url="https://x.co/a", name="A", is_shared=True)
    return api.post("document_links", body), shapes.KEPT


@example("files of a record")
def _files(api: Api) -> tuple[Any, Any]:
    deal = api.deal()["id"]
    upload(api, deal)
    api.post("document_links", hung("Deal", deal, url="https://x.co/a", name="A"))
    return api.get(f"deals/{deal}/document_associations"), shapes.ASSOCIATIONS


@example("phone call")
def _call(api: Api) -> tuple[Any, Any]:
    body = {"call_direction": True, "targetable_type": "contact", "note": {"description": "n"}}
    body |= {"targetable": {"id": full_contact(api)}}
    return api.post("phone_calls", {"phone_call": body}), shapes.LOGGED


@example("search")
def _search(api: Api) -> tuple[Any, Any]:
    full_contact(api)
    api.clock.pass_(60)
    kinds = "contact,sales_account,deal,user"
    return api.get(f"search?q=a&include={kinds}"), [shapes.HIT]


@example("lookup")
def _lookup(api: Api) -> tuple[Any, Any]:
    full_contact(api)
    shape = {"contacts": {"contacts": [shapes.CONTACT]}, "deals": {"deals": [shapes.DEAL]}}
    return api.get("lookup?q=L-1&f=external_id&entities=contact,deal"), shape


@example("filtered search")
def _filtered(api: Api) -> tuple[Any, Any]:
    contact = full_contact(api)
    api.clock.pass_(60)
    rule = {"attribute": "id", "operator": "is_in", "value": str(contact)}
    found = api.post("filtered_search/contact", {"filter_rule": [rule]})
    assert found["contacts"]
    return found, {"contacts": [shapes.FOUND], "meta": keys("total:int")}


@example("created list")
def _list(api: Api) -> tuple[Any, Any]:
    return api.post("lists", {"name": "Fans"}), {"list": shapes.LIST}


@example("lists")
def _lists(api: Api) -> tuple[Any, Any]:
    api.post("lists", {"name": "Fans"})
    return api.get("lists"), {"lists": [shapes.LIST], "meta": keys("total_pages:int total:int")}


@example("activities of a contact")
def _feed(api: Api) -> tuple[Any, Any]:
    return api.get(f"contacts/{full_contact(api)}/activities"), shapes.FEED


@example("document")
def _document(api: Api) -> tuple[Any, Any]:
    body = {"deal_id": api.deal()["id"], "document_type": "Quote", "amount": 5}
    made = api.post("cpq/cpq_documents", {"cpq_document": body})
    return made, {"cpq_document": shapes.DOCUMENT}


@example("custom module")
def _module(api: Api) -> tuple[Any, Any]:
    body = {"entity_name": "cm_pet", "singular_name": "Pet", "plural_name": "Pets", "icon": "p"}
    made = api.post("settings/module_customizations", {"module_customization": body})
    return made, {"module_customization": setting_shapes.MODULE}


@example("team")
def _team(api: Api) -> tuple[Any, Any]:
    body = {"team_users": [{"user_id": me(api), "designation_id": 1}]}
    return api.post(f"deals/{api.deal()['id']}/manage_team_members", body), shapes.TEAM
