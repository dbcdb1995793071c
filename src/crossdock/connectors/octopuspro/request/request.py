"""The letter and the checklist together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crossdock.connectors.base import SourceObject
from crossdock.connectors.octopuspro.request import checklist
from crossdock.connectors.octopuspro.request.gaps import Gaps
from crossdock.connectors.octopuspro.request.letter import letter
from crossdock.connectors.octopuspro.request.wanted import Wanted, wanted

_HOW = (
    "Fill in what stands in [brackets], and send it to OctopusPro's support from the e-mail\n"
    "address that your account belongs to."
)
_NOTHING = (
    "There is nothing to ask for: the export lacks no list and no column that Crossdock knows.\n"
    "The letter for the second export, on the day you change over, is printed outside the project."
)
_MEANWHILE = (
    "Places are named as in public pages of OctopusPro and Freshsales; your screens may differ."
)


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask support for, and the letter that does; it is empty when nothing is missing."""

    letter: str
    lists: Sequence[Wanted]

    def as_markdown(self) -> str:
        """Return letter and checklist as one text, to be read on a screen or kept as a file."""
        first = f"{_HOW}\n\n---\n\n{self.letter}\n---" if self.letter else _NOTHING
        return (
            f"## The letter\n\n{first}\n\n## While you wait\n\n{_MEANWHILE}\n\n"
            f"{checklist.as_markdown()}"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the request as the `--json` output shows it."""
        return {
            "letter": self.letter,
            "objects": [
                {"object": w.object, "label": w.label, "columns": list(w.columns), "why": w.why}
                for w in self.lists
            ],
            "checklist": [
                {
                    "group": task.group,
                    "what": task.what,
                    "why": task.why,
                    "where": task.where,
                    "certainty": task.certainty,
                }
                for task in checklist.checklist()
            ],
        }


def request(
    objects: Sequence[SourceObject],
    company: str = "",
    email: str = "",
    gaps: Gaps | None = None,
) -> Request:
    """Return the request for everything, or with gaps for what an export lacks.

    `company` and `email` stand in the letter as they are; empty ones are left to be filled in.
    """
    lists = wanted(objects, gaps)
    return Request(letter(lists, objects, gaps, company, email), lists)
