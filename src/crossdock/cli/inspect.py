"""`crossdock inspect`: what the export holds."""

from __future__ import annotations

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def inspect(project: ProjectOption = HERE, as_json: JsonOption = False) -> None:
    """Read the export: objects, fields, types, findings, open questions."""
    from crossdock.cli import screen
    from crossdock.desk.workbench import Workbench
    from crossdock.profile.profile import profile

    with reported(as_json, project):
        bench = Workbench(project)
        with bench.project.database() as connection, screen.steps("Reading the export") as step:
            found = profile(bench.project, bench.source, connection, step)
        show(as_json, found.as_json(), lambda: _print(found))
        if found.blocks:
            raise typer.Exit(1)


def _print(found: object) -> None:
    from crossdock.cli import screen
    from crossdock.profile.profile import Profile

    assert isinstance(found, Profile)
    console = screen.out()
    rows = [
        [o.label, ", ".join(o.files), o.rows, o.rejected, len(o.fields)]
        for o in found.objects
        if o.files
    ]
    headers = ("object", "files", "rows", "rejected", "fields")
    console.print(screen.table("What the export holds", headers, rows, numbers=3))
    for finding in found.findings:
        console.print(f"\n[bold]{finding.code}[/] [dim]{finding.severity}[/]  ", end="")
        console.print(finding.message, markup=False)
        console.print(f"  {finding.remedy}", markup=False, style="dim")
        for place in finding.evidence:
            console.print(f"  · {place}", markup=False, style="dim")
    for question in found.questions:
        console.print(f"\n[bold yellow]Question[/] {question.code}: ", end="")
        console.print(question.message, markup=False)
        for choice, meaning in question.choices.items():
            console.print(f"  crossdock answer {question.code} {choice}   {meaning}", markup=False)
    console.print("\nNext: " + ("answer the questions" if found.blocks else "crossdock doctor"))
