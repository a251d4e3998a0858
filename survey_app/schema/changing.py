"""The change of a live inquiry's questionnaire while it is prepared: one proposal for an inquiry."""

from sqlite_utils import Database

from survey_app.schema.steps import migrations

PROPOSALS = """
CREATE TABLE questionnaire_proposal (
  inquiry INTEGER PRIMARY KEY REFERENCES inquiry (id), base TEXT NOT NULL REFERENCES questionnaire (digest),
  document TEXT NOT NULL, changed_at TEXT NOT NULL, changed_by TEXT NOT NULL
) STRICT;
"""


@migrations()
def m020_changing(database: Database) -> None:
    """Proposals to change the questionnaire of an inquiry that is answered already."""
    database.executescript(PROPOSALS)
