"""Sentences about forms that came back: why a file is not taken in, what was found in its cells, and what to do."""

from questions.labels import Language
from questions.model import Questionnaire
from survey_app import wording
from survey_app.receiving.findings import Finding, Sign
from survey_app.receiving.received import Verdict
from survey_app.receiving.refusals import Reason, Refusal
from survey_app.wording import N_, translate

REASONS = {
    Reason.EMPTY: N_("ファイルが空です。記入した回答票を保存し直して、もう一度送ってください。"),
    Reason.TOO_LARGE: N_(
        "ファイルが大きすぎます（%(found)sMB。%(most)sMBまで）。貼り付けた画像などを消すか、新しい回答票に写してください。"
    ),
    Reason.ENCRYPTED: N_(
        "パスワードが付いているため開けません。Excelで開き、「ファイル」→「情報」→「ブックの保護」でパスワードを外して保存し直してください。"
    ),
    Reason.OLD_EXCEL: N_(
        "古い形式（.xls）のファイルです。Excelで開き、「名前を付けて保存」で「Excelブック（.xlsx）」を選んでください。"
    ),
    Reason.BINARY_EXCEL: N_(
        "バイナリ形式（.xlsb）のファイルです。「名前を付けて保存」で「Excelブック（.xlsx）」を選んでください。"
    ),
    Reason.OPEN_DOCUMENT: N_(
        "OpenDocument形式（.ods）のファイルです。「名前を付けて保存」で「Excel 2007-365（.xlsx）」を選んでください。"
    ),
    Reason.STRICT: N_(
        "「Strict Open XML」形式のファイルです。「名前を付けて保存」で「Excelブック（.xlsx）」を選んでください。"
    ),
    Reason.MACRO: N_(
        "マクロを含むファイルは受け取れません。「名前を付けて保存」で、マクロのない「Excelブック（.xlsx）」を選んでください。"
    ),
    Reason.PLAIN_TEXT: N_(
        "CSVなどの文字だけのファイルで、Excelブックではありません。回答票（.xlsx）に記入して送ってください。"
    ),
    Reason.NOT_EXCEL: N_("Excelブック（.xlsx）ではありません。この照会の回答票に記入して送ってください。"),
    Reason.DAMAGED: N_(
        "ファイルが壊れているため読み取れません。Excelで開き直して保存し、もう一度送ってください。開けないときは、新しい回答票に写してください。"
    ),
    Reason.BOMB: N_(
        "展開すると異常に大きくなるファイルのため、開きませんでした。新しい回答票をダウンロードし、内容を写してください。"
    ),
    Reason.TOO_MUCH: N_(
        "読み取りに時間がかかりすぎるため、中止しました。使っていない行や列、貼り付けた表などを削除するか、新しい回答票に写してください。"
    ),
    Reason.NOT_A_FORM: N_(
        "このシステムの回答票ではありません。この照会の画面から回答票をダウンロードし、それに記入してください。"
    ),
    Reason.NO_IDENTITY: N_(
        "どの団体の回答票か読み取れません（隠れたシート「_meta」と「整理番号」の行が失われています）。新しい回答票に写してください。"
    ),
    Reason.CONTRADICTORY: N_(
        "一つのファイルに、違う照会又は団体の回答票が混ざっています（%(found)s）。シート「%(sheets)s」を確かめてください。"
    ),
    Reason.OTHER_INQUIRY: N_("別の照会（%(found)s）の回答票です。この照会（%(expected)s）の回答票を送ってください。"),
    Reason.NO_TARGET: N_("%(found)sは、この照会の対象ではありません。照会と団体を確かめてください。"),
    Reason.OTHER_MUNICIPALITY: N_("%(found)sの回答票です。%(expected)sの回答票を送ってください。"),
}

SIGNS: dict[Sign, tuple[str, str]] = {
    Sign.ERROR_VALUE: (
        N_("エラー値になっています。"),
        N_("計算式を直すか、値を直接入力してください。"),
    ),
    Sign.NOT_CALCULATED: (
        N_("計算式の結果が保存されていません。"),
        N_("Excelで開いて保存し直すか、値を直接入力してください。"),
    ),
    Sign.DATE_INSTEAD: (
        N_("日付に変換されています。もとに入力された内容が分かりません。"),
        N_("セルの表示形式を「文字列」にしてから、入力し直してください。"),
    ),
    Sign.SCALED: (
        N_("表示は千単位ですが、セルの値は千倍です。どちらの値か分かりません。"),
        N_("セルの表示形式を「標準」にして、値を確かめてください。"),
    ),
    Sign.NOT_A_MARK: (
        N_("選んだしるしかどうか分かりません。"),
        N_("選ぶときは「○」を入れ、選ばないときは空欄にしてください。"),
    ),
    Sign.BROKEN_CHARACTER: (
        N_("壊れた文字が含まれています。"),
        N_("その文字を消して、入力し直してください。"),
    ),
    Sign.MARKS_AND_TEXT: (
        N_("○のしるしと、文字で書かれた選択肢が食い違っています。"),
        N_("○で選び、文字の方は消してください。"),
    ),
    Sign.TWO_PLACES: (
        N_("この設問の回答と思われるセルが二つ以上あり、内容が違います。"),
        N_("正しい方を、設問の番号の行の「回答」の欄に入力し、他方を消してください。"),
    ),
    Sign.COVERED: (
        N_("ほかのセルと結合されているため、回答が読み取れません。"),
        N_("セルの結合を解除して、この欄に入力してください。"),
    ),
    Sign.LOST_PLACE: (
        N_("この設問の欄がファイルにありません。いまの回答はそのままです。"),
        N_("回答を変えるときは、画面で入力してください。"),
    ),
    Sign.LOST_CHOICE: (
        N_("選択肢の行又は列の一部がなくなっているため、選ばなかったのかどうか分かりません。"),
        N_("画面で選ぶか、新しい回答票に記入してください。"),
    ),
    Sign.LOST_TABLE: (
        N_("この表がファイルに見つかりません。いまの回答はそのままです。"),
        N_("回答を変えるときは、画面で入力するか、新しい回答票に記入してください。"),
    ),
    Sign.COPIED_TABLE: (
        N_("この表のシートが二つ以上あり、内容が違います。"),
        N_("正しいシートだけを残してください。"),
    ),
    Sign.UNKNOWN_ROW: (
        N_("この行が、いまの回答のどの行に当たるのか分かりません。"),
        N_("新しい回答票をダウンロードして直すか、画面で入力してください。"),
    ),
    Sign.OUTSIDE_ROW: (
        N_("表の最後の行より下に書かれています。"),
        N_("回答の行であれば、表の中の空いている行に移してください。合計などの行であれば、そのままで構いません。"),
    ),
    Sign.STRANGER: (
        N_("いまの調査票にない設問（%(key)s）への回答です。"),
        N_("いまの調査票を確かめ、当てはまる設問があれば画面で入力してください。"),
    ),
    Sign.FAR_CELLS: (
        N_("表から遠く離れたセル（%(count)s個）は読み取っていません。"),
        N_("回答が書かれていないか確かめてください。"),
    ),
    Sign.SETTLED: (
        N_("差し戻された項目ではないため、変更できません。"),
        N_("変更が必要な場合は、県の担当へ連絡してください。"),
    ),
    Sign.PROBLEM: (
        "%(problem)s",
        N_("直して送り直すか、画面で直してください。"),
    ),
    Sign.FORMULA: (
        N_("計算式が入っています。最後に保存されたときの結果を読み取りました。"),
        N_("値が正しいか確かめてください。"),
    ),
    Sign.NUMBER_IN_TEXT: (
        N_("数値として保存されています。先頭の「0」などが消えているかもしれません。"),
        N_("内容が正しいか確かめてください。"),
    ),
    Sign.MOVED: (
        N_("セルが移動されています。番号の行にある内容を回答として読み取りました。"),
        N_("内容が正しいか確かめてください。"),
    ),
    Sign.EARLIER_VERSION: (
        N_("以前の版の調査票（%(found)s）で作られた回答票です。いまの版にある設問の回答だけを読み取りました。"),
        N_("読み取れなかった回答は下に挙げています。"),
    ),
}

VERDICTS = {
    Verdict.NEW: N_("新しい回答"),
    Verdict.CHANGED: N_("変更"),
    Verdict.UNCHANGED: N_("変更なし"),
    Verdict.CONFLICT: N_("食い違い（選んでください）"),
    Verdict.BLANK: N_("空欄（いまの回答を残します）"),
    Verdict.NEWER: N_("ほかの方の新しい回答を残します"),
    Verdict.SETTLED: N_("変更できません"),
}
ROW = N_("%(label)s（%(row)s行目）")
OUTCOME = N_("取り込んだ回答 %(taken)s件、取り込まなかったもの %(left)s件、提出までに必要なこと %(missing)s件")
THEIRS = N_("いまの回答は「%(text)s」です。回答票が作られた後に変更されたため、そのまま残しました。")
CHOOSE = N_("どちらが正しいか確かめ、回答票の方を使うときは画面で入力してください。")
REPORT_TITLE = N_("確認していただきたいこと（%(count)s件）")


def refusal(found: Refusal, to: Language) -> str:
    """Return why a file is not taken in, and what to do."""
    return translate(REASONS[found.reason], to) % dict(found.context)


def verdict(found: Verdict, to: Language) -> str:
    """Return how an answer in the form stands to the reply's."""
    return translate(VERDICTS[found], to)


def wrong(found: Finding, to: Language) -> str:
    """Return what is the matter with a cell."""
    context = dict(found.context)
    if found.sign is Sign.PROBLEM:
        context["problem"] = wording.problem(context["problem"], to)
    return translate(SIGNS[found.sign][0], to) % context


def mend(found: Finding, to: Language) -> str:
    """Return what to do about it."""
    return translate(SIGNS[found.sign][1], to)


def question(found: Finding, questionnaire: Questionnaire, to: Language) -> str:
    """Return the question that a finding is about, as people know it; "" when it is about none."""
    if found.place is None:
        return ""
    name = found.place[1]
    label = f"{name} {questionnaire.label(name).text(to)}"
    if found.place[0] and found.spot is not None:
        return translate(ROW, to) % {"label": label, "row": found.spot[1] + 1}
    return label
