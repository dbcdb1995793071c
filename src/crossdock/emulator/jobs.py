"""Bulk upserts: taken at once, carried out while the clock runs.

Reference: Freshsales API, bulk and upsert; certainty: documented for the calls and the keys of
the report, inferred for which of them a failure has, for the words of the status and for the pace.
A job reports how many records succeeded and why the others failed, under the identifier that the
client gave. It names no ids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from crossdock.emulator import errors
from crossdock.emulator.errors import ApiError
from crossdock.emulator.languages import translated
from crossdock.emulator.stamps import utc_text

if TYPE_CHECKING:
    from crossdock.emulator.account import Account

LARGEST = 100
_QUEUED_SHARE = 0.2
_FAILED = "Something went wrong. Please try again."


@dataclass(slots=True)
class Job:
    """One bulk call; items that are done are dropped."""

    id: int
    entity: str
    user_id: int
    created: float
    #: When the first record is written, and when the last one is.
    starts: float
    ends: float
    items: list[dict[str, Any]]
    total: int
    done: int = 0
    succeeded: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)
    changed: float = 0.0
    #: On purpose: records fail though nothing is wrong with them; the job stops half way.
    fails: bool = False
    endless: bool = False

    @property
    def step(self) -> int:
        """Return how many records are written at once: a tenth of them."""
        return max(1, self.total // 10)

    @property
    def reach(self) -> int:
        """Return how many records the job will ever come to."""
        return self.total // 2 if self.endless else self.total

    @property
    def status(self) -> str:
        """Return the word that stands for how far the job is."""
        if self.done >= self.total:
            return "completed"
        return "in_progress" if self.done else "queued"


class Jobs:
    """All jobs of the account. Nothing runs by itself: every request first lets due work happen."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.all: dict[int, Job] = {}
        #: Jobs that the account's file does not show as they are; None without a file.
        self.changed: set[int] | None = None
        #: When each open job has its next step to do, the earliest first, with its id.
        self._due: list[tuple[float, int]] = []

    def submit(self, entity: str, items: list[dict[str, Any]], user_id: int) -> Job:
        """Take a bulk call."""
        now = self.account.now()
        pace = self.account.job_seconds * self.account.faults.job_factor()
        seconds = pace * max(len(items), 10) / LARGEST
        job = Job(
            id=len(self.all) + 1,
            entity=entity,
            user_id=user_id,
            created=now,
            starts=now + seconds * _QUEUED_SHARE,
            ends=now + seconds,
            items=items,
            total=len(items),
            changed=now,
            fails=self.account.faults.job_fails(),
            endless=self.account.faults.job_never_ends(),
        )
        self.all[job.id] = job
        self._note(job)
        self._plan(job)
        return job

    def run_due(self) -> None:
        """Carry out whatever should have happened by now."""
        if not self._due:
            return
        now = self.account.now()
        while self._due and self._due[0][0] <= now:
            job = self.all[heappop(self._due)[1]]
            self._advance(job, now)
            self._plan(job)

    def show(self, job_id: int) -> dict[str, Any]:
        """Return a job as its status address shows it."""
        job = self.all.get(job_id)
        if job is None:
            raise errors.not_found("job")
        return {
            "status": job.status,
            "job_type_name": f"{job.entity}_bulk_upsert",
            "created_at": utc_text(job.created),
            "status_updated_at": utc_text(job.changed),
            "progress": 100 * job.done // job.total if job.total else 100,
            "data": {
                "record_status": {"succeeded": job.succeeded, "failed": len(job.failures)},
                "detailed_failure_report": job.failures,
            },
        }

    def _plan(self, job: Job) -> None:
        """Note when a job has its next step to do, unless it is done or stuck."""
        if job.done < job.reach:
            share = (job.done + job.step) / job.total
            moment = job.starts + share * (job.ends - job.starts)
            heappush(self._due, (min(moment, job.ends), job.id))

    def _advance(self, job: Job, now: float) -> None:
        """Do the step that is due, and those after it whose time has come as well."""
        due = job.total
        if now < job.ends:
            passed = int(job.total * (now - job.starts) / (job.ends - job.starts))
            # At least one step, whatever rounding says of its moment.
            due = max(job.done + job.step, passed // job.step * job.step)
        due = min(due, job.reach)
        for at in range(job.done, due):
            self._run(job, job.items[at], now)
        if due > job.done:
            job.done, job.changed = due, now
            self._note(job)
        if job.done >= job.total:
            job.items = []

    def _note(self, job: Job) -> None:
        if self.changed is not None:
            self.changed.add(job.id)

    def _fail(self, job: Job, key: str, value: Any, messages: list[str]) -> None:
        language = self.account.language_of(job.user_id)
        named = {key: value} if key else {}
        job.failures.append({**named, "error_message": translated(messages, language)})

    def _run(self, job: Job, item: dict[str, Any], now: float) -> None:
        key, value = identifier(item)
        if job.fails and self.account.faults.record_fails():
            self._fail(job, key, value, [_FAILED])
            return
        try:
            body = item.get("data") or {}
            upsert(self.account, job.entity, key, value, body, job.user_id, now)
        except ApiError as refusal:
            self._fail(job, key, value, refusal.messages)
        else:
            job.succeeded += 1

    def state(self, job_id: int) -> dict[str, Any]:
        """Return a job, for the account's file."""
        return {name: getattr(self.all[job_id], name) for name in Job.__slots__}

    def restore(self, state: list[dict[str, Any]]) -> None:
        """Take over the jobs of a file; open ones go on."""
        self.all = {each["id"]: Job(**each) for each in state}
        self._due = []
        for job in self.all.values():
            self._plan(job)


def identifier(item: dict[str, Any]) -> tuple[str, Any]:
    """Return the key beside `data` that says which record an item means."""
    for key, value in item.items():
        if key != "data":
            return key, value
    return "", None


def upsert(
    account: Account,
    entity: str,
    key: str,
    value: Any,
    body: dict[str, Any],
    user_id: int,
    now: float | None = None,
) -> tuple[dict[str, Any], bool]:
    """Update the record that an identifier means, or create it; say whether it is new."""
    records = account.records(entity)
    if records is None or not isinstance(body, dict):
        raise errors.invalid("Invalid or missing attributes")
    if value in (None, "") or not _identifies(account, entity, key):
        raise errors.invalid(f"{key or 'identifier'} is not a valid unique identifier")
    row = records.identified(key, value)
    if row is not None:
        if not account.reaches(user_id, row):
            raise errors.forbidden()
        return records.update(row, body, user_id), False
    if key == "id":
        raise errors.not_found(records.label)
    return records.create(_with_identifier(body, key, value), user_id, now), True


_IDENTIFIERS = {
    "contact": {"id", "emails", "email", "external_id", "mobile_number"},
    "sales_account": {"id", "name"},
    "deal": {"id", "name"},
}


def _identifies(account: Account, entity: str, key: str) -> bool:
    return key in _IDENTIFIERS.get(entity, ()) or key in account.schemas[entity].custom


def _with_identifier(body: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Return the body of a new record, which carries what it was looked for by."""
    if key.startswith("cf_"):
        return body | {"custom_field": {key: value} | (body.get("custom_field") or {})}
    if key in ("emails", "email") and ("emails" in body or "email" in body):
        return body
    return {key: value} | body
