"""The division reads one municipality's reply with all that is to be looked at, accepts it, lifts checks for it."""

from collections.abc import Sequence
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.answers import Place
from questions.differences import differences
from questions.life import Act, Actor, may
from questions.retiring import as_answered
from survey_app import wording
from survey_app.access import around
from survey_app.checking import compared, marks, since_last_time
from survey_app.connections import database, moment
from survey_app.last_time import LastTime
from survey_app.showing import Reader
from survey_app.showing_changes import ShownChange, shown_changes
from survey_app.store import inquiries as store
from survey_app.store.earlier import find_earlier
from survey_app.store.inquiries import Inquiry, find_inquiry, set_waived
from survey_app.store.replies import Reply, find_reply
from survey_app.store.returns import open_items
from survey_app.store.submissions import ChangedMeanwhile, Handed, submissions_of
from survey_app.store.submissions import accept as accept_reply
from survey_app.store.undoing_returns import state_before_return
from survey_app.views.accepting import next_to_check
from survey_app.views.board import blueprint
from survey_app.views.replying.notes import note

LONGEST_TOLD = 120  # of what was there before, beside an answer


@blueprint.get("/<inquiry>/<municipality>")
def reply(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Show the last submission of one municipality, read-only, with what is to be looked at in it."""
    found = find_inquiry(database(), inquiry)
    here = find_reply(database(), found, municipality, around())
    handed = submissions_of(database(), found, municipality)
    number = request.args.get("number", type=int)
    shown = next((one for one in handed if one.number == number), handed[0] if handed else None)
    return render_template(
        "board/reply.html",
        inquiry=found,
        standing=here.standing,
        town=here.setting.roster[municipality],
        handed=handed,
        shown=shown,
        may_return=_may(here, Act.RETURN),
        returned=open_items(database(), here),
        may_undo_return=_may(here, Act.TAKE_BACK) and state_before_return(database(), here) is not None,
        may_accept=_may(here, Act.ACCEPT),
        may_enter=_may(here, Act.ENTER),
        roster=here.setting.roster,
        waivable=[check for check in found.questionnaire.checks if check.waivable],
        waived=here.setting.waived,
        following=next_to_check(found, municipality),
        **(_looked_at(here, shown, handed) if shown else {}),
    )


@blueprint.post("/<inquiry>/<municipality>/accept")
def accept(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Mark a reply as checked; then show it, or the next one that is to be checked."""
    found = find_inquiry(database(), inquiry)
    here = find_reply(database(), found, municipality, around())
    try:
        accept_reply(database(), here, request.form.get("number", 0, type=int), around().who)
    except ChangedMeanwhile:
        note("newer_submission", "warn")
        return _back(found, municipality)
    if request.form.get("go") == "next":
        following = next_to_check(found, municipality)
        note("accepted" if following else "accepted_last")
        return _back(found, following or municipality)
    return _back(found, municipality)


@blueprint.post("/<inquiry>/<municipality>/waive")
def waive(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Lift checks for one municipality, or let them hold again."""
    found = find_inquiry(database(), inquiry)
    store.standing(database(), found, municipality)
    known = {check.name for check in found.questionnaire.checks if check.waivable}
    set_waived(database(), found, municipality, known & set(request.form.getlist("waived")), around().who)
    return _back(found, municipality)


def _may(here: Reply, act: Act) -> bool:
    return may(here.state, act, Actor.DIVISION, here.standing.term, moment())


def _looked_at(here: Reply, shown: Handed, handed: Sequence[Handed]) -> dict[str, object]:
    """Return what the page tells of one submission: its answers, what is to be looked at, what was there before."""
    inquiry, setting, language = here.inquiry, here.setting, wording.language()
    asked = as_answered(inquiry.questionnaire, [one.contents for one in handed])
    everything = compared(database(), inquiry, setting.roster)
    newest = shown.number == handed[0].number
    remarks = everything.remarks(shown, setting, language, alone=not newest)
    before = next((one for one in handed if one.number == shown.number - 1), None)
    found = () if before is None else differences(asked, before.contents, shown.contents)
    earlier = find_earlier(database(), inquiry, here.municipality)
    last = None if earlier is None else LastTime(earlier, inquiry.questionnaire, setting, language)
    since = () if last is None else since_last_time(last, shown.contents)
    changes = shown_changes(found, asked, setting, language)
    beside = [((one.row, one.question), line) for one, line in zip(found, changes, strict=True)]
    reader = Reader(asked, shown.contents, setting, language, address_of=partial(_file, inquiry, here.municipality))
    return {
        "sections": reader.sections(),
        "remarks": remarks,
        "breaches": [one for one in everything.breaches if newest and here.municipality in one.municipalities],
        "placed": {*shown.contents.values, *(("", table) for table in shown.contents.rows)},
        "changes": changes,
        "before": before,
        "last": last,
        "since": since,
        "messages": marks(remarks, [*_before(beside), *_last(since)]),
    }


def _before(changes: list[tuple[Place, ShownChange]]) -> list[tuple[Place, str]]:
    told = [(place, one) for place, one in changes if one.sort not in ("row_added", "row_removed")]
    return [(place, _("前の提出：%(text)s", text=_short(one.before))) for place, one in told]


def _last(since: Sequence[ShownChange]) -> list[tuple[Place, str]]:
    told = [one for one in since if one.sort not in ("row_added", "row_removed")]
    return [(("", one.name), _("前回の照会：%(text)s", text=_short(one.before))) for one in told]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return (plain if len(plain) <= LONGEST_TOLD else f"{plain[:LONGEST_TOLD]}…") or _("（無回答）")


def _file(inquiry: Inquiry, municipality: str, attachment: str) -> str:
    return url_for("attaching.handed_in", inquiry=inquiry.name, municipality=municipality, identity=attachment)


def _back(inquiry: Inquiry, municipality: str) -> ResponseReturnValue:
    return redirect(url_for("board.reply", inquiry=inquiry.name, municipality=municipality), 303)
