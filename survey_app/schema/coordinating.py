"""From replies to responses: cuts, needs that are merged, routes to divisions, rounds, responses, publication."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

CUTS = """
CREATE TABLE kept_text (digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;
CREATE TABLE cut (
  inquiry INTEGER NOT NULL REFERENCES inquiry (id), number INTEGER NOT NULL, name TEXT NOT NULL,
  taken_at TEXT NOT NULL, taken_by TEXT NOT NULL, questionnaire TEXT NOT NULL REFERENCES questionnaire (digest),
  roster TEXT NOT NULL REFERENCES kept_text (digest), picture TEXT NOT NULL, members TEXT NOT NULL,
  digest TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
  PRIMARY KEY (inquiry, number), UNIQUE (inquiry, name)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER cut_is_not_changed BEFORE UPDATE ON cut BEGIN SELECT RAISE(ABORT, 'a cut is immutable'); END;
CREATE TRIGGER cut_is_not_deleted BEFORE DELETE ON cut BEGIN SELECT RAISE(ABORT, 'a cut is immutable'); END;
"""

NEEDS = """
CREATE TABLE need_number (
  inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, row TEXT NOT NULL, number INTEGER NOT NULL,
  PRIMARY KEY (inquiry, municipality, row), UNIQUE (inquiry, municipality, number),
  FOREIGN KEY (inquiry, municipality) REFERENCES target (inquiry, municipality)
) STRICT, WITHOUT ROWID;
CREATE TABLE need_merge (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL REFERENCES inquiry (id), subject TEXT NOT NULL,
  made_at TEXT NOT NULL, made_by TEXT NOT NULL, dissolved_at TEXT
) STRICT;
CREATE TABLE need_merge_member (
  merge INTEGER NOT NULL REFERENCES need_merge (id), municipality TEXT NOT NULL, row TEXT NOT NULL,
  PRIMARY KEY (merge, municipality, row)
) STRICT, WITHOUT ROWID;
CREATE TABLE need_remark (
  inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, row TEXT NOT NULL,
  remark TEXT NOT NULL CHECK (remark IN ('not_a_need', 'is_a_need', 'not_similar')), other TEXT NOT NULL DEFAULT '',
  said_at TEXT NOT NULL, said_by TEXT NOT NULL,
  PRIMARY KEY (inquiry, municipality, row, remark, other)
) STRICT, WITHOUT ROWID;
"""

ROUTES = """
CREATE TABLE routing_rule (
  id INTEGER PRIMARY KEY, field TEXT NOT NULL, form TEXT NOT NULL DEFAULT '',
  division INTEGER NOT NULL REFERENCES division (id), part TEXT NOT NULL CHECK (part IN ('lead', 'support')),
  since TEXT NOT NULL, until TEXT, made_at TEXT NOT NULL, made_by TEXT NOT NULL
) STRICT;
CREATE TABLE need_route (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL, municipality TEXT NOT NULL, row TEXT NOT NULL,
  division INTEGER NOT NULL REFERENCES division (id), part TEXT NOT NULL CHECK (part IN ('lead', 'support')),
  reason TEXT NOT NULL, moved_at TEXT NOT NULL, moved_by TEXT NOT NULL, ended_at TEXT
) STRICT;
CREATE INDEX need_route_by_need ON need_route (inquiry, municipality, row);
"""

CONSULTING = """
CREATE TABLE round (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL REFERENCES inquiry (id), number INTEGER NOT NULL,
  cut INTEGER NOT NULL, due TEXT NOT NULL, request TEXT NOT NULL DEFAULT '',
  opened_at TEXT NOT NULL, opened_by TEXT NOT NULL, closed_at TEXT, token TEXT NOT NULL UNIQUE,
  UNIQUE (inquiry, number), FOREIGN KEY (inquiry, cut) REFERENCES cut (inquiry, number)
) STRICT;
CREATE TABLE asked (
  round INTEGER NOT NULL REFERENCES round (id), municipality TEXT NOT NULL, row TEXT NOT NULL,
  division INTEGER NOT NULL REFERENCES division (id), part TEXT NOT NULL CHECK (part IN ('lead', 'support')),
  need_digest TEXT NOT NULL, remark TEXT NOT NULL DEFAULT '', withdrawn_at TEXT,
  PRIMARY KEY (round, municipality, row, division)
) STRICT, WITHOUT ROWID;
CREATE TABLE response (
  id INTEGER PRIMARY KEY, round INTEGER NOT NULL, municipality TEXT NOT NULL, row TEXT NOT NULL,
  division INTEGER NOT NULL,
  disposition TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '', measure TEXT NOT NULL DEFAULT '',
  planned TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', addressee TEXT NOT NULL DEFAULT '',
  contact TEXT NOT NULL DEFAULT '', need_digest TEXT NOT NULL, revision INTEGER NOT NULL,
  handed_at TEXT, changed_at TEXT NOT NULL, changed_by TEXT NOT NULL, source TEXT NOT NULL DEFAULT 'web',
  UNIQUE (round, municipality, row, division),
  FOREIGN KEY (round, municipality, row, division) REFERENCES asked (round, municipality, row, division)
) STRICT;
CREATE TABLE round_division (
  round INTEGER NOT NULL REFERENCES round (id), division INTEGER NOT NULL REFERENCES division (id),
  extension TEXT, handed_at TEXT, handed_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (round, division)
) STRICT, WITHOUT ROWID;
"""

PUBLISHING = """
CREATE TABLE publication (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL REFERENCES inquiry (id), number INTEGER NOT NULL,
  round INTEGER NOT NULL REFERENCES round (id), contents TEXT NOT NULL, digest TEXT NOT NULL,
  published_at TEXT NOT NULL, published_by TEXT NOT NULL, token TEXT NOT NULL UNIQUE, UNIQUE (inquiry, number)
) STRICT;
CREATE TRIGGER publication_is_not_changed BEFORE UPDATE ON publication
BEGIN SELECT RAISE(ABORT, 'a publication is immutable'); END;
CREATE TRIGGER publication_is_not_deleted BEFORE DELETE ON publication
BEGIN SELECT RAISE(ABORT, 'a publication is immutable'); END;
CREATE TABLE opinion (
  id INTEGER PRIMARY KEY, publication INTEGER NOT NULL REFERENCES publication (id), municipality TEXT NOT NULL,
  row TEXT NOT NULL, text TEXT NOT NULL, said_at TEXT NOT NULL, said_by TEXT NOT NULL, token TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX opinion_by_municipality ON opinion (publication, municipality);
CREATE TABLE follow_up (
  id INTEGER PRIMARY KEY, inquiry INTEGER NOT NULL REFERENCES inquiry (id),
  municipality TEXT NOT NULL, row TEXT NOT NULL,
  division INTEGER NOT NULL REFERENCES division (id),
  status TEXT NOT NULL CHECK (status IN ('done', 'on_the_way', 'later', 'given_up')),
  text TEXT NOT NULL, planned TEXT NOT NULL DEFAULT '', noted_at TEXT NOT NULL, noted_by TEXT NOT NULL,
  token TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX follow_up_by_need ON follow_up (inquiry, municipality, row);
"""

FEEDS = """
CREATE TABLE feed_token (
  id INTEGER PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, inquiry INTEGER NOT NULL REFERENCES inquiry (id),
  label TEXT NOT NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, withdrawn_at TEXT, used_at TEXT
) STRICT;
"""


@migrations()
def m014_cuts(database: Database) -> None:
    """Cuts that fix which submissions count."""
    database.executescript(CUTS)


@migrations()
def m015_needs(database: Database) -> None:
    """Lasting numbers of needs, and which of them are one matter."""
    database.executescript(NEEDS)


@migrations()
def m016_routes(database: Database) -> None:
    """Which division answers which needs."""
    database.executescript(ROUTES)


@migrations()
def m017_consulting(database: Database) -> None:
    """Rounds in which the divisions are asked, and what they answer."""
    database.executescript(CONSULTING)


@migrations()
def m018_publishing(database: Database) -> None:
    """What municipalities are told, what they say to it, and what became of promises."""
    database.executescript(PUBLISHING)


@migrations()
def m019_feeds(database: Database) -> None:
    """Tokens of the feed for analysts."""
    database.executescript(FEEDS)
