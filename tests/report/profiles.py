"""Small profiles of exports, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from crossdock.model.findings import Finding, Question
from crossdock.profile.custom_fields import CustomField
from crossdock.profile.fields import ObjectProfile
from crossdock.profile.gaps.checks import Check
from crossdock.profile.profile import Profile

FACTS = {
    "account_name": "Bright Clean Pty Ltd",
    "exported_at": "2025-06-30T23:10:00+10:00",
    "time_zone": "Australia/Sydney",
    "currency": "AUD",
    "tax_mode": "inclusive",
}


def profile_of(
    findings: Sequence[Finding] = (),
    questions: Sequence[Question] = (),
    objects: Sequence[ObjectProfile] = (),
    *,
    checks: Sequence[Check] = (),
    own: Sequence[CustomField] = (),
    **facts: str,
) -> Profile:
    """Return a profile of an export that says these facts of itself, beside the usual ones."""
    return Profile(list(objects), list(findings), questions, FACTS | facts, checks, own)
