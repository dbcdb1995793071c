from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import httpx2

from tests.dumps import grouped

START = "import typer; from crossdock.cli.emulator import emulator; typer.run(emulator)"
KEY = {"Authorization": "Token token=k"}


def start(*options: str) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-c", START, "--port", "0", "--key", "k", *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def stop(process: subprocess.Popen[str], number: int = signal.SIGINT) -> None:
    process.send_signal(number)
    process.communicate(timeout=20)


def test_a_seed_gives_an_account_that_was_in_use_before(tmp_path: Path) -> None:
    process, url = start("--seed", "5", "--state", str(tmp_path / "account.sqlite"))
    try:
        dump = grouped(httpx2.get(url.replace("/crm/sales", "/emulator/dump")).text)
    finally:
        stop(process)
    assert len(dump["sales_accounts"]) > 50
    assert len(dump["contacts"]) > 100
    process, url = start("--state", str(tmp_path / "account.sqlite"))
    try:
        again = grouped(httpx2.get(url.replace("/crm/sales", "/emulator/dump")).text)
    finally:
        stop(process)
    assert [each["id"] for each in again["deals"]] == [each["id"] for each in dump["deals"]]


def test_without_a_seed_an_account_is_empty() -> None:
    process, url = start()
    try:
        dump = grouped(httpx2.get(url.replace("/crm/sales", "/emulator/dump")).text)
    finally:
        stop(process)
    assert set(dump) == {"users"}


def test_what_a_killed_emulator_answered_is_in_its_file(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "account.sqlite"))
    process, url = start(*state)
    for i in range(20):
        contact = {"last_name": "Doe", "emails": f"p{i}@x.co"}
        httpx2.post(f"{url}/api/contacts", json=contact, headers=KEY)
    stop(process, signal.SIGKILL)
    process, url = start(*state)
    try:
        dump = grouped(httpx2.get(url.replace("/crm/sales", "/emulator/dump")).text)
    finally:
        stop(process)
    assert len(dump["contacts"]) == 20


def test_the_server_prints_its_url_first_and_keeps_its_state(tmp_path: Path) -> None:
    users = tmp_path / "users.csv"
    users.write_text("email,name,active\njo@x.co,Jo,yes\n", "utf-8")
    options = ("--state", str(tmp_path / "account.sqlite"), "--users", str(users))
    found = []
    for number in (signal.SIGTERM, signal.SIGINT):
        process, url = start(*options)
        try:
            assert url.startswith("http://127.0.0.1:")
            assert url.endswith("/crm/sales")
            contact = {"last_name": "Doe", "emails": "a@x.co"}
            httpx2.post(f"{url}/api/contacts", json=contact, headers=KEY)
            dump = grouped(httpx2.get(url.replace("/crm/sales", "/emulator/dump")).text)
            found.append((len(dump["contacts"]), [user["email"] for user in dump["users"]]))
        finally:
            process.send_signal(number)
            rest, _ = process.communicate(timeout=20)
        assert (process.returncode, rest) == (0, "")
    assert found == [(1, ["admin@example.com", "jo@x.co"])] * 2
