"""Keys that the server signs with."""

import secrets
from datetime import datetime

from sqlite_utils import Database

from survey_app import clock
from survey_app.store.database import writing


def signing_key(database: Database, at: datetime) -> str:
    """Return the key that signs cookies; it is made once and kept."""
    with writing(database):
        row = {"name": "signing", "value": secrets.token_hex(32), "made_at": clock.stored(at)}
        database.table("secret").insert(row, ignore=True)
        kept: str = database.execute("SELECT value FROM secret WHERE name = 'signing'").fetchone()[0]
    return kept
