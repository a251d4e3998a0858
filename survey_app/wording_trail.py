"""Words of the audit trail: what each act is called."""

from survey_app import wording_people
from survey_app.wording import N_, language, translate

ACTS = {
    **wording_people.ACTS,
    "sign_in": N_("サインイン"),
    "end_sessions": N_("ほかの場所のサインアウト"),
    "change_password": N_("パスワードの変更"),
    "start_draft": N_("照会の作成を始めた"),
    "choose_questionnaire": N_("調査票の選択"),
    "save_draft": N_("照会の下書きの保存"),
    "discard_draft": N_("照会の下書きの破棄"),
    "open_draft": N_("下書きからの発出"),
    "open_inquiry": N_("照会の発出"),
    "close_inquiry": N_("締切"),
    "open_inquiry_again": N_("締切の取消し"),
    "reopen_for": N_("1団体の再開"),
    "close_for": N_("1団体の再締切"),
    "cancel_inquiry": N_("照会の取りやめ"),
    "keep_until": N_("保存期間の設定"),
    "archive_inquiry": N_("保管用ファイルの作成"),
    "change_questionnaire": N_("調査票の変更"),
    "waive": N_("確認の解除"),
    "extend": N_("期限の延長"),
    "withdraw_extension": N_("延長の取消し"),
    "log_call": N_("連絡の記録"),
    "queue_mail": N_("メールの送信待ち"),
    "save": N_("回答の保存"),
    "attach": N_("別紙の添付"),
    "ask_approval": N_("決裁の依頼"),
    "send_back": N_("決裁者の差戻し"),
    "approve": N_("決裁・提出"),
    "submit": N_("提出"),
    "withdraw": N_("提出の取下げ"),
    "return": N_("項目の差戻し"),
    "accept": N_("受付"),
    "enter": N_("代理入力"),
    "delegate": N_("他課へのリンク"),
    "withdraw_delegation": N_("リンクの取消し"),
    "acknowledge": N_("受け取りの連絡"),
    "say": N_("質問・回答"),
    "upload_form": N_("回答票の送信"),
    "receive_form": N_("回答票の取り込み"),
    "fix_cut": N_("集計の確定"),
    "merge_needs": N_("名寄せ"),
    "dissolve_merge": N_("名寄せの取消し"),
    "remark_need": N_("要望の区分"),
    "move_need": N_("関係課の変更（要望）"),
    "add_routing_rule": N_("振り分けの追加"),
    "end_routing_rule": N_("振り分けの終了"),
}


def act(name: str) -> str:
    """Return what an act is called; its name when it has no word yet."""
    return translate(ACTS[name], language()) if name in ACTS else name
