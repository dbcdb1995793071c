"""`crossdock doctor --probe`: asks for consent, shows what differs, writes the file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import typer

from crossdock.cli import screen
from crossdock.cli.common import show
from crossdock.cli.probe_hints import hint
from crossdock.cli.probe_steps import Access, Outcome, cost_of, probed, probes_of, save
from crossdock.connectors.freshsales.probes import Difference, Left, Probe, Trail, new_marker
from crossdock.desk.workbench import Workbench
from crossdock.errors import ConfirmationError, UnreachableError

#: What a person sees first: an answer, then what became of records, then words and keys.
_ORDER: Final = ("status", "fact", "text", "body")
_SHOWN: Final = 40
_WIDTH: Final = 30


def compare_with_emulator(bench: Workbench, write: bool, yes: bool, as_json: bool) -> None:
    """Ask the account and the emulator, print where they differ, keep it in a file.

    Raises ConfirmationError when records would be created and nobody said yes.
    """
    url, key = bench.project.destination_access()
    probes, marker, trail = probes_of(write), new_marker(), Trail()
    if write and not yes:
        _consent(url, probes, marker, as_json)
    cost = cost_of(probes)
    try:
        with screen.steps(f"Asking the destination, at most {cost} requests") as step:
            outcome = probed(Access(url, key, bench.clock), probes, marker, trail, step)
    except BaseException:
        _tell_left(trail.left)
        raise
    file = bench.project.reports / "probes.json"
    save(outcome, file)
    if outcome.broke_off():
        _tell_left(trail.left)
        raise UnreachableError(
            f"The account stopped answering. {file} holds what it said before.",
            next_command="crossdock doctor --probe",
            written=f"{trail.deleted} records were created and deleted again; "
            f"{len(trail.left)} may still be there.",
        )
    left = [each.as_json() for each in trail.left]
    document = {
        **outcome.as_json(),
        "requests": outcome.requests,
        "deleted": trail.deleted,
        "left": left,
        "file": str(file),
    }
    show(as_json, document, lambda: _print(outcome, trail, file))
    if as_json:
        _tell_left(trail.left)


def consent_text(url: str, probes: Sequence[Probe], marker: str) -> str:
    """Return exactly what would be created and deleted, and what may come of it."""
    lines = [f"These records would be created at {url} and deleted again, newest first:", ""]
    for probe in probes:
        for kind, count in probe.creates.items():
            lines.append(f"  {kind.replace('_', ' ')}, up to {count}: {probe.question}")
    return "\n".join(
        [
            *lines,
            "",
            f"Each of them bears the name {marker}; e-mail addresses end in example.com.",
            "Workflows, assignment rules and reports of the account see them for a moment.",
            "Deleted contacts and deals stay in the recycle bin.",
            f"At most {cost_of(probes)} requests of the account's allowance.",
        ]
    )


def _consent(url: str, probes: Sequence[Probe], marker: str, as_json: bool) -> None:
    if not as_json:
        typer.echo(consent_text(url, probes, marker), err=True)
    if as_json or not typer.confirm("Create and delete these records?", err=True):
        raise ConfirmationError(
            "Probes would create records and delete them again, and nobody said yes.",
            next_command="crossdock doctor --probe --write --yes",
        )


def _print(outcome: Outcome, trail: Trail, file: Path) -> None:
    console = screen.out()
    found = sorted(outcome.differences, key=lambda each: _ORDER.index(each.kind))
    if found:
        headers = ("probe", "what", "emulator", "account", "concerns")
        rows = [_row(each) for each in found[:_SHOWN]]
        console.print(screen.table("Where the account differs", headers, rows))
        if len(found) > _SHOWN:
            console.print(f"… and {len(found) - _SHOWN} more, in the file.")
    asked = len(outcome.probes) - outcome.skipped()
    console.print(
        f"\n{len(found)} differences in {asked} probes; {outcome.skipped()} could not be asked. "
        f"{outcome.requests} requests, {trail.deleted} records deleted again."
    )
    _tell_left(trail.left)
    console.print(f"File: {file}", markup=False)


def _row(found: Difference) -> list[str]:
    concerns = hint(found.probe)
    what = found.what if found.kind == "body" else f"{found.kind}: {found.what}"
    where = concerns["assumption"] or ", ".join(concerns["rooms"])
    return [found.probe, what, _short(found.one), _short(found.other), where]


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _tell_left(left: Sequence[Left]) -> None:
    for each in left:
        shown = each.as_json()
        sys.stderr.write(
            f"Please delete by hand: {shown['kind']} {shown['id'] or '(id unknown)'} named "
            f"{shown['name']}, on the screen {shown['screen']} ({shown['why']})\n"
        )
