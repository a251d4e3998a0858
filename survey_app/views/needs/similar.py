"""Needs that are one matter: proposed, merged under one subject, kept apart, taken apart again."""

import re
import unicodedata

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from exports.needs import Key
from survey_app.access import around
from survey_app.connections import database
from survey_app.store import merging
from survey_app.store.inquiries import find_inquiry
from survey_app.store.merging import AlreadyMerged, Looked, Merge, merge_mark
from survey_app.store.overtaking import Overtaken
from survey_app.views.needs.compiling import Compiled, Mark, compiled
from survey_app.views.needs.proposed import laid_out, proposed
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note

PAGE = 20
"""Proposals on one page."""
NUMBERS = "numbers"
"""The place of the form in which needs are named by their numbers."""
_CONTROL = re.compile(r"\d{6}-\d{2,}")


def similar(inquiry: str) -> ResponseReturnValue:
    """Show what is proposed, what is merged, and what says nothing."""
    return _page(compiled(find_inquiry(database(), inquiry)))


def merge(inquiry: str) -> ResponseReturnValue:
    """Merge the needs that are named; those that were offered and not taken are kept apart when it is asked for."""
    found = compiled(find_inquiry(database(), inquiry), request.form.get("cut", ""))
    typed = Typed(request.form)
    keys = _named(found, typed)
    subject = typed.line("subject", _("まとめたあとの件名を入力してください。"))
    if not typed.faults and len(keys) < 2:
        typed.faults["needs"] = _("まとめる要望を2件以上選んでください。")
    if not typed.faults:
        try:
            merging.merge(database(), found.inquiry, keys, subject, around().who, _looked(found))
        except Overtaken:
            found = compiled(found.inquiry, request.form.get("cut", ""))
            told = {"place": _place(found), "keys": keys, "typed": request.form}
            return _page(found, **told, overtaken=True, meanwhile=_meanwhile(found, keys)), 409
        except AlreadyMerged:
            typed.faults["needs"] = _("別々にまとめた要望が入っています。先に、どちらかのまとめを取り消してください。")
    if typed.faults:
        return _page(found, place=_place(found), keys=keys, typed=request.form, faults=typed.faults), 422
    if "separate" in request.form:
        others = [key for key in _keys("offered", found) if key not in keys]
        merging.keep_apart(database(), found.inquiry, others, keys, around().who)
    note("needs_merged")
    return _back(found, "merged" if request.form.get("place", "").startswith("group") else "proposals")


def apart(inquiry: str) -> ResponseReturnValue:
    """Remark that the needs that were offered together are different matters; they are not proposed again."""
    found = compiled(find_inquiry(database(), inquiry), request.form.get("cut", ""))
    keys = _keys("offered", found)
    merging.keep_apart(database(), found.inquiry, keys, keys, around().who)
    note("needs_apart")
    return _back(found, "proposals")


def dissolve(inquiry: str, group: int) -> ResponseReturnValue:
    """Take a group apart again."""
    found = compiled(find_inquiry(database(), inquiry), request.form.get("cut", ""))
    if any(one.id == group for one in found.known.merges):
        merging.dissolve(database(), found.inquiry, group, around().who)
        note("merge_dissolved")
    else:
        note("merge_gone", "warn")
    return _back(found, "merged")


def _named(found: Compiled, typed: Typed) -> list[Key]:
    """Return the needs that are ticked, or named by their numbers; unknown numbers are faults."""
    by_control = {line.need.control: line.key for line in found.lines}
    numbers = _CONTROL.findall(unicodedata.normalize("NFKC", request.form.get(NUMBERS, "")))
    unknown = [one for one in numbers if one not in by_control]
    if unknown:
        typed.faults["needs"] = _("管理番号 %(numbers)s の要望は、ここにはありません。", numbers="、".join(unknown))
    return _keys("needs", found) + [by_control[one] for one in numbers if one in by_control]


def _keys(name: str, found: Compiled) -> list[Key]:
    known = {"/".join(line.key): line.key for line in found.lines}
    return [known[one] for one in request.form.getlist(name) if one in known]


def _looked(found: Compiled) -> Looked:
    """Return what the form was made from: the groups of its needs; that of the numbers, all groups."""
    if NUMBERS in request.form:
        return Looked(request.form.get("seen"))
    return Looked(request.form.get("seen"), _keys("offered", found) or _keys("needs", found))


def _meanwhile(found: Compiled, keys: list[Key]) -> list[Merge]:
    """Return the groups in which the needs of the form stand now."""
    return [one for one in found.known.merges if set(one.needs) & set(keys)]


def _place(found: Compiled) -> str:
    """Return the form that is shown again: that of the proposal if it is still there, else that of the numbers."""
    place = request.form.get("place", "")
    groups = {f"group-{one.id}" for one in found.known.merges}
    return place if place in groups | set(proposed(found)) else NUMBERS


def _page(found: Compiled, **told: object) -> str:
    offered = proposed(found)
    pages = max(-(-len(offered) // PAGE), 1)
    given = {"place": "", "keys": (), "typed": {}, "faults": {}, "overtaken": False, "meanwhile": (), **told}
    page = min(max(request.values.get("page", 1, type=int), 1), pages)
    return render_template(
        "needs/similar.html",
        found=found,
        inquiry=found.inquiry,
        offered=[laid_out(found, *one) for one in list(offered.items())[(page - 1) * PAGE : page * PAGE]],
        whole=len(offered),
        page=page,
        pages=pages,
        groups=[(one, found.merge_of(one)) for one in found.known.merges],
        empty=[line for line in found.lines if Mark.EMPTY in line.marks],
        aside=[line for line in found.lines if Mark.ASIDE in line.marks],
        controls={line.key: line.need.control for line in found.lines},
        seen=lambda keys=None: merge_mark(found.known.merges, keys),
        **given,
    )


def _back(found: Compiled, part: str) -> ResponseReturnValue:
    page = request.form.get("page", 1, type=int)
    address = url_for(
        "needs.similar", inquiry=found.inquiry.name, cut=found.chosen, page=page if page > 1 else None, _anchor=part
    )
    return redirect(address, 303)
