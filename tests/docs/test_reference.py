"""The reference is complete and current, and every link of the documentation leads somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from crossdock.connectors.octopuspro import catalogue
from crossdock.mapping import transforms
from tests.docs.console import DOCS, REPOSITORY

PROSE = sorted([*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    sys.path.insert(0, str(DOCS))
    spec = importlib.util.spec_from_file_location("docs_generate", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path.remove(str(DOCS))
    return module


def reference(name: str) -> str:
    return (DOCS / "reference" / name).read_text("utf-8")


def test_generated_pages_are_current(generate: ModuleType) -> None:
    stale = [name for name, make in generate.GENERATED.items() if reference(name) != make()]
    assert not stale, f"run: python docs/generate.py ({', '.join(stale)})"


def test_every_command_and_option_is_documented(generate: ModuleType) -> None:
    page = reference("commands.md")
    for name, command in generate.commands():
        section = page.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        assert section, f"{name} has no section"
        for parameter in command.params:
            if "--help" not in parameter.opts:
                shown = parameter.metavar or parameter.opts[0]
                shown = parameter.opts[0] if parameter.opts[0].startswith("-") else shown
                assert shown in section, f"{name} {shown}"


def test_every_error_code_is_documented(generate: ModuleType) -> None:
    codes = [error.code for error in generate.error_classes()]
    assert len(codes) == len(set(codes)), "two errors share a code"
    assert codes == sorted(set(re.findall(r"\*\*(E\d+)\*\*", reference("errors.md"))))


def test_every_finding_and_question_is_documented(generate: ModuleType) -> None:
    page = reference("findings.md")
    assert {"VALUE_UNMAPPED", "TEXT_CUT"} <= {found[0] for found in generate.findings_in_code()}
    for code, *_ in generate.findings_in_code() + generate.questions_in_code():
        assert f"`{code}`" in page


def test_every_transform_is_explained(generate: ModuleType) -> None:
    for name in transforms.NAMED:
        section = reference("transforms.md").partition(f"## `{name}`\n\n")[2]
        assert re.match(r"\w[^\n]{3,}", section), f"{name} has no meaning in the docstring's table"


def test_every_object_says_what_becomes_of_it(generate: ModuleType) -> None:
    assert {obj.name for obj in catalogue.objects()} == set(generate.BECOMES)


@pytest.mark.parametrize("page", PROSE, ids=lambda page: str(page.relative_to(REPOSITORY)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(_FENCE.sub("", page.read_text("utf-8"))):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_is_reachable_from_the_index() -> None:
    seen, waiting = set[Path](), [DOCS / "index.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for link in _LINK.findall(page.read_text("utf-8")):
            target = (page.parent / link.partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_relative_to(DOCS) and target.exists():
                waiting.append(target)
    assert seen == set(DOCS.rglob("*.md"))
