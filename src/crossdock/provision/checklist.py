"""What an administrator must add by hand, as a list to print and tick, and as a table.

Grouped by module in the order of the admin screen, with every label, type and choice in order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from crossdock.connectors.base import Description
from crossdock.connectors.freshsales import admin
from crossdock.model.wording import count
from crossdock.project import Project, write_text
from crossdock.provision.thing import Status, Thing

NAME: Final = "fields-to-create"
_COLUMNS: Final = ("done", "place", "what", "label", "type", "choice", "position", "values", "note")
#: What is a mark in Markdown and may stand in a label.
_MARKS: Final = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>#|"})


@dataclass(frozen=True, slots=True)
class Checklist:
    """The paths of both files."""

    printable: str
    table: str


def write(project: Project, things: Sequence[Thing], description: Description) -> Checklist | None:
    """Write both files into the project's reports; None, and no file, where nothing is to do."""
    printable = project.reports / f"{NAME}.md"
    table = project.reports / f"{NAME}.csv"
    to_do = sorted(
        (t for t in things if t.blocks or t.status is Status.UNCHOSEN),
        key=lambda t: (admin.order(t.entity), t.entity),
    )
    if not any(thing.blocks for thing in to_do):
        printable.unlink(missing_ok=True)
        table.unlink(missing_ok=True)
        return None
    write_text(printable, "\n".join(_page(to_do, description)) + "\n")
    write_text(table, _table(to_do))
    return Checklist(str(printable), str(table))


def _page(things: Sequence[Thing], description: Description) -> Iterator[str]:
    yield "# To add in Freshsales before the load\n"
    plan = f" Its plan seems to be {description.plan.title()}." if description.plan else ""
    yield f"Account: {description.url}.{plan}\n"
    yield (
        "Use these labels and choices letter by letter: they are compared with the account. Leave "
        "all new fields optional. When everything is ticked, run `crossdock fields` again.\n"
    )
    for entity in dict.fromkeys(t.entity for t in things):
        described = description.entities.get(entity)
        own = [t for t in things if t.entity == entity]
        if not any(thing.blocks for thing in own):
            continue
        yield f"## {described.label if described else entity} ({admin.place(entity)})\n"
        for thing in own:
            if thing.blocks:
                yield from _item(thing)
        yield ""
    unchosen = [t for t in things if t.status is Status.UNCHOSEN]
    if unchosen:
        yield "## Only if you want to keep them\n"
        for thing in unchosen:
            values = count(thing.values, "value")
            yield f"- [ ] {thing.kind} for {_shown(thing.label)}: {values}. {thing.detail}"
        yield ""


def _item(thing: Thing) -> Iterator[str]:
    values = count(thing.values, "record has a value", "records have a value")
    name = f"**{_shown(thing.label)}**"
    if thing.status is Status.OVER:
        yield f"- [ ] {name} has no room: {thing.detail}. Delete a field there, or reject its line."
    elif thing.status is Status.DIFFERENT:
        yield f"- [ ] {name}: {thing.detail}."
    elif thing.status is Status.CHOICES:
        yield f"- [ ] {name} is there; add these choices, in this order ({thing.detail}):"
        yield from _choices(thing.missing_choices)
    elif thing.kind == "custom field":
        choices = ", with these choices in this order:" if thing.choices else ""
        yield f"- [ ] {name} · {admin.type_name(thing.type)} · {values}{choices}"
        yield from _choices(thing.choices)
    else:
        yield f"- [ ] {thing.kind} {name} · {values}"


def _choices(labels: Sequence[str]) -> Iterator[str]:
    for place, label in enumerate(labels, 1):
        yield f"    {place}. {_shown(label)}"


def _shown(text: str) -> str:
    """Return a text that shows itself in Markdown, on one line."""
    return " ".join(text.split()).translate(_MARKS)


def _table(things: Sequence[Thing]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for thing in things:
        kind = admin.type_name(thing.type) if thing.kind == "custom field" else ""
        head = ["", admin.place(thing.entity), thing.kind, thing.label, kind]
        note = "" if thing.status is Status.MISSING else str(thing.status)
        writer.writerow([*head, "", "", thing.values, note])
        lacking = thing.choices if thing.status is Status.MISSING else thing.missing_choices
        for place, label in enumerate(lacking, 1):
            writer.writerow([*head[:2], "choice", thing.label, kind, label, place, "", ""])
    return stream.getvalue()
