"""An SQL expression of the mapping computes a value of a row, and reaches nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crossdock.errors import MappingInvalidError
from crossdock.mapping.document import Line
from crossdock.mapping.transforms import check, expression
from crossdock.mapping.transforms.allowed import FUNCTIONS
from crossdock.mapping.transforms.parsing import sandbox
from crossdock.project import configure
from tests.integration.desks import Desk
from tests.tries import tries

SECRET = "the-safe-is-behind-the-clock"
REFUSED = tomllib.loads(Path(__file__).with_name("sql_refused.toml").read_text("utf-8"))
#: Operators that look like functions.
NO_FUNCTIONS = {"coalesce", "ifnull"}


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that no expression may read."""
    path = tmp_path_factory.mktemp("elsewhere") / "secret.csv"
    path.write_text(f"content\n{SECRET}\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        configure(opened)
        opened.execute(f"SET VARIABLE secret = '{SECRET}'")
        opened.execute(f"CREATE TABLE other AS SELECT '{SECRET}' AS content")
        opened.execute(
            """
            CREATE TABLE deal AS SELECT 'JOB-' || (10 + i) AS source_key,
                CASE WHEN i % 4 = 2 THEN 'about ' || i ELSE i::VARCHAR END AS amount,
                i * 1.5 AS n, DATE '2025-01-31' AS d, ['a', 'b'] AS l, '{"a": 1}'::JSON AS j,
                'x' || i AS "Gate code" FROM range(10) r(i)
            """
        )
        yield opened


def line_of(sql: str) -> Line:
    return Line("deal", ("job.amount",), "amount", f"sql:{sql}", at=12)


def values(connection: duckdb.DuckDBPyConnection, sql: str) -> list[object]:
    line = line_of(sql)
    check(connection, "deal", line)
    rows = connection.execute(f"SELECT {expression(line)} FROM deal r ORDER BY source_key")
    return [row[0] for row in rows.fetchall()]


@pytest.mark.parametrize(
    ("says", "sql"), [(says, sql) for says, group in REFUSED.items() for sql in group["by"]]
)
def test_an_expression_that_reaches_beyond_its_row_is_E123(  # noqa: N802
    connection: duckdb.DuckDBPyConnection, secret: Path, says: str, sql: str
) -> None:
    written = sql.format(secret=secret)
    with pytest.raises(MappingInvalidError) as raised:
        check(connection, "deal", line_of(written))
    assert str(raised.value).startswith("[E123] In mapping.toml, line 12, deal.amount: ")
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("sql", "first"),
    [
        ('upper("Gate code")', "X0"),
        ("n + 1", 1),
        ("amount || ' - ' || n", "0 - 0.0"),
        ("try_cast(amount AS INTEGER) * 2", 0),
        ("TRY(CAST(amount AS INTEGER))", 0),
        ("CASE WHEN n > 3 THEN 'big' ELSE 'small' END", "small"),
        ("if(amount LIKE 'about%', NULL, amount)", "0"),
        ("coalesce(nullif(amount, '0'), 'none')", "none"),
        ("array_to_string([upper(x) FOR x IN l IF x <> 'a'], ',')", "B"),
        ("array_to_string(list_transform(l, lambda x, i: x || i), ',')", "a1,b2"),
        ("strftime(d + INTERVAL 1 DAY, '%d.%m.%Y')", "01.02.2025"),
        ("extract(year FROM d)", 2025),
        ("j->>'$.a'", "1"),
        ("amount -- what the customer sees", "0"),
        ("amount /* ) FROM other */", "0"),
        ("'it''s ' || $$a ' quote$$", "it's a ' quote"),
        ("ALL amount", "0"),
        ("n BETWEEN 0 AND 1 AND amount IN ('0', '1')", True),
    ],
)
def test_an_expression_over_its_row_gives_a_value(
    connection: duckdb.DuckDBPyConnection, sql: str, first: object
) -> None:
    assert values(connection, sql)[0] == first


def test_a_name_that_a_lambda_gives_is_no_column_outside_of_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert values(connection, "list_transform(l, lambda current_user: current_user)")[0] == [
        "a",
        "b",
    ]


def test_an_expression_that_fails_for_some_rows_is_refused_with_their_number_and_the_first(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(MappingInvalidError) as raised:
        check(connection, "deal", line_of("CAST(amount AS INTEGER)"))
    assert (
        "line 12, deal.amount: its SQL fails for 2 rows, first JOB-12: Conversion Error: Could not "
        "convert string 'about 2' to INT32" in str(raised.value)
    )
    assert "use try_cast or TRY(...) to leave such values empty" in str(raised.value)
    assert "crossdock map confirm --by NAME" in str(raised.value)


@pytest.mark.parametrize(
    ("sql", "hint"),
    [
        ("amuont", "(is it amount?)"),
        ("uper(amount)", "(is it upper?)"),
        ("amount::VARCAR", "(is it VARCHAR?)"),
    ],
)
def test_a_slip_of_the_pen_is_refused_with_the_name_probably_meant(
    connection: duckdb.DuckDBPyConnection, sql: str, hint: str
) -> None:
    with pytest.raises(MappingInvalidError) as raised:
        check(connection, "deal", line_of(sql))
    assert hint in str(raised.value)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("x" * 100_000, "its SQL has 100000 characters, and 2000 is the most"),
        ("(" * 999 + "n" + ")" * 999, "brackets within brackets more than 50 deep"),
        ("(" * 1999, "brackets within brackets more than 50 deep"),
        ("[" * 999 + "]" * 999, "brackets within brackets more than 50 deep"),
        ("NOT " * 490 + "true" + "\0", "a character that cannot be shown"),
        ("- " * 990 + "n", "its SQL"),
        ("\ud800", "its SQL cannot be read"),
    ],
    ids=["long", "deep", "open", "lists", "NUL", "minus", "half a letter"],
)
def test_what_would_overload_the_parser_is_refused(
    connection: duckdb.DuckDBPyConnection, sql: str, says: str
) -> None:
    with pytest.raises(MappingInvalidError) as raised:
        check(connection, "deal", line_of(sql))
    assert says in str(raised.value)


def test_every_function_that_is_allowed_gives_the_same_for_the_same_and_changes_nothing(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = connection.execute(
        """
        SELECT function_name, bool_and(function_type IN ('scalar', 'macro')
            AND coalesce(stability, 'CONSISTENT') = 'CONSISTENT'
            AND NOT coalesce(has_side_effects, false)
            AND schema_name = 'main' AND internal)
        FROM duckdb_functions() WHERE function_name IN (SELECT unnest(?)) GROUP BY 1
        """,
        [sorted(FUNCTIONS)],
    ).fetchall()
    assert {name for name, safe in rows if safe} == FUNCTIONS - NO_FUNCTIONS


def test_no_macro_of_the_route_stands_for_an_allowed_function(confirmed_desk: Desk) -> None:
    with confirmed_desk.bench.project.database() as connection:
        rows = connection.execute(
            "SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal"
        ).fetchall()
    own = {name for (name,) in rows}
    assert "as_list" in own
    assert not own & FUNCTIONS


# --- nothing gets out -----------------------------------------------------------------------

PIECES = [
    "amount",
    "n",
    "d",
    "l",
    '"Gate code"',
    "content",
    "other",
    "deal",
    "r",
    "x",
    "1",
    "'a'",
    "'",
    '"',
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ".",
    ":",
    "::",
    "->",
    "->>",
    "--",
    "/*",
    "*/",
    "$$",
    "||",
    "+",
    "-",
    "*",
    "=",
    "<>",
    "#1",
    "?",
    "$1",
    "SELECT",
    "FROM",
    "WHERE",
    "AS",
    "UNION",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "IN",
    "NOT",
    "NULL",
    "lambda",
    "OVER",
    "FILTER",
    "COLUMNS",
    "EXCLUDE",
    "LATERAL",
    "VALUES",
    "upper",
    "coalesce",
    "concat",
    "list_transform",
    "read_text",
    "read_csv",
    "query",
    "query_table",
    "glob",
    "getvariable",
    "getenv",
    "current_setting",
    "'secret'",
    "'{secret}'",
    "'SELECT content FROM other'",
    "(SELECT content FROM other)",
    "read_text('{secret}')",
    "getvariable('secret')",
    "FROM '{secret}'",
    "FROM other",
    "CAST(",
    "AS VARCHAR)",
    "TRY(",
]


@settings(max_examples=tries(100), deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9))
@example(["upper", "(", "amount", ")"])
@example(["amount", ")", "FROM other", "--"])
@example(["concat", "(", "getvariable('secret')", ")"])
@example(["FROM '{secret}'"])
@example(["TRY(", "read_text('{secret}')", ")"])
def test_whatever_is_accepted_gives_one_value_a_row_and_none_of_them_is_the_secret(
    connection: duckdb.DuckDBPyConnection, secret: Path, pieces: list[str]
) -> None:
    sql = " ".join(pieces).replace("{secret}", str(secret))
    try:
        found = values(connection, sql)
    except MappingInvalidError as error:
        assert error.code == "E123"
        return
    assert len(found) == 10
    assert SECRET not in str(found)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT content FROM read_text('{secret}')",
        "COPY (SELECT 1) TO '{secret}'",
        "ATTACH '{secret}' AS x",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
    ],
)
def test_where_an_expression_is_tried_first_nothing_outside_can_be_opened_or_allowed(
    secret: Path, statement: str
) -> None:
    with sandbox().cursor() as cursor, pytest.raises(duckdb.Error, match=r"disabled|lock"):
        cursor.execute(statement.format(secret=secret))
    assert SECRET in secret.read_text("utf-8")


def test_the_secret_can_be_read_by_who_may(
    connection: duckdb.DuckDBPyConnection, secret: Path
) -> None:
    """Else the test above would say nothing."""
    row = connection.execute(f"SELECT content FROM read_text('{secret}')").fetchone()
    assert row is not None and SECRET in row[0]


# --- through the mapping file ---------------------------------------------------------------


@pytest.fixture
def desk(confirmed_desk: Desk, tmp_path: Path) -> Desk:
    return confirmed_desk.copied(tmp_path / "project")


def test_a_mapping_with_such_an_expression_cannot_be_confirmed(desk: Desk, secret: Path) -> None:
    desk.edit(('by = "money"', f'''by = "sql:(SELECT content FROM read_text('{secret}'))"'''))
    with desk.bench.project.database() as connection, pytest.raises(MappingInvalidError) as raised:
        desk.confirm(connection)
    said = str(raised.value)
    assert said.startswith("[E123] In mapping.toml, line ")
    assert "deal.amount: its SQL uses a query inside an expression" in said
    assert SECRET not in said


def test_an_expression_of_the_mapping_fills_its_field(desk: Desk) -> None:
    desk.edit(
        (
            'to = "custom:Job address"\nby = "text"',
            'to = "custom:Job address"\nby = "sql:upper(address)"',
        )
    )
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    desk.plan()
    with desk.bench.project.database() as connection:
        rows = connection.execute(
            "SELECT p.payload::VARCHAR, r.address FROM plan.deal p"
            " JOIN route.deal r USING (source_key) WHERE r.address IS NOT NULL"
        ).fetchall()
    assert rows
    assert all(address.upper() in payload for payload, address in rows)


def test_a_date_that_depends_on_the_stage_needs_the_line_of_the_stage(desk: Desk) -> None:
    desk.reject("deal_stage_id")
    with (
        desk.bench.project.database() as connection,
        pytest.raises(
            MappingInvalidError,
            match=r"\[E123\].*deal\.closed_date: closed_date depends on the deal's stage",
        ),
    ):
        desk.confirm(connection)


def test_a_value_map_of_any_name_is_only_a_name(desk: Desk) -> None:
    name = "x) FROM other --"
    desk.edit(("map:deal_stage", f"map:{name}"), ("[maps.deal_stage]", f'[maps."{name}"]'))
    desk.reject("closed_date")
    desk.reject("expected_close")
    with desk.bench.project.database() as connection:
        desk.confirm(connection)
    assert desk.plan().as_json()["entities"]
