"""Words of taking in forms that came by mail."""

from questions.labels import Language
from survey_app import wording_receiving
from survey_app.receiving.batches import Outcome
from survey_app.receiving.entering import Hindrance
from survey_app.wording import N_, language, translate

RESULTS = {
    "ready": N_("取り込めます"),
    "done": N_("取り込み済み"),
    "look": N_("確かめてください"),
    "late": N_("取り込めません"),
    "refused": N_("取り込めません"),
}
LATE = {
    "late": N_("この団体の回答期限を過ぎています。「督促」の画面で期限を延長してから、もう一度取り込んでください。"),
    "closed": N_("照会が締め切られています。「締切・保管」の画面で再開してから、もう一度取り込んでください。"),
    "state": N_(
        "この団体の回答は提出済みです。回答票の内容は提出された内容と違います。直すときは、項目を差し戻してください。"
    ),
    "item": N_("差し戻していない項目が変わっています。差し戻した項目だけを取り込めます。"),
    "approval": N_("この団体は決裁を待っています。"),
}
HINDRANCES = {
    Hindrance.NOT_OPEN: N_("いまの状態では、提出として受け付けられません。"),
    Hindrance.LEFT_OUT: N_("取り込めない内容があるため、提出として受け付けられません。"),
    Hindrance.MISSING: N_("必須の項目が足りないか、直すところがあるため、提出として受け付けられません。"),
    Hindrance.TO_CONFIRM: N_("市町村に確認してもらう項目があるため、提出として受け付けられません。"),
    Hindrance.MORE: N_("回答票にない内容を市町村が画面で入力しているため、提出として受け付けられません。"),
}

UNANSWERED = N_("（無回答）")
TYPED_ONLY = N_("（市町村が入力中です。提出されるまで表示しません）")
TYPED_WRONG = N_("市町村が入力中の内容に、直すところがあります。")
REMEDY_IN_FORM = N_("回答票のこの欄を直して取り込み直すか、市町村に画面で直してもらってください。")
REMEDY_ON_PAGE = N_("市町村に画面で入力してもらうか、代理入力で入力してください。")
REMEDY_CONFIRM = N_(
    "市町村に確かめてください。間違いでなければ、市町村が画面で確認して提出するか、代理入力で提出できます。"
)


def result(code: str) -> str:
    """Return what becomes of a file, in a word."""
    return translate(RESULTS[code], language())


def hindrance(found: Hindrance, to: Language | None = None) -> str:
    """Say why a form is not handed in; without ``to`` in the language of the page."""
    return translate(HINDRANCES[found], to or language())


def reason(outcome: Outcome, to: Language) -> str:
    """Say why nothing of a file is taken in; "" when something is, or was."""
    if outcome.refusal is not None:
        return wording_receiving.refusal(outcome.refusal, to)
    return translate(LATE[outcome.late], to) if outcome.late else ""


def unanswered(to: Language) -> str:
    """Say that nothing was answered before."""
    return translate(UNANSWERED, to)


def typed_only(to: Language) -> str:
    """Say that the municipality has typed something that it has not handed in."""
    return translate(TYPED_ONLY, to)


def typed_wrong(to: Language) -> str:
    """Say that what the municipality typed cannot be handed in, not what it is."""
    return translate(TYPED_WRONG, to)


def remedy(to: Language, *, in_form: bool, confirm: bool) -> str:
    """Say what to do about something that keeps a form from being handed in."""
    if confirm:
        return translate(REMEDY_CONFIRM, to)
    return translate(REMEDY_IN_FORM if in_form else REMEDY_ON_PAGE, to)
