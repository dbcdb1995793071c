"""What a finished bulk job says about each of its records.

A job tells how many succeeded and failed, and lists the failed ones by what identified them; it
tells no ids (Freshsales API documentation: bulk upsert, job status; certainty: documented shape,
vocabulary of `status` not captured). Where the counts and the list do not fit together, the records
that this leaves open are unknown: never reported as taken, never as refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crossdock.connectors.base import Outcome, OutcomeState, WriteRecord
from crossdock.connectors.freshsales.answers import messages_in

#: Words for a job that has come to an end, in the spellings that such APIs use.
_ENDED: Final = frozenset(
    {"completed", "complete", "finished", "done", "success", "succeeded", "failed", "failure"}
)
#: Fields that a failure report may name a record by.
_NAMED_BY: Final = ("id", "emails", "email", "external_id", "name", "mobile_number")


@dataclass(frozen=True, slots=True)
class BulkItem:
    """One record of a bulk request: the field that identifies it, that field's value, the rest."""

    record: WriteRecord
    field: str
    value: str
    data: Mapping[str, Any]

    def body(self) -> dict[str, Any]:
        """Return the record as it stands in the request."""
        return {self.field: self.value, "data": dict(self.data)}

    def outcome(self, state: OutcomeState, reasons: Sequence[str] = ()) -> Outcome:
        """Return an outcome for this record."""
        known = self.value if self.field == "id" else None
        return Outcome(self.record.key, state, known, tuple(reasons))

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield what a report may call this record, its own identifier first."""
        yield from _named(self.field, self.value)
        for field in _NAMED_BY:
            yield from _named(field, self.data.get(field))


@dataclass(frozen=True, slots=True)
class JobReport:
    """A job's answer, read: how far it is and how it ended for how many."""

    status: str
    progress: float
    succeeded: int | None
    failed: int | None
    failures: tuple[Mapping[str, Any], ...]

    def ended(self, records: int) -> bool:
        """Return whether the job is over, by its progress, its status or its counts."""
        counted = (self.succeeded or 0) + (self.failed or 0)
        return self.progress >= 100 or self.status in _ENDED or counted >= records


def read_report(body: Any) -> JobReport:
    """Read a job's answer; what is missing is None or empty."""
    body = body if isinstance(body, Mapping) else {}
    data = body.get("data")
    data = data if isinstance(data, Mapping) else {}
    counts = data.get("record_status")
    counts = counts if isinstance(counts, Mapping) else {}
    listed = data.get("detailed_failure_report") or ()
    return JobReport(
        status=str(body.get("status") or "").strip().casefold(),
        progress=_number(body.get("progress")) or 0.0,
        succeeded=_count(counts.get("succeeded")),
        failed=_count(counts.get("failed")),
        failures=tuple(entry for entry in listed if isinstance(entry, Mapping)),
    )


def outcomes_of(items: Sequence[BulkItem], report: JobReport) -> list[Outcome]:
    """Return one outcome per record, in their order."""
    reasons = _matched(items, report)
    rest = len(items) - len(reasons)
    nameless = tuple(
        m for entry in report.failures for m in messages_in(entry.get("error_message"))
    )
    if report.failed == len(items) and not report.succeeded:
        why = nameless or ("the job refused every record without an explanation",)
        return [
            item.outcome(OutcomeState.REJECTED, reasons.get(place, why))
            for place, item in enumerate(items)
        ]
    fits = report.failed == len(reasons) and report.succeeded == rest
    others = OutcomeState.ACCEPTED if fits else OutcomeState.UNKNOWN
    doubt = () if fits else (_doubt(items, report, len(reasons)),)
    return [
        item.outcome(OutcomeState.REJECTED, reasons[place])
        if place in reasons
        else item.outcome(others, doubt)
        for place, item in enumerate(items)
    ]


def _doubt(items: Sequence[BulkItem], report: JobReport, named: int) -> str:
    return (
        f"of {len(items)} records the job reports {report.succeeded} as done and {report.failed} "
        f"as failed, and names {named} of the failed"
    )


def _matched(items: Sequence[BulkItem], report: JobReport) -> dict[int, tuple[str, ...]]:
    """Return why, for each place in `items` that the failure list clearly means."""
    named = [frozenset(item.names()) for item in items]
    shared = Counter(name for names in named for name in names)
    owner = {
        name: place for place, names in enumerate(named) for name in names if shared[name] == 1
    }
    found: dict[int, tuple[str, ...]] = {}
    for entry in report.failures:
        places = {
            owner[name]
            for field in _NAMED_BY
            for name in _named(field, entry.get(field))
            if name in owner
        }
        if len(places) == 1:
            messages = tuple(messages_in(entry.get("error_message")))
            found[places.pop()] = messages or ("refused without an explanation",)
    return found


def _named(field: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield comparable names: e-mails come as a text, a list of texts or a list of objects."""
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, list | tuple):
        for part in value:
            yield from _named(field, part)
    elif value not in (None, "") and not isinstance(value, bool):
        yield ("email" if field == "emails" else field), str(value).strip().casefold()


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _count(value: Any) -> int | None:
    if isinstance(value, list):
        return len(value)
    number = _number(value)
    return None if number is None else int(number)
