"""Sentences for those who prepare an inquiry: names of steps and fields, what is wrong, what to think of."""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from questions.model import Questionnaire
from survey_app import wording
from survey_app.deadlines import Caution, CautionCode
from survey_app.preparing.examining import DraftCode, DraftProblem
from survey_app.preparing.targets import Stranger
from survey_app.store.drafts import Origin

STEPS = {
    "questionnaire": _("調査票"),
    "about": _("照会の内容"),
    "targets": _("対象の市町村"),
    "term": _("期限と保存"),
    "letter": _("依頼文"),
    "preview": _("プレビュー"),
    "open": _("確認して発出"),
}

LABELS = {
    "questionnaire": _("調査票"),
    "title": _("件名"),
    "name": _("照会の名前（短い英数字）"),
    "issuer": _("照会元"),
    "purpose": _("趣旨"),
    "legal_ground": _("根拠法令等"),
    "use_of_results": _("結果の利用"),
    "contact_section": _("部署"),
    "contact_person": _("担当者"),
    "contact_telephone": _("電話番号"),
    "contact_mail": _("メールアドレス"),
    "targets": _("対象の市町村"),
    "deadline_day": _("回答期限の日"),
    "deadline_time": _("回答期限の時刻"),
    "retain_years": _("保存期間（年）"),
    "letter_number": _("文書番号"),
    "letter_day": _("文書の日付"),
    "letter_addressee": _("宛先"),
    "letter_sender": _("差出人"),
    "letter_body": _("本文"),
}

HINTS = {
    "title": _("市町村の一覧と依頼文に表示します。"),
    "name": _("画面のアドレスとファイル名に使います。半角の英数字と「_」「-」で、ほかの照会と重ならない名前にします。"),
    "purpose": _("何のために尋ねるかを、です・ます調で書いてください。回答の画面と依頼文に表示します。"),
    "legal_ground": _("例：地方自治法第245条の4第1項"),
    "use_of_results": _("集計の公表の範囲や、関係課への提供など。回答の画面に表示します。"),
    "contact_telephone": _("内線番号まで書いてください。"),
    "deadline_day": _("例：R8.12.18、令和8年12月18日、2026-12-18"),
    "deadline_time": _("例：17:15、午後5時15分。この時刻まで回答できます。"),
    "retain_years": _("文書の保存期間です。期限の属する年度の翌年度の4月1日から数えます。"),
    "letter_number": _("例：８市町第１２３号"),
    "letter_day": _("空欄のときは、発出する日になります。"),
    "letter_sender": _("空欄のときは、照会元に「長」を付けます。"),
    "letter_body": _(
        "書き直さない間は、照会の内容や期限を変えると、この文も変わります。「記」は中央に、「以上」は右に印刷します。"
    ),
}

PROBLEMS = {
    DraftCode.QUESTIONNAIRE_MISSING: _("調査票が読み取れません。もう一度選んでください。"),
    DraftCode.MISSING: _("入力してください。"),
    DraftCode.TOO_LONG: _("%(longest)s字以内で入力してください（いま%(length)s字です）。"),
    DraftCode.CONTROL_CHARACTER: _("%(place)s文字目に使えない文字（%(point)s）があります。その文字を消してください。"),
    DraftCode.LINE_BREAK: _("改行は使えません。1行で入力してください。"),
    DraftCode.BAD_NAME: _(
        "「%(text)s」は使えません。半角の英数字で始め、英数字と「_」「-」だけで64字以内にしてください（例：support_needs_r8）。"
    ),
    DraftCode.NAME_TAKEN: _("「%(text)s」という名前の照会か下書きがすでにあります。別の名前にしてください。"),
    DraftCode.NOT_AN_EMAIL: _(
        "メールアドレスの形になっていません（例：shichoson@pref.example.lg.jp）。半角で入力してください。"
    ),
    DraftCode.NO_TARGET: _("対象の市町村を選んでください。"),
    DraftCode.TARGET_UNKNOWN: _(
        "団体の一覧にない団体が含まれています：%(codes)s。選び直して保存すると、対象から外れます。"
    ),
    DraftCode.NOT_A_DAY: _(
        "日付として読み取れません。「R8.12.18」「令和8年12月18日」「2026-12-18」のように入力してください。"
    ),
    DraftCode.NOT_A_TIME: _("時刻として読み取れません。「17:15」「午後5時15分」のように入力してください。"),
    DraftCode.PASSED: _("%(moment)s は過ぎています。先の日時にしてください。"),
    DraftCode.NOT_YEARS: _("1から%(most)sまでの整数で入力してください。"),
}

CAUTIONS = {
    CautionCode.DAY_OFF: _("期限の %(day)s は閉庁日です（%(reason)s）。"),
    CautionCode.FEW_DAYS: _(
        "いま発出すると、市町村が回答に使える開庁日は%(days)s日です。庁内の照会と決裁のため、%(fewest)s日以上が目安です。"
    ),
    CautionCode.FAR: _("期限が%(days)s日先です。年の書き間違いではないか確かめてください。"),
    CautionCode.SENT_LATE: _("いまは執務時間外（%(at)s）です。市町村が目にするのは、次の開庁日になります。"),
    CautionCode.SENT_ON_DAY_OFF: _(
        "きょう %(day)s は閉庁日です（%(reason)s）。市町村が目にするのは、次の開庁日になります。"
    ),
    CautionCode.SAME_WEEK: _(
        "同じ週に別の照会の期限があります：%(title)s（%(deadline)s、対象が%(shared)s団体重なります）。"
    ),
}
LETTER_STALE = _("依頼文の本文に、いまの期限（%(deadline)s）が書かれていません。本文を確かめてください。")

DAYS_OFF = {"weekend": _("土曜日・日曜日"), "year_end": _("年末年始の休日")}
GROUPS = {"okuaizu5": _("奥会津5町村"), "市": _("すべての市"), "町": _("すべての町"), "村": _("すべての村")}
ORIGINS = {
    "catalogue": _("備え付けの調査票"),
    "earlier": _("以前の照会「%(name)s」の写し"),
    "file": _("Excelファイル「%(name)s」"),
}
SETTLED = _("この下書きは、ほかの方が発出したか取り消しました。保存していません。入力した内容は下に残っています。")


def label(name: str) -> str:
    """Return the name of a field or step."""
    return str(LABELS[name])


def hint(name: str) -> str:
    """Return what is said under a field's name; "" when there is nothing to say."""
    return str(HINTS.get(name, ""))


def step(name: str) -> str:
    """Return the name of a step."""
    return str(STEPS[name])


def problem(found: DraftProblem) -> str:
    """Return the sentence for a problem: what is wrong and how to mend it."""
    return str(PROBLEMS[found.code]) % _spoken(found.context)


def caution(found: Caution) -> str:
    """Return the sentence for something to think of."""
    return str(CAUTIONS[found.code]) % _spoken(found.context)


def letter_stale(deadline: datetime) -> str:
    """Say that a letter was written with another deadline."""
    return str(LETTER_STALE) % {"deadline": wording.moment(deadline)}


def group(name: str) -> str:
    """Return the name of a group of municipalities, as the roster has it when it is not one of ours."""
    return str(GROUPS.get(name, name))


def origin(found: Origin) -> str:
    """Say where a questionnaire is from."""
    return str(ORIGINS[found.way]) % {"name": found.name}


def stranger(found: Stranger) -> str:
    """Say that a pasted word names nobody, and what may be meant."""
    if found.several:
        return gettext("「%(text)s」という市町村は複数あります。6桁の団体コードで入力してください。", text=found.text)
    if found.near:
        near = "、".join(found.near)
        return gettext(
            "「%(text)s」は団体の一覧にありません。次の団体ではありませんか：%(near)s", text=found.text, near=near
        )
    return gettext("「%(text)s」は団体の一覧にありません。名称又は団体コードを確かめてください。", text=found.text)


def holdings(questionnaire: Questionnaire) -> str:
    """Say what a questionnaire holds: 節 5・設問 74・表 2（列 14）."""
    outside = len(questionnaire.questions) - len(questionnaire.table_of)
    counts = {"sections": len(questionnaire.sections), "questions": outside, "tables": len(questionnaire.tables)}
    if not questionnaire.tables:
        return gettext("節 %(sections)s、設問 %(questions)s", sections=counts["sections"], questions=outside)
    return gettext(
        "節 %(sections)s、設問 %(questions)s、表 %(tables)s（列 %(columns)s）",
        columns=len(questionnaire.table_of),
        **counts,
    )


def _spoken(context: Mapping[str, object]) -> dict[str, str]:
    return {name: _said(name, value) for name, value in context.items()}


def _said(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return wording.moment(value)
    if isinstance(value, date):
        return wording.day(value)
    return str(DAYS_OFF.get(str(value), value)) if name == "reason" else str(value)
