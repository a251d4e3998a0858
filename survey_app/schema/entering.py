"""What the division enters for municipalities, and the forms that it was sent and takes in."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

ENTERING = """
CREATE TABLE entry_copy (
  inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, revision INTEGER NOT NULL,
  entries TEXT NOT NULL, rows TEXT NOT NULL, changed_at TEXT NOT NULL, changed_by TEXT NOT NULL,
  PRIMARY KEY (inquiry, municipality),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT, WITHOUT ROWID;
CREATE TABLE gathering (
  id TEXT PRIMARY KEY, inquiry INTEGER NOT NULL REFERENCES inquiry (id),
  sent_at TEXT NOT NULL, sent_by TEXT NOT NULL, token TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE gathered_file (
  gathering TEXT NOT NULL REFERENCES gathering (id), number INTEGER NOT NULL, name TEXT NOT NULL,
  content BLOB NOT NULL, opened TEXT, refusal TEXT,
  PRIMARY KEY (gathering, number)
) STRICT;
"""


@migrations()
def m020_entering(database: Database) -> None:
    """The division's own copies of what it enters for municipalities, and forms that were sent to it by mail."""
    database.executescript(ENTERING)
