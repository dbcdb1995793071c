"""The evidence as the page shows it: labels, sums and groups; the templates only set them."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from crossdock.model.wording import count
from crossdock.report import labels, sankey, verdict, wording

#: So many lines of a long list stand on the page; the list file holds all of them.
MOST = 50
_DEFAULTS: dict[str, Any] = {
    "source": "octopuspro",
    "destination_system": "freshsales",
    "run_started": None,
    "run_finished": None,
    "money_in_review": None,
    "allowance": {},
    "unknown_files": [],
    "verification": None,
}
#: The measure of money that moves nowhere: it has a line of its own below the table.
_REVIEW = "in review"
#: How a reason begins when a person must decide.
_DECIDE = "Manual review"
_REHEARSAL = ("http://emulator", "http://127.0.0.1", "http://localhost")


def view(evidence: dict[str, Any]) -> dict[str, Any]:
    """Return what the templates need."""
    e = _DEFAULTS | evidence
    return {
        "e": e,
        "source": labels.system(e["source"]),
        "destination": labels.system(e["destination_system"]),
        "rehearsal": str(e["destination"]).startswith(_REHEARSAL),
        "verdict": verdict.judge(e),
        "figures": _figures(e),
        "picture": _picture(e),
        "also_made": _also_made(e),
        "objects": _objects(e),
        "phases": _phases(e),
        "money": _money(e),
        "review": _review(e),
        "classes": _classes(e),
        "not_moved": _not_moved(e),
        "rejected": _rejected(e),
        "hours": [
            (labels.readable(name), hours, e["allowance"].get(name))
            for name, hours in e["hours"].items()
        ],
        "most": MOST,
    }


def _figures(e: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the few numbers under the headline: each with what it counts."""
    read = sum(item["read"] for item in e["objects"])
    found = [(wording.number(read), f"rows read from {len(e['objects'])} kinds of records")]
    if e["run"] is None:
        planned = sum(p.get("planned", {}).get("create", 0) for p in e["phases"])
        found.append((wording.number(planned), "new records planned"))
    else:
        written = verdict.written(e)
        found.append(
            (wording.number(written), f"records in {labels.system(e['destination_system'])}")
        )
    v = e["verification"]
    if v:
        share = wording.share(verdict.as_planned(v), v["fields"])
        found.append((share, f"of {v['fields']:,} values read back as planned"))
    off = [row for row in _money(e) if row["difference"] is not None]
    if off:
        total = sum((abs(row["difference"]) for row in off), Decimal(0))
        found.append((wording.money(total), f"{off[0]['currency']} difference in the money"))
    return found


def _picture(e: dict[str, Any]) -> sankey.Picture:
    flows = sankey.of(e)
    arrived: Counter[str] = Counter()
    for _, entity, rows in flows:
        arrived[entity] += rows
    entities = {}
    for phase in e["phases"]:
        name = phase["entity"]
        records = sum(phase.get(b, 0) for b in ("created", "updated", "matched"))
        detail = f"from {count(arrived[name], 'row')}"
        if not phase.get("pending"):
            detail = f"{count(records, 'record')} {detail}"
        entities[name] = (labels.of_entity(name), detail)
    for name in arrived:
        entities.setdefault(name, (labels.of_entity(name), f"from {arrived[name]:,} rows"))
    entities.pop(sankey.STAYED, None)
    entities[sankey.STAYED] = ("Not moved", count(arrived[sankey.STAYED], "row"))
    return sankey.draw(flows, {o: labels.of_object(o) for o, _, _ in flows}, entities)


def _also_made(e: dict[str, Any]) -> str:
    """Name the records that were made from rows which the picture shows elsewhere."""
    drawn = {f["entity"] for f in e["flows"]}
    return wording.listing(
        [
            f"{phase['created']:,} {labels.of_entity(phase['entity']).lower()}"
            for phase in e["phases"]
            if phase.get("created") and phase["entity"] not in drawn
        ]
    )


def _objects(e: dict[str, Any]) -> dict[str, Any]:
    went: dict[str, list[str]] = defaultdict(list)
    for flow in e["flows"]:
        name = labels.of_entity(flow["entity"])
        if name not in went[flow["object"]]:
            went[flow["object"]].append(name)
    lines = []
    for item in sorted(e["objects"], key=lambda o: (-o["read"], o["object"])):
        unknown = set(item["buckets"]) - set(verdict.ROW_BUCKETS)
        placed = sum(item["buckets"].values())
        lines.append(
            {
                "label": labels.of_object(item["object"]),
                "files": ", ".join(item["files"]),
                "read": item["read"],
                "buckets": [item["buckets"].get(b, 0) for b in verdict.ROW_BUCKETS],
                "other": sum(item["buckets"][b] for b in unknown),
                "placed": placed,
                "balanced": placed == item["read"],
                "went": wording.listing(went[item["object"]]),
            }
        )
    filled = [line for line in lines if line["read"] or line["placed"]]
    return {
        "lines": filled,
        "empty": [line["label"] for line in lines if not (line["read"] or line["placed"])],
        "heads": [labels.BUCKETS[b] for b in verdict.ROW_BUCKETS],
        "read": sum(line["read"] for line in lines),
        "buckets": [sum(column) for column in zip(*(x["buckets"] for x in lines), strict=True)],
        "balanced": all(line["balanced"] for line in lines),
    }


def _phases(e: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "label": phase["label"],
            "entity": labels.of_entity(phase["entity"]),
            "pending": bool(phase.get("pending")),
            "planned": sum(
                phase.get("planned", {}).get(n, 0)
                for n in ("create", "update", "match", "merge", "skip", "reject")
            ),
            "read": phase.get("read"),
            "buckets": [phase.get(b) for b in verdict.PHASE_BUCKETS],
            "found": phase.get("found"),
            "balanced": phase.get("balanced", True),
            "reasons": phase.get("reasons", []),
            "why": phase.get("planned", {}).get("why", ""),
        }
        for phase in e["phases"]
    ]


def _money(e: dict[str, Any]) -> list[dict[str, Any]]:
    lines = []
    for row in e["money"]:
        if row["measure"].startswith(_REVIEW):
            continue
        label, meaning = labels.MEASURES.get(row["measure"], (labels.readable(row["measure"]), ""))
        said, shown = wording.decimal(row["source"]), wording.decimal(row["destination"])
        lines.append(
            {
                "label": label,
                "meaning": meaning,
                "currency": row["currency"],
                "source": row["source"],
                "destination": row["destination"],
                "difference": None if said is None or shown is None else shown - said,
            }
        )
    return lines


def _review(e: dict[str, Any]) -> dict[str, Any]:
    """Return the review list with its money by kind and status."""
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for row in e["review"]:
        amount = wording.decimal(row.get("amount")) or Decimal(0)
        sums[row["object"], row.get("status") or "no status"].append(amount)
    return {
        "lines": e["review"][:MOST],
        "total": len(e["review"]),
        "sums": [
            (count(len(amounts), kind), status, sum(amounts, Decimal(0)))
            for (kind, status), amounts in sums.items()
        ],
    }


def _classes(e: dict[str, Any]) -> list[dict[str, Any]]:
    v = e["verification"] or {"classes": {}, "fields": 0}
    return [
        {
            "label": labels.CLASSES.get(name, (labels.readable(name), ""))[0],
            "meaning": labels.CLASSES.get(name, ("", ""))[1],
            "count": number,
            "share": wording.share(number, v["fields"]),
            "good": name in labels.GOOD_CLASSES,
        }
        for name, number in v["classes"].items()
        if number or name not in labels.NOT_TOLD_APART
    ]


def _not_moved(e: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the reasons, what could not be moved first; each with its objects."""
    groups: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in e["not_moved"]:
        if row["rows"]:
            reason = labels.of_reason(row["reason"] or "no reason was given")
            groups[row["bucket"], reason][labels.of_object(row["object"])] += row["rows"]
    lines = [
        {
            "rejected": bucket == "rejected",
            "waits": reason.startswith(_DECIDE),
            "bucket": labels.BUCKETS.get(bucket, labels.readable(bucket)),
            "reason": reason,
            "rows": sum(names.values()),
            "objects": [f"{name} {rows:,}" for name, rows in names.most_common()],
        }
        for (bucket, reason), names in groups.items()
    ]
    return sorted(lines, key=lambda line: (not line["rejected"], not line["waits"], -line["rows"]))


def _rejected(e: dict[str, Any]) -> dict[str, Any]:
    lines = []
    for row in e["rejected"][:MOST]:
        by = row.get("by", "destination")
        of_file = by in ("file", "export")
        label = labels.of_object if of_file else labels.of_entity
        place = f"{row.get('file')}, row {row.get('row')}" if row.get("file") else ""
        lines.append(
            {
                "kind": label(row["entity"]),
                "what": row["key"],
                "place": place,
                "reason": labels.of_reason(row["reason"]),
                "by": labels.REFUSED_BY.get(by, by),
            }
        )
    return {"lines": lines, "total": len(e["rejected"])}
