"""What would be told now: by need and by municipality, what is lacking, what changes; and telling it."""

import secrets
from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.answers.told import Told
from exports.needs import Key
from survey_app import wording
from survey_app.access import around
from survey_app.connections import database, moment
from survey_app.counting import known_number, read_number
from survey_app.store.inquiries import Inquiry, find_inquiry
from survey_app.store.overtaking import Overtaken
from survey_app.store.publications import NewPublication, NothingToTell, Published, publications
from survey_app.store.publications import publish as publish_now
from survey_app.store.rounds import Round, find_round, rounds
from survey_app.store.telling import Lack, Line, Prepared, differences, prepare
from survey_app.views.replying.notes import note

PAGE = 30
CHANGES = "changes"
ANSWERED = "answered"


@dataclass(frozen=True)
class Town:
    """One municipality that would be told something: how many needs, how many answered, how many to be looked at."""

    code: str
    name: str
    needs: int
    answered: int
    marked: int


def show(inquiry: str) -> ResponseReturnValue:
    """Show what would be told."""
    return _page(find_inquiry(database(), inquiry), request.args.get("round", ""))


def publish(inquiry: str) -> ResponseReturnValue:
    """Tell it."""
    found = find_inquiry(database(), inquiry)
    asked = request.form.get("round", "")
    round_ = _round(found, asked)
    if round_ is None:
        raise LookupError(asked)
    faults = _untold(found, round_)
    if faults:
        return _page(found, asked, faults=faults, ticked=_ticked(), agreed="unowned" in request.form), 422
    token = request.form.get("token", "")[:100] or secrets.token_urlsafe(24)
    new = NewPublication(request.form.get("seen", ""), token, _ticked())
    try:
        done = publish_now(database(), found, round_, new, around().who)
    except Overtaken:
        meanwhile = _meanwhile(publications(database(), found))
        return _page(found, asked, overtaken=True, meanwhile=meanwhile, ticked=_ticked()), 409
    except NothingToTell:
        fault = {"sure": _("市町村に知らせる要望がありません。")}
        return _page(found, asked, faults=fault), 422
    note("published")
    return redirect(url_for("publishing.publication", inquiry=inquiry, number=done.number), 303)


def town(inquiry: str, municipality: str) -> ResponseReturnValue:
    """Show what one municipality would be told, as it would see it."""
    found = find_inquiry(database(), inquiry)
    round_ = _round(found, request.args.get("round", ""))
    if round_ is None:
        raise LookupError(municipality)
    prepared = prepare(database(), found, round_, moment())
    lines = [one for one in prepared.lines if one.told.municipality == municipality]
    if not lines:
        raise LookupError(municipality)
    codes = prepared.publication.told_to
    place = codes.index(municipality)
    return render_template(
        "publishing/town.html",
        inquiry=found,
        prepared=prepared,
        lines=lines,
        name=prepared.roster.name(municipality),
        before=codes[place - 1] if place else None,
        after=next(iter(codes[place + 1 : place + 2]), None),
        speak=_speak,
    )


def _untold(inquiry: Inquiry, round_: Round) -> dict[str, str]:
    """Return what is still to be ticked: that all was looked at, and that some needs have no division yet."""
    faults = {}
    if "unowned" not in request.form and prepare(database(), inquiry, round_, moment()).lacking(Lack.UNOWNED):
        faults["unowned"] = _("担当課が決まっていない要望があります。一覧を確かめて、チェックを付けてください。")
    if request.form.get("sure") != "1":
        faults["sure"] = _("公表した内容は取り消せません。内容を確かめて、チェックを付けてください。")
    return faults


def _meanwhile(known: tuple[Published, ...]) -> tuple[Published, ...]:
    """Return what others published after the page was made that proposed a number to the next publication."""
    number = read_number(request.form.get("number", ""))
    return known[number - 1 :] if number else ()


def _ticked() -> frozenset[Key]:
    pairs = (one.partition("/") for one in request.form.getlist("as_they_are"))
    return frozenset((code, row) for code, _slash, row in pairs)


def _round(inquiry: Inquiry, asked: str) -> Round | None:
    """Return the round that is asked for, else the last one; None while there is none. Raises LookupError."""
    if asked:
        return find_round(database(), inquiry, known_number(asked))
    return next(reversed(rounds(database(), inquiry)), None)


def _page(inquiry: Inquiry, asked: str, **told: object) -> str:
    round_ = _round(inquiry, asked)
    known = publications(database(), inquiry)
    if round_ is None:
        return render_template("publishing/nothing.html", inquiry=inquiry, publications=known)
    prepared = prepare(database(), inquiry, round_, moment())
    changed = dict(_changed(prepared, known))
    picked = request.args.get("mark", "")
    lines = [one for one in prepared.lines if _is(one, picked, changed)]
    page = max(request.args.get("page", 1, type=int), 1)
    return render_template(
        "publishing/show.html",
        inquiry=inquiry,
        prepared=prepared,
        round=round_,
        rounds=rounds(database(), inquiry),
        publications=known,
        changed=changed,
        picked=picked,
        whole=len(lines),
        lines=lines[(page - 1) * PAGE : page * PAGE],
        page=page,
        pages=-(-len(lines) // PAGE),
        towns=_towns(prepared),
        lacks=Lack,
        speak=_speak,
        token=secrets.token_urlsafe(24),
        **{"faults": {}, "ticked": frozenset(), "overtaken": False, "meanwhile": (), "agreed": False, **told},
    )


def _changed(prepared: Prepared, known: tuple[Published, ...]) -> list[tuple[Key, Told | None]]:
    """Return the needs of which something else is told than last time; none while nothing was told yet."""
    if not known:
        return []
    return [(now.key, was) for now, was in differences(prepared.publication, known[-1].contents)]


def _is(line: Line, picked: str, changed: dict[Key, Told | None]) -> bool:
    if picked == CHANGES:
        return line.told.key in changed
    if picked == ANSWERED:
        return line.told.lead is not None
    return not picked or picked in line.lacks


def _towns(prepared: Prepared) -> list[Town]:
    found = []
    for code in prepared.publication.told_to:
        own = [one for one in prepared.lines if one.told.municipality == code]
        answered = sum(one.told.lead is not None for one in own)
        found.append(
            Town(
                code,
                prepared.roster.name(code),
                len(own),
                answered,
                sum(bool(set(one.lacks) - {Lack.EARLIER}) for one in own),
            )
        )
    return found


def _speak(line: Line) -> list[str]:
    """Return what the rules of a disposition find wrong with the response to a need."""
    return [wording.problem(one, wording.language()) for one in line.problems]
