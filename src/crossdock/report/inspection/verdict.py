"""The headline of an inspected export, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass

from crossdock.model.findings import Severity
from crossdock.model.wording import count
from crossdock.profile.profile import Profile
from crossdock.report.wording import listing


@dataclass(frozen=True, slots=True)
class Verdict:
    """A tone (good, open, bad), the headline, how many findings and questions there are, and the
    next step: words, which may be empty, and a command.
    """

    tone: str
    headline: str
    summary: str
    words: str
    command: str


def judge(profile: Profile) -> Verdict:
    """Return the verdict on an export. Only one without anything to solve or to know is good."""
    by = {s: sum(f.severity is s for f in profile.findings) for s in Severity}
    summary = listing(
        [
            f"{number:,} {words}"
            for number, words in (
                (len(profile.questions), "to be answered"),
                (by[Severity.BLOCKS], "to be solved first"),
                (by[Severity.WARNS], "worth knowing"),
                (by[Severity.NOTES], "for the record"),
            )
            if number
        ]
    )
    summary = summary or "nothing to know"
    if profile.questions:
        waits = count(len(profile.questions), "question waits", "questions wait")
        words = f"answer the {'question' if len(profile.questions) == 1 else 'questions'}, then:"
        return Verdict("bad", f"{waits} for your answer.", summary, words, "crossdock inspect")
    if profile.blocks:
        number = count(by[Severity.BLOCKS], "finding")
        words = "solve what must be solved first, then:"
        headline = f"{number} must be solved first."
        return Verdict("bad", headline, summary, words, "crossdock inspect")
    if by[Severity.WARNS]:
        number = count(by[Severity.WARNS], "thing is", "things are")
        headline = f"Read whole. {number} worth knowing."
        return Verdict("open", headline, summary, "", "crossdock doctor")
    return Verdict(
        "good", "Read whole. Nothing stands in the way.", summary, "", "crossdock doctor"
    )
