"""Inquiries beyond their questions: what is said with them, drafts, changes while they run, their end."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

PREPARING = """
ALTER TABLE inquiry ADD COLUMN legal_ground TEXT NOT NULL DEFAULT '';
ALTER TABLE inquiry ADD COLUMN use_of_results TEXT NOT NULL DEFAULT '';
ALTER TABLE inquiry ADD COLUMN letter TEXT NOT NULL DEFAULT '';
ALTER TABLE inquiry ADD COLUMN inquiries_to TEXT NOT NULL DEFAULT '';
ALTER TABLE inquiry ADD COLUMN earlier INTEGER REFERENCES inquiry (id);
ALTER TABLE inquiry ADD COLUMN cancelled_at TEXT;
ALTER TABLE inquiry ADD COLUMN cancel_notice TEXT NOT NULL DEFAULT '';
ALTER TABLE inquiry ADD COLUMN archived_at TEXT;
ALTER TABLE inquiry ADD COLUMN retain_until TEXT;
ALTER TABLE target ADD COLUMN reopened_at TEXT;
ALTER TABLE target ADD COLUMN eased TEXT NOT NULL DEFAULT '[]';
ALTER TABLE submission ADD COLUMN source TEXT NOT NULL DEFAULT 'web'
  CHECK (source IN ('web', 'phone', 'fax', 'mail', 'file', 'visit'));
ALTER TABLE submission ADD COLUMN source_note TEXT NOT NULL DEFAULT '';
CREATE TABLE inquiry_draft (
  id INTEGER PRIMARY KEY, questionnaire TEXT REFERENCES questionnaire (digest), fields TEXT NOT NULL,
  revision INTEGER NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, changed_at TEXT NOT NULL,
  inquiry INTEGER REFERENCES inquiry (id), discarded_at TEXT
) STRICT;
CREATE TABLE questionnaire_change (
  inquiry INTEGER NOT NULL REFERENCES inquiry (id), number INTEGER NOT NULL,
  before TEXT NOT NULL REFERENCES questionnaire (digest), after TEXT NOT NULL REFERENCES questionnaire (digest),
  reason TEXT NOT NULL, impact TEXT NOT NULL, changed_at TEXT NOT NULL, changed_by TEXT NOT NULL,
  PRIMARY KEY (inquiry, number)
) STRICT, WITHOUT ROWID;
"""


@migrations()
def m012_preparing(database: Database) -> None:
    """Drafts of inquiries, what is said with them, changes while they run, how they end, and replies by telephone."""
    database.executescript(PREPARING)
