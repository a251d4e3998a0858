"""The ways between the rooms: what stands in the head of every page, and in the head of one inquiry's pages.

A way is shown to those who may go it by the table of permissions.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _

from survey_app.access import current_account
from survey_app.permissions import permission

ROOMS = (
    ("board.inquiries", _("照会の一覧")),
    ("preparing.drafts", _("照会の作成")),
    ("people.municipalities", _("団体・担当者")),
    ("people.accounts", _("利用者")),
    ("divisions.listed", _("関係課")),
    ("consulted.inquiries", _("照会の一覧")),
    ("audit.search", _("操作の記録")),
)
OF_AN_INQUIRY = (
    ("board.board", _("提出状況")),
    ("chasing.today", _("督促")),
    ("gathering.show", _("回答票の取り込み")),
    ("needs.listed", _("要望事項")),
    ("consulting.rounds", _("関係課への照会")),
    ("publishing.show", _("回答の公表")),
    ("results.show", _("集計結果")),
    ("data.show", _("データ")),
    ("changing.show", _("調査票の変更")),
    ("closing.show", _("締切・保管")),
)


@dataclass(frozen=True)
class Way:
    """A link to a room. ``here``: the page that is shown stands in it."""

    address: str
    name: str
    here: bool


def rooms() -> list[Way]:
    """Return the ways between rooms that are open to the person signed in; none when there is but one."""
    found = [_way(endpoint, str(name)) for endpoint, name in ROOMS if _open(endpoint)]
    return found if len(found) > 1 else []


def of_inquiry(inquiry: str) -> list[Way]:
    """Return the ways between the pages of one inquiry that are open to the person signed in."""
    return [_way(endpoint, str(name), inquiry=inquiry) for endpoint, name in OF_AN_INQUIRY if _open(endpoint)]


def _open(endpoint: str) -> bool:
    return endpoint in current_app.view_functions and current_account().role in permission(endpoint).roles


def _way(endpoint: str, name: str, **values: Any) -> Way:
    here = _room(request.endpoint or "", request.path) == _room(endpoint, url_for(endpoint, **values))
    return Way(url_for(endpoint, **values), name, here)


def _room(endpoint: str, path: str) -> str:
    """Return in which room a page stands: its blueprint; accounts are a room of their own beside other people."""
    blueprint = endpoint.partition(".")[0].replace("routing", "divisions").replace("versus", "results")
    return "accounts" if blueprint == "people" and path.startswith("/people/accounts") else blueprint
