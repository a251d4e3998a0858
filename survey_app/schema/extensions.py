"""Extensions that were agreed, each with its reason; and what a mail that waits speaks of."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

EXTENSIONS = """
CREATE TABLE extension (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, until TEXT NOT NULL,
  reason TEXT NOT NULL, agreed_at TEXT NOT NULL, agreed_by TEXT NOT NULL, ended_at TEXT, ended_by TEXT,
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
CREATE UNIQUE INDEX one_present_extension ON extension (inquiry, municipality) WHERE ended_at IS NULL;
ALTER TABLE mail ADD COLUMN kind TEXT NOT NULL DEFAULT 'before' CHECK (kind IN ('opening', 'before', 'after'));
ALTER TABLE mail ADD COLUMN deadline TEXT NOT NULL DEFAULT '';
CREATE INDEX mail_that_waits ON mail (next_try_at) WHERE sent_at IS NULL AND dropped_at IS NULL;
"""


@migrations()
def m013_extensions(database: Database) -> None:
    """Extensions with their reasons; the occasion of a mail, and the deadline that its text names."""
    database.executescript(EXTENSIONS)
