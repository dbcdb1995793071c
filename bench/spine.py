"""The spine, measured: intake, plan and load of made tenants, as JSON to compare a change with.

    python -m bench.spine [--bookings 10000 100000 1000000] [--load-seconds 120]

For each size, in a process of its own: rows staged a second, records planned a second, records
loaded a second into the emulator with its limits off and a clock that jumps over waits, and the
peak memory after each. The emulator runs in the same process, so its records count in the memory
after loading. A phase that is not done within --load-seconds is cut, and the phases after it, which
stand on it, are not begun: `cut` says so.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx2

from crossdock.connectors.freshsales import Freshsales
from crossdock.connectors.octopuspro.tenant import write_tenant
from crossdock.desk.mapping import confirm_mapping, propose_mapping
from crossdock.desk.workbench import Workbench
from crossdock.emulator import Account, create_app
from crossdock.intake.intake import read_export
from crossdock.ledger import Ledger
from crossdock.load import gate
from crossdock.load.phase import Context, load_entity
from crossdock.mapping.target import needs
from crossdock.model.times import VirtualClock
from crossdock.project import KEY_VARIABLE, Project
from crossdock.provision import missing
from crossdock.provision.creating import create_fields

BOOKINGS_PER_CUSTOMER = 2.5


def main() -> None:
    """Measure every size and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--bookings", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--load-seconds", type=float, default=120.0)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one, arguments.load_seconds)))
        return
    results = [_in_own_process(size, arguments.load_seconds) for size in arguments.bookings]
    print(json.dumps({"machine": machine(), "commit": commit(), "results": results}, indent=2))


def _in_own_process(size: int, load_seconds: float) -> Any:
    words = [sys.executable, "-m", "bench.spine", "--one", str(size)]
    done = subprocess.run(
        [*words, "--load-seconds", str(load_seconds)], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def measure(bookings: int, load_seconds: float) -> dict[str, Any]:
    """Measure one size from an empty folder."""
    folder = Path(tempfile.mkdtemp(prefix="crossdock-bench-"))
    try:
        return _measure(folder, bookings, load_seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path, bookings: int, load_seconds: float) -> dict[str, Any]:
    started = time.perf_counter()
    customers = round(bookings / BOOKINGS_PER_CUSTOMER)
    tenant = write_tenant(folder / "tenant", customers=customers, seed=1, media=False)
    written = time.perf_counter() - started
    rows = sum(tenant.files.values())
    os.environ[KEY_VARIABLE] = "emulator"
    clock = VirtualClock()
    account = Account(plan="enterprise", key="emulator", clock=clock, limits=False)
    Project.create(folder / "project", folder / "tenant", "http://emulator/crm/sales")
    bench = Workbench(folder / "project", clock, httpx2.ASGITransport(create_app(account)))
    result: dict[str, Any] = {
        "bookings": tenant.files["bookings.csv"],
        "rows": rows,
        "tenant": rate(rows, written),
    }
    with bench.project.database() as connection:
        started = time.perf_counter()
        read_export(bench.project, bench.source, connection)
        result["intake"] = rate(rows, time.perf_counter() - started)
        staged = connection.execute("SELECT sum(rows), sum(rejected) FROM stage._file").fetchone()
        assert staged is not None
        result["row_parity"] = {"in_files": rows, "staged": staged[0], "rejected": staged[1]}
        _confirm(bench, connection)
        started = time.perf_counter()
        records = bench.at_destination(lambda d: _plan(bench, connection, d))
        result["plan"] = rate(records, time.perf_counter() - started)
        result["plan"]["rows_per_second"] = round(rows / result["plan"]["seconds"])
        result["peak_mb_after_plan"] = peak()
        result["load"] = bench.at_destination(lambda d: _load(bench, connection, d, load_seconds))
        result["peak_mb_with_emulator"] = peak()
    return result


def _confirm(bench: Workbench, connection: Any) -> None:
    """Propose, create the fields, confirm; owners without a user fall to the default owner."""
    policies = bench.default_policies() | {"missing_users": "default-owner"}
    proposed, description = propose_mapping(bench, connection, policies)
    wanted = missing.missing_fields(proposed.mapping, description)
    bench.at_destination(lambda d: create_fields(d, wanted, lambda _: None))
    confirm_mapping(bench, connection, "bench")


async def _plan(bench: Workbench, connection: Any, destination: Freshsales) -> int:
    plan, _, _ = await bench.plan(connection, destination, lambda _: None)
    return sum(entity["create"] for entity in plan.entities)


async def _load(
    bench: Workbench, connection: Any, destination: Freshsales, most: float
) -> dict[str, Any]:
    ledger = Ledger(bench.project.ledger_file, bench.clock)
    context = Context(connection, destination, ledger, ledger.open_run("bench", "", ""))
    description = bench.description()
    phases: dict[str, Any] = {}
    total, seconds, cut = 0, 0.0, None
    for phase in bench.route.phases:
        if phase.checked or not needs(description, phase.needs):
            continue
        sent = 0

        def count(records: int) -> None:
            nonlocal sent
            sent += records

        started = time.perf_counter()
        try:
            async with asyncio.timeout(most):
                await load_entity(context, phase.entity, count)
                await gate.take_ids(context, phase.entity)
        except TimeoutError:
            cut = phase.entity
        phases[phase.entity] = rate(sent, time.perf_counter() - started)
        total, seconds = total + sent, seconds + phases[phase.entity]["seconds"]
        if cut:
            break
    ledger.close()
    return {
        **rate(total, seconds),
        "requests": destination.requests,
        "cut": cut,
        "phases": phases,
    }


def rate(count: int, seconds: float) -> dict[str, Any]:
    """Return a count, the seconds it took, and how many a second that is."""
    return {
        "count": count,
        "seconds": round(seconds, 2),
        "per_second": round(count / max(seconds, 1e-9)),
    }


def peak() -> int:
    """Return this process's peak memory so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
    }


def commit() -> str:
    """Return the commit that was measured; `+` when the tree had changes."""
    words = ["git", "describe", "--always", "--dirty=+", "--abbrev=12"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
