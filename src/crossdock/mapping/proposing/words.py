"""Headers in plain words: the same header in another spelling has the same words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from crossdock.connectors.octopuspro.catalogue import squash

#: What the export writes before a field of the tenant's own.
_OWN_PREFIX = re.compile(r"^\s*cf\s*:", re.IGNORECASE)
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|#")
_UNIT = re.compile(r"[(\[]\s*([^()\[\]]{1,12}?)\s*[)\]]\s*$")
#: "Number of rooms" is a count, "room number" is none.
_COUNT = re.compile(r"\b(number|num|no\.?|nr\.?|#)\s+of\s+", re.IGNORECASE)
_ORDINALS = {"second": "2", "third": "3", "2nd": "2", "3rd": "3", "secondary": "2", "1st": "first"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of the trade, as `synonyms.toml` has them, ready to be asked."""

    abbreviations: Mapping[str, tuple[str, ...]]
    words: Mapping[str, str]
    filler: frozenset[str]
    foreign: frozenset[str]
    units: frozenset[str]
    types: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, Sequence[str]]]


@cache
def dictionary() -> Dictionary:
    """Return the dictionary, read once."""
    text = resources.files(__package__).joinpath("synonyms.toml").read_text("utf-8")
    content: dict[str, Any] = tomllib.loads(text)
    words = {other: one for one, others in content.pop("words").items() for other in others}
    short = {k: tuple(v.split()) for k, v in content.pop("abbreviations").items()}
    lists = {name: content.pop(name)["words"] for name in ("filler", "foreign", "units")}
    types = content.pop("types")
    return Dictionary(
        short,
        words,
        frozenset(lists["filler"]),
        frozenset(words.get(w, w) for w in lists["foreign"]),
        frozenset(lists["units"]),
        {kind: frozenset(words.get(w, w) for w in some) for kind, some in types.items()},
        content,
    )


@cache
def tokens(header: str) -> tuple[str, ...]:
    """Return the words of a header, in its order, each in its plain form and once.

    >>> tokens("Cust. Mob No")
    ('customer', 'mobile', 'number')
    """
    known = dictionary()
    text = _OWN_PREFIX.sub("", header).replace("'s", "").replace("’s", "").replace("%", " percent ")
    text = re.sub(r"\b[Ee]-?[Mm]ail", "email", text)
    text = _COUNT.sub("quantity ", text)
    whole = known.abbreviations.get(squash(text))
    if whole:
        return whole
    raw = [part.casefold() for part in _PARTS.findall(text.replace("(s)", ""))]
    found: list[str] = []
    for part in _ordinals(raw):
        word = "number" if part == "#" else part
        for plain in known.abbreviations.get(word, (word,)):
            found.append(_plain(plain))
    return tuple(dict.fromkeys(found))


def _ordinals(parts: Sequence[str]) -> list[str]:
    """Put the parts of `2nd` together again."""
    joined: list[str] = []
    for part in parts:
        if part in ("nd", "rd", "st") and joined and joined[-1].isdigit():
            joined[-1] = _ORDINALS.get(joined[-1] + part, joined[-1])
        else:
            joined.append(part)
    return joined


@cache
def _plain(word: str) -> str:
    """Return the word that stands for this one: one number, the trade's first word."""
    known = dictionary()
    word = _ORDINALS.get(word, word)
    for form in (word, _singular(word)):
        if form in known.words:
            return known.words[form]
    return _singular(word)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "gas")):
        return word[:-1]
    return word


def is_marked_own(header: str) -> bool:
    """Return whether the export itself says that this is one of the tenant's own fields."""
    return bool(_OWN_PREFIX.match(header))


def unit(header: str) -> str:
    """Return the unit in brackets at the end of a header, or nothing."""
    found = _UNIT.search(header)
    text = found.group(1).casefold().replace(" ", "") if found else ""
    return text if text in dictionary().units else ""


def words_for(kind: str) -> frozenset[str]:
    """Return the words of headers that tell a type: `counted`, `coded`, `chosen` ..."""
    return dictionary().types[kind]


def label(header: str) -> str:
    """Return a header as the label of a new field: without the mark of own fields."""
    return _OWN_PREFIX.sub("", header).strip() or header
