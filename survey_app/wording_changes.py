"""Sentences about changes of a live questionnaire: what changes, what cannot be, what it comes to for a reply."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from questions.answers import Place
from questions.labels import Label
from questions.model import Questionnaire, Table
from questions.revision import QuestionnaireChange, Sort
from survey_app import wording

SENTENCES: dict[Sort, Any] = {
    "title": _("件名・様式名を「%(before)s」から「%(after)s」に変えます。"),
    "guide": _("記入要領を変えます。"),
    "section": _("節 %(name)s の題を「%(before)s」から「%(after)s」に変えます。"),
    "label": _("%(name)s の文を「%(before)s」から「%(after)s」に変えます。"),
    "hint": _("%(name)s の説明・例・注意の文を変えます。"),
    "required": _("%(name)s「%(label)s」を必須にします。"),
    "not_required": _("%(name)s「%(label)s」を任意にします。"),
    "rule": _("%(name)s「%(label)s」の決まりを変えます（%(before)s → %(after)s）。"),
    "relevant": _("%(name)s「%(label)s」を尋ねる条件を変えます（%(before)s → %(after)s）。"),
    "limit": _("%(name)s「%(label)s」の字数・数の上限などを広げます。"),
    "other": _("%(name)s のその他の設定を変えます。"),
    "added": _("%(name)s「%(label)s」を加えます。"),
    "retired": _("%(name)s「%(label)s」を廃止します（答は残し、もう尋ねません）。"),
    "restored": _("%(name)s「%(label)s」を、もう一度尋ねます。"),
    "option_added": _("%(name)s に選択肢「%(after)s」を加えます。"),
    "option_label": _("%(name)s の選択肢「%(before)s」を「%(after)s」に変えます。"),
    "option_retired": _("%(name)s の選択肢「%(before)s」を廃止します（選んだ答は残ります）。"),
    "option_restored": _("%(name)s の選択肢「%(after)s」を、もう一度選べるようにします。"),
    "order": _("%(name)s の並び順を変えます。"),
    "check_added": _("決まり %(name)s「%(after)s」を加えます。"),
    "check_changed": _("決まり %(name)s「%(after)s」を変えます。"),
    "check_removed": _("決まり %(name)s「%(before)s」をなくします。"),
    "name": _("ほかの調査票（%(after)s）です。この照会の調査票（%(before)s）を変えたものを使ってください。"),
    "nil": _("「該当なし」を表す設問と選択肢は、回答が始まった後は変えられません。"),
    "kind": _(
        "%(name)s「%(label)s」の型は変えられません（いまの答が読めなくなるため）。"
        "新しい設問を別の番号で加え、この設問は廃止してください。"
    ),
    "meaning": _(
        "%(name)s「%(label)s」の単位や役割は変えられません（いまの答の意味が変わるため）。"
        "新しい設問を別の番号で加え、この設問は廃止してください。"
    ),
    "narrowed": _(
        "%(name)s「%(label)s」の上限・下限・書式は、狭めることができません（いまの答が受け付けられなくなるため）。"
        "代わりに決まりを加えてください。提出済みの団体には、注意として示されます。"
    ),
    "elsewhere": _(
        "%(name)s「%(label)s」は、別の節や表（%(before)s から %(after)s）へは移せません。"
        "同じ節・表の中でだけ動かせます。"
    ),
    "gone": _("%(name)s「%(before)s」を消すことはできません。廃止にしてください。"),
    "needed": _(
        "%(name)s「%(label)s」は廃止できません。%(after)s がこの設問を使っています。先に %(after)s を廃止するか、"
        "その条件や決まりを変えてください。"
    ),
    "no_option": _("%(name)s「%(label)s」には、選べるものが少なくとも一つ要ります。"),
}
WHOLE = _("調査票")
NIL = _("「該当なし」の扱い")
NONE = _("なし")


def change(found: QuestionnaireChange, before: Questionnaire, after: Questionnaire) -> str:
    """Return the sentence for a change from one questionnaire to another."""
    spoken = {
        "name": found.name or str(WHOLE),
        "label": _label(found.name, before, after),
        "before": _spoken(found.before),
        "after": _spoken(found.after),
    }
    return str(SENTENCES[found.sort]) % spoken


def needed(name: str, by: Iterable[str], questionnaire: Questionnaire) -> str:
    """Say that a question cannot be retired because others depend on it."""
    users = "、".join(str(NIL) if one == "nil" else one for one in by)
    return change(QuestionnaireChange("needed", name, after=users), questionnaire, questionnaire)


def overtaken() -> str:
    """Say that somebody else changed the proposal meanwhile."""
    return gettext(
        "この画面を開いた後に、ほかの方が変更案を変えました。まだ保存していません。入力した内容は下に残っています。"
        "新しい変更案を確かめてから、もう一度保存してください。"
    )


def not_live() -> str:
    """Say that the inquiry takes no answers any more."""
    return gettext("この照会は締め切ったか取りやめたため、調査票は変えられません。")


def no_file() -> str:
    """Say that no file was chosen."""
    return gettext("調査票のExcelファイル（.xlsx）を選んでください。")


def faulty_file(errors: int) -> str:
    """Say that a file has faults."""
    return gettext("調査票に直すところが%(count)s件あるため、使えません。", count=errors)


def no_reason() -> str:
    """Say that a reason is missing."""
    return gettext("変える理由を入力してください。市町村への差戻しの理由にもなり、変更の記録に残ります。")


def nothing_changes() -> str:
    """Say that the proposal is the questionnaire as it is."""
    return gettext("変わるところがありません。")


def kind(item: Any) -> str:
    """Return what sort of answer a question takes; for a table that it is one."""
    return str(KINDS["table" if isinstance(item, Table) else item.kind.name])


def effect(sort: str) -> str:
    """Return what a change comes to for an answer."""
    return str(EFFECTS[sort])


def items(places: Iterable[Place], questionnaire: Questionnaire) -> Iterator[str]:
    """Yield each question of some places once, with its label, and in how many rows of its table it stands."""
    rows: dict[str, int] = {}
    for row, name in places:
        rows[name] = rows.get(name, 0) + bool(row)
    for name, count in rows.items():
        label = questionnaire.label(name).text(wording.language())
        yield f"{name} {label}" + (gettext("（%(count)s行）", count=count) if count else "")


def _label(name: str, *questionnaires: Questionnaire) -> str:
    for one in reversed(questionnaires):
        sections = {section.name: section.title for section in one.past or one.sections}
        if name in one.ever_asked:
            return one.ever_asked[name].label.text(wording.language())
        if name in sections:
            return sections[name].text(wording.language())
    return ""


def _spoken(value: Label | str | None) -> str:
    if isinstance(value, Label):
        return value.text(wording.language())
    return str(NONE) if value is None else value


EFFECTS = {
    "asked": _("新しく尋ねる"),
    "broken": _("答が新しい決まりに合わない"),
    "unasked": _("答があるが、もう尋ねない"),
    "unoffered": _("選んだ選択肢がなくなる（答は残る）"),
}
KINDS = {
    "line": _("一行の文"),
    "prose": _("文章"),
    "whole": _("整数"),
    "amount": _("小数のある数"),
    "day": _("日付"),
    "month": _("年月"),
    "one": _("一つ選ぶ"),
    "several": _("いくつでも選ぶ"),
    "yesno": _("はい・いいえ"),
    "email": _("メールアドレス"),
    "year": _("年度"),
    "years": _("年度（いくつでも）"),
    "municipality": _("市町村（一つ）"),
    "municipalities": _("市町村（いくつでも）"),
    "files": _("ファイル"),
    "table": _("表"),
}
