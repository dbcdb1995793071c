"""`crossdock map review`: go through the mapping, or decide on lines by name."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show

if TYPE_CHECKING:
    from crossdock.cli.lines import Sheet
    from crossdock.desk.review import ReviewDesk
    from crossdock.mapping.document import Line
    from crossdock.mapping.reviewing.decisions import Decider
    from crossdock.mapping.reviewing.filters import Filter

ByOption = Annotated[
    str, typer.Option("--by", help="Your name: it is written beside what you decide.")
]


def review(
    project: ProjectOption = HERE,
    object_name: Annotated[
        str, typer.Option("--object", help="Only lines from this list of the export.")
    ] = "",
    entity: Annotated[str, typer.Option(help="Only lines to this entity.")] = "",
    status: Annotated[
        str, typer.Option(help="Only lines that are proposed, confirmed, rejected, needs decision.")
    ] = "",
    below: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only lines less sure than this, 0 to 1.")
    ] = None,
    search: Annotated[str, typer.Option(help="Only lines with these words.")] = "",
    line: Annotated[str, typer.Option(help="Show one line in full: contact.phone")] = "",
    accept: Annotated[list[str] | None, typer.Option(help="Accept this line; repeatable.")] = None,
    reject: Annotated[list[str] | None, typer.Option(help="Reject this line; repeatable.")] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(help="Let a line fill another field: contact.phone=work_number; repeatable."),
    ] = None,
    accept_high: Annotated[
        bool, typer.Option("--accept-high", help="Accept the lines that are 90 % sure or more.")
    ] = False,
    by: ByOption = "",
    as_list: Annotated[
        bool, typer.Option("--list", help="Print the lines, also where somebody could answer.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Go through the lines that nobody decided on, one by one; or print them as a list."""
    from crossdock.cli import screen
    from crossdock.cli.lines import Sheet
    from crossdock.desk.review import ReviewDesk
    from crossdock.desk.workbench import Workbench
    from crossdock.mapping.reviewing.filters import Filter

    wanted = Filter(object_name, entity, status, below, search)
    batch = [*(accept or ()), *(reject or ()), *(target or ())]
    with reported(as_json, project):
        bench = Workbench(project)
        sheet = Sheet(screen.out(), project)
        with bench.project.database() as connection:
            with screen.steps("Reading") as step:
                desk = ReviewDesk(bench, connection, step)
            if line:
                _show_line(desk, sheet, line, as_json)
            elif batch or accept_high:
                decider = _decider(desk, by)
                decided = _decide(
                    desk, decider, accept or [], reject or [], target or [], wanted, accept_high
                )
                _say_decided(desk, sheet, decided, as_json)
            elif as_json or as_list or not _somebody_is_there():
                _print(desk, sheet, wanted, as_json)
            else:
                with screen.steps("Reading") as step:
                    desk.prepare(step)
                _go_through(desk, sheet, by, wanted)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _go_through(desk: ReviewDesk, sheet: Sheet, by: str, wanted: Filter) -> None:
    from crossdock.cli.map_session import Session
    from crossdock.mapping.reviewing.decisions import Decider

    name = by or input("Your name (it is written beside what you decide): ").strip()
    decider = Decider(name, desk.bench.clock) if name else _decider(desk, name)
    Session(desk, decider, wanted, sheet, input).run()


def _decider(desk: ReviewDesk, by: str) -> Decider:
    from crossdock.errors import ReviewError
    from crossdock.mapping.reviewing.decisions import Decider

    if not by.strip():
        raise ReviewError(
            "Not decided: nobody gave a name, and each decision carries one.",
            next_command="the same command with --by NAME",
        )
    return Decider(by.strip(), desk.bench.clock)


def _decide(
    desk: ReviewDesk,
    by: Decider,
    accept: list[str],
    reject: list[str],
    target: list[str],
    wanted: Filter,
    accept_high: bool,
) -> list[str]:
    """Decide on all lines that were named; the file is written when every one could be."""
    from crossdock.mapping.reviewing import decisions, filters

    for name in reject:
        found = filters.find(desk.mapping, name)
        desk.change(decisions.reject(desk.mapping, found, by))
    changed = []
    for pair in target:
        name, _, text = pair.partition("=")
        found = filters.find(desk.mapping, name)
        changed.append(desk.retarget(found, text, by).name)
    for name in accept:
        found = filters.find(desk.mapping, name)
        desk.change(decisions.accept(desk.mapping, found, by))
    taken: list[Line] = []
    if accept_high:
        lines = filters.matching(desk.mapping, wanted)
        mapping, taken = decisions.accept_sure(desk.mapping, by, lines)
        desk.change(mapping)
    desk.save()
    return [*reject, *changed, *accept, *(line.name for line in taken)]


def _say_decided(desk: ReviewDesk, sheet: Sheet, decided: list[str], as_json: bool) -> None:
    waiting = sum(line.is_open for line in desk.mapping.lines)

    def human() -> None:
        sheet.line(f"{len(decided)} lines are decided: {', '.join(decided[:5])}"[: sheet.width * 3])
        following = "crossdock map review" if waiting else "crossdock map confirm --by NAME"
        sheet.line(f"{waiting} lines are still open. Next: {sheet.command(following)}")

    show(as_json, {"decided": decided, "open": waiting}, human)


def _show_line(desk: ReviewDesk, sheet: Sheet, name: str, as_json: bool) -> None:
    from crossdock.cli.map_screen import print_line
    from crossdock.mapping.reviewing import filters

    found = filters.find(desk.mapping, name)
    made, bars = desk.preview(found), desk.histogram(found)

    def human() -> None:
        print_line(sheet, found, desk.kind(found), desk.headers, made, bars)

    document = {
        "line": found.as_json(),
        "preview": asdict(made),
        "value_map": [asdict(bar) for bar in bars],
    }
    show(as_json, document, human)


def _print(desk: ReviewDesk, sheet: Sheet, wanted: Filter, as_json: bool) -> None:
    from crossdock.cli.map_screen import print_alarms, print_lines, print_maps
    from crossdock.mapping.reviewing import filters
    from crossdock.mapping.reviewing.summary import summary

    lines, alarms, mapping = filters.matching(desk.mapping, wanted), desk.alarms(), desk.mapping
    waiting = sum(line.is_open for line in mapping.lines)

    def human() -> None:
        print_alarms(sheet, alarms)
        print_lines(sheet, mapping, lines)
        if wanted == filters.Filter():
            print_maps(sheet, mapping)
        sheet.line()
        sheet.line(f"{len(lines)} lines, {waiting} of {len(mapping.lines)} are open.")
        following = "crossdock map confirm --by NAME"
        if waiting:
            following = f"crossdock map review, then: {following}"
        sheet.line(f"Next: {sheet.command(following)}")

    document: dict[str, Any] = {
        "fields": [found.as_json() for found in lines],
        "maps": mapping.maps,
        "policies": mapping.policies,
        "left_out": mapping.left_out,
        "confirmed": mapping.confirmed,
        "summary": summary(mapping).as_json(),
        **alarms.as_json(),
    }
    show(as_json, document, human)
