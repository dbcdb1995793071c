"""Makes the pages of `docs/reference` that follow from the code: `python docs/generate.py`.

A test compares the committed pages with what this script makes, so that they cannot fall behind.
`--check` writes nothing and names the pages that differ.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType

from becomes import BECOMES
from typer import Context
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

import crossdock
from crossdock import errors
from crossdock.cli.app import app
from crossdock.connectors.octopuspro import catalogue
from crossdock.desk.mapping import mapping_schema
from crossdock.emulator import assumptions, control, coverage
from crossdock.mapping import document, transforms
from crossdock.mapping.document import SCHEMA_FILE, Line, Mapping
from crossdock.mapping.transforms.allowed import FUNCTIONS, TYPES
from crossdock.mapping.transforms.transform import Transform
from crossdock.model.findings import Severity
from crossdock.profile import rules
from crossdock.routes.octopuspro_freshsales import ROUTE

PAGES = Path(__file__).parent / "reference"
SOURCE = Path(crossdock.__file__).parent

_MADE = "<!-- Made by docs/generate.py from the code. Do not edit. -->"
_SEVERITIES = {
    Severity.BLOCKS: "stops what comes next",
    Severity.WARNS: "look at it before you confirm",
    Severity.NOTES: "good to know",
}
_GROUPS = {
    errors.BlockedError: "Decide or repair something, then go on",
    errors.UsageError: "Correct the command or the settings",
    errors.RemoteError: "Look at the destination or the network",
    errors.GateError: "Look at the numbers that do not balance",
}


def page(title: str, origin: str, *parts: str) -> str:
    """Return a whole page; `origin` says which code it was made from."""
    body = "\n\n".join(part.strip("\n") for part in parts if part)
    return f"{_MADE}\n\n# {title}\n\nMade from {origin}.\n\n{body}\n"


def table(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(headers) + " |", "|" + "---|" * len(headers)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def code(text: object) -> str:
    """Return a word of the program as Markdown shows it."""
    return f"`{text}`" if text not in ("", None) else ""


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")


def prose(docstring: str | None) -> str:
    """Return a docstring with its marks as Markdown."""
    return inspect.cleandoc(docstring or "").replace("``", "`")


# --- errors ---------------------------------------------------------------------------------


def error_classes() -> list[type[errors.CrossdockError]]:
    """Return every error with a code of its own, by code."""
    found = [
        value
        for value in vars(errors).values()
        if isinstance(value, type)
        and issubclass(value, errors.CrossdockError)
        and "code" in vars(value)
        and value is not errors.CrossdockError
    ]
    return sorted(found, key=lambda error: error.code)


def _raised() -> set[str]:
    """Return the names of errors that some code makes, not only catches or names in a type."""
    names: set[str] = set()
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                names |= {n.id for n in ast.walk(node.func) if isinstance(n, ast.Name)}
    return names


def _trees() -> Iterator[ast.Module]:
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name != "errors.py":
            yield ast.parse(path.read_text("utf-8"))


def errors_page() -> str:
    """Return the page of all errors."""
    raised = _raised()
    parts = [
        "A command that cannot do what it promised prints the error's code, what happened, what "
        "was and was not written, and the next command; with `--json` the same as one document "
        "(see [json.md](json.md)). Without an error, commands exit with 0. Beside these, "
        "`inspect`, `fields` and `users` exit with 1 while something is open, `verify` and `demo` "
        "with 4 when what arrived is not as planned, and a command that was typed wrongly with 2.",
        table(
            ("exit code", "what to do"),
            [(group.exit_code, meaning) for group, meaning in _GROUPS.items()],
        ),
    ]
    for group, meaning in _GROUPS.items():
        own = [error for error in error_classes() if issubclass(error, group)]
        rows = [
            (
                f"**{error.code}**",
                prose(error.__doc__)
                + ("" if error.__name__ in raised else " *No command raises this yet.*"),
                code(error.__name__),
            )
            for error in own
        ]
        parts += [
            f"## Exit code {group.exit_code}: {meaning.lower()}",
            table(("code", "meaning", "class"), rows),
        ]
    return page("Errors", code("src/crossdock/errors.py"), *parts)


# --- findings -------------------------------------------------------------------------------


def findings_in_code() -> list[tuple[str, Severity, str, str]]:
    """Return code, severity, message and remedy of the findings that functions make."""
    found = []
    for tree in _trees():
        for node in ast.walk(tree):
            if _calls(node, "Finding") and isinstance(node, ast.Call) and len(node.args) >= 4:
                name, severity, message, remedy = node.args[:4]
                if isinstance(name, ast.Constant) and isinstance(severity, ast.Attribute):
                    value = Severity[severity.attr]
                    found.append((str(name.value), value, _text(message), _text(remedy)))
    return sorted(found)


def questions_in_code() -> list[tuple[str, str]]:
    """Return the code and the message of every question that intake may ask."""
    found = []
    for tree in _trees():
        named = {
            target.id: node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if _calls(node, "Question") and isinstance(node, ast.Call) and len(node.args) >= 2:
                name, message = node.args[:2]
                name = named.get(name.id, name) if isinstance(name, ast.Name) else name
                found.append((_text(name), _text(message)))
    return sorted(found)


def _calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _text(node: ast.AST) -> str:
    """Return a text of the code for several, with an ellipsis for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + _text(node.right)
    if _calls(node, "count") and isinstance(node, ast.Call):
        many = _text(node.args[2]) if len(node.args) > 2 else f"{_text(node.args[1])}s"
        return f"… {many}"
    return "…"


def findings_page() -> str:
    """Return the page of all findings and questions."""
    asked = [
        (name, Severity(rule["severity"]), rule["message"], rule["remedy"])
        for name, rule in rules.catalogue().items()
    ]
    return page(
        "Findings and questions",
        "`src/crossdock/profile/catalogue` and the code",
        "A finding is something true about the data or the destination that you should know. "
        "`inspect` shows those about the export, `plan` those about the plan; the report repeats "
        "the latter. Each names up to a handful of places. One that blocks makes `inspect` exit "
        "with 1; so does an open question.",
        table(("severity", "meaning"), [(code(s), m) for s, m in _SEVERITIES.items()]),
        "## About the export, from the rules",
        _findings_table(asked),
        "## From the code",
        _findings_table(findings_in_code()),
        "## Questions",
        "A question is something that the data does not decide. Nothing goes on before it is "
        "answered with `crossdock answer CODE VALUE`; the answer is kept in `answers.json`. "
        "See [answer a question](../how-to/answer-a-question.md).",
        table(("code", "what is asked"), [(code(c), m) for c, m in questions_in_code()]),
    )


def _findings_table(found: Sequence[tuple[str, Severity, str, str]]) -> str:
    rows = [
        (f"`{name}`", code(severity), message.replace("{n}", "…"), remedy)
        for name, severity, message, remedy in found
    ]
    return table(("code", "severity", "what it says", "what to do"), rows)


# --- the mapping ----------------------------------------------------------------------------


def transforms_page() -> str:
    """Return the page of all transforms with their examples and the SQL that each becomes."""
    return page(
        "Transforms",
        code("src/crossdock/mapping/transforms"),
        "A line of `mapping.toml` names its transform in `by`. Each becomes one SQL expression "
        "that DuckDB evaluates for all records at once; the SQL below is what is made of a column "
        "`c`, or of `c` and `d`. Where an example makes nothing, the field is not sent. The "
        "examples are run by a test, for a business in Sydney. "
        "See [edit the mapping](../how-to/edit-the-mapping.md).",
        *map(_transform, transforms.TRANSFORMS),
        "## What an SQL expression may use",
        "An expression is one value over the columns of the entity: no query, no other rows, no "
        "parameters. It is tried on every row when the mapping is confirmed; one that fails for "
        "a row is refused with the row's key. It may call these functions, and no others. None of "
        "them reads files, settings, the clock or the network.",
        ", ".join(code(name) for name in sorted(FUNCTIONS) if name[0].isalpha()) + ".",
        f"It may cast to {', '.join(code(name) for name in sorted(TYPES))}.",
    )


def _transform(transform: Transform) -> str:
    least, most = transform.columns
    number = "one column" if most == 1 else f"{least} columns or more"
    argument = transform.argument and transform.examples[0].argument
    by = f"{transform.name}:{argument}" if argument else transform.name
    columns = ("c", "d")[: max(least, 1)]
    sql = transforms.expression(Line("deal", tuple(f"job.{c}" for c in columns), "target", by))
    rows = [
        (
            code(f"{transform.name}:{e.argument}" if e.argument else transform.name),
            ", ".join(_shown(value) for value in e.given),
            _shown(e.made),
        )
        for e in transform.examples
    ]
    examples = table(("by", "of", "makes"), rows) if rows else ""
    return "\n\n".join(
        part
        for part in (
            f"## `{transform.title}`",
            f"{transform.summary}.",
            f"Takes {number}: {', '.join(transform.takes)}. Gives {transform.gives}.",
            examples,
            f"```sql\n{sql}\n```",
        )
        if part
    )


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    return code(repr(value)[1:-1] if isinstance(value, str) else value)


def policies_page() -> str:
    """Return the page of the route's policies."""
    parts = []
    for policy in ROUTE.policies:
        rows = [
            (code(value or '""') + (" (default)" if value == policy.default else ""), meaning)
            for value, meaning in policy.choices.items()
        ]
        parts.append(f"## `{policy.name}`\n\n{policy.question}\n\n{table(('value', ''), rows)}")
    return page(
        "Policies",
        "`src/crossdock/routes/octopuspro_freshsales/route.py`",
        "A policy is a decision that the data does not make. The chosen ones stand under "
        "`[policies]` in `mapping.toml`; after a change the mapping is confirmed again.",
        *parts,
    )


def schema_file() -> str:
    """Return the JSON Schema of mapping.toml, as it is written beside each."""
    return mapping_schema(ROUTE)


def mapping_page() -> str:
    """Return the page of the default mapping."""
    mapping = document.parse(ROUTE.default_mapping())
    rows = [
        (
            number,
            phase.label,
            code(phase.entity),
            "checked only" if phase.checked else "",
            f"needs {code(phase.needs)}; else: {phase.without}" if phase.needs else "",
        )
        for number, phase in enumerate(ROUTE.phases, 1)
    ]
    return page(
        "The default mapping",
        "`src/crossdock/routes/octopuspro_freshsales/mapping.toml` and `route.py`",
        "What `crossdock map propose` starts from. It leaves out custom fields of which the "
        "export holds no value, and adds the fields that the tenant made for itself. `job`, "
        "`person`, `visit`, `activity` and `event` are what the route made of several objects. "
        "Transforms are explained in [transforms.md](transforms.md).",
        "## Phases, in the order in which they are loaded",
        table(("", "phase", "entity", "", "condition"), rows),
        *(_entity(mapping, entity) for entity in mapping.entities()),
    )


def _entity(mapping: Mapping, entity: str) -> str:
    label = next(phase.label for phase in ROUTE.phases if phase.entity == entity)
    types = {f.label: f.type for f in mapping.new_fields if f.entity == entity}
    rows = []
    for line in mapping.lines:
        if line.entity == entity:
            target = f"custom field *{line.label}* ({types.get(line.label, 'text')})"
            rows.append(
                (
                    ", ".join(code(source) for source in line.sources),
                    target if line.is_custom else code(line.target),
                    code(line.transform),
                    line.reason,
                )
            )
    return f"## {label}: `{entity}`\n\n{table(('from', 'to', 'by', 'why'), rows)}"


# --- commands -------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, TyperCommand]]:
    """Yield every command with its full name, in the order of the help."""
    root = get_command(app)
    assert isinstance(root, TyperGroup)
    yield from _commands(root, "crossdock")


def _commands(group: TyperGroup, name: str) -> Iterator[tuple[str, TyperCommand]]:
    for own, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{name} {own}")
        else:
            assert isinstance(command, TyperCommand)
            yield f"{name} {own}", command


def commands_page() -> str:
    """Return the page of every command and option."""
    parts = []
    for name, command in commands():
        context = Context(command, info_name=name)
        arguments, options = [], []
        for parameter in command.params:
            record = parameter.get_help_record(context)
            if record is None or "--help" in parameter.opts:
                continue
            place = arguments if parameter.param_type_name == "argument" else options
            place.append((code(record[0]), record[1]))
        usage = " ".join(
            piece.strip("{}").upper() for piece in command.collect_usage_pieces(context)
        )
        tables = [
            table((head, ""), rows)
            for head, rows in (("argument", arguments), ("option", options))
            if rows
        ]
        parts.append(
            f"## `{name}`\n\n{prose(command.help)}\n\n```\n{name} {usage}\n```\n\n"
            + "\n\n".join(tables)
        )
    return page(
        "Commands",
        "the command line itself",
        "Every command prints its options with `--help`. Results go to standard output, progress "
        "and errors to standard error. What `--json` prints stands in [json.md](json.md), "
        "exit codes in [errors.md](errors.md).",
        *parts,
    )


# --- both systems ---------------------------------------------------------------------------


def objects_page() -> str:
    """Return the page of every object of an export with its columns."""
    overview = []
    parts = []
    for obj in catalogue.objects():
        marks = ["needed"] if obj.needed else []
        marks += ["setting"] if obj.settings else []
        link = f"[{obj.label}](#{_anchor(obj.label)})"
        overview.append((link, code(obj.name), ", ".join(marks), BECOMES[obj.name]))
        rows = [
            (column.header, code(column.name), str(column.type), ", ".join(column.aliases))
            for column in obj.columns
        ]
        key = f"Key: {', '.join(map(code, obj.key))}.\n\n" if obj.key else ""
        parts.append(
            f"## {obj.label}\n\nObject `{obj.name}`. {key}"
            + table(("header", "column", "type", "also called"), rows)
        )
    return page(
        "Objects of an OctopusPro export",
        "`src/crossdock/connectors/octopuspro/objects.toml` (what becomes of each is written by "
        "hand in `docs/becomes.py`)",
        "A file is recognised by its headers, not by its name; case, spaces and punctuation of a "
        "header do not count. *Needed* objects are asked about when no file holds them. *Settings* "
        "configure the old system: they are read as knowledge and moved nowhere. A column that is "
        "not listed here is kept; those of customers and bookings are proposed as custom fields.",
        table(("object", "name", "", "what becomes of it"), overview),
        *parts,
    )


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def emulator_page() -> str:
    """Return the page of what the emulator does and what it assumes."""
    return page(
        "The emulator",
        "`src/crossdock/emulator`",
        "`crossdock emulator` is a Freshsales on this machine, written from what is publicly "
        "known of the real one. *Documented* is said by the maker, *observed* was recorded by "
        "somebody, *inferred* is our conclusion. How to use it: "
        "[try on the emulator](../how-to/try-on-the-emulator.md).",
        "## The control surface",
        "What an administrator does on screens, and what tests want to know. It is no part of "
        "Freshsales, asks for no key, and counts against no allowance.",
        "```\n" + _indented_table(control) + "\n```",
        "## What its assumptions are",
        "Where nothing is known, the stricter answer is the default.",
        table(("assumption", "default", "what it decides"), _assumptions()),
        "## Every known operation",
        coverage.markdown(),
    )


def _indented_table(module: ModuleType) -> str:
    lines = (module.__doc__ or "").splitlines()
    marks = [place for place, line in enumerate(lines) if line.startswith("===")]
    return "\n".join(lines[marks[0] + 1 : marks[1]]).replace("`", "")


def _assumptions() -> list[tuple[str, str, str]]:
    """Return each assumption with its default and the comment that stands above it."""
    defaults = assumptions.Assumptions()
    found, comment = [], ""
    for line in inspect.getsource(assumptions.Assumptions).splitlines():
        text = line.strip()
        if text.startswith("#:"):
            comment = f"{comment} {text.removeprefix('#:').strip()}"
        elif match := re.match(r"(\w+): \w+ = ", text):
            name = match[1]
            found.append((code(name), code(getattr(defaults, name)), comment.strip()))
            comment = ""
    return found


GENERATED: dict[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "findings.md": findings_page,
    "transforms.md": transforms_page,
    "policies.md": policies_page,
    "commands.md": commands_page,
    "objects.md": objects_page,
    "mapping.md": mapping_page,
    SCHEMA_FILE: schema_file,
    "emulator.md": emulator_page,
}


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` only say which ones differ; 1 when some do."""
    stale = [
        name
        for name, make in GENERATED.items()
        if not (PAGES / name).exists() or (PAGES / name).read_text("utf-8") != make()
    ]
    if "--check" in arguments:
        sys.stdout.writelines(f"docs/reference/{name} is not current\n" for name in stale)
        return 1 if stale else 0
    PAGES.mkdir(exist_ok=True)
    for name in stale:
        (PAGES / name).write_text(GENERATED[name](), "utf-8")
        sys.stdout.write(f"wrote docs/reference/{name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
