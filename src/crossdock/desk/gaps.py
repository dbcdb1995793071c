"""What a project's export lacks, for the request to support."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crossdock.connectors.octopuspro.request.gaps import Gaps, Point
from crossdock.connectors.octopuspro.request.letter import can_be_asked
from crossdock.desk.workbench import Workbench
from crossdock.profile.gaps import columns, lists
from crossdock.profile.profile import Profile, profile


def gaps_of_export(
    bench: Workbench, progress: Callable[[str], None] = lambda _: None
) -> tuple[Gaps, str]:
    """Return what the export lacks, and the account's name that it states, which may be empty.

    Raises the E10x errors of the export.
    """
    with bench.project.database() as connection:
        found = profile(bench.project, bench.source, connection, progress)
    objects = bench.source.objects()
    present = {profiled.object: profiled for profiled in found.objects}
    missing = lists.absent(objects, present, bench.project.answers())
    in_part = {
        obj.name: names
        for obj in objects
        if obj.name in present and (names := columns.absent(obj, present[obj.name]))
    }
    unexplained = {
        finding.object: tuple(finding.evidence)
        for finding in found.findings
        if finding.code == "COLUMNS_UNEXPLAINED"
    }
    gaps = Gaps(frozenset(obj.name for obj in missing), in_part, unexplained, tuple(_points(found)))
    return gaps, found.facts.get("account_name", "")


def _points(found: Profile) -> Iterator[Point]:
    for finding in found.findings:
        if can_be_asked(finding.code):
            yield Point(finding.code, finding.count, tuple(finding.evidence))
    for question in found.questions:
        if can_be_asked(question.code):
            yield Point(question.code, evidence=(question.code.partition(":")[2],))
