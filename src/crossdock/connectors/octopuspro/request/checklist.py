"""What to do while support answers, from `checklist.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby

from crossdock.connectors.octopuspro.request.letter import bullets

#: How a place is named, by how sure we are of it.
_WORDS = {
    "documented": "Where: {where}",
    "inferred": "Where: {where} (likely; no public page says so)",
    "unknown": "Where: {where} (no public page says where)",
    "": "",
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `certainty` is documented, inferred or unknown, or empty with `where`."""

    group: str
    what: str
    why: str
    where: str = ""
    certainty: str = ""

    @property
    def place(self) -> str:
        """Return where it is done, saying so where we are not sure; empty at one's own desk."""
        return _WORDS[self.certainty].format(where=self.where)


@cache
def checklist() -> tuple[Task, ...]:
    """Return all tasks, in the order in which they are best done."""
    text = resources.files(__package__).joinpath("checklist.toml").read_text("utf-8")
    return tuple(Task(**task) for task in tomllib.loads(text)["task"])


def as_markdown() -> str:
    """Return the tasks as a list to tick off, by group."""
    blocks = []
    for group, tasks in groupby(checklist(), key=lambda task: task.group):
        blocks += [f"### {group}", "\n".join(_ticked(task) for task in tasks)]
    return "\n\n".join(blocks) + "\n"


def _ticked(task: Task) -> str:
    below = [f"Why: {task.why}", *filter(None, [task.place])]
    return bullets([f"[ ] {task.what}"]) + "\n" + bullets(below, indent="  ")
