"""Sentences about asking the relevant divisions: parts, states, why a workbook is not taken in, what was found."""

from questions.labels import Language
from questions.responses import responding
from survey_app import wording, wording_receiving
from survey_app.consulting.answers import State
from survey_app.consulting.findings import BookFinding, BookReason, BookRefusal, Sign
from survey_app.consulting.starting import StartCode, StartFault
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.received import Verdict
from survey_app.receiving.refusals import Reason
from survey_app.store.routing import LEAD, SUPPORT
from survey_app.wording import N_, language, translate

STATES = {
    State.BLANK: N_("未記入"),
    State.STARTED: N_("記入中"),
    State.READY: N_("記入済"),
    State.RETURNED: N_("差戻し"),
    State.HANDED: N_("提出済"),
}
BADGES = {
    State.BLANK: "not_started",
    State.STARTED: "draft",
    State.READY: "awaiting_approval",
    State.RETURNED: "returned",
    State.HANDED: "submitted",
}
"""The badges that show them, which other pages have too."""
PARTS = {LEAD: N_("主（回答を取りまとめる課）"), SUPPORT: N_("関係（意見を添える課）")}
SHORT_PARTS = {LEAD: N_("主"), SUPPORT: N_("関係")}

REASONS: dict[BookReason | Reason, str] = {
    BookReason.NOT_A_BOOK: N_(
        "このシステムの関係課用ブックではありません。照会の画面からブックをダウンロードし、それに記入してください。"
    ),
    BookReason.TOWN_FORM: N_("市町村の回答票です。関係課用のブックを送ってください。"),
    BookReason.NO_IDENTITY: N_(
        "どの照会のどの課のブックか読み取れません（隠れたシート「_meta」と「整理番号」の行が失われています）。新しいブックに写してください。"
    ),
    BookReason.CONTRADICTORY: N_(
        "一つのファイルに、違う照会・回・課のブックが混ざっています（%(found)s）。新しいブックに写してください。"
    ),
    BookReason.OTHER_INQUIRY: N_(
        "別の照会（%(found)s）のブックです。この照会（%(expected)s）のブックを送ってください。"
    ),
    BookReason.OTHER_ROUND: N_(
        "この回のものではないブック（第%(found)s回）です。この回のブックをダウンロードしてください。"
    ),
    BookReason.OTHER_DIVISION: N_("%(found)sのブックです。%(expected)sのブックを送ってください。"),
    BookReason.NOT_ASKED: N_("%(found)sには、この回では何も照会していません。"),
    BookReason.ROUND_CLOSED: N_("第%(found)s回の照会は締め切られているため、取り込めません。"),
    Reason.EMPTY: N_("ファイルが空です。記入したブックを保存し直して、もう一度送ってください。"),
    Reason.TOO_LARGE: N_(
        "ファイルが大きすぎます（%(found)sMB。%(most)sMBまで）。貼り付けた画像などを消すか、新しいブックに写してください。"
    ),
    Reason.PLAIN_TEXT: N_(
        "CSVなどの文字だけのファイルで、Excelブックではありません。ブック（.xlsx）に記入して送ってください。"
    ),
    Reason.NOT_EXCEL: N_("Excelブック（.xlsx）ではありません。関係課用のブックに記入して送ってください。"),
    Reason.DAMAGED: N_(
        "ファイルが壊れているため読み取れません。Excelで開き直して保存し、もう一度送ってください。開けないときは、新しいブックに写してください。"
    ),
    Reason.BOMB: N_(
        "展開すると異常に大きくなるファイルのため、開きませんでした。新しいブックをダウンロードし、内容を写してください。"
    ),
    Reason.TOO_MUCH: N_(
        "読み取りに時間がかかりすぎるため、中止しました。使っていない行や列、貼り付けた表などを削除するか、新しいブックに写してください。"
    ),
}
"""Those that the form of a municipality has other words for, or none; the others are the same."""

SIGNS: dict[Sign, tuple[str, str]] = {
    Sign.OTHER_ROW: (
        N_("この課に照会していない要望の行です（ほかの課のブックから貼り付けた行か、照会を取りやめた要望です）。"),
        N_("この行を消してください。この課の要望であれば、照会課に連絡してください。"),
    ),
    Sign.UNKNOWN_ROW: (
        N_("どの要望への回答か分かりません（管理番号がありません）。"),
        N_("要望の行に記入し直してください。"),
    ),
    Sign.MISMATCHED_ROW: (
        N_("管理番号・件名と、隠れた列の番号が食い違っています（一部の列だけを並べ替えたようです）。"),
        N_("新しいブックをダウンロードし、要望の行に写してください。"),
    ),
    Sign.TWICE: (
        N_("同じ要望の行が二つ以上あり、内容が違います。"),
        N_("正しい行だけを残してください。"),
    ),
    Sign.OUTSIDE_ROW: (
        N_("要望の行より下に書かれています。"),
        N_("回答であれば、要望の行に移してください。合計やメモであれば、そのままで構いません。"),
    ),
    Sign.COPIED_TABLE: (
        N_("要望の表のシートが二つ以上あり、内容が違います。"),
        N_("正しいシートだけを残してください。"),
    ),
    Sign.LOST_COLUMN: (
        N_("この欄の列がファイルにありません。いまの回答はそのままです。"),
        N_("回答を変えるときは、画面で入力するか、新しいブックに記入してください。"),
    ),
    Sign.DOUBLED_COLUMN: (
        N_("この欄の列が二つ以上あります。"),
        N_("正しい列だけを残してください。"),
    ),
    Sign.CONFLICT: (
        N_("いまの回答は「%(theirs)s」です。ブックが作られた後に変更されたため、そのまま残しました。"),
        N_("どちらが正しいか確かめ、ブックの方を使うときは画面で選ぶか入力してください。"),
    ),
    Sign.SETTLED: (
        N_("提出済みの回答のため、変更できません。"),
        N_("変更が必要な場合は、照会課に連絡して差し戻してもらってください。"),
    ),
    Sign.PROBLEM: ("%(problem)s", N_("直して送り直すか、画面で直してください。")),
    Sign.NEED_CHANGED: (
        N_("要望がその後変わっています。前の内容への回答として取り込みました。"),
        N_("画面でいまの要望を読み、回答がそのままでよいか確かめてください。"),
    ),
    Sign.NEED_GONE: (
        N_("この要望は、その後取り下げられています。"),
        N_("回答がなお必要か、照会課に確かめてください。"),
    ),
}
STARTING: dict[StartCode, str] = {
    StartCode.UNREADABLE_DUE: N_("回答期限を「R8.12.25 17:15」「2026-12-25 17:15」のように入力してください。"),
    StartCode.PAST_DUE: N_("回答期限は、いまより後にしてください。"),
    StartCode.LONG_REQUEST: N_("%(most)s字以内で入力してください（いま%(now)s字です）。"),
    StartCode.CONTROL_CHARACTER: N_("使えない文字が含まれています。その文字を消してください。"),
}
"""What is wrong with a round that is to be opened."""
OUTCOME = N_("取り込んだ欄 %(taken)s、取り込まなかったもの %(left)s、提出までに必要なこと %(missing)s")
PAST_DUE = N_("（期限を過ぎて届きました）")
CLOSED = N_("締め切られたか、提出済みになったため、取り込んでいません。")
REPORT_TITLE = N_("確認していただきたいこと（%(count)s件）")


def state(found: State) -> str:
    """Return the name of a state."""
    return translate(STATES[found], language())


def badge(found: State) -> str:
    """Return the badge of a state."""
    return BADGES[found]


def part(found: str) -> str:
    """Return what a division's part in a need is."""
    return translate(PARTS[found], language())


def short_part(found: str) -> str:
    """Return what a division's part in a need is, in a word."""
    return translate(SHORT_PARTS[found], language())


def starting(found: StartFault, to: Language) -> str:
    """Return what is wrong with a round that is to be opened, and what to do."""
    return translate(STARTING[found.code], to) % dict(found.context)


def refusal(found: BookRefusal, to: Language) -> str:
    """Return why a file is not taken in, and what to do."""
    text = REASONS.get(found.reason) or wording_receiving.REASONS[Reason(found.reason.value)]
    return translate(text, to) % dict(found.context)


def wrong(found: BookFinding, to: Language) -> str:
    """Return what is the matter with a cell."""
    context = dict(found.context)
    if isinstance(found.sign, CellSign):
        return translate(wording_receiving.SIGNS[found.sign][0], to) % context
    if found.sign is Sign.PROBLEM:
        context["problem"] = wording.problem(context["problem"], to)
    return translate(SIGNS[found.sign][0], to) % context


def mend(found: BookFinding, to: Language) -> str:
    """Return what to do about it."""
    signs = wording_receiving.SIGNS if isinstance(found.sign, CellSign) else SIGNS
    return translate(signs[found.sign][1], to)  # type: ignore[index]


def place(found: BookFinding, to: Language) -> str:
    """Return the need and the question that a finding is about, as people know them."""
    return " ".join(text for text in (found.control, question(found, to)) if text)


def question(found: BookFinding, to: Language) -> str:
    """Return the question that a finding is about; "" when it is about none."""
    return f"{found.question} {responding().label(found.question).text(to)}" if found.question else ""


def verdict(found: Verdict, to: Language) -> str:
    """Return how a text in a workbook stands to the response's."""
    return wording_receiving.verdict(found, to)
