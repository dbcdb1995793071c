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
