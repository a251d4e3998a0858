"""Sentences about 回答書 that came back with opinions: why one is not taken in, what was found in its cells."""

from questions.labels import Language
from survey_app import wording, wording_receiving
from survey_app.opinions.findings import LetterFinding, LetterReason, LetterRefusal, Sign
from survey_app.receiving.findings import Sign as CellSign
from survey_app.receiving.refusals import Reason
from survey_app.wording import N_, translate

REASONS: dict[LetterReason | Reason, str] = {
    LetterReason.NOT_A_LETTER: N_(
        "このシステムの回答書ではありません。県が送った回答書の「ご意見」の欄に記入して送ってください。"
    ),
    LetterReason.NO_IDENTITY: N_(
        "どの照会のどの団体の回答書か読み取れません（隠れたシート「_meta」と「整理番号」の行が失われています）。"
        "県が送った回答書に写してください。"
    ),
    LetterReason.CONTRADICTORY: N_(
        "一つのファイルに、違う照会・団体・公表の回答書が混ざっています（%(found)s）。1団体ずつのファイルにしてください。"
    ),
    LetterReason.OTHER_INQUIRY: N_(
        "別の照会（%(found)s）の回答書です。この照会（%(expected)s）の回答書を送ってください。"
    ),
    LetterReason.UNKNOWN_PUBLICATION: N_(
        "第%(found)s回の公表の回答書とありますが、そのような公表はありません。県が送った回答書に写してください。"
    ),
    LetterReason.NOT_TOLD: N_("団体コード%(found)sには、第%(number)s回の公表で知らせた要望がありません。"),
    Reason.EMPTY: N_("ファイルが空です。記入した回答書を保存し直して、もう一度送ってください。"),
    Reason.TOO_LARGE: N_(
        "ファイルが大きすぎます（%(found)sMB。%(most)sMBまで）。貼り付けた画像などを消して、もう一度送ってください。"
    ),
    Reason.PLAIN_TEXT: N_(
        "CSVなどの文字だけのファイルで、Excelブックではありません。回答書（.xlsx）に記入して送ってください。"
    ),
    Reason.NOT_EXCEL: N_("Excelブック（.xlsx）ではありません。回答書に記入して送ってください。"),
    Reason.DAMAGED: N_("ファイルが壊れているため読み取れません。Excelで開き直して保存し、もう一度送ってください。"),
    Reason.BOMB: N_("展開すると異常に大きくなるファイルのため、開きませんでした。県が送った回答書に写してください。"),
    Reason.TOO_MUCH: N_(
        "読み取りに時間がかかりすぎるため、中止しました。貼り付けた表などを削除して、もう一度送ってください。"
    ),
}
"""Those that the form of a municipality has other words for, or none; the others are the same."""

SIGNS: dict[Sign, tuple[str, str]] = {
    Sign.UNKNOWN_NEED: (
        N_("この団体に知らせた要望の中に、この管理番号がありません。"),
        N_("どの要望への御意見か確かめ、その要望の「ご意見」の欄に移してください。"),
    ),
    Sign.OUTSIDE: (
        N_("「ご意見」の欄の外に書かれています。"),
        N_("御意見であれば、その要望の「ご意見」の欄に移してください。"),
    ),
    Sign.PROBLEM: ("%(problem)s", N_("直して送り直してください。")),
    Sign.OLD_PUBLICATION: (
        N_("第%(found)s回の公表への御意見です。その後、第%(newest)s回の公表をしています。"),
        N_("新しい回答を読んだうえでの御意見か、市町村に確かめてください。"),
    ),
}
OUTCOME = N_("新しい意見 %(new)s、受取済みの意見 %(known)s、取り込まなかったもの %(left)s")
REPORT_TITLE = N_("市町村の意見の取込み結果")


def refusal(found: LetterRefusal, to: Language) -> str:
    """Return why a file is not taken in, and what to do."""
    text = REASONS.get(found.reason) or wording_receiving.REASONS[Reason(found.reason.value)]
    return translate(text, to) % dict(found.context)


def wrong(found: LetterFinding, to: Language) -> str:
    """Return what is the matter with a cell."""
    context = dict(found.context)
    if isinstance(found.sign, CellSign):
        return translate(wording_receiving.SIGNS[found.sign][0], to) % context
    if found.sign is Sign.PROBLEM:
        context["problem"] = wording.problem(context["problem"], to)
    return translate(SIGNS[found.sign][0], to) % context


def mend(found: LetterFinding, to: Language) -> str:
    """Return what to do about it."""
    if isinstance(found.sign, CellSign):
        return translate(wording_receiving.SIGNS[found.sign][1], to)
    return translate(SIGNS[found.sign][1], to)
