"""Words of what changed in an act of the trail: what each value is called, and what the codes in it mean."""

from collections.abc import Mapping
from typing import Any

from survey_app import wording_board, wording_checking, wording_consulting, wording_people, wording_preparing
from survey_app.wording import N_, language, translate
from survey_app.wording_publishing import STATUSES

KEYS = {
    **wording_people.FIELDS,
    **wording_people.PERSONS,
    "after": N_("変更後"),
    "agreed_at": N_("延長した日時"),
    "archived_at": N_("保管した日時"),
    "as_they_are": N_("そのまま一覧に載せた要望"),
    "asked": N_("照会する要望の数"),
    "attachment": N_("別紙の符号"),
    "attempts": N_("送信を試みた回数"),
    "before": N_("変更前"),
    "bytes": N_("大きさ（バイト）"),
    "cancel_notice": N_("取りやめる理由"),
    "cancelled_at": N_("取りやめた日時"),
    "closed_at": N_("締め切った日時"),
    "closes": N_("やり取りを終える"),
    "comment": N_("添え書き"),
    "confirmed": N_("確認した項目"),
    "consulted": N_("関係課"),
    "cut": N_("集計（回）"),
    "deadline": N_("回答期限"),
    "digest": N_("内容のダイジェスト"),
    "division": N_("関係課"),
    "document": N_("調査票の内容"),
    "draft": N_("下書き（番号）"),
    "due": N_("回答期限"),
    "earlier": N_("前回の照会（番号）"),
    "eased": N_("注意だけにした確認"),
    "extension": N_("延長後の期限"),
    "field": N_("分野"),
    "file": N_("ファイル"),
    "files": N_("ファイル"),
    "form": N_("支援の形態"),
    "gathering": N_("受領の符号"),
    "id": N_("番号"),
    "inquiries_to": N_("問い合わせ先"),
    "issue": N_("整理番号"),
    "items": N_("差し戻した項目"),
    "label": N_("用途"),
    "letter": N_("依頼文"),
    "merge": N_("名寄せ（番号）"),
    "merges": N_("名寄せ（番号）"),
    "municipality": N_("団体"),
    "name": N_("名称・氏名"),
    "needs": N_("要望"),
    "number": N_("回"),
    "opened_at": N_("発出した日時"),
    "origin": N_("調査票の出どころ"),
    "page": N_("画面の符号"),
    "pairs": N_("似ていないとした要望"),
    "part": N_("主・関係"),
    "person": N_("担当者"),
    "planned": N_("新しい予定"),
    "promised": N_("回答の予定日"),
    "publication": N_("公表（回）"),
    "question": N_("設問"),
    "questionnaire": N_("調査票の符号"),
    "reason": N_("理由"),
    "receipt": N_("受付番号"),
    "recipient": N_("送り先"),
    "refused": N_("読み取れなかった数"),
    "remark": N_("区分・指摘"),
    "reopened_at": N_("再開した日時"),
    "request": N_("依頼の文"),
    "retain_until": N_("保存期間の満了日"),
    "revision": N_("版"),
    "role": N_("役割"),
    "round": N_("関係課への照会（回）"),
    "row": N_("要望"),
    "rule": N_("振り分け（番号）"),
    "sha256": N_("ファイルの符号（SHA-256）"),
    "shared": N_("全団体が見る一覧の数"),
    "side": N_("書いた側"),
    "sign_in_name": N_("サインイン名"),
    "since": N_("この日から"),
    "size": N_("大きさ（バイト）"),
    "source": N_("受け方"),
    "source_note": N_("受け方の備考"),
    "spoken_with": N_("話した相手"),
    "state": N_("状態"),
    "status": N_("進み具合"),
    "subject": N_("件名"),
    "successor": N_("後任"),
    "taken": N_("取り込んだ数"),
    "text": N_("本文"),
    "token": N_("画面の符号"),
    "until": N_("この日まで"),
    "upload": N_("ファイルの符号"),
    "waived": N_("外した確認"),
    "way": N_("連絡の方法"),
    "whole": N_("全部の提出"),
}
REMARKS = {
    "not_a_need": N_("要望ではない"),
    "is_a_need": N_("要望である"),
    "not_similar": N_("似ていない"),
}
SIDES = {"division": N_("県"), "municipality": N_("市町村")}
WEB, YES, NO = N_("画面"), N_("はい"), N_("いいえ")
NTH, ROW, COUNTED = N_("第%(number)s回"), N_("表の行 %(row)s"), N_("%(name)s %(count)s件")
CODES: Mapping[str, Mapping[Any, str]] = {
    "role": wording_people.ROLES,
    "part": wording_consulting.SHORT_PARTS,
    "remark": REMARKS,
    "side": SIDES,
    "source": {"web": WEB, **wording_checking.SOURCES},
    "status": {one.value: text for one, text in STATUSES.items()},
    "way": wording_board.WAYS,
}
"""What codes mean, by the name of the value."""


def key(name: str) -> str:
    """Return what a value is called; its name when it has no word yet."""
    if name in KEYS:
        return translate(KEYS[name], language())
    return str(wording_preparing.LABELS.get(name, name))


def code(name: str, value: str) -> str:
    """Return what a code of a value means; itself when it is none."""
    known = CODES.get(name, {})
    return translate(known[value], language()) if value in known else value


def yes(value: object) -> str:
    """Say yes or no."""
    return translate(YES if value else NO, language())


def nth(number: int) -> str:
    """Say which round, cut or publication: 第2回."""
    return translate(NTH, language()) % {"number": number}


def row(identity: str) -> str:
    """Name a row of a table that has no control number."""
    return translate(ROW, language()) % {"row": identity}


def counted(name: str, count: int) -> str:
    """Say how many of something: 税務課 3件."""
    return translate(COUNTED, language()) % {"name": name, "count": count}
