"""`crossdock doctor`: the destination as it is, and where the emulator differs from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show

if TYPE_CHECKING:
    from crossdock.desk.workbench import Workbench


def doctor(
    project: ProjectOption = HERE,
    url: Annotated[str, typer.Option(help="Set the destination's base URL first.")] = "",
    probe: Annotated[
        bool, typer.Option("--probe", help="Ask it what the emulator had to guess, and compare.")
    ] = False,
    write: Annotated[
        bool,
        typer.Option("--write", help="With --probe: also by records that are deleted again."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --write: do not ask.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Look at the destination: key, plan, limits, fields, stages, users."""
    from crossdock.desk.workbench import Workbench

    if write and not probe:
        raise typer.BadParameter("--write goes with --probe")
    with reported(as_json, project):
        bench = Workbench(project)
        if url:
            bench.project.set_destination(url.rstrip("/"))
        if probe:
            from crossdock.cli.probes import compare_with_emulator

            compare_with_emulator(bench, write, yes, as_json)
        else:
            _look(bench, as_json)


def _look(bench: Workbench, as_json: bool) -> None:
    from crossdock.cli import screen

    with screen.steps("Looking at the destination"):
        seen = bench.look()
    stages = seen.entity("deal").field("deal_stage_id")
    document = {
        "url": seen.url,
        "plan": seen.plan,
        "requests_per_hour": seen.requests_per_hour,
        "features": sorted(seen.features),
        "currencies": list(seen.currencies),
        "users": len(seen.users),
        "stages": [c.label for c in stages.choices] if stages else [],
        "custom_fields": {
            name: sum(f.custom for f in entity.fields) for name, entity in seen.entities.items()
        },
        "required": {
            name: [f.name for f in entity.fields if f.required]
            + [" or ".join(group) for group in entity.required_groups]
            for name, entity in seen.entities.items()
        },
    }

    def human() -> None:
        console = screen.out()
        rows = [[key.replace("_", " "), _text(value)] for key, value in document.items()]
        console.print(screen.table("The destination", ("", ""), rows))
        console.print("\nNext: crossdock map propose")

    show(as_json, document, human)


def _text(value: object) -> str:
    if isinstance(value, dict):
        parts = [f"{name}: {_text(inner)}" for name, inner in value.items() if inner]
        return "; ".join(parts) or "none"
    if isinstance(value, list):
        return ", ".join(str(inner) for inner in value) or "none"
    return "unknown" if value is None else str(value)
