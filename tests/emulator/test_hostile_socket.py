"""What no HTTP library would send: bytes on a socket. The server answers and lives on."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx2
import pytest

from crossdock.emulator import Account
from crossdock.emulator.server import running

from .conftest import KEY

_HEAD = b"Host: x\r\nAuthorization: Token token=emulator\r\n"
_CLOSE = b"Connection: close\r\n\r\n"
_API = b"/crm/sales/api/"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(Account(limits=False)) as found:
        yield found


def said(url: str, request: bytes) -> bytes:
    """Return what the server says to bytes, until it closes the connection or falls silent."""
    host, port = url.split("/")[2].split(":")
    answer = b""
    with socket.create_connection((host, int(port)), timeout=0.5) as line:
        line.sendall(request)
        try:
            while piece := line.recv(65_536):
                answer += piece
        except (TimeoutError, ConnectionResetError):
            pass
    return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    ("request_line", "expected"),
    [
        (b"GET " + _API + b"contacts/%00 HTTP/1.1", 404),
        (b"GET " + _API + b"contacts/%ff%fe HTTP/1.1", 404),
        (b"GET " + _API + b"contacts/%zz HTTP/1.1", 404),
        (b"GET " + _API + b"contacts/../../../etc/passwd HTTP/1.1", 404),
        (b"GET " + _API + b"contacts/%2e%2e%2f%2e%2e%2fpasswd HTTP/1.1", 404),
        (b"GET " + _API + b"search?q=%ff%zz%00&q HTTP/1.1", 200),
        (b"GET " + _API + b"contacts/" + b"x" * 8_000 + b" HTTP/1.1", 404),
        (b"BREW " + _API + b"contacts/1 HTTP/1.1", 400),
        (b"GET nothing HTTP/1.1", 400),
        (b"GET", 400),
        (b"\0\xff", 400),
    ],
)
def test_a_strange_request_line_gets_an_answer(
    url: str, request_line: bytes, expected: int
) -> None:
    answer = said(url, request_line + b"\r\n" + _HEAD + _CLOSE)
    assert status(answer) == expected
    assert b"Traceback" not in answer
    assert alive(url)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (b"Content-Length: 5\r\n", 400),
        (b"Content-Length: -1\r\n", 400),
        (b"Content-Length: x\r\n", 400),
        (b"Transfer-Encoding: chunked\r\n", 400),
        (b"X-Y: a\x00b\r\n", 400),
        (b"no colon\r\n", 400),
        (b"X-Big: " + b"x" * 10_000 + b"\r\n", 400),
    ],
)
def test_strange_headers_get_an_answer(url: str, headers: bytes, expected: int) -> None:
    body = b'{"contact":'
    request = b"POST " + _API + b"contacts HTTP/1.1\r\nContent-Type: application/json\r\n"
    answer = said(url, request + _HEAD + headers + _CLOSE + body)
    assert status(answer) == expected
    assert b"Traceback" not in answer
    assert alive(url)


def test_a_key_cannot_bring_a_header_with_it(url: str) -> None:
    request = b"GET " + _API + b"selector/owners HTTP/1.1\r\nHost: x\r\n"
    request += b"Authorization: Token token=emulator\rX-Admin: 1\r\n"
    assert status(said(url, request + _CLOSE)) in (400, 401)


@pytest.mark.parametrize("kind", [b"application/json", b"multipart/form-data; boundary=cut"])
def test_a_client_that_leaves_in_the_middle_of_its_body_leaves_nothing(
    url: str, kind: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    head = b"POST " + _API + b"contacts HTTP/1.1\r\nContent-Type: " + kind + b"\r\n"
    half = b'{"contact":{"emails":"half@x.co"}}'
    host, port = url.split("/")[2].split(":")
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head + _HEAD + b"Content-Length: 100\r\n\r\n" + half)
    found = httpx2.get(f"{url}/api/lookup?q=half@x.co&f=email&entities=contact", headers=KEY)
    assert found.json()["contacts"]["contacts"] == []
    assert capfd.readouterr().err == ""


def alive(url: str) -> bool:
    return httpx2.get(f"{url}/api/selector/owners", headers=KEY).status_code == 200
