"""Questionnaires as they are kept: each text once, under its digest, never changed."""

from datetime import datetime
from functools import lru_cache

from sqlite_utils import Database

from questions.model import Questionnaire
from questions.reading import read_stored
from survey_app import clock


def keep_questionnaire(database: Database, questionnaire: Questionnaire, at: datetime) -> None:
    """Keep a questionnaire; call it inside the transaction of the change."""
    row = {"digest": questionnaire.digest, "name": questionnaire.name, "document": questionnaire.document}
    database.table("questionnaire").insert({**row, "kept_at": clock.stored(at)}, ignore=True)


@lru_cache(maxsize=64)
def read_kept(document: str) -> Questionnaire:
    """Read a questionnaire as it was kept. Raises FaultyDefinition."""
    return read_stored(document)
