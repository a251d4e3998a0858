"""What several people need who work on one reply: approval, returned items, links, messages, forms sent back."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

APPROVALS = """
CREATE TABLE approval (
  id INTEGER PRIMARY KEY, reply INTEGER NOT NULL REFERENCES reply (id), digest TEXT NOT NULL, contents TEXT NOT NULL,
  confirmed TEXT NOT NULL, asked_at TEXT NOT NULL, asked_by TEXT NOT NULL,
  outcome TEXT CHECK (outcome IN ('approved', 'sent_back', 'cancelled')),
  decided_at TEXT, decided_by TEXT, comment TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX one_open_approval ON approval (reply) WHERE outcome IS NULL;
CREATE TABLE returned_item (
  id INTEGER PRIMARY KEY, reply INTEGER NOT NULL REFERENCES reply (id), row TEXT NOT NULL, question TEXT NOT NULL,
  reason TEXT NOT NULL, returned_at TEXT NOT NULL, returned_by TEXT NOT NULL, closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX one_open_item ON returned_item (reply, row, question) WHERE closed_at IS NULL;
"""


@migrations()
def m006_approvals(database: Database) -> None:
    """Approval inside the town hall, and items that the division returned."""
    database.executescript(APPROVALS)


TOGETHER = """
CREATE TABLE delegation (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, section TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE, recipient TEXT NOT NULL, until TEXT NOT NULL,
  made_at TEXT NOT NULL, made_by TEXT NOT NULL, withdrawn_at TEXT,
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
CREATE TABLE presence (
  inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, name TEXT NOT NULL, section TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  PRIMARY KEY (inquiry, municipality, name),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT, WITHOUT ROWID;
CREATE TABLE message (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, question TEXT NOT NULL,
  text TEXT NOT NULL, side TEXT NOT NULL CHECK (side IN ('municipality', 'division')),
  said_at TEXT NOT NULL, said_by TEXT NOT NULL, closes INTEGER NOT NULL DEFAULT 0 CHECK (closes IN (0, 1)),
  token TEXT NOT NULL,
  UNIQUE (inquiry, municipality, token),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
CREATE INDEX message_by_reply ON message (inquiry, municipality, id);
CREATE TABLE acknowledgement (
  inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, by TEXT NOT NULL,
  PRIMARY KEY (inquiry, municipality),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT, WITHOUT ROWID;
"""


@migrations()
def m007_together(database: Database) -> None:
    """Links for colleagues, who is at work, questions between town hall and division, and 受け取りました."""
    database.executescript(TOGETHER)


UPLOADS = """
CREATE TABLE upload (
  id TEXT PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, name TEXT NOT NULL,
  content BLOB NOT NULL, sent_at TEXT NOT NULL, sent_by TEXT NOT NULL,
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT;
"""


@migrations()
def m008_uploads(database: Database) -> None:
    """Forms that came back, as they were sent."""
    database.executescript(UPLOADS)
