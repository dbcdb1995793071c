"""How near a header is in meaning to the names of a place, by a model that lies on this disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

import duckdb

from crossdock.errors import ExtraMissingError, ExtraUnusableError
from crossdock.mapping.proposing.scorer import OWN, ColumnProfile, Evidence, Place, Surroundings
from crossdock.project import configure

#: Turns texts into vectors, one for each, all of the same length.
Encode = Callable[[Sequence[str]], Sequence[Sequence[float]]]

#: Below this likeness two names have nothing to do with each other; sentence models give even
#: unrelated short texts about this much.
_UNLIKE = 0.45
#: A reason is worth telling from here on.
_ALIKE = 0.7
_HELP = "docs/how-to/let-a-model-help.md"


class EmbeddingScorer:
    """Evidence from meaning. Vectors are kept in a store of their own, each text encoded once."""

    name = "embeddings"

    def __init__(self, encode: Encode) -> None:
        self._encode = encode
        self._known: set[str] = set()
        self._store = duckdb.connect()
        configure(self._store)
        self._store.execute("CREATE TABLE vector (text VARCHAR, numbers FLOAT[])")

    def score(
        self, profile: ColumnProfile, places: Sequence[Place], around: Surroundings
    ) -> Mapping[str, Evidence]:
        """Return how near each place's nearest name is to the header; only what is near at all."""
        names = {place.key: tuple(place.names) or (place.label,) for place in places}
        self._learn([profile.header, *(name for known in names.values() for name in known)])
        near = self._near(profile.header)
        found = {}
        for key, known in names.items():
            likeness, name = max((near.get(name, 0.0), name) for name in known)
            if likeness > _UNLIKE and key != OWN:
                found[key] = _evidence(likeness, name)
        return found

    def _learn(self, texts: Iterable[str]) -> None:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            vectors = [[float(n) for n in vector] for vector in self._encode(new)]
            self._store.execute(
                "INSERT INTO vector SELECT unnest($1::VARCHAR[]), unnest($2::FLOAT[][])",
                [new, vectors],
            )
            self._known.update(new)

    def _near(self, header: str) -> dict[str, float]:
        """Return the texts that are like a header at all, and how like, up to 1."""
        return dict(
            self._store.execute(
                """
                SELECT text, likeness FROM (
                    SELECT other.text,
                        list_cosine_similarity(other.numbers, mine.numbers) AS likeness
                    FROM vector other, vector mine WHERE mine.text = $1
                ) WHERE isfinite(likeness) AND likeness > $2
                """,
                [header, _UNLIKE],
            ).fetchall()
        )


def _evidence(likeness: float, name: str) -> Evidence:
    score = min(1.0, (likeness - _UNLIKE) / (1 - _UNLIKE))
    return Evidence(score, f'the header means nearly "{name}"' if likeness >= _ALIKE else "")


def open_embeddings(path: Path) -> EmbeddingScorer:
    """Return the scorer for a sentence model in a folder. Never downloads anything.

    Raises ExtraMissingError, ExtraUnusableError.
    """
    if not path.is_dir():
        raise ExtraUnusableError(
            f"There is no folder {path}; crossdock.toml names it as the model for embeddings.",
            next_command=f"correct [proposer] embeddings, or remove the line ({_HELP})",
        )
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        package = import_module("sentence_transformers")
    except ImportError as error:
        raise ExtraMissingError(
            "crossdock.toml names a model for embeddings, but the package sentence-transformers "
            "is not installed.",
            next_command=f"pip install sentence-transformers, or remove the line ({_HELP})",
        ) from error
    try:
        encode = package.SentenceTransformer(str(path), device="cpu", local_files_only=True).encode
    # The package raises whatever its many loaders raise.
    except Exception as error:
        raise ExtraUnusableError(
            f"The model in {path} cannot be loaded: {type(error).__name__}.",
            next_command=f"correct [proposer] embeddings, or remove the line ({_HELP})",
        ) from error
    return EmbeddingScorer(encode)
