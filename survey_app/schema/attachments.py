"""Files that a municipality sends with an answer (別紙)."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

ATTACHMENTS = """
CREATE TABLE attachment (
  id TEXT PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, question TEXT NOT NULL,
  name TEXT NOT NULL, media TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL,
  sent_at TEXT NOT NULL, sent_by TEXT NOT NULL,
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
CREATE INDEX attachment_by_reply ON attachment (inquiry, municipality);
"""


@migrations()
def m009_attachments(database: Database) -> None:
    """Files sent with answers, under random ids."""
    database.executescript(ATTACHMENTS)
