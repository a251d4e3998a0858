"""Calls, mails and what was agreed in them."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

CHASING = """
CREATE TABLE contact_log (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('phone', 'mail', 'fax', 'visit')), spoken_with TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL, promised TEXT, at TEXT NOT NULL, by TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
CREATE INDEX contact_log_by_target ON contact_log (inquiry, municipality, id);
CREATE TABLE mail (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, recipient TEXT NOT NULL,
  subject TEXT NOT NULL, body TEXT NOT NULL, queued_at TEXT NOT NULL, queued_by TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0, next_try_at TEXT, sent_at TEXT, dropped_at TEXT, fault TEXT NOT NULL DEFAULT '',
  token TEXT NOT NULL, UNIQUE (inquiry, municipality, recipient, token),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
"""


@migrations()
def m013_chasing(database: Database) -> None:
    """Calls that were made, and mails that wait or were sent."""
    database.executescript(CHASING)
