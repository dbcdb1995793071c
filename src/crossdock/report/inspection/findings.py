"""Findings by severity, those of one code together; questions with the exact commands."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from crossdock.model.findings import Finding, Question, Severity
from crossdock.report.inspection.words import line

#: What a severity means to the reader, and its tone on the page; the worst first.
SEVERITIES = (
    (Severity.BLOCKS, "Must be solved first", "bad"),
    (Severity.WARNS, "Worth knowing", "open"),
    (Severity.NOTES, "For the record", ""),
)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one code, those with the same remedy together."""

    code: str
    parts: Sequence[tuple[str, Sequence[Finding]]]

    @property
    def total(self) -> int:
        """Return how many findings there are."""
        return sum(len(same) for _, same in self.parts)

    def about(self, name: str) -> Group | None:
        """Return those about an object, or None where there is none."""
        parts = [(r, [f for f in same if f.object == name]) for r, same in self.parts]
        own = [(remedy, same) for remedy, same in parts if same]
        return Group(self.code, own) if own else None


@dataclass(frozen=True, slots=True)
class Level:
    """The findings of one severity: its title, its tone on the page, its groups."""

    severity: Severity
    title: str
    tone: str
    groups: Sequence[Group]

    @property
    def total(self) -> int:
        """Return how many findings there are."""
        return sum(group.total for group in self.groups)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the command and the meaning of each choice, and whether `others` will do.

    `count` values would be read otherwise by another answer; `evidence` shows some of them.
    """

    code: str
    object: str
    message: str
    choices: Sequence[tuple[str, str]]
    others: bool
    count: int
    evidence: Sequence[str]


def levels(findings: Sequence[Finding]) -> list[Level]:
    """Return the severities of which there are findings, the worst first."""
    made = [
        Level(severity, title, tone, _groups([f for f in findings if f.severity is severity]))
        for severity, title, tone in SEVERITIES
    ]
    return [level for level in made if level.groups]


def _groups(findings: Sequence[Finding]) -> list[Group]:
    by_code: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        by_remedy = by_code.setdefault(finding.code, {})
        by_remedy.setdefault(line(finding.remedy), []).append(finding)
    return [Group(code, list(parts.items())) for code, parts in by_code.items()]


def asked(questions: Sequence[Question]) -> list[Asked]:
    """Return the open questions. Choices of a question that takes others too are examples."""
    return [
        Asked(
            question.code,
            question.object,
            line(question.message),
            [
                (f"crossdock answer {shlex.quote(question.code)} {shlex.quote(value)}", meaning)
                for value, meaning in question.choices.items()
            ],
            bool(question.pattern),
            question.count,
            [line(place) for place in question.evidence],
        )
        for question in questions
    ]
