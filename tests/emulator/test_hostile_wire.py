"""What arrives broken: bodies, forms, paths, queries and keys that no client should send."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from crossdock.emulator import create_app
from crossdock.emulator.files.models import LARGEST

from .conftest import Api

INVALID = {"errors": {"code": 400, "message": ["Invalid or missing attributes"]}}
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "multipart/form-data; boundary=cut"}


def nested(levels: int, opening: bytes = b'{"a":', closing: bytes = b"}") -> bytes:
    return b'{"contact":' + opening * levels + b"1" + closing * levels + b"}"


def part(head: str, content: bytes = b"x") -> bytes:
    return b"--cut\r\n" + head.encode("latin-1") + b"\r\n\r\n" + content + b"\r\n"


def form(*parts: bytes) -> bytes:
    return b"".join(parts) + b"--cut--\r\n"


def field(name: str, value: str) -> bytes:
    return part(f'Content-Disposition: form-data; name="{name}"', value.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"contact":',
        b'{"contact":{"emails":"a@x.co"}} and more',
        b"{'contact':{}}",
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b" ",
        b"null",
        b"true",
        b"1",
        b'"contact"',
        b"[]",
        b"{}",
        b'{"contact":null}',
        b'{"contact":[]}',
        b'{"contact":"x"}',
        b'{"contact":{"last_name":NaN}}',
        b'{"contact":{"last_name":Infinity}}',
        b'{"contact":{"lead_score":1e400}}',
        b'{"contact":{"last_name":"\\ud800"}}',
        nested(10_000),
        nested(10_000, b"[", b"]"),
        nested(250),
    ],
)
def test_a_body_that_is_no_object_of_json_is_refused(api: Api, body: bytes) -> None:
    response = api("POST", "contacts", content=body, headers=JSON)
    assert (response.status_code, response.json()) == (400, INVALID)


def test_of_a_key_that_comes_twice_the_last_one_counts(api: Api) -> None:
    body = b'{"contact":{"emails":"first@x.co","emails":"last@x.co"}}'
    response = api("POST", "contacts", content=body, headers=JSON)
    assert response.json()["contact"]["email"] == "last@x.co"


@pytest.mark.parametrize(
    "kind",
    [
        None,
        "",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/vnd.api+json",
        "multipart/mixed; boundary=cut",
        "json",
    ],
)
def test_another_content_type_is_refused(api: Api, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    body = b'{"contact":{"emails":"a@x.co"}}'
    response = api("POST", "contacts", content=body, headers=headers)
    assert (response.status_code, response.json()) == (400, INVALID)


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=utf-8", "Text/Plain"])
def test_plain_text_breaks_the_server_as_it_breaks_the_real_one(api: Api, kind: str) -> None:
    response = api("POST", "contacts", content=b"x", headers={"Content-Type": kind})
    assert (response.status_code, response.json()) == (500, {"error_code": 500})


@pytest.mark.parametrize(
    "kind", ["application/json", "APPLICATION/JSON", "application/json; charset=latin-1"]
)
def test_json_is_json_however_its_type_is_written(api: Api, kind: str) -> None:
    body = b'{"contact":{"emails":"a@x.co"}}'
    assert api("POST", "contacts", content=body, headers={"Content-Type": kind}).is_success


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", form()),
        ("multipart/form-data; boundary=", form()),
        ("multipart/form-data; boundary=cut", b"{}"),
        ("multipart/form-data; boundary=cut", b""),
        ("multipart/form-data; boundary=cut", form()),
        ("multipart/form-data; boundary=cut", form(part("X: 1"))),
        ("multipart/form-data; boundary=cut", form(part("Content-Disposition: form-data"))),
        ("multipart/form-data; boundary=cut", form(part("\xff\xff"))),
        ("multipart/form-data; boundary=cut", form(*(field(f"f{i}", "") for i in range(1100)))),
        ("multipart/form-data; boundary=cut", form(field("f", "x" * 1_100_000))),
        ("multipart/form-data; boundary=cut", part('Content-Disposition: form-data; name="file"')),
    ],
)
@pytest.mark.parametrize("path", ["documents", "contacts", "phone_calls"])
def test_a_broken_form_is_refused(api: Api, path: str, kind: str, body: bytes) -> None:
    response = api("POST", path, content=body, headers={"Content-Type": kind})
    assert (response.status_code, response.json()) == (400, INVALID)


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\temp\\passwd", "/etc/passwd"])
def test_the_name_of_a_file_has_no_folders(api: Api, name: str) -> None:
    contact = api.contact()["id"]
    target = {"targetable_type": "Contact", "targetable_id": str(contact)}
    sent = api("POST", "documents", data=target, files={"file": (name, b"x", "text/plain")})
    assert sent.is_success
    kept = api.get(f"contacts/{contact}/document_associations")["documents"]
    assert [each["name"] for each in kept] == ["passwd"]


def test_a_file_beyond_the_limit_is_refused_and_never_held_in_memory(api: Api) -> None:
    chunk = b"x" * 2**20
    head = part('Content-Disposition: form-data; name="file"; filename="big"', b"")[:-2]

    def chunks() -> Iterator[bytes]:
        yield head
        yield from (chunk for _ in range(LARGEST // len(chunk) + 1))
        yield b"\r\n" + form()

    tracemalloc.start()
    try:
        status, body = asyncio.run(streamed(api, "documents", FORM, chunks()))
        highest = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (status, b"File size should not exceed 150 MB" in body) == (400, True)
    assert highest < LARGEST // 4
    assert api.account.files.used == 0


async def streamed(
    api: Api, path: str, headers: dict[str, str], chunks: Iterator[bytes]
) -> tuple[int, bytes]:
    """Send a body piece by piece, as a server hands it on."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        piece = next(chunks, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Any) -> None:
        sent.append(message)

    known = {"authorization": "Token token=emulator", **headers}
    scope = {
        "type": "http",
        "method": "POST",
        "path": f"/crm/sales/api/{path}",
        "raw_path": b"",
        "query_string": b"",
        "headers": [(k.lower().encode(), v.encode()) for k, v in known.items()],
        "scheme": "http",
    }
    await create_app(api.account)(scope, receive, send)
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])


@pytest.mark.parametrize(
    "record_id",
    ["x", "-1", "0", "1.5", "1e9", "9" * 20, "9" * 5000, "%00", "١٢", "%ff", "' or 1=1"],
)
def test_what_is_no_id_is_not_in_the_crm(api: Api, record_id: str) -> None:
    for method, path in (("GET", "contacts/{}"), ("PUT", "deals/{}"), ("DELETE", "tasks/{}")):
        status, texts = api.refused(method, path.format(record_id), {"x": 1})
        assert (status, texts[0][-14:]) == (404, "not in the CRM")


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS", "TRACE", "HEAD", "BREW"])
def test_an_unknown_method_finds_no_page(api: Api, method: str) -> None:
    assert api(method, f"contacts/{api.contact()['id']}").status_code == 404


def test_a_path_of_twenty_thousand_steps_finds_no_page(api: Api) -> None:
    assert api("GET", "contacts/" + "x/" * 20_000).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "page=99999999999999999999&per_page=99999999999999999999",
        "page=-1&per_page=-1",
        "page=1.5&per_page=x",
        "page=" + "9" * 5000,
        "page=1&page=2&include=&include=owner&include=nobody",
        "sort=__class__&sort_type=sideways",
        "filter=%zz%ff%00%",
        "&".join(f"a{i}=b" for i in range(5000)),
        "=&&=;;?#",
    ],
)
def test_a_query_that_makes_no_sense_is_answered(api: Api, query: str) -> None:
    view = api.view("contacts", "All Contacts")
    for path in (f"contacts/view/{view}", "tasks", "appointments", "sales_activities", "lists"):
        assert api("GET", f"{path}?{query}").status_code == 200
    assert api("GET", f"search?q=a&{query}").status_code == 200


@pytest.mark.parametrize(
    "key",
    [
        "",
        "Token",
        "Token ",
        "Token token=",
        'Token token=""',
        "Token token=wrong",
        "Token token='emulator'",
        "token token=emulator",
        "Bearer emulator",
        "Basic ZW11bGF0b3I6eA==",
        "Token token=emulator, Token token=emulator",
        "Token token=emulator\tX-Admin: 1",
        "Token token=ém\xfflator",
    ],
)
def test_a_wrong_key_is_unauthorized(api: Api, key: str) -> None:
    response = api("GET", "selector/owners", headers={"Authorization": key.encode("latin-1")})
    assert response.status_code == 401
    assert response.json()["login"] == "failed"
