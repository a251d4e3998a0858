"""Workbooks that came back from the relevant divisions, kept as they were sent."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

UPLOADS = """
CREATE TABLE round_upload (
  id TEXT PRIMARY KEY, round INTEGER NOT NULL REFERENCES round (id), division INTEGER REFERENCES division (id),
  name TEXT NOT NULL, content BLOB NOT NULL, sent_at TEXT NOT NULL, sent_by TEXT NOT NULL
) STRICT;
CREATE INDEX round_upload_by_round ON round_upload (round);
CREATE INDEX asked_by_division ON asked (division, round);
"""


@migrations()
def m017_round_uploads(database: Database) -> None:
    """Workbooks of relevant divisions; ``division`` is NULL for those that the lead division was sent."""
    database.executescript(UPLOADS)
