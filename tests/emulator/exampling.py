"""How an example is told, and what examples have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .conftest import Api

Example = Callable[[Api], tuple[Any, Any]]
EXAMPLES: dict[str, Example] = {}
ADDRESS = {"address": "1 Road", "city": "Ulm", "state": "BW", "zipcode": "89073", "country": "DE"}
WEB = {"facebook": "f", "twitter": "t", "linkedin": "l"}
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
        **ADDRESS,
        **WEB,
    )["id"]
    api.deal(contacts_added_list=[contact])
    api.post("notes", {"note": hung("Contact", contact, description="Hello")})
    return int(contact)


def add_field(api: Api, module: str, label: str, kind: str) -> Any:
    form = api.get(f"settings/{module}/forms")["forms"][0]["id"]
    return api.post(f"settings/{module}/forms/{form}/fields", {"label": label, "type": kind})


def hung(model: str, record_id: int, **fields: Any) -> dict[str, Any]:
    return {"targetable_type": model, "targetable_id": record_id, **fields}


def priced(api: Api) -> int:
    facts = {"name": "Sample", "category": "Software", "description": "d", "sku_number": "S"}
    product = api.post("cpq/products", {"product": facts})["product"]["id"]
    prices = [{"currency_code": "AUD", "unit_price": 10.5}]
    body = {"product": {"pricing_type": 1, "product_pricings": prices}}
    api.put(f"cpq/products/{product}?include=product_pricings", body)
    return int(product)


def upload(api: Api, deal: int) -> Any:
    parts = {name: (None, str(value)) for name, value in hung("Deal", deal).items()}
    file = {"file": ("a.pdf", b"%PDF", "application/pdf")}
    return api.good(api("POST", "documents", files=parts | file))
