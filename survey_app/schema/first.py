"""The first tables: people, inquiries, replies, the trail, the server's keys."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

PEOPLE = """
CREATE TABLE municipality (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, kana TEXT NOT NULL, kind TEXT NOT NULL, bureau TEXT NOT NULL,
  county TEXT NOT NULL, population INTEGER, population_source TEXT NOT NULL, groups TEXT NOT NULL
) STRICT;
CREATE TABLE account (
  id INTEGER PRIMARY KEY, sign_in_name TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('officer', 'approver', 'division')),
  municipality TEXT REFERENCES municipality (code),
  created_at TEXT NOT NULL, disabled_at TEXT,
  CHECK ((role IN ('officer', 'approver')) = (municipality IS NOT NULL))
) STRICT;
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY, account INTEGER NOT NULL REFERENCES account (id),
  started_at TEXT NOT NULL, seen_at TEXT NOT NULL, ended_at TEXT
) STRICT;
CREATE TABLE sign_in_failure (sign_in_name TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX sign_in_failure_by_name ON sign_in_failure (sign_in_name, at);
"""

INQUIRIES = """
CREATE TABLE questionnaire (
  digest TEXT PRIMARY KEY, name TEXT NOT NULL, document TEXT NOT NULL, kept_at TEXT NOT NULL
) STRICT;
CREATE TABLE inquiry (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, title TEXT NOT NULL, issuer TEXT NOT NULL,
  purpose TEXT NOT NULL, questionnaire TEXT NOT NULL REFERENCES questionnaire (digest),
  opened_at TEXT NOT NULL, deadline TEXT NOT NULL, closed_at TEXT
) STRICT;
CREATE TABLE target (
  inquiry INTEGER NOT NULL REFERENCES inquiry (id), municipality TEXT NOT NULL REFERENCES municipality (code),
  extension TEXT, waived TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (inquiry, municipality)
) STRICT, WITHOUT ROWID;
"""

REPLIES = """
CREATE TABLE reply (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN
    ('not_started', 'draft', 'awaiting_approval', 'submitted', 'returned', 'accepted')),
  revision INTEGER NOT NULL, items_open INTEGER NOT NULL DEFAULT 0 CHECK (items_open IN (0, 1)),
  changed_at TEXT NOT NULL,
  UNIQUE (inquiry, municipality),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
CREATE TABLE reply_row (
  reply INTEGER NOT NULL REFERENCES reply (id), question_table TEXT NOT NULL, row TEXT NOT NULL,
  position INTEGER NOT NULL, removed_at TEXT,
  PRIMARY KEY (reply, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
  reply INTEGER NOT NULL REFERENCES reply (id), row TEXT NOT NULL, question TEXT NOT NULL,
  texts TEXT NOT NULL, value TEXT, revision INTEGER NOT NULL,
  PRIMARY KEY (reply, row, question)
) STRICT, WITHOUT ROWID;
CREATE TABLE submission (
  id INTEGER PRIMARY KEY, reply INTEGER NOT NULL REFERENCES reply (id), number INTEGER NOT NULL,
  receipt TEXT NOT NULL UNIQUE, questionnaire TEXT NOT NULL REFERENCES questionnaire (digest),
  submitted_at TEXT NOT NULL, submitted_by INTEGER NOT NULL REFERENCES account (id), actor TEXT NOT NULL,
  contents TEXT NOT NULL, digest TEXT NOT NULL, nil INTEGER NOT NULL CHECK (nil IN (0, 1)),
  confirmed TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
  UNIQUE (reply, number)
) STRICT;
CREATE TRIGGER submission_is_not_changed BEFORE UPDATE ON submission
BEGIN SELECT RAISE(ABORT, 'a submission is immutable'); END;
CREATE TRIGGER submission_is_not_deleted BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'a submission is immutable'); END;
"""

AUDIT = """
CREATE TABLE event (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, account INTEGER REFERENCES account (id), actor TEXT NOT NULL,
  act TEXT NOT NULL, inquiry INTEGER REFERENCES inquiry (id), municipality TEXT, before TEXT, after TEXT
) STRICT;
CREATE INDEX event_by_reply ON event (inquiry, municipality, id);
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
"""

SERVER = """
CREATE TABLE secret (name TEXT PRIMARY KEY, value TEXT NOT NULL, made_at TEXT NOT NULL) STRICT;
"""


@migrations()
def m001_people(database: Database) -> None:
    """Municipalities, accounts and their sessions."""
    database.executescript(PEOPLE)


@migrations()
def m002_inquiries(database: Database) -> None:
    """Questionnaires by digest, inquiries and their targets."""
    database.executescript(INQUIRIES)


@migrations()
def m003_replies(database: Database) -> None:
    """Replies with their answers as typed and as read, and immutable submissions."""
    database.executescript(REPLIES)


@migrations()
def m004_audit(database: Database) -> None:
    """The append-only audit trail."""
    database.executescript(AUDIT)


@migrations()
def m005_server(database: Database) -> None:
    """Keys that the server signs with; they outlive a restart, so that nobody is signed out by one."""
    database.executescript(SERVER)
