"""Proposals for value maps: which choice at the destination a value of the source becomes.

A proposal names the choice as this account calls it. Stages and reasons are found by what they
are (open, won, lost; their usual names), because every account has its own list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crossdock.model.fields import Choice


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry of a value map: the choice's label, or empty for none, and how sure."""

    label: str
    confidence: float
    reason: str


#: Status words to what they mean for a deal. The first group is documented by the product's help;
#: the second is found by the words inside a status that a tenant made up.
_MEANING = {
    "QUOTED": "quoted",
    "TO DO": "booked",
    "TO VISIT": "booked",
    "TO SCHEDULE": "booked",
    "SCHEDULED": "booked",
    "CONFIRMED": "booked",
    "NEW": "new",
    "PENDING": "new",
    "TENTATIVE": "quoted",
    "ON HOLD": "booked",
    "AWAITING UPDATE": "booked",
    "AWAITING APPROVAL": "quoted",
    "IN PROGRESS": "booked",
    "COMPLETED": "won",
    "CANCELLED": "lost",
    "FAILED": "lost",
    "DRAFT": "quoted",
    "SENT": "quoted",
    "ACCEPTED": "booked",
    "EXPIRED": "lost",
    "DECLINED": "lost",
    "OPEN": "won",
    "OVERDUE": "won",
    "CLOSED": "won",
    "VOID": "lost",
}
_WORDS = {
    "cancel": "lost",
    "declin": "lost",
    "reject": "lost",
    "fail": "lost",
    "no show": "lost",
    "complete": "won",
    "done": "won",
    "finish": "won",
    "paid": "won",
    "quote": "quoted",
    "estimate": "quoted",
}
_USUAL_STAGES = {
    "new": ("New",),
    "quoted": ("Quoted", "Quote sent", "Proposal", "Qualification", "Under review", "Discovery"),
    "booked": ("Booked", "Scheduled", "Negotiation", "Demo"),
}
_REASONS = (
    (("price", "expens", "cost", "budget", "cheap"), ("Price is too high",)),
    (("competitor", "another", "someone else", "rival", "other company"), ("Opted our rival",)),
    (("later", "postpon", "timing", "future", "not now"), ("Need only in future",)),
    (("no longer", "not need", "changed mind", "no need"), ("No requirement",)),
    (("expired", "no response", "no reply"), ("No proper follow-up",)),
    (("failed", "no show", "missed", "access"), ("Appointment missed",)),
    (("cancelled", "void"), ("No requirement", "Not interested")),
    (("declined",), ("Not interested",)),
)
_SOURCES = {
    "website": "Web",
    "google": "Organic Search",
    "referral": "Referral",
    "facebook": "Social Media",
    "instagram": "Social Media",
    "email": "Email",
    "phone": "Phone",
    "walk in": "Direct",
    "repeat customer": "Direct",
}


def propose(map_name: str, value: str, choices: Sequence[Choice]) -> Proposal:
    """Return the proposal for one value of a value map; an empty label means none fits."""
    if map_name == "deal_stage":
        return _stage(value, choices)
    if map_name == "lost_reason":
        return _reason(value, choices)
    return _source(value, choices)


def _stage(value: str, choices: Sequence[Choice]) -> Proposal:
    kind, _, status = value.partition(": ")
    known = _MEANING.get(status)
    meaning = known or _guess(status.lower())
    confidence = 0.95 if known else 0.5
    because = "documented status" if known else "guessed from the words in it"
    stage = _stage_for(meaning, choices)
    if kind == "invoice" and meaning == "won":
        because = "an invoice without a booking is work that was done"
    return Proposal(stage.label, confidence, f"{because}: {meaning}")


def _guess(status: str) -> str:
    """Return what a status that a tenant made up means by its words; denied words mean nothing."""
    for word, meaning in _WORDS.items():
        if re.search(rf"(?<!\w)(?<!not ){word}", status):
            return meaning
    return "booked"


def _stage_for(meaning: str, choices: Sequence[Choice]) -> Choice:
    types = {"won": "Closed Won", "lost": "Closed Lost"}
    if meaning in types:
        for choice in choices:
            if choice.facts.get("forecast_type") == types[meaning]:
                return choice
    names = [n.casefold() for n in _USUAL_STAGES.get(meaning, ())]
    by_name = {c.label.casefold(): c for c in choices}
    found = next((by_name[n] for n in names if n in by_name), None)
    return found or _first_open(choices)


def _first_open(choices: Sequence[Choice]) -> Choice:
    opened = [c for c in choices if c.facts.get("forecast_type", "Open") == "Open"]
    return (opened or list(choices))[0]


def _reason(value: str, choices: Sequence[Choice]) -> Proposal:
    by_name = {c.label.casefold(): c.label for c in choices}
    for words, labels in _REASONS:
        if any(word in value.casefold() for word in words):
            for label in labels:
                if label.casefold() in by_name:
                    return Proposal(by_name[label.casefold()], 0.7, "the words in it")
    return Proposal("", 0.5, "no reason fits; the source's words stay in a field")


def _source(value: str, choices: Sequence[Choice]) -> Proposal:
    by_name: Mapping[str, str] = {c.label.casefold(): c.label for c in choices}
    wanted = _SOURCES.get(value.casefold(), value)
    label = by_name.get(wanted.casefold()) or by_name.get(value.casefold(), "")
    if label:
        return Proposal(label, 0.8, "the same or a usual word")
    return Proposal("", 0.4, "no source of this name; it can be added in the admin settings")
