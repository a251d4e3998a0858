"""The entry of the command line: which commands there are, and where each stands."""

from survey_app.cli.commands import Root
from survey_app.cli.words import Words

ROOM = "survey_app.cli"
COMMANDS = {
    "init": (
        f"{ROOM}.initialising:init",
        Words("データベースを作る（又は新しくする）。", "Make the database, or bring it up to date."),
    ),
    "questionnaire": (
        f"{ROOM}.questionnaires:questionnaire",
        Words(
            "調査票の定義を確かめる、Excelから取り込む、Excelに書き出す。",
            "Check definitions of questionnaires, take them in from Excel, write them as Excel files.",
        ),
    ),
    "inquiry": (
        f"{ROOM}.inquiries:inquiry",
        Words("照会を始める、一覧を見る。", "Open inquiries and list them."),
    ),
    "account": (
        f"{ROOM}.accounts:account",
        Words("利用者を登録する。", "Add accounts."),
    ),
    "sample": (
        f"{ROOM}.sampling:sample",
        Words("見本の回答を作る。", "Make sample replies."),
    ),
    "form": (
        f"{ROOM}.forms:form",
        Words("1団体の回答票（Excel）を作る。", "Write the form workbook of one municipality."),
    ),
    "receive": (
        f"{ROOM}.receiving:receive",
        Words("記入された回答票（Excel）を取り込む。", "Take in forms that were filled in."),
    ),
    "return": (
        f"{ROOM}.returning:give_back",
        Words(
            "市町村の回答の項目を、理由を付けて差し戻す。", "Give items of a reply back for correction, with a reason."
        ),
    ),
    "export": (
        f"{ROOM}.exporting:export",
        Words(
            "取りまとめのExcelブック、分析用のデータ、添付ファイル、又は関係課ごとのブックを書き出す。",
            "Write the compiled workbook, data for analysis, the files that were sent, or the divisions' workbooks.",
        ),
    ),
    "routing": (
        f"{ROOM}.routing:routing",
        Words(
            "要望の振り分け（どの分野をどの課が受け持つか）を見る、変える。",
            "See and change which division answers the needs of which field.",
        ),
    ),
    "consult": (
        f"{ROOM}.responding:consult",
        Words("関係課への照会を始める。", "Ask the relevant divisions."),
    ),
    "rounds": (
        f"{ROOM}.standing:show",
        Words(
            "関係課への照会の回と、課ごとの回答の状況を見る。",
            "List the rounds in which divisions are asked, and where each division stands.",
        ),
    ),
    "respond": (
        f"{ROOM}.responding:respond",
        Words("関係課が記入したブック（Excel）を取り込む。", "Take in workbooks that divisions filled in."),
    ),
    "publish": (
        f"{ROOM}.publishing:publish",
        Words("市町村に、要望への回答を公表する。", "Tell the municipalities what became of their needs."),
    ),
    "opinions": (
        f"{ROOM}.opinions:opinions",
        Words(
            "市町村が回答書（Excel）に書いた意見を取り込む。",
            "Take in what municipalities wrote into their letters.",
        ),
    ),
    "follow-up": (
        f"{ROOM}.following:follow_up",
        Words(
            "時期を過ぎた約束の一覧（Excel）を、課ごとに作る。",
            "Write a list of the promises whose date has passed, a sheet for each division.",
        ),
    ),
    "mail": (
        f"{ROOM}.mailing:mail",
        Words("お知らせのメールを送る、送った記録を見る。", "Send mails that wait, and list what became of them."),
    ),
    "serve": (
        f"{ROOM}.serving:serve",
        Words("画面（Web）を開く。", "Serve the pages."),
    ),
    "backup": (
        f"{ROOM}.keeping:backup",
        Words("データベースの控えを1つのファイルに取る。", "Copy the whole database into one file."),
    ),
    "restore": (
        f"{ROOM}.keeping:restore",
        Words("控えからデータベースを元に戻す。", "Put a copy back in the place of the database."),
    ),
    "doctor": (
        f"{ROOM}.examining:doctor",
        Words("データベースに異常がないか調べる。", "Look whether the database is sound."),
    ),
    "demo": (
        f"{ROOM}.demonstrating:demo",
        Words("見本の照会と利用者を用意する。", "Set up sample inquiries and accounts."),
    ),
}

shokai = Root(
    name="shokai",
    lazy=COMMANDS,
    no_args_is_help=True,
    ja="照会：市町村への照会を、Webで集め、Excelに取りまとめます。\n\n"
    "SHOKAI_LANGUAGE=en を設定すると英語で表示します（English: set SHOKAI_LANGUAGE=en）。",
    en="Shokai (照会): asks municipalities, and compiles their replies into Excel.",
)


def main() -> None:
    """Run the command line."""
    shokai.main(prog_name="shokai")
