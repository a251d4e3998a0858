"""What is shown where there is nothing (any more), or nothing that the person may see: one page for both.

A form that was filled in meanwhile is shown again, to be copied: nothing typed is lost.
"""

import re

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from questions.responses import telling
from survey_app import wording
from survey_app.access import current_account, from_elsewhere
from survey_app.carrying import Fields, posted_fields
from survey_app.permissions import permission

NOT_TYPED = frozenset({"digest", "cut", "known", "offered", "reply_seen", "records"})
"""What forms send along besides what the pages for faults set aside anyway."""

NUMBERED = frozenset({"division", "lead", "supports"})
"""What is chosen by name and sent as a number, which would tell nobody what it was."""
CHOSEN = frozenset(
    {"seen", "shown", "go", "next", "page", "by", "remove", "token", "confirm", "rows", "part"} | NUMBERED
)
"""What no person types: a form that holds nothing else has nothing to copy."""
_SECRET = re.compile("password|token|csrf", re.IGNORECASE)
LASTING = frozenset({"inquiry", "number"})
"""What an address names that does not go while somebody types: an inquiry, a round."""


def nothing_there() -> ResponseReturnValue:
    """Return the page for what does not exist; it tells nothing of what belongs to somebody else."""
    sent, fields = _is_sent(), typed_here()
    kind = "404_typed" if fields else "404_sent" if sent else "404"
    return render_template("errors/error.html", kind=kind, code=404, fields=fields, up=_way_up() if sent else ""), 404


def typed_here() -> Fields:
    """Return what was typed, under the names that people know; [] where nothing was, or it cannot be read."""
    if not _is_sent():
        return []
    try:
        sent = posted_fields(request.form)
    except HTTPException:  # larger than a form may be
        return []
    spoken = _spoken()
    typed = [(name, text) for name, text in sent if name not in NOT_TYPED and not _SECRET.search(name)]
    shown = [(spoken.get(name, name), text) for name, text in typed if name not in NUMBERED]
    return shown if any(text.strip() and name not in CHOSEN for name, text in typed) else []


def _is_sent() -> bool:
    """Is this a form that somebody who is signed in sent from a page of ours?"""
    known = request.endpoint is not None  # else nobody has looked at how much was sent, and from where
    return known and request.method == "POST" and current_user.is_authenticated and not from_elsewhere()


def _spoken() -> dict[str, str]:
    """Return what the fields are called on the page that was filled in, where their names say little."""
    named = {"remark": _("差し戻す理由"), "reason": _("理由")}
    if request.blueprint == "consulted":
        named |= {name: one.label.text(wording.language()) for name, one in telling().questions.items()}
    return named if request.blueprint in ("consulted", "consulting", "returning", "needs") else {}


def _way_up() -> str:
    """Return the address of the nearest page above the one that is not there, which the person's role may open."""
    adapter, path = current_app.create_url_adapter(request), request.path
    while adapter is not None and path.count("/") > 1:
        path = path.rstrip("/").rpartition("/")[0]
        for address in (path, f"{path}/"):
            try:
                endpoint, values = adapter.match(address, method="GET")
            except HTTPException:
                continue
            if values.keys() <= LASTING and current_account().role in permission(endpoint).roles:
                return address
    return ""
