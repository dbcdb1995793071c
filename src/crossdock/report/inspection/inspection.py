"""Everything that `inspect` tells of an export."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from crossdock.profile.profile import Profile
from crossdock.report.inspection import facts, findings, objects, own, verdict
from crossdock.report.inspection.findings import Asked, Level
from crossdock.report.inspection.objects import ObjectTold
from crossdock.report.inspection.own import CheckTold, OwnField
from crossdock.report.inspection.verdict import Verdict
from crossdock.report.inspection.words import line


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is told. `unknown` names the files that are like no part of an export."""

    account: str
    facts: Sequence[tuple[str, str]]
    objects: Sequence[ObjectTold]
    unknown: Sequence[str]
    own: Sequence[OwnField]
    checks: Sequence[CheckTold]
    levels: Sequence[Level]
    questions: Sequence[Asked]
    verdict: Verdict

    @property
    def rows(self) -> int:
        """Return the rows of all files."""
        return sum(o.rows for o in self.objects)

    @property
    def rejected(self) -> int:
        """Return how many of the rows could not be read as rows."""
        return sum(o.rejected for o in self.objects)

    @property
    def files(self) -> int:
        """Return how many files were read."""
        return sum(len(o.files) for o in self.objects)

    def named(self, name: str) -> ObjectTold | None:
        """Return an object by its name or its label, in any case, or None."""
        wanted = name.strip().casefold()
        return next((o for o in self.objects if wanted in (o.name, o.label.casefold())), None)


def inspection(profile: Profile) -> Inspection:
    """Return what is told of a profiled export."""
    told = facts.told(profile.facts)
    unknown = json.loads(profile.facts.get("unknown_files", "[]"))
    return Inspection(
        line(profile.facts.get("account_name", "")),
        told,
        objects.told(profile.objects),
        [line(PurePath(path).name) for path in unknown],
        own.fields(profile.custom_fields),
        own.checks(profile.checks),
        findings.levels(profile.findings),
        findings.asked(profile.questions),
        verdict.judge(profile),
    )
