from __future__ import annotations

from typing import Any

import pytest

from .conftest import Api


def send(api: Api, model: str, record_id: int) -> Any:
    fields = {"targetable_type": model, "targetable_id": str(record_id), "file_name": "Plan.txt"}
    parts: dict[str, Any] = {name: (None, value) for name, value in fields.items()}
    return api("POST", "documents", files=parts | {"file": ("a.txt", b"abc", "text/plain")})


def test_a_file_hangs_on_a_product_too(api: Api) -> None:
    product = api.post("cpq/products", {"product": {"name": "P"}})["product"]["id"]
    assert send(api, "Product", product).is_success


@pytest.mark.parametrize("model", ["Note", "Task", "Lead"])
def test_a_file_does_not_hang_on_what_is_no_record(api: Api, model: str) -> None:
    response = send(api, model, 1)
    assert response.status_code == 400
    assert response.json()["errors"]["message"] == ["Targetable type is not valid"]


def test_a_link_does_not_hang_on_a_product(api: Api) -> None:
    body = {"url": "https://x.co", "targetable_type": "Product", "targetable_id": 1}
    assert api.refused("POST", "document_links", body) == (400, ["Targetable type is not valid"])


@pytest.mark.parametrize("url", [None, "", "  "])
def test_a_link_needs_an_address(api: Api, url: str | None) -> None:
    body = {"name": "A", "targetable_type": "Deal", "targetable_id": api.deal()["id"], "url": url}
    assert api.refused("POST", "document_links", body) == (400, ["Url can't be blank"])


def test_a_file_can_have_another_name_and_tells_its_size(api: Api) -> None:
    deal = api.deal()["id"]
    api.good(send(api, "Deal", deal))
    shown = api.get(f"deals/{deal}/document_associations")
    file = shown["documents"][0]
    assert (file["name"], file["content_file_size_readable"]) == ("Plan.txt", "3 Bytes")
    assert [each["id"] for each in shown["users"]] == [file["creater_id"]]


def test_the_address_of_a_file_leads_to_where_its_content_would_be(api: Api) -> None:
    deal = api.deal()["id"]
    url = api.good(send(api, "Deal", deal))["url"]
    assert url.startswith("http://acme.test/crm/sales/attachments/")
    assert api.get(f"deals/{deal}/document_associations")["documents"][0]["url"] == url
    said = ["This emulator keeps only the size and the digest of a file"]
    assert api.refused("GET", url) == (410, said)


def test_an_unknown_file_is_not_in_the_crm(api: Api) -> None:
    refusal = api.refused("GET", "/attachments/1")
    assert refusal == (404, ["The requested attachment is not in the CRM"])


def test_a_link_is_listed_on_its_record(api: Api) -> None:
    deal = api.deal()
    body: dict[str, Any] = {"url": "https://x.co/a", "name": "Photo"}
    body |= {"targetable_type": "Deal", "targetable_id": deal["id"]}
    assert api.post("document_links", body)["url"] == "https://x.co/a"
    listed = api.get(f"deals/{deal['id']}/document_associations")["document_links"]
    assert [each["name"] for each in listed] == ["Photo"]
