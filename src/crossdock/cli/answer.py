"""`crossdock answer`: a person's answer to a question about the data."""

from __future__ import annotations

from typing import Annotated

import typer

from crossdock.cli.common import HERE, JsonOption, ProjectOption, reported, show


def answer(
    code: Annotated[str, typer.Argument(help="The question's code, as inspect shows it.")],
    value: Annotated[str, typer.Argument(help="One of the question's choices, or a value.")],
    project: ProjectOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Answer a question that inspect asked. It is kept and never asked again."""
    from crossdock.desk.workbench import Workbench
    from crossdock.errors import AnswerError
    from crossdock.intake.intake import meaning_of_column, read_export
    from crossdock.intake.tables.claims import COLUMN
    from crossdock.load.doubt import meaning_in_doubt

    with reported(as_json, project):
        bench = Workbench(project)
        if code.startswith(COLUMN):
            meaning: str | None = meaning_of_column(bench.project, bench.source, code, value)
        else:
            with bench.project.database() as connection:
                questions = read_export(bench.project, bench.source, connection).questions
            question = next((q for q in questions if q.code == code), None)
            meaning = question.meaning(value) if question else meaning_in_doubt(code, value)
            if meaning is None:
                known = ", ".join(q.code for q in questions) or "none"
                raise AnswerError(
                    f"{code} {value} answers no open question (open: {known}).",
                    next_command="crossdock inspect",
                )
        bench.project.answer(code, value)
        show(
            as_json,
            {"code": code, "answer": value},
            lambda: typer.echo(f"Kept: {meaning}. Next: crossdock status"),
        )
