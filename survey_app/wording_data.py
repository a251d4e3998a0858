"""Words of the data for analysis: formats, what columns are called, the forms of values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.data.codebook import LONGEST_LIST
from exports.data.everything import everything_asked
from exports.data.files import lacking
from exports.data.tables import ROWS, STATE, DataColumn, DataTable, condition_of
from exports.tidy import REPLIES
from questions.kinds.base import Option
from questions.labels import Language
from questions.model import Questionnaire
from survey_app.wording import N_, language, translate

FORMATS: Mapping[str, tuple[str, str]] = {
    "xlsx": (N_("Excel（.xlsx）"), N_("1冊に、回答・表・列の説明のシート")),
    "zip": (N_("CSV一式（.zip）"), N_("全ての表、列の説明、datapackage.json（Python・Rなど）")),
    "csv": (N_("CSV（UTF-8）"), N_("表ごとのCSVをzipにまとめる。Excelでもそのまま開ける")),
    "csv-cp932": (N_("CSV（シフトJIS・CP932）"), N_("古いシステム用。表せない文字は〓に置き換え、一覧を付ける")),
    "parquet": (N_("Parquet（.parquet）"), N_("表ごとのファイルをzipにまとめる。数値は正確なまま")),
    "sav": (N_("SPSS（.sav）"), N_("値ラベル・変数ラベル付き。表ごとのファイルをzipにまとめる")),
    "dta": (N_("Stata（.dta）"), N_("値ラベル・変数ラベル付き。表ごとのファイルをzipにまとめる")),
}
"""The formats that a page offers: their names and what they are."""
LACKING = N_(
    "いまは選べません。この形式を書くための部品（%(package)s）が、サーバーに入っていません。システムの管理者に、"
    "追加の部品（shokai[data]）を入れるよう依頼してください。"
)
HEADS: Mapping[str, str] = {
    "code": N_("団体コード"),
    "name": N_("団体名"),
    "kind": N_("区分"),
    "bureau": N_("地方振興局"),
    "state": N_("状態"),
    "number": N_("提出回数"),
    "receipt": N_("受付番号"),
    "submitted_at": N_("提出日時"),
    "nil": N_("該当なし"),
    "digest": N_("提出内容のダイジェスト"),
    "control_number": N_("管理番号"),
    "row_order": N_("行の順"),
    "row_id": N_("行の識別子"),
}
FORMS: Mapping[str, str] = {
    "text": N_("文字"),
    "code": N_("符号（文字）"),
    "whole": N_("整数"),
    "decimal": N_("小数"),
    "day": N_("日付"),
    "month": N_("年月（文字）"),
    "flag": N_("1・0"),
    "moment": N_("日時"),
}


@dataclass(frozen=True)
class Described:
    """One column as the page tells it."""

    name: str
    label: str
    form: str
    choices: str
    condition: str
    column: DataColumn


def format_name(key: str) -> str:
    """Return the name of a format."""
    return translate(FORMATS[key][0], language())


def format_hint(key: str) -> str:
    """Say what a format is."""
    return translate(FORMATS[key][1], language())


def format_lacks(key: str) -> str:
    """Return why a format cannot be chosen here; "" when it can."""
    package = lacking(key)
    return translate(LACKING, language()) % {"package": package} if package else ""


def table_name(table: DataTable, questionnaire: Questionnaire) -> str:
    """Return what a table is called."""
    if table.name == REPLIES:
        return translate(N_("回答（1団体1行）"), language())
    return f"{table.name}　{questionnaire.label(table.name).text(language())}"


def described(table: DataTable, questionnaire: Questionnaire) -> Iterator[Described]:
    """Yield the columns of a table, but not those that say where a question stands: they are all alike."""
    asked, spoken = everything_asked(questionnaire), language()
    for column in table.columns:
        if column.name.endswith(STATE):
            continue
        condition = condition_of(column.item, asked, spoken) if column.item else ""
        said = _choices(column.choices, spoken) if column.form == "code" else ""
        yield Described(
            column.name, _label(column, asked, spoken), translate(FORMS[column.form], spoken), said, condition, column
        )


def _label(column: DataColumn, asked: Questionnaire, spoken: Language) -> str:
    if not column.item:
        return translate(HEADS[column.name], spoken)
    label = asked.label(column.item).text(spoken)
    if column.name.endswith(ROWS):
        return label + translate(N_("：件数"), spoken)
    if column.choice is not None:
        label += ("：" if spoken == "ja" else ": ") + column.choice.text(spoken)
    unit = asked.questions[column.item].kind.limits().get("unit")
    brackets = "（{}）" if spoken == "ja" else " ({})"
    return label + (brackets.format(unit.text(spoken)) if unit else "")


def _choices(choices: Sequence[Option], spoken: Language) -> str:
    if len(choices) > LONGEST_LIST:
        return ""
    return ("；" if spoken == "ja" else "; ").join(f"{one.code}＝{one.label.text(spoken)}" for one in choices)
