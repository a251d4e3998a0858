"""Sentences about questionnaires that were written in Excel (XLSForm): what is wrong, and what to write instead."""

from typing import Any

from exports.xlsform.findings import Finding, Sign
from questions.labels import Label, Language
from questions.problems import Fault
from survey_app import wording_definitions
from survey_app.receiving.refusals import Reason, Refusal
from survey_app.wording import N_, translate

REASONS = {
    Reason.EMPTY: N_("ファイルが空です。調査票を書いたExcelブック（.xlsx）を選んでください。"),
    Reason.TOO_LARGE: N_(
        "ファイルが大きすぎます（%(found)sMB。%(most)sMBまで）。画像などを消して保存し直してください。"
    ),
    Reason.ENCRYPTED: N_("パスワードが付いているため開けません。Excelでパスワードを外し、保存し直してください。"),
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
        "マクロを含むファイルは取り込めません。「名前を付けて保存」で、マクロのない「Excelブック（.xlsx）"
        "」を選んでください。"
    ),
    Reason.PLAIN_TEXT: N_("CSVなどの文字だけのファイルで、Excelブックではありません。.xlsx で保存し直してください。"),
    Reason.NOT_EXCEL: N_("Excelブック（.xlsx）ではありません。XLSFormで書いた調査票のブックを選んでください。"),
    Reason.DAMAGED: N_("ファイルが壊れているため読み取れません。Excelで開き直して保存し、もう一度選んでください。"),
    Reason.BOMB: N_("展開すると異常に大きくなるファイルのため、開きませんでした。新しいブックに内容を写してください。"),
    Reason.TOO_MUCH: N_(
        "読み取りに時間がかかりすぎるため、中止しました。使っていない行や列、貼り付けた表などを削除してください。"
    ),
}

SIGNS: dict[Sign, str] = {
    Sign.NO_SURVEY: N_(
        "「survey」という名前のシートがありません（いまあるシート：%(sheets)s）"
        "。設問を並べたシートの名前を「survey」にしてください。"
    ),
    Sign.NO_HEADER: N_(
        "列の見出しが見当たりません。1行目に「%(column)s」などの見出しを書いてください。空の様式（ひな型）"
        "から始めると確実です。"
    ),
    Sign.MISSING_COLUMN: N_("「%(column)s」の列がありません。1行目に見出しを加えてください。"),
    Sign.DOUBLE_COLUMN: N_("同じ見出しの列が二つあります（一つ目は%(first)s）。どちらか一つにしてください。"),
    Sign.EMPTY_SURVEY: N_("設問が一つもありません。2行目から、1行に1問ずつ書いてください。"),
    Sign.TOO_MANY_ROWS: N_("行が多すぎます（%(found)s行。%(most)s行まで）。調査票を分けてください。"),
    Sign.BROKEN_CELL: N_("エラー値か、結果の保存されていない計算式です。値を直接入力してください。"),
    Sign.DATE_IN_CELL: N_("日付に変換されています。セルの表示形式を「文字列」にしてから、入力し直してください。"),
    Sign.CONTROL_CHARACTER: N_("%(place)s文字目に使えない文字（%(point)s）があります。その文字を消してください。"),
    Sign.TOO_LONG: N_("%(longest)s字以内で入力してください（いま%(length)s字です）。"),
    Sign.MISSING_TYPE: N_("種類（type）がありません。text、integer、select_one などを書いてください。"),
    Sign.MISSING_NAME: N_(
        "名前（name）がありません。半角の英字で始まる英数字で、例えば「%(instead)s」と書いてください。"
    ),
    Sign.BAD_NAME: N_(
        "名前に使えない文字があります。半角の英字で始め、英数字と「_」だけで64字までにしてください（例：%(instead)s）。"
    ),
    Sign.RESERVED_NAME: N_("この名前は入力画面が使うため、付けられません。例えば「%(instead)s」に変えてください。"),
    Sign.DUPLICATE_NAME: N_(
        "同じ名前がすでにあります（%(first)s）。名前は調査票全体で一つずつ違うものにしてください（例：%(instead)s）。"
    ),
    Sign.MISSING_LABEL: N_("「%(name)s」の文（label）がありません。回答者に示す文を書いてください。"),
    Sign.NOT_A_FLAG: N_(
        "required には yes か、空欄だけが書けます。条件によって必須にするときは、"
        "条件を relevant に書いて設問を分けてください。"
    ),
    Sign.NOT_A_NUMBER: N_("数ではありません。半角の数字で書いてください。"),
    Sign.WRONG_VALUE: N_("この値は使えません。%(said)s"),
    Sign.UNKNOWN_TYPE: N_(
        "「%(type)s」という種類はありません。text、integer、decimal、date、select_one 一覧名、"
        "select_multiple 一覧名、note、"
        "begin_group、begin_repeat などから選んでください。"
    ),
    Sign.UNSUPPORTED_TYPE: N_("「%(type)s」は使えません。%(said)s"),
    Sign.MISSING_LIST: N_(
        "選択肢の一覧の名前（list_name）がありません。「select_one 一覧名」のように書き、"
        "choices シートの list_name に同じ名前を書いてください。"
    ),
    Sign.NO_SUCH_LIST: N_(
        "choices シートに「%(list)s」という一覧がありません。list_name の列に「%(list)s」の行を加えるか、"
        "名前を直してください（いまある一覧：%(known)s）。"
    ),
    Sign.BAD_CODE: N_(
        "選択肢の符号（name）に使えない文字があります。半角の英数字と「_」「.」「-」だけにし（例：%(instead)s）"
        "、見せる文字は label に書いてください。"
    ),
    Sign.DUPLICATE_CODE: N_(
        "一覧「%(list)s」に同じ符号がすでにあります（%(first)s）。符号は一覧の中で一つずつ違うものにしてください。"
    ),
    Sign.NOT_CLOSED: N_("「%(name)s」が閉じられていません。終わりの行に %(end)s を書いてください。"),
    Sign.NOT_OPENED: N_("対応する %(begin)s がありません。この行を消すか、始まりの行に %(begin)s を書いてください。"),
    Sign.CROSSED: N_(
        "先に閉じるべき「%(name)s」（%(begun)s）が閉じられていません。この行より前に %(end)s を書いてください。"
    ),
    Sign.NESTED_REPEAT: N_(
        "繰返しの中に繰返しは置けません。内側を外に出して別の表にし、どの行についてかを答える列を加えてください。"
    ),
    Sign.EMPTY_TABLE: N_("表「%(name)s」に列がありません。begin_repeat と end_repeat の間に設問を書いてください。"),
    Sign.BAD_EXPRESSION: N_("式が読み取れません。%(place)s%(said)s"),
    Sign.COMPARED_WITH_BLANK: N_(
        "「= ''」（未回答かどうか）の比較は、いつも成り立ちません。代わりに次のように書いてください：%(instead)s"
    ),
    Sign.UNKNOWN_QUESTION: N_(
        "「%(found)s」という設問はありません。name の列の名前を確かめてください（大文字と小文字は区別されます）"
        "。%(said)s"
    ),
    Sign.UNKNOWN_CODE: N_(
        "設問「%(question)s」の選択肢に「%(found)s」という符号はありません。"
        "choices シートの name の列を確かめてください。"
    ),
    Sign.BAD_PATTERN: N_("regex() の中の正規表現が正しくありません。かっこや「[ ]」が閉じているか確かめてください。"),
    Sign.CALCULATION: N_(
        "計算（calculate）は使えません。整数だけなら定数として使えます。計算の確かめは、"
        "shokai_checks シートに書いてください。"
    ),
    Sign.DEFINITION: "%(said)s",
    Sign.NESTED_GROUP: N_(
        "グループの中のグループ「%(name)s」は、外側の節にまとめました。見出しは最初の設問の補足に、"
        "条件は中の設問に付けました。"
    ),
    Sign.EMPTY_GROUP: N_("グループ「%(name)s」には設問がないため、節にしません。"),
    Sign.OWN_SECTION: N_("グループの外にある設問のため、「%(title)s」という節を作りました。"),
    Sign.OTHER_ADDED: N_(
        "or_other により、選択肢「その他」（符号 %(code)s）と、その内容を書く設問「%(name)s」を加えました。"
    ),
    Sign.NOTE_MOVED: N_("案内文（note）を、%(said)sに移しました。"),
    Sign.NOTE_ALWAYS: N_("案内文（note）の条件は使えません。いつも表示します。"),
    Sign.ONE_LANGUAGE: N_(
        "%(tongue)sの列がないため、同じ文を%(tongue)sとしても使います。"
        "分けるときは「label::%(column)s」の列を加えてください。"
    ),
    Sign.UNTRANSLATED: N_("%(tongue)sが空欄のため、もう一方の言語の文を使います。"),
    Sign.OTHER_LANGUAGE: N_("日本語と英語のほかの言語の列は使いません。"),
    Sign.COLUMN_IGNORED: N_("この列は使いません。"),
    Sign.CELL_IGNORED: N_("%(column)s は使いません。%(said)s"),
    Sign.TYPE_IGNORED: N_("「%(type)s」は端末が自動で記録する項目のため、使いません。"),
    Sign.APPEARANCE_IGNORED: N_("appearance の「%(appearance)s」は使いません。"),
    Sign.MESSAGE_ADDED: N_(
        "条件に合わないときの文（constraint_message）がないため、一般的な文を示します。"
        "何が誤りでどう直すかを書いてください。"
    ),
    Sign.TITLE_ADDED: N_("題名がないため、「%(title)s」とします。"),
    Sign.NAME_MADE: N_(
        "調査票の名前（form_id）を「%(name)s」とします。決めるときは、"
        "settings シートに半角の英小文字で始まる英小文字・数字・「_」で書いてください。"
    ),
    Sign.SHEET_IGNORED: N_("このシートは使いません。"),
    Sign.OPEN_REPEAT: N_(
        "表の行数の上限が書かれていないため、%(most)s行までとします。変えるときは shokai::most の列に書いてください。"
    ),
    Sign.JOINED_CELLS: N_("セルが結合されています。左上のセルの内容だけを読みます。"),
}

TYPES = {
    "time": N_("text とし、書き方の例を hint に書いてください。"),
    "dateTime": N_("date（日付）と text（時刻）の2問に分けてください。"),
    "rank": N_("begin_repeat の表とし、順位の列を shokai::rank に書いてください。"),
    "select_one_from_file": N_("選択肢を choices シートに写し、「select_one 一覧名」としてください。"),
    "select_multiple_from_file": N_("選択肢を choices シートに写し、「select_multiple 一覧名」としてください。"),
    "select_one_external": N_("選択肢を choices シートに写し、「select_one 一覧名」としてください。"),
    "loop": N_("begin_repeat の表にしてください。"),
    "hidden": N_("この行を消してください。"),
    "barcode": N_("text にしてください。"),
    **dict.fromkeys(("geopoint", "geotrace", "geoshape"), N_("所在地を尋ねる text にしてください。")),
    **dict.fromkeys(("image", "file"), N_("資料の送り方を note に書いてください。")),
    **dict.fromkeys(("audio", "video"), N_("この行を消すか、file（PDF・Word・Excel・画像）にしてください。")),
}
ANY_TYPE = N_("この行を消すか、text にしてください。")

COLUMNS = {
    "default": N_("初期値はありません。記入例は shokai::example に書いてください。"),
    "calculation": N_("自動で計算されず、回答者が入力する設問になります。"),
    "trigger": N_("自動で計算されません。"),
    "choice_filter": N_("選択肢は絞り込まれず、いつも全部を示します。"),
    "read_only": N_("回答者が入力できる設問になります。案内だけなら、type を note にしてください。"),
    "required_message": N_("未回答のときは、決まった文を示します。"),
    "repeat_count": N_("行数は式で決められません。shokai::least と shokai::most に数で書いてください。"),
}

FUNCTIONS = {
    "regex": N_("regex() は、テキストの設問の constraint に「regex(., '…')」だけを書くときに使えます。"),
    "concat": N_("文字をつなぐことはできません。"),
    "pulldata": N_("ほかのファイルは参照できません。"),
    "now": N_("今日の日付は today() です。"),
    "selected-at": N_("選ばれたかどうかは selected(${設問}, '符号') で調べてください。"),
    "string": N_("string() を外し、中身だけを書いてください。"),
    "number": N_("number() を外し、中身だけを書いてください。"),
    "int": N_("int() を外し、中身だけを書いてください。"),
}
USABLE = N_(
    "使えるのは ${設問}、'文字'、数、= != < <= > >=、and、or、not()、+ - * div mod、selected()、count-selected()、"
    "coalesce()、"
    "if()、string-length()、today()、sum()、count() です。"
)
INSTEAD = N_("次のように書けば読み取れます：%(instead)s")
VALUES = {
    "option": N_("「%(kind)s」では、この列は空欄にしてください。"),
    "json": N_("[ ] で囲んだ並びの書き方を確かめてください。"),
    "kind": N_("type が %(type)s のときは、次の中から選んでください：%(known)s"),
    "yesno": N_("yesno の一覧は、符号が 1（はい）と 0（いいえ）の2行だけにしてください。"),
}
TO_HINT, TO_GUIDE = N_("次の設問「%(to)s」の補足"), N_("調査票の初めの案内")
NEAR, AS_TODAY = N_("「%(near)s」ではありませんか。"), N_("今日の日付は today() と書いてください。")
TONGUES = {"ja": (N_("日本語"), "Japanese (ja)"), "en": (N_("英語"), "English (en)")}
_TODAY = ("today", "start", "end")
MOST_NAMED = 20


def finding(found: Finding, to: Language) -> str:
    """Return what is wrong, and what to write instead; where it is stands apart (``sheet``, ``cell``)."""
    context = {name: _spoken(value, to) for name, value in found.context.items()}
    return (translate(SIGNS[found.code], to) % (context | _more(found, to, context))).strip()


def place(found: Finding, to: Language) -> str:
    """Return where it is: survey!B7, a sheet, or the whole file."""
    if not found.sheet:
        return "ファイル全体" if to == "ja" else "the whole file"
    return f"{found.sheet}!{found.cell}" if found.cell else found.sheet


def refusal(refused: Refusal, to: Language) -> str:
    """Return why a file is not opened at all, and what to do."""
    return translate(REASONS.get(refused.reason, REASONS[Reason.NOT_EXCEL]), to) % dict(refused.context)


def _more(found: Finding, to: Language, context: dict[str, str]) -> dict[str, str]:
    """Return the parts of a sentence that depend on what was found."""
    match found.code:
        case Sign.UNSUPPORTED_TYPE:
            return {"said": translate(TYPES.get(context["type"], ANY_TYPE), to)}
        case Sign.CELL_IGNORED:
            return {"said": translate(COLUMNS[context["column"]], to)}
        case Sign.WRONG_VALUE:
            return {"said": translate(VALUES[context["reason"]], to) % context}
        case Sign.NOTE_MOVED:
            return {"said": translate(TO_HINT if context["to"] else TO_GUIDE, to) % context}
        case Sign.ONE_LANGUAGE | Sign.UNTRANSLATED:
            name, column = TONGUES[context["language"]]
            return {"tongue": translate(name, to), "column": column}
        case Sign.UNKNOWN_QUESTION:
            return {"said": _near(context, to)}
        case Sign.BAD_EXPRESSION:
            return {"place": wording_definitions.where_in_expression(dict(found.context), to) + " " * (to == "en"),
                    "said": _advice(context, to)}  # fmt: skip
        case Sign.DEFINITION:
            return {"said": _of_definition(found.context, to)}
        case _:
            return {}


def _near(context: dict[str, str], to: Language) -> str:
    if context["found"] in _TODAY:
        return translate(AS_TODAY, to)
    return translate(NEAR, to) % context if context["near"] and context["near"] != context["found"] else ""


def _advice(context: dict[str, str], to: Language) -> str:
    if context["instead"]:
        return translate(INSTEAD, to) % context
    return translate(FUNCTIONS.get(context["function"], USABLE), to)


def _of_definition(context: Any, to: Language) -> str:
    faults: tuple[Fault, ...] = context.get("faults") or (context["fault"],)
    return " ".join(
        ("" if "fault" in context else f"{fault.address}: ") + wording_definitions.fault(fault, to) for fault in faults
    )


def _spoken(value: Any, to: Language) -> str:
    if isinstance(value, dict) and set(value) == {"ja", "en"}:
        return str(value[to])
    if isinstance(value, Label):
        return value.text(to)
    if isinstance(value, tuple):
        more = " …" if len(value) > MOST_NAMED else ""
        none = "（なし）" if to == "ja" else "(none)"
        return ("、" if to == "ja" else ", ").join(map(str, value[:MOST_NAMED])) + more or none
    return str(value)
