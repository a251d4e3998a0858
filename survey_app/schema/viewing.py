"""Views of what was handed in, for Datasette or any other browser of SQLite files: a column for each question.

``data_<inquiry>`` has one row for each reply that counts (its last submission), ``data_<inquiry>_<table>`` one for each
row of a table. Their columns are called as in the data sets: B1, B4.HR, and B1__state, which says why there is none.
"""

from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from exports.blanks import asked_of_nil_replies
from exports.data.everything import everything_asked
from exports.data.tables import ROWS, STATE
from questions.kinds.base import Column
from questions.model import Item, Question, Questionnaire, Table
from questions.reading import read_stored
from questions.setting import Setting
from survey_app.schema.steps import migrations

LENGTH_OF_AN_ID = 32  # of a file
MOST_COLUMNS = 2000  # of a view
_HEADS = (
    ("code", "reply.municipality"),
    ("name", "municipality.name"),
    ("kind", "municipality.kind"),
    ("bureau", "municipality.bureau"),
    ("state", "reply.state"),
)
_OF_REPLIES = (
    ("number", "submission.number"),
    ("receipt", "submission.receipt"),
    ("submitted_at", "submission.submitted_at"),
    ("nil", "submission.nil"),
    ("digest", "submission.digest"),
)
_FROM = (
    " FROM submission JOIN reply ON reply.id = submission.reply"
    " JOIN municipality ON municipality.code = reply.municipality{more}"
    " WHERE reply.inquiry = {inquiry} AND submission.number ="
    " (SELECT max(number) FROM submission AS one WHERE one.reply = reply.id)"
)


@migrations()
def m022_data_views(database: Database) -> None:
    """Which views were made for which inquiry; the views themselves are made when all steps are taken."""
    database.executescript(
        "CREATE TABLE data_view (name TEXT PRIMARY KEY COLLATE NOCASE, inquiry INTEGER NOT NULL"
        " REFERENCES inquiry (id)) STRICT;"
    )


def drop_data_views(database: Database) -> None:
    """Take all views away: tables that others look at cannot be made anew."""
    if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'data_view'").fetchone() is None:
        return
    for row in database.execute("SELECT name FROM data_view").fetchall():
        database.execute(f"DROP VIEW IF EXISTS {_quoted(row[0])}")
    database.execute("DELETE FROM data_view")
    database.conn.commit()


def make_data_views(database: Database) -> None:
    """Make the views of all inquiries."""
    query = (
        "SELECT inquiry.id, inquiry.name, questionnaire.document FROM inquiry"
        " JOIN questionnaire ON questionnaire.digest = inquiry.questionnaire ORDER BY inquiry.id"
    )
    for row in database.execute(query).fetchall():
        make_views_of(database, row[0], row[1], read_stored(row[2]))
    database.conn.commit()


def make_views_of(database: Database, inquiry: int, name: str, questionnaire: Questionnaire) -> None:
    """Make the views of one inquiry anew; call it inside the transaction of the change."""
    for row in database.execute("SELECT name FROM data_view WHERE inquiry = ?", [inquiry]).fetchall():
        database.execute(f"DROP VIEW IF EXISTS {_quoted(row[0])}")
    database.execute("DELETE FROM data_view WHERE inquiry = ?", [inquiry])
    asked = everything_asked(questionnaire)
    views = [(f"data_{name}", _replies(inquiry, asked))]
    views += [(f"data_{name}_{table.name}", _rows(inquiry, table)) for table in asked.tables.values()]
    for wanted, statement in views:
        given = _free_name(database, wanted)
        database.execute(f"CREATE VIEW {_quoted(given)} AS {statement}")
        database.execute("INSERT INTO data_view (name, inquiry) VALUES (?, ?)", [given, inquiry])


def _free_name(database: Database, wanted: str) -> str:
    """Return a name that nothing has: an inquiry may be called as a table of another one is."""
    name, number = wanted, 1
    while database.execute("SELECT 1 FROM sqlite_master WHERE name = ? COLLATE NOCASE", [name]).fetchone():
        number += 1
        name = f"{wanted}_{number}"
    return name


def _replies(inquiry: int, asked: Questionnaire) -> str:
    items = [item for _, item in asked.items()]
    columns = [*_HEADS, *_OF_REPLIES]
    for item in items:
        columns += _counts(item) if isinstance(item, Table) else _answers(item, "submission.contents")
    of_nil = asked_of_nil_replies(asked)
    columns += [_state(item, "submission.contents", item.name not in of_nil) for item in items]
    return _select(columns) + _FROM.format(more="", inquiry=int(inquiry))


def _rows(inquiry: int, table: Table) -> str:
    more = f" JOIN json_each(submission.contents, {_text(f'$.tables.{table.name}')}) AS line"
    columns = [*_HEADS, ("row_order", "line.key + 1"), ("row_id", "json_extract(line.value, '$.row')")]
    for question in table.questions:
        columns += _answers(question, "line.value")
    columns += [_state(question, "line.value", True) for question in table.questions]
    return _select(columns) + _FROM.format(more=more, inquiry=int(inquiry))


def _select(columns: Sequence[tuple[str, str]]) -> str:
    return "SELECT " + ", ".join(f"{what} AS {_quoted(name)}" for name, what in columns[:MOST_COLUMNS])


def _answers(question: Question, source: str) -> Iterator[tuple[str, str]]:
    path = _text(f"$.answers.{question.name}")
    for column in question.kind.columns(Setting()):
        name = f"{question.name}.{column.suffix}" if column.suffix else question.name
        yield name, _names(source, path) if question.kind.attaches else _value(column, source, path)


def _value(column: Column, source: str, path: str) -> str:
    listed = f"json_type({source}, {path}) = 'array'"
    if column.suffix:
        chosen = f"EXISTS (SELECT 1 FROM json_each({source}, {path}) WHERE value = {_text(column.suffix)})"
        return f"CASE WHEN {listed} THEN {chosen} END"
    plain = f"json_extract({source}, {path})"
    if column.form == "decimal":
        return f"CAST({plain} AS NUMERIC)"
    if column.form != "text":
        return plain
    joined = f"(SELECT group_concat(value, ';') FROM json_each({source}, {path}))"
    return f"CASE WHEN {listed} THEN {joined} ELSE {plain} END"


def _names(source: str, path: str) -> str:
    """Return the names of files, whose references are their ids, a blank and their names."""
    name = f"substr(value, {LENGTH_OF_AN_ID + 2})"
    return f"(SELECT group_concat({name}, '、') FROM json_each({source}, {path}) WHERE type = 'text')"


def _counts(table: Table) -> list[tuple[str, str]]:
    return [(f"{table.name}{ROWS}", f"nullif(json_array_length(submission.contents, '$.tables.{table.name}'), 0)")]


def _state(item: Item, source: str, may_be_nil: bool) -> tuple[str, str]:
    if isinstance(item, Table):
        path = _text(f"$.tables.{item.name}")
        blank = f"json_array_length({source}, {path}) = 0"
    else:
        path = _text(f"$.answers.{item.name}")
        blank = f"json_type({source}, {path}) = 'null'"
    absent = "CASE WHEN submission.nil THEN 'nil' ELSE 'not_asked' END" if may_be_nil else "'not_asked'"
    said = f"CASE WHEN json_type({source}, {path}) IS NULL THEN {absent} WHEN {blank} THEN 'blank' ELSE 'answered' END"
    return f"{item.name}{STATE}", said


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
