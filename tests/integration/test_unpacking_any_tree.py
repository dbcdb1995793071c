"""Any tree of folders and archives unpacks to just the files that another reader lists."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.errors import ExportEmptyError
from crossdock.intake.unpack import unpack
from tests.integration.archives import Members, files_in, packed
from tests.tries import tries

_WORDS = st.sampled_from(["a", "B", "b", "media", "files", "ö", "o\u0308", "x y", "con", "m.zip"])
_NAMES = st.one_of(
    st.lists(_WORDS, min_size=1, max_size=3).map(lambda words: "/".join(words) + ".csv"),
    st.sampled_from(["__MACOSX/a.csv", ".DS_Store", "b/Thumbs.db", "../x.csv", "/x.csv", "a\\b"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8).filter(
        lambda name: name and not name.lower().endswith(".zip")
    ),
)
_FILES = st.lists(st.tuples(_NAMES, st.binary(max_size=20)), max_size=5)


def _with_archives(inside: st.SearchStrategy[Members]) -> st.SearchStrategy[Members]:
    zips = st.tuples(st.sampled_from(["m.zip", "a/m.ZIP", "files/z.zip"]), inside.map(packed))
    return st.tuples(_FILES, st.lists(zips, max_size=2)).map(lambda both: [*both[0], *both[1]])


#: Members of an archive, some of which are archives, up to four in each other.
_TREES = st.recursive(_FILES, _with_archives, max_leaves=4)


def _listed(content: bytes, in_files: bool = False) -> Iterator[bytes]:
    """Return the content of every file that is a part of the export, as zipfile lists them."""
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        for member in zipped.infolist():
            path = PurePosixPath(member.filename.replace("\\", "/"))
            parts = [part for part in path.parts if part not in ("..", "/", "//")]
            below = in_files or "files" in parts[:-1]
            if member.filename.endswith(("/", "\\")) and not member.file_size:
                continue
            if parts and (parts[-1] == "Thumbs.db" or parts[-1][:1] == "."):
                continue
            if "__MACOSX" in parts[:-1]:
                continue
            if parts and parts[-1].lower().endswith(".zip") and not below:
                yield from _listed(zipped.read(member), parts[-1].lower() == "files.zip")
            else:
                yield zipped.read(member)


@settings(max_examples=tries(30), deadline=None)
@given(_TREES)
def test_an_archive_unpacks_to_the_files_that_another_reader_lists(tree: Members) -> None:
    content = packed(tree)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "export.zip").write_bytes(content)
        try:
            found = unpack(folder / "export.zip", folder / "work").folder
        except ExportEmptyError:
            assert list(_listed(content)) == []
            return
        assert Counter(files_in(found).values()) == Counter(_listed(content))
        assert _outside(folder) == {"export.zip", "work/export.json"}


@settings(max_examples=tries(15), deadline=None)
@given(st.dictionaries(st.sampled_from(["a/b.csv", "c.csv", "a/d.txt"]), st.binary()), _TREES)
def test_a_folder_unpacks_to_its_files_and_those_of_its_archive(
    files: Mapping[str, bytes], tree: Members
) -> None:
    content = packed(tree)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, value in [*files.items(), ("more/m.zip", content)]:
            (folder / "export" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "export" / path).write_bytes(value)
        before = files_in(folder / "export")
        found = unpack(folder / "export", folder / "work").folder
        expected = Counter([*files.values(), *_listed(content)])
        assert Counter(files_in(found).values()) == expected
        assert files_in(folder / "export") == before


def _outside(folder: Path) -> set[str]:
    return {name for name in files_in(folder) if not name.startswith("work/export/")}
