"""Groups of municipalities, such as 奥会津5町村."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from questions.bureaus import in_order
from survey_app.access import around
from survey_app.connections import database
from survey_app.rosters.comparing import SEPARATOR
from survey_app.store import roster_changes
from survey_app.store.overtaking import Overtaken, mark
from survey_app.store.rosters import roster
from survey_app.views.people.typed import Typed
from survey_app.views.replying.notes import note


def groups() -> ResponseReturnValue:
    """List the groups."""
    return render_template("people/groups.html", groups=roster_changes.groups(database()))


def group() -> ResponseReturnValue:
    """Show the form of a group, or of a new one."""
    name = request.args.get("name", "")
    known = roster_changes.groups(database())
    if name and name not in known:
        raise LookupError(name)
    return _page(name, name, frozenset(one.code for one in known.get(name, ())))


def keep_group() -> ResponseReturnValue:
    """Keep the name and the members of a group."""
    known, members = request.form.get("known", ""), frozenset(request.form.getlist("members"))
    typed = Typed(request.form)
    name = typed.line("name", _("グループの名前を入力してください。"))
    if SEPARATOR in name:
        typed.faults["name"] = _("グループの名前に「;」は使えません。")
    elif name != known and name in roster_changes.groups(database()):
        typed.faults["name"] = _("「%(name)s」というグループはすでにあります。", name=name)
    if not members and not known:
        typed.faults["members"] = _("グループに入れる市町村を選んでください。")
    if typed.faults:
        return _page(known, request.form.get("name", ""), members, faults=typed.faults), 422
    try:
        seen = request.form.get("seen", "")
        roster_changes.keep_group(database(), known, name, members, around().who, seen=seen)
    except Overtaken:
        return _page(known, name, members, overtaken=True), 409
    note("group_kept")
    return redirect(url_for("people.groups"), 303)


def _page(known: str, name: str, members: frozenset[str], **told: object) -> str:
    towns = tuple(roster(database()))
    bureaus: dict[str, list[object]] = {bureau: [] for bureau in in_order(one.bureau for one in towns)}
    for one in towns:
        bureaus[one.bureau].append(one)
    seen = mark(roster_changes.group_told(database(), known))
    shown = {"known": known, "name": name, "members": members, "bureaus": bureaus, "seen": seen}
    return render_template("people/group.html", **shown, **{"faults": {}, "overtaken": False, **told})
