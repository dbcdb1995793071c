"""`crossdock doctor`: the destination as it is."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def doctor(
    project: ProjectOption = HERE,
    url: Annotated[str, typer.Option(help="Set the destination's base URL first.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Look at the destination: key, plan, limits, fields, stages, users."""
    from crossdock.cli import screen
    from crossdock.desk.workbench import Workbench

    with reported(as_json, project):
        bench = Workbench(project)
        if url:
            bench.project.set_destination(url.rstrip("/"))
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
