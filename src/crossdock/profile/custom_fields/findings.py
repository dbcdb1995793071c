"""What a person should know about the tenant's own fields, as findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from crossdock.model.fields import FieldType
from crossdock.model.findings import Finding, Severity
from crossdock.model.wording import count
from crossdock.profile.custom_fields.field import CustomField

#: What one value should be, and what several should be.
_WORDS = {
    FieldType.NUMBER: ("a number", "numbers"),
    FieldType.DATE: ("a date", "dates"),
    FieldType.TIME: ("a time", "times"),
    FieldType.CHECKBOX: ("yes or no", "yes or no"),
}


def findings(fields: Sequence[CustomField]) -> list[Finding]:
    """Return the findings about fields that `discover` found; more are rules of the catalogue."""
    found: list[Finding] = []
    for field in fields:
        found += _of_values(field)
    for about_all in (_signatures, _mandatory, _unused):
        found += about_all(fields)
    return found


def _of_values(field: CustomField) -> Iterator[Finding]:
    """Tell about values that are not what the field should hold."""
    if not field.unfit:
        return
    if field.nearly:
        yield Finding(
            "FIELD_NEARLY_TYPED",
            Severity.NOTES,
            count(
                field.unfit,
                f"of {field.filled:,} values of {field.name} is not {_WORDS[field.nearly][0]}, "
                "all others are; the field stays text.",
                f"of {field.filled:,} values of {field.name} are not {_WORDS[field.nearly][1]}, "
                "all others are; the field stays text.",
            ),
            "correct these values in the export when the field should get the type of the others",
            object=field.object,
            field=field.label,
            count=field.unfit,
            evidence=field.unfit_examples,
        )
    elif field.type in (FieldType.PICKLIST, FieldType.MULTI_PICKLIST):
        yield Finding(
            "FIELD_VALUES_UNLISTED",
            Severity.WARNS,
            count(
                field.unfit,
                f"value of {field.name} is no choice that the inventory lists.",
                f"values of {field.name} are no choices that the inventory lists.",
            ),
            "they become choices as well; correct misspelled ones in the export before that",
            object=field.object,
            field=field.label,
            count=field.unfit,
            evidence=field.unfit_examples,
        )
    else:
        yield Finding(
            "FIELD_VALUES_UNFIT",
            Severity.WARNS,
            count(
                field.unfit,
                f"value of {field.name} is not {_WORDS[field.type][0]}, as the inventory says.",
                f"values of {field.name} are not {_WORDS[field.type][1]}, as the inventory says.",
            ),
            "the field is proposed with a type that holds them; correct them in the export, "
            "then: crossdock map propose",
            object=field.object,
            field=field.label,
            count=field.unfit,
            evidence=field.unfit_examples,
        )


def _signatures(fields: Sequence[CustomField]) -> list[Finding]:
    signed = [f for f in fields if f.type is FieldType.SIGNATURE and f.filled]
    if not signed:
        return []
    signatures = sum(f.filled for f in signed)
    return [
        Finding(
            "FIELD_SIGNATURES",
            Severity.WARNS,
            f"{count(signatures, 'signature is', 'signatures are')} in "
            f"{count(len(signed), 'field')}; a signature cannot be moved.",
            "keep the export as proof, and have what is still in force signed again",
            count=signatures,
            evidence=_each(signed, lambda f: count(f.filled, "signature")),
        )
    ]


def _mandatory(fields: Sequence[CustomField]) -> list[Finding]:
    lacking = [f for f in fields if f.mandatory and f.empty]
    if not lacking:
        return []
    rows = sum(f.empty for f in lacking)
    return [
        Finding(
            "FIELD_MANDATORY_EMPTY",
            Severity.NOTES,
            f"{count(len(lacking), 'mandatory field has', 'mandatory fields have')} no value in "
            f"{count(rows, 'row')}.",
            "they stay empty; make no field mandatory at the destination before the load",
            count=rows,
            evidence=_each(lacking, lambda f: f"{f.empty:,} empty"),
        )
    ]


def _unused(fields: Sequence[CustomField]) -> list[Finding]:
    unused = [f for f in fields if f.source == "inventory" and not f.filled]
    if not unused:
        return []
    return [
        Finding(
            "FIELD_UNUSED",
            Severity.NOTES,
            count(
                len(unused),
                "field of the inventory has no value in the export.",
                "fields of the inventory have no value in the export.",
            ),
            "nothing is made for them; ask for their answers when they were in use",
            count=len(unused),
            evidence=_each(unused, lambda f: f.scope or "no scope"),
        )
    ]


def _each(fields: Sequence[CustomField], said: Callable[[CustomField], str]) -> tuple[str, ...]:
    return tuple(f"{field.label}: {said(field)}" for field in fields)
