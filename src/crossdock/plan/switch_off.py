"""The checklist of what to switch off before the load, for the person with the admin settings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crossdock.project import Project, write_text

_HEAD = """# Switch off before the load

Records that are written look like new work to Freshsales: rules fire, people get e-mails. Tick each
line once it is switched off, and switch it on again after `crossdock verify`.

Freshsales does not show these rules to other programs. So nobody but you can say which of them you
have. The counts are records of this plan that each would see.
"""
_ALWAYS = """
## Besides

- [ ] Webhooks and marketplace apps that react to new records (Admin Settings > Apps)
- [ ] Mailing lists and campaigns whose audience is "all contacts"
- [ ] Tell your users that records will appear; their notifications are their own setting

## After the load

- [ ] `crossdock verify` says that everything is as planned
- [ ] Everything above is switched on again
"""


def write(project: Project, fires: Sequence[dict[str, Any]], digest: str) -> Path:
    """Write the checklist among the project's reports and return where it is."""
    path = project.reports / "switch-off.md"
    write_text(path, checklist(fires, digest))
    return path


def checklist(fires: Sequence[dict[str, Any]], digest: str) -> str:
    """Return the checklist as Markdown with a box to tick for each thing that would fire."""
    lines = [_HEAD]
    for fire in fires:
        lines.append(f"## {_capital(fire['rule'])}\n")
        lines.append(f"- [ ] {_capital(fire['does'])}.")
        lines.append(f"      Where: {fire['where']}")
        lines.append(f"      Certainty: {fire['certainty']}\n")
    return "\n".join(lines) + _ALWAYS + f"\nPlan {digest[:12]}\n"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
