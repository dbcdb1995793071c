"""A field's type: what the inventory says, else what all of its values can be."""

from __future__ import annotations

from dataclasses import dataclass

from crossdock.model.fields import FieldType
from crossdock.model.wording import count
from crossdock.profile.custom_fields.field import Confidence
from crossdock.profile.custom_fields.inventory import Entry
from crossdock.profile.custom_fields.measures import Measures
from crossdock.profile.custom_fields.separators import Split

#: Longer texts, and texts of several lines, are long.
LONG = 255
#: Choices are few, short, and seen so many times on average.
_MOST_CHOICES, _LONGEST_CHOICE, _TIMES = 50, 40, 3
#: A text is nearly of another type when so much of it is.
_MOST = 0.95
#: Fewer values prove little.
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A type, how sure it is, and why, in words for a person; `nearly` is what most values are."""

    type: FieldType
    confidence: Confidence
    evidence: str
    nearly: FieldType | None = None


def decide(m: Measures, entry: Entry | None, split: Split | None) -> Kind:
    """Return the type of a field; the inventory wins wherever it has a type."""
    stated = entry.type if entry else None
    if entry is None:
        return _inferred(m, split)
    if stated is None:
        return _without_a_word(m, entry, split)
    said = f"the inventory says {entry.word}"
    if stated is FieldType.CHECKBOX and m.words < m.filled and (entry.choices or split):
        return Kind(FieldType.MULTI_PICKLIST, "sure", f"{said}, and it has several choices")
    if stated is FieldType.TEXT and (m.longest > LONG or m.broken):
        return Kind(FieldType.LONG_TEXT, "sure", f"{said}, and values are long")
    return Kind(stated, "sure", said)


def _without_a_word(m: Measures, entry: Entry, split: Split | None) -> Kind:
    """Return the type of a field that the inventory lists with a type that nobody knows."""
    said = f"the inventory says {entry.word}" if entry.word else "the inventory names no type"
    if entry.choices:
        kind = FieldType.MULTI_PICKLIST if split else FieldType.PICKLIST
        return Kind(kind, "sure", f"{said}, and lists {len(entry.choices)} choices")
    found = _inferred(m, split)
    return Kind(found.type, found.confidence, f"{said}; {found.evidence}")


def fitting(m: Measures, kind: FieldType) -> int | None:
    """Return how many values are of a type, or None where any text is."""
    counts = {
        FieldType.NUMBER: m.numbers,
        FieldType.DATE: m.dates + m.moments,
        FieldType.TIME: m.times,
        FieldType.CHECKBOX: m.words,
    }
    return counts.get(kind)


def _inferred(m: Measures, split: Split | None) -> Kind:
    sure: Confidence = "sure" if m.filled >= _ENOUGH else "likely"
    if not m.filled:
        return Kind(FieldType.TEXT, "likely", "it has no value")
    most = _nearly(m) if sure == "sure" else None
    chosen = None if most in (FieldType.DATE, FieldType.TIME) else _chosen(m, split, sure)
    return _pointing(m, sure) or _measured(m, sure) or chosen or _written(m, sure, most)


def _nearly(m: Measures) -> FieldType | None:
    """Return the type that nearly all values are of."""
    counts = {
        FieldType.DATE: m.dates + m.moments,
        FieldType.TIME: m.times,
        FieldType.NUMBER: 0 if m.codes else m.numbers,
    }
    return next((kind for kind, n in counts.items() if n >= m.filled * _MOST), None)


def _pointing(m: Measures, sure: Confidence) -> Kind | None:
    """Return the type of values that point to a file or a page."""
    of_all = f"all {m.filled:,} values"
    if m.signatures == m.filled:
        return Kind(FieldType.SIGNATURE, sure, f"{of_all} are pictures of signatures")
    if m.pictures == m.filled:
        return Kind(FieldType.IMAGE, sure, f"{of_all} are pictures")
    if m.documents + m.pictures == m.filled:
        return Kind(FieldType.FILE, sure, f"{of_all} are files")
    if m.links == m.filled:
        return Kind(FieldType.URL, sure, f"{of_all} are addresses of pages")
    return None


def _measured(m: Measures, sure: Confidence) -> Kind | None:
    """Return the type of values that are dates, times, numbers, or yes and no."""
    of_all = f"all {m.filled:,} values"
    if m.dates == m.filled:
        return Kind(FieldType.DATE, sure, f"{of_all} are dates")
    if m.dates + m.moments == m.filled:
        return Kind(FieldType.DATETIME, sure, f"{of_all} are dates with a time")
    if m.times == m.filled:
        return Kind(FieldType.TIME, sure, f"{of_all} are times of day")
    if m.words == m.filled and m.numbers == m.filled and m.different_words == 2:
        return Kind(FieldType.CHECKBOX, "likely", "there is 0 and 1 only; they may be numbers")
    if m.numbers == m.filled:
        if m.codes:
            codes = count(m.codes, "number begins", "numbers begin")
            return Kind(FieldType.TEXT, sure, f"{codes} with 0 or +, as codes do")
        return Kind(FieldType.NUMBER, sure, f"{of_all} are numbers")
    if m.words == m.filled and m.different_words <= 2:
        return Kind(FieldType.CHECKBOX, sure, f"{of_all} say yes or no")
    return None


def _chosen(m: Measures, split: Split | None, sure: Confidence) -> Kind | None:
    """Return the type of values that repeat, whole or in parts."""
    if split:
        shown = {"\n": "line breaks", "|": "|", ";": ";", ",": ","}[split.character]
        why = f"{split.combined:,} values hold several parts between {shown}, which repeat"
        return Kind(FieldType.MULTI_PICKLIST, sure, why)
    few = m.distinct <= _MOST_CHOICES and m.longest <= _LONGEST_CHOICE and not m.broken
    if few and m.filled >= _TIMES * m.distinct:
        why = f"{m.distinct} different values stand {m.filled:,} times"
        return Kind(FieldType.PICKLIST, sure if m.distinct > 1 else "likely", why)
    return None


def _written(m: Measures, sure: Confidence, most: FieldType | None) -> Kind:
    if m.longest > LONG or m.broken:
        why = f"values have up to {m.longest:,} characters"
        return Kind(FieldType.LONG_TEXT, sure, why, most)
    why = f"{m.distinct:,} different texts in {m.filled:,} values"
    return Kind(FieldType.TEXT, sure, why, most)
