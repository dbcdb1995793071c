"""Objects that one would expect, and that no file of the export holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from crossdock.connectors.base import SourceObject
from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count
from crossdock.profile.gaps.expected import expected


def absent(
    objects: Iterable[SourceObject], present: Iterable[str], answers: Mapping[str, str]
) -> list[SourceObject]:
    """Return the objects without a file, but for those that a person said the tenant has not."""
    found = set(present)
    return [
        obj
        for obj in objects
        if obj.name not in found and answers.get(f"NO_FILE:{obj.name}") != "none"
    ]


def findings(missing: Sequence[SourceObject]) -> Iterator[Finding]:
    """Say what the move loses; an object that is needed is a question of intake, not a finding."""
    records = [obj for obj in missing if not obj.needed and not obj.settings]
    if records:
        yield Finding(
            "LISTS_ABSENT",
            Severity.WARNS,
            count(
                len(records),
                "list that a full export would have is not in this one.",
                "lists that a full export would have are not in this one.",
            ),
            "ask support for them (crossdock request), or go on without what they hold",
            count=len(records),
            evidence=_losses(records),
        )
    settings = [obj for obj in missing if obj.settings]
    if settings:
        yield Finding(
            "SETTINGS_ABSENT",
            Severity.NOTES,
            count(
                len(settings),
                "list of settings that a full export would have is not in this one.",
                "lists of settings that a full export would have are not in this one.",
            ),
            "ask support for them (crossdock request); they are read and not moved",
            count=len(settings),
            evidence=_losses(settings),
        )


def _losses(objects: Iterable[SourceObject]) -> tuple[str, ...]:
    return tuple(f"{obj.label}: {expected()[obj.name].without}" for obj in objects)
