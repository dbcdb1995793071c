"""What `crossdock fields` shows on a screen: the sums, then only what is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from crossdock.cli import screen
from crossdock.cli.lines import Sheet, shortened
from crossdock.desk.fields import Provision
from crossdock.model.wording import count
from crossdock.provision.thing import Status, Thing

#: Labels and lists of choices are cut to this many columns on the screen; files have them whole.
_WIDE = 60


def print_provision(console: Console, found: Provision, project: Path) -> None:
    """Print sums, what is not as it should be, values that do not fit, and the next command."""
    sheet = Sheet(console, project)
    if found.created:
        made = count(len(found.created), "field or module", "fields and modules")
        sheet.line(f"Created and read back: {made}.")
        sheet.line()
    console.print(screen.table("Needed", ("", "there", "not there"), list(_sums(found)), numbers=2))
    _print_things(sheet, found.blocking, "Not as the mapping needs it")
    left = [t for t in found.things if t.status in (Status.UNCHOSEN, Status.NO_FEATURE)]
    _print_things(sheet, left, "Left out, unless you change it")
    _print_unfit(sheet, found)
    _print_next(sheet, found)


def _sums(found: Provision) -> Iterator[list[object]]:
    kinds = dict.fromkeys((t.entity, t.kind) for t in found.things if not _is_left(t))
    for entity, kind in kinds:
        own = [t for t in found.things if (t.entity, t.kind) == (entity, kind) and not _is_left(t)]
        lacking = sum(t.blocks for t in own)
        yield [f"{_words(entity)}: {kind}s", len(own) - lacking, lacking]


def _is_left(thing: Thing) -> bool:
    return thing.status in (Status.UNCHOSEN, Status.NO_FEATURE)


def _print_things(sheet: Sheet, things: Sequence[Thing], title: str) -> None:
    if not things:
        return
    sheet.line()
    rows = [
        [str(t.status), _words(t.entity), t.kind, shortened(t.label, _WIDE), t.type, t.values]
        for t in things
    ]
    headers = ("", "of", "what", "label", "type", "values")
    sheet.console.print(screen.table(title, headers, rows, numbers=1))
    told = dict.fromkeys(t.detail for t in things if t.detail and t.status is not Status.CHOICES)
    for detail in told:
        sheet.paragraph(detail, indent=2, lead="· ", style="dim")
    for thing in things:
        if thing.status is Status.CHOICES:
            lacking = shortened("; ".join(thing.missing_choices), _WIDE * 2)
            text = f"{thing.label} lacks: {lacking} ({thing.detail})"
            sheet.paragraph(text, indent=2, lead="· ", style="dim")


def _print_unfit(sheet: Sheet, found: Provision) -> None:
    values = sum(fit.values for fit in found.fitted)
    checked = f"{count(values, 'value')} of {count(len(found.fitted), 'field')}"
    sheet.line()
    if not found.unfit:
        sheet.line(f"Every value fits its field: {checked} were checked.")
        return
    rows = [
        [shortened(fit.line.name, _WIDE), fit.type, unfit.what, unfit.becomes, unfit.count]
        for fit in found.unfit
        for unfit in fit.unfit
    ]
    title = f"Values that do not fit ({checked} were checked)"
    headers = ("field", "type", "problem", "would be", "values")
    sheet.console.print(screen.table(title, headers, rows, numbers=1))
    for fit in found.unfit:
        for unfit in fit.unfit:
            text = f"{fit.line.name}: {unfit.remedy}. Look at {', '.join(unfit.examples)}."
            sheet.paragraph(text, indent=2, lead="· ", style="dim")


def _print_next(sheet: Sheet, found: Provision) -> None:
    sheet.line()
    if found.unfit:
        sheet.line("Fields with values that do not fit are not created: a type cannot be changed.")
        sheet.line("Next: edit mapping.toml, then: " + sheet.command("crossdock fields"))
    elif not found.blocking:
        sheet.line("Everything is there. Next: " + sheet.command("crossdock users"))
        return
    elif not any(t.status is Status.MISSING and _is_made(t) for t in found.blocking):
        sheet.line("Next: work through the list, then: " + sheet.command("crossdock fields"))
    else:
        sheet.line("Next: " + sheet.command("crossdock fields --create"))
    if found.list is not None:
        sheet.line(f"To add by hand: {found.list.printable}")


def _is_made(thing: Thing) -> bool:
    return thing.kind in ("custom field", "custom module")


def _words(entity: str) -> str:
    return entity.removeprefix("cm_").replace("_", " ")
