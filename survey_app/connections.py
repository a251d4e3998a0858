"""The database and the moment of a request."""

import threading
from datetime import datetime
from pathlib import Path

from flask import Flask, current_app, g
from sqlite_utils import Database

from survey_app.config import Config
from survey_app.store.database import connect


class Connections(threading.local):
    """One connection for each thread of the server."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database: Database | None = None

    def database(self) -> Database:
        """Return this thread's connection."""
        if self._database is None:
            self._database = connect(self.path)
        return self._database

    def tidy(self, _fault: BaseException | None = None) -> None:
        """Undo what a failed request left open."""
        if self._database is not None and self._database.conn.in_transaction:
            self._database.rollback()


def prepare(app: Flask, config: Config) -> None:
    """Give the application its connections."""
    app.extensions["shokai.config"] = config
    connections = Connections(config.database)
    app.extensions["shokai.connections"] = connections
    app.teardown_request(connections.tidy)


def database() -> Database:
    """Return the database for this request."""
    connections: Connections = current_app.extensions["shokai.connections"]
    return connections.database()


def moment() -> datetime:
    """Return the moment of this request: the same from its start to its end."""
    if "moment" not in g:
        config: Config = current_app.extensions["shokai.config"]
        g.moment = config.now()
    found: datetime = g.moment
    return found
