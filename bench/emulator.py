"""The emulator, measured from outside with the load generator `wrk`, as JSON.

    python -m bench.emulator [--seconds 10] [--contacts 1000000]

Single GETs a second, records a second by bulk upsert (from the first request until the last job
is done, all validation included), and the memory of the server with so many contacts in it. One
worker on one core, the load generator on another one; limits are off, everything is in memory.
Needs `wrk` from the system's packages and, for pinning, Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from bench.spine import commit, machine

_KEY = {"Authorization": "Token token=emulator"}
_SERVER = [sys.executable, "-c", "from crossdock.cli import main; main()", "emulator"]
#: Bulk calls of 100 new contacts, each with the fields that a migration fills.
_BULK = """
local function contact(i)
  return string.format('{"emails":"person%d@example%d.com","data":{"first_name":"Jo",'
    .. '"last_name":"Doe%d","mobile_number":"+614%08d","external_id":"CUS-%d",'
    .. '"address":"12 Long Street","city":"Sydney","state":"NSW","zipcode":"2000",'
    .. '"country":"Australia","tags":["Legacy"]}}', i, i % 97, i, i, i)
end
local at = START
local headers = {["Authorization"] = "Token token=emulator", ["Content-Type"] = "application/json"}
request = function()
  local parts = {}
  for i = 1, 100 do parts[i] = contact(at + i) end
  at = at + 100
  local body = '{"contacts":[' .. table.concat(parts, ",") .. ']}'
  return wrk.format("POST", nil, headers, body)
end
"""


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    arguments = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: install it from your system's packages")
    with tempfile.TemporaryDirectory() as name, _server() as (url, process):
        folder = Path(name)
        result = {"bulk": _bulk(url, folder, arguments.seconds)}
        result["get"] = _gets(url, arguments.seconds)
        result["memory"] = _memory(url, process, folder, arguments.contacts)
    print(json.dumps({"machine": machine(), "commit": commit(), **result}, indent=2))


@contextmanager
def _server() -> Iterator[tuple[str, int]]:
    process = subprocess.Popen(
        [*_SERVER, "--port", "0", "--no-limits"], stdout=subprocess.PIPE, text=True
    )
    os.sched_setaffinity(process.pid, {0})
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wrk(url: str, seconds: int, *more: str) -> float:
    """Run the load generator on another core and return requests a second."""
    command = ["wrk", "-t1", "-c16", f"-d{seconds}", *more, url]
    last = max(os.sched_getaffinity(0))
    pinned = ["taskset", "-c", str(last), *command]
    printed = subprocess.run(pinned, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in printed:
        raise RuntimeError(printed)
    found = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    assert found, printed
    return float(found[1])


def _bulk(url: str, folder: Path, seconds: int, start: int = 0) -> dict[str, float]:
    script = folder / "bulk.lua"
    script.write_text(_BULK.replace("START", str(start)), "utf-8")
    begun = time.monotonic()
    _wrk(f"{url}/api/contacts/bulk_upsert", seconds, "-s", str(script))
    # The last jobs are due two seconds after they came; the clock jumps there.
    _ask(url, "/emulator/clock", {"seconds": 60})
    elapsed = time.monotonic() - begun
    return {"records": _held(url), "records_per_second": round((_held(url) - start) / elapsed)}


def _gets(url: str, seconds: int) -> dict[str, float]:
    views = httpx2.get(f"{url}/api/contacts/filters", headers=_KEY).json()["filters"]
    everything = next(view["id"] for view in views if view["name"] == "All Contacts")
    page = httpx2.get(f"{url}/api/contacts/view/{everything}?per_page=1", headers=_KEY).json()
    one = f"{url}/api/contacts/{page['contacts'][0]['id']}"
    rate = _wrk(one, seconds, "-H", "Authorization: Token token=emulator")
    return {"requests_per_second": round(rate)}


def _memory(url: str, process: int, folder: Path, contacts: int) -> dict[str, float]:
    """Load on until so many contacts are there."""
    while (held := _held(url)) < contacts:
        _bulk(url, folder, 3, start=held + 1_000_000)
    status = Path(f"/proc/{process}/status").read_text()
    kilobytes = {name: int(size) for name, size in re.findall(r"(VmRSS|VmHWM):\s+(\d+)", status)}
    return {
        "contacts": held,
        "resident_gb": round(kilobytes["VmRSS"] / 1e6, 2),
        "peak_gb": round(kilobytes["VmHWM"] / 1e6, 2),
    }


def _held(url: str) -> int:
    views = httpx2.get(f"{url}/api/contacts/filters", headers=_KEY).json()["filters"]
    everything = next(view["id"] for view in views if view["name"] == "All Contacts")
    found = httpx2.get(f"{url}/api/contacts/view/{everything}?per_page=1", headers=_KEY).json()
    return int(found["meta"]["total"])


def _ask(url: str, path: str, body: Any) -> None:
    httpx2.post(url.replace("/crm/sales", path), json=body, timeout=120).raise_for_status()


if __name__ == "__main__":
    main()
