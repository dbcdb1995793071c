from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import crossdock.emulator
from crossdock.emulator.catalog import table
from crossdock.emulator.languages import LANGUAGES, translated

from .conftest import Api

FOREIGN = [each for each in LANGUAGES if each != "en"]
#: Rooms that are no Freshsales and speak to whoever tests with them.
OURS = {"control", "imports", "lived_in", "people"}
#: What says no, and the tables of texts that it draws from.
CALLS = {"invalid", "forbidden", "complain"}
TABLES = {"_UNIQUE", "unique", "_UNKNOWN_ID", "required"}


def template(node: ast.AST) -> str | None:
    """Return a text of the source with `{}` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    return None


def texts(node: ast.AST) -> Iterator[str]:
    """Yield the texts in an expression, but not those that calls inside it are given as labels."""
    found = template(node)
    if found is not None:
        yield found
        return
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("errors."):
        return
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


def said_in(node: ast.AST) -> Iterator[str]:
    """Yield the texts of refusals that one piece of code can say."""
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name.rpartition(".")[2] in CALLS or name.endswith("wrong.append"):
            for argument in node.args:
                yield from texts(argument)
        for keyword in node.keywords:
            if keyword.arg in TABLES and isinstance(keyword.value, ast.Dict):
                yield from (each for value in keyword.value.values for each in texts(value))
    if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = {ast.unparse(each) for each in targets}
        if names & TABLES and isinstance(node.value, ast.Dict):
            yield from (each for value in node.value.values for each in texts(value))
        if "wrong" in names and isinstance(node.value, ast.ListComp):
            yield from texts(node.value.elt)


def said() -> dict[str, str]:
    """Return every text of a refusal in the emulator's code, and where it is said."""
    root = Path(str(crossdock.emulator.__file__)).parent
    found: dict[str, str] = {}
    for path in sorted(root.rglob("*.py")):
        room = path.relative_to(root)
        if room.parts[0] in OURS:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            found |= {text: f"{room}:{getattr(node, 'lineno', 0)}" for text in said_in(node)}
        if room.name == "errors.py":
            found |= dict.fromkeys(said_by_helpers(tree), "errors.py")
    return found


def said_by_helpers(tree: ast.AST) -> Iterator[str]:
    """Yield the texts that the helpers for refusals return, and their defaults."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "_listed":
            yield from (text for each in node.args[1:] for text in texts(each))
        if isinstance(node, ast.Return) and isinstance(node.value, ast.JoinedStr):
            yield from texts(node.value)
        if isinstance(node, ast.FunctionDef) and node.name == "forbidden":
            yield from (text for each in node.args.defaults for text in texts(each))


def test_the_scan_finds_what_is_known_to_be_said() -> None:
    found = set(said())
    assert found >= {
        "{} already exists.",
        "{} can't be empty",
        "{} is not in required length",
        "The requested {} is not in the CRM",
        "You are not authorized to perform this operation.",
        "Invalid lifecycle stage provided.",
        "Description can't be empty",
        "Deal stage doesn't exist",
        "Maximum of {} choices can be added",
        "{} can't be blank",
    }
    assert len(found) > 50


@pytest.mark.parametrize("language", FOREIGN)
def test_every_text_has_a_translation(language: str) -> None:
    missing = {
        text: where
        for text, where in said().items()
        if translated([text.replace("{}", "Ö 1")], language) == [text.replace("{}", "Ö 1")]
    }
    assert not missing


@pytest.mark.parametrize("language", FOREIGN)
def test_every_translation_fills_in_what_the_text_does(language: str) -> None:
    for text, words in table("languages").items():
        assert words[language].count("{}") == text.count("{}"), text


def test_no_translation_is_for_a_text_that_nobody_says() -> None:
    examples = [text.replace("{}", "Ö 1") for text in said()]
    spoken = {translated([each], "es")[0] for each in examples}
    for words in table("languages").values():
        parts = words["es"].split("{}")
        assert any(all(part in each for part in parts) for each in spoken), words["es"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "jane@x.co ya existe."),
        ("nl", "jane@x.co bestaat al."),
        ("de", "jane@x.co existiert bereits."),
        ("fr", "jane@x.co existe déjà."),
        ("es-MX", "jane@x.co ya existe."),
        ("en", "jane@x.co already exists."),
        ("en-AU", "jane@x.co already exists."),
        ("ja", "jane@x.co already exists."),
    ],
)
def test_a_taken_address_is_refused_in_the_language(language: str, text: str) -> None:
    assert translated(["jane@x.co already exists."], language) == [text]


def test_labels_stay_as_they_are() -> None:
    assert translated(["Deal name can't be empty"], "fr") == ["Deal name ne peut pas être vide"]


def test_a_label_may_look_like_a_placeholder_or_hold_lines() -> None:
    assert translated(["{0}\n{x} is not valid"], "de") == ["{0}\n{x} ist nicht gültig"]


def test_several_texts_keep_their_order_and_unknown_ones_stay_english() -> None:
    messages = ["Name has already been taken", "UCR contact fetch failure", "ABN is not unique"]
    assert translated(messages, "nl") == [
        "Name is al in gebruik",
        "UCR contact fetch failure",
        "ABN is niet uniek",
    ]


def test_what_the_account_says_can_be_said_in_spanish(api: Api) -> None:
    api.contact(emails="a@x.co")
    status, messages = api.refused("POST", "contacts", {"contact": {"emails": "A@x.co"}})
    assert (status, translated(messages, "es")) == (400, ["A@x.co ya existe."])
