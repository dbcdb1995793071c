"""A mapping file whose lines come and go, with a person's comments where they were."""

from __future__ import annotations

from pathlib import Path

import tomlkit

from crossdock.mapping.document.model import Mapping
from crossdock.mapping.document.reading import read
from crossdock.mapping.document.writing import save
from crossdock.project import write_text


def save_merged(path: Path, mapping: Mapping) -> None:
    """Write a mapping over the file at a path, which may have lines and values that it lacks.

    Blocks of lines that stay keep their comments, wherever they stand now.
    """
    before = read(path)
    file = tomlkit.parse(path.read_text("utf-8"))
    ordered = []
    for entity in dict.fromkeys([*before.entities(), *mapping.entities()]):
        wanted = {(line.sources, line.target): line for line in mapping.of(entity)}
        old = [(line.sources, line.target) for line in before.of(entity)]
        for place in reversed(range(len(old))):
            if old[place] not in wanted:
                del file[entity]["lines"][place]
        if entity in file and not mapping.of(entity):
            del file[entity]
        first = [wanted.pop(key) for key in dict.fromkeys(old) if key in wanted]
        ordered += [*first, *wanted.values()]
    for name in [name for name in file.get("maps", {}) if name not in mapping.maps]:
        del file["maps"][name]
    for name, entries in file.get("maps", {}).items():
        for value in [value for value in entries if value not in mapping.maps[name]]:
            del entries[value]
    for name in [name for name in file["policies"] if name not in mapping.policies]:
        del file["policies"][name]
    write_text(path, tomlkit.dumps(file))
    mapping.lines = ordered
    save(path, mapping)
