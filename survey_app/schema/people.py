"""People beyond the town hall and the division: relevant divisions, more roles, contacts, invitations."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

DIVISIONS = """
CREATE TABLE division (
  id INTEGER PRIMARY KEY, bureau TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, until TEXT,
  telephone TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX one_present_division ON division (bureau, name) WHERE until IS NULL;
"""

# SQLite cannot change a CHECK: the table is made anew with all its rows. Foreign keys are off while steps are taken.
ACCOUNTS = """
CREATE TABLE account_new (
  id INTEGER PRIMARY KEY, sign_in_name TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL, name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('officer', 'approver', 'division', 'consulted', 'analyst', 'administrator')),
  municipality TEXT REFERENCES municipality (code), consulted INTEGER REFERENCES division (id),
  post TEXT NOT NULL DEFAULT '', telephone TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '',
  must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
  created_at TEXT NOT NULL, disabled_at TEXT,
  CHECK ((role IN ('officer', 'approver')) = (municipality IS NOT NULL)),
  CHECK ((role = 'consulted') = (consulted IS NOT NULL))
) STRICT;
INSERT INTO account_new (id, sign_in_name, password_hash, name, role, municipality, created_at, disabled_at)
  SELECT id, sign_in_name, password_hash, name, role, municipality, created_at, disabled_at FROM account;
DROP TABLE account;
ALTER TABLE account_new RENAME TO account;
"""

CONTACTS = """
CREATE TABLE contact (
  id INTEGER PRIMARY KEY, municipality TEXT NOT NULL REFERENCES municipality (code),
  section TEXT NOT NULL DEFAULT '', post TEXT NOT NULL DEFAULT '', name TEXT NOT NULL,
  telephone TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
  since TEXT NOT NULL, until TEXT, changed_by TEXT NOT NULL
) STRICT;
CREATE INDEX contact_by_municipality ON contact (municipality, until);
CREATE TABLE invitation (
  id INTEGER PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, account INTEGER NOT NULL REFERENCES account (id),
  made_at TEXT NOT NULL, made_by TEXT NOT NULL, until TEXT NOT NULL, used_at TEXT, withdrawn_at TEXT
) STRICT;
"""


@migrations()
def m010_divisions(database: Database) -> None:
    """Relevant divisions, the roles that go with them, and what is known of a person."""
    database.executescript(DIVISIONS)
    database.executescript(ACCOUNTS)


@migrations()
def m011_contacts(database: Database) -> None:
    """Whom to call in a town hall, with history, and invitations to set a password."""
    database.executescript(CONTACTS)
