"""What a municipality was told of its needs, the list that all share, and what it says to it."""

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.answers.anchors import LONGEST_OPINION
from exports.answers.told import show_month
from exports.needs import Key
from questions.kinds.texts import Prose
from questions.setting import Setting
from survey_app import wording
from survey_app.access import around, current_account
from survey_app.connections import database
from survey_app.counting import known_number
from survey_app.store.follow_ups import FollowUp, follow_ups
from survey_app.store.inquiries import Inquiry, find_inquiry, standing
from survey_app.store.opinions import by_need, opinions, say_opinion
from survey_app.store.publications import Published, find_publication, last_publication, publications
from survey_app.views.publishing.published import send_letter, send_shared
from survey_app.views.replying.notes import note

blueprint = Blueprint("answers", __name__, url_prefix="/inquiries/<inquiry>/answers")
_TEXT = Prose(longest=LONGEST_OPINION)


@blueprint.get("")
def show(inquiry: str) -> ResponseReturnValue:
    """Show what became of each need of the municipality."""
    found = _own(inquiry)
    one = _published(found)
    return render_template("answers/nothing.html", inquiry=found) if one is None else _page(found, one)


@blueprint.get("/answers.xlsx")
def letter(inquiry: str) -> ResponseReturnValue:
    """Send the letter to the municipality."""
    one = _published(_own(inquiry))
    return _to(inquiry) if one is None else send_letter(one, _code())


@blueprint.get("/shared")
def shared(inquiry: str) -> ResponseReturnValue:
    """Show what all municipalities asked for and what became of it, as far as they allowed."""
    found = _own(inquiry)
    one = _published(found)
    return _to(inquiry) if one is None else render_template("answers/shared.html", inquiry=found, one=one)


@blueprint.get("/shared.xlsx")
def shared_book(inquiry: str) -> ResponseReturnValue:
    """Send that list as a workbook."""
    one = _published(_own(inquiry))
    return _to(inquiry) if one is None else send_shared(one)


@blueprint.post("/<row>/opinion")
def say(inquiry: str, row: str) -> ResponseReturnValue:
    """Say something to what was told of one need."""
    found, key = _own(inquiry), (_code(), row)
    one = last_publication(database(), found)
    if one is None or key not in one.contents.by_key:
        raise LookupError(row)
    text = request.form.get("text", "").replace("\r\n", "\n")
    parsed = _TEXT.parse((text,), Setting())
    if parsed.value is None:
        return _page(found, one, at=key, typed=text, problem=_spoken(parsed.problems)), 422
    token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
    say_opinion(database(), one, key, text, f"{row}/{token}", around().who)
    note("opinion_said")
    return redirect(url_for("answers.show", inquiry=inquiry, _anchor=f"need-{one.contents.by_key[key].control}"), 303)


def _spoken(problems: tuple) -> str:
    return wording.problem(problems[0], wording.language()) if problems else _("意見を入力してください。")


def _code() -> str:
    return current_account().municipality or ""


def _own(inquiry: str) -> Inquiry:
    """Return an inquiry of which the municipality is a target. Raises LookupError."""
    found = find_inquiry(database(), inquiry)
    standing(database(), found, _code())
    return found


def _to(inquiry: str) -> ResponseReturnValue:
    """Lead to the page that says that nothing was told yet."""
    return redirect(url_for("answers.show", inquiry=inquiry), 303)


def _published(inquiry: Inquiry) -> Published | None:
    """Return the publication that is asked for, else the last one; None while there is none. Raises LookupError."""
    asked = request.args.get("number", "")
    if asked:
        return find_publication(database(), inquiry, known_number(asked))
    return last_publication(database(), inquiry)


def _noted(inquiry: Inquiry, one: Published) -> dict[Key, tuple[list[FollowUp], list[FollowUp]]]:
    """Return the notes on each need of the municipality: on what is told here, and on what was promised before it."""
    noted = follow_ups(database(), inquiry, _code())
    return {
        need.key: (
            [note for note in noted if note.is_on(need)],
            [note for note in noted if note.key == need.key and not note.is_on(need)],
        )
        for need in one.contents.of(_code())
    }


def _page(inquiry: Inquiry, one: Published, *, at: Key | None = None, **told: object) -> str:
    known = publications(database(), inquiry)
    return render_template(
        "answers/show.html",
        inquiry=inquiry,
        one=one,
        known=known,
        is_last=one.number == known[-1].number,
        needs=one.contents.of(_code()),
        name=one.contents.names.get(_code(), _code()),
        said=by_need(opinions(database(), inquiry, _code())),
        noted=_noted(inquiry, one),
        token=secrets.token_urlsafe(24),
        longest=LONGEST_OPINION,
        show_month=show_month,
        at=at,
        **{"typed": "", "problem": "", **told},
    )
