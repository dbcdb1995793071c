"""What is odd about texts and dates as they were seen, whatever is decided about them."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from crossdock.intake.formats.kept import Oddity
from crossdock.intake.formats.moments import moments
from crossdock.intake.formats.shapes import date_shape
from crossdock.intake.formats.survey import Traits
from crossdock.intake.formats.survey.columns import is_name
from crossdock.intake.formats.words import SURNAMES
from crossdock.model.fields import FieldType

_SIGNS = {
    "control": "CONTROL_CHARACTERS",
    "letters lost": "LETTERS_LOST",
    "letters doubtful": "LETTERS_DOUBTFUL",
    "digits lost": "DIGITS_LOST",
    "mended": "TEXT_MENDED",
}
_KINDS = {
    "numbers": "day and month as numbers",
    "year first": "the year first",
    "day and word": "months as words",
    "word and day": "months as words",
}


def in_words(traits: Traits) -> Iterator[Oddity]:
    """Yield words for nothing, signs of damage, and what was mended."""
    for kind, code in _SIGNS.items():
        for trait in traits.of(kind):
            yield Oddity(code, trait.object, trait.field, trait.n, trait.examples)
    words: dict[tuple[str, str, str], tuple[int, list[str]]] = {}
    for trait in traits.of("null word"):
        kept = is_name(trait.field) and trait.value in SURNAMES
        key = ("NAMES_LIKE_NOTHING" if kept else "WORDS_FOR_NOTHING", trait.object, trait.field)
        n, examples = words.get(key, (0, []))
        words[key] = n + trait.n, [*examples, f"{trait.examples[0]}: {trait.n}"]
    for (code, obj, field), (n, examples) in words.items():
        yield Oddity(code, obj, field, n, examples)
    for trait in traits.of("number"):
        if "E" in trait.value.upper() and trait.value.upper().strip("9.,+- ") == "E":
            yield Oddity("DIGITS_LOST", trait.object, trait.field, trait.n, trait.examples[:1])


def in_dates(connection: duckdb.DuckDBPyConnection, traits: Traits) -> Iterator[Oddity]:
    """Yield days that a spreadsheet left as numbers, and that the files write dates differently."""
    for obj, field in dict.fromkeys((t.object, t.field) for t in traits.of("shape")):
        serials = moments(traits, obj, field, FieldType.DATETIME).serials
        if serials:
            n = sum(trait.n for trait in serials)
            examples = tuple(dict.fromkeys(text for t in serials for text in t.examples))
            yield Oddity("SERIAL_DATES", obj, field, n, examples)
    files = dict(connection.execute("SELECT file_no, name FROM stage._file").fetchall())
    ways: dict[str, dict[str, str]] = {}
    for trait in traits.of("shape"):
        shape = date_shape(trait.value)
        if shape and trait.file_no is not None:
            way = ways.setdefault(_KINDS[shape.kind], {})
            way.setdefault(files[trait.file_no], trait.examples[0])
    if len(ways) > 1:
        yield Oddity("DATE_FORMATS_MIXED", "", "", len(ways), [_way(*way) for way in ways.items()])


def _way(kind: str, files: dict[str, str]) -> str:
    name, example = next(iter(files.items()))
    others = f" and {len(files) - 1} other files" if len(files) > 1 else ""
    return f"{kind}: {name}{others}, such as {example}"
