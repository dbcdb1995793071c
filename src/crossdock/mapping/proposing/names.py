"""Evidence from names: the same words, other words for the same, abbreviations, slips."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from crossdock.connectors.octopuspro.catalogue import squash
from crossdock.mapping.proposing.scorer import OWN, ColumnProfile, Evidence, Place, Surroundings
from crossdock.mapping.proposing.words import (
    dictionary,
    is_marked_own,
    label,
    tokens,
    unit,
)

#: How much a word weighs that says little, and the object's own word.
_FILLER, _OBJECT = 0.05, 0.1
#: A slip of the pen, an abbreviation that is a beginning, one without vowels.
_SLIP, _BEGINNING, _SKELETON = 0.9, 0.85, 0.75
#: Two words are the same word with a slip from this likeness on.
_ALIKE = 0.8
#: What is left of a likeness when the header names somebody or something else.
_SOMEBODY_ELSE = 0.45
#: What a header in other words is worth beside one in the source's own.
_OTHER_WORDS = 0.97

#: One phrase: the key of its place, its words with their weights, and how it is spelled.
_Phrase = tuple[str, Mapping[str, float], str, float]


class Names:
    """Compares the words of a header with the words for each place."""

    name = "names"

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return how alike the header is to each place's names; for `own`, what speaks for it."""
        index = _index(around.object, _named(tuple(places)))
        header = label(profile.header)
        found = index.alike(header)
        if is_marked_own(profile.header):
            found = {key: e for key, e in found.items() if key.startswith("field:")}
        best = max((e.score for e in found.values()), default=0.0)
        own = _for_own(profile.header, index.foreign(header), best)
        return found | ({OWN: own} if own else {})


def _for_own(header: str, foreign: Sequence[str], best: float) -> Evidence | None:
    """Return what a header itself says for being the tenant's own field."""
    if best >= _OTHER_WORDS:
        return None
    if is_marked_own(header):
        return Evidence(1.0, "the export marks it as a field of the tenant's own")
    if foreign:
        return Evidence(0.6, f"“{foreign[0]}” is no part of such a record")
    if unit(header):
        return Evidence(0.5, f"it is measured in {unit(header)}")
    if header.rstrip().endswith("?"):
        return Evidence(0.5, "it asks a question")
    return None


class _Index:
    """All phrases of some places, to be asked by word."""

    def __init__(self, object_name: str, places: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        self._own_words = frozenset(tokens(object_name.removesuffix("_item")))
        self._by_word: dict[str, list[_Phrase]] = defaultdict(list)
        self._spelled: dict[str, dict[str, float]] = defaultdict(dict)
        for key, names in places:
            for at, name in enumerate(dict.fromkeys(names)):
                worth = 1.0 if at == 0 else 0.99 if name[:1].isupper() else _OTHER_WORDS
                words = tokens(name)
                phrase = (key, self._weighed(words), name, worth)
                for word in words:
                    self._by_word[word].append(phrase)
                spelled = self._spelled[squash(name)]
                spelled[key] = max(worth, spelled.get(key, 0.0))
        known = dictionary()
        self._known = sorted({*self._by_word, *known.filler, *known.foreign})

    def _weighed(self, words: Sequence[str]) -> dict[str, float]:
        """Return each word's weight; where all say little, each counts whole."""
        filler = dictionary().filler
        weights = {
            w: _FILLER if w in filler else _OBJECT if w in self._own_words else 1.0 for w in words
        }
        return weights if any(x == 1.0 for x in weights.values()) else dict.fromkeys(words, 1.0)

    def foreign(self, header: str) -> list[str]:
        """Return the words of a header that speak of something else than the record."""
        return [w for w in tokens(header) if w in dictionary().foreign]

    def alike(self, header: str) -> dict[str, Evidence]:
        """Return evidence for every place whose names have a word of this header."""
        exact = self._spelled.get(squash(header), {})
        meant = {word: self._meant(word) for word in tokens(header)}
        weights = self._weighed(list(meant))
        best: dict[str, tuple[float, str]] = {}
        seen: set[int] = set()
        for readings in meant.values():
            for reading in readings:
                for phrase in self._by_word.get(reading, ()):
                    if id(phrase) in seen:
                        continue
                    seen.add(id(phrase))
                    key, spelled = phrase[0], phrase[2]
                    score = self._overlap(meant, weights, phrase)
                    if score > best.get(key, (0.0, ""))[0]:
                        best[key] = (score, spelled)
        found = {key: Evidence(score, _words(score, name)) for key, (score, name) in best.items()}
        for key, worth in exact.items():
            found[key] = Evidence(worth, "the header is a known name of it")
        return found

    def _overlap(
        self,
        meant: Mapping[str, Mapping[str, float]],
        weights: Mapping[str, float],
        phrase: _Phrase,
    ) -> float:
        """Return the share of words that header and phrase have in common, by weight."""
        _, wanted, _, worth = phrase
        common = extra = 0.0
        matched: set[str] = set()
        is_foreign = False
        for word, readings in meant.items():
            hit = max(
                ((q, r) for r, q in readings.items() if r in wanted and r not in matched),
                default=None,
            )
            if hit is None:
                if word.isdigit() and word != "1":
                    return 0.0
                extra += weights[word]
                is_foreign = is_foreign or bool(dictionary().foreign & readings.keys())
            else:
                matched.add(hit[1])
                common += wanted[hit[1]] * hit[0]
                extra += wanted[hit[1]] * (1 - hit[0])
        missing = [w for w in wanted if w not in matched]
        if any(w.isdigit() for w in missing):
            return 0.0
        whole = common + extra + sum(wanted[w] for w in missing)
        score = min(worth, _OTHER_WORDS) * common / whole if whole else 0.0
        return score * _SOMEBODY_ELSE if is_foreign else score

    def _meant(self, word: str) -> Mapping[str, float]:
        """Return the known words that a word may be, with how surely it is each."""
        if word in self._by_word or word.isdigit():
            return {word: 1.0}
        known = dictionary()
        if word in known.filler or word in known.foreign:
            return {word: 1.0}
        return self._guessed(word) or {word: 1.0}

    def _guessed(self, word: str) -> dict[str, float]:
        found: dict[str, float] = {}
        if len(word) >= 5:
            near = process.extract(
                word, self._known, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=3
            )
            found = {other: _SLIP * likeness for other, likeness, _ in near}
        if found or len(word) < 3:
            return found
        for other in self._by_word:
            if len(other) > len(word) and other[0] == word[0]:
                if other.startswith(word):
                    found[other] = _BEGINNING
                elif _is_skeleton(word, other):
                    found[other] = _SKELETON
        return found


def _is_skeleton(short: str, word: str) -> bool:
    """Return whether a writing leaves out letters of a word, vowels above all."""
    rest = iter(word)
    if not all(letter in rest for letter in short):
        return False
    consonants = [c for c in word if c not in "aeiou"]
    return 2 * len([c for c in short if c not in "aeiou"]) > len(consonants)


@cache
def _index(object_name: str, places: tuple[tuple[str, tuple[str, ...]], ...]) -> _Index:
    return _Index(object_name, places)


@cache
def _named(places: tuple[Place, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((p.key, tuple(p.names)) for p in places if p.names)


def _words(score: float, name: str) -> str:
    if score >= 0.9:
        return f"the header says “{name}” in other words"
    return f"the header is like “{name}”" if score >= 0.5 else ""
