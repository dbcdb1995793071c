"""Writing what `inspect` found into the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crossdock.model.times import Clock
from crossdock.profile.profile import Profile
from crossdock.project import Project, write_text
from crossdock.report import html, wording
from crossdock.report.inspection import words
from crossdock.report.inspection.inspection import Inspection

#: So many findings of one code stand on the page; the document has all of them.
MOST = 50


def write_inspection(
    project: Project, profile: Profile, seen: Inspection, clock: Clock
) -> tuple[Path, dict[str, Any]]:
    """Write `reports/inspect.html` and `reports/inspect.json`.

    Returns the page's path, and the document that `--json` prints too.
    """
    page = project.reports / "inspect.html"
    folder = str(project.folder.resolve())
    command = wording.command(seen.verdict.command, folder)
    document = profile.as_json() | {"report": str(page.resolve()), "next": command}
    project.write_json(project.reports / "inspect.json", document)
    write_text(page, render(seen, folder, clock.now().isoformat(timespec="seconds")))
    return page, document


def render(seen: Inspection, folder: str, made_at: str) -> str:
    """Return the page; it loads nothing from anywhere, and every value of the data is escaped."""
    return html.page(
        "inspect.html", seen=seen, folder=folder, made_at=made_at, line=words.line, most=MOST
    )
