"""What `crossdock users` shows on a screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from crossdock.cli import screen
from crossdock.cli.lines import Sheet, shortened
from crossdock.desk.users import Staff
from crossdock.load.handover import Handover
from crossdock.model.wording import count
from crossdock.provision.invitations import suggested_role
from crossdock.provision.people import Person

#: Names are cut to this many columns; the list has them whole.
_WIDE = 32


def print_staff(console: Console, found: Staff, project: Path) -> None:
    """Print whom to invite, who is optional, who has left, what is doubtful, and what is next."""
    sheet = Sheet(console, project)
    there = [person for person in found.everyone if person.user == "there"]
    if there:
        sheet.line(f"{count(len(there), 'person has', 'people have')} a user already.")
    _table(sheet, found.missing, "To invite: they own records")
    if any(person.placeholder for person in found.missing):
        sheet.paragraph(
            "* has no address in OctopusPro that can receive mail. Enter the real one there and "
            "export again, or invite the placeholder as it stands.",
            indent=2,
            style="dim",
        )
    _table(sheet, found.optional, "Optional: they are on visits and own nothing")
    _table(sheet, found.former, "No longer active: nobody is invited for them")
    if found.former:
        heir = found.default_owner or "the owner of the API key"
        sheet.paragraph(f"Their deals and tasks go to {heir}.", indent=2, style="dim")
    for finding in found.findings:
        sheet.line()
        sheet.paragraph(f"{finding.code}: {finding.message}")
        for place in finding.evidence:
            sheet.paragraph(place, indent=2, lead="· ", style="dim")
    _print_next(sheet, found)


def _table(sheet: Sheet, people: Sequence[Person], title: str) -> None:
    if not people:
        return
    sheet.line()
    rows = [
        [
            shortened(p.name, _WIDE),
            p.email + (" *" if p.placeholder else ""),
            suggested_role(p) + (" (deactivated)" if p.user == "deactivated" else ""),
            p.deals,
            p.tasks,
            p.visits,
        ]
        for p in people
    ]
    headers = ("name", "e-mail", "role", "deals", "tasks", "visits")
    sheet.console.print(screen.table(title, headers, rows, numbers=3))


def _print_next(sheet: Sheet, found: Staff) -> None:
    sheet.line()
    if not found.missing:
        sheet.line(
            "Everybody who owns records has a user. Next: " + sheet.command("crossdock plan")
        )
        return
    sheet.line("No API creates users: invite them in Admin Settings > Users.")
    sheet.line(f"{found.path} lists them.")
    if found.gate:
        sheet.line("Next: " + sheet.command("crossdock users --wait"))
        sheet.line('Or set missing_users = "default-owner" in mapping.toml and confirm again.')
    else:
        heir = found.default_owner or "the owner of the API key"
        sheet.line(f"Until then their records go to {heir}. Next: crossdock plan")


def print_handover(console: Console, done: Sequence[Handover]) -> None:
    """Print what became of the records that waited for their owner."""
    if not done:
        console.print("No record waits for its owner.")
        return
    names = ("moved", "kept", "gone", "waiting", "refused")
    rows = [[h.entity, *(getattr(h, name) for name in names)] for h in done]
    headers = (
        "",
        "given to their owner",
        "changed by a person",
        "gone",
        "waiting",
        "refused",
    )
    console.print(screen.table("Records that waited for their owner", headers, rows, numbers=5))
    if any(handover.waiting for handover in done):
        console.print("\nThose that wait have an owner without a user. Next: crossdock users")
    else:
        console.print("\nNext: crossdock verify")
