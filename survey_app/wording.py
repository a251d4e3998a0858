"""Sentences for people, made from codes and values: Japanese, and the English beside it."""

import gettext
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask_babel import get_locale

from questions.eras import show_day
from questions.labels import Label, Language
from questions.life import State
from questions.model import Questionnaire
from questions.numerals import show_number
from questions.problems import Code, Problem
from survey_app import clock

TRANSLATIONS = Path(__file__).parent / "translations"
MOST_CHOICES_NAMED = 12


def N_(text: str) -> str:  # noqa: N802 (the name that the extractor of translations knows)
    """Mark a text for translation."""
    return text


PROBLEMS = {
    Code.REQUIRED: N_("回答が必要です。"),
    Code.REQUIRED_HERE: "%(message)s",
    Code.TOO_LONG: N_("%(longest)s字以内で入力してください（いま%(length)s字です）。"),
    Code.LINE_BREAK: N_("改行は使えません。1行で入力してください。"),
    Code.CONTROL_CHARACTER: N_("%(place)s文字目に使えない文字（%(point)s）があります。その文字を消してください。"),
    Code.PATTERN: "%(message)s",
    Code.NOT_A_NUMBER: N_("数字で入力してください（例：1234、1,234、▲5）。"),
    Code.NOT_WHOLE: N_("小数を含まない数で入力してください。"),
    Code.TOO_MANY_DIGITS: N_("15桁以内の数で入力してください。"),
    Code.TOO_MANY_PLACES: N_("小数第%(places)s位までで入力してください。"),
    Code.TOO_SMALL: N_("%(least)s%(unit)s以上で入力してください。"),
    Code.TOO_LARGE: N_("%(most)s%(unit)s以下で入力してください。"),
    Code.NOT_A_DAY: N_("日付として読み取れません。「R8.4.1」「令和8年4月1日」「2026-04-01」のように入力してください。"),
    Code.NOT_A_MONTH: N_("年月として読み取れません。「R9.4」「令和9年4月」「2027-04」のように入力してください。"),
    Code.NOT_A_YEAR: N_("「%(text)s」は年度として読み取れません。「2026」「令和8年度」のように入力してください。"),
    Code.OUTSIDE_ERA: N_("その元号にはない日付です。元号と年を確かめてください。"),
    Code.NOT_AN_EMAIL: N_(
        "メールアドレスの形になっていません（例：somu@town.example.lg.jp）。半角で入力してください。"
    ),
    Code.UNKNOWN_CHOICE: N_("「%(text)s」は選択肢にありません。次の中から選んでください：%(choices)s"),
    Code.ONE_ONLY: N_("一つだけ選んでください。"),
    Code.TOO_FEW_CHOICES: N_("%(least)sつ以上選んでください。"),
    Code.TOO_MANY_CHOICES: N_("%(most)sつまで選べます。"),
    Code.UNKNOWN_MUNICIPALITY: N_(
        "「%(text)s」は対象の市町村にありません。名称又は6桁の団体コードを確かめてください。"
    ),
    Code.AMBIGUOUS_MUNICIPALITY: N_("「%(text)s」という市町村は複数あります。6桁の団体コードで入力してください。"),
    Code.CONSTRAINT: "%(message)s",
    Code.CHECK: "%(message)s",
    Code.TOO_FEW_ROWS: N_("%(least)s件以上入力してください（いま%(found)s件です）。"),
    Code.TOO_MANY_ROWS: N_("%(most)s件まで入力できます（いま%(found)s件です）。"),
    Code.RANK: N_("優先順位は、1から%(most)sまでを一つずつ付けてください（いま：%(found)s）。"),
    Code.NOT_A_FILE: N_("添付として読み取れません。ファイルは、この画面で選んで送ってください。"),
    Code.TOO_MANY_FILES: N_(
        "添付は%(most)s件までです（いま%(found)s件です）。取り消すものにしるしを付けて、保存してください。"
    ),
    Code.FILE_LEFT_OUT: N_(
        "「%(file)s」は添付していません（%(most)s件までです）。ほかの添付を取り消してから、もう一度選んでください。"
    ),
    Code.FILE_EMPTY: N_(
        "「%(file)s」は添付していません。空のファイルです。中身のあるファイルを、もう一度選んでください。"
    ),
    Code.FILE_TOO_LARGE: N_(
        "「%(file)s」は添付していません。大きすぎます（%(size)sMB）。"
        "1件%(megabytes)sMBまでです。分けるか小さくして、もう一度選んでください。"
    ),
    Code.FILE_TYPE: N_(
        "「%(file)s」は添付していません。添付できる種類は、%(types)sです。PDFなどに変えて、もう一度選んでください。"
    ),
    Code.FILE_CONTENT: N_(
        "「%(file)s」は添付していません。中身が名前の示す種類（%(type)s）ではないか、壊れているか、"
        "パスワードが掛かっています。元のソフトで開いて保存し直し、もう一度選んでください。"
    ),
    Code.FILE_MACRO: N_(
        "「%(file)s」は添付していません。マクロが入っています。マクロを除いて%(type)sで保存し直すか、"
        "PDFにして、もう一度選んでください。"
    ),
    Code.FILE_NAME: N_(
        "「%(file)s」は添付していません。名前が%(longest)s字より長いか、名前に使えない文字があります。"
        "名前を変えて、もう一度選んでください。"
    ),
    Code.NO_ROOM: N_(
        "「%(file)s」は添付していません。この照会で送れる量（合計%(megabytes)sMB）を超えます。"
        "小さくするか、県の担当へ連絡してください。"
    ),
}

STATES = {
    State.NOT_STARTED: N_("未着手"),
    State.DRAFT: N_("入力中"),
    State.AWAITING_APPROVAL: N_("承認待ち"),
    State.SUBMITTED: N_("提出済"),
    State.RETURNED: N_("差戻し中"),
    State.ACCEPTED: N_("受付済"),
}

REFUSALS = {
    "late": N_("回答期限を過ぎたため、変更できません。変更が必要な場合は、県の担当へ連絡してください。"),
    "closed": N_("この照会は締め切られました。変更が必要な場合は、県の担当へ連絡してください。"),
    "approval": N_("決裁者の登録がある市町村では、決裁を経て提出します。決裁を依頼してください。"),
    "item": N_("差し戻された項目だけを修正できます。ほかの項目は変更していません。"),
    "state": N_(
        "いまの状態では、この操作はできません。ほかの方が先に操作した可能性があります。画面を開き直して状態を確かめてください。"
    ),
}

WEEKDAYS = "月火水木金土日"
ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@lru_cache(maxsize=1)
def _english() -> gettext.NullTranslations:
    return gettext.translation("messages", TRANSLATIONS, ["en"], fallback=True)


def language() -> Language:
    """Return the language of this request."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "ja"


def translate(text: str, to: Language) -> str:
    """Return a marked text in a language."""
    return _english().gettext(text) if to == "en" else text


def problem(found: Problem, to: Language) -> str:
    """Return the sentence for a problem: what is wrong and how to mend it."""
    return translate(PROBLEMS[found.code], to) % _Spoken(found.context, to)


def place(found: Problem, questionnaire: Questionnaire, to: Language) -> str:
    """Return the name and label of the question that a problem is at."""
    return f"{found.question} {questionnaire.label(found.question).text(to)}"


def state(found: State) -> str:
    """Return the name of a state."""
    return translate(STATES[found], language())


def refusal(reason: str) -> str:
    """Return the sentence for an act that is not allowed now."""
    return translate(REFUSALS[reason], language())


def day(found: date, to: Language | None = None) -> str:
    """Show a day with its weekday: 令和8年12月14日（月）."""
    if (to or language()) == "en":
        return f"{ENGLISH_WEEKDAYS[found.weekday()]} {found.isoformat()}"
    return f"{show_day(found)}（{WEEKDAYS[found.weekday()]}）"


def moment(found: datetime, to: Language | None = None) -> str:
    """Show a moment: 令和8年12月14日（月）17:15."""
    there = found.astimezone(clock.TOKYO)
    return f"{day(there.date(), to)} {there:%H:%M}"


class _Spoken(dict[str, str]):
    """The context of a problem as a sentence speaks of it."""

    def __init__(self, context: Mapping[str, Any], to: Language) -> None:
        super().__init__({name: _spoken(value, to) for name, value in context.items()})
        self.to = to

    def __missing__(self, name: str) -> str:
        return ""


def _spoken(value: Any, to: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, Label):
        return value.text(to)
    if isinstance(value, tuple):
        spoken = [_spoken(one, to) for one in value[:MOST_CHOICES_NAMED]]
        more = ["…"] if len(value) > MOST_CHOICES_NAMED else []
        return ("、" if to == "ja" else ", ").join(spoken + more)
    return str(value) if isinstance(value, str) else show_number(value)
