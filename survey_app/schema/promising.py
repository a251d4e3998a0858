"""Notes on promises name the publication that told the promise: a later promise is not settled by an older note."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

PROMISED = """
ALTER TABLE follow_up ADD COLUMN publication INTEGER REFERENCES publication (id);
UPDATE follow_up SET publication = (
  SELECT publication.id FROM publication
  WHERE publication.inquiry = follow_up.inquiry AND publication.published_at <= follow_up.noted_at
  ORDER BY publication.number DESC LIMIT 1
);
"""


@migrations()
def m023_promised(database: Database) -> None:
    """The publication that each note belongs to; for older notes the last one at their time."""
    database.executescript(PROMISED)
