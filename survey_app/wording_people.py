"""Words about people: what they are, how far they have come, and what was done with their accounts."""

from collections.abc import Mapping
from typing import Any

from survey_app.receiving.refusals import Reason
from survey_app.wording import N_, language, translate

ROLES = {
    "officer": N_("市町村の担当者"),
    "approver": N_("市町村の決裁者"),
    "colleague": N_("庁内のほかの課"),
    "division": N_("県の照会担当"),
    "consulted": N_("関係課の担当者"),
    "analyst": N_("分析担当"),
    "administrator": N_("管理者"),
}
STATES = {
    "ready": N_("利用中"),
    "initial": N_("初期パスワードのまま"),
    "invited": N_("招待中"),
    "nothing": N_("未案内"),
    "disabled": N_("停止"),
}
CHOSEN = {
    "open": N_("停止していない利用者"),
    "waiting": N_("まだサインインの準備ができていない利用者"),
    "disabled": N_("停止した利用者"),
    "all": N_("すべて"),
}
ACTS = {
    "add_municipality": N_("市町村を追加"),
    "change_municipality": N_("市町村の情報を変更"),
    "add_contact": N_("連絡先を追加"),
    "change_contact": N_("連絡先を変更"),
    "end_contact": N_("連絡先を終了"),
    "create_account": N_("利用者を追加"),
    "change_account": N_("利用者の情報を変更"),
    "disable_account": N_("利用者を停止"),
    "enable_account": N_("利用者の停止を解除"),
    "hand_over": N_("後任へ引継ぎ"),
    "invite": N_("招待リンクを作成"),
    "withdraw_invitation": N_("招待リンクを取消し"),
    "accept_invitation": N_("招待に応じてパスワードを設定"),
    "issue_password": N_("初期パスワードを発行"),
    "add_division": N_("関係課を追加"),
    "change_division": N_("関係課の情報を変更"),
    "end_division": N_("関係課の終期を変更"),
}
FIELDS = {
    "code": N_("団体コード"),
    "name": N_("名称"),
    "kana": N_("ふりがな"),
    "kind": N_("種別"),
    "bureau": N_("地方振興局"),
    "county": N_("郡"),
    "population": N_("人口"),
    "population_source": N_("人口の出典"),
    "groups": N_("グループ"),
}
PERSONS = {
    "section": N_("課・係"),
    "post": N_("職"),
    "name": N_("氏名"),
    "telephone": N_("電話番号"),
    "email": N_("メールアドレス"),
    "note": N_("備考"),
}
_SAVE_AGAIN = N_(
    "この形式のファイルは読み取れません。Excelで「Excelブック（.xlsx）」又はCSVとして保存し直してください。"
)
_UNREADABLE = N_("ファイルが読み取れません。Excelで開き直して、見出しと表だけのファイルとして保存し直してください。")
_SAVED_OTHERWISE = (Reason.OLD_EXCEL, Reason.BINARY_EXCEL, Reason.OPEN_DOCUMENT, Reason.STRICT, Reason.MACRO)
_LOCKED = N_("パスワードが付いているため開けません。パスワードを外して保存し直してください。")


def role(code: str) -> str:
    """Return the name of a role."""
    return translate(ROLES[code], language())


def state(code: str) -> str:
    """Return how far a person has come."""
    return translate(STATES[code], language())


def chosen(code: str) -> str:
    """Return which accounts are listed."""
    return translate(CHOSEN[code], language())


def act(code: str) -> str:
    """Return what was done; the code itself for an act of another room."""
    return translate(ACTS.get(code, code), language())


def field(name: str, *, person: bool = False) -> str:
    """Return the name of a column; ``person``: of a person, not of a municipality."""
    return translate((PERSONS if person else FIELDS).get(name, name), language())


def told(values: Mapping[str, Any]) -> str:
    """Return what the trail tells of a person or a municipality, on one line."""
    plain = [str(value) for name, value in values.items() if value not in (None, "") and name not in ("role", "until")]
    return "　".join(plain)


def refusal(reason: Reason) -> str:
    """Return why a list was not taken in."""
    sentence = _LOCKED if reason is Reason.ENCRYPTED else _UNREADABLE
    return translate(_SAVE_AGAIN if reason in _SAVED_OTHERWISE else sentence, language())
