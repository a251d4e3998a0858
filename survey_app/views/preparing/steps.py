"""The pages with the texts of a draft: shown and saved, so that nobody is overwritten and nothing typed is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from survey_app import wording_preparing
from survey_app.access import around
from survey_app.connections import database
from survey_app.preparing.fields import STEPS, TERM, DraftField
from survey_app.store.drafts import Clashing, DraftSettled, Edit, find_draft, mark, save_draft
from survey_app.views.preparing.opened import EDITED, LOOKED_AT, Prepared, prepared, read, way_to
from survey_app.views.replying.notes import note
from survey_app.views.replying.ways import Link

LEVELS = ("typed", "all")
BODY = "letter_body"
"""The field that holds a text made from the others until somebody writes another."""


@dataclass(frozen=True)
class ShownField:
    """A field on a page: the text in its control, the mark of what is stored, and what is told beside it."""

    field: DraftField
    text: str
    mark: str
    messages: tuple[str, ...] = ()
    clash: Clashing | None = None

    @property
    def id(self) -> str:
        """The id of its control."""
        return f"f-{self.field.name}"

    @property
    def label(self) -> str:
        """Its name for people."""
        return wording_preparing.label(self.field.name)

    @property
    def hint(self) -> str:
        """What is said under its name."""
        return wording_preparing.hint(self.field.name)

    @property
    def described(self) -> str:
        """The ids of the texts that describe its control."""
        parts = (["hint"] if self.hint else []) + (["messages"] if self.messages else [])
        return " ".join(f"{self.id}-{part}" for part in parts)


def show_step(draft: int, step: str) -> ResponseReturnValue:
    """Show the fields of a step."""
    here = prepared(draft)
    level = request.args.get("show", "")
    told = [one for one in here.reading.problems_of(step) if level == "all" or (level and not one.blank)]
    return _page(here, step, level=level if level in LEVELS else "", problems=here.links(told))


def save_step(draft: int, step: str) -> ResponseReturnValue:
    """Save the fields of a step, complete or not, and go where the button leads."""
    found = find_draft(database(), draft)
    edit = edit_sent(field.name for field in STEPS[step])
    try:
        saved = save_draft(database(), found, edit, around().who)
    except DraftSettled:
        return _page(read(found), step, edit.texts, settled=True), 409
    here = read(saved.draft)
    if saved.clashes:
        links = tuple(Link(f"#f-{one.name}", wording_preparing.label(one.name)) for one in saved.clashes)
        return _page(here, step, clashes=saved.clashes, conflicts=links), 409
    return redirect(onward(here, step), 303)


def edit_sent(names: Iterable[str]) -> Edit:
    """Read what a page sent: texts with plain line breaks, and marks. Where a clash was settled, theirs is kept."""
    kept = [name for name in names if name in request.form and f"theirs.{name}" not in request.form]
    texts = {name: request.form[name].replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n") for name in kept}
    texts |= {name: "" for name, text in texts.items() if _is_automatic(name, text)}
    return Edit(texts, {name: request.form[f"was.{name}"] for name in kept if f"was.{name}" in request.form})


def _is_automatic(name: str, text: str) -> bool:
    """Is it the text that the page made itself, or shall it be that one again? It is not stored, so that it follows."""
    return request.form.get("automatic") == name or (bool(text) and request.form.get(f"auto.{name}") == mark(text))


def onward(here: Prepared, step: str) -> str:
    """Return where a saved page leads: to the next step, to the one that was asked for, or back to what is wrong."""
    go, _, name = request.form.get("go", "stay").partition(":")
    if go == "to" and name in (*EDITED, *LOOKED_AT):
        note("saved")
        return way_to(here.draft.id, name)
    if any(not one.blank or go == "next" for one in here.reading.problems_of(step)):
        level = "all" if go == "next" or step == TERM else "typed"  # half a deadline is none
        return f"{way_to(here.draft.id, step, show=level)}#problems"
    note("saved")
    if go != "next":
        return way_to(here.draft.id, step)
    names = [*EDITED, *LOOKED_AT]
    return way_to(here.draft.id, names[names.index(step) + 1])


def _page(
    here: Prepared,
    step: str,
    typed: Mapping[str, str] | None = None,
    *,
    clashes: tuple[Clashing, ...] = (),
    level: str = "typed",
    **told: object,
) -> str:
    clashing = {one.name: one for one in clashes}
    problems = [one for one in here.reading.problems_of(step) if level == "all" or (level and not one.blank)]
    fields = {}
    for field in STEPS[step]:
        stored, clash = here.draft.text(field.name), clashing.get(field.name)
        text = clash.mine if clash else (typed or {}).get(field.name, stored)
        if field.name == BODY and not clash:
            text = text or here.reading.proposed_body
        messages = tuple(wording_preparing.problem(one) for one in problems if one.at == field.name)
        fields[field.name] = ShownField(field, text, mark(stored), messages, clash)
    return render_template(
        f"preparing/{step}.html",
        here=here,
        step=step,
        fields=fields,
        automatic=mark(here.reading.proposed_body),
        words=wording_preparing,
        **told,
    )
