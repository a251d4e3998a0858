"""The floor of a form page: plain Flask-WTF with the controls of another page, saving one row in SQLite.

It knows no accounts, no questionnaire, no history; it draws labels, fields and errors, and its save is as durable.
"""

import json
import os
import sqlite3
import sys
import threading
from pathlib import Path

from flask import Flask, redirect, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import EmailField, Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from bench.controls import Control
from bench.processes import HOST
from survey_app.cli import serving

FOLDER = "BENCH_PLAIN"
"""The setting that names the folder with the controls; the database is made there."""
CONTROLS, DATABASE = "controls.json", "plain.db"
ADDRESS = "/form/{}"


def create_app() -> Flask:
    """Make the application of the floor."""
    folder = Path(os.environ[FOLDER])
    controls = [Control(**control) for control in json.loads((folder / CONTROLS).read_text(encoding="utf-8"))]
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "only for measuring"
    form_class = type("PlainForm", (FlaskForm,), {control.name: field_of(control) for control in controls})
    store = Store(folder / DATABASE)

    @app.route("/form/<int:number>", methods=["GET", "POST"])
    def page(number: int) -> str | Response:
        form = form_class(data=store.row(number)) if request.method == "GET" else form_class()
        if form.validate_on_submit():
            store.save(number, {name: value for name, value in form.data.items() if name != "csrf_token"})
            return redirect(request.path, 303)
        return render_template("plain.html", form=form)

    return app


def field_of(control: Control) -> Field:
    """Return the field of Flask-WTF for a control."""
    checks = [Optional(), *([Length(max=control.longest)] if control.longest else [])]
    choices = [SelectChoice(value, label) for value, label in control.choices]
    if control.sort == "textarea":
        return TextAreaField(control.label, checks)
    if control.sort == "email":
        return EmailField(control.label, checks)
    if control.sort == "radio":
        return RadioField(control.label, [Optional()], choices=choices)
    if control.sort == "checkbox":
        widgets = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
        return SelectMultipleField(control.label, [Optional()], choices=choices, **widgets)
    if control.sort == "select":
        chosen = SelectMultipleField if control.many else SelectField
        return chosen(control.label, [Optional()], choices=choices)
    return StringField(control.label, checks)


class Store(threading.local):
    """One row a form; a connection for each thread."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, timeout=10, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.execute("CREATE TABLE IF NOT EXISTS form (number INTEGER PRIMARY KEY, answers TEXT) STRICT")

    def row(self, number: int) -> dict[str, object]:
        """Return what is stored."""
        found = self.connection.execute("SELECT answers FROM form WHERE number = ?", [number]).fetchone()
        return {} if found is None else json.loads(found[0])

    def save(self, number: int, answers: dict[str, object]) -> None:
        """Store one form, durably."""
        statement = "INSERT INTO form VALUES (?, ?) ON CONFLICT (number) DO UPDATE SET answers = excluded.answers"
        self.connection.execute(statement, [number, json.dumps(answers, ensure_ascii=False)])


def serve(port: int) -> None:
    """Serve the floor with the settings of ``shokai serve``."""
    serving.APPLICATION = "bench.plain:create_app"
    serving._run(HOST, port, min(os.cpu_count() or 1, serving.MOST_WORKERS))


if __name__ == "__main__":
    serve(int(sys.argv[1]))
