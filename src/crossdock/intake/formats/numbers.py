"""Numbers and amounts: each file's decimal sign, from proof, and the SQL that reads a column.

`1,234` is a thousand and more, or one and a bit. A value with both signs, with another number of
digits after its sign, or with two marks of thousands, proves which is meant. What is no number
(`approx 200`) is none: no digit is ever picked out of words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import duckdb

from crossdock.connectors.base import SourceObject
from crossdock.intake.formats.currencies import MONEY_WORD, only_money
from crossdock.intake.formats.differing import differing
from crossdock.intake.formats.kept import Decision
from crossdock.intake.formats.survey import Traits
from crossdock.intake.sql import quoted
from crossdock.model.fields import FieldType
from crossdock.model.findings import Question
from crossdock.model.wording import count

Sign = Literal["point", "comma"]

_SCALE = {FieldType.MONEY: "DECIMAL(18, 2)", FieldType.NUMBER: "DECIMAL(18, 4)"}
_MARKS = {"point": (r"\.", r"[, ''’\x{A0}\x{202F}]"), "comma": (",", r"[. ''’\x{A0}\x{202F}]")}
_SCIENTIFIC = r"[-+]?\d+(\.\d+)?[eE][-+]?\d+"
#: One mark with three digits after it, and no more than three before.
_DOUBTFUL = r"[^0-9]*[1-9]\d{0,2}[.,]\d{3}[^0-9]*"
_DOUBTFUL_SHAPE = re.compile(r"[^9]*9{1,3}([.,])999[^9]*")
_PROOFS: dict[Sign, re.Pattern[str]] = {
    "point": re.compile(
        r"9*(?:,9{2,3})*\.(?:9{0,2}|9{4,})|9{4,}\.999|9{1,3}(?:,9{2,3})+(?:,999|\.9+)"
    ),
    "comma": re.compile(r"9*(?:\.9{3})*,(?:9{1,2}|9{4,})|9{4,},999|9{1,3}(?:\.999)+(?:\.999|,9+)"),
}


@dataclass(slots=True)
class Signs:
    """The decimal sign of each file by its number, and what follows from it."""

    by_file: dict[int, Sign] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)


def decide(
    connection: duckdb.DuckDBPyConnection,
    objects: Sequence[SourceObject],
    traits: Traits,
    answers: Mapping[str, str],
) -> Signs:
    """Decide the decimal sign of every file that holds numbers which are not plain."""
    by_name = {obj.name: obj for obj in objects}
    found = Signs()
    files = connection.execute("SELECT file_no, object, name FROM stage._file ORDER BY 1")
    for number, object_name, name in files.fetchall():
        proofs, doubtful = _evidence(traits, number, object_name)
        code = f"DECIMAL_SIGN:{name}"
        sign = answers.get(code) or _proven(proofs, doubtful)
        found.by_file[number] = "comma" if sign == "comma" else "point"
        if sign is None:
            found.questions.append(
                _question(connection, code, by_name[object_name], number, name, doubtful)
            )
        elif doubtful or proofs["comma"]:
            why = f"{proofs['point']} values prove the point, {proofs['comma']} the comma"
            found.decisions.append(
                Decision(
                    number,
                    object_name,
                    "",
                    f"decimal {found.by_file[number]}",
                    "a person's answer" if code in answers else why,
                )
            )
    return found


def _evidence(traits: Traits, number: int, obj: str) -> tuple[dict[Sign, int], list[str]]:
    """Return how many values prove each sign, and the columns with values that prove none."""
    proofs: dict[Sign, int] = {
        "point": sum(t.n for t in traits.of("decimal point", obj) if t.file_no == number),
        "comma": 0,
    }
    doubtful: dict[str, None] = {}
    for trait in traits.of("number", obj):
        if trait.file_no != number:
            continue
        bare = re.sub(r"[^9.,]", "", trait.value).strip(".,")
        zero = any(re.match(r"[^0-9]*0[.,]", text) for text in trait.examples)
        if _DOUBTFUL_SHAPE.fullmatch(trait.value) and only_money(trait.value) and not zero:
            doubtful[trait.field] = None
            continue
        if zero and (mark := re.search("[.,]", trait.value)):
            proofs["comma" if mark.group() == "," else "point"] += trait.n
            continue
        for sign, pattern in _PROOFS.items():
            if pattern.fullmatch(bare):
                proofs[sign] += trait.n
    return proofs, list(doubtful)


def _proven(proofs: Mapping[Sign, int], doubtful: Sequence[str]) -> Sign | None:
    if proofs["point"] and proofs["comma"]:
        if doubtful:
            return None
        return "point" if proofs["point"] >= proofs["comma"] else "comma"
    if proofs["comma"]:
        return "comma"
    return "point" if proofs["point"] or not doubtful else None


def _question(
    connection: duckdb.DuckDBPyConnection,
    code: str,
    obj: SourceObject,
    number: int,
    name: str,
    fields: Sequence[str],
) -> Question:
    rows = differing(connection, obj, number, fields, _DOUBTFUL, _readings)
    sample = rows.sample or "1,234"
    whole, part = re.split("[.,]", sample)
    point, comma = (whole + part, f"{whole}.{part}") if "," in sample else (sample, whole + part)
    return Question(
        code,
        f"{name} has {count(rows.count, 'number')} such as {sample}, and nothing in it says "
        "whether the point or the comma is the decimal sign.",
        {"point": f"{sample} is {point}", "comma": f"{sample} is {comma}"},
        object=obj.name,
        count=rows.count,
        evidence=rows.evidence,
    )


def _readings(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    whole = re.split("[.,]", text)[0]
    before = len(re.sub(r"[^0-9]", "", whole))
    return f"{digits} or {digits[:before]}.{digits[before:]}"


def cast(traits: Traits, obj: str, name: str, kind: FieldType, comma_files: Sequence[int]) -> str:
    """Return the SQL that reads a column as a number; NULL where a value is none.

    `comma_files` are the numbers of the files whose decimal sign is a comma.
    """
    text, scale = quoted(name), _SCALE[kind]
    odd = [t for t in traits.of("number", obj, name) if not _plain(t.value)]
    files = [n for n in comma_files if any(t.file_no == n for t in traits.of("number", obj, name))]
    if not odd and not files:
        return f"try_cast({text} AS {scale})"
    point = _read(text, scale, "point", kind)
    if not files:
        return point
    listed = ", ".join(str(number) for number in files)
    return (
        f"CASE WHEN _file IN ({listed}) THEN {_read(text, scale, 'comma', kind)} ELSE {point} END"
    )


def _plain(shape: str) -> bool:
    return re.fullmatch(r"-?9+(\.9+)?", shape) is not None


def _read(column: str, scale: str, sign: Sign, kind: FieldType) -> str:
    """Return the SQL for values with marks of thousands, signs of money, brackets, a minus."""
    text = f"trim(translate({column}, '−\u00a0', '- '))"
    point, thousands = _MARKS[sign]
    bare = f"regexp_replace({text}, '[^0-9{'.' if sign == 'point' else ','}]', '', 'g')"
    if sign == "comma":
        bare = f"replace({bare}, ',', '.')"
    number = (
        rf"(?:\d+|\d{{1,3}}(?:{thousands}\d{{2,3}})*{thousands}\d{{3}})(?:{point}\d*)?|{point}\d+"
    )
    signed = (
        rf"(?:(?:[-+] ?)?(?:{MONEY_WORD} ?)?|{MONEY_WORD} ?[-+] ?)(?:{number})(?: ?{MONEY_WORD})?"
        rf"|(?:{MONEY_WORD} ?)?(?:{number})(?: ?{MONEY_WORD})? ?-(?: ?{MONEY_WORD})?"
    )
    whole = rf"(?:{signed}|\( ?(?:{signed}) ?\)){' ?%?' if kind is FieldType.NUMBER else ''}"
    return (
        f"CASE WHEN regexp_full_match({text}, '{whole}') THEN"
        f" CASE WHEN regexp_matches({text}, '[(-]') THEN -1 ELSE 1 END"
        f" * try_cast({bare} AS {scale})"
        f" WHEN regexp_full_match({text}, '{_SCIENTIFIC}') THEN try_cast({text} AS {scale}) END"
    )
