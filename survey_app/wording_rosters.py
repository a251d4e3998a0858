"""Sentences about faulty files of municipalities, in both languages."""

from questions.labels import Language
from survey_app.rosters.reading import RosterCode, RosterFault

FAULTS: dict[RosterCode, tuple[str, str]] = {
    RosterCode.NOT_TEXT: (
        "CSVとして読み取れません。ExcelでCSV（UTF-8又はシフトJIS）として保存し直してください。",
        "This cannot be read as CSV. Save it again as CSV (UTF-8 or Shift_JIS).",
    ),
    RosterCode.EMPTY: (
        "書かれた行が一つもありません。見出しの次の行から、1行に1件ずつ書いてください。",
        "There is no line with anything in it. Write one to a line, below the header.",
    ),
    RosterCode.MISSING_COLUMN: (
        "列「{column}」がありません。1行目の見出しに加えてください（いまの見出し：{found}）。",
        "The column “{column}” is missing. Add it to the header on line 1 (the header is now: {found}).",
    ),
    RosterCode.BLANK: (
        "列「{column}」が空です。書き加えてください。",
        "The column “{column}” is blank. Fill it in.",
    ),
    RosterCode.TOO_MANY_CELLS: (
        '見出しは{most}列ですが、{found}列あります。カンマを含む値は「"」で囲んでください。',
        "The header has {most} columns, but the line has {found}. Put values with a comma in quotation marks.",
    ),
    RosterCode.NOT_A_CODE: (
        "「{found}」は団体コードではありません。6桁の半角数字（例：072010）で書いてください。",
        "“{found}” is no municipality code. Write six digits, such as 072010.",
    ),
    RosterCode.LOST_ZERO: (
        "団体コード「{found}」は先頭の0が落ちているようです。「{meant}」と書いてください（Excelでは列を文字列にします）。",
        "The code “{found}” seems to have lost its leading zero. Write “{meant}” (in Excel, as text).",
    ),
    RosterCode.CHECK_DIGIT: (
        "団体コード「{found}」の検査数字（最後の桁）が合いません。{expected} の誤りではないか確かめてください。",
        "The check digit (the last one) of the code “{found}” is wrong. Was {expected} meant?",
    ),
    RosterCode.DUPLICATE: (
        "団体コード「{found}」は{first}行目にもあります。どちらかを消してください。",
        "The code “{found}” stands on line {first}, too. Remove one of the two.",
    ),
    RosterCode.UNKNOWN_KIND: (
        "種別「{found}」は使えません。{known} のどれかにしてください。",
        "The kind “{found}” cannot be used. It must be one of {known}.",
    ),
    RosterCode.NOT_A_POPULATION: (
        "人口「{found}」が数として読み取れません。0以上の整数にするか、空にしてください。",
        "The population “{found}” cannot be read as a number. Write a whole number, or leave it blank.",
    ),
    RosterCode.UNKNOWN_MUNICIPALITY: (
        "団体コード「{found}」は市町村の一覧にありません。コードを確かめるか、先に市町村の一覧へ加えてください。",
        "The code “{found}” is not in the roster. Check it, or add the municipality to the roster first.",
    ),
    RosterCode.SAME_PERSON: (
        "同じ団体の「{found}」は{first}行目にもあります。一人を1行にしてください。",
        "“{found}” of the same municipality stands on line {first}, too. Write one line for each person.",
    ),
    RosterCode.NOT_AN_EMAIL: (
        "メールアドレス「{found}」の形が正しくありません（例：somu@town.example.lg.jp）。半角で書くか、空にしてください。",
        "“{found}” is no e-mail address (such as somu@town.example.lg.jp). Mend it, or leave it blank.",
    ),
    RosterCode.TOO_LONG: (
        "列「{column}」は{most}字以内で書いてください（いま{found}字です）。",
        "The column “{column}” may have {most} characters (it has {found}).",
    ),
    RosterCode.CONTROL_CHARACTER: (
        "列「{column}」に、使えない文字（制御文字）があります。その文字を消してください。",
        "The column “{column}” holds a control character. Remove it.",
    ),
    RosterCode.LINE_BREAK: (
        "列「{column}」の途中に改行やタブがあります。1行で書いてください。",
        "The column “{column}” has a line break or a tab in it. Write it on one line.",
    ),
    RosterCode.NOT_IN_NAMES: (
        "団体名（列「{column}」）に、ファイルの名前に使えない文字（{found}）があります。その文字を消してください。",
        "The name (column “{column}”) has characters that names of files cannot have ({found}). Remove them.",
    ),
}


def fault(fault: RosterFault, language: Language) -> str:
    """Return at which line what is wrong, and how to mend it."""
    japanese, english = FAULTS[fault.code]
    joined = {key: "、".join(value) if isinstance(value, tuple) else value for key, value in fault.context.items()}
    if language == "en":
        return (f"Line {fault.line}: " if fault.line else "") + english.format(**joined).replace("、", ", ")
    return (f"{fault.line}行目：" if fault.line else "") + japanese.format(**joined)
