"""The headline: what a person must know when they read nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crossdock.model.wording import count
from crossdock.report import labels, wording
from crossdock.report.wording import listing

#: Where every row of an object, and every record of a phase, must be found again.
ROW_BUCKETS = ("created", "merged", "matched", "skipped", "rejected")
PHASE_BUCKETS = ("created", "updated", "matched", "merged", "skipped", "rejected")


@dataclass(slots=True)
class Verdict:
    """A state, its tone (good, open, bad), the headline, its reasons, and what to type next."""

    state: str
    tone: str
    headline: str
    sentences: list[str]
    problems: list[str]
    command: str = ""
    command_note: str = ""


def judge(evidence: dict[str, Any]) -> Verdict:
    """Return the verdict. A doubt of any kind never gives a good one."""
    problems = imbalances(evidence)
    verification = evidence["verification"]
    if evidence["run"] is None:
        return _planned(evidence, problems)
    if any(not p.get("balanced", True) for p in evidence["phases"]):
        return _stopped(evidence, problems)
    if not evidence["finished"]:
        return _unfinished(evidence, problems)
    if problems:
        return _unbalanced(evidence, problems)
    if verification is None:
        return _unverified(evidence)
    differences = _differences(evidence)
    if differences or not verification["clean"]:
        return _different(evidence, differences)
    return _clean(evidence)


def imbalances(evidence: dict[str, Any]) -> list[str]:
    """Return everything that does not add up, in words."""
    found = []
    for phase in evidence["phases"]:
        if not phase.get("balanced", True):
            reasons = "; ".join(phase.get("reasons", [])) or "the numbers do not add up"
            found.append(f"{phase['label']}: {reasons}.")
    for item in evidence["objects"]:
        placed = sum(item["buckets"].values())
        if placed != item["read"]:
            name = labels.of_object(item["object"])
            found.append(
                f"{name}: {count(item['read'], 'row')} read, but {placed:,} are accounted for."
            )
    return found


def left_behind(evidence: dict[str, Any]) -> str:
    """Return what did not arrive and needs a person, as one sentence; empty when nothing does."""
    rejected = sum(r["rows"] for r in evidence["not_moved"] if r["bucket"] == "rejected")
    parts = []
    if rejected:
        parts.append(f"{count(rejected, 'row')} could not be moved")
    if evidence["review"]:
        number = len(evidence["review"])
        payments = count(number, "payment or refund", "payments or refunds")
        wait = "waits" if number == 1 else "wait"
        parts.append(f"{payments} without a living invoice {wait} for your decision")
    if not parts:
        return ""
    return f"{listing(parts)}; {'both lists are' if len(parts) > 1 else 'the list is'} below."


def _planned(evidence: dict[str, Any], problems: list[str]) -> Verdict:
    records = sum(p.get("planned", {}).get("create", 0) for p in evidence["phases"])
    sentences = [
        f"{_rows(evidence)} of the {_source(evidence)} export would become "
        f"{count(records, 'new record')} in {_destination(evidence)}."
    ]
    note = "It loads everything, phase by phase, and stops at the first that does not balance."
    return Verdict(
        "planned",
        "bad" if problems else "open",
        "Planned. Nothing has been sent yet.",
        sentences,
        problems,
        wording.command("crossdock run", evidence["project"]),
        note,
    )


def _stopped(evidence: dict[str, Any], problems: list[str]) -> Verdict:
    broken = next(p for p in evidence["phases"] if not p.get("balanced", True))
    waiting = sum(1 for p in evidence["phases"] if p.get("pending"))
    follow = f"{count(waiting, 'later phase')} did not begin. " if waiting else ""
    return Verdict(
        "stopped",
        "bad",
        f"Stopped: the phase “{broken['label']}” does not balance.",
        [
            f"What was written so far stays in {_destination(evidence)} and is known. {follow}"
            "Nothing is sent twice: the next run looks again before it sends anything."
        ],
        problems,
        wording.command("crossdock run", evidence["project"]),
        "It looks again, then goes on where it stopped.",
    )


def _unfinished(evidence: dict[str, Any], problems: list[str]) -> Verdict:
    done = sum(1 for p in evidence["phases"] if not p.get("pending"))
    return Verdict(
        "unfinished",
        "bad" if problems else "open",
        f"Not finished: {done} of {count(len(evidence['phases']), 'phase')} done.",
        [
            f"{count(written(evidence), 'record')} are in {_destination(evidence)} so far, and "
            "every finished phase balances. The run stopped before its end; it goes on where it "
            "stopped, and nothing is sent twice."
        ],
        problems,
        wording.command("crossdock run", evidence["project"]),
        "It goes on where it stopped.",
    )


def _unbalanced(evidence: dict[str, Any], problems: list[str]) -> Verdict:
    return Verdict(
        "unbalanced",
        "bad",
        "Loaded, but the account of the rows does not add up.",
        ["Rows of the export are missing in this account. Do not call it done."],
        problems,
        wording.command("crossdock inspect", evidence["project"]),
        "It reads the export again and shows every file with its rows.",
    )


def _unverified(evidence: dict[str, Any]) -> Verdict:
    sentences = [
        f"{_moved(evidence)} Every phase balances; the single values have not been compared yet.",
        left_behind(evidence),
    ]
    return Verdict(
        "unverified",
        "open",
        "Everything is written. It has not been read back yet.",
        [s for s in sentences if s],
        [],
        wording.command("crossdock verify", evidence["project"]),
        "It reads every record back and compares every value.",
    )


def _different(evidence: dict[str, Any], differences: list[str]) -> Verdict:
    sentences = [
        f"{_moved(evidence)} {_read_back(evidence)}",
        left_behind(evidence),
    ]
    return Verdict(
        "different",
        "bad",
        "Arrived, but not everything is as planned.",
        [s for s in sentences if s],
        differences or ["The read-back found something that is not as planned."],
        wording.command("crossdock verify", evidence["project"]),
        "Look at the differences below first; this then reads everything back again.",
    )


def _clean(evidence: dict[str, Any]) -> Verdict:
    sentences = [
        f"{_moved(evidence)} Every phase balances. {_read_back(evidence)} "
        "The money agrees to the cent.",
        left_behind(evidence),
    ]
    return Verdict(
        "clean",
        "good",
        "Arrived, read back, and everything balances.",
        [s for s in sentences if s],
        [],
    )


def _differences(evidence: dict[str, Any]) -> list[str]:
    verification = evidence["verification"]
    off = verification["fields"] - as_planned(verification)
    found = []
    if off:
        values = count(off, "value is not as planned", "values are not as planned")
        found.append(f"{values} ({_by_class(verification)}).")
    for row in evidence["money"]:
        if row["source"] != row["destination"]:
            name = labels.MEASURES.get(row["measure"], (labels.readable(row["measure"]), ""))[0]
            found.append(
                f"{name}: {wording.money(row['source'])} {row['currency']} in the export, "
                f"{wording.money(row['destination'])} in {_destination(evidence)}."
            )
    return found


def _by_class(verification: dict[str, Any]) -> str:
    return ", ".join(
        f"{n:,} {labels.CLASSES.get(name, (labels.readable(name), ''))[0]}"
        for name, n in verification["classes"].items()
        if n and name not in labels.GOOD_CLASSES
    )


def as_planned(verification: dict[str, Any]) -> int:
    """Return how many values that were read back are as planned."""
    return sum(verification["classes"].get(name, 0) for name in labels.GOOD_CLASSES)


def _moved(evidence: dict[str, Any]) -> str:
    who = evidence["account"] or "This business"
    return (
        f"{who} moved from {_source(evidence)} to {_destination(evidence)}: each of the "
        f"{_rows(evidence)} of the export is accounted for, and "
        f"{count(written(evidence), 'record')} stand in {_destination(evidence)}."
    )


def _read_back(evidence: dict[str, Any]) -> str:
    v = evidence["verification"]
    return (
        f"{v['fields']:,} values were read back and "
        f"{wording.share(as_planned(v), v['fields'])} are as planned."
    )


def _rows(evidence: dict[str, Any]) -> str:
    return count(sum(item["read"] for item in evidence["objects"]), "row")


def written(evidence: dict[str, Any]) -> int:
    """Return how many records of ours stand at the destination; people are not counted."""
    return sum(
        phase.get(name, 0)
        for phase in evidence["phases"]
        if phase.get("found") is not None
        for name in ("created", "updated", "matched")
    )


def _source(evidence: dict[str, Any]) -> str:
    return labels.system(evidence["source"])


def _destination(evidence: dict[str, Any]) -> str:
    return labels.system(evidence["destination_system"])
